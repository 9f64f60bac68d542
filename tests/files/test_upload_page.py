"""The upload as somebody meets it: in a browser, at phone and desktop size, without scripts, by keyboard."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.e2e import browser as windows
from tests.files.samples import WHOLE, word

from gongkai.files.models import File
from gongkai.files.purposes import MB

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_engine,
    pytest.mark.urls("tests.files.upload_site"),
]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with windows.context(browser, live_server.url, None, viewport=SIZES[request.param]) as context:
        opened = context.new_page()
        opened.goto("/test/add")
        yield opened


def chosen(page: Page, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    page.get_by_label("办理材料").set_input_files(path)


def pictured(page: Page, name: str) -> None:
    """A picture for whoever wants to look at it."""
    if folder := os.environ.get("GONGKAI_TEST_PICTURES"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder, f"{name}-{width}.png"), full_page=True)


def test_a_refusal_keeps_what_was_typed_and_the_next_try_is_taken(page: Page, tmp_path: Path) -> None:
    page.get_by_label("材料名称").fill("身份材料")
    pictured(page, "upload")
    chosen(page, tmp_path / "申请.pdf", word())
    windows.press(page, "添加材料")
    assert page.get_by_label("材料名称").input_value() == "身份材料"
    assert "扩展名与内容不符" in page.locator("main").inner_text()
    assert windows.violations(page) == []
    assert windows.overflow(page) == 0
    pictured(page, "refused")
    chosen(page, tmp_path / "申请.pdf", WHOLE["申请.pdf"][0])
    with page.expect_download() as download:
        page.get_by_role("button", name="添加材料").click()
    assert download.value.suggested_filename == "申请.pdf"
    assert Path(download.value.path()).read_bytes() == WHOLE["申请.pdf"][0]
    assert File.objects.filter(source=None).count() == 1


def test_a_file_that_is_too_large_is_told_on_a_page(page: Page, tmp_path: Path) -> None:
    chosen(page, tmp_path / "大.pdf", b"%PDF-1.7\n" + bytes(100 * MB))
    windows.press(page, "添加材料")
    assert "这次发送的内容约 100 MB，一次最多 64 MB" in page.locator("main").inner_text()
    assert windows.violations(page) == []
    assert windows.overflow(page) == 0
    pictured(page, "too-large")
