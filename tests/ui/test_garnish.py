"""The script: small, found as a static file, and what each of its parts does in a browser. No page needs it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Dialog, Page

from gongkai.ui.catalogue import rendered
from gongkai.ui.garnish import script

AREA = {"id": "wanted", "name": "wanted", "label": "内容", "rows": 3, "maxlength": 10, "counter": True}
FILES = {"id": "files", "name": "files", "label": "附件", "many": True, "max_bytes": 2048}
HOME = "http://gongkai.example"
Shown = Callable[[str], Page]


@pytest.fixture
def shown(browser: Browser) -> Iterator[Shown]:
    """A page with a form, as strict about scripts as ours are."""
    context = browser.new_context()
    strict = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}
    context.route("**/elsewhere*", lambda route: route.fulfill(body="", content_type="text/html"))
    context.route("**/gongkai.js", lambda route: route.fulfill(body=script(), content_type="text/javascript"))

    def made(html: str) -> Page:
        page = context.new_page()
        head = '<!DOCTYPE html><meta charset="utf-8"><script type="module" src="/gongkai.js"></script>'
        body = f'{head}<form data-warn novalidate action="/elsewhere">{html}<button>提交申请</button></form>'
        page.route("**/form", lambda route: route.fulfill(body=body, content_type="text/html", headers=strict))
        page.goto(f"{HOME}/form")
        return page

    yield made
    context.close()


def test_it_is_small_and_found_beside_the_stylesheet() -> None:
    assert len(script().encode()) <= 10_000
    for name, text in {"ui/gongkai.js": script(), "ui/gongkai.css": ".gk-page"}.items():
        found = finders.find(name)
        assert isinstance(found, str)
        assert text in Path(found).read_text("utf-8")
    listed = {name for finder in finders.get_finders() for name, _storage in finder.list([])}
    assert {"ui/gongkai.js", "ui/gongkai.css"} <= listed


def test_pages_ask_for_it_as_a_module_and_have_none_of_their_own() -> None:
    page = render_to_string("ui/base.html")
    assert re.findall(r"<script[^>]*>", page) == ['<script type="module" src="/static/ui/gongkai.js">']


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "已写 0 字，最多 10 字"),
        ("  五个汉字啊\n", "已写 5 字，最多 10 字"),
        ("甲\n乙", "已写 4 字，最多 10 字"),
        ("𠮷" * 10, "已写 10 字，最多 10 字"),
        ("一" * 12, "已写 12 字，超出 2 字，最多 10 字"),
    ],
)
def test_characters_are_counted_as_the_server_counts_them(shown: Shown, typed: str, told: str) -> None:
    page = shown(rendered("field", AREA))
    page.locator("#wanted").fill(typed)
    limit = page.locator("#wanted-limit")
    assert limit.inner_text() == told
    assert ("gk-field__limit--over" in (limit.get_attribute("class") or "")) == ("超出" in told)
    assert page.locator("#wanted").input_value() == typed, "nothing is cut off"


def test_a_full_field_is_told_aloud_once_the_writer_rests(shown: Shown) -> None:
    page = shown(rendered("field", AREA))
    page.locator("#wanted").fill("一" * 12)
    page.locator("[role=status]", has_text="超出 2 字").wait_for(state="attached")


def test_what_stands_in_a_form_shown_again_is_counted_at_once(shown: Shown) -> None:
    assert (
        shown(rendered("field", {**AREA, "value": "甲乙丙"})).locator("#wanted-limit").inner_text().startswith("已写 3")
    )


def test_without_the_script_the_limit_stands_there_in_words(browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.set_content(rendered("field", AREA))
    assert page.locator("#wanted-limit").inner_text() == "最多 10 字"
    assert page.locator("#wanted").get_attribute("aria-describedby") == "wanted-limit"
    page.close()


def asked_when(page: Page, leave: Callable[[], object]) -> list[str]:
    """The questions that a browser asks when the page is left."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    with page.expect_navigation(url="**/elsewhere*"):
        leave()
    return asked


def test_leaving_what_is_typed_is_asked_about(shown: Shown) -> None:
    page = shown(rendered("field", AREA))
    page.locator("#wanted").press_sequentially("甲")
    assert asked_when(page, lambda: page.goto(f"{HOME}/elsewhere")) == ["beforeunload"]


def test_leaving_what_is_untouched_or_sent_is_not_asked_about(shown: Shown) -> None:
    page = shown(rendered("field", AREA))
    page.locator("#wanted").click()
    assert asked_when(page, lambda: page.goto(f"{HOME}/elsewhere")) == []
    page = shown(rendered("field", AREA))
    page.locator("#wanted").press_sequentially("甲")
    assert asked_when(page, page.locator("button").click) == []


def test_a_form_shown_again_with_an_error_is_not_left_without_asking(shown: Shown) -> None:
    page = shown(rendered("field", {**AREA, "error": "请填写"}))
    page.locator("#wanted").click()
    assert asked_when(page, lambda: page.goto(f"{HOME}/elsewhere")) == ["beforeunload"]


def test_chosen_files_are_told_with_their_size_and_one_too_large_at_once(shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "说明.pdf").write_bytes(b"x" * 1025)
    (tmp_path / "<b>照片.png").write_bytes(b"x" * 3 * 2**20)
    page = shown(rendered("file_field", FILES))
    page.locator("#files").set_input_files([tmp_path / "说明.pdf", tmp_path / "<b>照片.png"])
    lines = page.locator(".gk-file__chosen li")
    assert lines.all_inner_texts() == ["说明.pdf（2 KB）", "<b>照片.png（3 MB）超过 2 KB，请换一个小一些的文件"]
    assert page.locator(".gk-file__large").count() == 1
    page.locator("#files").set_input_files([])
    assert lines.count() == 0
