"""People, posts, appointments and delegations; logins."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongkai.agencies.actions.acting import Actor, changed, journal, require_day, save, told
from gongkai.agencies.models import Agency, Appointment, Person, Post, Unit, User
from gongkai.agencies.permissions import (
    APPOINT,
    APPOINT_ADMIN,
    MANAGE_ACCOUNTS,
    MANAGE_AGENCY,
    holds_several,
    in_force,
)
from gongkai.agencies.roles import INSTALLATION_ROLES, Role
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for


@transaction.atomic
def add_person(actor: Actor, agency: Agency, *, name: str, phone: str = "", email: str = "") -> Person:
    """Enters somebody who works at an agency (人员)."""
    author = actor.author(MANAGE_AGENCY, agency)
    person = Person(name=name, phone=phone, email=email)
    save(person)
    journal("agencies.add_person", author, person.public_id, agency, told({"name": name}))
    return person


@transaction.atomic
def change_person(actor: Actor, person: Person, agency: Agency, **values: Any) -> None:
    """Changes a person's name or office contact."""
    author = actor.author(MANAGE_AGENCY, agency)
    changes = changed(person, values)
    if changes:
        save(person)
        journal("agencies.change_person", author, person.public_id, agency, changes)


@transaction.atomic
def give_post(actor: Actor, person: Person, agency: Agency, *, title: str, from_on: date) -> Post:
    """Notes a person's official job (职务) at an agency."""
    author = actor.author(MANAGE_AGENCY, agency)
    post = Post(person=person, agency=agency, title=title, from_on=from_on)
    save(post)
    journal("agencies.give_post", author, person.public_id, agency, told({"title": title, "from_on": from_on}))
    return post


@transaction.atomic
def appoint(
    actor: Actor,
    person: Person,
    role: Role,
    *,
    agency: Agency | None,
    from_on: date,
    unit: Unit | None = None,
    to_on: date | None = None,
    basis: str = "",
) -> Appointment:
    """Appoints a person to a role at an agency, or at the installation where `agency` is None (任用)."""
    author = actor.author(APPOINT if agency is not None else APPOINT_ADMIN, agency)
    # Two who appoint the same person at once come one after the other.
    Person.objects.select_for_update().get(pk=person.pk)
    row = Appointment(person=person, role=role, agency=agency, unit=unit, from_on=from_on, to_on=to_on, basis=basis)
    refuse_for(reasons_against_appointing(row))
    save(row)
    journal("agencies.appoint", author, row.public_id, agency, _told_appointment(row))
    return row


def reasons_against_appointing(row: Appointment) -> list[Reason]:
    """What stands against an appointment: the same twice, two separated roles in one hand, an agency that is gone."""
    found = []
    agency, unit = row.agency, row.unit
    if unit is not None and unit.agency_id != row.agency_id:
        found.append(Reason("unit", "内设机构不属于这个机关", "请重新选择内设机构"))
    if agency is not None and (
        row.from_on < agency.from_on or (agency.to_on is not None and row.from_on >= agency.to_on)
    ):
        found.append(Reason("agency", "起始日期不在该机关存续期间", "请核对日期"))
    same = _overlapping(row).filter(role=row.role, agency=row.agency, unit=row.unit)
    if same.exists():
        found.append(
            Reason("twice", f"该人员在这段时间已任用为{Role(row.role).label}", "请先终止原来的任用，或改用别的日期")
        )
    if row.role in INSTALLATION_ROLES:
        held = _overlapping(row).filter(role__in=INSTALLATION_ROLES).values_list("role", flat=True)
        if holds_several([*held, row.role]):
            found.append(Reason("separated", "系统、安全、审计三种管理员不能由同一人担任", "请由另一人担任"))
    return found


@transaction.atomic
def end_appointment(actor: Actor, row: Appointment, *, to_on: date) -> None:
    """Ends an appointment, and the delegations that come from it, on a day (免去)."""
    author = actor.author(APPOINT if row.agency is not None else APPOINT_ADMIN, row.agency)
    require_day(to_on, not_before=row.from_on, what="终止日期")
    refuse_for(reasons_against_ending(row, to_on))
    for ending in (row, *row.delegations.filter(Q(to_on=None) | Q(to_on__gt=to_on))):
        before = str(ending.to_on) if ending.to_on is not None else None
        ending.to_on = max(to_on, ending.from_on)
        if ending.to_on > ending.from_on:
            save(ending)
            journal("agencies.end_appointment", author, ending.public_id, row.agency, {"to_on": (before, str(to_on))})


def reasons_against_ending(row: Appointment, to_on: date) -> list[Reason]:
    """The last head of an agency, and the last of the installation's administrators, can't go without a successor."""
    if row.role not in (Role.HEAD, *INSTALLATION_ROLES):
        return []
    if row.agency is not None and row.agency.to_on is not None and row.agency.to_on <= to_on:
        return []
    others = in_force(Appointment.objects.filter(role=row.role, agency=row.agency, delegated_from=None), to_on)
    if others.exclude(pk=row.pk).exists():
        return []
    return [Reason("last", f"这是最后一名{Role(row.role).label}，不能空缺", "请先任用接任的人员")]


@transaction.atomic
def delegate(actor: Actor, row: Appointment, *, to: Person, from_on: date, to_on: date, basis: str = "") -> Appointment:
    """Lets another person act in one's role for some days (授权代行). A delegation can't be delegated on."""
    author = actor.author(APPOINT, row.agency)
    if row.delegated_from_id is not None:
        raise ActionRefused([Reason("chain", "代行的职责不能再授权他人", "请由原任用人员授权")])
    if row.to_on is not None and to_on > row.to_on:
        raise ActionRefused([Reason("longer", f"授权不能超过本人任用的终止日期{row.to_on}", "请核对日期")])
    made = Appointment(
        person=to,
        role=row.role,
        agency=row.agency,
        unit=row.unit,
        from_on=from_on,
        to_on=to_on,
        basis=basis,
        delegated_from=row,
    )
    refuse_for(reasons_against_appointing(made))
    save(made)
    journal("agencies.delegate", author, made.public_id, row.agency, _told_appointment(made))
    return made


@transaction.atomic
def open_account(actor: Actor, person: Person, *, username: str, password: str) -> User:
    """Gives a person a login (账号). It is of no use until a second factor is set up."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    user = User.objects.create_user(username, password, person=person)
    journal("agencies.open_account", author, user.public_id, None, told({"username": username}))
    return user


@transaction.atomic
def switch_account(actor: Actor, user: User, *, is_active: bool) -> None:
    """Switches a login on or off."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    changes = changed(user, {"is_active": is_active})
    if changes:
        user.save(update_fields=["is_active"])
        journal("agencies.switch_account", author, user.public_id, None, changes)


def _overlapping(row: Appointment) -> "Any":
    rows = Appointment.objects.filter(person=row.person).exclude(pk=row.pk)
    rows = rows.filter(Q(to_on=None) | Q(to_on__gt=row.from_on))
    return rows if row.to_on is None else rows.filter(from_on__lt=row.to_on)


def _told_appointment(row: Appointment) -> dict[str, tuple[str | None, str | None]]:
    values = {"person": row.person, "role": row.role, "unit": row.unit, "from_on": row.from_on, "to_on": row.to_on}
    return told(values)


def is_current(row: Appointment) -> bool:
    """Whether an appointment holds today."""
    return row.from_on <= today() and (row.to_on is None or today() < row.to_on)
