"""Introductions: rounds, the groups they make, and how long a group lives."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.chat.ids import Id
from bot.core.work import Fact


@dataclass(frozen=True)
class IntroductionSettings:
    """`[introductions]`. `every` weeks, on weekday `day` (Monday is 0) from `at`.

    Nobody meets the same person again for `cooldown_weeks` while there is another choice. `send_first`: the first
    introductions of a network go out by themselves; False waits for an organiser's `intro send`.
    """

    every: int = 1
    day: int = 0
    at: time = time(8, 0)
    cooldown_weeks: int = 13
    send_first: bool = False


class RoundState(StrEnum):
    """What an organiser has decided about a week's introductions, and what became of them."""

    PLANNED = "planned"
    HELD = "held"
    SENT = "sent"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Round:
    """A week's introductions. `day` is its Monday, whichever day they go out; it lives until the next Monday."""

    id: Id
    day: date
    state: RoundState
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Group:
    """Two people, or three, introduced to each other. `first` says hello. `ended_at` once somebody cannot continue."""

    id: Id
    round: Id
    day: date
    members: tuple[Id, ...]
    first: Id
    ended_at: datetime | None = None

    def others(self, than: Id) -> tuple[Id, ...]:
        """The members but one."""
        return tuple(member for member in self.members if member != than)


@dataclass(frozen=True)
class GroupMade(Fact):
    """Some people were introduced to each other."""

    group: Group


@dataclass(frozen=True)
class GroupEnded(Fact):
    """A group ended before its week was over, because this member cannot continue."""

    group: Group
    because_of: Id
