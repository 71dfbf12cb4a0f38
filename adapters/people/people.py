"""All the made-up people of a space: one heap of what they mean to do, and the hands that do it.

    people = People(heads, body, clock, seed, opening, organiser)
    people.wake()                    # plans anew from what can be read in the space
    space.subscribe(… people.hear)   # then hears
    life = Life(…, others=[people])  # next_due and act

What somebody does depends on the seed and on what they heard, and when; so the same seed gives the same life, and a
restart finds the same intentions again.
"""

import asyncio
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import count
from typing import assert_never

from adapters.people.habit import Dice
from adapters.people.mind import Mind
from adapters.people.model import (
    BOT,
    Arrive,
    Body,
    Depart,
    Fill,
    Follow,
    Gesture,
    Heard,
    Look,
    Place,
    Planned,
    Press,
    PressAgain,
    Say,
    Tell,
    Type,
    Use,
)
from adapters.people.reading import Puzzled, first_name
from adapters.people.talking import Talk, a_line, next_line
from bot.chat.outbound import NOTHING, Reply
from bot.core.clock import Clock
from bot.core.walltime import instant, local_day

REMEMBERS = timedelta(days=21)
"""How far back people look when they wake: no intention reaches farther, and no pause."""
TOGETHER = timedelta(minutes=1)
"""What is meant for within a minute is done in one go: a month has half as many instants to stop at."""
_ONCE_MORE = timedelta(minutes=1)
"""After so long somebody tries again what came to nothing, since the bot was gone."""
_AGAIN = 0.5
_WEEK = timedelta(days=7)


