"""What a letter is written from: the facts of a request, and what the clerk typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.receipt import Channel


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """One thing asked and its answer: `ground` are the articles it rests on, empty where it is simply given."""

    point: str
    answer: str
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a letter tells. `kind` is a key of law.notices.NOTICES; texts that are not known yet are empty.

    `addressee` is whom the letter goes to (several applicants joined by 、), `to_organization` whether it is addressed
    as 你单位; `applicants` are the names of those who asked, which a letter to a third party never bears. `number` and
    `dated_on` are given at signing. `due_on` is the last day of the reply period as it stood, `new_due_on` the
    extended or deferred one. `answer_days` are working days to answer where they differ from the usual ones,
    `answer_by` the last of them where it is known. `fee_lines` come from `wording.fee_lines`, `remedies` from
    `redress.remedy_paragraphs`. `fields` hold what the clerk typed, by the keys of law.notices. `result` and
    `withheld` are keys of law.results, `delivery` the way of service in words (邮寄).
    """

    kind: str
    agency: str
    office: str
    office_contact: str
    addressee: str
    applicants: tuple[str, ...]
    register_number: str
    received_on: date | None
    channel: Channel | None
    request_text: str
    to_organization: bool = False
    number: str = ""
    dated_on: date | None = None
    due_on: date | None = None
    due_is_provisional: bool = False
    new_due_on: date | None = None
    answer_days: int | None = None
    answer_by: date | None = None
    fee_lines: tuple[str, ...] = ()
    fee_yuan: int | None = None
    reviewer: str = ""
    court: str = ""
    remedies: tuple[str, ...] = ()
    result: str = ""
    withheld: tuple[str, ...] = ()
    answers: tuple[PartAnswer, ...] = ()
    delivery: str = ""
    attachments: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
