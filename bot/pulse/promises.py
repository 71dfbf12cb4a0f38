"""What the pulse promises of what it keeps, looked at again and again in a rehearsal."""

from collections.abc import Iterator
from datetime import timedelta

from bot.chat.ids import show
from bot.core.feature import Broken
from bot.core.work import Work
from bot.pulse.model import LONGEST, Poll, Series, State
from bot.pulse.store import PULSE
from bot.pulse.telling import STEP, How, unpack

_LATE = timedelta(hours=3)
"""A machine that was down, or whose disk was full, closes a poll when it can."""
_TENS = 10


def kept(work: Work) -> Iterator[Broken]:
    """At most one of the rota is open, and one of sessions. Of an open poll nothing is kept but whom it asks, and that
    never longer than answers may wait; of a closed one nothing but what everybody reads, which is rounded, and nobody
    whom it asked."""
    pulse = work.use(PULSE)
    open_now, closed = pulse.at(State.OPEN), pulse.at(State.CLOSED)[:1]
    series = [poll.series is Series.SESSIONS for poll in open_now]
    if len(set(series)) < len(series):
        yield Broken("two polls at once", "", show(open_now[1].id))
    for poll in open_now:
        if poll.told or poll.told_in or poll.reply or poll.reply_in:
            yield Broken("open poll told", "", show(poll.id))
        if poll.closes_at is None or not poll.closes_at - LONGEST <= work.at < poll.closes_at + _LATE:
            yield Broken("poll not closed", "", show(poll.id))
    for poll in closed:
        if pulse.asked(poll.id):
            yield Broken("asked still kept", "", show(poll.id))
        if not _is_rounded(poll):
            yield Broken("told exactly", "", show(poll.id))


def _is_rounded(poll: Poll) -> bool:
    """Whether every number that is told is one of those that may be."""
    table = unpack(poll.told)
    told = [result.told for result in table.results]
    if table.rate is None:
        return all(one.how is How.NOTHING and not one.cells for one in told)
    steps = {How.COUNTS: STEP, How.SHARES: _TENS, How.MOST: 1}
    told += [part.told for result in table.results for part in result.parts]
    return table.rate % _TENS == 0 and all(cell % steps[one.how] == 0 for one in told for cell in one.cells)
