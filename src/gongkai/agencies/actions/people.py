"""People, posts, appointments and delegations; leaving and handing over; logins."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongkai.agencies.actions.acting import (
    Actor,
    changed,
    in_words,
    is_to_come,
    journal,
    lock,
    refuse_overtaken,
    require_day,
    require_period,
    require_standing,
    save,
    told,
    withdraw,
)
from gongkai.agencies.models import (
    Agency,
    Appointment,
    Person,
    Post,
    Unit,
    User,
)
from gongkai.agencies.permissions import (
    APPOINT,
    APPOINT_ADMIN,
    MANAGE_ACCOUNTS,
    MANAGE_AGENCY,
    holds_several,
    in_force,
)
from gongkai.agencies.roles import INSTALLATION_ROLES, Role
from gongkai.audit.actions import Author
from gongkai.kernel.adding import NewRow
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for


@transaction.atomic
def add_person(
    actor: Actor, agency: Agency, *, name: str, phone: str = "", email: str = "", new: NewRow | None = None
) -> Person:
    """Enters somebody who works at an agency (人员); `new` from the page that asks for it: sent twice, it is one."""
    author, new = actor.author(MANAGE_AGENCY, agency), new or NewRow()
    require_standing(agency)
    before = new.among(Person.objects.filter(agency=agency, name=name, phone=phone, email=email))
    if before is not None:
        return before
    person = Person(public_id=new.public_id, agency=agency, name=name, phone=phone, email=email)
    save(person)
    journal("agencies.add_person", author, person.public_id, agency, told({"name": name}))
    return person


@transaction.atomic
def change_person(actor: Actor, person: Person, agency: Agency, **values: Any) -> None:
    """Changes a person's name or office contact."""
    author = actor.author(MANAGE_AGENCY, agency)
    require_standing(agency)
    refuse_overtaken(person, lock(person), values)
    changes = changed(person, values)
    if changes:
        save(person)
        journal("agencies.change_person", author, person.public_id, agency, changes)


@transaction.atomic
def give_post(actor: Actor, person: Person, agency: Agency, *, title: str, from_on: date) -> Post:
    """Notes a person's official job (职务) at an agency."""
    author = actor.author(MANAGE_AGENCY, agency)
    require_standing(agency)
    lock(person)
    require_day(from_on, not_before=agency.from_on, what="任职日期")
    same = Post.objects.filter(person=person, agency=agency, title=title)
    if same.filter(Q(to_on=None) | Q(to_on__gt=from_on)).exists():
        raise ActionRefused([Reason("twice", f"该人员在这段时间已任{title}", "请先登记原来的免职日期")])
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
    hold(agency, person)
    row = Appointment(person=person, role=role, agency=agency, unit=unit, from_on=from_on, to_on=to_on, basis=basis)
    refuse_for(reasons_against_appointing(row))
    save(row)
    journal("agencies.appoint", author, row.public_id, agency, _told_appointment(row))
    return row


def reasons_against_appointing(row: Appointment) -> list[Reason]:
    """What stands against an appointment: the same twice, two separated roles in one hand, an agency that is gone."""
    found = []
    agency, unit = row.agency, row.unit
    if row.to_on is not None and row.to_on <= row.from_on:
        return [Reason("period", "终止日期应晚于起始日期", "请核对日期")]
    if unit is not None:
        if unit.agency_id != row.agency_id:
            found.append(Reason("unit", "内设机构不属于这个机关", "请重新选择内设机构"))
        elif row.from_on < unit.from_on or (unit.to_on is not None and (row.to_on or date.max) > unit.to_on):
            found.append(Reason("unit_gone", "内设机构在这段时间不存在", "请核对日期，或另选内设机构"))
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
    """Ends an appointment, and the delegations that come from it, on a day (免去); one to come may be withdrawn."""
    author = actor.author(APPOINT if row.agency is not None else APPOINT_ADMIN, row.agency)
    hold(row.agency, row.person)
    if row.agency is None:
        # The last two of the administrators, ended at once, must not both go.
        list(Appointment.objects.select_for_update(no_key=True).filter(role=row.role, agency=None))
    lock(row)
    if is_to_come(row) and to_on <= row.from_on:
        withdraw_appointment(row, author)
        return
    if row.to_on is not None and row.to_on <= to_on:
        raise ActionRefused([Reason("ended", f"该任用已于{in_words(row.to_on)}终止", "无需再办")])
    require_period(row.from_on, to_on)
    refuse_for(reasons_against_ending(row, to_on))
    _end(row, to_on, author)
    for delegation in row.delegations.filter(Q(to_on=None) | Q(to_on__gt=to_on)):
        if delegation.from_on < to_on:
            _end(delegation, to_on, author)
        elif is_to_come(delegation):
            withdraw(delegation, author, row.agency)


