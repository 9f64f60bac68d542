"""What the worker does each minute for requests; each job is idempotent and catches up."""

from gongkai.inforequests import drafts, reminders, throttling
from gongkai.inforequests.actions import redating
from gongkai.kernel.registry import ticks


def announce() -> None:
    """Puts the jobs into the kernel's registry."""
    # Before the reminders, which tell the days that hold now.
    ticks.add("inforequests.days", redating.follow)
    ticks.add("inforequests.reminders", reminders.remind)
    ticks.add("inforequests.drafts", drafts.sweep)
    ticks.add("inforequests.tallies", throttling.sweep)
