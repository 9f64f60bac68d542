"""State secrets' marks (国家秘密标志): their form at the head of page one, never a word in a sentence. Knows no Django.

The mark is a level with ★ and mostly a period (`机密★5年`, `绝密★`, `秘密★启用前`), in older files a level and a period
(`秘密10年`); it stands on a line of its own, or beside the copy number and the urgency (GB/T 9704-2012 §7.2).
"""

import re
import unicodedata
from collections.abc import Iterable

_LEVEL = "(?:绝密|机密|秘密)"
_STAR = "[★☆⭐]"
_SPAN = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:年|个月|日|天))"
_DAY = r"(?:\d{4}年\d{1,2}月\d{1,2}日(?:前|解密|启用)?)"
_PERIOD = f"(?:{_SPAN}|{_DAY}|长期|(?:启用|解密|公布|考试)前)"
_MARK = re.compile(
    rf"(?:份?号?[:：]?\d{{1,8}})?(?:密级(?:和保密期限)?[:：]?)?"
    rf"(?P<mark>{_LEVEL}(?:{_STAR}{_PERIOD}?|\*?{_PERIOD}))(?:特提|特急|加急|平急)?(?:份?号?[:：]?\d{{1,8}})?"
)
_STARRED = re.compile(f"{_LEVEL}{_STAR}{_PERIOD}?")
_GAP = re.compile(r"[ \t\u3000\xa0]{2,}|[\t\n]")
_HEAD_LINES = 12
"""Copy number, mark and urgency stand above the red head of a document, its title and number below."""


def mark_in(lines: Iterable[str], *, headers: Iterable[str] = ()) -> str:
    """The mark at the head of page one, as it is written; empty where there is none.

    `lines` are the first page's from its top; `headers` what stands in the page header, whose lines are not parted.
    """
    shown = [line for line in lines if line.strip()][:_HEAD_LINES]
    for line in shown:
        for part in (line, *_GAP.split(line)):
            found = _MARK.fullmatch(_plain(part))
            if found is not None:
                return found["mark"]
    for header in headers:
        found = _MARK.fullmatch(_plain(header)) or _STARRED.match(_plain(header))
        if found is not None:
            return found[0]
    return ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
