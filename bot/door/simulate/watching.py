"""A rehearsal as people watch it: a line for each week, and for whatever is interesting."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from bot.core.terms import Terms
from bot.core.walltime import local_day
from bot.door import terminal
from bot.door.simulate.plan import Plan
from bot.door.simulate.rehearsal import Rehearsal
from bot.door.simulate.result import Result
from bot.members.kinds import Nation

_WEEK = timedelta(days=7)
_OUTCOMES = {"talked": "talked", "not-yet": "not yet", "hand": "asked for a hand"}


class Watcher:
    """Hears of each day, and says what the week that is over was like."""

    def __init__(self, plan: Plan, terms: Terms, nation: Nation, zone: str) -> None:
        self._terms, self._nation, self._zone = terms, nation, zone
        self._week = local_day(plan.opens, zone)
        self._before: Counter[str] = Counter()
        self._broken = 0

    def __call__(self, rehearsal: Rehearsal) -> None:
        today = local_day(rehearsal.clock.now(), self._zone)
        for broken in list(rehearsal.witness.violations)[self._broken :]:
            terminal.say(f"    {broken.at[:16]}  broken: {broken.rule} ({broken.detail})")
        self._broken = len(rehearsal.witness.violations)
        if today >= self._week + _WEEK:
            now = _seen(rehearsal)
            terminal.say(" ".join(self._line(now - self._before)))
            self._before, self._week = now, self._week + _WEEK

    def _line(self, week: Counter[str]) -> Iterator[str]:
        yield f"{_said(self._week)}: "
        if not self._terms.is_term_week(self._nation, self._week):
            yield "no school;"
        elif not self._terms.is_term_week(self._nation, self._week + _WEEK):
            yield "the last week before a break;"
        yield f"{week['letters']} letters"
        answers = [f"{week[name]} {words}" for name, words in _OUTCOMES.items() if week[name]]
        yield f"({', '.join(answers)})" if answers else ""
        yield from (f"{words}: {week[name]}." for name, words in _HAPPENINGS.items() if week[name])


_HAPPENINGS = {
    "came": "Came",
    "went": "Left the workspace",
    "forgotten": "Asked to be forgotten",
    "no room": "Could not begin on a full disk",
    "crash": "The machine died",
    "again": "Letters tried again",
}


def _seen(rehearsal: Rehearsal) -> Counter[str]:
    """What has happened so far, by kind."""
    witness = rehearsal.witness
    return Counter(
        {
            **Counter(outcome for outcome, _ in witness.answers.values()),
            "letters": len(witness.sent),
            "crash": rehearsal.machine.crashes,
            **witness.happened,
        }
    )


def _said(day: date) -> str:
    return f"Week of {day.day} {day:%b %Y}"


def summary(plan: Plan, result: Result) -> None:
    """What came of it, for people."""
    terminal.say(
        f"{plan.members} members, {plan.weeks} weeks, seed {plan.seed}: {result.rounds} rounds, {result.groups} "
        f"introductions ({result.trios} of three), {result.letters_sent} letters, {result.answers_acked} answers; "
        f"{result.crashes} crashes. Unasked in a week: {result.unasked_per_week_median:g} for most, "
        f"{result.unasked_per_week_p95:g} for nearly all. {result.wall_s:g} s."
    )
    terminal.say(
        f"{result.events} events, {result.event_answers} answers to them, {result.places_offered} letters about places "
        f"that came free, {result.reminders} reminders."
    )
    terminal.say(
        f"{result.polls} polls, {result.poll_answers} answers to them; of those that waited, {result.polls_lost} times "
        f"lost with a machine that died, {result.polls_handed_over} times handed over."
    )
    lost = {
        "promises broken": len(result.violations),
        "letters lost": result.letters_lost,
        "letters said twice": result.letters_twice,
        "answers lost": result.answers_lost,
    }
    terminal.say(", ".join(f"{name}: {count}" for name, count in lost.items()) + ".")
    for one in result.violations[:20]:
        terminal.say(f"    {one.at[:16]}  {one.rule}: {one.detail} ({one.who})")
    terminal.say("All is well." if result.is_well else f"Live it again with: {plan.command}")
