"""Long lists: which page is shown, in which order, and the links to the others; each is an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

PAGE, ORDER = "page", "sort"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and the name it is sorted by where it can be."""

    label: str
    order: str = ""
    is_number: bool = False


def pages(request: HttpRequest, page: "Page[Any]") -> dict[str, Any]:
    """The options of the pagination component for a page of a list; everything else of the address is kept."""
    count = page.paginator.num_pages
    shown = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        if isinstance(number, int):
            shown.append({"number": number, "href": _address(request, PAGE, number), "current": number == page.number})
        else:
            shown.append({})
    return {
        "pages": shown,
        "count": count,
        "previous": _address(request, PAGE, page.number - 1) if page.number > 1 else "",
        "next": _address(request, PAGE, page.number + 1) if page.number < count else "",
    }


def order(request: HttpRequest, columns: Sequence[Column], default: str) -> str:
    """The order asked for (`name`, or `-name` for the contrary); the default where it is none of the columns'."""
    wanted = request.GET.get(ORDER, default)
    return wanted if wanted.removeprefix("-") in {column.order for column in columns if column.order} else default


def heads(request: HttpRequest, columns: Sequence[Column], default: str) -> list[dict[str, Any]]:
    """The heads of a table: the column that it is sorted by links to the contrary order."""
    now = order(request, columns, default)
    made = []
    for column in columns:
        head: dict[str, Any] = {"label": column.label, "number": column.is_number}
        if column.order:
            head["href"] = _address(request, ORDER, f"-{column.order}" if now == column.order else column.order)
            if now.removeprefix("-") == column.order:
                head["sorted"] = "descending" if now.startswith("-") else "ascending"
        made.append(head)
    return made


def _address(request: HttpRequest, name: str, value: object) -> str:
    query = request.GET.copy()
    query[name] = str(value)
    if name == ORDER:
        query.pop(PAGE, None)
    return "?" + query.urlencode()
