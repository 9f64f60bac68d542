"""Citations in a text: the marks of document numbers and titles, and whether title, number and article agree."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.documents.blocks import Paragraph
from gongkai.findings import PRACTICE, Finding, Severity
from gongkai.law import citations, titles
from gongkai.law.citations import Citation, Document, Fault, Mistake

RULE = "proof.citation"
_NUMBER_BASIS = "GB/T 9704-2012 7.2.5"
_MARK_BASIS = "GB/T 15834-2011 4.15"
_ORDINAL_ALLOWED = ("令", "公告")
"""Orders and notices to the public of some ministries carry 第 behind the year."""
_PRINTED = re.compile(
    r"(?P<head>[ \u3000]*)(?P<opening>[〔\[【（(〖［﹝])(?P<s1>[ \u3000]*)\d{4}(?P<yearly>年?)(?P<s2>[ \u3000]*)"
    r"(?P<closing>[〕\]】）)〗］﹞])(?P<s3>[ \u3000]*)(?P<ordinal>第?)(?P<s4>[ \u3000]*)(?P<zeros>0*)\d+"
    r"(?P<tail>[ \u3000]*)号"
)
_HISTORY = re.compile(r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*第[一-龥]{1,3}届全国人民代表大会")
"""The history at the head of a statute, which its registers print with < >: copied, not written."""
_NAME = "政府信息公开条例"
_NAMED = re.compile(_NAME + "(?!实施|[》〉])")
_STATE = "中华人民共和国"
_CITING = (
    *("实施", "贯彻", "落实", "按照", "根据", "依据", "依照", "执行", "学习", "宣传", "遵守", "遵循"),
    *("修订的", "修订后的"),
)
_BARE = re.compile(r"(?:按照|根据|依据|依照)([一-龥]{6,40}?(?:条例|办法|解释))(?![一-龥]{0,3}[》〉])")
_REPEAL = re.compile("废止|失效|停止执行|取代|代替|修订前|原《|此前|当时|不再")
_REPEAL_REACH = 20
_TOPIC_REACH = 40
"""How far, in characters, from a number the word may stand that shows what it is cited for."""


def citation_findings(paragraph: Paragraph, *, year: int | None = None) -> Iterable[Finding]:
    """What is wrong with the documents that a paragraph cites. Documents outside the table: marks alone.

    `year` is the year that the text reports on: what was repealed by its end is no basis any more.
    """
    text = paragraph.text
    marked = "《" in text
    if not marked and "号" not in text and "公开" not in text:
        return ()
    findings: list[Finding] = []
    if marked:
        findings += _inner_marks(paragraph)
    if marked or "号" in text:
        for citation in citations.parse(text):
            findings += _cited(paragraph, citation, date(year, 12, 31) if year else None)
    if _NAME in text:
        findings += _unmarked(paragraph)
    if "公开" in text and ("条例" in text or "办法" in text or "解释" in text):
        findings += _bare(paragraph)
    return findings


def _cited(paragraph: Paragraph, citation: Citation, on: date | None) -> Iterator[Finding]:
    if citation.number is not None and citation.number_span is not None and citation.number.year is not None:
        yield from _number_marks(paragraph, citation)
    for mistake in citations.check(citation, on):
        if mistake.fault is Fault.REPEALED and _tells_of_repeal(paragraph.text, citation):
            continue
        yield _mistaken(paragraph, citation, mistake)
    if citation.title is None and (mistake_ := _misattributed(paragraph.text, citation)):
        yield _mistaken(paragraph, citation, mistake_)


def _number_marks(paragraph: Paragraph, citation: Citation) -> Iterator[Finding]:
    """The marks of a document number: each wrong one by itself, so that a repair touches nothing else."""
    number, span = citation.number, citation.number_span
    assert number is not None
    assert span is not None
    match = _PRINTED.search(paragraph.text, span[0] + len(number.agency), span[1])
    if match is None:
        return
    printed = paragraph.text[span[0] : span[1]]

    def finding(group: str, expected: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
        return _finding(
            paragraph,
            match.span(group),
            expected,
            f"文号“{printed}”{message}，应写作“{number}”。",
            _NUMBER_BASIS,
            severity,
        )

    for group, mark in (("opening", "〔"), ("closing", "〕")):
        if match[group] != mark:
            yield finding(group, mark, "的年份没有用六角括号〔〕括入")
    if match["yearly"]:
        yield finding("yearly", "", "的括号内多了“年”字")
    if match["ordinal"] and not number.agency.endswith(_ORDINAL_ALLOWED):
        yield finding("ordinal", "", "的发文顺序号前加了“第”字")
    if match["zeros"]:
        yield finding("zeros", "", "的发文顺序号编了虚位")
    for group in ("head", "s1", "s2", "s3", "s4", "tail"):
        if match[group]:
            yield finding(group, "", "中间有空格", Severity.HINT)


def _inner_marks(paragraph: Paragraph) -> Iterator[Finding]:
    if _HISTORY.match(paragraph.text):
        return
    for title in titles.parse(paragraph.text):
        right = "《》" if title.depth % 2 == 0 else "〈〉"
        if title.depth == 0:
            continue
        for mark, expected, start in ((title.opening, right[0], title.start - 1), (title.closing, right[1], title.end)):
            if mark != expected:
                message = f"书名号内的“{title.text}”还要加书名号时，应使用{right}。"
                yield _finding(paragraph, (start, start + 1), expected, message, _MARK_BASIS)


def _mistaken(paragraph: Paragraph, citation: Citation, mistake: Mistake) -> Finding:
    document = mistake.document
    printed = paragraph.text[mistake.span[0] : mistake.span[1]]
    match mistake.fault:
        case Fault.TITLE:
            message = f"文件名称“{printed}”有误，规范名称是“{mistake.expected}”{_numbered(document)}。"
        case Fault.AGENCY:
            message = f"发文机关代字“{printed}”有误，《{document.title}》的文号是{document.number}。"
        case Fault.NUMBER if mistake.expected is None:
            message = f"文号与文件名称对不上：{printed}是《{document.title}》的文号，请核对“{citation.title}”的文号。"
        case Fault.NUMBER:
            message = f"文号与文件名称对不上：《{document.title}》的文号是{mistake.expected}，现为“{printed}”，请核对。"
        case Fault.REPEALED:
            instead = f"，现行的是{document.replaced_by}" if document.replaced_by else ""
            message = f"“{printed}”自{_day(document.repealed)}起不再适用{instead}，请核对依据。"
        case _:
            message = f"《{document.title}》共{document.articles}条，没有“{printed}”，请核对条文序号。"
    return _finding(paragraph, mistake.span, mistake.expected, message, str(document.number or document.title))


def _tells_of_repeal(text: str, citation: Citation) -> bool:
    """Whether the words around a citation say themselves that it belongs to the past."""
    around = text[max(0, citation.start - _REPEAL_REACH) : citation.end + _REPEAL_REACH]
    return _REPEAL.search(around) is not None


def _misattributed(text: str, citation: Citation) -> Mistake | None:
    """A number cited alone whose year and serial are those of a document on this very topic, but not its code."""
    number, span = citation.number, citation.number_span
    if number is None or span is None or citations.document_numbered(number) or not number.agency.startswith("国办"):
        return None
    near = text[max(0, span[0] - _TOPIC_REACH) : span[1] + _TOPIC_REACH]
    for document in citations.documents():
        right = document.number
        if (
            right is not None
            and (right.year, right.serial) == (number.year, number.serial)
            and document.topic
            and document.topic in near
        ):
            return Mistake(Fault.AGENCY, (span[0], span[0] + len(number.agency)), right.agency, document)
    return None


def _unmarked(paragraph: Paragraph) -> Iterator[Finding]:
    """The Regulation named in running text without title marks, where the words before show that it is cited."""
    text = paragraph.text
    for match in _NAMED.finditer(text):
        start, before = match.start(), text[: match.start()]
        full = before.endswith(_STATE) and before.removesuffix(_STATE)[-1:] > "一"
        if full or before.endswith(_CITING):
            right = f"《{_STATE}{_NAME}》"
            message = f"引用法规名称应当加书名号，首次出现宜用全称：{right}。"
            span = (start - len(_STATE) * full, match.end())
            yield _finding(paragraph, span, right, message, _MARK_BASIS, Severity.HINT)


def _bare(paragraph: Paragraph) -> Iterator[Finding]:
    """Titles without marks after words of citing, where they are slips of a title of the table."""
    for match in _BARE.finditer(paragraph.text):
        if known := citations.nearest_title(match[1]):
            yield _mistaken(paragraph, Citation(start=0, end=0), Mistake(Fault.TITLE, match.span(1), *known))


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "废止之日"


def _numbered(document: Document) -> str:
    return f"（{document.number}）" if document.number else ""


def _finding(
    paragraph: Paragraph,
    span: tuple[int, int],
    expected: str | None,
    message: str,
    basis: str = PRACTICE,
    severity: Severity = Severity.ERROR,
) -> Finding:
    return Finding(
        rule=RULE,
        severity=severity,
        where=paragraph.where(span[0]),
        message=message,
        expected=expected,
        found=paragraph.text[span[0] : span[1]],
        basis=basis,
    )
