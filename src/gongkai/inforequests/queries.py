"""Reading cases: who sees which, the officer's desk, likely duplicates. What one may not see is not there."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from gongkai.agencies.permissions import Authority
from gongkai.agencies.queries import search_words
from gongkai.agencies.roles import Role
from gongkai.inforequests.choices import CaseState, HandlingKind, Part, Stage
from gongkai.inforequests.models import Assignment, Handling, Item, Notice, Party, Release
from gongkai.inforequests.models.items import OPEN
from gongkai.inforequests.permissions import ANSWER, CONFIRM, OPEN_IDENTITY, SEE, units_of
from gongkai.inforequests.turns import SECOND_PERSON
from gongkai.inforequests.words import state_of
from gongkai.kernel.fields import BlindIndexField
from gongkai.kernel.registry import Act, OpenWork, Scope

if TYPE_CHECKING:
    from gongkai.agencies.models import User

PAGE = 50
MOST = 1_000
"""Cases that a list counts and leads to; what lies behind is found by its number or words."""
REVIEWERS = (Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER, Role.OFFICE_HEAD, Role.DEPUTY_HEAD, Role.HEAD)
_TURN_ROLES = (*REVIEWERS, Role.CLERK, Role.SEAL_KEEPER)
_NUMBER = re.compile(r"(\d{4})-(\d{1,7})(?:-(\d{1,3}))?")
_SHOWN = ("request", "agency", "turn_unit", "turn_person")
"""What a row of a list tells of, fetched with it."""
_ENDED = Q(state=CaseState.ENDED)
_URGENT_FIRST = (F("due_on").asc(nulls_last=True), "id")
_TEXTS_COMPARED = 400
_YEARS_COMPARED = 2
_ALIKE = 0.5
"""Share of pairs of characters from which two texts are taken for alike; found by trying, not law."""
_MOST_DUPLICATES = 5
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Desk:
    """What an officer's desk counts: cases of each tab, of those open how urgent, each up to `MOST`."""

    turn: int
    all: int
    closed: int
    today: int
    overdue: int
    reviews: int

    @property
    def waiting(self) -> int:
        """Open cases that wait for others."""
        return self.all - self.turn


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case that may ask for the same: by whom it was, or how much its text is alike."""

    item: Item
    is_same_applicant: bool
    is_alike: bool


def visible(authority: Authority) -> QuerySet[Item]:
    """The cases that somebody may see: of his agencies, of those below a supervisor, or given to his unit."""
    agencies = _reach(authority, {role: scope for role, scope in SEE.scopes.items() if scope != Scope.UNIT})
    rows = Item.objects.select_related(*_SHOWN)
    if agencies is None:
        return rows
    seen = Q(agency__in=agencies)
    units = units_of(authority, _unit_roles())
    return rows.filter(seen | _given_to(units)) if units else rows.filter(seen)


def case_of(public_id: str, authority: Authority) -> Item | None:
    """The case of that public id; None where there is none, or it is not for these eyes."""
    return visible(authority).filter(public_id=public_id).first()


def turn(authority: Authority, person_id: int | None) -> Q:
    """What is somebody's turn: his roles' at their agencies, his unit's; not what was handed to another person."""
    roles = {row.role for row in authority.standings} & set(_TURN_ROLES)
    mine = Q(pk__in=[])
    for role in sorted(roles):
        mine |= Q(turn_role=role, agency__in=_reach(authority, {role: Scope.OWN}) or ())
    if Role.SECRECY_REVIEWER in roles:
        at = _reach(authority, {Role.SECRECY_REVIEWER: Scope.OWN}) or ()
        mine |= Q(_to_be_cleared(), ~Q(state=CaseState.ENDED), agency__in=at)
    if authority.holds(CONFIRM):
        at = _reach(authority, CONFIRM.scopes) or ()
        mine |= Q(~entered_by(person_id), turn_role=SECOND_PERSON, agency__in=at)
    units = units_of(authority, ANSWER.scopes)
    if units:
        mine |= _given_to(units, returned_at=None)
    return mine & (Q(turn_person=None) | Q(turn_person=person_id))


