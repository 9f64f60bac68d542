"""Text and HTML reports: bytes to the report's model."""

import random

from tests.report.samples import sample_report

from bench.timing import ratio, seconds
from gongkai.documents.writing import write
from gongkai.report.check import check
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.model import Report
from gongkai.report.reading import read_report


def rows() -> list[tuple[str, float, str]]:
    """Reports a second as text and HTML, the ratio to lxml alone, and the check of a read report."""
    import lxml.html

    reports = [sample_report(random.Random(seed)) for seed in range(60)]
    texts = [as_bytes(report, "md") for report in reports]
    pages = [as_bytes(report, "html") for report in reports]
    read = [read_report(text) for text in texts]
    longest = max(read, key=lambda report: sum(len(p.text) for p in report.paragraphs))
    size = sum(len(p.text) for p in longest.paragraphs)
    return [
        ("text: reports read a second, one core", 60 / seconds(lambda: [read_report(t) for t in texts]), "≥ 400"),
        ("html: reports read a second, one core", 60 / seconds(lambda: [read_report(p) for p in pages]), "≥ 400"),
        (
            "html: read / lxml.html parse of the same bytes",
            ratio(lambda: [read_report(p) for p in pages], lambda: [lxml.html.document_fromstring(p) for p in pages]),
            "≤ 4",
        ),
        (
            "check of a read report, ms for each 5,000 characters",
            seconds(lambda: check(longest)) * 1000 * 5000 / size,
            "≤ 5",
        ),
    ]


def as_bytes(report: Report, to: str) -> bytes:
    """The report written in a format."""
    return write(blocks_of(report), to=to, title=title_text(report))
