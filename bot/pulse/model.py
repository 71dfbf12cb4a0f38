"""A pulse: its polls, and how they are set. What is asked stands in the bank, what is told in telling."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.chat.ids import Id
from bot.core.terms import Nation

MOST_QUESTIONS = 3
"""In one poll: ten seconds in all."""
MOST_WORDS = 120
"""Characters of a question in an organiser's own words."""
MOST_REPLY = 600
"""Characters of what organisers say they did about a result."""
MOST_DIARY = 500
"""Characters of a week's words in a diary."""
FEWEST_ELIGIBLE = 30
"""No poll goes to fewer people (DOMAIN, the pulse, rule 2)."""
LATEST = timedelta(hours=24)
"""How late the rota still asks: on Friday evening the week is over."""
LONGEST = timedelta(hours=72)
"""How long a poll may be open: so long answers live in memory alone (rule 1)."""


class State(StrEnum):
    """How far a poll has come."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Series(StrEnum):
    """Where a poll comes from."""

    ROTA = "rota"
    ORGANISERS = "organisers"
    SESSIONS = "sessions"
    """Whether people felt heard, of all sessions of a week together."""


class Cut(StrEnum):
    """By what the totals of a poll are told in parts, declared before it is opened: one of these, never two."""

    PHASE = "phase"
    REGION = "region"


@dataclass(frozen=True)
class Item:
    """A question of a poll: the bank's of that `key` or, with `words`, an organiser's own on the scale of that one."""

    key: str
    words: str = ""


@dataclass(frozen=True)
class Poll:
    """One issue. `day` is the local day it was opened; `closes_at` stands from then on.

    `again`: how often everybody was asked once more, since what was in memory was lost. `told` is what everybody may
    read, from the close on: the published table and nothing else. `told_in` is the Monday of the week whose Friday
    letter brings it, `reply_in` that of the letter that brings the organisers' `reply`. `cut` None: told all together.
    """

    id: Id
    series: Series
    items: tuple[Item, ...]
    state: State = State.DRAFT
    day: date | None = None
    closes_at: datetime | None = None
    again: int = 0
    told: str = ""
    told_in: date | None = None
    reply: str = ""
    reply_in: date | None = None
    cut: Cut | None = None


@dataclass(frozen=True)
class Entry:
    """A week in somebody's diary, by its Monday: how it was for them, from 1 to 5, and words of their own."""

    member: Id
    week: date
    rating: int
    words: str = ""


@dataclass(frozen=True)
class Eligible:
    """Somebody who may be asked: in, not away, and agreed to messages and the pulse. `nation` None: not said."""

    member: Id
    nation: Nation | None


@dataclass(frozen=True)
class PulseSettings:
    """`[pulse]`. On weekday `day` (Thursday is 3) at `at`, in term weeks; open for so many `hours`. Not `on`: only what
    organisers open themselves."""

    on: bool = True
    day: int = 3
    at: time = time(16, 15)
    hours: int = 48

    @property
    def open_for(self) -> timedelta:
        """From the asking to the close."""
        return min(timedelta(hours=self.hours), LONGEST)