def tabs(authority: Authority, person_id: int | None) -> Mapping[str, QuerySet[Item]]:
    """The lists of the desk: my turn, waiting for others, all that are open, closed."""
    rows, mine = visible(authority), turn(authority, person_id)
    still_open = rows.filter(OPEN)  # whose turn it is implies it, but the index is found by these words alone
    return {
        "turn": still_open.filter(mine).order_by(*_URGENT_FIRST),
        "waiting": still_open.exclude(mine).order_by(*_URGENT_FIRST),
        "all": still_open.order_by(*_URGENT_FIRST),
        "closed": rows.filter(_ENDED).order_by("-closed_on", "-id"),
    }


def counted(authority: Authority, person_id: int | None, on: date) -> Desk:
    """The numbers of the desk, asked in one query; none counts further than `MOST`."""
    # In the order of the desk's indexes, which are taken then: a bare count would go through all of an agency's cases.
    lists = {name: rows.order_by("due_on", "id") for name, rows in tabs(authority, person_id).items()}
    late = lists["all"].exclude(_ENDED)
    return Desk(
        *_counts(
            lists["turn"],
            lists["all"],
            lists["closed"].order_by(),
            late.filter(due_on=on),
            late.filter(due_on__lt=on),
            lists["turn"].filter(turn_role__in=REVIEWERS),
        )
    )


def found(words: str, authority: Authority) -> QuerySet[Item]:
    """The newest cases by number, or by words that all stand in their text, up to `MOST`.

    Their keys are looked for by themselves: what is shown of them would be sorted along with all that was found.
    """
    number = _NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", words).split()))
    if number is not None:
        year, letter, order = number.groups()
        wanted = Q(request__year=int(year), request__number=int(letter))
        wanted &= Q(order=int(order)) if order else Q()
    else:
        wanted = Q()
        for word in search_words(words):
            wanted &= Q(text__icontains=word)
    newest = visible(authority).filter(wanted).select_related(None).order_by("-id").values("pk")[:MOST]
    return Item.objects.select_related(*_SHOWN).filter(pk__in=newest).order_by("-id")


def of_applicant(name: str, authority: Authority) -> QuerySet[Item]:
    """Cases by an applicant's whole name or identity number, at the agencies where one may open identities."""
    rows, agencies = visible(authority).order_by("-id"), authority.agency_ids(OPEN_IDENTITY)
    if not name or not agencies:
        return rows.none()
    named = Q(name_index=_index("name_index", name)) | Q(identity_index=_index("identity_index", name))
    return rows.filter(Exists(Party.objects.filter(named, request=OuterRef("request"))), agency__in=agencies)


def bounded_count(rows: QuerySet[Item]) -> int:
    """How many there are, up to `MOST`."""
    return rows.order_by()[:MOST].count()


def whole(page: QuerySet[Item]) -> list[Item]:
    """The cases of a page with all that a list shows: its few are found by their keys alone, and joined only then."""
    rows = Item.objects.filter(pk__in=page.select_related(None).values("pk")).select_related(*_SHOWN)
    explained = Handling.objects.filter(item=OuterRef("pk"), kind=HandlingKind.EXPLAINED)
    rows = rows.annotate(is_explained=Exists(explained))
    return list(rows.order_by(*page.query.order_by))


