"""Chinese numerals as laws number their articles (第一百零三条)."""

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NAMES = "零一二三四五六七八九"


def value(text: str) -> int:
    """The number that `text` names, in Arabic or Chinese figures below ten thousand. Raises ValueError when none."""
    if text.isdecimal():
        return int(text)
    if not any(mark in _UNITS for mark in text):
        return int("".join(str(_digit(mark)) for mark in text))
    total, digit = 0, 0
    for mark in text:
        if mark in _UNITS:
            total += (digit or 1) * _UNITS[mark]
            digit = 0
        else:
            digit = _digit(mark)
    return total + digit


def chinese(number: int) -> str:
    """The Chinese numeral of `number`, 1 to 9999. Raises ValueError outside."""
    if not 1 <= number <= 9999:
        raise ValueError(f"只能写1至9999的汉字数目，现为{number}。")
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _NAMES[digit] + name
        elif text and not text.endswith("零") and number % unit:
            text += "零"
    return text.removeprefix("一") if 10 <= number <= 19 else text


def _digit(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if mark not in _DIGITS:
        raise ValueError(f"“{mark}”不是汉字数目。")
    return _DIGITS[mark]
