"""The journal in words: who did what to whom, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast

from gongkai.agencies.models import AgencyName, Appointment, Person, Unit, User
from gongkai.agencies.roles import Role
from gongkai.agencies.sign_in_journal import NOBODY
from gongkai.audit.actions import INSTALLATION, SYSTEM
from gongkai.audit.reading import Told, about, page
from gongkai.kernel.clock import SHANGHAI, legal_day, today
from gongkai.kernel.ids import LENGTH
from gongkai.kernel.registry import act_names

AT_ONCE = 25
_FIXED = {SYSTEM.actor: "系统", "applicant": "申请人", NOBODY: "未登录者", INSTALLATION: "全县系统"}
_VALUES = {
    "True": "是",
    "False": "否",
    "totp": "手机验证器",
    "webauthn": "通行密钥或安全密钥",
    "recovery_codes": "恢复码",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field, and what it was and became, in words; empty for nothing."""

    field: str
    before: str
    after: str


_ROLES = {role.value: str(role.label) for role in Role}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words. `changes` is None where the values were erased."""

    number: int
    at: datetime
    who: str
    role: str
    act: str
    subject: str
    changes: tuple[Change, ...] | None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries by day, newest first; `earlier` is the number below which the next page begins, if there is one."""

    days: tuple[tuple[date, tuple[Line, ...]], ...]
    earlier: int | None


def journal_page(chain: str, *, before: int | None = None, on: date | None = None) -> JournalPage:
    """A page of a chain; with a day, the entries of that day alone."""
    since = datetime.combine(on, time(), SHANGHAI) if on else None
    until = since + timedelta(days=1) if since else None
    entries = page(chain, before=before, since=since, until=until, size=AT_ONCE + 1)
    shown = entries[:AT_ONCE]
    names = _names(shown)
    days: dict[date, list[Line]] = {}
    for entry in shown:
        days.setdefault(legal_day(entry.at), []).append(_line(entry, names))
    earlier = shown[-1].number if len(entries) > AT_ONCE else None
    return JournalPage(tuple((day, tuple(lines)) for day, lines in days.items()), earlier)


def lines_about(chain: str, subject: str) -> tuple[Line, ...]:
    """All entries of a chain about a subject in words, oldest first: what the file of a case keeps of the journal."""
    entries = about(chain, subject)
    names = _names(entries)
    return tuple(_line(entry, names) for entry in entries)


def _line(entry: Told, names: dict[str, str]) -> Line:
    changes = entry.changes
    told = None if changes is None else tuple(_change(name, pair, names) for name, pair in changes.items())
    role = _ROLES.get(entry.role, entry.role)
    act = act_names.get(entry.act, entry.act)
    return Line(entry.number, entry.at, _word(entry.actor, names), role, act, _word(entry.subject, names), told)


def _change(field: str, pair: tuple[str | None, str | None], names: dict[str, str]) -> Change:
    before, after = (_word(value, names) if value is not None else "" for value in pair)
    return Change(act_names.get(f"field.{field}", field), before, after)


def _word(value: str, names: dict[str, str]) -> str:
    return _ROLES.get(value) or names.get(value) or _FIXED.get(value) or _VALUES.get(value, value)


def _names(entries: Sequence[Told]) -> dict[str, str]:
    """What the public ids of a page stand for, in one query: agencies, sections, people, logins, appointments."""
    ids = {entry.actor for entry in entries} | {entry.subject for entry in entries}
    ids |= {value for entry in entries for pair in (entry.changes or {}).values() for value in pair if value}
    ids = {value for value in ids if len(value) == LENGTH}
    if not ids:
        return {}
    asked = (
        _rows(Person.objects, ids, "name"),
        _rows(Unit.objects, ids, "name"),
        _rows(User.objects, ids, "person__name"),
        Appointment.objects.order_by().filter(public_id__in=ids).values_list("public_id", "person__name", "role"),
        _rows(_present_names(), ids, "name", key="agency__public_id"),
    )
    rows = asked[0].union(*asked[1:], all=True)
    return {key: f"{name}（{Role(role).label}）" if role else name for key, name, role in rows if name}


def _rows(rows: Any, ids: set[str], name: str, key: str = "public_id") -> Any:
    """Public id, name, and no role."""
    return rows.order_by().filter(**{f"{key}__in": ids}).values_list(key, name, Cast(Value(""), CharField()))


def _present_names() -> Any:
    """What agencies are called today."""
    names = AgencyName.objects.filter(from_on__lte=today())
    return names.exclude(Exists(names.filter(agency=OuterRef("agency"), from_on__gt=OuterRef("from_on"))))
