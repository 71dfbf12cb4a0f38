"""Events that come again: those of a series are made ahead, like its pattern, on the days that its rule says.

The pattern is kept as an event under the series' own identifier (`Status.PATTERN`): a change to "this one and all that
follow" changes it too, a change to one event alone does not.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.chat.ids import Id
from bot.chat.inbound import Due as Struck
from bot.core.timers import TIMERS
from bot.core.walltime import Due, local_day, zone_of
from bot.core.work import Work
from bot.events.groups import open_place
from bot.events.model import Event, EventPlanned, EventSettings, Series, Status
from bot.events.posting import OVER, Posting
from bot.events.recurring import MOST_TIMES, Every, Rule, RuleText, dates, rule_text, say_rule
from bot.events.store import EVENTS

_AGES = timedelta(days=36_500)
A_SECOND = timedelta(seconds=1)
AHEAD = timedelta(weeks=13)
"""How far ahead events are made: a term. Who reads a calendar sees the rule, and so what comes after."""
MOST = 30
"""Events of one series that are coming, at most."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ONE_DAY = re.compile(r"BYDAY=([A-Z]{2})(?=;|$)")
_COUNT = re.compile(r"COUNT=(\d+)")


@dataclass(frozen=True)
class Making:
    """Makes the events of series."""

    settings: EventSettings
    posting: Posting
    join_all: Callable[[Work, Event], None]
    """Gives a place to everybody who said yes to all of a series."""

    def nightly(self, work: Work, due: Struck) -> None:
        """Those that have come near enough since yesterday."""
        for series in work.use(EVENTS).all_series():
            if work.use(EVENTS).event(series.id) is not None:
                self.make(work, series.id)
                open_place(work, series)

    def begin(self, work: Work, first: Event) -> None:
        """A draft that comes again was posted: what is made after it is like it."""
        series = work.use(EVENTS).series(first.series) if first.series else None
        if series is None:
            return
        work.use(EVENTS).keep(pattern_of(first, series))
        self.make(work, series.id)

    def make(self, work: Work, id: Id) -> None:
        """All that are to be there by now, and are not. Nobody else makes any, or changes them all, meanwhile."""
        events = work.use(EVENTS)
        pattern, series, made = events.hold(id), events.series(id), events.of_series(id)
        if pattern is None or series is None or series.ended:
            return
        coming = sum(one.ends_at > work.at for one in made)
        latest = max([work.at, *(one.slot for one in made if one.slot)])
        dues = self.dues(series, latest, work.at + AHEAD, max(0, MOST - coming))
        for due in dues:
            self.add(work, pattern, due)
        if dues:
            events.keep_series(replace(series, made_until=dues[-1].day))
        elif not coming and self.first_due(series, latest) is None:
            events.keep_series(replace(series, ended=True))
        self.posting.next_of(work, id)

    def add(self, work: Work, pattern: Event, due: Due) -> None:
        """One more, planned like the others; whoever joined the series comes."""
        event = at_slot(replace(pattern, id=work.new_id(), status=Status.PLANNED, changed_at=work.at), due)
        work.use(EVENTS).keep(event)
        work.use(TIMERS).set(OVER, event.id, event.ends_at)
        work.tell(EventPlanned(event))
        self.join_all(work, event)

    def dues(self, series: Series, after: datetime, until: datetime, most: int) -> Sequence[Due]:
        """When it comes, later than `after`; in term time and on working days only, where the series wants that."""
        return list(dates(self.rule(series), self.settings.terms, after, until, most))

    def first_due(self, series: Series, at: datetime) -> Due | None:
        """When it comes for the first time, within two years; None where it never does."""
        return next(iter(self.dues(series, at, at + timedelta(days=731), 1)), None)

    def rule(self, series: Series) -> Rule:
        """The series, as calendars understand it."""
        return rule_of(series, self.settings)

    def used(self, series: Series, before: datetime) -> int:
        """How many of a rule's times come before that instant, those that fall out of term, or are excluded, among
        them."""
        every = replace(series, term_only=False, skips_bank_holidays=False, excluded=frozenset())
        rule, long_ago = self.rule(every), before - _AGES
        return len(list(dates(rule, self.settings.terms, long_ago, before - A_SECOND, MOST_TIMES)))


def rule_of(series: Series, settings: EventSettings) -> Rule:
    """The series, as calendars understand it."""
    when = (RuleText(series.rule), series.first, series.at, series.zone, settings.nation)
    return Rule(*when, series.term_only, series.skips_bank_holidays, series.excluded)


def say_series(series: Series, settings: EventSettings) -> str:
    """When it comes again, inside a sentence."""
    return say_rule(rule_of(series, settings))


def pattern_of(event: Event, series: Series) -> Event:
    """What events of that series are made like."""
    blank = replace(event, id=series.id, series=series.id, status=Status.PATTERN, slot=None, edits=None)
    return replace(blank, sequence=0, told=0, band=0)


def at_slot(event: Event, due: Due) -> Event:
    """The event, at the time that the rule says."""
    return replace(event, starts_at=due.at, slot=due.at)


def from_then_on(series: Series, starts_at: datetime, id: Id) -> Series:
    """The same rhythm in a series of its own, from that moment on, by its weekday and time of day."""
    wall, old = starts_at.astimezone(zone_of(series.zone)), series.first
    text = moved_text(series.rule, old, wall.date())
    return replace(series, id=id, rule=text, first=wall.date(), at=wall.time(), made_until=None, ended=False)


def moved_text(rule: str, old: date, new: date) -> str:
    """The rule, whose only day was that of `old`, on the day of `new` instead; any other stays as it is."""
    monthly = rule_text(Every.MONTH, old)
    if rule.startswith(monthly):
        return rule_text(Every.MONTH, new) + rule.removeprefix(monthly)
    one = _ONE_DAY.search(rule)
    if one and one[1] == _DAYS[old.weekday()]:
        return rule.replace(one[0], f"BYDAY={_DAYS[new.weekday()]}")
    return rule


def shortened(rule: str, used: int) -> str:
    """A rule that comes so many times, after `used` of them."""
    return _COUNT.sub(lambda found: f"COUNT={max(1, int(found[1]) - used)}", rule)


def week_of(at: datetime, zone: str) -> tuple[int, int]:
    """The week of that instant there: year and number."""
    return local_day(at, zone).isocalendar()[:2]
