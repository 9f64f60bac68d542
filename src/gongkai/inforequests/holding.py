"""What is held back for a third party that objects (条例第三十二条): the documents until a day, never the answer.

Article 32 has the third party told in writing what will be disclosed and why; in the time that its letter names
(`law.replies.hold_until`) it may turn to a court. What harms it are the documents. The answer tells the decision and,
as Article 36(2) allows, how and when the documents are to be had; it is owed within the period of Article 33, which no
hold stops. So the answer may go out by itself before that day, and the documents follow by an act of their own. A
download holds back each file by itself; reading on the spot is nothing but the documents, and waits.
"""

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.actions.acting import in_words
from gongkai.inforequests.choices import ConsultationKind, Opinion, Way
from gongkai.inforequests.models import Consultation, Item, Notice, Service
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.kernel.reasons import Reason
from gongkai.kernel.workdays import calendar
from gongkai.law.replies import hold_until

BASIS = "《中华人民共和国政府信息公开条例》第三十二条"
_AGAINST_THIRD_PARTY = "granted_against_third_party"
_TO_THIRD_PARTY = "third_party_disclosure"
_NOT_CONSENTING = (Opinion.REFUSES, Opinion.PARTLY, Opinion.SILENT)


def held_until(notice: Notice, items: Sequence[Item]) -> date | None:
    """The last day on which the documents of an answer are held back; None where nothing is."""
    told_on = _told_on(items) if KINDS[notice.kind].releases else None
    return hold_until(told_on, calendar=calendar()).last_on if told_on is not None else None


def third_party_untold(notice: Notice, items: Sequence[Item]) -> list[Reason]:
    """That a third party that did not consent has no letter yet that its information will be disclosed."""
    if not any(row.outcome == _AGAINST_THIRD_PARTY for row in notice.decisions.all()) or _all_are_told(items):
        return []
    return [Reason("third_party", "还没有书面告知第三方决定公开的内容和理由", "请先送达第三方告知书", BASIS)]


def reasons_against_files(notice: Notice, items: Sequence[Item], way: str, on: date) -> list[Reason]:
    """Why the documents of an answer can't be handed over on a day, by a way other than a download."""
    until = held_until(notice, items)
    if way == Way.DOWNLOAD or until is None or on > until:
        return []
    what, instead = "提供", "只送达告知书的，请勾选“只送达告知书”；文件到时再“提供文件”"
    if way == Way.READING:
        what, instead = "查阅", "请先以其他方式送达告知书，到时再“提供文件”"
    return [Reason("held", f"第三方不同意公开，所附文件在{in_words(until)}以后才能{what}", instead, BASIS)]


def letter_without_files(notice: Notice) -> Service | None:
    """The service of an answer that went out by itself, its documents to follow or handed over since."""
    last = notice.services.filter(failed_on=None).order_by("-id").first()
    return last if last is not None and last.is_letter_only else None


def owes_files(item: Item) -> bool:
    """Whether the answer of the newest round went out by itself, and its documents are still to be handed over."""
    rows = Service.objects.filter(is_letter_only=True, files_on=None, failed_on=None)
    return rows.filter(notice__decisions__item=item, notice__decisions__round=item.round).exists()


def _all_are_told(items: Sequence[Item]) -> bool:
    told = Service.objects.filter(notice__kind=_TO_THIRD_PARTY, notice__items__in=items, received_on__isnull=False)
    against = Consultation.objects.filter(
        item__in=items, kind=ConsultationKind.THIRD_PARTY, opinion__in=_NOT_CONSENTING
    )
    return told.exists() and not against.exclude(pk__in=told.values("notice__consultation")).exists()


def _told_on(items: Sequence[Item]) -> date | None:
    """The day on which the last third party learned that its information will be disclosed."""
    rows = Service.objects.filter(notice__items__in=items, notice__kind=_TO_THIRD_PARTY)
    return rows.exclude(received_on=None).order_by("received_on").values_list("received_on", flat=True).last()
