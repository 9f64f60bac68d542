"""Citations of laws and official documents (引用): found in a text, written in the official form, held against a table.

The table, `data/documents.toml`, holds the documents that texts on government information disclosure cite. What is not
in it is never called wrong: most documents that an office cites are local ones.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gongkai.law import document_numbers, numerals, titles
from gongkai.law.document_numbers import Number
from gongkai.law.titles import Span, Title

_NUMERAL = "[〇零一二三四五六七八九十百千\\d]+"
_PLACE = re.compile(rf"第({_NUMERAL})条(?:第({_NUMERAL})款)?(?:第[（(]?({_NUMERAL})[）)]?项)?")
_NATIONAL = ("国", "中办", "中发", "法释")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One row of the table. `names` are other right names, `notice` is the paper that printed it.

    `articles` is the number of its last article; `source` says how the row is known: the `text` was read, the head of
    its `notice` was read in a copy, or `general` knowledge. What is None is not known for certain.
    """

    title: str
    kind: str
    source: str
    number: Number | None = None
    names: tuple[str, ...] = ()
    notice: str | None = None
    issued: date | None = None
    in_force: date | None = None
    repealed: date | None = None
    replaced_by: str | None = None
    articles: int | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A mention of a document: by title, by number or by both, with the place inside it where one is named.

    `start` and `end` count characters of the text; `title_span` is what stands between the outer marks, `number_span`
    the number with its agency code, `article_span` the words 第…条.
    """

    start: int
    end: int
    title: str | None = None
    title_span: Span | None = None
    number: Number | None = None
    number_span: Span | None = None
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    article_span: Span | None = None


class Fault(StrEnum):
    """What can be wrong with a citation."""

    TITLE = "title"
    NUMBER = "number"
    AGENCY = "agency"
    ARTICLE = "article"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault, the span of the characters in question, what should stand there (None: unknown), and the document."""

    fault: Fault
    span: Span
    expected: str | None
    document: Document


@cache
def documents() -> tuple[Document, ...]:
    """The table of documents."""
    text = files("gongkai.law").joinpath("data/documents.toml").read_text(encoding="utf-8")
    return tuple(_document(row) for row in tomllib.loads(text)["document"])


def documents_named(title: str) -> tuple[Document, ...]:
    """The documents that bear this title, however its inner marks are printed: newest first; none when unknown."""
    return _by_name().get(titles.key(title), ())


def document_numbered(number: Number) -> Document | None:
    """The document of the table with this number."""
    return _by_number().get(number)


def parse(text: str) -> list[Citation]:
    """Every citation in `text`, in order: titles between 《》 with what follows them, and numbers standing alone.

    Numbers are read whatever brackets they are printed in, and articles in Chinese or Arabic figures.
    """
    numbers = sorted(document_numbers.parse(text), key=lambda one: one[1])
    titled = [_titled(text, title, numbers) for title in titles.parse(text) if title.depth == 0]
    starts = [citation.start for citation in titled]
    alone = [
        Citation(start=span[0], end=span[1], number=number, number_span=span)
        for number, span in numbers
        if not (before := bisect_right(starts, span[0])) or titled[before - 1].end < span[1]
    ]
    return sorted([*titled, *alone], key=lambda citation: citation.start)


def format(citation: Citation) -> str:  # noqa: A001  named like its twin `parse`; always used as citations.format
    """The citation in the official form: 《…》（国办函〔2020〕109号）第三条第二款第（一）项."""
    text = f"《{titles.proper(citation.title)}》" if citation.title is not None else ""
    if citation.number is not None:
        text += f"（{citation.number}）" if text else str(citation.number)
    for value, form in ((citation.article, "第{}条"), (citation.paragraph, "第{}款"), (citation.item, "第（{}）项")):
        if value is not None:
            text += form.format(numerals.chinese(value))
    return text


def check(citation: Citation, on: date | None = None) -> tuple[Mistake, ...]:
    """What is wrong with a citation, as far as the table knows the document. `on` asks whether it was then in force."""
    if slip := _title_mistake(citation):
        return (slip,)
    named = documents_named(citation.title) if citation.title else ()
    return (
        *_number_mistakes(citation, named),
        *_article_mistakes(citation, named),
        *_repealed(citation, named, on),
    )


@lru_cache(maxsize=4096)
def nearest_title(title: str) -> tuple[str, Document] | None:
    """The title of the table that `title` is a slip of, with its document; None for a right or an unknown title."""
    if documents_named(title):
        return None
    name = titles.nearest(title, _names())
    return (name, documents_named(name)[0]) if name else None


