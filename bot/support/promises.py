"""What listening promises of what it keeps, looked at again and again in a rehearsal."""

from collections import Counter
from collections.abc import Iterator

from bot.chat.ids import show
from bot.core.feature import Broken
from bot.core.work import Work
from bot.support.model import KEPT, MOST_AT_ONCE, Request, State
from bot.support.store import LISTENING

_A_NIGHT = 2
"""Days within which what is over is tidied away."""


def kept(work: Work) -> Iterator[Broken]:
    """Words never outlive their request; nobody asks twice at once, or themselves; nobody listens to too many.
    Who is to listen to fewer from now on keeps those they have."""
    store = work.use(LISTENING)
    requests, on_rota = store.all(), {one.member for one in store.listeners()}
    for one in requests:
        yield from _broken(one, work)
    asking = Counter(one.member for one in requests if one.is_open)
    yield from (
        Broken("two requests at once", show(member), str(times)) for member, times in asking.items() if times > 1
    )
    load = Counter(one.listener for one in requests if one.is_open)
    for listener, many in load.items():
        if many > (MOST_AT_ONCE if listener in on_rota else 0):
            yield Broken("a listener over their number", show(listener), str(many))


def _broken(one: Request, work: Work) -> Iterator[Broken]:
    if one.state is State.CLOSED and one.words:
        yield Broken("words outlive their request", show(one.id), one.state)
    if one.member == one.listener:
        yield Broken("asked themselves", show(one.id), one.state)
    if (work.at - one.at).days > KEPT.days + _A_NIGHT:
        yield Broken("a request kept too long", show(one.id), one.at.isoformat())
