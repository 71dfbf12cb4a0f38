"""What is kept of announcements, and how the people are counted and found who are meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.announcements.model import Announcement, Chosen, Load, Reach
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.outbox import State
from bot.core.work import Store
from bot.members.model import By

EVERYBODY = (Id(0), Id(2**63 - 1))
"""Between the first id that there can be, and the last."""


@dataclass(frozen=True)
class Said:
    """A letter of an announcement: to a `member`, or into a channel (None)."""

    key: str
    member: Id | None
    state: State


class Announcements(Protocol):
    """Announcements, their letters, and who said that they have read one."""

    def get(self, id: Id) -> Announcement | None:
        """It, and nobody else changes it until the unit is over."""
        ...

    def keep(self, announcement: Announcement) -> None:
        """Write a new one, or an old one anew."""
        ...

    def latest(self, most: int) -> Sequence[Announcement]:
        """The newest first."""
        ...

    def for_week(self, week: date) -> Sequence[Announcement]:
        """Those that are a part of the Friday letter before the week of that Monday, the oldest first."""
        ...

    def open_news(self) -> Sequence[Announcement]:
        """Those that may have letters which wait, and need more than the consent to messages."""
        ...

    def count(self, chosen: Chosen) -> Mapping[Reach, int]:
        """How many get it, and how many do not for which reason."""
        ...

    def recipients(self, chosen: Chosen, between: tuple[Id, Id] = EVERYBODY) -> Sequence[Id]:
        """Who gets it, in order; `between`: only those from the one to the other."""
        ...

    def loads(self, chosen: Chosen) -> Mapping[str, Load]:
        """What each platform would carry."""
        ...

    def sizes(self, by: By) -> Mapping[str, int]:
        """How many members there are of each value, whatever each has chosen for themselves."""
        ...

    def said(self, id: Id) -> Sequence[Said]:
        """Its letters that are still known, in the order in which they were posted."""
        ...

    def saw(self, id: Id, member: Id) -> None:
        """Somebody has read it; once is enough."""
        ...

    def seen(self, id: Id) -> int:
        """How many have said so, of those that are still known one by one."""
        ...

    def add_up(self, before: datetime) -> None:
        """Of announcements that left before then, keep how many have read them, and not who."""
        ...

    def forget_before(self, at: datetime) -> None:
        """Forget those made before then."""
        ...

    def signature(self, account: Account) -> str:
        """A keyed hash of an account, by which an organiser who is no member is known again."""
        ...

    def organisers(self) -> Sequence[tuple[Account, Id]]:
        """Accounts with an organiser's right, and whose they are."""
        ...


ANNOUNCEMENTS = Store[Announcements]("announcements")
