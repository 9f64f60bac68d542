"""What an organ publishes of its own accord (主动公开), by when, and what its guide and catalogue hold.

《中华人民共和国政府信息公开条例》第十二条、第二十条 (fifteen items)、第二十一条、第二十六条. The limit belongs to the
row: some count working days, some calendar days, and not all have the general one. Governing date: the day on which the
information was formed, decided or approved.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gongkai.law.errors import RuleError
from gongkai.law.parameters import Standing, Unit, number, parameter
from gongkai.law.periods import in_working_days
from gongkai.law.workdays import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something to publish: `text` in the words of the Regulation, `topics` the list in it.

    `limit` is the key of its limit (`publication.…`), None where none is set in days; `event` the day it counts from.
    `within` is the id of the row that it is a part of; `who` the organs meant where it doesn't bind all.
    """

    id: str
    text: str
    article: str
    limit: str | None = None
    event: str = "形成或者变更"
    within: str | None = None
    who: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a guide (指南) or an entry of the catalogue (目录) must hold, and the paragraph that says so."""

    contents: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class PublicationLimit:
    """By when to publish or to take down: `last_on` is still in time; `advised_on` the last working day up to it.

    `provisional`: working days that it rests on were not yet published.
    """

    last_on: date
    advised_on: date
    provisional: bool
    explanation: str
    basis: str
    standing: Standing


def publish_by(row: Row, *, formed_on: date, calendar: Calendar) -> PublicationLimit:
    """By when what was formed, decided or approved that day must be public. No extension exists.

    Working days are counted from the day after. Calendar days too (budgets and accounts); as no text moves their last
    day past a day off, it stays, and `advised_on` is the working day before. Raises RuleError for a row without a limit
    in days, OutsideCodedLaw before the law coded.
    """
    if row.limit is None:
        raise RuleError(f"“{row.text}”没有按天数计算的公开期限，应当及时公开和更新（{row.article}）")
    return _limit(f"publication.{row.limit}", formed_on, calendar, row.event, "公开")


def take_down_by(decided_on: date, *, calendar: Calendar) -> PublicationLimit:
    """By when a published penalty that was annulled, altered or found unlawful must be off the site, reasons told.

    《中华人民共和国行政处罚法》第四十八条第二款, in working days (第八十五条). OutsideCodedLaw before 2021-07-15.
    """
    event = "行政处罚决定依法被变更、撤销、确认违法或者确认无效"
    return _limit("publication.penalty_withdrawn", decided_on, calendar, event, "撤回该信息并公开说明理由")


def _limit(key: str, since: date, calendar: Calendar, event: str, act: str) -> PublicationLimit:
    count, known = number(key, on=since), parameter(key)
    if known.unit is Unit.WORKING_DAY:
        deadline, unit = in_working_days(since, count, calendar=calendar), "个工作日"
        last_on, advised_on, provisional = deadline.last_on, deadline.last_on, deadline.provisional
    else:
        last_on, unit = since + timedelta(days=count), "日"
        advised_on, provisional = calendar.on_or_before(last_on), not calendar.is_official(last_on)
    text = f"{since}{event}，自次日起算{count}{unit}，应当在{last_on}以前{act}"
    if advised_on != last_on:
        text += f"；当日不是工作日，建议在{advised_on}以前完成"
    return PublicationLimit(last_on, advised_on, provisional, text, known.basis, known.standing)


def _row(data: dict[str, Any]) -> Row:
    return Row(**(data | {"topics": tuple(data.get("topics", ()))}))


_DATA = tomllib.loads(files(__package__).joinpath("data/catalogue.toml").read_text(encoding="utf-8"))

ROWS: Mapping[str, Row] = MappingProxyType({data["id"]: _row(data) for data in _DATA["row"]})
"""All rows by id: Article 20's fifteen items with their parts, Article 21's two lists, the platform's own entries."""

GUIDE = Contents(tuple(_DATA["guide"]["contents"]), _DATA["guide"]["basis"])
"""What the guide must hold."""

FIELDS = Contents(tuple(_DATA["fields"]["contents"]), _DATA["fields"]["basis"])
"""What each entry of the catalogue must hold."""
