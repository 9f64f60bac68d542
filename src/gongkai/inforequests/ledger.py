"""The monthly ledger of requests (依申请公开台账) as a workbook: what came, what was answered, what is still open.

No applicant is named: the ledger goes from hand to hand. Columns follow what assessors ask for (DEMAND: register with
applicant kind, day received, content, day answered, result).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.agencies.queries import name_of
from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.documents.writing import write
from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.steps import counting_steps
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Act
from gongkai.law.results import RESULT_KEYS, result

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

_SENT = (Act.DISPATCHED, Act.DELIVERED)
_HEADS = (
    ("登记编号", 2.1),
    ("收到日期", 3.1),
    ("渠道", 2),
    ("申请人类别", 2),
    ("申请内容", 6),
    ("答复期限", 3.1),
    ("办结日期", 3.1),
    ("用了几个工作日", 1.6),
    ("办理结果", 3.6),
    ("文号", 3),
    ("是否按期", 1.6),
)


def ledger(agency: "Agency", month: date, on: date) -> bytes:
    """The workbook of a month (any day of it) as it stands on a day: what was received or closed in it, or is open."""
    first = month.replace(day=1)
    after = _next_month(first)
    title = f"{name_of(agency, on)}政府信息公开申请台账（{first.year}年{first.month}月）"
    rows = list(cases_of_month(agency, first, after))
    blocks: list[Block] = [Paragraph(title, style=Style.TITLE), _grid(rows, title, on), *_summary(rows, first, after)]
    return write(blocks, to="xlsx", title=title)


def cases_of_month(agency: "Agency", first: date, after: date) -> Iterator[Item]:
    """Items received or closed from one day to before another, and those of earlier that were still open then."""
    received_before = Q(received_on__lt=after)
    still_open = Q(closed_on=None) | Q(closed_on__gte=first)
    rows = Item.objects.filter(received_before & still_open, agency=agency).select_related("request")
    rows = rows.prefetch_related("steps")
    yield from rows.order_by("received_on", "request__number", "order").iterator(chunk_size=500)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _grid(rows: Sequence[Item], title: str, on: date) -> Grid:
    numbers = _numbers(rows)
    cells = [Cell(head, 0, column, header=True) for column, (head, _) in enumerate(_HEADS)]
    for line, item in enumerate(rows, 1):
        cells += [Cell(text, line, column) for column, text in enumerate(_line(item, numbers, on))]
    return Grid(tuple(cells), caption=title, widths=tuple(width for _, width in _HEADS))


def _numbers(rows: Sequence[Item]) -> dict[int, str]:
    """The document number of the newest notice of each item that was signed."""
    found = Notice.objects.filter(items__in=rows).exclude(number="").order_by("id")
    return dict(found.values_list("items", "number"))


def _line(item: Item, numbers: dict[int, str], on: date) -> tuple[str, ...]:
    request = item.request
    used = calendar().between(item.received_on, item.closed_on) if item.received_on and item.closed_on else None
    return (
        item.register_number,
        _iso(item.received_on),
        request.get_channel_display(),
        request.get_applicant_kind_display(),
        item.text,
        _iso(item.due_on),
        _iso(item.closed_on),
        "" if used is None else str(used),
        result(item.result).label if item.result else "",
        numbers.get(item.pk, ""),
        _punctual(item, on),
    )


def _punctual(item: Item, on: date) -> str:
    if item.due_on is None:
        return ""
    answered = _answered_on(item)
    late = (answered or on) > item.due_on
    if answered is None:
        return "已逾期" if late else "在办"
    return "逾期" if late else "按期"


def _answered_on(item: Item) -> date | None:
    """When the answer went out, by which its punctuality is judged (国办公开办函〔2016〕235号), not when it was signed.

    What the applicant took back or gave up ended without one; None where something is owed still.
    """
    newest = takewhile(lambda step: step.act != Act.REOPENED, reversed(counting_steps(item)))
    sent = min((step.happened_on for step in newest if step.act in _SENT), default=None)
    return sent or (item.closed_on if item.state == CaseState.ENDED else None)


def _summary(rows: Sequence[Item], first: date, after: date) -> Iterator[Paragraph]:
    """The month in figures: received, closed by result, open at its end."""
    received = sum(1 for item in rows if item.received_on is not None and first <= item.received_on)
    closed = [item for item in rows if item.closed_on is not None and first <= item.closed_on < after]
    left = sum(1 for item in rows if item.closed_on is None or item.closed_on >= after)
    yield Paragraph(f"本月收到{received}件，办结{len(closed)}件，月末在办{left}件。", style=Style.NOTE)
    counts = {key: sum(1 for item in closed if item.result == key) for key in RESULT_KEYS}
    told = "；".join(f"{result(key).label}{count}件" for key, count in counts.items() if count)
    if told:
        yield Paragraph(f"本月办结的结果：{told}。", style=Style.NOTE)


def _iso(value: date | None) -> str:
    return value.isoformat() if value is not None else ""
