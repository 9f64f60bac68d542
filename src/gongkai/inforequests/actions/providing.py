"""Handing over the documents of an answer that went out by itself, once nothing holds them back any more (提供文件)."""

from datetime import date

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.inforequests.actions.acting import journal, told
from gongkai.inforequests.actions.noticing import hold_notice, note_all
from gongkai.inforequests.actions.serving import reasons_against_damage
from gongkai.inforequests.choices import HandlingKind, Way
from gongkai.inforequests.holding import letter_without_files, reasons_against_files
from gongkai.inforequests.models import Notice, Service
from gongkai.inforequests.notice_rules import NOTICE_ACTS, reasons_against_notice
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.steps import project
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason, refuse_for


@transaction.atomic
def provide_files(actor: Actor, notice: Notice, *, way: str, on: date, proof: str) -> Service:
    """Records that the documents were handed over after the answer. It is no legal step: the answer was given before.

    Raises ActionRefused for a day on which they were still held back.
    """
    notice, items = hold_notice(notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["provide"], notice, actor, today()))
    author = actor.author(HANDLE, notice.agency)
    service = letter_without_files(notice)
    assert service is not None  # the rule of the act asks for it
    refuse_for(_against(service, way, on, proof) or reasons_against_files(notice, items, Way.WINDOW, on))
    refuse_for(reasons_against_damage(notice))
    service.files_on = on
    service.save(update_fields=["files_on"])
    opinion = "；".join((Way(way).label, in_words(on), proof.strip()))
    note_all(notice, items, HandlingKind.PROVIDED, actor, author.role, opinion=opinion)
    for item in items:
        project(item)
    facts = told(kind=KINDS[notice.kind].name, document_number=notice.number, way=Way(way).label, on=on)
    journal("provide", author, items[0], facts)
    return service


def _against(service: Service, way: str, on: date, proof: str) -> list[Reason]:
    """What is wrong with way, day and proof."""
    found: list[Reason] = []
    if way == Way.DOWNLOAD:
        found.append(Reason("way", "告知书不是以网上下载的方式送达的，文件不能网上下载", "请邮寄或者当面提供"))
    if on > today():
        found.append(Reason("future", "提供日期还没有到", "请核对日期"))
    if on < service.sent_on:
        found.append(Reason("before", f"提供日期早于告知书的送达日期{in_words(service.sent_on)}", "请核对日期"))
    if not proof.strip():
        found.append(Reason("proof", "还没有写明由谁签收或者怎样寄出", "请写明签收人、回证或者交寄凭证"))
    return found
