"""What is kept of the pulse: polls, whom an open one asks, and what everybody may read of a closed one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.work import Store
from bot.pulse.model import Cut, Eligible, Entry, Poll, State


class Pulse(Protocol):
    """Polls. No answer is ever kept, nor who gave one: those are in the box alone."""

    def get(self, poll: Id) -> Poll | None: ...

    def keep(self, poll: Poll) -> None:
        """Write a new poll, or an old one anew."""
        ...

    def drop(self, poll: Id) -> None:
        """Throw a draft away."""
        ...

    def at(self, state: State) -> Sequence[Poll]:
        """The polls that are so far, the latest first."""
        ...

    def told_in(self, week: date) -> Sequence[Poll]:
        """Closed polls that the Friday letter about that week tells, or brings the organisers' reply to."""
        ...

    def eligible(self, on: date) -> Sequence[Eligible]:
        """Who may be asked on that local day, in a steady order; nobody who keeps a diary."""
        ...

    def ask(self, poll: Id, members: Iterable[Id]) -> None:
        """Record whom an open poll asks."""
        ...

    def asked(self, poll: Id) -> Sequence[Id]:
        """Whom it asks, in a steady order."""
        ...

    def still_asked(self, poll: Id) -> Sequence[Id]:
        """Those of them who are in, still agree to be asked, and keep no diary."""
        ...

    def parts(self, poll: Id, cut: Cut) -> Mapping[Id, str]:
        """In which part of that cut each of those it still asks is; "" where they have not said it."""
        ...

    def accounts(self, poll: Id) -> Mapping[Account, Id]:
        """All accounts of whom it asks, and whose they are."""
        ...

    def forget_asked(self, poll: Id) -> None:
        """It is closed: nobody needs to know any more whom it asked."""
        ...


class Diaries(Protocol):
    """What members write for themselves, each under a key of their own; nobody else's is ever asked for."""

    def keep(self, entry: Entry) -> None:
        """Write the entry of a week, or that week's anew."""
        ...

    def of(self, member: Id) -> Mapping[date, Entry | None]:
        """By week, the oldest first; None where it cannot be opened any more."""
        ...

    def forget(self, member: Id) -> None:
        """Throw all of it away, without a trace."""
        ...

    def seal_anew(self) -> None:
        """Under the key that seals now, whatever was sealed under one before it."""
        ...


PULSE = Store[Pulse]("pulse")
DIARIES = Store[Diaries]("diaries")
