"""What the office does with a case inside (内部办理): give it to a unit, search, hand in documents, review, file."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.agencies.permissions import own_ids
from gongkai.agencies.roles import Role
from gongkai.agencies.staff import appointments_of
from gongkai.audit.actions import SYSTEM
from gongkai.files import queries as files
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.inforequests.actions.acting import hold, journal, note, person_id_of, person_of, told
from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.models import Assignment, Item, Release, SearchRecord
from gongkai.inforequests.permissions import ANSWER, CLEAR, CONFIRM, FILE, HANDLE, WORK, units_of
from gongkai.inforequests.queries import entered_by
from gongkai.inforequests.rules import CASE_ACTS, reasons_against
from gongkai.inforequests.steps import project
from gongkai.inforequests.turns import SECOND_PERSON
from gongkai.kernel.adding import NewRow
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for

if TYPE_CHECKING:
    from gongkai.agencies.models import Unit

CASE_WORK = "inforequests.case"
"""The kind of open work that a case is; its key is the item's public id."""


@transaction.atomic
def assign(actor: Actor, item: Item, *, units: Sequence["Unit"], due_on: date, task: str = "") -> list[Assignment]:
    """Gives a case to units to search and to give an opinion by an internal day (分办); the clock runs on."""
    item = hold(item)
    refuse_for(reasons_against(CASE_ACTS["assign"], item, actor, today()))
    author = actor.author(HANDLE, item.agency)
    refuse_for(_against_assigning(actor, item, units, due_on))
    made = []
    for unit in units:
        made.append(
            Assignment.objects.create(
                item=item, unit=unit, task=task, due_on=due_on, assigned_at=now(), assigned_by=person_of(actor)
            )
        )
        note(item, HandlingKind.ASSIGNED, actor, author.role, unit=unit, opinion=task)
    project(item)
    journal("assign", author, item, told(units="、".join(unit.name for unit in units), internal_due_on=due_on))
    return made


@transaction.atomic
def answer_assignment(
    actor: Actor, item: Item, *, opinion: str, is_declined: bool = False, assignment: str = ""
) -> Assignment:
    """The unit gives the case back with its opinion, or declines it as not its own (反馈); the turn returns.

    `assignment` by public id, for who is of several units; else the oldest that is his.
    """
    item = hold(item)
    refuse_for(reasons_against(CASE_ACTS["answer"], item, actor, today()))
    author = actor.author(ANSWER, item.agency)
    if not opinion.strip():
        raise ActionRefused([Reason("opinion", "还没有填写承办意见", "请写明找到了什么、建议怎样答复，或者退回的理由")])
    row = own_assignment(actor, item, assignment)
    if row is None:
        raise ActionRefused([Reason("returned", "这一次分办已经反馈", "另一股室的，请重新打开这一页再反馈")])
    row.returned_at, row.returned_by = now(), person_of(actor)
    row.is_declined, row.opinion = is_declined, opinion
    row.save()
    note(item, HandlingKind.RETURNED, actor, author.role, unit=row.unit, opinion=opinion)
    project(item)
    journal("answer_assignment", author, item, told(unit=row.unit.name, declined="是" if is_declined else ""))
    return row


@transaction.atomic
def record_search(
    actor: Actor,
    item: Item,
    *,
    place: str,
    terms: str,
    searched_on: date,
    is_found: bool,
    outcome: str,
    archive_asked: bool = False,
    new: NewRow | None = None,
) -> SearchRecord:
    """Records where and by what terms was searched, and with what result (检索记录); the office has to prove it.

    `new` from the page that asks for it: sent twice, it is one record.
    """
    item = hold(item)
    refuse_for(reasons_against(CASE_ACTS["search"], item, actor, today()))
    author = actor.author(WORK, item.agency)
    refuse_for(_against_search(place, terms, outcome, searched_on, item))
    told_by = {"place": place, "terms": terms, "searched_on": searched_on, "person_id": person_id_of(actor)}
    found = {"is_found": is_found, "outcome": outcome, "archive_asked": archive_asked}
    new = new or NewRow()
    before = new.among(item.searches.filter(**told_by, **found))
    if before is not None:
        return before
    assignment = own_assignment(actor, item)
    unit = assignment.unit if assignment is not None else None
    record = SearchRecord.objects.create(
        public_id=new.public_id, item=item, unit=unit, **told_by, **found, recorded_at=now()
    )
    note(item, HandlingKind.SEARCHED, actor, author.role, unit=unit, opinion=outcome)
    journal("record_search", author, item, told(searched_on=searched_on, found="是" if is_found else "否"))
    return record


