"""Text and HTML reports: bytes to the report's model."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import process_time
from typing import TypeVar

import lxml.html
from tests.report.pages import served_page
from tests.report.samples import sample_report

from bench import timing
from gongkai.batch.worker import spare_the_collector
from gongkai.documents.html import read_html
from gongkai.documents.limits import DEFAULT
from gongkai.documents.writing import write
from gongkai.report.check import check
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.model import Report
from gongkai.report.reading import interpret, read_report

T = TypeVar("T")
seconds = partial(timing.seconds, clock=process_time)
ratio = partial(timing.ratio, clock=process_time)


def rows() -> Iterator[tuple[str, float, str]]:
    """Reports a second as text and as pages, pages against lxml alone, and the check of a read report.

    Pages are of two kinds: as government sites serve reports, and our own output, which has hardly any markup.
    """
    reports = [sample_report(random.Random(seed)) for seed in range(60)]
    spare_the_collector()  # as the children do that read files
    served = [served_page(report, random.Random(seed)) for seed, report in enumerate(reports)]
    lean = [as_bytes(report, "html") for report in reports]
    texts = [as_bytes(report, "md") for report in reports]
    yield "text: reports read a second, one core", 60 / seconds(lambda: [read_report(t) for t in texts]), "≥ 400"
    for kind, pages, wanted in (("pages as sites serve them", served, "≤ 4"), ("our own pages", lean, "told")):
        yield f"html, {kind}: KB a page", sum(map(len, pages)) / len(pages) / 1000, "told"
        yield f"html, {kind}: reports read a second, one core", 60 / seconds(partial(each, read_report, pages)), "≥ 400"
        parse = partial(each, lxml.html.document_fromstring, pages)
        blocks = partial(each, partial(read_html, limits=DEFAULT), pages)
        yield f"html, {kind}: bytes to blocks / lxml.html parse", ratio(blocks, parse), wanted
        yield f"html, {kind}: whole read / lxml.html parse", ratio(partial(each, read_report, pages), parse), wanted
    # Grids keep what they once worked out, so each run has documents of its own.
    documents = iter([[read_html(page, DEFAULT) for page in lean] for _ in range(8)])
    yield "blocks to report, ms a report", seconds(lambda: each(interpret, next(documents))) * 1000 / 60, "told"
    longest = max(map(read_report, texts), key=lambda report: sum(len(p.text) for p in report.paragraphs))
    size = sum(len(p.text) for p in longest.paragraphs)
    yield (
        "check of a read report, ms for each 5,000 characters",
        seconds(lambda: check(longest)) * 1000 * 5000 / size,
        "≤ 5",
    )


def each(work: Callable[[T], object], items: Sequence[T]) -> None:
    """Does the work for each item and keeps nothing."""
    for item in items:
        work(item)


def as_bytes(report: Report, to: str) -> bytes:
    """The report written in a format."""
    return write(blocks_of(report), to=to, title=title_text(report))
