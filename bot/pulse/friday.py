"""The pulse in the Friday letter: one reminder, the same for everybody asked; and figures, the same for everybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.ids import Id
from bot.chat.view import Block
from bot.core.feature import Part
from bot.core.helplines import HelpLines
from bot.core.work import Work
from bot.pulse import views
from bot.pulse.model import Poll, Series, State
from bot.pulse.store import PULSE

PLACE = 40


@dataclass(frozen=True)
class PulseFriday:
    """What the pulse has for the Friday letter; the help lines stand under what is asked in it."""

    lines: HelpLines

    def look(self, work: Work, week: date) -> Part:
        """Nothing here depends on who answered: the box is not even asked."""
        pulse = work.use(PULSE)
        told = tuple(block for poll in pulse.told_in(week) for block in views.told(poll, week))
        open_now = [one for one in pulse.at(State.OPEN) if _reminds(one, work)]
        asked = {one.id: frozenset(pulse.asked(one.id)) for one in open_now}

        def part(member: Id) -> tuple[Block, ...]:
            mine = [one for one in open_now if member in asked[one.id]]
            return (*self._said(mine), *told)

        return part

    def _said(self, polls: Sequence[Poll]) -> Iterator[Block]:
        """A question on sessions is asked here; of all others one is reminded."""
        for poll in polls:
            yield from views.in_letter(poll, self.lines) if poll.series is Series.SESSIONS else views.reminder(poll)


def _reminds(poll: Poll, work: Work) -> bool:
    return poll.closes_at is not None and work.at < poll.closes_at
