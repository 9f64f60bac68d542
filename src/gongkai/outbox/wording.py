"""The closed set of texts that leave the system: fixed words, counts, days and register numbers, and a link.

No name, address, number of a person, nor a word that anybody typed can get in: there is no slot for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import Formatter

from django.conf import settings
from django.urls import reverse

from gongkai.kernel.ids import PublicIdConverter
from gongkai.kernel.registry import Registry

Fact = int | date | str
_REGISTER_NUMBER = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{1,6}(?:-[0-9]{1,3})?")
_HIGHEST_COUNT = 1_000_000
_PUBLIC_ID = re.compile(PublicIdConverter.regex)


class Slot(StrEnum):
    """What may stand in a text beside its fixed words (可变内容)."""

    COUNT = "count"
    DAY = "day"
    NUMBER = "number"


class NotAllowed(ValueError):
    """A fact that a text has no place for, or that is not what its slot says."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text (消息模板): its id (`agencies.account_opened`), subject, words with named slots, where its link leads.

    A text whose slots change is given a new id: messages with the old one may be waiting.
    `url_name` takes the public id of the target where there is one; `is_public` says on which face the page is.
    """

    id: str
    subject: str
    text: str
    url_name: str
    is_public: bool = False
    slots: Mapping[str, Slot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises NotAllowed where text and slots do not fit together."""
        named = {name for _, name, _, _ in Formatter().parse(self.text) if name is not None}
        if named != set(self.slots) or "{" in self.subject:
            raise NotAllowed(f"{self.id}: the text names {sorted(named)}, its slots are {sorted(self.slots)}")

    def plain_facts(self, facts: Mapping[str, Fact]) -> dict[str, str]:
        """The facts as they will stand in the text. Raises NotAllowed."""
        if set(facts) != set(self.slots):
            raise NotAllowed(f"{self.id} takes {sorted(self.slots)}")
        return {name: _told(slot, facts[name]) for name, slot in self.slots.items()}

    def words(self, facts: Mapping[str, str]) -> str:
        """The text with its facts."""
        return self.text.format(**facts)

    def link(self, target: str) -> str:
        """The address of the page that tells more, after signing in."""
        base = settings.PUBLIC_URL if self.is_public else settings.STAFF_URL
        return f"{base}{reverse(self.url_name, args=[target] if target else [])}"


templates: Registry[Template] = Registry()
"""Filled by the apps when they start; nothing else can be sent."""


def require_public_id(value: str) -> str:
    """The value, if it is a public id or empty. Raises NotAllowed for anything that could tell something."""
    if value and not _PUBLIC_ID.fullmatch(value):
        raise NotAllowed("only public ids point to people and things")
    return value


def _told(slot: Slot, fact: Fact) -> str:
    match slot, fact:
        case Slot.COUNT, bool():
            pass
        case Slot.COUNT, int() if 0 <= fact <= _HIGHEST_COUNT:
            return str(fact)
        case Slot.DAY, date():
            return f"{fact.year}年{fact.month}月{fact.day}日"
        case Slot.NUMBER, str() if _REGISTER_NUMBER.fullmatch(fact):
            return fact
        case _:
            pass
    raise NotAllowed(f"not a {slot}")