def _document(row: dict[str, Any]) -> Document:
    number = document_numbers.number_of(row["number"]) if "number" in row else None
    return Document(**(row | {"number": number, "names": tuple(row.get("names", ()))}))


@cache
def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for document in documents() for name in _all_names(document)))


@cache
def _by_name() -> Mapping[str, tuple[Document, ...]]:
    found: dict[str, tuple[Document, ...]] = {}
    for document in documents():
        for name in _all_names(document):
            key = titles.key(name)
            if document not in found.get(key, ()):
                found[key] = (*found.get(key, ()), document)
    return MappingProxyType(found)


@cache
def _by_number() -> Mapping[Number, Document]:
    return MappingProxyType({document.number: document for document in documents() if document.number})


def _all_names(document: Document) -> Iterator[str]:
    yield document.title
    yield from document.names
    if document.notice:
        yield document.notice


def _titled(text: str, title: Title, numbers: list[tuple[Number, Span]]) -> Citation:
    end = title.end + 1
    number, number_span = _number_after(text, end, numbers)
    if number_span is not None:
        end = number_span[1] + (text[number_span[1] : number_span[1] + 1] in ("）", ")"))
    place = _PLACE.match(text, end)
    return Citation(
        start=title.start - 1,
        end=place.end() if place else end,
        title=title.text,
        title_span=(title.start, title.end),
        number=number,
        number_span=number_span,
        article=numerals.value(place[1]) if place else None,
        paragraph=numerals.value(place[2]) if place and place[2] else None,
        item=numerals.value(place[3]) if place and place[3] else None,
        article_span=(place.start(), text.index("条", place.start()) + 1) if place else None,
    )


def _number_after(text: str, end: int, numbers: list[tuple[Number, Span]]) -> tuple[Number, Span] | tuple[None, None]:
    """The number in round brackets that follows a title."""
    index = bisect_right(numbers, end, key=lambda one: one[1][0])
    if index < len(numbers):
        number, span = numbers[index]
        if span[0] <= end + 9 and re.fullmatch(r"[（(](?:中华人民共和国)?\s*", text[end : span[0]]):
            return number, span
    return None, None


def _title_mistake(citation: Citation) -> Mistake | None:
    """The slip in the title, or in the title inside it: the inner one tells more exactly what is wrong."""
    if citation.title is None or citation.title_span is None:
        return None
    offset = citation.title_span[0] - 1
    for title in sorted(titles.parse(f"《{citation.title}》"), key=lambda one: -one.depth):
        if known := nearest_title(title.text):
            return Mistake(Fault.TITLE, (title.start + offset, title.end + offset), *known)
    return None


def _number_mistakes(citation: Citation, named: tuple[Document, ...]) -> Iterator[Mistake]:
    number, span = citation.number, citation.number_span
    if number is None or span is None or citation.title is None:
        return
    numbers = {document.number: document for document in named if document.number}
    if numbers:
        right, document = next(iter(numbers.items()))
        if number in numbers or right is None or not number.agency.startswith(_NATIONAL):
            return
        if (number.year, number.serial) == (right.year, right.serial):
            yield Mistake(Fault.AGENCY, (span[0], span[0] + len(number.agency)), right.agency, document)
        else:
            yield Mistake(Fault.NUMBER, span, str(right), document)
    elif not named and (other := document_numbered(number)) and titles.unlike(citation.title, tuple(_all_names(other))):
        yield Mistake(Fault.NUMBER, span, None, other)


def _article_mistakes(citation: Citation, named: tuple[Document, ...]) -> Iterator[Mistake]:
    last = max((document.articles or 0 for document in named), default=0)
    if citation.article is not None and citation.article_span and last and not 1 <= citation.article <= last:
        yield Mistake(Fault.ARTICLE, citation.article_span, None, named[0])


def _repealed(citation: Citation, named: tuple[Document, ...], on: date | None) -> Iterator[Mistake]:
    document = document_numbered(citation.number) if citation.number else None
    meant = (document,) if document else named
    if on is None or not meant or not all(one.repealed and one.repealed <= on for one in meant):
        return
    span = citation.number_span or citation.title_span or (citation.start, citation.end)
    yield Mistake(Fault.REPEALED, span, meant[0].replaced_by if citation.number else None, meant[0])
