"""Letters, the things asked in them, what happened to each, and the answers. Steps and handlings are never changed."""

from gongkai.inforequests.models.handling import Assignment, Consultation, Handling, SearchRecord
from gongkai.inforequests.models.items import Item, Step
from gongkai.inforequests.models.letters import Draft, Opening, Party, Recovery, Request
from gongkai.inforequests.models.reminding import Reminder
from gongkai.inforequests.models.replies import (
    Answer,
    Approval,
    Decision,
    Fetch,
    Notice,
    NoticeSetting,
    Payment,
    Release,
    Service,
)

__all__ = [
    "Answer",
    "Approval",
    "Assignment",
    "Consultation",
    "Decision",
    "Draft",
    "Fetch",
    "Handling",
    "Item",
    "Notice",
    "NoticeSetting",
    "Opening",
    "Party",
    "Payment",
    "Recovery",
    "Release",
    "Reminder",
    "Request",
    "SearchRecord",
    "Service",
    "Step",
]
