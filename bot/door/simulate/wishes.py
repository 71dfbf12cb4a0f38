"""What people did and asked for themselves, as seen beside the door: what answers them may come at any hour, and who
was told that they are left alone is left alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Left, Pressed, Submitted, Used, What
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.feature import Run
from bot.core.walltime import local_day
from bot.members.actions import Erase, EraseAll, PauseOpen, PauseUntil, PauseWeek, Stop
from bot.members.away import offered, paused
from bot.members.leaving import stopped_view

_SOON = timedelta(minutes=30)
"""So long after somebody did something a letter still answers it: ten minutes, and twenty more, for the clock may have
been set meanwhile."""
_DECIDES = {one.wire for one in (Erase, EraseAll, PauseOpen, PauseUntil, PauseWeek, Stop)}
_COMMANDS = {"pause", "holiday", "snooze", "skip", "away", "mute", "back", "resume", "unpause", "return"}
"""With the other words for a pause and its end."""
_PRESSED = {Run(Tree.MEMBER, word).pack() for word in ("pause", "back")}


@dataclass(frozen=True)
class Pause:
    """Somebody asked at that time to be left alone, until that day or (None) until they say, and was told so."""

    asked: datetime
    until: date | None


class Wishes:
    """Remembers when each account did something last, in the time in which the machine lived; and each pause that was
    acknowledged. `zone` is the network's, `done` the keys of what was answered."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self.done: set[str] = set()
        self._acted: dict[str, datetime] = {}
        self._bore: dict[str, datetime] = {}
        self._pauses: dict[str, Pause] = {}
        self._down = timedelta()

    def was_down(self, time: timedelta) -> None:
        """The machine was dead for so long: what was to be answered waited."""
        self._down += time

    def acted(self, inbound: Inbound, at: datetime) -> None:
        """Somebody does something. Where it bears on a pause, nobody knows how that stands until there is a reply: the
        machine may die over it."""
        if inbound.account is None:
            return
        account = inbound.account.show()
        self._acted[account] = at - self._down
        if _bears_on_a_pause(inbound.what):
            self._bore[account] = at
        if _bears_on_a_pause(inbound.what) and inbound.key not in self.done:
            self._pauses.pop(account, None)

    def heard(self, inbound: Inbound, reply: Reply) -> None:
        """They have the reply before them. What was done before and comes again counts for nothing."""
        self.done.add(inbound.key)
        if inbound.account is None or reply.view is None or not _bears_on_a_pause(inbound.what):
            return
        account, today = inbound.account.show(), local_day(inbound.at, self._zone)
        for view, until in _acknowledgements(today):
            if reply.view == view:
                self._pauses[account] = Pause(inbound.at, until)

    def has_just_acted(self, account: str, at: datetime) -> bool:
        """Whether what goes to that account now can be the answer to something."""
        acted = self._acted.get(account)
        return acted is not None and at - self._down - acted <= _SOON

    def bore_on_a_pause(self, since: datetime) -> Collection[str]:
        """Accounts that did anything since then by which they are left alone, or no longer."""
        return [account for account, at in self._bore.items() if at >= since]

    def pauses(self, accounts: Collection[str]) -> tuple[Pause, ...]:
        """What these asked for and were told."""
        return tuple(self._pauses[one] for one in accounts if one in self._pauses)


def _bears_on_a_pause(what: What) -> bool:
    match what:
        case Used(Tree.MEMBER, words):
            return words.partition(" ")[0] in _COMMANDS
        case Pressed(action) | Submitted(action):
            return action in _PRESSED or action.partition("~")[0] in _DECIDES
        case _:
            return isinstance(what, Left)


@cache
def _acknowledgements(today: date) -> tuple[tuple[View, date | None], ...]:
    """Each way to be told that one is left alone, and until when that holds."""
    return (stopped_view(), None), (paused(None), None), *((paused(day), day) for day in offered(today))
