"""Pages and orders of lists are addresses, which keep what else is asked for."""

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from gongkai.ui.lists import Column, heads, order, pages

COLUMNS = (Column("姓名", "name"), Column("角色"), Column("在办件数", "count", is_number=True))


def test_the_pages_around_and_at_both_ends_are_linked() -> None:
    request = RequestFactory().get("/", {"q": "王 敏", "page": "10"})
    told = pages(request, Paginator(range(1000), 50).get_page(10))
    assert [page.get("number") for page in told["pages"]] == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert [page["number"] for page in told["pages"] if page.get("current")] == [10]
    assert told["pages"][0]["href"] == "?q=%E7%8E%8B+%E6%95%8F&page=1"
    assert (told["previous"], told["next"], told["count"]) == (
        "?q=%E7%8E%8B+%E6%95%8F&page=9",
        "?q=%E7%8E%8B+%E6%95%8F&page=11",
        20,
    )


def test_the_first_page_has_none_before_it_and_the_last_none_after() -> None:
    paginator = Paginator(range(60), 50)
    request = RequestFactory().get("/")
    assert pages(request, paginator.get_page(1))["previous"] == ""
    assert pages(request, paginator.get_page(2))["next"] == ""


@pytest.mark.parametrize(
    ("asked", "used"),
    [("", "name"), ("count", "count"), ("-count", "-count"), ("password", "name"), ("--name", "name")],
)
def test_only_what_is_a_column_orders_a_list(asked: str, used: str) -> None:
    request = RequestFactory().get("/", {"sort": asked} if asked else {})
    assert order(request, COLUMNS, "name") == used


def test_the_head_of_the_ordering_column_turns_the_order_round_and_begins_at_page_one() -> None:
    request = RequestFactory().get("/", {"sort": "name", "page": "3", "q": "a"})
    name, role, count = heads(request, COLUMNS, "name")
    assert (name["sorted"], name["href"]) == ("ascending", "?sort=-name&q=a")
    assert "href" not in role
    assert (count["href"], count["number"]) == ("?sort=count&q=a", True)
    request = RequestFactory().get("/", {"sort": "-name"})
    name = heads(request, COLUMNS, "name")[0]
    assert (name["sorted"], name["href"]) == ("descending", "?sort=name")
