"""Whom to turn to against a reply, or against silence, and until when (行政复议、行政诉讼), with dates.

Governing date: the day the reply was served (签收之日; electronic: its arrival in the system that the addressee named);
for silence the day on which the reply period ended. The first day is not counted; a last day on a day off moves to the
next working day (`law.periods`). Whom: `law.organs`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gongkai.law import numerals
from gongkai.law.errors import BadQuantity
from gongkai.law.parameters import Standing, Unit, number, parameter
from gongkai.law.periods import Due, due, in_days, in_months, in_years
from gongkai.law.results import RemedyClass, Result
from gongkai.law.workdays import Calendar


class WayKind(StrEnum):
    """A way of redress: administrative reconsideration (行政复议) or an administrative lawsuit (行政诉讼)."""

    RECONSIDERATION = "reconsideration"
    LAWSUIT = "lawsuit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of redress and its last day: `counted_from` is not counted itself, `last_on` is still in time.

    `period` is the period in words (六十日); `provisional` as in `law.periods`.
    """

    kind: WayKind
    counted_from: date
    period: str
    last_on: date
    provisional: bool
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """What can be done against a reply or a part of it, or against silence.

    `lawsuit` is None where reconsideration comes first: its period then runs from the decision there
    (`lawsuit_after_reconsideration`). `parts` are the results covered. `basis` and `source` tell why this class,
    `standing` how sure that is.
    """

    remedy: RemedyClass
    reconsideration: Way
    lawsuit: Way | None
    parts: tuple[str, ...]
    basis: str
    source: str
    standing: Standing

    @property
    def provisional(self) -> bool:
        """Whether a date rests on working days not yet published."""
        return self.reconsideration.provisional or (self.lawsuit is not None and self.lawsuit.provisional)


class Procedure(StrEnum):
    """How a reconsideration is heard: information disclosure cases may go the simple way (简易程序)."""

    SIMPLE = "simple"
    ORDINARY = "ordinary"


_PARTLY = "partly_granted"
_FREE_CHOICE = "《中华人民共和国行政诉讼法》第四十四条第一款"
_COUNTING = {Unit.CALENDAR_DAY: in_days, Unit.MONTH: in_months, Unit.YEAR: in_years}
_PERIOD_WORDS = {Unit.CALENDAR_DAY: "日", Unit.MONTH: "个月", Unit.YEAR: "年"}


def remedies_of(
    result: Result, *, served_on: date, calendar: Calendar, withheld: Iterable[Result] | None = None
) -> tuple[Remedies, ...]:
    """What can be done against a reply served that day: one entry, or two where parts of it go different ways.

    `withheld` are, for a partial disclosure, the results that its withheld parts would have had. Where they are not
    told (None), it counts as withheld under Articles 14 to 16 of the Regulation; where there are none, the rest could
    not be given for other reasons, and either way stands open. Raises OutsideCodedLaw before 2024-01-01.
    """
    found = classes_of(result, on=served_on, withheld=withheld)
    switch = _switch(result)
    lawsuit = lawsuit_by(served_on, calendar=calendar)
    return tuple(_remedies(remedy, switch, lawsuit, parts, calendar=calendar) for remedy, parts in found.items())


def classes_of(
    result: Result, *, on: date, withheld: Iterable[Result] | None = None
) -> dict[RemedyClass, tuple[str, ...]]:
    """Which ways of redress a reply has by the law of that day, each with the keys of the results that have it.

    `withheld` as in `remedies_of`. Reconsideration first comes before free choice. Raises OutsideCodedLaw before
    2017-07-01.
    """
    told = None if withheld is None else tuple(dict.fromkeys(withheld))
    is_none_refused = result.key == _PARTLY and told == ()
    found: dict[RemedyClass, list[str]] = {}
    for part in told or (result,):
        first = part.remedy is RemedyClass.RECONSIDERATION_FIRST and not is_none_refused
        first = first and bool(number(_switch(result), on=on))
        remedy = RemedyClass.RECONSIDERATION_FIRST if first else RemedyClass.FREE_CHOICE
        found.setdefault(remedy, []).append(part.key)
    return {remedy: tuple(found[remedy]) for remedy in RemedyClass if remedy in found}


def _switch(result: Result) -> str:
    """The parameter that says since when reconsideration comes first."""
    return "remedies.partial_refusal_first" if result.key == _PARTLY else "remedies.refusal_first"


