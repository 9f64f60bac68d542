"""What a request costs (信息处理费): by items of a month or by pages of one request, each tier explained.

《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号) gives two progressive price lists. The organ chooses one for a
request, never both (Article 3). To charge is allowed, not ordered, and only where number or frequency of requests are
clearly beyond reason (条例第四十二条). Governing date: the day the request was first received, before any clarification
or payment that starts the reply period anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Any

from gongkai.law.errors import BadQuantity
from gongkai.law.parameters import Standing, number, parameter


class Method(StrEnum):
    """How a request is charged (计收方式): by item (按件) or by volume (按量)."""

    ITEMS = "items"
    PAGES = "pages"


_DISCRETION = (
    "申请公开的数量、频次明显超过合理范围的，才可以收取；收取与否由行政机关决定"
    "（《中华人民共和国政府信息公开条例》第四十二条第一款）"
)
_NOTES = {
    Method.ITEMS: (
        _DISCRETION,
        "同一申请人在一个自然月内的申请累计计算；补正、延期的申请按最初收到的月份计算",
        "一件申请包含多项内容的，可以按最小合理单位拆分计算",
    ),
    Method.PAGES: (
        _DISCRETION,
        "费率据两地官方公布的收费标准转述，收费前请核对办法原文",
        "按一件申请计算，不与其他申请累计；A4及以下幅面单面为一页（未见原文，收费前请核对）",
        "告知已经主动公开信息的获取方式、途径的，不按量收费（未见原文，收费前请核对）",
    ),
}


@dataclass(frozen=True, slots=True)
class Tier:
    """A band of the price list as far as it is used: items or pages `first` to `last` inclusive, at `price` yuan."""

    first: int
    last: int
    price: int

    @property
    def count(self) -> int:
        """How many items or pages fall into the band."""
        return self.last - self.first + 1

    @property
    def yuan(self) -> int:
        """What the band costs."""
        return self.count * self.price


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee with its tiers, the free allowance among them (price 0); `notes` say on what conditions it may be asked.

    `standing` tells how the price list is known: page prices only through texts that restate them.
    """

    method: Method
    tiers: tuple[Tier, ...]
    basis: str
    standing: Standing
    notes: tuple[str, ...]

    @property
    def yuan(self) -> int:
        """The amount that may be charged, in yuan."""
        return sum(tier.yuan for tier in self.tiers)


def fee_of_items(items: int, *, on: date, already: int = 0) -> Fee:
    """What these items cost by the item list (按件计收), for an applicant with `already` items counted in that month.

    Items are counted over the calendar month of their first receipt, whatever the reply was (Article 4); who counts as
    one applicant, the caller decides (default: the identity document, proxies counting for their principal).
    Raises OutsideCodedLaw before 2021-01-01, BadQuantity for a number of items that can't be.
    """
    _check("件", number("fees.most_items", on=on), items, already)
    return _fee(Method.ITEMS, _tiers(_items(on), already, already + items), "fees.items_first_price")


def fee_of_pages(pages: int, *, on: date) -> Fee:
    """What these pages cost by the page list (按量计收): pages of one request alone (Article 5).

    Raises OutsideCodedLaw before 2021-01-01, BadQuantity for a number of pages that can't be.
    """
    _check("页", number("fees.most_pages", on=on), pages)
    return _fee(Method.PAGES, _tiers(_pages(on), 0, pages), "fees.pages_first_price")


def fee_of_request(*, on: date, items: int | None = None, pages: int | None = None, already: int = 0) -> Fee:
    """What a request costs by the list the organ has chosen: items or pages, never both on one request (Article 3).

    Raises BadQuantity where both or none are given, else as `fee_of_items` and `fee_of_pages`.
    """
    if items is not None and pages is not None:
        raise BadQuantity("一件申请只能按件或者按量计收，不能同时适用两种标准；请只填件数或者页数（办法第三条）")
    if pages is not None:
        return fee_of_pages(pages, on=on)
    if items is None:
        raise BadQuantity("没有填写件数或者页数，无法计算；请填写其中一项")
    return fee_of_items(items, on=on, already=already)


def counted_in_month(earlier: Iterable[date], *, on: date) -> int:
    """How many earlier items of the applicant count together with one received `on`: those of that calendar month.

    `earlier` are days of first receipt, one for each item (Article 4; the month of an item split or corrected later is
    that of its first receipt, by default).
    """
    return sum((day.year, day.month) == (on.year, on.month) for day in earlier)


def as_json(fee: Fee) -> dict[str, Any]:
    """The fee as the contract's JSON object."""
    return {
        "yuan": fee.yuan,
        "tiers": [
            {"from": tier.first, "to": tier.last, "count": tier.count, "price": tier.price, "yuan": tier.yuan}
            for tier in fee.tiers
        ],
        "basis": fee.basis,
    }


def _items(on: date) -> Iterator[tuple[int, int]]:
    """The bands of the item list without end: last item of the band, price of each."""
    band, step = number("fees.items_band", on=on), number("fees.items_step", on=on)
    price, last = number("fees.items_first_price", on=on), number("fees.items_first_to", on=on)
    yield number("fees.items_free", on=on), 0
    yield from ((last + index * band, price + index * step) for index in count())


def _pages(on: date) -> Iterator[tuple[int, int]]:
    """The bands of the page list: last page of the band, price of each."""
    yield number("fees.pages_free", on=on), 0
    yield number("fees.pages_first_to", on=on), number("fees.pages_first_price", on=on)
    yield number("fees.pages_second_to", on=on), number("fees.pages_second_price", on=on)
    yield number("fees.most_pages", on=on), number("fees.pages_third_price", on=on)


def _tiers(price_list: Iterator[tuple[int, int]], after: int, until: int) -> Iterator[Tier]:
    """The bands that the quantities after the first number up to and with the second fall into."""
    begin = 0
    for last, price in price_list:
        first, end = max(begin, after) + 1, min(last, until)
        if first <= end:
            yield Tier(first, end, price)
        if until <= last:
            return
        begin = last


def _fee(method: Method, tiers: Iterator[Tier], key: str) -> Fee:
    known = parameter(key)
    return Fee(method, tuple(tiers), known.basis, known.standing, _NOTES[method])


def _check(unit: str, most: int, *quantities: int) -> None:
    if any(isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 0 for quantity in quantities):
        raise BadQuantity(f"{unit}数应为不小于零的整数，现为{'、'.join(map(str, quantities))}；请核对")
    if sum(quantities) > most:
        raise BadQuantity(f"{sum(quantities)}{unit}超过可以计算的{most}{unit}；请核对是否录入有误")
