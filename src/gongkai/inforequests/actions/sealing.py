"""The seal (用印): the sealed file is matched with what was signed; a scan is compared by a second person."""

from dataclasses import replace
from pathlib import PurePath

from django.db import transaction

from gongkai.agencies.actions.acting import Actor
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.files.kinds import PICTURES, Kind
from gongkai.files.queries import same_as
from gongkai.inforequests.actions.acting import journal, person_id_of, person_of, told
from gongkai.inforequests.actions.noticing import hold_notice, note_all
from gongkai.inforequests.choices import HandlingKind, Stage
from gongkai.inforequests.models import Notice
from gongkai.inforequests.notice_rules import NOTICE_ACTS, reasons_against_notice
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import CONFIRM, SEAL
from gongkai.inforequests.steps import project
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for

_BRACKETS = str.maketrans("〔〕[]［］【】（）", "()()()()()")


@transaction.atomic
def seal_notice(actor: Actor, notice: Notice, *, file: Inspected) -> Notice:
    """Takes the sealed file of a signed notice: of the same number and the same pages (用印).

    A file without text is a scan, and waits until a second person has compared it (`confirm_seal`).
    """
    notice, items = hold_notice(notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["seal"], notice, actor, today()))
    author = actor.author(SEAL, notice.agency)
    notice.is_scan = not file.probed.text.strip()
    refuse_for(_against_file(notice, file))
    stored = store(_called(notice, file), owner=notice.public_id, subject=items[0].request.public_id)
    notice.sealed_file, notice.sealed_by, notice.seal_confirmed_by = stored.public_id, person_of(actor), None
    notice.stage = Stage.SEALED
    notice.save()
    note_all(notice, items, HandlingKind.SEALED, actor, author.role, opinion="扫描件" if notice.is_scan else "")
    for item in items:
        project(item)
    journal("seal", author, items[0], told(kind=KINDS[notice.kind].name, document_number=notice.number))
    return notice


@transaction.atomic
def confirm_seal(actor: Actor, notice: Notice) -> Notice:
    """A second person compared the scan with the sealed original (核对用印件)."""
    notice, items = hold_notice(notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["confirm_seal"], notice, actor, today()))
    author = actor.author(CONFIRM, notice.agency)
    if notice.sealed_by_id is not None and notice.sealed_by_id == person_id_of(actor):
        raise ActionRefused([Reason("second", "用印的人不能自己核对", "请由另一人与原件核对")])
    notice.seal_confirmed_by = person_of(actor)
    notice.save(update_fields=["seal_confirmed_by"])
    note_all(notice, items, HandlingKind.CONFIRMED, actor, author.role)
    for item in items:
        project(item)
    journal("confirm_seal", author, items[0], told(kind=KINDS[notice.kind].name, document_number=notice.number))
    return notice


def _called(notice: Notice, file: Inspected) -> Inspected:
    """The file under the notice's name: its reader gets it under no name that a scanner gave."""
    return replace(file, name=f"{KINDS[notice.kind].name}{notice.number}{PurePath(file.name).suffix}")


def _against_file(notice: Notice, file: Inspected) -> list[Reason]:
    """Why a file can't be the sealed version of what was signed."""
    kind = file.probed.kind
    if kind is not Kind.PDF and kind not in PICTURES:
        return [Reason("kind", "用印后的文件应为 PDF 或者扫描的图片", "请转换后再上传")]
    pages = file.probed.pages if kind is Kind.PDF else 1
    found = []
    if pages != notice.pages:
        found.append(
            Reason("pages", f"签发的文书有 {notice.pages} 页，上传的文件有 {pages} 页", "请核对是否传错了文件")
        )
    if not notice.is_scan and notice.number and _bare(notice.number) not in _bare(file.probed.text):
        found.append(Reason("number", f"上传的文件中没有文号“{notice.number}”", "请核对是否传错了文件"))
    if notice.sealed_file in same_as(_called(notice, file), owner=notice.public_id):
        found.append(Reason("sealed", "这份用印后的文件已经收下", "请送达；原来传错的，请另选文件"))
    return found


def _bare(text: str) -> str:
    """Without white space, all brackets alike: programs that seal write them in their own ways."""
    return "".join(text.split()).translate(_BRACKETS)
