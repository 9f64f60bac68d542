"""Parts told against the whole they are parts of: N-PARTS."""

import re
from collections.abc import Iterator

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.report.check.told import MEASURE, NUMBER, number, squeezed
from gongkai.report.model import Report

_COUNTED = re.compile(NUMBER + f"(?P<measure>[{MEASURE}篇场期人])")
_PART = re.compile(
    rf"(?P<n>\d+)(?=[余多])[余多](?P<at_least>[{MEASURE}篇场期人])|{_COUNTED.pattern.replace('?P<n>', '?P<exact>')}"
)
_DIMENSIONS = (
    ("applicant", re.compile("自然人|公民|个人|企业|法人|科研机构|公益组织|法律服务|其他组织")),
    ("channel", re.compile("网[络上站]|邮[寄件政箱]|信函|当面|现场|传真|窗口|在线|平台提交|来信")),
    ("result", re.compile("予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|结转")),
)
_VAGUE = re.compile("[等约近]|主要|以上|左右|包括|含|涉及|转载|累计")
_AT_LEAST = re.compile(rf"\d[余多][{MEASURE}篇场期人]")
_PLATFORMS = re.compile("网站|微信|微博|公众号|新媒体|平台|客户端|公告栏|公开栏|短视频")
"""The same text is published on several of them, so that their counts do not add up."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_SENTENCE = re.compile(r"[^。；;]+")


def part_findings(report: Report) -> list[Finding]:
    """Parts behind 其中 that exceed their whole, or miss it where they are evidently all there are."""
    return [
        finding for paragraph in report.paragraphs if "其中" in paragraph.text for finding in _parts(report, paragraph)
    ]


def _parts(report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    text = squeezed(paragraph)
    for sentence in _SENTENCE.finditer(text.text):
        head, mark, tail = sentence[0].partition("其中")
        if not mark or "其中" in tail:
            continue
        wholes = list(_COUNTED.finditer(_ASIDE.sub(lambda aside: "，" * len(aside[0]), head)))
        if not wholes or _VAGUE.search(tail):
            continue
        whole = wholes[-1]
        value = number(whole["n"])
        if whole["measure"] not in "件宗份" and _PLATFORMS.search(tail):
            continue
        for dimension, told in _by_dimension(tail, whole["measure"]).items():
            if value is not None and _is_wrong(
                report, dimension, told, value, is_vague=_AT_LEAST.search(tail) is not None
            ):
                yield Finding(
                    rule="N-PARTS",
                    severity=Severity.WARNING,
                    where=text.where(sentence.start() + whole.start()),
                    message=f"“其中”所列各项合计{sum(told)}，与总数{value}不一致，请核对",
                    expected=value,
                    found=sum(told),
                )


def _by_dimension(tail: str, measure: str) -> dict[str, list[int]]:
    """The parts in the measure of the whole, apart by what they are parts of: applicants, channels, results, others."""
    parts: dict[str, list[int]] = {}
    last = 0
    for match in _PART.finditer(tail):
        words = tail[last : match.start()]
        last = match.end()
        value = number(match["exact"] or match["n"])
        if (match["measure"] or match["at_least"]) == measure and value is not None:
            dimension = next((name for name, pattern in _DIMENSIONS if pattern.search(words)), "other")
            parts.setdefault(dimension, []).append(value)
    return parts


def _is_wrong(report: Report, dimension: str, told: list[int], whole: int, *, is_vague: bool) -> bool:
    total = sum(told)
    if dimension == "result":
        lawful = {whole, report.cells.get("requests.processed_total.total")}
        carried = int(report.cells.get("requests.carried_in.total") or 0)
        return len(told) > 1 and total not in lawful and total > whole + carried
    if total > whole:
        return True
    return dimension in ("applicant", "channel") and len(told) > 1 and total < whole and not is_vague
