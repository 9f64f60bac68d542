"""Reading the organisation as it stood on a day; what other apps may ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from gongkai.agencies.models import (
    Agency,
    AgencyName,
    Channel,
    DisclosureOffice,
    Succession,
    Unit,
)
from gongkai.agencies.roles import ChannelKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

_MOST_WORDS = 5
_LONGEST_SEARCH = 60

# Filing asks this each time, and most of what it would cost else is the building of the query.
_REACHED = """
    SELECT agency.* FROM agencies_agency agency JOIN agencies_channel channel ON channel.agency_id = agency.id
    WHERE agency.public_id = %s AND channel.kind = %s AND channel.from_on <= %s
    AND (channel.to_on IS NULL OR channel.to_on > %s) AND (agency.to_on IS NULL OR agency.to_on > %s)
    """


@dataclass(frozen=True, slots=True)
class Named:
    """An agency with what it is called on the day asked for."""

    agency: Agency
    name: str
    short_names: tuple[str, ...]
    history: tuple[AgencyName, ...] = ()

    @property
    def url_id(self) -> str:
        """Its public id."""
        return self.agency.public_id

    @property
    def is_closed(self) -> bool:
        """Whether its duties went to others."""
        return self.agency.to_on is not None

    @property
    def does(self) -> str:
        """What it does, in one line."""
        return self.agency.functions.strip().split("\n")[0]


def existing(on: date) -> "QuerySet[Agency]":
    """The agencies that exist on a day."""
    return Agency.objects.filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on)


def named(agencies: "QuerySet[Agency]", on: date) -> list[Named]:
    """Agencies with their names on a day, in one query more."""
    rows = agencies.prefetch_related(Prefetch("names", AgencyName.objects.order_by("from_on")))
    return [_named(agency, list(agency.names.all()), on) for agency in rows]


def named_by_key(keys: Iterable[int], on: date) -> list[Named]:
    """The agencies of those keys with their names on a day, by code."""
    return named(Agency.objects.filter(pk__in=set(keys)).order_by("code"), on)


def name_of(agency: Agency, on: date) -> str:
    """What an agency is called on a day."""
    return _named(agency, list(agency.names.all()), on).name


def names_over_time(keys: Iterable[int]) -> dict[int, list[tuple[date, str]]]:
    """What agencies were called from which day on, the earliest first, by key, in one query."""
    rows = AgencyName.objects.filter(agency__in=set(keys)).order_by("from_on")
    found: dict[int, list[tuple[date, str]]] = {}
    for key, from_on, name in rows.values_list("agency", "from_on", "name"):
        found.setdefault(key, []).append((from_on, name))
    return found


def names_on(keys: Iterable[int], on: date) -> dict[int, str]:
    """What agencies are called on a day, by key, in one query; before the first name, that one."""
    return {key: name_among(names, on) for key, names in names_over_time(keys).items()}


def name_among(names: list[tuple[date, str]], on: date) -> str:
    """The name that holds on a day, of names from the earliest; before the first, the first for want of another."""
    return next((name for from_on, name in reversed(names) if from_on <= on), names[0][1])


def called(public_id: str, on: date) -> Named | None:
    """The agency of that public id with its names alone, in one small query."""
    names = list(AgencyName.objects.filter(agency__public_id=public_id).select_related("agency").order_by("from_on"))
    return _named(names[0].agency, names, on) if names else None


def known(public_id: str, on: date) -> Named | None:
    """The agency of that public id with its names, those above it and its reviewing organ, in one query."""
    rows = AgencyName.objects.filter(agency__public_id=public_id).order_by("from_on")
    names = list(rows.select_related("agency__parent__parent", "agency__government", "agency__review_organ"))
    return _named(names[0].agency, names, on) if names else None


def tree(on: date) -> list[tuple[int, Named]]:
    """Every agency that exists on a day with its depth, each below the one that oversees it.

    Where that one took over only later, it stands below whose duties they were on that day.
    """
    rows = named(existing(on).order_by("code"), on)
    known = {row.agency.pk for row in rows}
    before = dict(Succession.objects.filter(predecessor__in=known).values_list("successor", "predecessor"))
    below: dict[int | None, list[Named]] = {}
    for row in rows:
        parent = row.agency.parent_id
        if parent is not None and parent not in known:
            parent = before.get(parent)
        below.setdefault(parent if parent != row.agency.pk else None, []).append(row)
    ordered: list[tuple[int, Named]] = []
    waiting = [(0, row) for row in reversed(below.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        ordered.append((depth, row))
        waiting += [(depth + 1, child) for child in reversed(below.get(row.agency.pk, []))]
    return ordered


def search(words: str, on: date) -> list[Named]:
    """Agencies by name, short name, old name or what they do; those named so come before those that do so.

    All words, parted by white space, must be found. An agency that was merged is found and leads to its successor; one
    that is yet to be founded is not.
    """
    wanted = search_words(words)
    if not wanted:
        return []
    found = Agency.objects.filter(from_on__lte=on)
    for word in wanted:
        by_name = Q(names__name__icontains=word) | Q(names__short_names__icontains=word)
        found = found.filter(by_name & Q(names__from_on__lte=on) | Q(functions__icontains=word))
    rows = named(found.distinct().order_by("code"), on)
    return sorted(rows, key=lambda row: (row.agency.to_on is not None, not _is_called(row, wanted)))


def search_words(words: str) -> list[str]:
    """What was typed, as words to search for: none is longer, and no more are taken, than somebody would type."""
    return words.replace("\0", " ")[:_LONGEST_SEARCH].split()[:_MOST_WORDS]


def _is_called(row: Named, wanted: list[str]) -> bool:
    called = (row.name + " ".join(row.short_names)).casefold()
    return all(word.casefold() in called for word in wanted)


def successors(agency: Agency, on: date) -> list[Named]:
    """To whom an agency's duties went by a day."""
    ids = Succession.objects.filter(predecessor=agency, on__lte=on).values("successor")
    return named(Agency.objects.filter(pk__in=ids), on)


