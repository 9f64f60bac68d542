"""What every act of the organisation shares: authority first, the journal last, one transaction around both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import Authority
from gongkai.audit.actions import INSTALLATION, SYSTEM, Author, Changes, record
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.kernel.registry import Act

CLOSED = Reason("closed", "该机构已撤销，不能再变动", "请在承继其职责的机构中办理")
_TAKEN = Reason("taken", "另一人刚刚登记了相同的内容", "请返回查看后再办")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in a request: a signed-in user, or the system itself (first start), which no reasons stand against.

    What he may do on a day is asked of the database once, however many acts ask.
    """

    user: User | None
    _known: dict[date, Authority] = field(default_factory=dict, compare=False, repr=False)

    def authority(self, on: date) -> Authority | None:
        """What he may do on a day; None for the system."""
        if self.user is not None and on not in self._known:
            self._known[on] = Authority(self.user, on)
        return self._known.get(on)

    def author(self, act: Act, agency: Agency | None) -> Author:
        """The author for the journal. Raises ActionRefused where the user may not do that there."""
        authority = self.authority(today())
        if self.user is None or authority is None:
            return SYSTEM
        refuse_for(authority.reasons_against(act, agency))
        return Author(self.user.public_id, authority.role_for(act, agency))


def journal(act: str, author: Author, subject: str, agency: Agency | None, changes: Changes) -> None:
    """Writes the entry into the chain of the agency, or of the installation."""
    record(act, author=author, subject=subject, chain=agency.public_id if agency else INSTALLATION, changes=changes)


def changed(row: models.Model, values: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """Sets the values on a row; each field that is another now, with what it was and became."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            found[name] = (_told(before), _told(value))
            setattr(row, name, value)
    return found


def told(values: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """The values of a new row as changes from nothing."""
    return {name: (None, _told(value)) for name, value in values.items() if value not in (None, "")}


def lock(row: models.Model) -> frozenset[str]:
    """Reads the row anew and holds it until the transaction ends: who changes the same thing waits, then sees it.

    Rows that refer to it may be added meanwhile. Of several things, the agency is locked first, then people. Gives the
    fields that another changed since the row was read.
    """
    before = {field: getattr(row, field.attname) for field in row._meta.concrete_fields}
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update(no_key=True))
    return frozenset(field.name for field, value in before.items() if getattr(row, field.attname) != value)


def refuse_overtaken(row: models.Model, overtaken: frozenset[str], values: dict[str, Any]) -> None:
    """Raises ActionRefused where what is to be set was changed by another since it was read (`lock`)."""
    fields = (field for field in row._meta.concrete_fields if field.name in overtaken & values.keys())
    refuse_for(
        [
            Reason("changed", f"另一人刚刚修改了“{field.verbose_name}”", "请再次保存，核对两处不同后办理")
            for field in fields
        ]
    )


def require_standing(agency: Agency) -> frozenset[str]:
    """Holds an agency for an act, as `lock`. Raises ActionRefused where it is merged: its journal is closed."""
    overtaken = lock(agency)
    if agency.to_on is not None:
        raise ActionRefused([CLOSED])
    return overtaken


def save(row: models.Model) -> None:
    """Checks and saves. Raises ActionRefused with a reason for each thing that is wrong with it."""
    try:
        row.full_clean()
        row.save()
    except ValidationError as error:
        raise ActionRefused(list(_reasons(row, error))) from error
    except IntegrityError as error:
        raise ActionRefused([_TAKEN]) from error


def is_to_come(row: Any) -> bool:
    """Whether a dated row has not begun: nothing was done under it, so it can be withdrawn."""
    return bool(row.from_on > today())


def withdraw(row: Any, author: Author, agency: Agency | None) -> None:
    """Takes back a dated row that has not begun (撤回); the journal keeps what it was."""
    names = [field.name for field in row._meta.concrete_fields if field.name not in ("id", "public_id")]
    before = {name: _told(getattr(row, name)) for name in names}
    changes = {name: (value, None) for name, value in before.items() if value}
    subject = row.public_id
    row.delete()
    journal(f"agencies.withdraw_{row._meta.model_name}", author, subject, agency, changes)


def require_day(value: date, *, not_before: date, what: str) -> None:
    """Raises ActionRefused for a day that lies before another."""
    if value < not_before:
        raise ActionRefused([Reason("day", f"{what}不能早于{in_words(not_before)}", "请核对日期")])


def require_period(from_on: date, to_on: date | None) -> None:
    """Raises ActionRefused for an end that does not lie after the beginning."""
    if to_on is not None and to_on <= from_on:
        raise ActionRefused([Reason("period", f"终止日期应晚于起始日期{in_words(from_on)}", "请核对日期")])


def in_words(value: date) -> str:
    """2026年3月2日."""
    return f"{value.year}年{value.month}月{value.day}日"


def _reasons(row: models.Model, error: ValidationError) -> Iterable[Reason]:
    for name, errors in error.error_dict.items():
        field = next((field for field in row._meta.get_fields() if field.name == name), None)
        label = f"{getattr(field, 'verbose_name', name)}：" if field is not None else ""
        for one in errors:
            if one.code in ("unique", "unique_together") or (name == NON_FIELD_ERRORS and field is None):
                yield Reason(f"taken.{name}", f"{label}与已有的登记重复或相抵触", "请核对后改用别的内容")
            else:
                yield from (Reason(f"invalid.{name}", f"{label}{message}") for message in one.messages)


def _told(value: Any) -> str | None:
    if value is None:
        return None
    return str(value.public_id if hasattr(value, "public_id") else value)
