"""Two accounts of one person: what was asked for, and how long it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.address import Account
from bot.chat.ids import Id

OPEN_FOR = timedelta(minutes=10)
"""For a code to be entered; and, from then on, for both sides to say that it is them (THREATS, 6)."""


class State(StrEnum):
    """How far it has come. What ended is kept until the night, so that a second press is answered like the first."""

    OPEN = "open"
    """There is a code, and nobody has entered it."""
    ENTERED = "entered"
    """At some account; it is of no use to any other."""
    AGREED = "agreed"
    """There, somebody has said that they are this member."""
    DONE = "done"
    REFUSED = "refused"
    """Somebody said no, on either side."""


@dataclass(frozen=True)
class Asked:
    """A member wants to be here from a second account, too.

    `by` is the account that asked for a code, `entered_by` the one at which it was entered. `at`: when it was asked
    for, and from then on when it was entered.
    """

    id: Id
    member: Id
    by: Account
    at: datetime
    entered_by: Account | None = None
    state: State = State.OPEN

    @property
    def over_at(self) -> datetime:
        """When it is too late."""
        return self.at + OPEN_FOR

    def stands(self, at: datetime) -> bool:
        """Whether it is not too late."""
        return at < self.over_at

    def can_be_entered(self, account: Account, at: datetime) -> bool:
        """Whether its code is of use to that account: nobody had it before, or they themselves had."""
        is_theirs = self.entered_by == account and self.state in (State.ENTERED, State.AGREED)
        return self.stands(at) and (self.state is State.OPEN or is_theirs)
