"""Why an act is refused, in one form everywhere: for the button, its hint and the server alike."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason against an act (不能办理的原因): an id for tests and logs, what is in the way, what can be done."""

    id: str
    message: str
    instead: str = ""
    basis: str = ""


class ActionRefused(Exception):
    """An act that is not done; carries its reasons."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("；".join(reason.message for reason in reasons))
        self.reasons = tuple(reasons)


def refuse_for(reasons: Sequence[Reason]) -> None:
    """Raises ActionRefused where there are reasons."""
    if reasons:
        raise ActionRefused(reasons)
