"""What the guide of an agency is made of: all that is on record of it, as of a day, and on which days it changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies import queries
from gongkai.agencies.models import Agency, Channel, DisclosureOffice, GuideText
from gongkai.agencies.reviewing import Reviewing, related_ids, reviewing
from gongkai.law.parameters import parameter

PERIODS = ("clock.clarification_notice", "clock.reply_period", "clock.extension")
_REMEDIES = ("remedies.reconsideration", "remedies.lawsuit")
_BY_LAW = {GuideText.Part.REQUESTING: PERIODS, GuideText.Part.REMEDIES: _REMEDIES}
"""Parts whose words the law gives where the agency has none of its own, with what changes them."""
_Days = defaultdict[int, set[date]]
"""The days on which something of an agency began or ended, by its key."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the guide of an agency is made of, on a day and before it.

    `texts`, `office`, `channels` are what holds that day; `days` all those on which something of it began or ended,
    the law's words among them.
    """

    agency: Agency
    name: str
    overseer: str
    reviewing: Reviewing
    office: DisclosureOffice | None = None
    channels: tuple[Channel, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    days: frozenset[date] = frozenset()
    until: date = date.max


def facts_of(agencies: Sequence[Agency], on: date, until: date | None = None) -> list[Facts]:
    """What the guides of agencies are made of on a day, in a few queries for all; days of change up to `until`."""
    until = until or on
    keys = [agency.pk for agency in agencies]
    days: _Days = defaultdict(set)
    names = _names(agencies, on, days)
    offices = _offices(keys, on, until, days)
    channels = _channels(keys, on, until, days)
    texts = _texts(keys, on, until, days)
    return [
        Facts(
            agency=agency,
            name=names.get(agency.pk, agency.code),
            overseer=names.get(agency.parent_id or 0, ""),
            reviewing=reviewing(agency, names.get(agency.pk, agency.code), names),
            office=offices.get(agency.pk),
            channels=tuple(channels[agency.pk]),
            texts=texts[agency.pk],
            days=frozenset(days[agency.pk]),
            until=until,
        )
        for agency in agencies
    ]


def _names(agencies: Sequence[Agency], on: date, days: _Days) -> dict[int, str]:
    """What the agencies and those that their guides tell of are called that day; adds the days of new names."""
    told = {agency.pk: (*related_ids(agency), agency.pk, agency.parent_id or 0) for agency in agencies}
    called = queries.names_over_time({found for keys in told.values() for found in keys})
    for agency, keys in told.items():
        days[agency] |= {from_on for key in keys for from_on, _ in called.get(key, [])}
    return {key: queries.name_among(over_time, on) for key, over_time in called.items()}


def _offices(keys: Sequence[int], on: date, until: date, days: _Days) -> dict[int, DisclosureOffice]:
    found: dict[int, DisclosureOffice] = {}
    for office in DisclosureOffice.objects.filter(agency__in=keys, from_on__lte=until).order_by("from_on"):
        days[office.agency_id].add(office.from_on)
        if office.from_on <= on:
            found[office.agency_id] = office
    return found


def _channels(keys: Sequence[int], on: date, until: date, days: _Days) -> dict[int, list[Channel]]:
    found: dict[int, list[Channel]] = defaultdict(list)
    for channel in Channel.objects.filter(agency__in=keys, from_on__lte=until):
        days[channel.agency_id] |= {day for day in (channel.from_on, channel.to_on) if day is not None}
        if channel.from_on <= on and (channel.to_on is None or on < channel.to_on):
            found[channel.agency_id].append(channel)
    return found


def _texts(keys: Sequence[int], on: date, until: date, days: _Days) -> dict[int, dict[str, str]]:
    """The agencies' own words by part; adds the days on which they changed, and those on which the law's did."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    written: dict[int, list[GuideText]] = defaultdict(list)
    for text in GuideText.objects.filter(agency__in=keys, from_on__lte=until).order_by("from_on"):
        days[text.agency_id].add(text.from_on)
        written[text.agency_id].append(text)
        if text.from_on <= on:
            found[text.agency_id][text.part] = text.text
    for key in keys:
        days[key] |= _law_days(written[key])
    return found


def _law_days(written: Sequence[GuideText]) -> set[date]:
    """Days on which the law changed what stood in a guide; `written` are the agency's own words, the oldest first."""
    found: set[date] = set()
    for part, keys in _BY_LAW.items():
        for since in (row.since for key in keys for row in parameter(key).values):
            own = [text.text for text in written if text.part == part and text.from_on <= since]
            if not own or not own[-1]:
                found.add(since)
    return found
