"""Bringing a notice to its reader (送达): sent, received with proof, failed and served again; downloads are counted.

What is delivered is, byte for byte, what was stored: the sealed file, and with a reply the files that were cleared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.files.queries import NoSuchFile, is_intact
from gongkai.inforequests.actions.acting import journal, person_of, told
from gongkai.inforequests.actions.noticing import Moment, act_at, hold_notice, make_step, note_all, reasons_in_law
from gongkai.inforequests.choices import HandlingKind, Stage, Way
from gongkai.inforequests.holding import held_until, reasons_against_files, third_party_untold
from gongkai.inforequests.letters_facts import items_of, name_of_release
from gongkai.inforequests.models import Fetch, Item, Notice, Release, Service
from gongkai.inforequests.notice_rules import NOTICE_ACTS, overtaken, reasons_against_notice, release_unreviewed
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.steps import project
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for

DOWNLOAD_DAYS = 180
"""How long a served file may be downloaded: about as long as the applicant may turn to a court. The house's choice."""
_COURIER = "由邮政企业以外的企业寄送，不以交寄之日判断是否按期（国办公开办函〔2016〕235号）"


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file that is delivered: its public id, its owner in `files`, what it is; held back until a day has passed."""

    public_id: str
    owner: str
    name: str
    held_until: date | None = None

    @property
    def is_held(self) -> bool:
        """Whether it can't be fetched today."""
        return self.held_until is not None and today() <= self.held_until


@transaction.atomic
def serve_notice(
    actor: Actor,
    notice: Notice,
    *,
    way: str,
    sent_on: date,
    tracking: str = "",
    proof: str = "",
    proof_file: Inspected | None = None,
    is_courier: bool = False,
    is_letter_only: bool = False,
) -> Service:
    """Serves a sealed notice. A download, the window and reading reach their reader at once, the post later.

    `is_courier`: brought by another enterprise than the post; then a reply counts as sent only when it is received.
    `is_letter_only`: the answer goes out without its documents, which are held back (`holding`).
    """
    notice, items = hold_notice(notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["serve"], notice, actor, today()))
    author = actor.author(HANDLE, notice.agency)
    is_alone = is_letter_only and way != Way.DOWNLOAD
    refuse_for(
        _against_way(notice, way, sent_on, tracking, proof)
        + _against_content(notice, items, way)
        + _against_hold(notice, items, way, sent_on, is_alone=is_alone)
    )
    stored = _keep_proof(notice, items, proof_file)
    service = Service.objects.create(
        notice=notice,
        way=way,
        sent_on=sent_on,
        tracking=tracking.strip() or None,
        received_on=sent_on if way != Way.POST else None,
        proof=proof.strip(),
        proof_file=stored,
        expires_on=sent_on + timedelta(days=DOWNLOAD_DAYS) if way == Way.DOWNLOAD else None,
        is_letter_only=is_alone,
        person=person_of(actor),
        recorded_at=now(),
    )
    _record_sending(service, notice, items, actor, author.role, is_courier=is_courier)
    journal(
        "serve",
        author,
        items[0],
        told(kind=KINDS[notice.kind].name, document_number=notice.number, way=Way(way).label, sent_on=sent_on),
    )
    return service


def _record_sending(
    service: Service, notice: Notice, items: Sequence[Item], actor: Actor, role: str, *, is_courier: bool
) -> None:
    """The stage and the steps that follow from a sending, which is the receipt where it is not by post."""
    is_there = service.way != Way.POST
    notice.stage = Stage.SERVED if is_there else Stage.SENT
    notice.save(update_fields=["stage"])
    evidence = "；".join(filter(None, (service.get_way_display(), service.proof, _COURIER if is_courier else "")))
    note_all(notice, items, HandlingKind.SERVED, actor, role, opinion=evidence)
    on, is_posted = service.sent_on, not is_there and not is_courier
    make_step(notice, items, Moment.SENT, actor, role, on=on, evidence=evidence, is_posted=is_posted)
    if is_there:
        make_step(notice, items, Moment.RECEIVED, actor, role, on=on, evidence=evidence)