class People:
    """Living (scheduler/life): `next_due` and `act`. It never acts for anybody but those it was given.

    What is meant for within `together` is done in one go: one after another, or, in a `crowd`, by everybody at once.
    """

    def __init__(
        self,
        minds: Iterable[Mind],
        body: Body,
        clock: Clock,
        opening: datetime,
        zone: str = "Europe/London",
        together: timedelta = TOGETHER,
        crowd: bool = False,
    ) -> None:
        self._minds = {mind.user: mind for mind in minds}
        self._body, self._clock, self._opening, self._zone = body, clock, opening, zone
        self._heap: list[tuple[datetime, int, str, Gesture]] = []
        self._count = count()
        self._told: set[tuple[str, str]] = set()
        self._together, self._crowd = together, crowd
        self._speaking: set[str] = set()
        self._waking = False
        self._week_ends = opening
        self.puzzled: Counter[str] = Counter()
        """What somebody looked for and did not find, and how often."""
        self.presses_again: Dice | None = None
        """Whoever sees nothing come of what they did does it again, every other time; None: nobody does."""

    @cached_property
    def users(self) -> frozenset[str]:
        """Whose accounts are moved from here."""
        return frozenset(self._minds)

    def next_due(self) -> datetime | None:
        """When somebody will want to do something."""
        return min(self._heap[0][0], self._week_ends) if self._heap else self._week_ends

    async def act(self, at: datetime) -> None:
        """Do all that is meant to be done by then, or a moment later."""
        while self._week_ends <= at:
            self._begin_week(self._week_ends, at)
        while self._heap and self._heap[0][0] <= at + self._together:
            if self._crowd:
                await asyncio.gather(*(self._do_all(mind, gestures) for mind, gestures in self._next(at).items()))
            else:
                _, _, user, gesture = heapq.heappop(self._heap)
                await self._do_all(self._minds[user], (gesture,))

    def _next(self, at: datetime) -> Mapping[Mind, list[Gesture]]:
        """All that is meant to be done now, by each in their order."""
        found: dict[Mind, list[Gesture]] = {}
        while self._heap and self._heap[0][0] <= at + self._together:
            _, _, user, gesture = heapq.heappop(self._heap)
            found.setdefault(self._minds[user], []).append(gesture)
        return found

    async def _do_all(self, mind: Mind, gestures: Sequence[Gesture]) -> None:
        """One after another. If everything ends meanwhile, what was not done is meant once more."""
        for done, gesture in enumerate(gestures):
            try:
                await self._do(mind, gesture)
            except asyncio.CancelledError:
                again_at = self._clock.now() + _ONCE_MORE
                self._plan(mind, [Planned(again_at, left) for left in gestures[done:]])
                raise

    def hear(self, heard: Heard) -> None:
        """Something was said where one of these people can read it."""
        mind = self._minds.get(heard.reader)
        if mind is not None:
            self._plan(mind, mind.hear(heard, self._is_real(heard)))

    def wake(self) -> None:
        """Plan from the cast list and from all that was said lately; what was due before now is taken as done."""
        now, self._heap, self._waking = self._clock.now(), [], True
        for mind in self._minds.values():
            self._arrive(mind, now)
            self._plan(mind, mind.life(self._opening), now)
            for heard in self._body.history(mind.user, now - REMEMBERS):
                self._remember(heard)
                self._plan(mind, mind.hear(heard, self._is_real(heard)), now)
        self._begin_weeks(now)
        self._waking = False

    def _remember(self, heard: Heard) -> None:
        if heard.place is Place.CHANNEL and isinstance(heard.said, str):
            self._told.add((heard.conversation, heard.said))

    # planning

    def _plan(self, mind: Mind, plans: Iterable[Planned], after: datetime | None = None) -> None:
        for plan in plans:
            if after is None or plan.at > after:
                heapq.heappush(self._heap, (plan.at, next(self._count), mind.user, plan.do))

    def _arrive(self, mind: Mind, now: datetime) -> None:
        """Come, if they never came; or go on joining, in case a restart came between."""
        user, comes = mind.user, self._opening + mind.head.comes
        if not self._body.ever_here(user):
            self._plan(mind, [Planned(max(comes, now), Arrive())])
        elif now - comes < timedelta(days=2):
            self._plan(mind, mind.takes_up(now))

    def _begin_weeks(self, now: datetime) -> None:
        """Whims of the weeks that began before now, as far as they are still to come."""
        self._week_ends = self._midnight(max(self._opening, now - REMEMBERS))
        while self._week_ends <= now:
            self._begin_week(self._week_ends, now)

    def _begin_week(self, midnight: datetime, now: datetime) -> None:
        monday = local_day(midnight, self._zone)
        for mind in self._minds.values():
            self._plan(mind, mind.week(monday, midnight), now)
        self._week_ends = instant(monday + _WEEK, time(), self._zone)

    def _midnight(self, at: datetime) -> datetime:
        day = local_day(at, self._zone)
        return instant(day - timedelta(days=day.weekday()), time(), self._zone)

    def _is_real(self, heard: Heard) -> bool:
        """Whether somebody real is behind it: a stranger, or a made-up account moved by another hand than ours."""
        if heard.author == BOT:
            return any(other not in self._minds for other in heard.others)
        ours = heard.author in self._minds
        return not ours or not (self._waking or heard.author in self._speaking)

    # doing

    async def _do(self, mind: Mind, gesture: Gesture) -> None:
        if not (isinstance(gesture, Arrive) or self._body.here(mind.user)):
            return
        try:
            await self._gesture(mind, gesture)
        except Puzzled as about:
            self.puzzled[str(about)] += 1

    async def _gesture(self, mind: Mind, gesture: Gesture) -> None:
        match gesture:
            case Press():
                await self._press(mind, gesture)
            case Fill():
                await self._fill(mind, gesture)
            case Say():
                await self._say(mind, gesture)
            case Tell():
                await self._tell(mind, gesture)
            case Type(text):
                await self._speak(mind, self._body.home(mind.user), text)
            case Use():
                await self._use(mind, gesture)
            case Look():
                await self._body.look(mind.user)
            case Follow(labels):
                await self._pressed(mind, mind.follow(labels[0]))
                self._follow(mind, labels[1:])
            case PressAgain():
                await self._press_again(mind)
            case Depart():
                await self._body.go(mind.user)
            case Arrive():
                await self._body.come(mind.head)
                self._plan(mind, mind.arrives(self._clock.now(), self._body.channel("welcome")))
            case _:
                assert_never(gesture)

    async def _use(self, mind: Mind, use: Use) -> None:
        reply = await self._body.use(mind.user, use.tree, use.words)
        self._unseen(mind, reply, use)
        self._asked(mind, reply)
        self._follow(mind, use.then)

    async def _press(self, mind: Mind, press: Press) -> None:
        if mind.still(press):
            mind.pressed.append(press)
            await self._pressed(mind, press)

    async def _pressed(self, mind: Mind, press: Press) -> None:
        reply = await self._body.press(mind.user, press.conversation, press.message, press.action, press.values)
        self._unseen(mind, reply, press)
        self._asked(mind, reply, press.conversation, press.message)

    def _unseen(self, mind: Mind, reply: Reply, gesture: Press | Use | Fill) -> None:
        """Nothing came of what they did: some do it again, or answer something else."""
        chance = self.presses_again
        if chance and reply == NOTHING and chance.random() < _AGAIN:
            again = mind.instead(gesture, chance) if isinstance(gesture, Press) else gesture
            self._plan(mind, [Planned(self._clock.now() + timedelta(minutes=chance.uniform(0.1, 15)), again)])

    def _asked(self, mind: Mind, reply: Reply, conversation: str = "", message: str = "") -> None:
        """Fill in what comes as a form or a search."""
        if reply.ask is not None:
            self._plan(mind, mind.soon(self._clock.now(), Fill(conversation, message, reply.ask)))

    async def _fill(self, mind: Mind, fill: Fill) -> None:
        values = mind.filled(fill.ask)
        reply = await self._body.submit(mind.user, fill.conversation, fill.message, fill.ask.action, values)
        self._unseen(mind, reply, fill)
        if reply.errors:
            raise Puzzled(", ".join(reply.errors))

    async def _press_again(self, mind: Mind) -> None:
        if mind.pressed:
            await self._pressed(mind, mind.chance("again", self._clock.now()).choice(mind.pressed))

    async def _say(self, mind: Mind, say: Say) -> None:
        talk = mind.talks.get(say.conversation, Talk())
        if len(talk.by(mind.user)) != say.spoken:
            return
        names = [first_name(self._body.name(user)) for user in talk.others]
        line = next_line(talk, mind.user, " and ".join(names), mind.chance("line", self._clock.now()))
        if line:
            await self._speak(mind, say.conversation, line)

    async def _tell(self, mind: Mind, tell: Tell) -> None:
        """Nobody says before everybody what somebody else has said there word for word."""
        name = first_name(self._body.name(tell.to)) if tell.to else ""
        line = a_line(tell.kind, name, mind.chance("tells", tell.channel, tell.to))
        if (tell.channel, line) not in self._told:
            self._told.add((tell.channel, line))
            await self._speak(mind, tell.channel, line)

    async def _speak(self, mind: Mind, conversation: str, text: str) -> None:
        self._speaking.add(mind.user)
        try:
            await self._body.say(mind.user, conversation, text)
        finally:
            self._speaking.discard(mind.user)

    def _follow(self, mind: Mind, labels: Sequence[str]) -> None:
        if labels:
            self._plan(mind, mind.soon(self._clock.now(), Follow(tuple(labels))))
