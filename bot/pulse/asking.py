"""Asking: a poll is opened, by the rota or by an organiser, and everybody it asks is written to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.chat.address import Person
from bot.chat.ids import Id, show
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import Block, View
from bot.core.counts import tell_count
from bot.core.errors import Moved
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.parts import Tools, in_parts
from bot.core.terms import Nation, Terms
from bot.core.timers import TIMERS
from bot.core.walltime import Schedule, local_day, next_after
from bot.core.work import Work
from bot.friday.model import friday_key
from bot.members.model import monday, next_monday
from bot.members.store import MEMBERS
from bot.pulse import organiser_views, views
from bot.pulse.box import Box
from bot.pulse.model import FEWEST_ELIGIBLE, Eligible, Item, Poll, PulseSettings, Series, State
from bot.pulse.rota import due
from bot.pulse.store import PULSE

CLOSE = "pulse.close"
"""The timer at which a poll closes."""
WEEKS_AHEAD = 10
"""So many weeks of the rota are shown."""


@dataclass(frozen=True)
class Seen:
    """All that an opening depends on. `why_not` is the key of the words that say why there is none; `poll` has no id
    yet where the rota opens it. `is_open`: an opening that was cut short, of which only letters are left to do."""

    day: date
    eligible: tuple[Eligible, ...] = ()
    poll: Poll | None = None
    why_not: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Opening:
    """A poll as it is opened, and letters; with `asks`, everybody it asks, to be recorded beside the first of them."""

    seen: Seen
    poll: Poll | None = None
    asks: tuple[Id, ...] = ()
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True)
class Asking:
    """The room's handlers that open polls, and what they need by value; `letters`: when Friday letters are written."""

    box: Box
    settings: PulseSettings
    terms: Terms
    nation: Nation
    zone: str
    letters: Schedule
    help: tuple[Block, ...]

    def look_rota(self, work: Work, call: Call) -> Seen:
        """This week's, unless something is open: whoever lives where it is term is asked."""
        day = self.today(work.at)
        open_now = asked_by_message(work.use(PULSE).at(State.OPEN))
        cut_short = next((one for one in open_now if one.series is Series.ROTA and one.day == day), None)
        if cut_short:
            return self._cut_short(work, day, cut_short)
        items = tuple(map(Item, due(day, self._is_term)))
        if open_now or not items:
            return Seen(day, why_not="already-open" if open_now else "nothing-due")
        return _enough(Seen(day, self._eligible(work, Series.ROTA, day), Poll(Id(0), Series.ROTA, items)))

    def look_draft(self, work: Work, call: Call) -> Seen:
        """An organiser's draft, whatever week it is."""
        day = self.today(work.at)
        open_now, drafts = asked_by_message(work.use(PULSE).at(State.OPEN)), work.use(PULSE).at(State.DRAFT)
        if open_now:
            mine = open_now[0].series is Series.ORGANISERS and open_now[0].day == day and not drafts
            return self._cut_short(work, day, open_now[0]) if mine else Seen(day, why_not="already-open")
        if not drafts:
            return Seen(day, why_not="no-draft")
        return _enough(Seen(day, self._eligible(work, Series.ORGANISERS, day), drafts[0]))

    def think(self, seen: Seen, tools: Tools) -> Opening:
        """The poll and every letter: the same to each."""
        if seen.poll is None or seen.why_not:
            return Opening(seen)
        poll = seen.poll if seen.is_open else self._opened(seen.poll, seen.day, tools)
        asks = tuple(one.member for one in seen.eligible)
        view = views.asking(poll, self.help)
        return Opening(
            seen, poll, asks, tuple(_letter(_key(_ASK, poll, one), poll, view, one, tools.at) for one in asks)
        )

    def parts(self, opening: Opening) -> Sequence[Opening]:
        """Thousands of letters, so that nobody who presses meanwhile waits for all of them."""
        first, *others = [replace(opening, letters=letters) for letters in in_parts(opening.letters)]
        return [first, *(replace(one, asks=()) for one in others)]

    def keep(self, work: Work, call: Call, opening: Opening) -> Reply:
        """Open it. Raises Moved where somebody came, paused or withdrew meanwhile."""
        poll = opening.poll
        if poll is None:
            return NOTHING
        if opening.asks and not opening.seen.is_open:
            self._open(work, poll, opening)
        work.post(*opening.letters)
        return NOTHING

    def keep_and_say(self, work: Work, call: Call, opening: Opening) -> Reply:
        """`pulse open`."""
        self.keep(work, call, opening)
        if opening.poll is None:
            return Reply(view=organiser_views.cannot_open(opening.seen.why_not))
        return Reply(view=organiser_views.opened(opening.poll, tell_count(len(opening.seen.eligible))))

    def coming(self, at: datetime) -> Sequence[tuple[date, tuple[Item, ...]]]:
        """What the rota asks in the weeks to come, each with its Monday."""
        this = monday(self.today(at))
        weeks = (this + timedelta(weeks=one) for one in range(WEEKS_AHEAD))
        return [(week, items) for week in weeks if (items := tuple(map(Item, due(week, self._is_term))))]

    def _is_term(self, day: date) -> bool:
        return self.terms.is_term_week(self.nation, day)

    def begin(self, work: Work) -> None:
        """After a start, or when the storage failed and nobody knows what it kept: what is open is taken again, and
        asked once more where what was in memory is lost; what is closed is forgotten."""
        pulse = work.use(PULSE)
        polls = pulse.at(State.OPEN)
        work.afterwards(partial(self.box.keep_only, [poll.id for poll in polls]))
        for poll in polls:
            found = poll
            if not self.box.holds(poll.id):
                found = self._ask_again(work, poll)
            work.afterwards(partial(self.box.open, found, pulse.accounts(poll.id)))

    def _ask_again(self, work: Work, poll: Poll) -> Poll:
        """Everybody asked hears it again, whoever had answered: in the Friday letter, in place of the reminder, or in a
        message of its own where none comes before the close; but not whom the first one has not reached yet."""
        again = replace(poll, again=poll.again + 1)
        work.use(PULSE).keep(again)
        if poll.closes_at is not None and work.at < poll.closes_at:
            work.cancel(f"{_AGAIN}:{poll.again}:{show(poll.id)}:")
            view, first = views.asking_again(again, self.help), f"{_AGAIN}:{again.again}"
            asked = [one for one in self._without_letter(work, poll) if _has_heard(work, poll, one)]
            work.post(*(_letter(_key(first, poll, one), poll, view, one, work.at) for one in asked))
        return again

    def _without_letter(self, work: Work, poll: Poll) -> Sequence[Id]:
        """Those asked, and not away by now, to whom no Friday letter comes before the close."""
        here = {one.member for one in work.use(PULSE).eligible(self.today(work.at))}
        asked = [one for one in work.use(PULSE).asked(poll.id) if one in here]
        if poll.closes_at is None or next_after(self.letters, self.zone, work.at).at >= poll.closes_at:
            return asked
        readers = {one.id for one in work.use(MEMBERS).introducible(self.today(work.at))}
        return [one for one in asked if one not in readers]

    def _open(self, work: Work, poll: Poll, opening: Opening) -> None:
        pulse, seen = work.use(PULSE), opening.seen
        if self._eligible(work, poll.series, seen.day) != seen.eligible:
            raise Moved
        if asked_by_message(pulse.at(State.OPEN)) or (
            seen.poll and seen.poll.id and pulse.get(seen.poll.id) != seen.poll
        ):
            raise Moved
        self.take(work, poll, opening.asks)

    def take(self, work: Work, poll: Poll, asks: Iterable[Id]) -> None:
        """It is open from now on, to these people."""
        pulse = work.use(PULSE)
        pulse.keep(poll)
        pulse.ask(poll.id, asks)
        if poll.closes_at is not None:
            work.use(TIMERS).set(CLOSE, poll.id, poll.closes_at)
        work.afterwards(partial(self.box.open, poll, pulse.accounts(poll.id)))

    def _cut_short(self, work: Work, day: date, poll: Poll) -> Seen:
        """Letters that are there already are not written again: each has a key of its own."""
        eligible = {one.member: one for one in work.use(PULSE).eligible(day)}
        asked = tuple(eligible[one] for one in work.use(PULSE).asked(poll.id) if one in eligible)
        return Seen(day, asked, poll, is_open=True)

    def _opened(self, poll: Poll, day: date, tools: Tools) -> Poll:
        closes_at = tools.at + self.settings.open_for
        return replace(poll, id=poll.id or tools.ids.new(), state=State.OPEN, day=day, closes_at=closes_at)

    def _eligible(self, work: Work, series: Series, day: date) -> tuple[Eligible, ...]:
        """The rota asks those for whom it is term; organisers may ask everybody."""
        found = work.use(PULSE).eligible(day)
        everybody = series is Series.ORGANISERS
        return tuple(one for one in found if everybody or self.terms.is_term_week(one.nation or self.nation, day))

    def gets_letter(self, one: Eligible, day: date) -> bool:
        """Whether a Friday letter of that day reaches them before the weekend: in term, and before it begins again."""
        weeks = (day, day + timedelta(weeks=1))
        return any(self.terms.is_term_week(one.nation or self.nation, each) for each in weeks)

    def today(self, at: datetime) -> date:
        return local_day(at, self.zone)


def asked_by_message(polls: Iterable[Poll]) -> Sequence[Poll]:
    """Those of which there is one at a time, since each costs everybody a message."""
    return [one for one in polls if one.series is not Series.SESSIONS]


def _has_heard(work: Work, poll: Poll, member: Id) -> bool:
    """Whether what first asked them, a message of its own or the Friday letter, has left already."""
    if poll.series is Series.SESSIONS:
        return poll.day is not None and work.was_said(friday_key(next_monday(poll.day), member))
    return not work.waits(_key(_ASK, poll, member))


_ASK, _AGAIN = "pulse", "pulse-again"


def _letter(key: str, poll: Poll, view: View, member: Id, at: datetime) -> Letter:
    """To one of those asked; pointless once it is closed."""
    return Letter(key, Person(member), view, Kind.PULSE, at, poll.closes_at)


def _key(first: str, poll: Poll, member: Id) -> str:
    return f"{first}:{show(poll.id)}:{show(member)}"


def _enough(seen: Seen) -> Seen:
    return seen if len(seen.eligible) >= FEWEST_ELIGIBLE else replace(seen, why_not="too-few")
