"""Everybody who has to do with a request, each in a window of his own: the applicant on a phone, the office at desks."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from tests.agencies.people import SYSTEM
from tests.e2e import browser as windows
from tests.e2e.browser import DESKTOP, PHONE, overflow, violations
from tests.e2e.county import session_of
from tests.inforequests.cases import Office

from gongkai.agencies.actions.office import open_channel
from gongkai.agencies.roles import ChannelKind

_ID = re.compile(r"[a-z0-9]{16}")
_ON_PHONE = {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "has_touch": True, "is_mobile": True}
_AT_DESK = {"viewport": {"width": DESKTOP[0], "height": DESKTOP[1]}}


@dataclass
class Hall:
    """Opens windows on an office. `faults` gathers what axe, the console and the width of pages say against them."""

    browser: Browser
    address: str
    office: Office
    stack: ExitStack
    faults: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    silent: list[Page] = field(default_factory=list)
    _pages: dict[str, Page] = field(default_factory=dict)

    def citizen(self, **options: Any) -> Page:
        """A window of somebody without an account, on a phone."""
        page = self._opened(None, **{**_ON_PHONE, **options})
        if not options.get("java_script_enabled", True):
            self.silent.append(page)
        return page

    def officer(self, role: str, *, on_phone: bool = False) -> Page:
        """The window of whoever holds a role, opened once; on the page that it was left on."""
        if role not in self._pages:
            session = session_of(self.office.users[role])
            self._pages[role] = self._opened(session, **(_ON_PHONE if on_phone else _AT_DESK))
        return self._pages[role]

    def look(self, page: Page) -> None:
        """Notes what is wrong with a page for whoever sees little or uses a phone, once for each kind and width.

        A window without scripts can't be read by axe, which is one.
        """
        key = _ID.sub("*", urlsplit(page.url).path), str(page.viewport_size)
        if key not in self.seen and page not in self.silent:
            self.seen.add(key)
            self.faults += [f"{page.url}: {fault}" for fault in violations(page)]
            if overflow(page):
                self.faults.append(f"{page.url}: wider than the window by {overflow(page)}")

    def _opened(self, session: dict[str, str] | None, **options: Any) -> Page:
        page = self.stack.enter_context(windows.context(self.browser, self.address, session, **options)).new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        """A form that comes back with errors is answered 422, which the console tells as well."""
        if message.type == "error" and "422" not in message.text:
            self.faults.append(f"console: {message.text}")


@contextmanager
def hall(browser: Browser, address: str, office: Office) -> Iterator[Hall]:
    """The hall of an office that is open on the web. Raises AssertionError for what is wrong with its pages."""
    details = "https://www.qinghe.example/"
    open_channel(SYSTEM, office.agency, kind=ChannelKind.INTERNET, details=details, from_on=office.agency.from_on)
    with ExitStack() as stack:
        opened = Hall(browser, address, office, stack)
        yield opened
    assert opened.faults == []


def told(page: Page, *words: str) -> None:
    """The page tells all this."""
    for each in words:
        expect(page.get_by_role("main")).to_contain_text(each)
