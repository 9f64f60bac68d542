"""The components of a case: what they say, what stands where on a screen, and what comes out on paper."""

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
import pypdfium2
import pytest
from django.utils.safestring import mark_safe
from playwright.sync_api import Browser, Page
from tests.e2e.browser import DESKTOP, PHONE, TABLET, overflow, violations

from gongkai.ui.catalogue import component, rendered
from gongkai.ui.styles import stylesheet
from gongkai.ui.templatetags.ui import day, groups

Shown = Callable[..., Page]
ROW = {"number": "QH-0117", "href": "/office/requests/1/", "text": "补助名单", "applicant": "公民", "state": "待答复", "due": "2026年11月20日（周五）", "turn": "王敏"}  # fmt: skip


def tree(name: str, **options: Any) -> Any:
    return lxml.html.fragment_fromstring(rendered(name, options), create_parent="div")


def text(name: str, **options: Any) -> str:
    return " ".join(tree(name, **options).text_content().split())


@pytest.fixture
def shown(browser: Browser) -> Iterator[Shown]:
    """A page of the office with our stylesheet, in a window of a size."""
    context = browser.new_context()

    def made(html: str, size: tuple[int, int] = DESKTOP) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.set_content(
            f'<!DOCTYPE html><html lang="zh-CN"><head><title>例</title><style>{stylesheet()}</style></head><body>'
            f'<main class="gk-page gk-page--wide"><h1>例</h1>{html}</main><footer class="gk-footer">页脚</footer></body></html>'
        )
        return page

    yield made
    context.close()


def printed(page: Page) -> list[str]:
    """The text of each page on paper, without white space: a PDF has none to be sure of."""
    book = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    try:
        return ["".join(each.get_textpage().get_text_bounded().split()) for each in book]
    finally:
        book.close()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("7KMQ4RXD9TWP", ["7KMQ", "4RXD", "9TWP"]),
        ("7KMQ-4RXD-9T", ["7KMQ", "4RXD", "9T"]),
        ("7KM Q4R", ["7KMQ", "4R"]),
        ("", []),
    ],
)
def test_a_code_is_read_aloud_in_fours(code: str, told: list[str]) -> None:
    assert groups(code) == told


def test_a_day_in_words_already_stays() -> None:
    assert day("收到补正后 20 个工作日内") == "收到补正后 20 个工作日内"
    assert day(None) == ""


def test_the_way_back_leads_to_done_steps_alone() -> None:
    steps = [{"label": "甲", "state": "done", "href": "/1/"}, {"label": "乙", "state": "current", "href": "/2/"}, {"label": "丙", "href": "/3/"}]  # fmt: skip
    made = tree("stages", steps=steps)
    assert made.xpath(".//a/@href") == ["/1/"]
    assert [one.text_content().split() for one in made.xpath(".//*[@aria-current='step']")] == [["2", "乙"]]
    assert "第 2 步，共 3 步：乙" in made.text_content()


@pytest.mark.parametrize(("kind", "word"), [("late", "逾期"), ("soon", "快到期"), ("done", "已办结")])
def test_a_colour_of_the_clock_has_its_word(kind: str, word: str) -> None:
    assert word in text("clock", due="2026年12月1日（周二）", kind=kind)
    assert word not in text("clock", due="2026年12月1日（周二）")


def test_a_clock_tells_that_it_may_move_and_what_was_claimed() -> None:
    told = text("clock", due="甲日", claimed="乙日", provisional=True)
    assert "暂定" in told
    assert "还可能变动" in told
    assert "计算为乙日，但该步骤不符合规定" in told


def test_a_span_of_one_day_names_it_once() -> None:
    row = {"from": "11月2日", "to": "11月2日", "days": 0, "counts": False, "reason": "当日", "basis": "第三十一条"}
    told = text("spans", rows=[row, {**row, "to": "11月6日", "counts": True}])
    assert told.count("至") == 1
    assert told.index("不计入") < told.index("至11月6日")


def test_what_is_refused_is_counted_with_its_reason_and_the_way_out() -> None:
    made = tree(
        "acts",
        allowed=[],
        refused=[{"label": "延期", "reason": "已延过一次", "instead": "请按期答复", "basis": "第三十三条"}],
    )
    assert "现在没有要您办的事" in made.text_content()
    assert made.xpath(".//details/summary")[0].text_content() == "现在不能做（1 项）"
    assert made.xpath(".//details//li")[0].text_content() == "延期：已延过一次。请按期答复依据：第三十三条"
    assert tree("acts", allowed=[], level=3).xpath(".//h3")
    assert not tree("acts", allowed=[]).xpath(".//details")


def test_a_letter_is_set_line_by_line_whoever_indented_it() -> None:
    made = tree("letter", text="　　一是名单。\r\n\r\n  二是金额。\n<b>")
    assert [one.text_content() for one in made.xpath(".//p")] == ["一是名单。", "二是金额。", "<b>"]


