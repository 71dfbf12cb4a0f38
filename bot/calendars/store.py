"""What is kept of members' own calendars."""

from typing import Protocol

from bot.calendars.model import Calendar
from bot.chat.ids import Id
from bot.core.work import Store


class Calendars(Protocol):
    """What each member chose, and the keyed hash of each calendar's address."""

    def of(self, member: Id) -> Calendar:
        """What they chose; the defaults of whoever chose nothing."""
        ...

    def show_titles(self, member: Id, yes: bool) -> None: ...

    def new_address(self, member: Id, chance: int) -> str:
        """A new address, of 128 bits made from that chance; its keyed hash alone is kept, and an earlier one ends. The
        same delivery, come again, gets the same one."""
        ...

    def end_address(self, member: Id) -> None: ...

    def by_address(self, address: str) -> Id | None:
        """Whose calendar is fetched there."""
        ...


CALENDARS = Store[Calendars]("calendars")
