"""The clock bar of a demo: what comes next by the rules of time, and jumps in which the network lives on."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from adapters.local.timebar import Coming, Happened
from adapters.space.space import Space
from bot.core.calendar import Rule
from bot.core.clock import Clock
from bot.core.walltime import Due, local_day, occurrences
from bot.core.words import Words
from bot.door.demo.clockwork import Remembered, Stopwatch, keep_time
from bot.door.demo.news import News

words = Words("bot.door.demo")

_AHEAD = timedelta(weeks=20)
"""How far to look for the next week in term: the longest holidays are fourteen weeks."""
_AN_HOUR = timedelta(hours=1)


class Lives(Protocol):
    """What the bar needs of the scheduler's Life."""

    async def run_until(self, instant: datetime, progress: Callable[[datetime], None] | None = None) -> None: ...


class DemoBar:
    """TimeBar (adapters/local). Of the `rules` those are spoken of that have words; `in_term` takes a local day.

    `made_up` are the users whose letters are no news.
    """

    def __init__(
        self,
        clock: Clock,
        watch: Stopwatch,
        life: Lives,
        space: Space,
        made_up: frozenset[str],
        rules: Sequence[Rule],
        zone: str,
        in_term: Callable[[date], bool],
        remembered: Remembered,
    ) -> None:
        self._clock, self._watch, self._life = clock, watch, life
        self._space, self._made_up, self._remembered = space, made_up, remembered
        self._rules = [rule for rule in rules if words.has(rule.name)]
        self._zone, self._in_term = zone, in_term

    def now(self) -> datetime:
        return self._clock.now()

    def next_due(self) -> Coming | None:
        now = self.now()
        coming = [(due.at, rule.name) for rule in self._rules if (due := self._next(rule, now))]
        if not coming:
            return None
        at, name = min(coming)
        return Coming(at, words.line(name, day=f"{local_day(at, self._zone):%A}"))

    async def jump(self, until: datetime, tell: Callable[[datetime], None]) -> Sequence[Happened]:
        news = News(self._space, self._made_up)
        with self._watch.held(), news.listening():
            if until > self.now():
                await self._life.run_until(until, every_hour(tell))
        await keep_time(self._remembered, self._clock)
        return news.lines()

    def _next(self, rule: Rule, now: datetime) -> Due | None:
        dues = occurrences(rule.schedule, self._zone, now, now + _AHEAD)
        return next((due for due in dues if self._in_term(due.day)), None)


def every_hour(tell: Callable[[datetime], None]) -> Callable[[datetime], None]:
    """Tell only what is an hour later than what was told before."""
    told: list[datetime] = []

    def told_enough(now: datetime) -> None:
        if not told or now - told[-1] >= _AN_HOUR:
            told[:] = [now]
            tell(now)

    return told_enough
