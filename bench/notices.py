"""A notice as a document, warm: a whole letter from its facts, beside what no writer of the format can do without."""

import io
from collections.abc import Callable

from tests.inforequests.notices.letters import facts_of

from bench.timing import seconds
from gongkai.documents.write_pdf import _weasyprint
from gongkai.documents.writing import write
from gongkai.inforequests.notices.checking import check
from gongkai.inforequests.notices.layout import blocks, letter_of
from gongkai.inforequests.notices.wording import compose

KIND = "partly_granted"


def rows() -> list[tuple[str, float, str]]:
    """Milliseconds: the letter as Word file and as PDF with its words composed and laid out, its check, and the bare."""
    facts = facts_of(KIND)
    text = compose(facts)
    letter = letter_of(facts, text)
    return [
        ("notice as docx, ms", _ms(lambda: _written("docx"), 25), "≤ 20"),
        ("python-docx saving the same text, ms", _ms(lambda: _saved([letter.title, *letter.body]), 25), "told"),
        ("notice as pdf, ms", _ms(lambda: _written("pdf"), 9), "≤ 400"),
        ("an empty WeasyPrint page, ms", _ms(_empty_page, 9), "told"),
        ("notice checked before issue, ms", _ms(lambda: check(letter, facts), 25), "told"),
    ]


def _ms(work: Callable[[], object], runs: int) -> float:
    return 1000 * seconds(work, runs=runs)


def _written(to: str) -> bytes:
    facts = facts_of(KIND)
    letter = letter_of(facts, compose(facts))
    return write(blocks(letter), to=to, title=letter.title)


def _saved(paragraphs: list[str]) -> bytes:
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _empty_page() -> bytes:
    html, fonts = _weasyprint()
    data: bytes = html(string="<p></p>").write_pdf(font_config=fonts)
    return data
