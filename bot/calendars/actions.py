"""What can be pressed about one's own calendar."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class OpenCalendar(Action, frozen=True):
    """Shows what there is of it."""

    wire: ClassVar[str] = "calendar.open"


class AddToCalendar(Action, frozen=True):
    """Sends a file with one event."""

    wire: ClassVar[str] = "calendar.add"
    event: Id


class NewAddress(Action, frozen=True):
    """Makes an address to fetch it from; an earlier one ends."""

    wire: ClassVar[str] = "calendar.address"


class EndAddress(Action, frozen=True):
    """Ends the address."""

    wire: ClassVar[str] = "calendar.end"


class ShowTitles(Action, frozen=True):
    """Shows titles (1), or "Busy" (0)."""

    wire: ClassVar[str] = "calendar.titles"
    yes: int
