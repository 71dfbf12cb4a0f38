"""Closing a poll, in silence: what is in the box is added up once, and only what everybody may read is written."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.chat.ids import Id
from bot.chat.inbound import Rang
from bot.core.timers import TIMERS
from bot.core.walltime import Schedule, next_after
from bot.core.work import Work
from bot.members.model import MemberGone, next_monday
from bot.pulse.asking import CLOSE
from bot.pulse.box import Box
from bot.pulse.model import Poll, State
from bot.pulse.questions import questions_of
from bot.pulse.results import published
from bot.pulse.store import PULSE


@dataclass(frozen=True)
class Closing:
    """The room's handlers that close polls; `letters` is when Friday letters are written, in `zone`."""

    box: Box
    letters: Schedule
    zone: str

    def rang(self, work: Work, rang: Rang) -> None:
        """Its time is over."""
        poll = work.use(PULSE).get(rang.about)
        if poll is not None and poll.state is State.OPEN:
            self.close(work, poll)

    def close(self, work: Work, poll: Poll) -> None:
        """Write the published table, and nothing else; whoever withdrew meanwhile is not in it."""
        pulse, said = work.use(PULSE), self.box.answers(poll.id)
        asked = pulse.still_asked(poll.id)
        answers = [said[member] for member in asked if member in said]
        tallies = tuple(
            Counter(each[place] for each in answers if each[place]) for place, _ in enumerate(questions_of(poll))
        )
        told = published(poll, tallies, len(asked))
        pulse.keep(replace(poll, state=State.CLOSED, told=told, told_in=self.next_letter(work)))
        pulse.forget_asked(poll.id)
        work.use(TIMERS).stop(CLOSE, poll.id)
        work.afterwards(partial(self.box.close, poll.id))

    def next_letter(self, work: Work) -> date:
        """The Monday of the week that the next Friday letter is about."""
        return next_monday(next_after(self.letters, self.zone, work.at).day)

    def gone(self, work: Work, fact: MemberGone) -> None:
        """What somebody said goes with them."""
        work.afterwards(partial(self.box.leave, Id(fact.member)))
