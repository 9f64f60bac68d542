"""The words of a letter: what `compose` writes is the text that the clerk finds in the box and may change.

Nothing is invented: what is not known is marked 【请填写：…】, and no letter passes the check that bears such a mark.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gongkai.findings import PRACTICE
from gongkai.inforequests.notices.facts import Facts, PartAnswer
from gongkai.inforequests.notices.filling import SENTENCE_END, Slots, joined
from gongkai.inforequests.notices.letters import DATA, FORMS, Form
from gongkai.law import citations, document_numbers
from gongkai.law.fees import Fee, Method
from gongkai.law.notices import NOTICES
from gongkai.law.parameters import number
from gongkai.law.results import result

_LONGEST_REQUEST = 300
"""How many characters of a request a letter quotes whole; of a longer one it quotes the beginning."""
_QUOTED = 150
_UNITS = {Method.ITEMS: "件", Method.PAGES: "页"}
_SEVERAL = 2


def compose(facts: Facts) -> str:
    """The body of the letter as paragraphs separated by line feeds: from the opening to 特此告知."""
    form, slots = FORMS[facts.kind], slots_of(facts)
    paragraphs = list(slots.paragraphs(form.opening)) if form.opening else []
    paragraphs += _answers(facts, form, slots)
    for entry in form.body:
        paragraphs += slots.paragraphs(entry)
    if NOTICES[facts.kind].remedy is not None:
        paragraphs += facts.remedies or [slots.missing("remedies")]
    if form.decides:
        paragraphs += slots.paragraphs(DATA["delivery"])
    return "\n".join([*paragraphs, form.closing] if form.closing else paragraphs)


def table_of(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The table of the letter, as rows of label and words; empty for most kinds."""
    slots = slots_of(facts)
    rows = FORMS[facts.kind].table
    return tuple(
        (label, pending if pending and not slots.are_known(words) else slots.sentence(words))
        for label, words, pending in rows
    )


def grounds_of(facts: Facts) -> tuple[str, ...]:
    """What the letter has to cite, each as 《…》第…条: the basis of its kind, of a refusal that of its result."""
    form, basis = FORMS[facts.kind], NOTICES[facts.kind].basis
    if facts.kind == "refused":
        return result(facts.result).articles if facts.result else ()
    own = form.cites or (() if basis == PRACTICE else (basis,))
    return (*map(_titled, own), *(withheld_articles(facts) if facts.kind == "partly_granted" else ()))


def withheld_articles(facts: Facts) -> tuple[str, ...]:
    """The articles on which parts of a partial disclosure are withheld, each once, as full citations."""
    articles = (article for key in facts.withheld for article in result(key).articles[:1])
    return tuple(dict.fromkeys(map(_titled, articles)))


def contact_of(facts: Facts) -> str:
    """The office and where to reach it."""
    return "，".join(part for part in (facts.office, facts.office_contact) if part)


def fee_lines(fee: Fee) -> tuple[str, ...]:
    """How a fee is reckoned, a line for each tier, as the letter prints it."""
    unit = _UNITS[fee.method]
    way = "按件计收" if fee.method is Method.ITEMS else "按量计收"
    return (
        f"本次信息处理费{way}（{fee.basis}）",
        *(_tier(unit, tier.first, tier.last, tier.price, tier.yuan) for tier in fee.tiers),
    )


def written(day: date) -> str:
    """The day as letters write it: 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _tier(unit: str, first: int, last: int, price: int, yuan: int) -> str:
    band = f"第{first}{unit}" if first == last else f"第{first}{unit}至第{last}{unit}"
    if not price:
        return f"{band}，共{last - first + 1}{unit}，不收费"
    return f"{band}，共{last - first + 1}{unit}，每{unit}{price}元，计{yuan}元"


def _answers(facts: Facts, form: Form, slots: Slots) -> Iterator[str]:
    """Each thing asked answered one by one, where there are several or where the letter tells nothing else."""
    alone = form.answered and not any(facts.fields.get(key, "").strip() for key in form.answered)
    if not facts.answers or (len(facts.answers) < _SEVERAL and not alone):
        return
    yield slots.sentence(DATA["answers"])
    for index, part in enumerate(facts.answers, 1):
        mark = f"{index}." if len(facts.answers) >= _SEVERAL else ""
        yield mark + _answer(part)


def _answer(part: PartAnswer) -> str:
    words: str = DATA["answer_with_ground" if part.ground else "answer"]
    answer = joined(part.answer)
    return words.format(point=quoted(part.point), answer=answer, ground=part.ground.rstrip(SENTENCE_END))


def quoted(request: str) -> str:
    """A request as it stands between quotation marks: on one line, its own quotation marks inner ones."""
    told = joined(request).replace("“", "‘").replace("”", "’").replace('"', "")
    return told if len(told) <= _LONGEST_REQUEST else told[:_QUOTED] + "……"


def slots_of(facts: Facts) -> Slots:
    """The slots of a letter's form. Those that nobody has to type may stay empty where the notice only advises them."""
    form = FORMS[facts.kind]
    labels = DATA["slots"] | {spec.key: spec.label for spec in form.fields}
    optional = {spec.key for spec in form.fields if not spec.is_required} | {"withheld_articles"}
    return Slots(_values(facts), labels, frozenset(optional | set(form.answered) if facts.answers else optional))


