"""Who looks at what stands in the tables, again and again, and says what should not stand there."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.feature import Broken, Promise
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.door.simulate.alternatives import Alternatives
from bot.door.simulate.losses import long_ago
from bot.door.simulate.plan import Plan
from bot.door.simulate.takings import A_DAY
from bot.door.simulate.witness import Witness
from bot.events.groups import circle_of
from storage import astray, evidence, mondays, owners
from storage.unsaid import unsaid

Look = Callable[[Callable[[Work], Any]], Awaitable[Any]]

SMALL = 60
"""Members of a network at whose tables somebody looks after every instant: a third more time. In a larger one there
are more instants, and more to look at in each."""
_DAY = timedelta(days=1)
_FORGOTTEN = timedelta(days=32)
"""After leaving: thirty days, the night that follows, and a day for a machine that was dead that night."""
_LATELY = timedelta(weeks=2)


class Onlooker:
    """In a small network it looks after every instant at which something was kept, in a large one once a day: a fault
    that lasts for hours is seen there, and not here.

    `lost` are answers that were acknowledged and were not there on some day.
    """

    def __init__(self, plan: Plan, witness: Witness, zone: str) -> None:
        self._witness, self._zone, self.is_close = witness, zone, plan.members <= SMALL
        self.lost: set[Broken] = set()
        self._said: set[Broken] = set()
        self._astray: set[str] = set()
        """Letters to groups that went astray, by key: each is judged once, for people pause and are back later."""
        self._begun: dict[date, int] = {}
        self._judged = date.min
        self._forgotten: dict[tuple[Id, Account], datetime] = {}
        self._left: dict[tuple[Id, Account], datetime] = {}

    def forgotten(self, who: Iterable[tuple[Id, Account]], at: datetime) -> None:
        """These asked to be, and were told that they are."""
        self._forgotten |= dict.fromkeys(who, at)

    async def kept(self, look: Look, crashes: int, now: datetime) -> None:
        """Something was just kept: perhaps a Monday's introductions. Where the machine dies while they go out in parts,
        whoever has nobody yet is introduced anew, and had no other choice."""
        today = local_day(now, self._zone)
        if self._judged >= today - timedelta(days=today.weekday()):
            return
        latest = await look(mondays.latest)
        if latest is None or latest.day <= self._judged:
            return
        begun_at = self._begun.setdefault(latest.day, crashes)
        if latest.is_out:
            self._judged = latest.day
            if begun_at == crashes:
                self._object(Alternatives(await look(partial(mondays.monday, one=latest))).needless(), now)

    async def instant(self, look: Look, promises: Sequence[Promise], now: datetime) -> None:
        """Something was kept."""
        await self._promises(look, promises, now)
        await self._gone(look, now, [one for one, at in self._forgotten.items() if now - at < _DAY])
        await self._meetings(look, now)

    async def day(self, look: Look, promises: Sequence[Promise], now: datetime) -> None:
        """A day is over."""
        await self._promises(look, promises, now)
        await self._connected(look, now)
        await self._acknowledged(look, now)
        found = await look(partial(unsaid, before=long_ago(now)))
        self._witness.object_to(self._witness.losses.found(found, self._witness.said), now)
        await self._taken_back(look, now)
        await self._leavers(look, now)
        await self._gone(look, now, self._forgotten)
        if not self.is_close:
            self._forgotten.clear()
        await self._meetings(look, now)
        await self._answers(look, now)

    async def close(self, look: Look, now: datetime) -> None:
        """It is all over."""
        await self._meetings(look, now, date.min)
        await self._answers(look, now)

    async def _promises(self, look: Look, promises: Sequence[Promise], now: datetime) -> None:
        """Whatever the rooms promise of what they keep."""
        self._object(await look(partial(_all, promises)), now)

    async def _connected(self, look: Look, now: datetime) -> None:
        """Whose accounts are whose, where anybody ever had two."""
        if self._witness.connections.waits:
            whose = await look(owners.whose)
            self._witness.object_to(self._witness.connections.broken(whose), now)
            self._witness.connections.ever(whose)

    async def _acknowledged(self, look: Look, now: datetime) -> None:
        """What somebody was told of polls, of being back, of listeners and of their hours is so in the tables."""
        witness = self._witness
        if witness.polls.waits:
            told, whose = await look(evidence.told_of_polls), await look(owners.whose)
            witness.object_to(witness.polls.closed(told, witness.connections.ever(whose)), now)
        if witness.wishes.waits:
            witness.object_to(witness.wishes.still_away(await look(owners.left_alone)), now)
        if witness.hearings.sent:
            witness.object_to(witness.hearings.broken(await look(evidence.asked_of_listeners), now), now)
        if witness.choices.waits:
            witness.object_to(witness.choices.lost(await look(owners.hours_kept)), now)

    async def _taken_back(self, look: Look, now: datetime) -> None:
        """Whether letters were taken back that somebody should have read."""
        witness, whose = self._witness, await look(owners.whose)
        lately = witness.wishes.bore_on_a_pause(now - A_DAY)
        quiet = {whose[account][0] for account in lately if account in whose}
        witness.object_to(await look(partial(witness.takings.found, said=witness.said, quiet=quiet)), now)

    async def _leavers(self, look: Look, now: datetime) -> None:
        """Who left the workspace and did not come back is forgotten in a night after thirty days, unasked."""
        here, gone = await look(evidence.leavers)
        self._left = {one: at for one, at in self._left.items() if one[0] not in here} | gone
        due = [one for one, at in self._left.items() if at + _FORGOTTEN <= now]
        self.forgotten(due, now)
        for one in due:
            del self._left[one]

    async def _gone(self, look: Look, now: datetime, who: Iterable[tuple[Id, Account]]) -> None:
        if gone := list(who):
            self._object(await look(partial(_what_remains, gone=gone)), now)

    async def _meetings(self, look: Look, now: datetime, since: date | None = None) -> None:
        """Whether all heard of an introduction of whom one did; and each alone of a place that may not be there."""
        since = since or local_day(now, self._zone) - _LATELY
        introduced, whose = await look(partial(_introduced, since=since))
        whose, unseen = self._witness.connections.ever(whose), self._witness.losses.unseen
        self._witness.object_to(self._witness.meetings.half_told(introduced, whose, unseen), now)
        groups = await look(partial(astray.unheard, unseen=unseen, but=self._astray, circle_of=circle_of))
        self._astray |= groups.keys()
        self._object([one for broken in groups.values() for one in broken], now)

    async def _answers(self, look: Look, now: datetime) -> None:
        """Whether what somebody was told is there stands there."""
        whose, kept, events = await look(_answered)
        whose = self._witness.connections.ever(whose)
        lost = [*self._witness.lost_answers(whose, kept), *self._witness.gatherings.lost(whose, events)]
        self.lost.update(lost)
        self._object(lost, now)

    def _object(self, broken: Iterable[Broken], now: datetime) -> None:
        """What does not hold is found again and again, and said once."""
        new = [one for one in broken if one not in self._said]
        self._said.update(new)
        self._witness.object_to(new, now)


def _all(promises: Sequence[Promise], work: Work) -> list[Broken]:
    return [broken for promise in promises for broken in promise(work)]


def _what_remains(work: Work, gone: Sequence[tuple[Id, Account]]) -> list[Broken]:
    """Of an account that came back something may stand there."""
    known = owners.whose(work)
    here = [(member, None if account.show() in known else account) for member, account in gone]
    return [broken for one in here for broken in evidence.remains(work, *one)]


def _introduced(work: Work, since: date) -> Any:
    return evidence.introduced(work, since), owners.whose(work)


def _answered(work: Work) -> Any:
    return owners.whose(work), evidence.answers_kept(work), evidence.events_answered(work)
