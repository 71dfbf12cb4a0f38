"""A rehearsal: the real bot and the real storage under virtual time, with made-up people, and everything going wrong.

rehearsal = Rehearsal(plan, Configured(Config(…), folder), clock)     # on a virtual loop, or a real one
await rehearsal.live(tell)
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from adapters.people.mind import Mind
from adapters.people.people import People
from adapters.space.space import Space
from bot.chat.inbound import Inbound, Pressed
from bot.chat.outbound import Reply
from bot.config import Configured
from bot.core.errors import OperatorError, StorageFailed
from bot.core.feature import Broken, Promise
from bot.core.terms import read_terms
from bot.core.work import Unit, Work
from bot.door.demo.birth import SeededIds
from bot.door.demo.bodies import Bodies, listen
from bot.door.simulate.counting import ORGANISER
from bot.door.simulate.machine import Led, Machine, Unheard
from bot.door.simulate.nature import Echoes, Odds, RoughPlatform, Weather, odds_of
from bot.door.simulate.onlooker import Onlooker
from bot.door.simulate.overseers import let_hear
from bot.door.simulate.plan import Db, Plan
from bot.door.simulate.seconds import read_beside
from bot.door.simulate.tally import Tally
from bot.door.simulate.town import HERE, Place, organisers_of, town
from bot.door.simulate.witness import WatchedOutbox, Witness, about
from bot.door.wiring import Makings, Parts, bring_to_life, open_parts
from bot.members.leaving import goodbye, goodbye_all
from bot.pulse.box import Box
from scheduler.heartbeat import StepHeart
from scheduler.life import Life, Living
from scheduler.verdicts import Manners
from storage import owners
from storage.engine import Manner
from storage.house import Home
from storage.seal import KEY_BYTES, Seal, Secrets
from storage.start import make_ready
from storage.transaction import Outcome
from storage.writer import Runner

HOME = Home(HERE.platform, HERE.workspace)
_DAY = timedelta(days=1)
_DISK = 61
"""Per cent: what stands in the organisers' Monday line must not depend on the machine."""
_REMEMBERS = timedelta(days=28)
"""How long the platform keeps what was said: longer than anybody looks back."""
_TOGETHER = timedelta(minutes=5)
"""People of a network do things at the same time; and thousands of weeks take fewer steps so. Less than the ten minutes
from a farewell to walking out."""
_ERASES = ("members.erase", "members.erase-all")


class _Renewed(Exception):
    """The process is to hand over to the next one."""


@dataclass(frozen=True)
class Side:
    """A platform, and who is on it."""

    space: Space
    people: People
    platform: RoughPlatform


Tell = Callable[["Rehearsal"], None]


