"""The forms below a conclusion: each thing asked answered by itself, and what the kind of notice needs typed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict

from gongkai.inforequests.letters_facts import prefilled
from gongkai.inforequests.models import Item
from gongkai.inforequests.notice_forms import LetterForm, PointForm, answered_by_points, is_secret
from gongkai.kernel.reasons import Reason
from gongkai.law.notices import NOTICES
from gongkai.law.questions import Outcome
from gongkai.ui.forms import Choices

MOST_POINTS = 30
_LONGEST_POINT = 500
_LONGEST_ANSWER = 2_000
_ALIKE = "一并办理的事项作同一答复；要分项答复的，请取消勾选，逐件办理"
Point = tuple[str, str, str]


class DecisionForms:
    """All that is typed for a decision. With one thing asked, the letter's own fields are the answer to it.

    `asks_for_more` where another thing asked is to be added; points beyond the first that stay blank are left out.
    """

    def __init__(self, typed: QueryDict | None, item: Item, outcome: Outcome, others: Choices = ()) -> None:
        self.item, self.kind = item, outcome.notice.key
        self.asks_for_more = typed is not None and "more" in typed
        shown = _number(typed.get("points")) if typed is not None else 1
        self.count = min(max(shown + 1, 2) if self.asks_for_more else shown, MOST_POINTS)
        self.points = [self._point(typed, place) for place in range(self.count)] if self.count > 1 else []
        without = answered_by_points(self.kind) if self.points else ()
        given = {"initial": prefilled(item, self.kind)} if typed is None else self._given(typed)
        self.letter = LetterForm(**given, kind=self.kind, without=without, is_secret=is_secret(outcome), others=others)
        self.refused: Sequence[Reason] = ()

    def _point(self, typed: QueryDict | None, place: int) -> PointForm:
        prefix = f"p{place + 1}"
        given = self._given(typed, prefix)
        if place == 0 and f"{prefix}-point" not in (typed or {}):
            given["initial"] = {"point": self.item.text[:_LONGEST_POINT]}
        return PointForm(**given, prefix=prefix, empty_permitted=place > 0, use_required_attribute=False)

    def _given(self, typed: QueryDict | None, prefix: str = "") -> dict[str, Any]:
        """What a form is made of: nothing is judged while a thing asked is only added."""
        if typed is None or not self.asks_for_more:
            return {"data": typed}
        start = f"{prefix}-" if prefix else ""
        known = {name.removeprefix(start): typed[name] for name in typed if name.startswith(start)}
        return {"initial": {**known, "together": typed.getlist("together")}}

    def is_valid(self) -> bool:
        """Whether everything that is needed is there and fits."""
        valid = [form.is_valid() for form in (*self.points, self.letter)]
        if all(valid) and self.together and len(self.answers) > 1:
            self.letter.add_error("together", _ALIKE)
            return False
        return all(valid)

    @property
    def summary(self) -> list[dict[str, str]]:
        """What is wrong, for the error summary; nothing while a thing asked is only added."""
        if self.asks_for_more:
            return []
        found: list[dict[str, str]] = []
        for place, form in enumerate(self.points, 1):
            found += [{**one, "message": f"第{place}项，{one['message']}"} for one in form.summary]
        told = [{"message": reason.message, "instead": reason.instead} for reason in self.refused]
        return found + self.letter.summary + told

    @property
    def fields(self) -> dict[str, str]:
        """What was typed for the letter, by the keys of its needs."""
        return {key: value for key, value in self.letter.values.items() if value and key != "together"}

    @property
    def together(self) -> list[str]:
        """The other things asked that are ticked to be answered alike."""
        ticked: list[str] = self.letter.values.get("together", [])
        return ticked

    @property
    def answers(self) -> list[Point]:
        """Each point asked, its answer and its ground."""
        if not self.points:
            return [(self.item.text[:_LONGEST_POINT], self._answer_of_letter(), NOTICES[self.kind].basis)]
        return list(self._answered())

    def answers_for(self, others: Sequence[Item]) -> dict[int, list[Point]]:
        """The points by the key of each thing asked; those that are answered alike have the first answer."""
        answers = self.answers
        _, answer, ground = answers[0]
        return {self.item.pk: answers} | {row.pk: [(row.text[:_LONGEST_POINT], answer, ground)] for row in others}

    def _answered(self) -> Iterator[Point]:
        for form in self.points:
            told = form.values
            if told.get("point"):
                yield told["point"], told["answer"], told["ground"]

    def _answer_of_letter(self) -> str:
        return "\n".join(self.fields.values())[:_LONGEST_ANSWER] or NOTICES[self.kind].name


def _number(typed: Any) -> int:
    return max(int(typed), 1) if str(typed or "").isdecimal() and len(str(typed)) < 4 else 1