def predecessors(agency: Agency, on: date) -> list[Named]:
    """Whose duties an agency took over by a day."""
    ids = Succession.objects.filter(successor=agency, on__lte=on).values("predecessor")
    return named(Agency.objects.filter(pk__in=ids), on)


def successions(agency: Agency, on: date) -> list[tuple[Succession, Named, bool]]:
    """To whom an agency's duties went by a day (True), and whose it took over."""
    rows = Succession.objects.filter(Q(predecessor=agency) | Q(successor=agency), on__lte=on)
    rows = rows.select_related("predecessor", "successor").order_by("on")
    names = names_on({key for row in rows for key in (row.predecessor_id, row.successor_id)}, on) if rows else {}
    return [
        (row, Named(other, names.get(other.pk, other.code), ()), is_after)
        for row in rows
        for is_after in [row.predecessor_id == agency.pk]
        for other in [row.successor if is_after else row.predecessor]
    ]


def last_day(agency: Agency, on: date) -> date:
    """That day, or the last on which the agency existed where that was earlier."""
    return on if agency.to_on is None or on < agency.to_on else agency.to_on - timedelta(days=1)


def heirs(agency: Agency, on: date) -> list[Named]:
    """Those who exist on a day and do what a merged agency did, however often duties moved on."""
    found: dict[int, Named] = {}
    waiting, met = [agency.pk], {agency.pk}
    while waiting:
        rows = Succession.objects.filter(predecessor=waiting.pop(), on__lte=on).select_related("successor")
        for row in rows:
            if row.successor_id in met:
                continue
            met.add(row.successor_id)
            if row.successor.to_on is not None and row.successor.to_on <= on:
                waiting.append(row.successor_id)
            else:
                found[row.successor_id] = Named(row.successor, "", ())
    names = names_on(found, on) if found else {}
    return [Named(row.agency, names.get(key, row.agency.code), ()) for key, row in found.items()]


def acting_for(agency: Agency, on: date) -> Agency:
    """The agency, or who does its duties on a day after it ended: it signs, and its journal takes what is done."""
    if agency.to_on is None or on < agency.to_on:
        return agency
    return next((row.agency for row in heirs(agency, on)), agency)


def office(agency: Agency, on: date) -> DisclosureOffice | None:
    """The agency's disclosure office as it is on a day."""
    rows = DisclosureOffice.objects.filter(agency=agency, from_on__lte=on).select_related("unit__agency")
    return rows.order_by("-from_on").first()


def channels(agency: Agency, on: date) -> "QuerySet[Channel]":
    """The channels open for requests on a day."""
    return Channel.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)


def reached_by(kind: ChannelKind, public_id: str, on: date) -> Agency | None:
    """The agency of that public id, if it exists on a day and takes requests by that channel then, in one query."""
    return next(iter(Agency.objects.raw(_REACHED, [public_id, kind, on, on, on])), None)


def units(agency: Agency, on: date) -> "QuerySet[Unit]":
    """The sections of an agency on a day."""
    return Unit.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)


def _named(agency: Agency, names: list[AgencyName], on: date) -> Named:
    """The name that holds on a day; before the first, the first: an agency that is yet to be founded has one too."""
    held = [row for row in names if row.from_on <= on] or names[:1]
    if not held:
        return Named(agency, agency.code, ())
    return Named(agency, held[-1].name, tuple(held[-1].short_names.split()), tuple(names))


def unit_choices(agency: Agency, on: date) -> list[tuple[str, str]]:
    """Sections that may be an agency's disclosure office: its own, and those of who oversees it or belongs to it."""
    related = Q(agency=agency) | Q(agency=agency.parent_id) | Q(agency__government=agency) | Q(agency__parent=agency)
    rows = list(Unit.objects.filter(related, Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on))
    names = names_on({unit.agency_id for unit in rows}, on)
    return [
        (unit.public_id, unit.name if unit.agency_id == agency.pk else f"{names.get(unit.agency_id, '')}{unit.name}")
        for unit in rows
    ]
