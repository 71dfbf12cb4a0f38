"""What people did and asked for themselves, as seen beside the door: what answers them may come at any hour, and who
was told that they are left alone is left alone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from functools import cache
from itertools import count

from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Inbound, Left, Pressed, Submitted, Used, What
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.feature import Broken, Run
from bot.core.walltime import local_day
from bot.members.actions import Erase, EraseAll, PauseOpen, PauseUntil, PauseWeek, Stop
from bot.members.away import offered, paused, welcome_back
from bot.members.leaving import stopped_view
from bot.members.model import Member, Stage

_SOON = timedelta(minutes=30)
"""So long after somebody did something a letter still answers it: ten minutes, and twenty more, for the clock may have
been set meanwhile."""
_DECIDES = {one.wire for one in (Erase, EraseAll, PauseOpen, PauseUntil, PauseWeek, Stop)}
_COMMANDS = {"pause", "holiday", "snooze", "skip", "away", "mute", "back", "resume", "unpause", "return"}
"""With the other words for a pause and its end."""
_PRESSED = {Run(Tree.MEMBER, word).pack() for word in ("pause", "back")}


class Said(Enum):
    """What somebody who asked to be left alone, or not any more, has heard."""

    PAUSED = auto()
    BACK = auto()
    NOTHING = auto()
    """Not yet: the machine may have died over it."""


@dataclass(frozen=True)
class Wish:
    """What somebody asked for at that time, and was told: to be left alone, until that day or (None) until they say;
    or that they are back."""

    asked: datetime
    said: Said = Said.NOTHING
    until: date | None = None
    before: "Wish | None" = None
    """While nothing is heard yet: what stood before that."""
    nth: int = 0
    """In the order in which it came: a clock can be set back."""

    def holds(self, today: date) -> bool:
        """Whether they are to be left alone on that day."""
        return self.said is Said.PAUSED and (self.until is None or today < self.until)


class Wishes:
    """Remembers when each account did something last, in the time in which the machine could do anything; and what
    each asked for last, and was told, of a pause and its end. Whoever has several accounts asks with any of them.
    `zone` is the network's, `done` the keys of what was answered; `back_early` counts ends of pauses that would have
    held."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self.done: set[str] = set()
        self._acted: dict[str, datetime] = {}
        self._wishes: dict[str, Wish] = {}
        self._bore: dict[str, datetime] = {}
        self._down = timedelta()
        self._unjudged: set[str] = set()
        self._count = count()
        self.back_early = 0

    @property
    def waits(self) -> bool:
        """Whether somebody was told since yesterday that they are back."""
        return bool(self._unjudged)

    def held_up(self, time: timedelta) -> None:
        """The machine was dead for so long, or its disk is full: what is to be answered waits."""
        self._down += time

    def acted(self, inbound: Inbound, at: datetime) -> None:
        """Somebody does something. Where it bears on a pause, nobody knows how that stands until there is a reply: the
        machine may die over it."""
        if inbound.account is None:
            return
        account = inbound.account.show()
        self._acted[account] = at - self._down
        if not _bears_on_a_pause(inbound.what):
            return
        self._bore[account] = at
        if inbound.key not in self.done:
            was = self._wishes.get(account)
            before = was and (was.before if was.said is Said.NOTHING else was)
            self._wishes[account] = Wish(inbound.at, before=before, nth=next(self._count))

    def answered(self, account: str, at: datetime) -> None:
        """What was just done is answered to that account, too."""
        self._acted[account] = at - self._down

    def heard(self, inbound: Inbound, reply: Reply) -> None:
        """They have the reply before them. What was done before and comes again counts for nothing."""
        self.done.add(inbound.key)
        if inbound.account is None or reply.view is None or not _bears_on_a_pause(inbound.what):
            return
        account, today = inbound.account.show(), local_day(inbound.at, self._zone)
        for view, until in _acknowledgements(today):
            if reply.view == view:
                self._wishes[account] = Wish(inbound.at, Said.PAUSED, until, nth=next(self._count))
        if reply.view in _welcomes():
            before = self._wishes[account].before
            self.back_early += before is not None and before.holds(today)
            self._wishes[account] = Wish(inbound.at, Said.BACK, nth=next(self._count))
            self._unjudged.add(account)

    def has_just_acted(self, account: str, at: datetime) -> bool:
        """Whether what goes to that account now can be the answer to something."""
        acted = self._acted.get(account)
        return acted is not None and at - self._down - acted <= _SOON

    def bore_on_a_pause(self, since: datetime) -> Collection[str]:
        """Accounts that did anything since then by which they are left alone, or no longer."""
        return [account for account, at in self._bore.items() if at >= since]

    def last(self, accounts: Mapping[str, datetime]) -> Wish | None:
        """What somebody with these accounts asked for last, since each is theirs: who was forgotten and comes back, or
        parted with an account, has asked for nothing."""
        asked = ((self._wishes[one], since) for one, since in accounts.items() if one in self._wishes)
        wishes = (wish for wish, since in asked if wish.asked > since)
        return max(wishes, key=lambda wish: wish.nth, default=None)

    def still_away(self, away: Mapping[Id, Mapping[str, datetime]]) -> Iterator[Broken]:
        """Who has been told lately that they are back, though the tables leave them alone: with all their accounts."""
        for member, accounts in away.items():
            wish = self.last(accounts)
            if wish and wish.said is Said.BACK and not self._unjudged.isdisjoint(accounts):
                yield Broken("still paused", show(member), wish.asked.isoformat())
        self._unjudged.clear()


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


@cache
def _welcomes() -> tuple[View, ...]:
    """Each way to be told that nothing is paused any more."""
    return tuple(welcome_back(Member(Id(0), "", stage)) for stage in (Stage.MEMBER, Stage.WAITING))
