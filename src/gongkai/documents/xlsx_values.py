"""What a cell of a spreadsheet shows: texts, figures without the noise of their binary form, shares and days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from lxml import etree

from gongkai.documents.xml import parse, whole

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TRUTH = {"1": "TRUE", "0": "FALSE"}
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# What a format shows as it stands: texts, conditions and colours, signs behind a backslash or for their width only.
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
# The built-in formats that show a day or a time, as a Chinese Excel has them (§18.8.30).
_DATES = {14: "ymd", 15: "ymd", 16: "md", 17: "ym", 22: "ymdh", 30: "ymd", 31: "ymd"}
_DATES |= dict.fromkeys((27, 36, 50, 52, 57), "ym") | dict.fromkeys((28, 29, 51, 53, 54, 58), "md")
_DATES |= dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h")
_SHARES = frozenset({9, 10})
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  days of the sheet, no moments
_LAST_DAY = 2_958_465


class Look(Enum):
    """What a number format makes of a number, as far as it would be read as another one."""

    NUMBER = "number"
    SHARE = "share"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Format:
    """How cells of a style look: `parts` of a date that are shown (y, m, d, h), and whether the cell has a border."""

    look: Look = Look.NUMBER
    parts: str = ""
    bordered: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """All that the cells of a workbook refer to: shared texts, formats, and the day from which days are counted."""

    texts: Sequence[str]
    formats: Sequence[Format]
    from_1904: bool = False

    def format_of(self, cell: etree._Element) -> Format:
        """The format of a cell."""
        index = whole(cell.get("s"), 0)
        return self.formats[index] if index < len(self.formats) else Format()

    def text_of(self, cell: etree._Element) -> str:
        """A cell as it would be read; a formula that was never calculated shows itself."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return joined(cell)
        raw = cell.findtext(f"{S}v") or ""
        if not raw:
            formula = cell.findtext(f"{S}f") or ""
            return f"={formula}" if formula else ""
        if kind == "s":
            index = whole(raw, len(self.texts))
            return self.texts[index] if index < len(self.texts) else ""
        if kind == "b":
            return _TRUTH.get(raw, raw)
        return _unescaped(raw) if kind in ("str", "e", "d") else self._number(raw, self.format_of(cell))

    def _number(self, raw: str, form: Format) -> str:
        try:
            number = float(raw)
        except ValueError:
            return raw
        if not abs(number) < 1e15:
            return raw
        if form.look is Look.SHARE:
            return f"{_plain(number * 100)}%"
        if form.look is Look.DATE and 0 <= number <= _LAST_DAY:
            return self._date(number, form.parts)
        return _plain(number)

    def _date(self, number: float, parts: str) -> str:
        # Day 60 is a day that never was; the days before it count from one day later.
        days = number if self.from_1904 or number >= 60 else number + 1
        day = (_EPOCH_1904 if self.from_1904 else _EPOCH) + timedelta(seconds=round(days * 86400))
        told = ((f"{day.year}年", "y"), (f"{day.month}月", "m"), (f"{day.day}日", "d"))
        date = "".join(text for text, part in told if part in parts)
        time = f"{day.hour}:{day.minute:02d}" if "h" in parts else ""
        return f"{date} {time}".strip()


def formats_of(data: bytes) -> list[Format]:
    """The formats that `styles.xml` declares, in the order in which cells name them."""
    if not data:
        return []
    root = parse(data)
    codes = {
        whole(node.get("numFmtId"), -1): str(node.get("formatCode", ""))
        for node in root.iterfind(f"{S}numFmts/{S}numFmt")
    }
    borders = [
        any(side.get("style", "none") != "none" for side in border) for border in root.iterfind(f"{S}borders/{S}border")
    ]
    found: list[Format] = []
    for node in root.iterfind(f"{S}cellXfs/{S}xf"):
        number, border = whole(node.get("numFmtId"), 0), whole(node.get("borderId"), 0)
        bordered = border < len(borders) and borders[border]
        look, parts = _look_of(codes[number]) if number in codes else _built_in(number)
        found.append(Format(look, parts, bordered))
    return found


def joined(item: etree._Element) -> str:
    """The text of a string item without its phonetic guide."""
    skipped = f"{S}rPh"
    return _unescaped(
        "".join(t.text or "" for t in item.iter(f"{S}t") if (p := t.getparent()) is None or p.tag != skipped)
    )


def _unescaped(text: str) -> str:
    """Characters that XML can't hold are written `_x000D_`; line ends are told as line feeds."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: _character(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def _plain(number: float) -> str:
    if number.is_integer():
        return str(int(number))
    told = format(Decimal(repr(round(number, 12))), "f")
    return told.rstrip("0").rstrip(".") if "." in told else told


def _built_in(number: int) -> tuple[Look, str]:
    if number in _SHARES:
        return Look.SHARE, ""
    return (Look.DATE, _DATES[number]) if number in _DATES else (Look.NUMBER, "")


def _look_of(code: str) -> tuple[Look, str]:
    """The look of a format of the file's own; only what it does to a number above zero counts."""
    shown = _LITERAL.sub("", code).partition(";")[0].lower()
    if "general" in shown or not shown:
        return Look.NUMBER, ""
    parts = "".join(part for part in "ymdh" if part in shown or (part == "h" and "s" in shown))
    if "h" in parts and not {"y", "d"} & set(parts):
        parts = "h"
    if parts:
        return Look.DATE, parts
    return (Look.SHARE, "") if "%" in shown else (Look.NUMBER, "")
