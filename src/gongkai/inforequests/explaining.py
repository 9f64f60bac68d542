"""Why somebody asks for so much (说明理由, 条例第三十五条): what the office asked him, by when, and what he told.

It moves no clock, so what he tells is no step: each time is a handling of its own, and adds to what was told before.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.models import Handling, Item, Notice
from gongkai.inforequests.steps import counting_steps
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Act
from gongkai.law.parameters import number
from gongkai.law.replies import reasons_by
from gongkai.ui.templatetags.ui import day


@dataclass(frozen=True, slots=True)
class Asked:
    """The letter that asks for reasons, the day on which it was sent, and the last day that it gives.

    `until` is None while it is not known when the letter reached him, from which its working days run.
    """

    notice: Notice
    sent_on: date
    until: date | None

    @property
    def within(self) -> str:
        """In what time he should tell them, in words."""
        if self.until is not None:
            return f"{day(self.until)}以前"
        days = number("replies.reasons_answer", on=self.sent_on)
        return f"收到告知书之日起{days}个工作日内"

    def is_over(self, on: date) -> bool:
        """Whether that time has passed. What is told later counts still, until there is a decision."""
        return self.until is not None and on > self.until


def asked_of(item: Item) -> Asked | None:
    """What was asked last in the newest round; None where nobody asked."""
    for step in reversed(counting_steps(item)):
        if step.act == Act.REOPENED:
            return None
        if step.act == Act.REASONS_ASKED and step.notice is not None:
            return Asked(step.notice, step.happened_on, _until(step.notice))
    return None


def told_of_reasons(item: Item) -> list[Handling]:
    """What was told of reasons, the earliest first."""
    return [row for row in item.handlings.all() if row.kind == HandlingKind.EXPLAINED]


def came_by(row: Handling) -> str:
    """How it came: by the applicant's own hand, or through an officer's."""
    return f"{row.person.name}登记" if row.person is not None else "申请人在网上说明"


def _until(notice: Notice) -> date | None:
    service = notice.services.filter(failed_on=None).order_by("id").last()
    if service is None or service.received_on is None:
        return None
    return reasons_by(service.received_on, calendar=calendar()).last_on
