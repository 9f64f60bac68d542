"""The tree of agencies: founding, changing, moving, renaming, merging and splitting; sections."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from gongkai.agencies.actions.acting import (
    CLOSED,
    Actor,
    changed,
    in_words,
    is_to_come,
    journal,
    lock,
    refuse_overtaken,
    require_day,
    require_standing,
    save,
    told,
    withdraw,
)
from gongkai.agencies.models import (
    Agency,
    AgencyName,
    Appointment,
    Channel,
    LeadingGroupMember,
    OfficeMember,
    Post,
    Succession,
    Unit,
)
from gongkai.agencies.permissions import MANAGE_AGENCY, MANAGE_TREE, in_force
from gongkai.agencies.roles import Kind
from gongkai.agencies.staff import open_work_at
from gongkai.audit.actions import close_chain
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for

_PLACE = frozenset({"parent", "government", "kind", "level", "code"})
_DATED: tuple[type[Model], ...] = (Appointment, Unit, Post, Channel, OfficeMember, LeadingGroupMember)
"""What ends with an agency, with the day that its duties went over."""


@transaction.atomic
def found_agency(actor: Actor, *, name: str, short_names: str = "", from_on: date, **values: Any) -> Agency:
    """Founds an agency with its first name (设立)."""
    author = actor.author(MANAGE_TREE, None)
    agency = Agency(from_on=from_on, **values)
    refuse_for(reasons_against_place(agency, agency.parent, agency.government, from_on))
    save(agency)
    save(AgencyName(agency=agency, name=name, short_names=short_names, from_on=from_on))
    journal("agencies.found", author, agency.public_id, agency, told({"name": name, "from_on": from_on, **values}))
    return agency


@transaction.atomic
def change_agency(actor: Actor, agency: Agency, **values: Any) -> None:
    """Changes what is known of an agency (职责、上级、法院……)."""
    is_moved = bool(_PLACE & values.keys())
    author = actor.author(MANAGE_TREE if is_moved else MANAGE_AGENCY, agency)
    if is_moved:
        # Two moves at once could close a ring between them, so the whole tree is held, always in the same order.
        list(Agency.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    refuse_overtaken(agency, require_standing(agency), values)
    changes = changed(agency, values)
    refuse_for(reasons_against_place(agency, agency.parent, agency.government, today()) if is_moved else ())
    if changes:
        save(agency)
        journal("agencies.change", author, agency.public_id, agency, changes)


def reasons_against_place(agency: Agency, parent: Agency | None, government: Agency | None, on: date) -> list[Reason]:
    """What stands against a place in the tree: a ring, something that is gone, a government that is none."""
    found = []
    for above, what in ((parent, "上级"), (government, "所属人民政府")):
        if above is not None and above.to_on is not None and above.to_on <= on:
            found.append(Reason("above_closed", f"{what}已撤销", "请选择仍在的机构"))
    if agency.pk is not None and _is_above(agency, parent, "parent_id"):
        found.append(Reason("cycle", "上级不能是本机关或本机关的下级，否则机构树会成环", "请另选上级"))
    if government is not None and government.kind != Kind.GOVERNMENT:
        found.append(Reason("government", "所属人民政府应是一级人民政府", "请另选"))
    elif agency.pk is not None and _is_above(agency, government, "government_id"):
        found.append(Reason("government_cycle", "所属人民政府不能是本机关或隶属于本机关", "请另选"))
    return found


@transaction.atomic
def set_review_organ(
    actor: Actor, agency: Agency, *, review_organ: Agency | None, review_organ_name: str, review_organ_reason: str
) -> None:
    """Names another reviewing organ than the one computed, with the reason; where none is named, as computed."""
    author = actor.author(MANAGE_TREE, agency)
    named = {"review_organ": review_organ, "review_organ_name": review_organ_name}
    refuse_overtaken(agency, require_standing(agency), named)
    is_named = review_organ is not None or bool(review_organ_name)
    if is_named and not review_organ_reason:
        raise ActionRefused([Reason("reason", "没有写明另行指定的理由", "请写明依据，如批准文件或法律条款")])
    if review_organ is not None and review_organ_name:
        raise ActionRefused([Reason("both", "复议机关写了两个", "请只选择或只填写一个")])
    changes = changed(agency, {**named, "review_organ_reason": review_organ_reason if is_named else ""})
    if changes:
        save(agency)
        journal("agencies.set_review_organ", author, agency.public_id, agency, changes)


@transaction.atomic
def rename_agency(actor: Actor, agency: Agency, *, name: str, short_names: str = "", from_on: date) -> AgencyName:
    """Gives an agency another name from a day on (更名); the old one stays what it was called before."""
    author = actor.author(MANAGE_TREE, agency)
    require_standing(agency)
    last = agency.names.order_by("from_on").last()
    require_day(from_on, not_before=agency.from_on, what="启用日期")
    if last is not None and from_on == last.from_on:
        raise ActionRefused([Reason("same_day", f"{in_words(from_on)}已有名称启用", "请核对日期")])
    if last is not None and from_on < last.from_on:
        raise ActionRefused([Reason("day", f"启用日期应晚于现名称的启用日期{in_words(last.from_on)}", "请核对日期")])
    row = AgencyName(agency=agency, name=name, short_names=short_names, from_on=from_on)
    save(row)
    before = last.name if last is not None else None
    journal("agencies.rename", author, agency.public_id, agency, {"name": (before, name)})
    return row


@transaction.atomic
def merge_agency(actor: Actor, agency: Agency, *, into: list[Agency], on: date, basis: str = "") -> None:
    """Ends an agency whose duties go to one other or, split, to several (合并、分立), on a day that has come.

    What runs on at it ends that day, what has not begun is withdrawn, its rows stay, its journal gets its last entry.
    Raises ActionRefused while anything waits for somebody there.
    """
    author = actor.author(MANAGE_TREE, agency)
    lock(agency)
    refuse_for(reasons_against_merging(agency, into, on))
    for successor in into:
        save(Succession(predecessor=agency, successor=successor, on=on, basis=basis))
    for model in reversed(_DATED):
        for row in model._default_manager.filter(agency=agency, from_on__gt=today()).order_by("-pk"):
            withdraw(row, author, agency)
    ended = {model.__name__: ending(model, agency, on).update(to_on=on) for model in _DATED}
    agency.to_on = on
    save(agency)
    names = "、".join(successor.public_id for successor in into)
    changes = {"into": (None, names), "to_on": (None, str(on)), "basis": (None, basis or None)}
    counts = {name: (None, str(count)) for name, count in ended.items() if count}
    journal("agencies.merge", author, agency.public_id, agency, {**changes, **counts})
    close_chain(agency.public_id, author=author)


def reasons_against_merging(agency: Agency, into: list[Agency], on: date) -> list[Reason]:
    """What has to be settled before an agency can end."""
    if agency.to_on is not None:
        return [CLOSED]
    found = []
    if on > today():
        found.append(Reason("future", "承继日期还没有到", "日志在登记时写下最后一条，请到当天再登记"))
    if on <= agency.from_on:
        found.append(Reason("day", f"承继日期应晚于设立日期{in_words(agency.from_on)}", "请核对日期"))
    if not into or agency in into:
        found.append(Reason("successor", "没有写明由哪个机构承继职责", "请选择承继的机构"))
    if len({successor.pk for successor in into}) < len(into):
        found.append(Reason("successor_twice", "同一个承继的机构选了两次", "请去掉重复的"))
    if any(successor.to_on is not None or successor.from_on > on for successor in into):
        found.append(Reason("successor_closed", "承继的机构在那一天不存在", "请选择仍在的机构"))
    children = Agency.objects.filter(parent=agency, to_on=None).count()
    if children:
        found.append(Reason("children", f"还有{children}个下级机构", "请先在它们的“调整隶属”中另选上级"))
    departments = Agency.objects.filter(government=agency, to_on=None).count()
    if departments:
        found.append(Reason("departments", f"还有{departments}个机构隶属于它", "请先调整它们的所属人民政府"))
    begun = {"from_on__gte": on, "from_on__lte": today()}
    later = sum(model._default_manager.filter(agency=agency, **begun).count() for model in _DATED)
    if later:
        message = f"有{later}项登记在承继日期当天或之后已经开始"
        found.append(Reason("later", message, "请核对承继日期；当天开始的登记，次日再办"))
    return found + [
        Reason(
            f"open_work.{person.public_id}", f"{person.name}还有{len(works)}件未了的事项", "请先交接给承继机构的人员"
        )
        for person, all_works in open_work_at(agency, today())
        if (works := [work for work in all_works if not work.passes_on])
    ]


def ending(model: type[Model], agency: Agency, on: date) -> "QuerySet[Any]":
    """The rows of a kind that run on at an agency past a day."""
    return model._default_manager.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lt=on)


def ending_counts(agency: Agency, on: date) -> list[tuple[str, int]]:
    """What would end with an agency: of each kind its name and how many."""
    names = ("任用", "内设机构", "职务", "申请渠道", "工作机构人员", "领导小组成员")
    counted = zip(names, (ending(model, agency, on).count() for model in _DATED), strict=True)
    return [(name, count) for name, count in counted if count]


@transaction.atomic
def open_unit(actor: Actor, agency: Agency, *, name: str, from_on: date, duties: str = "") -> Unit:
    """Sets up a section of an agency (内设机构)."""
    author = actor.author(MANAGE_AGENCY, agency)
    require_standing(agency)
    require_day(from_on, not_before=agency.from_on, what="设立日期")
    unit = Unit(agency=agency, name=name, duties=duties, from_on=from_on)
    refuse_for(_reasons_against_unit(unit))
    save(unit)
    journal("agencies.open_unit", author, unit.public_id, agency, told({"name": name, "from_on": from_on}))
    return unit


@transaction.atomic
def change_unit(actor: Actor, unit: Unit, **values: Any) -> None:
    """Changes a section's name or duties."""
    author = actor.author(MANAGE_AGENCY, unit.agency)
    require_standing(unit.agency)
    refuse_overtaken(unit, lock(unit), values)
    changes = changed(unit, values)
    refuse_for(_reasons_against_unit(unit))
    if changes:
        save(unit)
        journal("agencies.change_unit", author, unit.public_id, unit.agency, changes)


