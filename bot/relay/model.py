"""Two who were introduced and share no place write to each other through the bot: what each wants, and for how long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.chat.ids import Id
from bot.chat.limits import ANSWER_TEXT

KEPT = timedelta(hours=23)
"""How long words wait to be delivered: with an hour for whoever has them in hand, they are gone within a day."""
MOST = ANSWER_TEXT
"""Characters of one message."""
A_DAY = 10
"""Messages of one to the other in a day."""
REPORTS = 3
"""How often one can report the other in a week: once, and again when they find the words."""


class Wish(StrEnum):
    """What one of the two wants."""

    WANTS = "wants"
    CLOSED = "closed"
    """Said no, or no more. It stays so for this introduction."""


@dataclass(frozen=True)
class Side:
    """What a member wants of another of that group, until the group's week is over.

    `sent`: how many messages on the local day `day`. `last` marks the delivery that was counted last, so that one that
    comes again is not counted again.
    """

    group: Id
    member: Id
    other: Id
    ends_at: datetime
    wish: Wish = Wish.WANTS
    day: date | None = None
    sent: int = 0
    reports: int = 0
    last: int = 0

    def sent_on(self, day: date) -> int:
        """How many messages on that local day."""
        return self.sent if self.day == day else 0


class Stands(StrEnum):
    """How things stand between two, as one of them sees it."""

    NEW = "new"
    ASKED = "asked"
    """I have asked, and they have not answered."""
    WANTED = "wanted"
    """They have asked, and I have not answered."""
    OPEN = "open"
    CLOSED = "closed"


def stands(mine: Side | None, theirs: Side | None) -> Stands:
    """Open only if both want it; closed as soon as one of them does not."""
    if any(side is not None and side.wish is Wish.CLOSED for side in (mine, theirs)):
        return Stands.CLOSED
    if mine is not None and theirs is not None:
        return Stands.OPEN
    return Stands.ASKED if mine else Stands.WANTED if theirs else Stands.NEW