class Rehearsal:
    """One network, from its first day to its last, through any number of deaths."""

    def __init__(self, plan: Plan, configured: Configured, clock: Led) -> None:
        self.plan, self.configured, self.clock = plan, configured, clock
        self.machine = Machine(plan, self.clock)
        network, terms = configured.config.network, read_terms(configured.terms)
        self.witness = Witness(terms, network.zone, network.nation)
        self.tally = Tally(self.witness, terms, network)
        self.onlooker = Onlooker(plan, self.witness, network.zone)
        self._ids, odds = SeededIds(f"simulate {plan.seed}", plan.opens), odds_of(plan)
        self.echoes = Echoes(self._receive, odds, self.clock, self._dice("echoes"), self._dice("late"))
        self.sides = [self._side(place, people, odds) for place, people in town(plan).items()]
        waits = self.witness.wishes.held_up
        self.weather = Weather(plan, odds, self.machine, self.clock, self._dice("weather"), waits)
        self._others: tuple[Living, ...] = (*(side.people for side in self.sides), self.echoes, self.weather)
        self._manners = Manners(recognises=odds.recognises)
        self._parts: Parts | None = None
        self._undone: set[str] = set()
        """Keys of what could not be done: it can be done yet when it comes again."""
        self._seen, self._is_over = 0, False

    async def live(self, tell: Tell = lambda rehearsal: None) -> None:
        """Live it to its end. `tell` hears of every day."""
        for side in self.sides:
            side.space.subscribe(partial(self.witness.hear, side.space))
            listen(side.space, side.people, ORGANISER)
            let_hear(side.space, side.people)
            side.people.wake()
        for side, other in (self.sides, self.sides[::-1]):
            read_beside(side.space, other.people)
        await make_ready(self.configured.url, self.configured.data / "copies", self.plan.opens)
        while not self._is_over:
            await self._one_life(tell)
        await self._close()

    async def look(self, run: Callable[[Work], Any]) -> Any:
        """Ask the storage something."""
        if self._parts is None:
            raise LookupError("nothing is open")
        return await self._parts.storage.read(self.clock.now(), run)

    # lives and deaths

    async def _one_life(self, tell: Tell) -> None:
        """Until the end, or until the machine dies; then everything in memory is gone. None begins on a full disk."""
        life = asyncio.create_task(self._days(tell))
        death = asyncio.create_task(self.machine.dead.wait())
        await asyncio.wait([life, death], return_when=asyncio.FIRST_COMPLETED)
        if not self.machine.dead.is_set():
            death.cancel()
            if await self._has_begun(life):
                return
        else:
            self.witness.note(self.clock.now(), "crash", boundary=self.machine.boundaries)
        await _everybody_gone()
        await self._close()
        down = self.machine.start_again()
        self.witness.polls.died()
        self.witness.wishes.held_up(down)
        await self.clock.reach(self.clock.now() + down)

    async def _has_begun(self, life: asyncio.Task[None]) -> bool:
        """Whether a life that is over ever began; it ends by itself before that where there is no room on the disk."""
        try:
            await life
        except (OperatorError, StorageFailed):
            if self._parts is not None or not self.machine.is_full:
                raise
            self.witness.note(self.clock.now(), "no room")
            self.witness.happened["no room"] += 1
        return self._is_over

    async def _days(self, tell: Tell) -> None:
        parts, life = await self._open(Box())
        while self.clock.now() < self.plan.until:
            evening = min(self.clock.now() + _DAY, self.plan.until)
            while not await self._live_until(evening, parts, life):
                self.witness.happened["renewed"] += 1
                self.witness.happened["renewed in a round"] += await self._is_in_a_round(parts)
                parts, life = await self._take_over(parts)
            await self._look_at_day(parts)
            tell(self)
            if self.weather.is_restarted():
                parts, life = await self._take_over(parts)
        await self.onlooker.close(self.look, self.clock.now())
        await self.tally.close(self.look, parts.house, len(self.onlooker.lost))
        self._is_over = True

    async def _live_until(self, evening: datetime, parts: Parts, life: Life) -> bool:
        """False where the operator wants it begun anew meanwhile: no letter is taken in hand any more, what is in hand
        is finished, and so is the tick under way."""
        stopping = asyncio.create_task(self._stopped(parts))
        try:
            await life.run_until(evening, partial(self._go_on, parts))
        except _Renewed:
            await stopping
            return False
        finally:
            stopping.cancel()
        return True

    async def _is_in_a_round(self, parts: Parts) -> bool:
        due = await parts.storage.outbox.next_due()
        return due is not None and due <= self.clock.now()

    async def _stopped(self, parts: Parts) -> None:
        await self.machine.leaving.wait()
        if parts.courier is not None:
            await parts.courier.stop()

    async def _go_on(self, parts: Parts, now: datetime) -> None:
        await self._look_on(parts, now)
        if self.machine.leaving.is_set():
            raise _Renewed

    async def _take_over(self, parts: Parts) -> tuple[Parts, Life]:
        """A planned restart: what is in memory goes to the next process, as it goes through the socket."""
        self.witness.polls.handed_over += self.witness.polls.waits
        self.witness.note(self.clock.now(), "restart")
        self.machine.leaving.clear()
        packed = parts.box.pack()
        await self._close()
        return await self._open(Box.unpack(packed))

    async def _open(self, box: Box) -> tuple[Parts, Life]:
        """The bot, begun with what is in that box. One that hears that its beginning failed does not begin."""
        self.machine.mishears = 0.0
        inline = self.plan.db is Db.SQLITE
        manner = Manner(inline=inline, synchronous="OFF", around=self._around)
        secrets, dice = _secrets(self.plan), self._dice("jitter")
        makings = Makings(
            self._ids, dice, _at_once, secrets, manner, lambda: _DISK, box=box, failed=self._handler_failed
        )
        organisers = frozenset(organisers_of(self.plan)[:1])  # of one place alone; others as the config names them
        parts = self._parts = await open_parts(self.configured, self.clock, HOME, organisers, makings)
        parts.platforms |= {side.platform.name: side.platform for side in self.sides}
        outbox = WatchedOutbox(
            parts.storage.outbox, parts.storage, self.witness, lambda: self.machine.boundaries, self._failed
        )
        await self.tally.opened(self.look, parts.house)
        self.machine.mishears = odds_of(self.plan).misheard
        return parts, bring_to_life(parts, StepHeart(self.clock), self._others, outbox, manners=self._manners)

    async def _close(self) -> None:
        if self._parts is not None:
            await self._parts.storage.close()
            self._parts = None

    # looking

    async def _receive(self, inbound: Inbound) -> Reply:
        """Through the real door; a reply that the machine did not live to give is nobody's."""
        parts = self._parts
        if parts is None:
            raise asyncio.CancelledError
        self.witness.acts(inbound, self.clock.now(), parts.bot.directory)
        forgotten = await self._forgets(inbound)
        before = self.machine.boundaries
        reply = await parts.bot.receive(inbound)
        if self.machine.dead.is_set():
            raise asyncio.CancelledError
        self.witness.heard(inbound, reply, parts.bot.directory, self.machine.boundaries - before)
        self.witness.wishes.done -= self._undone
        self._undone.clear()
        if forgotten and reply.view in (goodbye(), goodbye_all()):
            self.onlooker.forgotten(forgotten, inbound.at)
            self.witness.happened["forgotten"] += len(forgotten)
        return reply

    def _handler_failed(self, inbound: Inbound, error: Exception) -> None:
        self._undone.add(inbound.key)
        if isinstance(error, Unheard) and inbound.account is not None:
            self.echoes.once_more(inbound)
        self._failed(about(inbound.what), error)

    def _failed(self, what: str, error: Exception) -> None:
        """The bot failed, or whoever looks on. That nothing is kept while the disk is full, or what
        is kept is heard as failed, is no fault of theirs."""
        is_nature = isinstance(error, Unheard) or (isinstance(error, StorageFailed) and self.machine.is_full)
        if not is_nature:
            self.witness.object_to([Broken("failed", "", f"{type(error).__name__}: {what}")], self.clock.now())

    async def _forgets(self, inbound: Inbound) -> list[Any]:
        """Whoever asks to be forgotten, as long as they are known, with each of their accounts."""
        what, account = inbound.what, inbound.account
        if account and isinstance(what, Pressed) and what.action.partition("~")[0] in _ERASES:
            return list[Any](await self.look(partial(owners.all_of, account=account)))
        return []

    def _around(self, run: Runner) -> Runner:
        """Each transaction between the boundaries of the machine, with somebody who looks as soon as it is kept."""

        async def run_and_look(units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
            outcomes = await run(units)
            await self._kept()
            return outcomes

        return self.machine.around(run_and_look)

    async def _kept(self) -> None:
        """Whatever is raised here would be taken for a storage that failed."""
        if self._parts is None:
            return
        try:
            await self.onlooker.kept(self.look, self.machine.crashes, self.clock.now())
        except Exception as error:
            self._failed("onlooker", error)

    async def _look_on(self, parts: Parts, now: datetime) -> None:
        """After an instant at which something happened: if anything was kept, and it is a network of few."""
        if self.onlooker.is_close and self.machine.kept != self._seen:
            self._seen = self.machine.kept
            await self.onlooker.instant(self.look, promises(parts), now)

    async def _look_at_day(self, parts: Parts) -> None:
        now = self.clock.now()
        await self.onlooker.day(self.look, promises(parts), now)
        await self.tally.day(self.look, now)
        for side in self.sides:
            side.space.forget(now - _REMEMBERS)

    def _side(self, place: Place, people: Sequence[Mind], odds: Odds) -> Side:
        space = Space(self.clock, self._ids, platform=place.platform, workspace=place.workspace)
        crowd, bodies = self.plan.db is Db.SQLITE, Bodies(space, self.echoes.hand_in, ORGANISER)
        there = People(people, bodies, self.clock, self.plan.opens, together=_TOGETHER, crowd=crowd)
        there.presses_again = self._dice(f"again {place.platform}") if odds.late else None
        dice, heard = self._dice(f"line {place.platform}"), self.witness.losses.answered
        line = RoughPlatform(space, odds, self.machine, self.clock, dice, heard)
        return Side(space, there, line)

    def _dice(self, about: str) -> random.Random:
        return random.Random(f"{about} {self.plan.seed}")  # noqa: S311 - a story, not a secret


def promises(parts: Parts) -> list[Promise]:
    """What the rooms promise on their plates."""
    return [promise for feature in parts.bot.directory.features for promise in feature.promises]


async def _at_once(work: Callable[[], Any]) -> Any:
    return work()


async def _everybody_gone() -> None:
    """What a dead machine's memory held: nothing of it runs on."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*others, return_exceptions=True)


def _secrets(plan: Plan) -> Secrets:
    """Keys from the seed, so that the same letters have the same names in every process. They guard nothing."""
    dice = random.Random(f"keys {plan.seed}")  # noqa: S311 - a story, not a secret
    return Secrets(Seal(dice.randbytes(KEY_BYTES)), dice.randbytes(KEY_BYTES))
