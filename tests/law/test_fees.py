import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import BadQuantity, RuleError
from gongkai.law.fees import as_json, counted_in_month, fee_of_items, fee_of_pages, fee_of_request
from gongkai.law.parameters import Standing

CASES = tomllib.loads((Path(__file__).parent / "cases/fees.toml").read_text(encoding="utf-8"))["case"]
DAY = date(2024, 3, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    facts = {key: case[key] for key in ("on", "items", "pages", "already") if key in case}
    if "refused" in case:
        with pytest.raises(RuleError, match=case["refused"]):
            fee_of_request(**facts)
        return
    fee = fee_of_request(**facts)
    assert fee.yuan == case["yuan"]
    assert fee.basis == case["article"]
    if "tiers" in case:
        assert [[tier.first, tier.last, tier.count, tier.price, tier.yuan] for tier in fee.tiers] == case["tiers"]


def test_json_is_the_contracts():
    assert as_json(fee_of_items(11, on=DAY)) == {
        "yuan": 100,
        "tiers": [
            {"from": 1, "to": 10, "count": 10, "price": 0, "yuan": 0},
            {"from": 11, "to": 11, "count": 1, "price": 100, "yuan": 100},
        ],
        "basis": "国办函〔2020〕109号第四条",
    }


@pytest.mark.parametrize("quantity", [True, 1.5, "11", None])
def test_only_whole_numbers_are_quantities(quantity):
    with pytest.raises(BadQuantity):
        fee_of_items(quantity, on=DAY)
    with pytest.raises(BadQuantity):
        fee_of_pages(quantity, on=DAY)


def test_a_fee_tells_that_charging_is_a_choice_and_how_well_its_prices_are_known():
    items, pages = fee_of_items(40, on=DAY), fee_of_pages(40, on=DAY)
    assert all("第四十二条第一款" in fee.notes[0] and "由行政机关决定" in fee.notes[0] for fee in (items, pages))
    assert (items.standing, pages.standing) == (Standing.TEXT, Standing.RESTATED)
    assert any("转述" in note for note in pages.notes)
    assert any("未见原文" in note for note in pages.notes)


@pytest.mark.parametrize(
    ("earlier", "count"),
    [
        ([], 0),
        ([date(2024, 2, 29)], 0),
        ([date(2024, 3, 1), date(2024, 3, 31)], 2),
        ([date(2024, 4, 1), date(2023, 3, 15)], 0),
    ],
)
def test_items_of_the_same_calendar_month_count_together(earlier, count):
    assert counted_in_month(earlier, on=date(2024, 3, 15)) == count


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_items_in_two_parts_cost_what_they_cost_at_once(first, second):
    whole = fee_of_items(first + second, on=DAY)
    parts = fee_of_items(first, on=DAY), fee_of_items(second, on=DAY, already=first)
    assert whole.yuan == sum(part.yuan for part in parts)


@given(st.integers(0, 5000), st.sampled_from([fee_of_items, fee_of_pages]))
def test_tiers_cover_every_unit_once_and_prices_never_fall(quantity, fee_of):
    tiers = fee_of(quantity, on=DAY).tiers
    assert [unit for tier in tiers for unit in range(tier.first, tier.last + 1)] == list(range(1, quantity + 1))
    prices = [tier.price for tier in tiers]
    assert prices == sorted(set(prices))


@given(st.integers(31, 9999))
def test_the_price_of_one_item_follows_the_formula(item):
    assert fee_of_items(1, on=DAY, already=item - 1).yuan == 200 + 100 * ((item - 31) // 10)