def _keep_proof(notice: Notice, items: Sequence[Item], file: Inspected | None) -> str:
    """The public id of a proof that is kept; empty where there is none."""
    if file is None:
        return ""
    return store(file, owner=notice.public_id, subject=items[0].request.public_id).public_id


@transaction.atomic
def record_received(actor: Actor, service: Service, *, on: date, proof: str) -> Service:
    """Records that what was sent arrived, with its proof (登记收到); refused acceptance is arrival too."""
    notice, items = hold_notice(service.notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["received"], notice, actor, today()))
    service = _as_stored(service, notice)
    author = actor.author(HANDLE, notice.agency)
    refuse_for(_against_end(notice, service, on, "收到"))
    if not proof.strip():
        raise ActionRefused([Reason("proof", "还没有写明送达证明", "请填写回执、签收人或者查询结果")])
    service.received_on = on
    service.proof = "；".join(filter(None, (service.proof, proof.strip())))
    service.save()
    notice.stage = Stage.SERVED
    notice.save(update_fields=["stage"])
    note_all(notice, items, HandlingKind.SERVED, actor, author.role, opinion=f"收到：{proof.strip()}")
    make_step(notice, items, Moment.RECEIVED, actor, author.role, on=on, evidence=proof.strip())
    journal("received", author, items[0], told(kind=KINDS[notice.kind].name, document_number=notice.number, on=on))
    return service


@transaction.atomic
def record_failed(actor: Actor, service: Service, *, on: date, failure: str) -> Service:
    """Records that what was sent came back (未送达): it can be served again; the day of posting stays."""
    notice, items = hold_notice(service.notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["failed"], notice, actor, today()))
    service = _as_stored(service, notice)
    author = actor.author(HANDLE, notice.agency)
    refuse_for(_against_end(notice, service, on, "退回"))
    if not failure.strip():
        raise ActionRefused([Reason("failure", "还没有写明未送达的原因", "请填写退回的原因")])
    service.failed_on, service.failure = on, failure.strip()
    service.save()
    notice.stage = Stage.SEALED
    notice.save(update_fields=["stage"])
    note_all(notice, items, HandlingKind.SERVED, actor, author.role, opinion=f"未送达：{failure.strip()}")
    for item in items:  # no step: the posting stays, and what a courier brings back was never sent in law
        project(item)
    journal("not_received", author, items[0], told(kind=KINDS[notice.kind].name, document_number=notice.number, on=on))
    return service


def _as_stored(service: Service, notice: Notice) -> Service:
    """An attempt at service as it stands now. Raises ActionRefused where it is none of the notice any more."""
    found = notice.services.filter(pk=service.pk).first()
    if found is None:
        raise ActionRefused([overtaken(notice)])
    return found


@transaction.atomic
def fetch(service: Service, file: str) -> ServedFile:
    """Counts a download of a file (by public id) that was served, and tells where it lies. Raises ActionRefused."""
    refuse_for(reasons_against_fetching(service))
    found = next((one for one in served_files(service.notice) if one.public_id == file), None)
    if found is None:
        raise ActionRefused([Reason("file", "没有这份文件", "请返回查询页面重新打开")])
    if found.is_held:
        assert found.held_until is not None
        day = in_words(found.held_until)
        raise ActionRefused([Reason("held", f"第三方不同意公开，这份文件在{day}以后提供", "请届时再来下载")])
    if not _is_intact(found):
        raise ActionRefused([Reason("damaged", "文件与发出时不一致，不能下载", "请与受理机关联系")])
    Fetch.objects.create(service=service, file=file, at=now())
    return found


def reasons_against_fetching(service: Service) -> list[Reason]:
    """Why nothing can be downloaded of a service; empty where it can."""
    if service.way != Way.DOWNLOAD or service.failed_on is not None:
        return [Reason("way", "这份文书不是以网上下载的方式送达的", "请以告知书写明的方式领取")]
    if service.expires_on is not None and today() > service.expires_on:
        return [Reason("expired", f"下载期限到{in_words(service.expires_on)}为止，已经超过", "请与受理机关联系")]
    return []


