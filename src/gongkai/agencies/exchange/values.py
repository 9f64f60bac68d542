"""What a cell means, and how a value is written into one."""

import re
from datetime import date
from typing import Any

from gongkai.agencies.exchange.columns import Column, Is
from gongkai.agencies.exchange.standing import normal
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.kernel.ids import LENGTH

_DAY = re.compile(r"(\d{4})\s*(?:[-./年])\s*(\d{1,2})\s*(?:[-./月])\s*(\d{1,2})\s*(?:日|号)?(?:\s+0?0:00(?::00)?)?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?")
_ID = re.compile(f"[2-9a-hjkmnp-tv-z]{{{LENGTH}}}")
_UNIT = re.compile(r"(.+)（(\d{4}-\d{2}-\d{2})设立）")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_YES, _NO = "是", "否"


class Wrong(Exception):
    """A cell that can't be taken: what is wrong with it, and what to do instead."""

    def __init__(self, message: str, instead: str) -> None:
        super().__init__(f"{message}；{instead}")
        self.message, self.instead = message, instead


def parsed(column: Column, text: str) -> Any:
    """The value of a cell that stands for itself. Raises Wrong."""
    if column.kind is Is.DAY:
        return day(text) if text else None
    if column.kind is Is.CHOICE and text:
        return _choice(column, text)
    if column.kind is Is.YES:
        if text not in (_YES, _NO):
            raise Wrong(f"“{text}”不是“{_YES}”或“{_NO}”", f"请填“{_YES}”或“{_NO}”")
        return text == _YES
    return text


def day(text: str) -> date:
    """A day as offices write it: 2024-01-05, 2024.1.5, 2024/1/5, 2024年1月5日, 20240105. Raises Wrong."""
    found = _DAY.fullmatch(text) or _TOGETHER.fullmatch(text)
    if found is None:
        if _NO_DAY.fullmatch(text):
            raise Wrong(f"“{text}”没有写到日", "请写成 2026-01-05 这样的日期")
        raise Wrong(f"“{text}”不是日期", "请写成 2026-01-05 这样的日期")
    year, month, number = (int(part) for part in found.groups())
    try:
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise ValueError
        return date(year, month, number)
    except ValueError:
        raise Wrong(f"“{text}”不是日历上有的日期", "请核对年月日") from None


def is_public_id(text: str) -> bool:
    """Whether a text has the form of a public id."""
    return _ID.fullmatch(text) is not None


def unit_and_day(text: str) -> tuple[str, date | None]:
    """The name of a unit and, where several were called so, the day on which the one that is meant was set up."""
    found = _UNIT.fullmatch(text)
    if found is None:
        return text, None
    try:
        return found[1], date.fromisoformat(found[2])
    except ValueError:
        return text, None


def shown(column: Column, row: Any, names: dict[int, str]) -> str | date | None:
    """What an exported cell holds; `names` are the agencies' names by key."""
    if column.field == "unit_agency":
        return row.unit.agency.code if row.unit is not None and row.unit.agency_id != row.agency_id else None
    value = row if column.kind is Is.SHOWN and isinstance(row, Agency) else getattr(row, column.field)
    if value is None or value == "":
        return None
    if column.kind is Is.SHOWN:
        return names.get(value.pk, "")
    if column.kind is Is.YES:
        return _YES if value else _NO
    if column.kind is Is.CHOICE:
        return dict(column.choices).get(str(value), str(value))
    if isinstance(value, Agency):
        return value.code
    if isinstance(value, Person | Appointment):
        person = value if isinstance(value, Person) else value.person
        return person.public_id if column.kind is Is.PERSON_ID else person.name
    if isinstance(value, Unit):
        return unit_name(value)
    return value if isinstance(value, date) else normal(str(value))


def unit_name(unit: Unit) -> str:
    """What a unit is called in the workbook: with its first day where its agency had another of that name."""
    is_one_of_several = getattr(unit, "is_one_of_several", False)
    return f"{unit.name}（{unit.from_on}设立）" if is_one_of_several else unit.name


def _choice(column: Column, text: str) -> str:
    for value, label in column.choices:
        if text in (value, label):
            return value
    raise Wrong(f"“{text}”不在可填的内容里", f"请填{'、'.join(f'“{label}”' for _, label in column.choices)}之一")
