"""What a PDF carries that its printed page does not show: each way is told, and no usual page is suspected."""

import pytest
from tests.documents.pdfs import HEIGHT, WIDTH, box, pdf, picture, stream, text

from gongkai.documents.limits import DEFAULT, Damaged
from gongkai.documents.pdf_hidden import COVERED, OUTSIDE, SCANNED, UNSEEN, head_lines, hidden_in_pdf

NAME = text("Zhang San 13800000000", 50, 700)
OVER_NAME = (40, 695, 300, 20)


def told(data: bytes) -> list[tuple[str, str, str]]:
    return [(one.kind, one.where, one.text) for one in hidden_in_pdf(data, DEFAULT)]


HIDDEN = {
    "a black box drawn over a name": (NAME + box(*OVER_NAME), COVERED),
    "a white box drawn over a name": (NAME + box(*OVER_NAME, colour="1 1 1"), COVERED),
    "a thick stroke of a pen": (NAME + "q 16 w 40 704 m 340 704 l S Q\n", COVERED),
    "a picture pasted over a name": (NAME + picture(*OVER_NAME), COVERED),
    "a clipped box that reaches the name": (NAME + f"q {' '.join(map(str, OVER_NAME))} re W n 0 0 600 800 re f Q\n", COVERED),
    "words without ink": (text("Zhang San 13800000000", mode=3), UNSEEN),
    "white words on white paper": (text("Zhang San 13800000000", colour="1 1 1"), UNSEEN),
    "white words on a white box": (box(*OVER_NAME, colour="1 1 1") + text("Zhang San 13800000000", colour="1 1 1"), UNSEEN),
    "words beyond the edge of the page": (text("Zhang San 13800000000", WIDTH + 20), OUTSIDE),
    "words recognised on a scan": (picture(0, 0, WIDTH, HEIGHT) + text("Zhang San 13800000000", mode=3), SCANNED),
    "words below their scan": (text("Zhang San 13800000000") + picture(0, 0, WIDTH, HEIGHT), SCANNED),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_told_with_its_words(name: str) -> None:
    content, kind = HIDDEN[name]
    assert told(pdf(text("Notice", 50, 760), content)) == [(kind, "第2页", "ZhangSan13800000000")]


SEEN = {
    "plain words": NAME,
    "a grey box behind words": box(*OVER_NAME, colour=".9 .9 .9") + NAME,
    "white words on a dark box": box(*OVER_NAME, colour="0 0 .4") + text("Zhang San", colour="1 1 1"),
    "white words on a picture": picture(*OVER_NAME) + text("Zhang San", colour="1 1 1"),
    "a box beside words": NAME + box(40, 600, 300, 20),
    "an underline drawn after the words": NAME + box(50, 697, 120, 1),
    "a stroke through words": NAME + "q 1 w 40 704 m 340 704 l S Q\n",
    "a frame around words": NAME + f"{' '.join(map(str, OVER_NAME))} re S\n",
    "a marker that lets the words through": NAME + box(*OVER_NAME, colour="1 1 0", state="Soft"),
    "a page-wide box that is clipped elsewhere": NAME + "q 40 100 300 20 re W n 0 0 600 800 re f Q\n",
    "a scan alone": picture(0, 0, WIDTH, HEIGHT),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_is_not_suspected(name: str) -> None:
    assert told(pdf(SEEN[name])) == []


def test_only_the_covered_part_of_a_line_is_told() -> None:
    assert told(pdf(text("seen") + text("gone", 300) + box(295, 695, 60, 20))) == [(COVERED, "第1页", "gone")]


def form(content: str) -> str:
    """A form that is drawn moved by 40 to the right, 600 up, and at twice its size."""
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[2 0 0 2 40 600]/Resources<</Font<</F1 3 0 R>>>>"
    return stream(content, entries)


def test_what_a_form_draws_covers_and_is_covered_where_it_stands() -> None:
    over = form(box(0, 47, 150, 12))  # 40 to 340, 694 to 718 on the page
    assert told(pdf(NAME + "q /Fm1 Do Q\n", objects=[over])) == [(COVERED, "第1页", "ZhangSan13800000000")]
    assert told(pdf(NAME + "q /Fm1 Do Q\n", objects=[form(box(0, 0, 150, 12))])) == []
    words = form(text("gone", 5, 50, size=6))  # at 50, 700 on the page
    assert told(pdf("q /Fm1 Do Q\n" + box(*OVER_NAME), objects=[words])) == [(COVERED, "第1页", "gone")]


NOTES = {
    "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(who is this)>>": ("批注", "who is this"),
    "<</Type/Annot/Subtype/Highlight/Rect[40 695 340 715]/QuadPoints[40 715 340 715 40 695 340 695]>>": ("批注", "Zhang San 13800000000"),
    "<</Type/Annot/Subtype/Square/Rect[40 695 340 715]/IC[0 0 0]/C[0 0 0]>>": ("批注图形下的文字", "Zhang San 13800000000"),
    "<</Type/Annot/Subtype/Redact/Rect[40 695 340 715]>>": ("没有执行的遮盖", "Zhang San 13800000000"),
}  # fmt: skip


@pytest.mark.parametrize("note", NOTES)
def test_annotations_are_told_with_what_they_say_or_lie_on(note: str) -> None:
    kind, words = NOTES[note]
    assert told(pdf(NAME, annotations=[note])) == [(kind, "第1页", words)]


@pytest.mark.parametrize("kind", ["Link", "Widget"])
def test_links_and_seals_are_no_notes(kind: str) -> None:
    assert told(pdf(NAME, annotations=[f"<</Type/Annot/Subtype/{kind}/Rect[40 695 340 715]>>"])) == []


def test_author_attachments_and_earlier_versions_are_told() -> None:
    files = [
        "<</Type/Filespec/F(list.xlsx)/UF(list.xlsx)/EF<</F 21 0 R>>>>",
        "<</Type/EmbeddedFile/Length 4>>\nstream\nabcd\nendstream",
    ]
    data = pdf(
        NAME,
        info="/Author(Wang Min)/Title(Notice)",
        names="/EmbeddedFiles<</Names[(list.xlsx) 20 0 R]>>",
        objects=files,
    )
    assert told(data) == [("metadata", "作者", "Wang Min"), ("附件", "文件", "list.xlsx")]
    assert ("旧版本", "文件", "保存过2次，改动以前的内容仍在文件中") in told(data + b"\nstartxref\n0\n%%EOF\n")


def test_the_head_of_page_one_keeps_its_lines() -> None:
    data = pdf(text("000001", 50, 760) + text("SECRET", 50, 740) + text("far below", 50, 100), text("second page"))
    assert head_lines(data) == ["000001", "SECRET"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", pdf(NAME)[:300]])
def test_a_broken_file_is_told(data: bytes) -> None:
    with pytest.raises(Damaged, match="损坏"):
        hidden_in_pdf(data, DEFAULT)


def test_a_page_with_dark_heads_shades_and_marks_is_not_suspected() -> None:
    weasyprint = pytest.importorskip("weasyprint")
    rows = "".join(
        f'<tr style="background:{"#fff" if n % 2 else "#ddd"}"><td>row {n}</td><td><u>under</u> <s>struck</s></td></tr>'
        for n in range(60)
    )
    page = f'<h1 style="background:#17406d;color:#fff">head</h1><table border=1 style="background:#eee">{rows}</table>'
    assert told(weasyprint.HTML(string=page).write_pdf()) == []
