"""Closing a poll, in silence: what is in the box is added up once, and only what everybody may read is written."""

from collections import Counter, defaultdict
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
from bot.pulse.results import published_by
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
        pulse = work.use(PULSE)
        told = self._told(work, poll)
        pulse.keep(replace(poll, state=State.CLOSED, told=told, told_in=self.next_letter(work)))
        pulse.forget_asked(poll.id)
        work.use(TIMERS).stop(CLOSE, poll.id)
        work.afterwards(partial(self.box.close, poll.id))

    def _told(self, work: Work, poll: Poll) -> str:
        """The table. In which part of a cut somebody is, is looked up of everybody asked, whoever answered."""
        pulse, said = work.use(PULSE), self.box.answers(poll.id)
        asked = pulse.still_asked(poll.id)
        part_of = pulse.parts(poll.id, poll.cut) if poll.cut else dict.fromkeys(asked, "")
        counts = [defaultdict[str, Counter[str]](Counter) for _ in questions_of(poll)]
        for member in asked:
            for count, choice in zip(counts, said.get(member, ()), strict=False):
                if choice:
                    count[part_of[member]][choice] += 1
        return published_by(poll, counts, Counter(part_of[member] for member in asked))

    def next_letter(self, work: Work) -> date:
        """The Monday of the week that the next Friday letter is about."""
        return next_monday(next_after(self.letters, self.zone, work.at).day)

    def gone(self, work: Work, fact: MemberGone) -> None:
        """What somebody said goes with them."""
        work.afterwards(partial(self.box.leave, Id(fact.member)))
