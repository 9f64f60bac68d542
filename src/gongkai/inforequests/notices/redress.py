"""The paragraphs of a letter that tell its addressee whom to turn to against it (救济告知)."""

from collections.abc import Sequence
from datetime import date

from gongkai.law.remedies import classes_of, notice_text
from gongkai.law.results import RemedyClass, result

_ABOUT = {
    RemedyClass.RECONSIDERATION_FIRST: "本答复中依法不予公开的部分",
    RemedyClass.FREE_CHOICE: "本答复的其他部分",
}


def remedy_paragraphs(
    result_key: str, withheld: Sequence[str], *, on: date, reviewer: str, court: str
) -> tuple[str, ...]:
    """The remedies by the law of the day `on`: one paragraph, two where parts of the reply go different ways.

    `result_key` and `withheld` are keys of law.results; "" for a letter that tells no result (更正、告知第三方): both
    ways stand open against it. Raises OutsideCodedLaw before 2024-01-01, KeyError for an unknown key.
    """
    if not result_key:
        return (notice_text(RemedyClass.FREE_CHOICE, on=on, reviewer=reviewer, court=court, about="本告知书"),)
    classes = classes_of(result(result_key), on=on, withheld=map(result, withheld))
    if len(classes) == 1:
        return (notice_text(next(iter(classes)), on=on, reviewer=reviewer, court=court),)
    return tuple(notice_text(one, on=on, reviewer=reviewer, court=court, about=_ABOUT[one]) for one in classes)