def remedies_of_silence(
    *, period_ended_on: date, calendar: Calendar, reconsideration_first: bool | None = None
) -> Remedies:
    """What can be done when no answer came by the last day of the reply period.

    For periods that end on or after 2026-07-01 reconsideration comes first, before that either way: texts disagree, and
    `reconsideration_first` overrides this reading. Sixty days, or six months, from that last day. Raises
    OutsideCodedLaw before 2024-01-01.
    """
    switch = "remedies.silence_first"
    first = number(switch, on=period_ended_on) if reconsideration_first is None else reconsideration_first
    remedy = RemedyClass.RECONSIDERATION_FIRST if first else RemedyClass.FREE_CHOICE
    lawsuit = _way("remedies.lawsuit_against_silence", period_ended_on, on=period_ended_on, calendar=calendar)
    return _remedies(remedy, switch, lawsuit, (), calendar=calendar)


def reconsideration_by(known_on: date, *, calendar: Calendar, made_on: date | None = None) -> Way:
    """By when to apply for reconsideration: 60 days from knowing the act (第二十条第一款).

    `made_on`, where the act became known long after it was made: five years from that day are the limit (第二十一条).
    Raises OutsideCodedLaw before 2024-01-01.
    """
    ways = [_way("remedies.reconsideration", known_on, on=known_on, calendar=calendar)]
    if made_on is not None:
        ways.append(_way("remedies.reconsideration_longest", made_on, on=known_on, calendar=calendar))
    return _earliest(ways)


def reconsideration_by_untold(known_on: date, *, told_on: date | None, calendar: Calendar) -> Way:
    """By when to apply where the reply told nothing of right, organ and period (第二十条第三款).

    60 days from learning of them, `told_on`; never more than a year from knowing the act, which is the limit also while
    they are not known (None). Raises OutsideCodedLaw before 2024-01-01.
    """
    ways = [_way("remedies.reconsideration_untold", known_on, on=known_on, calendar=calendar)]
    if told_on is not None:
        ways.append(_way("remedies.reconsideration", told_on, on=known_on, calendar=calendar))
    return _earliest(ways)


def reconsideration_by_after_suit(known_on: date, *, sued_on: date, ended_on: date, calendar: Calendar) -> Way:
    """By when to apply where the reply did not say that reconsideration comes first, and the applicant sued.

    The days from the suit to its end are not counted (实施条例第二十六条, since 2026-07-01; OutsideCodedLaw before).
    Raises BadQuantity for days out of order.
    """
    if not known_on <= sued_on <= ended_on:
        raise BadQuantity(f"日期顺序应为知道答复、起诉、诉讼终结，现为{known_on}、{sued_on}、{ended_on}；请核对")
    number("remedies.suit_not_counted", on=ended_on)  # refuses a suit that ended before the rule
    way = _way("remedies.reconsideration", known_on, on=known_on, calendar=calendar)
    days = number("remedies.reconsideration", on=known_on) + (ended_on - sued_on).days
    last = in_days(known_on, days, calendar=calendar)
    basis = parameter("remedies.suit_not_counted").basis
    return replace(way, last_on=last.last_on, provisional=last.provisional, basis=basis)


def lawsuit_by(known_on: date, *, calendar: Calendar, made_on: date | None = None) -> Way:
    """By when to sue directly: six months from knowing the act (行政诉讼法第四十六条), five years from its making.

    Raises OutsideCodedLaw before 2017-07-01.
    """
    ways = [_way("remedies.lawsuit", known_on, on=known_on, calendar=calendar)]
    if made_on is not None:
        ways.append(_way("remedies.lawsuit_longest", made_on, on=known_on, calendar=calendar))
    return _earliest(ways)


def lawsuit_by_untold(known_on: date, *, told_on: date | None, calendar: Calendar) -> Way:
    """By when to sue where the reply did not tell the period: from learning it, at most a year from knowing the act.

    法释〔2018〕1号第六十四条; `told_on` None: not told yet. Raises OutsideCodedLaw before 2018-02-08.
    """
    ways = [_way("remedies.lawsuit_untold", known_on, on=known_on, calendar=calendar)]
    if told_on is not None:
        ways.append(_way("remedies.lawsuit", told_on, on=known_on, calendar=calendar))
    return _earliest(ways)


def lawsuit_after_reconsideration(ended_on: date, *, calendar: Calendar) -> Way:
    """By when to sue after reconsideration: 15 days (行政诉讼法第四十五条; 行政复议法第三十四条).

    `ended_on`: the day the decision was received, or on which the period for it ran out without one.
    """
    return _way("remedies.lawsuit_after_reconsideration", ended_on, on=ended_on, calendar=calendar)


