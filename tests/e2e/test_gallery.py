"""The gallery in a browser: every component, both schemes, no fault, nothing wider than the window."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.e2e.browser import DESKTOP, PHONE, overflow, violations

from gongkai.ui.catalogue import components

pytestmark = pytest.mark.any_engine
ADDRESS = "/office/_ui/"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_can_be_read_by_everybody(
    visit: Callable[..., Page], size: tuple[int, int], scheme: str
) -> None:
    page = visit("system", viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.goto(ADDRESS)
    assert page.locator("section > h2").all_inner_texts() == [component.name for component in components()]
    assert violations(page) == []
    assert overflow(page) == 0


def test_more_contrast_is_given_where_it_is_asked_for(visit: Callable[..., Page]) -> None:
    page = visit("system", contrast="more")
    page.goto(ADDRESS)
    assert page.evaluate("getComputedStyle(document.querySelector('.gk-quiet')).color") == "rgb(28, 28, 28)"
    assert violations(page, runOnly=["color-contrast", "color-contrast-enhanced"]) == []
