"""How far a clerk has come with the questions that lead to a result, and which of them the records answer already."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.inforequests.choices import ConsultationKind, Opinion
from gongkai.inforequests.models import Consultation, Item, SearchRecord
from gongkai.inforequests.steps import clock_of
from gongkai.kernel.clock import today
from gongkai.law.clock import Act
from gongkai.law.questions import FIRST, Outcome, Question, follow

YES, NO = "y", "n"


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
    found = list(SearchRecord.objects.filter(item=item).values_list("is_found", flat=True))
    return {"found": any(found)} if found else {}


def _of_third_parties(item: Item) -> dict[str, bool]:
    """Whether all third parties consent; one who consents in part leaves it to the clerk."""
    rows = Consultation.objects.filter(item=item, kind=ConsultationKind.THIRD_PARTY).exclude(opinion="")
    opinions = set(rows.values_list("opinion", flat=True))
    if not opinions or Opinion.PARTLY in opinions:
        return {}
    return {"third_party_consents": opinions == {Opinion.CONSENTS}}
