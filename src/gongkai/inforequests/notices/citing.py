"""Whether a letter cites what it rests on, to the paragraph and the item, and nothing that it does not rest on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.findings import Finding
from gongkai.inforequests.notices.facts import Facts
from gongkai.inforequests.notices.layout import Letter
from gongkai.inforequests.notices.letters import DATA, FORMS
from gongkai.inforequests.notices.told import COMMON_BASIS, wrong
from gongkai.inforequests.notices.wording import grounds_of
from gongkai.law import numerals, titles
from gongkai.law.results import RESULTS, RemedyClass, result

_NUMERAL = "[〇零一二三四五六七八九十百\\d]+"
_PLACE = re.compile(rf"第({_NUMERAL})条(?:第({_NUMERAL})款)?(?:第[（(]?({_NUMERAL})[）)]?项)?")
_REACH = re.compile("[^《。；]*")
"""How far behind a title its articles stand."""
_REGULATION = titles.key("中华人民共和国政府信息公开条例")
_ONE = 1


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a document; `article` None: the document as such."""

    document: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def is_told_by(self, other: "_Place") -> bool:
        """Whether the other place names this one, exactly enough."""
        return (
            self.document == other.document
            and self.article in (None, other.article)
            and self.paragraph in (None, other.paragraph)
            and self.item in (None, other.item)
        )


def citing_findings(letter: Letter, facts: Facts) -> Iterator[Finding]:
    """What the letter should cite and does not, what it cites and should not, answers whose ground is no article."""
    words = (*letter.body, *(text for row in letter.table for text in row))
    told = {place for text in words for place in _places(text)}
    for needed in grounds_of(facts):
        place = _place_of(needed)
        if place and not any(place.is_told_by(one) for one in told):
            message = f"正文没有写明所依据的{needed}，请写明条、款、项"
            yield wrong("L-GROUND", "body", message, basis=COMMON_BASIS, expected=needed)
    allowed = set(_allowed(facts))
    for line, text in enumerate(letter.body, _ONE):
        for place in _places(text):
            if place.document == _REGULATION and place.article and not any(_agree(place, one) for one in allowed):
                message = f"这里引用的条例{_words(place)}不是本答复的依据，请核对办理结果，或者改为正确的条款"
                yield wrong("L-GROUND-OTHER", f"{line}:1", message, basis=COMMON_BASIS, found=_words(place))
    for part in facts.answers:
        if part.ground and not _PLACE.search(part.ground) and not titles.parse(part.ground):
            yield wrong("L-GROUND", "body", "逐项答复的依据没有写到条款，请写明文件全称和条款", basis=COMMON_BASIS)


def _allowed(facts: Facts) -> Iterator[_Place]:
    """What such a letter may cite: its grounds, those of its result and of the withheld parts, what its form cites."""
    form, laws = FORMS[facts.kind], DATA["law"]
    keys = (*((facts.result,) if facts.result else ()), *facts.withheld, *_other_reasons(facts))
    for needed in (*grounds_of(facts), *(article for key in keys for article in result(key).articles)):
        if place := _place_of(needed):
            yield place
    for words in (form.opening, *form.body, *(part.ground for part in facts.answers)):
        yield from _places(re.sub(r"\{(\w+)\}", lambda slot: laws.get(slot[1], ""), words))


def _other_reasons(facts: Facts) -> tuple[str, ...]:
    """Of a partial disclosure whose rest is not refused, the results that the rest may have: the clerk cites those."""
    if facts.kind != "partly_granted" or facts.withheld:
        return ()
    return tuple(one.key for one in RESULTS if one.remedy is RemedyClass.FREE_CHOICE)


def _agree(cited: _Place, allowed: _Place) -> bool:
    """Whether a citation doesn't contradict a place: the same article, and no other paragraph or item."""
    return (
        cited.article == allowed.article
        and (cited.paragraph is None or allowed.paragraph in (None, cited.paragraph))
        and (cited.item is None or allowed.item in (None, cited.item))
    )


def _places(text: str) -> Iterator[_Place]:
    """Every place cited behind a title, and every document by its title alone."""
    for title in titles.parse(text):
        if title.depth:
            continue
        document = titles.key(title.text)
        yield _Place(document)
        reach = _REACH.match(text, title.end + 1)
        yield from _articles(document, reach[0] if reach else "")


def _articles(document: str, text: str) -> Iterator[_Place]:
    for found in _PLACE.finditer(text):
        article, paragraph, item = (numerals.value(part) if part else None for part in found.groups())
        yield _Place(document, article, paragraph, item)


def _place_of(citation: str) -> _Place | None:
    """The place that a citation names last; None where it bears no title."""
    return next(reversed(list(_places(citation))), None)


def _words(place: _Place) -> str:
    parts: Iterable[tuple[int | None, str]] = ((place.article, "条"), (place.paragraph, "款"))
    words = "".join(f"第{numerals.chinese(number)}{unit}" for number, unit in parts if number)
    return words + (f"第（{numerals.chinese(place.item)}）项" if place.item else "")