def served_files(notice: Notice) -> list[ServedFile]:
    """What is delivered of a notice: the sealed file, then the files that go out with it."""
    name = f"{KINDS[notice.kind].name}{notice.number}"
    items = items_of(notice)
    held = held_until(notice, items)
    files = [ServedFile(notice.sealed_file, notice.public_id, name)] if notice.sealed_file else []
    return files + [
        ServedFile(row.file, item.public_id, name_of_release(row, item), held)
        for item in items
        for row in _releases(notice, item)
    ]


def _releases(notice: Notice, item: Item) -> list[Release]:
    """The files of a case that go out with a notice: those that were cleared when it first went out.

    What is cleared later, when the case was opened again, goes out with the answer of that round.
    """
    if not KINDS[notice.kind].releases:
        return []
    rows = item.releases.filter(is_pointer=False, is_cleared=True)
    first = notice.services.order_by("id").first()
    return list(rows.filter(reviewed_at__lte=first.recorded_at) if first is not None else rows)


def _against_way(notice: Notice, way: str, sent_on: date, tracking: str, proof: str) -> list[Reason]:
    """What is wrong with day, way and proof."""
    found: list[Reason] = []
    if sent_on > today():
        found.append(Reason("future", "送达日期还没有到", "请核对日期"))
    if notice.signed_on is not None and sent_on < notice.signed_on:
        found.append(Reason("before", f"送达日期早于签发日期{in_words(notice.signed_on)}", "请核对日期"))
    if way == Way.DOWNLOAD and KINDS[notice.kind].to is not Addressee.APPLICANT:
        found.append(Reason("way", "收件人没有查询码，不能网上送达", "请邮寄或者当面送达"))
    if way == Way.DOWNLOAD and sent_on != today():
        found.append(Reason("day", "网上送达以当日为准", "请填写今天的日期"))
    if way == Way.POST and not tracking.strip() and not proof.strip():
        found.append(Reason("tracking", "还没有填写邮件号码", "请填写邮件号码，或者写明交寄的凭证"))
    if way in (Way.WINDOW, Way.READING) and not proof.strip():
        found.append(Reason("proof", "还没有写明由谁签收", "请写明签收人和送达回证"))
    return found


def _against_content(notice: Notice, items: Sequence[Item], way: str) -> list[Reason]:
    """What is wrong with what would be delivered."""
    kind = KINDS[notice.kind]
    is_sent_by_us = way == Way.DOWNLOAD and kind.on_signed is None and act_at(notice, Moment.SENT) is not None
    found = reasons_in_law(notice, items, on=today()) if is_sent_by_us and not notice.steps.exists() else []
    if kind.releases:
        found += [reason for item in items for reason in release_unreviewed(item)]
        is_empty = not any(_releases(notice, item) for item in items)
        if is_empty and way == Way.DOWNLOAD:
            instead = "请先“提交拟公开的文件”并审查，或者改用其他送达方式"
            found.append(Reason("no_release", "没有审查同意公开的文件可以下载", instead))
    found += third_party_untold(notice, items)
    return found or reasons_against_damage(notice)


def _against_hold(notice: Notice, items: Sequence[Item], way: str, sent_on: date, *, is_alone: bool) -> list[Reason]:
    """That documents would go out that are held back, or would stay behind although nothing holds them back."""
    found = reasons_against_files(notice, items, way, sent_on)
    if is_alone and not found:
        return [Reason("nothing_held", "没有需要暂缓提供的文件", "请随告知书一并提供，不勾选“只送达告知书”")]
    return found if not is_alone or way == Way.READING else []


def reasons_against_damage(notice: Notice) -> list[Reason]:
    """That what would be handed over is not what was stored."""
    if all(_is_intact(one) for one in served_files(notice)):
        return []
    return [Reason("damaged", "文件与存入时不一致，不能发出", "请系统管理员检查存储")]


def _against_end(notice: Notice, service: Service, on: date, what: str) -> list[Reason]:
    if service.received_on is not None or service.failed_on is not None:
        return [overtaken(notice)]
    if not service.sent_on <= on <= today():
        return [Reason("day", f"{what}的日期应在发出日期{in_words(service.sent_on)}和今天之间", "请核对日期")]
    return []


def _is_intact(file: ServedFile) -> bool:
    try:
        return is_intact(file.public_id, owner=file.owner)
    except NoSuchFile:
        return False