@transaction.atomic
def close_unit(actor: Actor, unit: Unit, *, to_on: date) -> None:
    """Ends a section on a day (撤销内设机构). Raises ActionRefused while somebody is appointed to it past that day."""
    author = actor.author(MANAGE_AGENCY, unit.agency)
    require_standing(unit.agency)
    lock(unit)
    if is_to_come(unit) and to_on <= unit.from_on and not unit.appointments.exists() and not unit.offices.exists():
        withdraw(unit, author, unit.agency)
        return
    if unit.to_on is not None:
        raise ActionRefused([Reason("ended", f"该内设机构已于{in_words(unit.to_on)}撤销", "无需再办")])
    require_day(to_on, not_before=unit.from_on, what="撤销日期")
    running = in_force(Appointment.objects.filter(unit=unit), to_on) | Appointment.objects.filter(
        unit=unit, from_on__gte=to_on
    )
    names = sorted(set(running.values_list("person__name", flat=True)))
    if names:
        raise ActionRefused(
            [Reason("appointments", f"{'、'.join(names)}还任用在这个内设机构", "请先终止或调整他们的任用")]
        )
    unit.to_on = to_on
    save(unit)
    journal("agencies.close_unit", author, unit.public_id, unit.agency, {"to_on": (None, str(to_on))})


def _reasons_against_unit(unit: Unit) -> list[Reason]:
    same = Unit.objects.filter(agency=unit.agency, name=unit.name).exclude(pk=unit.pk)
    same = same.filter(Q(to_on=None) | Q(to_on__gt=unit.from_on))
    if unit.to_on is not None:
        same = same.filter(from_on__lt=unit.to_on)
    return [Reason("unit_name", f"本机关已有内设机构“{unit.name}”", "请改用别的名称")] if same.exists() else []


def _is_above(agency: Agency, start: Agency | None, column: str) -> bool:
    """Whether an agency is met on the way up from another, itself included; a ring that is already there ends too."""
    above = dict(Agency.objects.exclude(**{column: None}).values_list("pk", column))
    here, met = start.pk if start is not None else None, set[int]()
    while here is not None and here not in met:
        if here == agency.pk:
            return True
        met.add(here)
        here = above.get(here)
    return False