def agency_answer_by(papers_on: date, *, procedure: Procedure, calendar: Calendar) -> Due:
    """By when the organ must answer in a reconsideration, in working days after it got the papers.

    行政复议法第五十四条 (simple), 第四十八条 (ordinary). Raises OutsideCodedLaw before 2024-01-01.
    """
    key = f"remedies.agency_answer_{procedure}"
    return due(key, papers_on, event="收到行政复议申请书副本", act="提出书面答复并提交证据、依据", calendar=calendar)


def dated_text(remedies: Remedies, *, reviewer: str, court: str, about: str = "本答复") -> str:
    """The remedies as the applicant reads them, with the last days. `reviewer` and `court` are the organs' names.

    `about` says against what, where a letter has blocks for several parts (本答复中不予公开的部分).
    """
    since = "收到之日" if remedies.parts else "答复期限届满之日"
    on = remedies.reconsideration.counted_from
    reconsider = f"自{since}起" + _period("remedies.reconsideration", on) + "内" + _until(remedies.reconsideration)
    if remedies.lawsuit is None:
        return _first(about, reconsider, on, reviewer=reviewer, court=court)
    sue = _period("remedies.lawsuit", on) + "内" + _until(remedies.lawsuit)
    return _either(about, reconsider, sue, reviewer=reviewer, court=court)


def notice_text(remedy: RemedyClass, *, on: date, reviewer: str, court: str, about: str = "本答复") -> str:
    """The block of remedies for a letter (救济告知), whose day of service isn't known yet: periods without last days.

    `on` is the date of the letter, the rest as in `dated_text`. Raises OutsideCodedLaw before 2024-01-01.
    """
    reconsider = "自收到之日起" + _period("remedies.reconsideration", on) + "内"
    if remedy is RemedyClass.RECONSIDERATION_FIRST:
        return _first(about, reconsider, on, reviewer=reviewer, court=court)
    return _either(about, reconsider, _period("remedies.lawsuit", on) + "内", reviewer=reviewer, court=court)


def _first(about: str, reconsider: str, on: date, *, reviewer: str, court: str) -> str:
    sue = _period("remedies.lawsuit_after_reconsideration", on)
    return (
        f"对{about}不服的，应当{reconsider}先向{reviewer}申请行政复议；"
        f"对行政复议决定仍不服的，可以自收到行政复议决定书之日起{sue}内向{court}提起行政诉讼。"
    )


def _either(about: str, reconsider: str, sue: str, *, reviewer: str, court: str) -> str:
    return f"对{about}不服的，可以{reconsider}向{reviewer}申请行政复议，或者{sue}向{court}提起行政诉讼。"


def _period(key: str, on: date) -> str:
    """A period in the words of a letter, such as 六十日."""
    return numerals.chinese(number(key, on=on)) + _PERIOD_WORDS[parameter(key).unit]


def _until(way: Way) -> str:
    mark = "，暂定" if way.provisional else ""
    return f"（{way.last_on.year}年{way.last_on.month}月{way.last_on.day}日以前{mark}）"


def _remedies(
    remedy: RemedyClass, switch: str, lawsuit: Way, parts: tuple[str, ...], *, calendar: Calendar
) -> Remedies:
    """The remedies of one class from the day that `lawsuit` is counted from, by the `switch` that decided the class."""
    day = lawsuit.counted_from
    known = parameter(switch)
    dated = next(dated for dated in reversed(known.values) if dated.since <= day)
    first = remedy is RemedyClass.RECONSIDERATION_FIRST
    return Remedies(
        remedy=remedy,
        reconsideration=reconsideration_by(day, calendar=calendar),
        lawsuit=None if first else lawsuit,
        parts=parts,
        basis=known.basis if first else _FREE_CHOICE,
        source=dated.source,
        standing=known.standing,
    )


def _way(key: str, counted_from: date, *, on: date, calendar: Calendar) -> Way:
    """The way of redress whose period is a parameter, as in force `on` a day."""
    count, known = number(key, on=on), parameter(key)
    last = _COUNTING[known.unit](counted_from, count, calendar=calendar)
    return Way(
        kind=WayKind.LAWSUIT if key.startswith("remedies.lawsuit") else WayKind.RECONSIDERATION,
        counted_from=counted_from,
        period=_period(key, on),
        last_on=last.last_on,
        provisional=last.provisional,
        basis=known.basis,
    )


def _earliest(ways: list[Way]) -> Way:
    return min(ways, key=lambda way: way.last_on)