def likely_duplicates(item: Item, on: date) -> list[Duplicate]:
    """Cases of the agency's last two years that may ask for the same; the same applicant's first, then the newest."""
    applicants = Party.objects.filter(request=item.request_id, part=Part.APPLICANT)
    asked_by_same = Party.objects.filter(
        request=OuterRef("request"), part=Part.APPLICANT, identity_index__in=applicants.values("identity_index")
    )
    since = on.replace(year=on.year - _YEARS_COMPARED, day=min(on.day, 28))
    rows = Item.objects.filter(agency=item.agency_id, request__arrived_on__gte=since)
    rows = rows.exclude(request=item.request_id).annotate(is_same=Exists(asked_by_same)).select_related("request")
    wanted = _pairs(item.text)
    duplicates = []
    for row in rows.order_by("-is_same", "-id")[:_TEXTS_COMPARED]:
        is_same, is_alike = bool(getattr(row, "is_same", False)), _likeness(wanted, _pairs(row.text)) >= _ALIKE
        if is_same or is_alike:
            duplicates.append(Duplicate(row, is_same, is_alike))
    return sorted(duplicates, key=lambda one: not one.is_alike)[:_MOST_DUPLICATES]


def open_work_of(person: str, on: date) -> Iterable[OpenWork]:
    """The cases that wait for a person, by public id, for the office's first page and for handing over."""
    users: QuerySet[User] = get_user_model().objects.filter(person__public_id=person)
    for user in users:
        authority = Authority(user, on)
        rows = list(tabs(authority, user.person_id)["turn"])
        wanted = _wanted_by(rows, authority)
        for item in rows:
            yield OpenWork(
                kind="inforequests.case",
                title=f"{item.register_number} {state_of(item)}",
                url=reverse("case", args=[item.public_id]),
                due_on=wanted.get(item.pk, item.due_on),
                key=item.public_id,
                agency=item.agency.public_id,
                passes_on=True,
            )


def _wanted_by(items: Iterable[Item], authority: Authority) -> dict[int, date]:
    """By when a unit has to give back what was given to it (内部办理期限), by the key of the case."""
    units = units_of(authority, ANSWER.scopes)
    rows = Assignment.objects.filter(item__in=items, unit__in=units, returned_at=None) if units else ()
    return {row.item_id: row.due_on for row in rows}


def _reach(authority: Authority, scopes: Mapping[str, str]) -> frozenset[int] | None:
    """The agencies that some roles reach; None where it is all."""
    return authority.agency_ids(Act(SEE.id, SEE.name, dict(scopes)))


def _unit_roles() -> list[str]:
    return [role for role, scope in SEE.scopes.items() if scope == Scope.UNIT]


def _given_to(units: Iterable[int], **more: object) -> Q:
    return Q(Exists(Assignment.objects.filter(item=OuterRef("pk"), unit__in=list(units), **more)))


def _to_be_cleared() -> Exists:
    """Files that are to go out and that the secrecy reviewer has not looked at: his turn beside another's."""
    return Exists(Release.objects.filter(item=OuterRef("pk"), reviewed_at=None, is_pointer=False))


def entered_by(person_id: int | None) -> Q:
    """What somebody entered from paper, or sealed, that a second person has to compare: he can't do it himself."""
    unseen = {"is_on_paper": True, "is_agreed": True, "confirmed_by": None, "entered_by": person_id}
    paper = Q(stage=Stage.REVIEW, **{f"approvals__{name}": value for name, value in unseen.items()})
    scan = Q(stage=Stage.SEALED, is_scan=True, seal_confirmed_by=None, sealed_by=person_id)
    return Q(Exists(Notice.objects.filter(paper | scan, items=OuterRef("pk"))))


def _index(field: str, value: str) -> bytes:
    column = Party._meta.get_field(field)
    assert isinstance(column, BlindIndexField)
    return column.of(value)


def _counts(*lists: QuerySet[Item]) -> list[int]:
    """The lengths of several lists in one query; the desk is the page used most, and each costs a round trip."""
    parts: list[str] = []
    given: list[Any] = []
    for rows in lists:
        try:
            sql, params = rows.select_related(None).values("pk")[:MOST].query.sql_with_params()
        except EmptyResultSet:  # whose turn never comes, as a supervisor's: Django sees it and writes no query
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608  written by Django, values apart
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return list(cursor.fetchone())


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, marks and spaces left out."""
    plain = _NOT_WORDS.sub("", text.casefold())
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's share of common pairs, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