@transaction.atomic
def add_release(
    actor: Actor,
    item: Item,
    *,
    file: Inspected | None,
    note: str = "",
    is_pointer: bool = False,
    new: NewRow | None = None,
) -> Release:
    """Hands in a file that may go out with the answer; of a secret carrier only where it lies (只记存放处).

    `new` from the page that asks for it: sent twice, it is one file.
    """
    item = hold(item)
    refuse_for(reasons_against(CASE_ACTS["release"], item, actor, today()))
    author = actor.author(WORK, item.agency)
    refuse_for(_against_release(file, note, is_pointer=is_pointer))
    new, same = new or NewRow(), files.same_as(file, owner=item.public_id) if file is not None else [""]
    before = new.among(item.releases.filter(file__in=same, note=note, added_by=person_of(actor)))
    if before is not None:
        return before
    stored = store(file, owner=item.public_id, subject=item.request.public_id) if file is not None else None
    release = Release.objects.create(
        public_id=new.public_id,
        item=item,
        file=stored.public_id if stored is not None else "",
        is_pointer=is_pointer,
        note=note,
        added_by=person_of(actor),
        added_at=now(),
    )
    journal("add_release", author, item, told(file=release.file, pointer="是" if is_pointer else ""))
    return release


@transaction.atomic
def review_release(actor: Actor, release: Release, *, is_cleared: bool, review: str) -> Release:
    """Reviews a file before it goes out (条例第十七条): it may be released, or not, and why."""
    item = hold(release.item)
    release = Release.objects.get(pk=release.pk)
    refuse_for(reasons_against(CASE_ACTS["clear"], item, actor, today()) or _against_clearing(actor, release, review))
    if is_cleared:
        refuse_for(findings_in_the_way(release))
    author = actor.author(CLEAR, item.agency)
    release.reviewed_by, release.reviewed_at = person_of(actor), now()
    release.review, release.is_cleared = review, is_cleared
    release.save()
    note(item, HandlingKind.SECRECY_REVIEWED, actor, author.role, opinion=review)
    journal("review_release", author, item, told(file=release.file, cleared="是" if is_cleared else "否"))
    return release


@transaction.atomic
def archive(actor: Actor, item: Item) -> None:
    """Notes that the file of an ended case is complete and was put away (归档)."""
    item = hold(item)
    refuse_for(reasons_against(CASE_ACTS["archive"], item, actor, today()))
    author = actor.author(FILE, item.agency)
    note(item, HandlingKind.FILED, actor, author.role)
    project(item)
    journal("archive", author, item)


@transaction.atomic
def hand_over(key: str, from_id: str, to_id: str) -> None:
    """Gives a case that waits for one person to another (交接), for `kernel.registry.hand_overs`.

    Takes the public ids of the item and of both. Raises ActionRefused where the taker has not the role for it.
    """
    item = hold(Item.objects.get(public_id=key))
    item.turn_person_id = _taker(item, to_id)
    project(item)
    note(item, HandlingKind.HANDED_OVER, Actor(None), item.turn_role, unit=item.turn_unit)
    journal("hand_over", SYSTEM, item, {"turn_person": (from_id, to_id)})


def findings_in_the_way(release: Release) -> list[Reason]:
    """What a file hides that must be cleared away before it goes out; of a pointer, that it never does."""
    if release.is_pointer:
        return [Reason("pointer", "涉密载体不能随答复发出", "请选择“不予公开”，写明审查意见")]
    found = files.file_of(release.file, owner=release.item.public_id).findings
    return [
        Reason("hidden", f"{one.where}：{one.message}", "请清除后重新提交这个文件", one.basis)
        for one in found
        if one.blocks
    ]


def own_assignment(actor: Actor, item: Item, public_id: str = "") -> Assignment | None:
    """The oldest open assignment to a unit of who acts, or the one that is named; the system acts for any."""
    rows = Assignment.objects.filter(item=item, returned_at=None).select_related("unit").order_by("id")
    authority = actor.authority(today())
    if authority is not None:
        rows = rows.filter(unit__in=units_of(authority, ANSWER.scopes))
    return (rows.filter(public_id=public_id) if public_id else rows).first()


