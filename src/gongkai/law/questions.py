"""The questions that lead a clerk to the result of a request (办理结果): a small decision tree, kept as data."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from gongkai.law.errors import RuleError
from gongkai.law.notices import NOTICES, Notice
from gongkai.law.results import Result, result


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered by yes or no: `text` and `help` in plain words; `yes` and `no` are ids of what comes next."""

    id: str
    text: str
    help: str
    basis: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the questions end: the result, the letter that tells it, its article, and what else to do.

    `withheld` is set for a partial disclosure: the result that the withheld part would have had alone, which decides
    on the remedies (`law.remedies`).
    """

    id: str
    result: Result
    notice: Notice
    basis: str
    advice: str
    withheld: Result | None = None


def after(answers: Iterable[bool]) -> Question | Outcome:
    """The next question after these answers, in order from the first, or the outcome that they lead to.

    Raises RuleError when there are more answers than questions.
    """
    here: Question | Outcome = FIRST
    for answer in answers:
        if isinstance(here, Outcome):
            raise RuleError(f"问题已经答完，结果是“{here.result.label}”，请去掉多余的回答")
        here = follow(here.yes if answer else here.no)
    return here


def follow(id_: str) -> Question | Outcome:
    """The question or the outcome of that id. Raises KeyError for an unknown one."""
    return QUESTIONS[id_] if id_ in QUESTIONS else OUTCOMES[id_]


_DATA = tomllib.loads(files(__package__).joinpath("data/questions.toml").read_text(encoding="utf-8"))

QUESTIONS: Mapping[str, Question] = MappingProxyType({row["id"]: Question(**row) for row in _DATA["question"]})
"""All questions by id, the first one first."""

OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        row["id"]: Outcome(
            row["id"],
            result(row["result"]),
            NOTICES[row["notice"]],
            row["basis"],
            row["advice"],
            result(row["withheld"]) if "withheld" in row else None,
        )
        for row in _DATA["outcome"]
    }
)
"""All outcomes by id."""

FIRST = next(iter(QUESTIONS.values()))
"""Where to begin."""
