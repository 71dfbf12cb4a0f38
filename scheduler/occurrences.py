"""Occurrences: what is due by the rules comes in through the door, as everything does."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.chat.ids import Dice
from bot.chat.inbound import Due, Inbound
from bot.chat.platform import Door
from bot.core.calendar import Calendar, Marker, Occurrence, Planned, Rule, Verdict, next_due, plan
from bot.core.clock import Clock
from bot.core.errors import StorageFailed
from scheduler.again import Again, put_off
from scheduler.rest import Alarm, Rest, no_alarm

_log = structlog.get_logger("scheduler")


def key(occurrence: Occurrence) -> str:
    """The inbound key of an occurrence: the same whenever it is tried."""
    return f"due:{occurrence.rule}:{occurrence.day.isoformat()}"


class Diary:
    """Looks what is due, hands it in, and sees that it was recorded; what was not is tried again, and nothing is lost.

    The occurrences of one rule are handed in in order: one that fails holds up those behind it, and no other rule's.
    """

    def __init__(
        self,
        clock: Clock,
        calendar: Calendar,
        rules: Sequence[Rule],
        zone: str | ZoneInfo,
        door: Door,
        dice: Dice,
        alarm: Alarm = no_alarm,
    ) -> None:
        self._clock, self._calendar, self._rules, self._zone = clock, calendar, tuple(rules), zone
        self._door, self._dice, self._alarm = door, dice, alarm
        self._rest = Rest(clock, alarm)
        self._again: dict[str, Again] = {}
        self._next: datetime | None = None

    def next_due(self) -> datetime | None:
        """When to look again; None without rules."""
        if not self._rules:
            return None
        return self._rest.until() or self._next or self._clock.now()

    async def tick(self) -> None:
        """Hand in all that is due now. What fails is kept for later; nothing is raised but what cancels it."""
        due, now = self.next_due(), self._clock.now()  # in this order: what is due at once is due by a later look
        if due is None or due > now:
            return
        try:
            await self._look(now)
            self._rest.end()
        except StorageFailed:
            await self._rest.begin()

    async def _look(self, at: datetime) -> None:
        planned = plan(self._rules, self._zone, await self._calendar.markers(self._rules, at), at)
        self._forget_what_was_kept({one.occurrence.rule for one in planned})
        passed_over = [one for one in planned if one.verdict is not Verdict.RUN]
        if passed_over:
            await self._calendar.record(passed_over, at)
        for one in planned:
            if one.verdict is Verdict.RUN and self._may_try(one.occurrence, at):
                await self._hand_in(one.occurrence, at)
        if planned:
            await self._close(planned, at)
        self._next = self._next_look(at)

    def _forget_what_was_kept(self, rules: Set[str]) -> None:
        """What failed is not tried again where nothing of its rule is due any more: it was kept all the same, and the
        storage failed before that was seen."""
        self._again = {rule: again for rule, again in self._again.items() if rule in rules}

    def _may_try(self, occurrence: Occurrence, at: datetime) -> bool:
        again = self._again.get(occurrence.rule)
        return again is None or again.at <= at

    async def _hand_in(self, occurrence: Occurrence, at: datetime) -> None:
        due = Due(occurrence.rule, occurrence.day, occurrence.due_at)
        try:
            await self._door(Inbound(key=key(occurrence), at=at, what=due))
        except Exception as error:
            self._put_off(occurrence.rule, at, type(error).__name__)
            if isinstance(error, StorageFailed):
                await self._alarm()

    async def _close(self, planned: Sequence[Planned], at: datetime) -> None:
        """A rule is dealt with when all it had due is on record; whoever answered without recording has not done it."""
        markers = await self._calendar.markers(self._rules, at)
        open_rules = {one.occurrence.rule for one in planned if not _is_recorded(one.occurrence, markers)}
        for rule in open_rules:
            if rule not in self._again or self._again[rule].at <= at:
                self._put_off(rule, at, "not recorded")
        done = {one.occurrence.rule for one in planned} - open_rules
        for rule in done:
            self._again.pop(rule, None)
        await self._calendar.settle(sorted(done), at)

    def _put_off(self, rule: str, at: datetime, why: str) -> None:
        again = self._again[rule] = put_off(self._again.get(rule), at, self._dice)
        _log.warning("an occurrence failed, and is tried again", rule=rule, error=why, failures=again.failures)

    def _next_look(self, at: datetime) -> datetime | None:
        by_rule = next_due(self._rules, self._zone, at)
        dues = [again.at for again in self._again.values()] + ([by_rule] if by_rule else [])
        return min(dues, default=None)


def _is_recorded(occurrence: Occurrence, markers: Mapping[str, Marker]) -> bool:
    marker = markers.get(occurrence.rule)
    return marker is not None and (occurrence.day in marker.days or occurrence.due_at <= marker.since)