def test_a_row_of_the_desk_leads_to_its_case_and_escapes_what_people_wrote() -> None:
    html = rendered("cases", {"caption": "甲", "rows": [{**ROW, "text": "<script>"}, {**ROW, "tag": "已延期", "remaining": "今天到期", "remaining_kind": "soon"}]})  # fmt: skip
    made = lxml.html.fragment_fromstring(html)
    assert made.xpath(".//tbody//a/@href") == [ROW["href"]] * 2
    assert "<script" not in html
    first, second = made.xpath(".//tbody/tr")
    assert "gk-cases__row--soon" not in first.get("class")
    assert "gk-cases__row--soon" in second.get("class")
    assert "今天到期" in second.text_content()
    assert [cell.text_content() for cell in second.xpath("./th")] == ["QH-0117"]


@pytest.mark.parametrize(
    ("size", "order"),
    [(PHONE, ["clock", "letter", "timeline"]), (TABLET, ["letter", "clock", "timeline"]), (DESKTOP, ["letter", "timeline", "clock"])],
    ids=["phone", "tablet", "desktop"],
)  # fmt: skip
def test_a_case_has_one_two_or_three_columns(shown: Shown, size: tuple[int, int], order: list[str]) -> None:
    long = mark_safe("<p>" + "甲" * 400 + "</p>")
    page = shown(rendered("case", {"clock": long, "letter": long, "timeline": long}), size)
    places = {name: page.locator(f".gk-case__{name}").bounding_box() for name in order}
    assert sorted(order, key=lambda name: (places[name]["y"], places[name]["x"])) == order
    assert len({round(place["x"]) for place in places.values()}) == {PHONE: 1, TABLET: 2, DESKTOP: 3}[size]
    assert overflow(page) == 0


def test_the_head_of_the_desk_stays_in_sight(shown: Shown) -> None:
    page = shown(rendered("cases", {"caption": "轮到我的申请", "rows": [ROW] * 60}))
    page.mouse.wheel(0, 1500)
    head = page.locator(".gk-cases thead th", has_text="期限")
    page.wait_for_function("scrollY > 500")
    assert head.bounding_box()["y"] == 0  # type: ignore[index]  it is there


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_the_desk_shows_every_case_as_a_card_that_stays_a_table_for_readers(
    shown: Shown, size: tuple[int, int]
) -> None:
    page = shown(rendered("cases", component("cases").examples[0].options), size)
    assert page.get_by_role("row").count() == 5
    assert page.get_by_role("rowheader", name="QH-GXJ-2026-0117").is_visible()
    assert overflow(page) == 0
    assert violations(page) == []


@pytest.mark.parametrize(
    "name", ["acts", "cases", "clock", "code", "document", "letter", "question", "spans", "stages"]
)
def test_text_at_200_percent_fits_the_window(shown: Shown, name: str) -> None:
    page = shown("".join(rendered(name, example.options) for example in component(name).examples), (1280, 1024))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = ''")
    assert overflow(page) == 0


def test_paper_holds_the_notice_and_nothing_else(shown: Shown) -> None:
    options = {**component("document").examples[0].options, "level": 2}
    pages = printed(shown("<p>办理人请核对</p>" + rendered("document", options)))
    assert "政府信息公开告知书" in pages[0]
    assert [f"—{number}—" in each for number, each in enumerate(pages, 1)] == [
        number > 1 for number in range(1, len(pages) + 1)
    ]
    assert "附件：" in pages[-1], "a signature does not stand alone on a sheet"
    for other in ("办理人请核对", "页脚", "盖章处"):
        assert other not in "".join(pages)


def test_the_desk_is_printed_across_with_its_head_on_every_sheet(shown: Shown) -> None:
    page = shown(rendered("cases", {"caption": "轮到我的申请", "rows": [ROW] * 60}))
    pages = printed(page)
    assert len(pages) > 1
    assert all("申请内容" in each and "QH-0117" in each for each in pages)


def test_each_sheet_of_a_file_names_its_case_and_parts_begin_anew(shown: Shown) -> None:
    parts = "".join(
        f'<section class="gk-print__part"><h2>第{part}部分</h2>{"<p>甲乙</p>" * 60}</section>' for part in "一二"
    )
    options = {"title": "办理卷", "number": "QH-0117", "note": "王敏打印", "level": 2, "content": mark_safe(parts)}
    pages = printed(shown(rendered("print", options)))
    assert len(pages) > 3
    assert all("QH-0117" in each and f"共{len(pages)}页" in each for each in pages)
    for part in ("第一部分", "第二部分"):
        (sheet,) = [each for each in pages if part in each]
        assert sheet.index(part) < sheet.index("甲乙")
