"""Who meets whom: the port of a matching engine, and what two people are told they share.

Hard rules: nobody meets somebody of a forbidden pair, of the same school or of the same trust. After that, in this
order: as few as possible are left over; who waited comes first; nobody meets again while another choice exists; wishes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.chat.ids import Dice, Id


class Shown(StrEnum):
    """What a member may let a partner be told as a reason. There is nothing else: no role, no years, no waiting."""

    PHASE = "phase"
    TOPIC = "topic"
    TIME = "time"
    REGION = "region"


SHOWN_BY_DEFAULT = frozenset({Shown.PHASE, Shown.TOPIC, Shown.TIME})


@dataclass(frozen=True)
class Candidate:
    """Somebody to be introduced in this round, and only what matching needs. What is empty means "any".

    `times` are of `time_at`. `school` is a URN.
    `waited` counts the rounds left out, running. `shows` is what the member lets partners be told.
    """

    id: Id
    school: int | None = None
    trust: str | None = None
    phase: str | None = None
    region: str | None = None
    tags: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    waited: int = 0
    shows: frozenset[Shown] = SHOWN_BY_DEFAULT


@dataclass(frozen=True)
class Match:
    """Two or three people to be introduced; the first says hello. `again` where any two of them met lately."""

    ids: tuple[Id, ...]
    again: bool = False


@dataclass(frozen=True)
class Matching:
    """Everybody asked for, once: in a group, or left over."""

    groups: tuple[Match, ...]
    left: tuple[Id, ...] = ()


class Engine(Protocol):
    """Something that finds who meets whom."""

    def match(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        """A matching of all candidates; the same for the same people and dice, in whatever order they come.

        `history` says when two people last met, only for those within the cooldown (13 weeks by default).
        `forbidden` are pairs that cannot be; why is known to nobody here. Raises ValueError when an id comes twice.
        """
        ...


@dataclass(frozen=True)
class Reason:
    """One thing that people share and show: `value` is a slug of that kind; a region's name; a time as of `time_at`."""

    kind: Shown
    value: str


def time_at(time: str, zone: str) -> str:
    """A time of the week on the wall of that zone: elsewhere the same words mean another hour, which is not shared."""
    return f"{time} {zone}"


def time_of(value: str) -> str:
    """The time's slug."""
    return value.partition(" ")[0]


def reasons(*people: Candidate) -> tuple[Reason, ...]:
    """What all of them have in common and all of them show; in order of slug within topics, times, phase and region."""
    shown = frozenset[Shown].intersection(*(person.shows for person in people))
    return tuple(
        Reason(kind, value) for kind, tell in _TELLS.items() if kind in shown for value in _common(tell, people)
    )


def _common(tell: Callable[[Candidate], Iterable[str | None]], people: Sequence[Candidate]) -> list[str]:
    shared = frozenset[str | None].intersection(*(frozenset(tell(person)) for person in people))
    return sorted(value for value in shared if value)


_TELLS: dict[Shown, Callable[[Candidate], Iterable[str | None]]] = {
    Shown.TOPIC: lambda person: person.tags,
    Shown.TIME: lambda person: person.times,
    Shown.PHASE: lambda person: [person.phase],
    Shown.REGION: lambda person: [person.region],
}
