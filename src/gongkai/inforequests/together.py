"""The other things asked in the same letter that an act can be done for at the same time (合并办理)."""

from collections.abc import Callable, Sequence

from gongkai.inforequests.case_page import fetch
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.words import shortened
from gongkai.kernel.reasons import Reason
from gongkai.ui.forms import Choices, Hinted

ALL = "all"
"""The choice of all of them at once, offered where there are several."""
_MOST_NAMED = 3
"""Of more items no more are named: forty numbers say nothing."""


def others_of(item: Item, against: Callable[[Item], Sequence[Reason]]) -> list[Item]:
    """The others of its letter that nothing is against, in their order; none where the letter was not split."""
    if not item.order:
        return []
    rows = Item.objects.filter(request=item.request_id).exclude(pk=item.pk).select_related("request", "agency")
    found = list(rows.order_by("order"))
    fetch(*found)
    return [row for row in found if not against(row)]


def choices(others: Sequence[Item]) -> Choices:
    """They as choices of a form: the register number, and what is asked below it."""
    told = [(row.public_id, Hinted(row.register_number, shortened(row.text))) for row in others]
    if len(told) < 2:
        return told
    return [(ALL, Hinted(f"全部 {len(told)} 件", "下列各件都一并办理")), *told]


def chosen(ticked: Sequence[str], others: Sequence[Item]) -> list[Item]:
    """Those of them that were ticked."""
    return [row for row in others if ALL in ticked or row.public_id in ticked]


def told_with(notice: Notice, item: Item) -> str:
    """With which others of its letter a notice is about an item, in words; empty where it is about that alone."""
    numbers = [row.register_number for row in notice.items.all() if row.pk != item.pk]
    if not numbers:
        return ""
    rest = f"等 {len(numbers)} 件" if len(numbers) > _MOST_NAMED else ""
    return f"与{'、'.join(numbers[:_MOST_NAMED])}{rest}一并办理"