def _against_assigning(actor: Actor, item: Item, units: Sequence["Unit"], due_on: date) -> list[Reason]:
    if not units:
        return [Reason("units", "还没有选择承办股室", "请至少选择一个股室")]
    found = [reason for unit in units for reason in _against_unit(actor, item, unit)]
    if due_on < today():
        found.append(Reason("due_on", "内部办理期限已经过去", "请填写今天或者以后的日期"))
    elif item.due_on is not None and today() <= item.due_on < due_on:
        told = in_words(item.due_on)
        found.append(Reason("due_on", f"内部办理期限晚于答复期限{told}", f"请填写{told}以前的日期，留出审签的时间"))
    return found


def _against_unit(actor: Actor, item: Item, unit: "Unit") -> list[Reason]:
    if unit.to_on is not None and unit.to_on <= today():
        return [Reason("unit_closed", f"{unit.name}已撤销", "请选择现有的股室")]
    if unit.agency_id not in _agencies_of(actor, item):
        return [Reason("unit_foreign", f"{unit.name}不是本机关的股室", "请选择本机关的股室；其他机关请征求意见")]
    if Assignment.objects.filter(item=item, unit=unit, returned_at=None).exists():
        return [Reason("assigned", f"已经分给{unit.name}，还没有反馈", "请等待反馈，或者催办")]
    return []


def _agencies_of(actor: Actor, item: Item) -> frozenset[int]:
    """Whose units a case may go to: the agency's, and those of the agency whose office answers for it."""
    own = {item.agency_id}
    authority = actor.authority(today())
    if authority is not None:
        own |= {row.agency_id for row in authority.standings if row.agency_id and row.role in HANDLE.scopes}
    return frozenset(own)


def _against_search(place: str, terms: str, outcome: str, searched_on: date, item: Item) -> list[Reason]:
    asked = (
        ("place", place, "在哪里查过"),
        ("terms", terms, "用什么关键词、文号和年份查过"),
        ("outcome", outcome, "检索结果"),
    )
    found = [Reason(name, f"还没有写明{words}", "请补充") for name, value, words in asked if not value.strip()]
    if searched_on > today():
        found.append(Reason("searched_on", "检索日期还没有到", "请核对日期"))
    elif searched_on < item.request.arrived_on:
        found.append(Reason("searched_on", f"检索日期早于申请到达的{in_words(item.request.arrived_on)}", "请核对日期"))
    return found


def _against_release(file: Inspected | None, note: str, *, is_pointer: bool) -> list[Reason]:
    if is_pointer and file is not None:
        return [Reason("pointer", "涉密载体不得上传", "请只写明存放处，不要选择文件")]
    if is_pointer and not note.strip():
        return [Reason("note", "还没有写明存放在哪里", "请填写涉密载体的存放处和编号，不要写内容")]
    if not is_pointer and file is None:
        return [Reason("file", "还没有选择文件", "请选择要提交的文件；涉密载体只记存放处")]
    return []


def _against_clearing(actor: Actor, release: Release, review: str) -> list[Reason]:
    if release.reviewed_at is not None:
        return [Reason("reviewed", "这份文件已经审查过", "请返回查看")]
    if not review.strip():
        return [Reason("review", "还没有填写审查意见", "请写明审查的结论和依据")]
    if actor.user is not None and release.added_by_id == actor.user.person_id:
        return [Reason("own", "这个文件是您提交的，不能由您审查", "请由保密审查员或者另一位负责人审查")]
    return []


_TAKERS = {str(Role.CLERK): HANDLE, str(Role.UNIT_HANDLER): ANSWER, SECOND_PERSON: CONFIRM}


def _taker(item: Item, public_id: str) -> int:
    """The key of who takes a case over. Raises ActionRefused where he has not the role for it."""
    on, act = today(), _TAKERS.get(item.turn_role)
    roles, is_second = set(act.scopes) if act is not None else {item.turn_role}, item.turn_role == SECOND_PERSON
    for row in appointments_of(public_id, on):
        is_here = row.agency_id is not None and item.agency_id in own_ids(row.agency_id, on)
        is_first = is_second and Item.objects.filter(entered_by(row.person_id), pk=item.pk).exists()
        if row.role in roles and is_here and item.turn_unit_id in (None, row.unit_id) and not is_first:
            return row.person_id
    told = "可以核对的另一人" if is_second else Role(item.turn_role).label if item.turn_role else "办理"
    raise ActionRefused(
        [Reason("taker", f"接手的人不是{told}，不能接办{item.register_number}", "请先任用，或者另选接手的人")]
    )
