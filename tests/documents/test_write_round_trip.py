import pytest
from hypothesis import given, settings
from tests.documents.written import REPORT, documents, first_places, places, read_back, texts

from gongkai.documents.blocks import Block
from gongkai.documents.writing import write


@pytest.mark.parametrize("to", ["docx", "html"])
def test_a_report_is_read_back_with_every_span(to: str) -> None:
    blocks = read_back(write(REPORT, to=to, title="年度报告"), to).blocks
    assert texts(blocks) == texts(REPORT)
    assert places(blocks) == places(REPORT)


def test_a_report_in_markdown_is_read_back_without_spans() -> None:
    blocks = read_back(write(REPORT, to="md", title=""), "md").blocks
    assert texts(blocks) == texts(REPORT)
    assert first_places(blocks) == first_places(REPORT)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_docx_is_read_back(blocks: list[Block]) -> None:
    found = read_back(write(blocks, to="docx", title=""), "docx").blocks
    assert (texts(found), places(found)) == (texts(blocks), places(blocks))


@settings(max_examples=150, deadline=None)
@given(documents)
def test_html_is_read_back(blocks: list[Block]) -> None:
    found = read_back(write(blocks, to="html", title="标题"), "html").blocks
    assert (texts(found), places(found)) == (texts(blocks), places(blocks))


@settings(max_examples=150, deadline=None)
@given(documents)
def test_markdown_is_read_back(blocks: list[Block]) -> None:
    found = read_back(write(blocks, to="md", title=""), "md").blocks
    assert (texts(found), first_places(found)) == (texts(blocks), first_places(blocks))
