"""Typed registries that apps fill when they start: acts, open work of a person, navigation.

An app low in the house learns from them what the apps above it offer, without knowing them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """A legally meaningful act (行为): its id (`agencies.appoint`), its name in words, which roles may do it where.

    `scopes` maps a role to the widest scope in which it may act (`kernel.registry.Scope`).
    """

    id: str
    name: str
    scopes: dict[str, str]


class Scope:
    """How far a role's authority reaches, from nothing to the whole installation (范围)."""

    TURN = "turn"
    UNIT = "unit"
    OWN = "own"
    BELOW = "below"
    INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Something that waits for a person (待办): what, where it is opened, until when.

    `key` is its public id, by which it is handed over; `agency` the public id of the agency that it belongs to.
    `passes_on`: it goes with the agency's duties to who takes them over, so that a merger need not wait for it.
    """

    kind: str
    title: str
    url: str
    due_on: date | None = None
    key: str = ""
    agency: str = ""
    passes_on: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the navigation (导航): shown to those who may do one of `acts`, to every member of staff if none."""

    name: str
    url_name: str
    order: int
    acts: tuple[str, ...] = ()


@dataclass
class Registry(Generic[T]):
    """Things that apps announce, by name. A name is given once."""

    _things: dict[str, T] = field(default_factory=dict)

    def add(self, name: str, thing: T) -> None:
        """Announces a thing. Raises ValueError when the name is taken."""
        if name in self._things and self._things[name] != thing:
            raise ValueError(f"{name} is announced twice")
        self._things[name] = thing

    def get(self, name: str, default: T) -> T:
        """The thing of that name, or the default."""
        return self._things.get(name, default)

    def names(self) -> list[str]:
        """All names, in the order of their announcement."""
        return list(self._things)

    def __getitem__(self, name: str) -> T:
        return self._things[name]

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def __contains__(self, name: str) -> bool:
        return name in self._things


acts: Registry[Act] = Registry()
open_work: Registry[Callable[[str, date], Iterable[OpenWork]]] = Registry()
"""Each takes the public id of a person and a day."""
hand_overs: Registry[Callable[[str, str, str], None]] = Registry()
"""By kind of open work: takes its key and the public ids of who gives and who takes it, within a transaction."""
navigation: Registry[Link] = Registry()
public_navigation: Registry[Link] = Registry()
"""The entries of the public face's navigation; they are for everybody."""
act_names: Registry[str] = Registry()
"""What each act of the journal is called in words, by its id (`agencies.open_account`); fields by `field.NAME`."""
addresses: Registry[Callable[[str, str], str]] = Registry()
"""By kind of recipient (`agencies.person`): each takes a channel (`mail`) and a public id; gives the address, or ""."""
ticks: Registry[Callable[[datetime], object]] = Registry()
"""What the worker does each minute, idempotent and catching up; each takes the instant."""