def _values(facts: Facts) -> dict[str, str]:
    """What each slot holds; empty where it is not known."""
    laws: Mapping[str, str] = DATA["law"]
    channel = DATA["channels"][facts.channel] if facts.channel else {"via": "", "rule": ""}
    return {
        **laws,
        **{key: text.strip() for key, text in facts.fields.items()},
        "you": _you(facts),
        "via": channel["via"] or "向本机关",
        "register": facts.register_number,
        "received": _day(facts.received_on),
        "received_rule": channel["rule"].format_map(laws),
        "request": quoted(facts.request_text),
        "due": _day(facts.due_on),
        "due_rule": _due_rule(facts).format_map(laws),
        "new_due": _day(facts.new_due_on),
        "days": answer_days(facts),
        "by": f"（{written(facts.answer_by)}以前）" if facts.answer_by else "",
        "fee_lines": "\n".join(facts.fee_lines),
        "yuan": "" if facts.fee_yuan is None else str(facts.fee_yuan),
        "delivery": facts.delivery,
        "contact": contact_of(facts),
        "ground_phrase": DATA["grounds"].get(facts.result, ""),
        "articles": _merged(grounds_of(facts)),
        "withheld_articles": _merged(withheld_articles(facts)),
        "withheld_word": _withheld_word(facts),
    }


def _you(facts: Facts) -> str:
    if facts.kind in ("organ_consultation", "confirmation_consultation"):
        return "贵单位"
    return "你单位" if facts.to_organization else "您"


def _withheld_word(facts: Facts) -> str:
    """What a partial disclosure says of the rest: without a ground of Articles 14 to 16 nothing is refused."""
    if not facts.withheld:
        return "不能提供"
    is_refused = all(key.startswith("refused_") for key in facts.withheld)
    return "不予公开" if is_refused else "不予公开或者无法提供"


def _day(day: date | None) -> str:
    return written(day) if day else ""


def _due_rule(facts: Facts) -> str:
    if facts.received_on is None:
        return ""
    days = number("clock.reply_period", on=facts.received_on)
    mark = "。该日暂定，待国务院公布相应年度的节假日安排后确定" if facts.due_is_provisional else ""
    return f"自收到申请之日的次日起算的第{days}个工作日（{{regulation}}第三十三条第二款）" + mark


def answer_days(facts: Facts) -> str:
    """The working days that the letter allows: as told, else as the law or the recommendation has them on that day."""
    period, on = FORMS[facts.kind].period, facts.dated_on or facts.received_on
    if facts.answer_days is not None:
        return str(facts.answer_days)
    return str(number(period, on=on)) if period and on else ""


def _titled(reference: str) -> str:
    """A citation with its document's title, where it has the number alone: 《…办法》（国办函〔2020〕109号）第六条."""
    number_of, mark, place = reference.partition("号")
    document = None if "《" in reference else citations.document_numbered(document_numbers.number_of(number_of + mark))
    return f"《{document.title}》（{number_of}{mark}）{place}" if document else reference


def _merged(references: Iterable[str]) -> str:
    """Citations in one phrase, the title of a law once: 《…条例》第十六条第二款、第三十六条第（三）项."""
    places: dict[str, list[str]] = {}
    for reference in references:
        title, mark, place = reference.rpartition("》")
        places.setdefault(title + mark, []).append(place)
    return "和".join(title + "、".join(found) for title, found in places.items())
