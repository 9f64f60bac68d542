"""Bytes of a text to characters, whatever Chinese offices saved them in, or a clear refusal.

UTF-8 with and without BOM, GBK and GB18030, UTF-16 of both byte orders with and without BOM. The bytes decide; what a
page declares about itself is only asked when they leave a choice.
"""

import codecs
import re

from gongkai.documents.limits import Damaged, Limits, TooLarge, Unknown

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Declarations that the bytes alone do not reveal. A closed list: some of Python's codecs are not for text, or slow.
_DECLARED = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-16": "utf-16-le", "utf-16le": "utf-16-le"}
_DECLARED["utf-16be"] = "utf-16-be"

# Control characters that no text has. Page and line breaks of old programs, and the end mark of DOS, are let through.
_CONTROLS = bytes(set(range(32)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A}) + b"\x7f"
_CONTROL_SHARE = 0.01
_STRAY_SHARE = 0.001
_VISIBLE_FOR_EACH_STRAY = 50
_VISIBLE_FOR_EACH_QUESTION = 3
_SAMPLE = 4_000
_ENOUGH = 8

_WIDE = re.compile("[\u0800-\U0010ffff]")
_LATIN = re.compile("[\x80-\xff]")
_ASCII = bytes(range(128))
_SPACE = re.compile(r"\s+")
_EVERYDAY = ("，", "。", "的", "年", "、")

_BINARY = "文件是二进制内容，不是文本；请核对文件的真实格式，改回正确的扩展名后再读。"
_BROKEN = "文件的编码已损坏，有 {count} 处字节无法识别；请从原文重新导出为 UTF-8 或 GB18030 编码的文件。"
_MOJIBAKE = "文件内容是乱码（曾以错误的编码打开后保存，原字已无法认定）；请从原文重新导出为 UTF-8 编码的文件。"
_QUESTIONS = "文件中的汉字已变成问号，原字已丢失；请从原文重新导出为 UTF-8 编码的文件。"


def decode(data: bytes, limits: Limits, *, declared: str = "") -> str:
    """The characters of a text file, without its byte order mark; `recognise` says how they are found."""
    return recognise(data, limits, declared=declared)[0]


def recognise(data: bytes, limits: Limits, *, declared: str = "") -> tuple[str, bool]:
    """The characters of a text file, without its byte order mark, and whether its bytes are these in UTF-8.

    `declared` is the encoding that a page names for itself, in any case; it is a hint and may be wrong. Stray bytes
    become U+FFFD while they are under one in a thousand characters (or a single one). Raises TooLarge over
    `limits.file_size` or `limits.characters`, Unknown for binary content, Damaged where the words cannot be told.
    """
    if len(data) > limits.file_size:
        raise TooLarge(f"文件有 {len(data)} 字节，超过 {limits.file_size} 字节的上限；请拆分后再读。")
    text, is_utf_8 = _decoded(data, declared.lower())
    if len(text) > limits.characters:
        raise TooLarge(f"文件有 {len(text)} 个字符，超过 {limits.characters} 个字符的上限；请拆分后再读。")
    _refuse_garbled(text)
    return text, is_utf_8


def _decoded(data: bytes, declared: str) -> tuple[str, bool]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], encoding), False
    if b"\0" in data:
        text = _wide_text(data)
        if text is None:
            raise Unknown(_BINARY)
        return text, False
    text = _strictly(data, "utf-8")
    is_utf_8 = text is not None and (text.isascii() or _WIDE.search(text) is not None)
    if text is None or not is_utf_8:
        text = _local_text(data, text, declared)
    _refuse_controls(data)
    return text, is_utf_8


def _local_text(data: bytes, as_utf8: str | None, declared: str) -> str:
    """Bytes that are not, or not surely, UTF-8: a GB encoding, another one declared, or damaged UTF-8."""
    if declared in _DECLARED and (text := _strictly(data, _DECLARED[declared])) is not None:
        return text
    national = _strictly(data, "gb18030")
    if as_utf8 is not None:
        # Only letters of two bytes: short GB words look so. A longer run of Latin letters is mojibake kept in UTF-8.
        doubled = len(_LATIN.findall(as_utf8[:_SAMPLE])) >= _ENOUGH
        return as_utf8 if national is None or doubled else national
    if national is not None and not national[:_SAMPLE].isascii() and _commonness(national) >= 0.9:
        return national
    loose = data.decode("utf-8", "replace")
    if _strays(loose) * 4 < len(_WIDE.findall(loose)) and _few(loose):
        return loose
    if national is None or _commonness(national) < 0.5:
        wide = _wide_text(data)
        if wide is not None:
            return wide
    return _tolerant(data, "gb18030") if national is None else national


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _tolerant(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    if "\0" in text:
        raise Unknown(_BINARY)
    if not _few(text):
        raise Damaged(_BROKEN.format(count=_strays(text)))
    return text


def _wide_text(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: the order in which the words are common ones."""
    whole = data[: len(data) & ~1]
    texts = [text for order in ("utf-16-le", "utf-16-be") if (text := _strictly(whole, order)) and "\0" not in text]
    best = max(texts, key=_commonness, default="")
    return best if best and _commonness(best) >= 0.7 else None


def _commonness(text: str) -> float:
    """The share of characters beyond ASCII that GB 2312 has: most of a Chinese text, few of a wrongly decoded one."""
    sample = text[:_SAMPLE]
    plain = len(sample.encode("ascii", "ignore"))
    if plain == len(sample):
        return 1.0
    return (len(sample.encode("gb2312", "ignore")) - plain) / 2 / (len(sample) - plain)


def _strays(text: str) -> int:
    return text.count("\ufffd") if "\ufffd" in text else 0  # to look for one is a tenth of the work of counting


def _few(text: str) -> bool:
    return _strays(text) <= max(1, len(text) * _STRAY_SHARE)


def _refuse_controls(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(2, len(data) * _CONTROL_SHARE):
        raise Unknown(_BINARY)


def _refuse_garbled(text: str) -> None:
    strays = _strays(text)
    if strays and not _has_visible(text, 2 if strays == 1 else strays * _VISIBLE_FOR_EACH_STRAY):
        raise Damaged(_MOJIBAKE)
    questions = text.count("?")
    if questions > _ENOUGH and not _has_visible(text, questions * _VISIBLE_FOR_EACH_QUESTION):
        raise Damaged(_QUESTIONS)
    sample = text[:_SAMPLE]
    if not sample.isascii() and sum(map(sample.count, _EVERYDAY)) * 100 < len(sample) and _is_mojibake(sample):
        raise Damaged(_MOJIBAKE)


def _has_visible(text: str, wanted: int) -> bool:
    """Whether so many characters are not white space; reads no further than needed."""
    seen = 0
    for start in range(0, len(text), _SAMPLE):
        seen += len("".join(text[start : start + _SAMPLE].split()))
        if seen >= wanted:
            return True
    return False


def _is_mojibake(sample: str) -> bool:
    """Whether the characters are another text's bytes: Latin letters alone, or Chinese ones that make good UTF-8."""
    foreign = sample.encode("utf-8", "ignore").translate(None, _ASCII).decode("utf-8")
    if len(foreign) < _ENOUGH:
        return False
    latin = len(_LATIN.findall(foreign))
    if latin * 2 > len(foreign) and latin * 3 > len(_SPACE.sub("", sample)):
        return True
    raw = foreign.encode("gb18030", "ignore")
    return len(_WIDE.findall(raw.decode("utf-8", "ignore"))) * 3 > len(raw) * 0.6
