"""How word processors write the numbers of lists (ECMA-376 part 1, §17.18.59 ST_NumberFormat)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}


def written(count: int, style: str) -> str:
    """The number as that style writes it; in figures where the style is not known or does not go so far."""
    write = _STYLES.get(style)
    return write(count) if write is not None and count > 0 else str(count)


def chinese(count: int) -> str:
    """1 to 99 in Chinese numerals (十二, 三十); other numbers in figures."""
    return _counted(count, _DIGITS, "十") if 0 < count < 100 else str(count)


def _legal(count: int) -> str:
    return _counted(count, _LEGAL, "拾") if 0 < count < 100 else str(count)


def _counted(count: int, digits: str, ten: str) -> str:
    tens, ones = divmod(count, 10)
    head = "" if not tens else (ten if tens == 1 else digits[tens] + ten)
    return head + (digits[ones] if ones else "")


def _by_place(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else str(count)


def _run(first: str, length: int) -> str:
    return "".join(chr(ord(first) + index) for index in range(length))


def _letters(count: int) -> str:
    """A … Z, AA, BB, as word processors go on."""
    turns, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (turns + 1) if turns < 10 else str(count)


def _roman(count: int) -> str:
    if count >= 400:
        return str(count)
    parts = ""
    for value, sign in _ROMAN:
        while count >= value:
            parts, count = parts + sign, count - value
    return parts


_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        chinese,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _by_place),
    "chineseLegalSimplified": _legal,
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _one_of(_run("①", 20))),
    "decimalEnclosedParen": _one_of(_run("⑴", 20)),
    "decimalEnclosedFullstop": _one_of(_run("⒈", 20)),
    "ideographEnclosedCircle": _one_of(_run("㊀", 10)),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda count: str(count).translate(_FULL_WIDTH)),
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
