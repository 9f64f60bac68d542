"""Debian's Chromium through Playwright: one process for a whole run, pages that call nobody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

PHONE, TABLET, DESKTOP = (390, 844), (768, 1024), (1440, 900)
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AXE = {"resultTypes": ["violations"]}
_FORM = "application/x-www-form-urlencoded"
_PATIENCE = 60_000
"""How many milliseconds may pass before what does not come is missed: a busy machine stands still for seconds."""


@contextmanager
def running(path: str) -> Iterator[Browser]:
    """A browser process. Playwright's loop makes Django take the thread for asynchronous, which it isn't."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    flags = [*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            expect.set_options(timeout=_PATIENCE)
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def context(
    browser: Browser, address: str, session: dict[str, str] | None = None, **options: Any
) -> Iterator[BrowserContext]:
    """Windows of one visitor, signed in by the cookie of a session. Raises AssertionError when a page asked another host."""
    opened = browser.new_context(base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", **options)
    opened.set_default_timeout(_PATIENCE)
    if session is not None:
        opened.add_cookies([{**session, "url": address}])  # type: ignore[typeddict-item]
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    try:
        yield opened
    finally:
        opened.close()
    home = urlsplit(address).netloc
    outside = [url for url in asked if urlsplit(url).netloc not in ("", home)]
    assert outside == [], outside


def click_through(page: Page, what: Locator) -> None:
    """Clicks what leads to another page (or place on this one) and waits until it stands there.

    A click by itself waits for nothing: what comes after it would look at the old page, or at one being replaced.
    """
    with page.expect_navigation():
        what.click()


def press(page: Page, name: str) -> None:
    """Presses a button that leads to another page."""
    click_through(page, page.get_by_role("button", name=name, exact=True))


def press_twice(page: Page, name: str) -> None:
    """Presses a button again when the server has acted on the first time, and its answer has not come.

    With a real double click it is chance whether one request is sent or two, and which answer is shown.
    """
    button = page.get_by_role("button", name=name, exact=True)
    address, sent = button.evaluate("it => [it.form.action, `${new URLSearchParams(new FormData(it.form, it))}`]")
    answer = page.request.post(address, data=sent, headers={"Content-Type": _FORM}, max_redirects=0)
    assert answer.status == 302, answer.text()
    click_through(page, button)


def follow(page: Page, name: str) -> None:
    """Goes where a link leads; one that lies in a folded part is unfolded first."""
    link = page.get_by_role("link", name=name, exact=True, include_hidden=True).first
    link.wait_for(state="attached")
    if not link.is_visible():
        page.locator("details:not([open])", has=link).locator("summary").first.click()
    click_through(page, link)


def enter(page: Page) -> None:
    """Presses Enter where it leads to another page, or place on this one."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def violations(page: Page, **options: Any) -> list[str]:
    """What axe finds wrong with a page, one line each. The page is the one that stands there: see `click_through`."""
    page.wait_for_load_state()
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(document, options)", {**_AXE, **options})["violations"]
    return [
        f"{fault['id']}: {', '.join(str(node['target']) for node in fault['nodes'][:4])} ({fault['help']})"
        for fault in found
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
