"""What people did themselves, as seen beside the door: what answers them may come at any hour."""

from datetime import datetime, timedelta

_SOON = timedelta(minutes=30)
"""So long after somebody did something a letter still answers it: ten minutes, and twenty more, for the clock may have
been set meanwhile."""


class Wishes:
    """Remembers when each account did something last, in the time in which the machine lived."""

    def __init__(self) -> None:
        self._acted: dict[str, datetime] = {}
        self._down = timedelta()

    def was_down(self, time: timedelta) -> None:
        """The machine was dead for so long: what was to be answered waited."""
        self._down += time

    def acted(self, account: str, at: datetime) -> None:
        """Somebody did something."""
        self._acted[account] = at - self._down

    def has_just_acted(self, account: str, at: datetime) -> bool:
        """Whether what goes to that account now can be the answer to something."""
        acted = self._acted.get(account)
        return acted is not None and at - self._down - acted <= _SOON
