"""How far a clerk has come with the questions that lead to a result, and which of them the records answer already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from gongkai.inforequests.choices import ConsultationKind, Opinion
from gongkai.inforequests.models import Consultation, Item, SearchRecord
from gongkai.inforequests.steps import clock_of, reopened_at
from gongkai.kernel.clock import today
from gongkai.law.clock import Act
from gongkai.law.questions import FIRST, QUESTIONS, Outcome, Question, follow

YES, NO = "y", "n"
NONE = "none"
"""The answer that nothing of a group is the case."""
GROUPS = (
    (
        "申请是不是下面的情形？",
        ("petition", "not_information", "publication", "confirmation", "repeat", "excessive"),
    ),
    ("信息是不是下面的情形？", ("query_matter", "already_public", "archived")),
    ("信息里有没有下面的内容？", ("state_secret", "by_law", "security")),
    ("信息是不是下面的情形？", ("internal", "process", "enforcement_file")),
)
"""Questions that are asked at once, each following on the no of the one before, with what they ask together."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer; `is_recorded` where the records say the same; `path` is what was answered before."""

    question: Question
    answer: bool
    is_recorded: bool
    path: str


@dataclass(frozen=True, slots=True)
class Way:
    """The questions answered so far, and where they lead: the next one, or the outcome."""

    answered: tuple[Answered, ...]
    here: Question | Outcome

    @property
    def path(self) -> str:
        """The answers as they stand in an address: y and n, in order."""
        return "".join(YES if one.answer else NO for one in self.answered)

    @property
    def answers(self) -> list[bool]:
        """The answers in order."""
        return [one.answer for one in self.answered]


def way(path: str, known: Mapping[str, bool], *, is_asked_again: bool = False) -> Way:
    """Follows the answers of a path; what is no answer, or one too many, and all behind it, is left out.

    Then the records answer as far as they can, unless the question that comes next is asked again on purpose.
    """
    answered: list[Answered] = []
    here: Question | Outcome = FIRST
    for mark in path:
        if mark not in (YES, NO) or isinstance(here, Outcome):
            break
        here = _step(answered, here, mark == YES, known)
    while not is_asked_again and isinstance(here, Question) and here.id in known:
        here = _step(answered, here, known[here.id], known)
    return Way(tuple(answered), here)


def asked_together(question: Question, known: Mapping[str, bool]) -> tuple[str, tuple[Question, ...]]:
    """What stands above the questions asked at once from this one on, and which; one alone has nothing above it."""
    for title, ids in GROUPS:
        if question.id in ids:
            rest = (QUESTIONS[id_] for id_ in ids[ids.index(question.id) :])
            together = tuple(takewhile(lambda one: one.id not in known, rest))
            return (title, together) if len(together) > 1 else ("", (question,))
    return "", (question,)


def answers_to(answer: str, together: Sequence[Question]) -> str:
    """What an answer to questions asked at once adds to the path; empty where it is none.

    One alone is answered by yes or no, several by the id of the first that is the case, or by `NONE`.
    """
    if len(together) == 1:
        return {"yes": YES, "no": NO}.get(answer, "")
    ids = [one.id for one in together]
    if answer == NONE:
        return NO * len(ids)
    return NO * ids.index(answer) + YES if answer in ids else ""


def statement(question: Question) -> str:
    """The question as a statement, to be chosen among others."""
    return question.text.removesuffix("？").replace("是否", "", 1)


def _step(answered: list[Answered], here: Question, answer: bool, known: Mapping[str, bool]) -> Question | Outcome:
    path = "".join(YES if one.answer else NO for one in answered)
    answered.append(Answered(here, answer, known.get(here.id) == answer, path))
    return follow(here.yes if answer else here.no)


def known_answers(item: Item) -> dict[str, bool]:
    """What the records of the item's newest round say to questions, by their ids; what they leave open is absent."""
    acts = _acts(item)
    known = {
        "withdrawn": Act.WITHDRAWN in acts,
        "clarification_asked": Act.CLARIFICATION_ASKED in acts,
        "fee_noticed": Act.FEE_NOTICED in acts,
    }
    if known["clarification_asked"]:
        known["clarified"] = Act.CLARIFIED in acts
    if known["fee_noticed"]:
        known["fee_paid"] = Act.FEE_PAID in acts
    if Act.REASONS_ASKED not in acts:
        known["reasons_rejected"] = False
    return known | _of_search(item) | _of_third_parties(item)


def _acts(item: Item) -> set[Act]:
    clock = clock_of(item, on=today())
    found: list[Act] = [step.act for step in clock.steps] if clock is not None else []
    while Act.REOPENED in found:
        found = found[found.index(Act.REOPENED) + 1 :]
    return set(found)


def _of_search(item: Item) -> dict[str, bool]:
    rows, since = SearchRecord.objects.filter(item=item), reopened_at(item)
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    found = list(rows.values_list("is_found", flat=True))
    return {"found": any(found)} if found else {}


def _of_third_parties(item: Item) -> dict[str, bool]:
    """Whether all third parties consent; one who consents in part leaves it to the clerk."""
    rows = Consultation.objects.filter(item=item, kind=ConsultationKind.THIRD_PARTY).exclude(opinion="")
    opinions = set(rows.values_list("opinion", flat=True))
    if not opinions or Opinion.PARTLY in opinions:
        return {}
    return {"third_party_consents": opinions == {Opinion.CONSENTS}}
