"""The tree of agencies: founding, changing, renaming, merging, dissolving; units."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, changed, journal, require_day, save, told
from gongkai.agencies.models import Agency, AgencyName, Appointment, Succession, Unit
from gongkai.agencies.permissions import MANAGE_AGENCY, MANAGE_TREE, below_ids, in_force
from gongkai.audit.actions import close_chain
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason

_OVERSIGHT_CYCLE = Reason("cycle", "上级不能是本机关或本机关的下级，否则机构树会成环", "请另选上级")
_CLOSED = Reason("closed", "该机构已撤销，不能再变动", "请在承继其职责的机构中办理")


@transaction.atomic
def found_agency(actor: Actor, *, name: str, short_names: str = "", from_on: date, **values: Any) -> Agency:
    """Founds an agency with its first name (设立)."""
    author = actor.author(MANAGE_TREE, None)
    agency = Agency(from_on=from_on, **values)
    save(agency)
    save(AgencyName(agency=agency, name=name, short_names=short_names, from_on=from_on))
    journal("agencies.found", author, agency.public_id, agency, told({"name": name, "from_on": from_on, **values}))
    return agency


@transaction.atomic
def change_agency(actor: Actor, agency: Agency, **values: Any) -> None:
    """Changes what is known of an agency (职责、上级、法院……)."""
    act = MANAGE_TREE if {"parent", "government", "kind", "level", "code"} & values.keys() else MANAGE_AGENCY
    author = actor.author(act, agency)
    parent = values.get("parent", agency.parent)
    if parent is not None and parent.pk in below_ids(agency.pk):
        raise ActionRefused([_OVERSIGHT_CYCLE])
    changes = changed(agency, values)
    if changes:
        save(agency)
        journal("agencies.change", author, agency.public_id, agency, changes)


@transaction.atomic
def rename_agency(actor: Actor, agency: Agency, *, name: str, short_names: str = "", from_on: date) -> AgencyName:
    """Gives an agency another name from a day on (更名); the old one stays what it was called before."""
    author = actor.author(MANAGE_TREE, agency)
    if agency.to_on is not None:
        raise ActionRefused([_CLOSED])
    last = agency.names.order_by("from_on").last()
    require_day(from_on, not_before=agency.from_on, what="启用日期")
    row = AgencyName(agency=agency, name=name, short_names=short_names, from_on=from_on)
    save(row)
    before = last.name if last is not None else None
    journal("agencies.rename", author, agency.public_id, agency, {"name": (before, name)})
    return row


@transaction.atomic
def merge_agency(actor: Actor, agency: Agency, *, into: list[Agency], on: date, basis: str = "") -> None:
    """Ends an agency whose duties go to others on a day (合并、分立). Its rows stay; its journal gets its last entry.

    Raises ActionRefused while agencies stand below it or appointments at it run on past that day.
    """
    author = actor.author(MANAGE_TREE, agency)
    open_things = reasons_against_merging(agency, into, on)
    if open_things:
        raise ActionRefused(open_things)
    for successor in into:
        save(Succession(predecessor=agency, successor=successor, on=on, basis=basis))
    agency.to_on = on
    save(agency)
    names = "、".join(successor.public_id for successor in into)
    journal("agencies.merge", author, agency.public_id, agency, {"into": (None, names), "to_on": (None, str(on))})
    close_chain(agency.public_id, author=author)


def reasons_against_merging(agency: Agency, into: list[Agency], on: date) -> list[Reason]:
    """What has to be settled before an agency can end."""
    found = []
    if agency.to_on is not None:
        found.append(_CLOSED)
    if not into or agency in into:
        found.append(Reason("successor", "没有写明由哪个机构承继职责", "请选择承继的机构"))
    if any(successor.to_on is not None and successor.to_on <= on for successor in into):
        found.append(Reason("successor_closed", "承继的机构已撤销", "请选择仍在的机构"))
    children = Agency.objects.filter(parent=agency, to_on=None).count()
    if children:
        found.append(Reason("children", f"还有{children}个下级机构", "请先调整它们的上级"))
    running = in_force(Appointment.objects.filter(agency=agency), on).count()
    if running:
        found.append(Reason("appointments", f"还有{running}项任用未终止", f"请先终止到{on}为止的任用并交接"))
    return found


@transaction.atomic
def open_unit(actor: Actor, agency: Agency, *, name: str, from_on: date, duties: str = "") -> Unit:
    """Sets up a section of an agency (内设机构)."""
    author = actor.author(MANAGE_AGENCY, agency)
    require_day(from_on, not_before=agency.from_on, what="设立日期")
    unit = Unit(agency=agency, name=name, duties=duties, from_on=from_on)
    save(unit)
    journal("agencies.open_unit", author, unit.public_id, agency, told({"name": name, "from_on": from_on}))
    return unit


@transaction.atomic
def change_unit(actor: Actor, unit: Unit, **values: Any) -> None:
    """Changes a section's name or duties, or ends it."""
    author = actor.author(MANAGE_AGENCY, unit.agency)
    to_on = values.get("to_on")
    if to_on is not None and in_force(Appointment.objects.filter(unit=unit), to_on).exists():
        raise ActionRefused([Reason("appointments", "还有人员任用在这个内设机构", "请先调整他们的任用")])
    changes = changed(unit, values)
    if changes:
        save(unit)
        journal("agencies.change_unit", author, unit.public_id, unit.agency, changes)


def standing_today(agency: Agency) -> bool:
    """Whether the agency exists today."""
    return agency.from_on <= today() and (agency.to_on is None or today() < agency.to_on)
