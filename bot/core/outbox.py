"""Letters: what is written in the same transaction as the data it speaks of, and carried afterwards."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from bot.chat.address import Address
from bot.chat.ids import Id
from bot.chat.outbound import Meeting, Parcel, Receipt
from bot.chat.view import View


class Kind(StrEnum):
    """Why a letter is written; from it follow quiet hours, the message budget and who goes first."""

    ANSWER = "answer"
    """Follows what this person did in the last ten minutes: at once."""
    URGENT = "urgent"
    """Help, a cancellation, a reminder an hour before or less: at once."""
    PROMISED = "promised"
    """Asked for beforehand: outside quiet hours."""
    NOTICE = "notice"
    """Unasked, but outside the budget (welcome, "you are in", one nudge): outside quiet hours."""
    WEEKLY = "weekly"
    """Unasked: outside quiet hours, and within the budget of one a day and four a week."""
    PULSE = "pulse"
    """The pulse: as WEEKLY, but beside one of these on the same day it counts as one with it."""
    FRIDAY = "friday"
    """The Friday letter: as WEEKLY, and the Friday before a term week is no holiday for it."""
    ORGANISER = "organiser"
    """An organiser's own line: outside quiet evenings and nights, not counted."""
    RELAYED = "relayed"
    """A member's own words to another who has said yes to them: outside quiet hours, not counted, and gone when their
    time is over, whatever is known of them then."""
    REMOVAL = "removal"
    """Says nothing: takes away what the bot said before, and leaves no row behind once that is done."""


UNCLEAR = "unclear"
"""What is said of a letter that was given up because nobody can say whether it arrived: it may have been read."""
BUDGETED = frozenset({Kind.WEEKLY, Kind.PULSE, Kind.FRIDAY})
"""Kinds that count against the message budget."""

ASKED_FOR = frozenset({Kind.ANSWER, Kind.URGENT, Kind.PROMISED})
"""Kinds that still come to somebody who wants to be left alone: what they asked for, and what cannot wait."""


class Letter(msgspec.Struct, frozen=True):
    """Something to be said once.

    `key` is unique for ever (`pair:{round}:{member}`): a second letter of the same key is not written.
    `due_at` is the earliest instant; quiet hours and the budget may move it later. After `until` it is pointless, and
    is recorded as too late instead of being sent. `about` names members, besides the recipients, of whom it speaks.
    `batch` is shared by the letters of one bulk work, whose progress is told. `instead_of` is the key of an earlier
    letter to the same place: this one takes the place of its message. A REMOVAL takes that message away and puts
    nothing in its place; without `instead_of`, everything the bot ever said to that one person.
    `pins`: the message is kept in sight in its channel (False: no longer), where the platform lets us; the letter is
    sent either way.
    `meeting`: nothing is said, but the platform's own calendar shows it (Discord alone has one); a later one with
    `instead_of` changes it, and a REMOVAL, which carries the meeting as well, takes it away.
    """

    key: str
    to: Address
    view: View
    kind: Kind
    due_at: datetime
    until: datetime | None = None
    about: tuple[Id, ...] = ()
    batch: str = ""
    instead_of: str = ""
    pins: bool | None = None
    meeting: Meeting | None = None


class State(StrEnum):
    """Where a letter is on its way."""

    READY = "ready"
    ATTEMPTING = "attempting"
    RETRY = "retry"
    UNKNOWN = "unknown"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


ENDED = frozenset({State.SENT, State.DEAD, State.CANCELLED})


class Claim(msgspec.Struct, frozen=True):
    """A letter taken in hand. `fence` rises with each claim: an older claim can settle nothing.

    `was` is the state before: UNKNOWN is to be looked for before it is tried again. `unclear_since` is when the first
    unclear try began, or the one that was made blindly: from then on a platform may have it. `batch` is shared by
    letters of one bulk work ("" for a single one). `doubled`: it was said blindly already, and may stand there twice.
    """

    letter: Id
    fence: int
    parcel: Parcel
    kind: Kind
    was: State
    tries: int
    due_at: datetime
    until: datetime | None = None
    unclear_since: datetime | None = None
    batch: str = ""
    doubled: bool = False


class Settlement(msgspec.Struct, frozen=True):
    """What became of a claim. `again_at` for RETRY and UNKNOWN, which count a try where it `counts`; `says` names no
    person."""

    letter: Id
    fence: int
    state: State
    again_at: datetime | None = None
    receipt: Receipt | None = None
    says: str = ""
    possible_duplicate: bool = False
    counts: bool = True


class Outbox(Protocol):
    """What the courier needs of the storage."""

    async def recover(self, at: datetime) -> int:
        """After a start: what was being attempted when the process died becomes UNKNOWN. Returns how many."""
        ...

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        """Take up to `most` letters in hand that are due, ATTEMPTING committed before they are returned.

        People who wait go first; order is kept for each recipient: nothing is claimed while an earlier letter to the
        same recipient has not ended. A lease that ran out counts as UNKNOWN. What is past its `until` ends DEAD.
        """
        ...

    async def settle(self, at: datetime, settlements: Sequence[Settlement]) -> None:
        """Write what became of claims; a settlement with an outlived fence changes nothing."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next claim could find something; None when nothing waits."""
        ...
