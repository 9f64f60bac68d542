"""The reply clock of an information request (答复时钟): a fold over dated steps that explains itself.

>>> from datetime import date
>>> from gongkai.law.clock import clock, parse_step
>>> steps = [parse_step("received:2024-01-29")]
>>> clock(steps, on=date(2024, 2, 1)).due
datetime.date(2024, 2, 29)
"""

from gongkai.law.clock.limits import Possible, allowed, reasons_against
from gongkai.law.clock.result import Clock, State, clock
from gongkai.law.clock.rules import Reason
from gongkai.law.clock.spans import Span
from gongkai.law.clock.steps import Act, Ground, Step, effective, parse_step
from gongkai.law.clock.timeline import Readings, Waiting

__all__ = [
    "Act",
    "Clock",
    "Ground",
    "Possible",
    "Readings",
    "Reason",
    "Span",
    "State",
    "Step",
    "Waiting",
    "allowed",
    "clock",
    "effective",
    "parse_step",
    "reasons_against",
]
