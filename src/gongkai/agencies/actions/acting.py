"""What every act of the organisation shares: authority first, the journal last, one transaction around both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import acting_role, reasons_against
from gongkai.audit.actions import INSTALLATION, SYSTEM, Author, Changes, record
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.kernel.registry import Act


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a signed-in user, or the system itself (first start, the demo), which no reasons stand against."""

    user: User | None

    def author(self, act: Act, agency: Agency | None) -> Author:
        """The author for the journal. Raises ActionRefused where the user may not do that there."""
        if self.user is None:
            return SYSTEM
        on = today()
        refuse_for(reasons_against(act, agency, self.user, on))
        return Author(self.user.public_id, acting_role(act, agency, self.user, on))


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


def save(row: models.Model) -> None:
    """Checks and saves. Raises ActionRefused with a reason for each thing that is wrong with it."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise ActionRefused(list(_reasons(row, error))) from error
    row.save()


def require_day(value: date, *, not_before: date, what: str) -> None:
    """Raises ActionRefused for a day that lies before another."""
    if value < not_before:
        raise ActionRefused([Reason("day", f"{what}不能早于{not_before}", "请核对日期")])


def _reasons(row: models.Model, error: ValidationError) -> Iterable[Reason]:
    for name, messages in error.message_dict.items():
        field = next((field for field in row._meta.get_fields() if field.name == name), None)
        label = f"{getattr(field, 'verbose_name', name)}：" if field is not None else ""
        yield from (Reason(f"invalid.{name}", f"{label}{message}") for message in messages)


def _told(value: Any) -> str | None:
    if value is None:
        return None
    return str(value.public_id if hasattr(value, "public_id") else value)
