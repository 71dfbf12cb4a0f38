"""What introductions promise of what they keep, looked at again and again in a rehearsal."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations

from bot.chat.ids import show
from bot.core.feature import Broken
from bot.core.work import Work
from bot.pairing.model import Weeks
from bot.pairing.store import PAIRINGS


def kept(weeks: Weeks) -> Callable[[Work], Iterator[Broken]]:
    """Nobody is in two living introductions of one week, or meets whom they, or who, would rather not."""

    def look(work: Work) -> Iterator[Broken]:
        day, forbidden = weeks.monday(work.at), work.use(PAIRINGS).forbidden()
        living = work.use(PAIRINGS).living_on(day)
        met = Counter(member for group in living for member in group.members)
        yield from (Broken("two at once", show(member), day.isoformat()) for member, times in met.items() if times > 1)
        for group in living if forbidden else ():
            if any(frozenset(two) in forbidden for two in combinations(group.members, 2)):
                yield Broken("blocked", show(group.id), day.isoformat())

    return look