def reasons_against_ending(row: Appointment, to_on: date) -> list[Reason]:
    """The last head of an agency, and the last of the installation's administrators, can't go without a successor."""
    if row.role not in (Role.HEAD, *INSTALLATION_ROLES) or row.delegated_from_id is not None:
        return []
    if row.agency is not None and row.agency.to_on is not None and row.agency.to_on <= to_on:
        return []
    others = in_force(Appointment.objects.filter(role=row.role, agency=row.agency, delegated_from=None), to_on)
    if row.role == Role.SECURITY_ADMIN and User.objects.filter(person=row.person_id, is_active=True).exists():
        others = others.filter(person__user__is_active=True)  # who can't sign in can't let anybody in
    if others.exclude(pk=row.pk).exists():
        return []
    return [Reason("last", f"这是最后一名{Role(row.role).label}，不能空缺", "请先任用接任的人员")]


@transaction.atomic
def delegate(actor: Actor, row: Appointment, *, to: Person, from_on: date, to_on: date, basis: str = "") -> Appointment:
    """Lets another person act in one's role for some days (授权代行). A delegation can't be delegated on."""
    author = actor.author(APPOINT, row.agency)
    hold(row.agency, to)
    lock(row)
    refuse_for(_reasons_against_delegating(row, to, from_on, to_on))
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


def _reasons_against_delegating(row: Appointment, to: Person, from_on: date, to_on: date) -> list[Reason]:
    found = []
    if row.delegated_from_id is not None:
        found.append(Reason("chain", "代行的职责不能再授权他人", "请由原任用人员授权"))
    if to.pk == row.person_id:
        found.append(Reason("self", "代行人不能是本人", "请另选代行人"))
    if from_on < row.from_on:
        found.append(Reason("earlier", f"授权不能早于本人任用的起始日期{in_words(row.from_on)}", "请核对日期"))
    if row.to_on is not None and to_on > row.to_on:
        found.append(Reason("longer", f"授权不能超过本人任用的终止日期{in_words(row.to_on)}", "请核对日期"))
    others = row.delegations.filter(from_on__lt=to_on).filter(Q(to_on=None) | Q(to_on__gt=from_on))
    other = others.select_related("person").first()
    if other is not None:
        found.append(Reason("two", f"这段时间已授权{other.person.name}代行", "请先终止那次授权，或改用别的日期"))
    return found


def hold(agency: Agency | None, person: Person) -> None:
    """Holds what an appointment is about: two who act on it at once come one after the other."""
    if agency is not None:
        require_standing(agency)
    lock(person)


def withdraw_appointment(row: Appointment, author: Author) -> None:
    """Takes back an appointment that has not begun, and what was delegated from it."""
    for delegation in row.delegations.all():
        withdraw(delegation, author, row.agency)
    withdraw(row, author, row.agency)


def _end(row: Appointment, to_on: date, author: Author) -> None:
    changes = changed(row, {"to_on": to_on})
    save(row)
    journal("agencies.end_appointment", author, row.public_id, row.agency, changes)


@transaction.atomic
def open_account(actor: Actor, person: Person, *, username: str, password: str) -> User:
    """Gives a person a login (账号) with a password of his own. It is of no use until a second factor is set up."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    user = User(username=User.normalize_username(username), person=person)
    user.set_password(password)
    save(user)
    journal("agencies.open_account", author, user.public_id, None, told({"username": username, "person": person}))
    return user


def _overlapping(row: Appointment) -> "Any":
    rows = Appointment.objects.filter(person=row.person).exclude(pk=row.pk)
    rows = rows.filter(Q(to_on=None) | Q(to_on__gt=row.from_on))
    return rows if row.to_on is None else rows.filter(from_on__lt=row.to_on)


def _told_appointment(row: Appointment) -> dict[str, tuple[str | None, str | None]]:
    values = {"person": row.person, "role": row.role, "unit": row.unit, "from_on": row.from_on, "to_on": row.to_on}
    return told({**values, "delegated_from": row.delegated_from})
