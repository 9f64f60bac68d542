"""The clock as the contract's JSON object, and back."""

from datetime import date
from typing import Any

from gongkai import findings
from gongkai.law.clock.result import Clock, State
from gongkai.law.clock.spans import Span
from gongkai.law.clock.steps import parse_step
from gongkai.law.clock.timeline import Waiting


def as_json(clock: Clock) -> dict[str, Any]:
    """The object; dates are ISO strings, `steps` as they are written."""
    return {
        "on": clock.on.isoformat(),
        "received": clock.received.isoformat(),
        "due": _text(clock.due),
        "due_claimed": _text(clock.due_claimed),
        "state": clock.state.value,
        "waiting_for": clock.waiting_for.value if clock.waiting_for is not None else None,
        "remaining_working_days": clock.remaining_working_days,
        "provisional": clock.provisional,
        "limits": {name: day.isoformat() for name, day in clock.limits.items()},
        "spans": [_span(span) for span in clock.spans],
        "findings": [findings.as_json(finding) for finding in clock.findings],
        "steps": [str(step) for step in clock.steps],
    }


def from_json(data: dict[str, Any]) -> Clock:
    """The clock that `as_json` wrote. Raises KeyError or ValueError when the object is not of that form."""
    waiting = data["waiting_for"]
    return Clock(
        on=date.fromisoformat(data["on"]),
        received=date.fromisoformat(data["received"]),
        due=_date(data["due"]),
        due_claimed=_date(data["due_claimed"]),
        state=State(data["state"]),
        waiting_for=Waiting(waiting) if waiting is not None else None,
        remaining_working_days=data["remaining_working_days"],
        provisional=data["provisional"],
        limits={name: date.fromisoformat(day) for name, day in data["limits"].items()},
        spans=tuple(
            Span(
                date.fromisoformat(span["from"]),
                date.fromisoformat(span["to"]),
                span["working_days"],
                span["counts"],
                span["reason"],
                span["basis"],
            )
            for span in data["spans"]
        ),
        findings=tuple(findings.from_json(finding) for finding in data["findings"]),
        steps=tuple(parse_step(step) for step in data["steps"]),
    )


def _span(span: Span) -> dict[str, Any]:
    return {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "working_days": span.working_days,
        "counts": span.counts,
        "reason": span.reason,
        "basis": span.basis,
    }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
