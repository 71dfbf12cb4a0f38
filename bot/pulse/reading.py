"""Looking up what was told: the same for organisers and members, and without a trace of who looked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.action import Action, Unreadable
from bot.chat.ids import Id, read
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.feature import Call, Slow
from bot.core.parts import Tools
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.pulse import result_views as views
from bot.pulse.bank import Question, read_bank
from bot.pulse.model import Poll, State
from bot.pulse.picture import Week, fitting
from bot.pulse.picture import trend as draw
from bot.pulse.result_views import Reader
from bot.pulse.results import table_of
from bot.pulse.store import PULSE
from bot.pulse.telling import How, Told

_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Year:
    """What was told of a question of the bank in a year, the oldest first."""

    question: Question
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Reading:
    """The handlers for one kind of reader; `zone` is the network's."""

    reader: Reader
    zone: str

    def latest(self, work: Work, call: Call, action: Action | None = None) -> Reply:
        """The latest result, with those before it and the trends to choose from."""
        polls = work.use(PULSE).at(State.CLOSED)
        told = {key for key, week in self._year(work, polls) if week.told.how is not How.NOTHING}
        trends = [one.id for one in read_bank().questions if one.id in told]
        return Reply(view=views.results(self.reader, polls, trends))

    def one(self, work: Work, call: Call, action: Action) -> Reply:
        """An earlier one, as it is chosen."""
        return Reply(view=views.result(self.reader, closed(work, _chosen(call))))

    @property
    def trend(self) -> Slow[Year, View]:
        """How a question went over the year: drawing takes half a second."""
        return Slow(self._look, _think, _show)

    def _look(self, work: Work, call: Call) -> Year:
        """Raises Unreadable where there is no such question, or nothing was asked of it."""
        weeks = [week for key, week in self._year(work, work.use(PULSE).at(State.CLOSED)) if key == call.value()]
        if not weeks:
            raise Unreadable("no such trend")
        return Year(read_bank().get(call.value()), tuple(reversed(weeks)))

    def _year(self, work: Work, polls: Sequence[Poll]) -> Iterator[tuple[str, Week]]:
        """Questions in the bank's words, by key, and what was told of each when; the latest first."""
        since = local_day(work.at, self.zone) - _YEAR
        for poll in polls:
            table = table_of(poll)
            if table is not None and poll.day is not None and poll.day > since:
                yield from _weeks(poll, poll.day, [result.told for result in table.results])


def closed(work: Work, id: Id) -> Poll:
    """Raises Unreadable where there is no such result."""
    poll = work.use(PULSE).get(id)
    if poll is None or poll.state is not State.CLOSED:
        raise Unreadable("no such result")
    return poll


def _weeks(poll: Poll, day: date, told: Sequence[Told]) -> Iterator[tuple[str, Week]]:
    """An organiser's own words have no trend: they are asked once."""
    yield from ((item.key, Week(day, one)) for item, one in zip(poll.items, told, strict=True) if not item.words)


def _think(year: Year, tools: Tools) -> View:
    weeks = fitting(year.question, year.weeks)
    return views.trend(year.question, weeks, draw(year.question, weeks))


def _show(work: Work, call: Call, view: View) -> Reply:
    return Reply(view=view)


def _chosen(call: Call) -> Id:
    try:
        return read(call.value())
    except ValueError:
        raise Unreadable("no such result") from None
