"""Whether two who meet again had another choice: on a Monday, among all who were to be introduced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from bot.chat.ids import Id, show
from bot.core.feature import Broken
from storage.mondays import Monday

People = frozenset[int]


@dataclass(frozen=True)
class Alternatives:
    """What is promised comes before who meets again: that nobody meets whom they must not, that no more are left over,
    and none who waited longer. Within that fewer groups who meet again would have been another choice."""

    monday: Monday

    def needless(self) -> Iterator[Broken]:
        """Each group of people who meet again, though it need not be."""
        for group, people in self.monday.groups.items():
            if self._meet_again(people) and (why := self._could(people)):
                yield Broken("repeat", show(Id(group)), f"{self.monday.day.isoformat()}: {why}")

    def _could(self, people: People) -> str:
        if any(self._is_better((people,), (other,)) for other in self._with_who_is_left(people)):
            return "somebody was left over"
        others = (one for one in self.monday.groups.values() if one != people)
        if any(self._is_better((people, other), two) for other in others for two in _exchanged(people, other)):
            return "others could change places"
        return ""

    def _with_who_is_left(self, people: People) -> Iterator[People]:
        """With one of them, who has waited no longer, left over instead."""
        waited = self.monday.waited
        for one in people:
            for left in self.monday.left:
                if waited.get(left, 0) >= waited.get(one, 0):
                    yield people - {one} | {left}

    def _is_better(self, groups: tuple[People, ...], instead: tuple[People, ...]) -> bool:
        """Fewer meet again, and none who did not before: to meet again whom one met last week is no better choice."""
        fewer = sum(map(self._meet_again, instead)) < sum(map(self._meet_again, groups))
        return fewer and self._again(instead) <= self._again(groups) and all(map(self._may_meet, instead))

    def _meet_again(self, people: People) -> bool:
        return bool(self._again((people,)))

    def _again(self, groups: Iterable[People]) -> frozenset[People]:
        return frozenset(two for people in groups for two in _twos(people) if two in self.monday.met)

    def _may_meet(self, people: People) -> bool:
        return not any(two in self.monday.apart or self._share(two) for two in _twos(people))

    def _share(self, two: People) -> bool:
        theirs = self.monday.theirs
        one, other = two
        return not theirs.get(one, frozenset[object]()).isdisjoint(theirs.get(other, ()))


def _exchanged(people: People, others: People) -> Iterator[tuple[People, People]]:
    """One of each changes places; or the third of three goes to two others."""
    swaps = ((people - {one} | {other}, others - {other} | {one}) for one in people for other in others)
    moves = ((people - {one}, others | {one}) for one in people if len(people) > len(others))
    return chain(swaps, moves)


def _twos(people: People) -> Iterator[People]:
    return map(frozenset, combinations(people, 2))
