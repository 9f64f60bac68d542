"""Every page in a real browser: read by everybody, at every size, by keyboard, enlarged, without scripts, on paper."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.e2e.browser import DESKTOP, PHONE, click_through, enter, overflow, violations
from tests.e2e.county import County

Visit = Callable[..., Page]
SIZES = {"phone": PHONE, "desktop": DESKTOP}
CONTRAST = ["color-contrast"]


def opened(visit: Visit, county: County, **options: object) -> Iterator[tuple[str, Page]]:
    """Every page of the county, opened by somebody who may; a window for each user."""
    windows: dict[str | None, Page] = {}
    names = {user.pk: name for name, user in county.users.items()}
    for name, address in county.addresses():
        user = county.user_for(name)
        key = names[user.pk] if user else None
        if key not in windows:
            windows[key] = visit(key, **options)
        answer = windows[key].goto(address)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        yield name, windows[key]


@pytest.mark.postgresql
def test_no_page_shuts_anybody_out(visit: Visit, county: County) -> None:
    """At 200 % a window of 1280 is one of 640; text alone doubled is the harder half."""
    found = {}
    for name, page in opened(visit, county):
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            found[f"{name}, {size}"] = violations(page) + wider(page)
        page.emulate_media(color_scheme="dark")
        found[f"{name}, dark"] = violations(page, runOnly=CONTRAST)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 640, "height": 512})
        found[f"{name}, 200 %"] = wider(page)
        page.set_viewport_size({"width": 1280, "height": 1024})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[f"{name}, text at 200 %"] = wider(page)
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.sqlite
def test_the_pages_that_all_start_from_shut_nobody_out(visit: Visit) -> None:
    found = {}
    page = visit("system", viewport={"width": PHONE[0], "height": PHONE[1]})
    for address in ("/office/", "/office/agencies/"):
        page.goto(address)
        found[address] = violations(page)
    assert found == {"/office/": [], "/office/agencies/": []}


@pytest.mark.postgresql
def test_no_page_needs_scripts_and_none_has_its_own(visit: Visit, county: County) -> None:
    found = {}
    for name, page in opened(visit, county, java_script_enabled=False):
        if name != "gallery":  # it shows titles as examples
            found[name] = (
                page.locator("script:not([src]):not([type='application/json'])").count()
                + page.locator("main h1").count()
                - 1
            )
    assert {name: count for name, count in found.items() if count} == {}


@pytest.mark.any_engine
def test_a_form_is_filled_and_sent_by_keyboard_alone_without_scripts(visit: Visit, county: County) -> None:
    page = visit("system", java_script_enabled=False)
    page.goto(f"/office/agencies/{county.parts['public_id']}/people/add/")
    page.keyboard.press("Tab")
    assert focused(page) == "跳到正文"
    enter(page)
    press_until(page, "Tab", "id_name")
    page.keyboard.press("Tab")
    page.keyboard.type("0375-8059999")
    press_until(page, "Tab", "button")
    enter(page)
    assert focused(page).startswith("有1处需要改正")
    page.keyboard.press("Tab")
    enter(page)
    expect(page.locator("#id_name")).to_be_focused()
    assert page.locator("#id_phone").input_value() == "0375-8059999"
    page.keyboard.type("何小雨")
    enter(page)
    assert "何小雨" in page.locator("main").inner_text()


@pytest.mark.any_engine
def test_what_went_wrong_can_be_read_by_everybody(visit: Visit, county: County) -> None:
    page = visit("clerk", viewport={"width": PHONE[0], "height": PHONE[1]})
    statuses = []
    for address in ("/office/nothing/", "/office/accounts/", "/nothing/"):
        answer = page.goto(address)
        assert answer is not None
        statuses.append(answer.status)
        assert page.locator("main a, header a").count() > 0, "a dead end"
        assert violations(page) + wider(page) == []
    assert statuses == [404, 403, 404]
    page.goto(f"/office/agencies/{county.parts['public_id']}/people/add/")
    send(page)
    assert page.title().startswith("有错误：")
    assert violations(page) + wider(page) == []


@pytest.mark.any_engine
def test_colours_chosen_by_the_reader_keep_every_edge(visit: Visit) -> None:
    page = visit("system", forced_colors="active")
    page.goto("/office/_ui/")
    edges = [".gk-button", ".gk-input", ".gk-tag", ".gk-notice", ".gk-finding", ".gk-steps__step", ".gk-tabs__tab"]
    for name in edges:
        widths = page.locator(name).first.evaluate(
            "it => { const style = getComputedStyle(it); return ['Top', 'Right', 'Bottom', 'Left']"
            ".map(side => parseFloat(style[`border${side}Width`])) }"
        )
        assert max(widths) >= 1, name
    assert violations(page) == []


@pytest.mark.any_engine
def test_focus_is_always_seen(visit: Visit, county: County) -> None:
    page = visit("system")
    page.goto(f"/office/agencies/{county.parts['public_id']}/")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        unseen += page.evaluate(
            "() => { const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();"
            " return it === document.body || (style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2"
            " && box.right > 0 && box.bottom > 0) ? [] : [it.outerHTML.slice(0, 90)] }"
        )
    assert unseen == []


def test_two_who_save_at_once_are_told_what_changed(visit: Visit, county: County) -> None:
    address = f"/office/agencies/{county.parts['public_id']}/change/"
    first, second = visit("system"), visit("system")
    for page in (first, second):
        page.goto(address)
    first.locator("#id_functions").fill("企业技术改造、无线电管理。")
    send(first)
    second.locator("#id_functions").fill("企业技术改造、节能监察。")
    send(second)
    assert "另一人已作了修改" in second.locator(".gk-errors").inner_text()
    assert "无线电管理" in second.locator(".gk-diff del").inner_text()
    assert "节能监察" in second.locator(".gk-diff ins").inner_text()
    assert second.locator("#id_functions").input_value() == "企业技术改造、节能监察。"
    send(second)
    assert "节能监察" in second.locator("main").inner_text()


@pytest.mark.any_engine
def test_paper_shows_the_content_and_nothing_to_click(visit: Visit, county: County) -> None:
    page = visit("system")
    page.goto(f"/office/agencies/{county.parts['public_id']}/")
    page.emulate_media(media="print")
    for name in (".gk-header", ".gk-breadcrumb", ".gk-skip", ".gk-actions", ".gk-tabs", ".gk-as-of"):
        assert page.locator(name).count(), name
        assert not page.locator(name).first.is_visible(), name
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundImage") == "none"
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.any_engine
def test_nothing_moves_where_that_is_asked_for(visit: Visit) -> None:
    page = visit("system", reduced_motion="reduce")
    page.goto("/office/_ui/")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter(it => { const style = getComputedStyle(it);"
        " return parseFloat(style.transitionDuration) || style.animationName !== 'none' || style.scrollBehavior === 'smooth' })"
        ".map(it => it.outerHTML.slice(0, 90))"
    )
    assert moving == []


@pytest.mark.any_engine
def test_a_citizen_meets_the_office_nowhere_but_at_its_door(visit: Visit, live_server: LiveServer) -> None:
    page = visit()
    page.goto("/office/agencies/")
    assert page.url == f"{live_server.url}/office/sign-in/?next=/office/agencies/"
    assert violations(page) == []


def wider(page: Page) -> list[str]:
    """Whether a page can be scrolled sideways."""
    return [f"{overflow(page)} px wider than its window"] if overflow(page) else []


def send(page: Page) -> None:
    """Presses the button of the page's form."""
    click_through(page, page.locator("form[method=post] button"))


def focused(page: Page) -> str:
    """The words of what has the focus."""
    return page.locator(":focus").inner_text()


def press_until(page: Page, key: str, wanted: str) -> None:
    """Presses a key until the element of that id or tag has the focus."""
    for _ in range(40):
        page.keyboard.press(key)
        if page.locator(f"#{wanted}:focus, {wanted}:focus").count():
            return
    raise AssertionError(f"{wanted} is not reached by {key}")
