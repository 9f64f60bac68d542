"""The county, and windows of a visitor of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.e2e import browser as windows
from tests.e2e.county import County, build, session_of


@pytest.fixture
def county(live_server: LiveServer) -> County:
    return build()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, county: County) -> Iterator[Callable[..., Page]]:
    """Opens a window for a user of the county (none: a citizen), with options of Playwright's contexts."""
    with ExitStack() as stack:

        def opened(user: str | None = None, **options: Any) -> Page:
            session = session_of(county.users[user]) if user else None
            return stack.enter_context(windows.context(browser, live_server.url, session, **options)).new_page()

        yield opened
