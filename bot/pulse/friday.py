"""The pulse in the Friday letter: one reminder, the same for everybody asked; and figures, the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.ids import Id
from bot.chat.view import Block
from bot.core.feature import Part
from bot.core.work import Work
from bot.pulse import views
from bot.pulse.model import Poll, State
from bot.pulse.store import PULSE

PLACE = 40


@dataclass(frozen=True)
class PulseFriday:
    """What the pulse has for the Friday letter."""

    def look(self, work: Work, week: date) -> Part:
        """Nothing here depends on who answered: the box is not even asked."""
        pulse = work.use(PULSE)
        told = tuple(block for poll in pulse.told_in(week) for block in views.told(poll, week))
        open_now = [one for one in pulse.at(State.OPEN) if _reminds(one, work)]
        asked = {one.id: frozenset(pulse.asked(one.id)) for one in open_now}

        def part(member: Id) -> tuple[Block, ...]:
            mine = [one for one in open_now if member in asked[one.id]]
            return (*_reminders(mine), *told)

        return part


def _reminds(poll: Poll, work: Work) -> bool:
    return poll.closes_at is not None and work.at < poll.closes_at


def _reminders(polls: Sequence[Poll]) -> tuple[Block, ...]:
    return tuple(block for poll in polls for block in views.reminder(poll))
