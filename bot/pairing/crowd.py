"""The people of a round as a graph, in rows of bits: who may meet, who met lately, who has what in common."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import reduce
from operator import or_

from bot.chat.ids import Dice, Id
from bot.pairing.blossom import Rows, lowest
from bot.pairing.matcher import Candidate


class Crowd:
    """Everybody has a place: who waited longer a lower one, and among equals the dice decide.

    `rows` say who may meet, `fresh` who may and has not met lately; `days` are the days of meetings, oldest first.
    Raises ValueError when somebody stands twice among the candidates.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> None:
        self.people = _seated(candidates, dice)
        self.all = (1 << len(self.people)) - 1
        self._place = {person.id: place for place, person in enumerate(self.people)}
        if len(self._place) < len(self.people):
            raise ValueError("somebody stands twice among the candidates")
        self._met = [(day, *pair) for two, day in history.items() if (pair := self._places(two))]
        self.days = sorted({day for day, _, _ in self._met})
        self.rows = self._allowed(forbidden)
        self.fresh = self.rows_before(min(self.days, default=None))
        self._topics = self._sharing(lambda person: person.tags)
        self._times = self._sharing(lambda person: person.times)
        self._phases = self._sharing(lambda person: [person.phase])
        self._regions = self._sharing(lambda person: [person.region])

    def rows_before(self, day: date | None) -> Rows:
        """Who may meet, if only meetings before that day may be repeated; where it is None, all may."""
        return _cut(self.rows, ((a, b) for met, a, b in self._met if day is not None and met >= day))

    def waited_less(self, place: int) -> int:
        """The bits of those who waited less than this one."""
        first = bisect_right(self.people, -self.people[place].waited, key=lambda person: -person.waited)
        return self.all >> first << first

    def choose(self, place: int, among: int) -> int:
        """The one among these bits who meets most of what this one wishes, the weightiest wish first."""
        for wish in self._wishes(self.people[place]):
            among = among & wish or among
        return lowest(among)

    def _wishes(self, person: Candidate) -> Iterator[int]:
        """The bits of those who meet each wish; one that nobody meets is dropped.

        Something to talk about, a time for it and the same kind of school weigh more than to be from elsewhere, which
        neighbours are not, who compete for pupils and know each other.
        """
        yield reduce(or_, (self._topics[tag] for tag in person.tags), 0)
        yield reduce(or_, (self._times[time] for time in person.times), 0)
        yield self._phases[person.phase]
        yield self.all & ~self._regions[person.region]

    def _allowed(self, forbidden: Set[frozenset[Id]]) -> Rows:
        schools = self._sharing(lambda person: [person.school])
        trusts = self._sharing(lambda person: [_trust(person)])
        rows = [
            self.all & ~(schools[person.school] | trusts[_trust(person)] | 1 << place)
            for place, person in enumerate(self.people)
        ]
        return _cut(rows, (pair for two in forbidden if (pair := self._places(two))))

    def _places(self, two: frozenset[Id]) -> tuple[int, int] | None:
        match [self._place[id] for id in two if id in self._place]:
            case [a, b]:
                return a, b
        return None

    def _sharing(self, values: Callable[[Candidate], Iterable[str | int | None]]) -> dict[str | int | None, int]:
        """For each value the bits of the people who have it; not said is shared with nobody."""
        shared: defaultdict[str | int | None, int] = defaultdict(int)
        for place, person in enumerate(self.people):
            for value in values(person):
                shared[value] |= 1 << place
        return {**shared, None: 0}


def _seated(candidates: Sequence[Candidate], dice: Dice) -> list[Candidate]:
    people = sorted(candidates, key=lambda person: person.id)
    dice.shuffle(people)
    return sorted(people, key=lambda person: -person.waited)


def _cut(rows: Rows, pairs: Iterable[tuple[int, int]]) -> list[int]:
    fewer = list(rows)
    for a, b in pairs:
        fewer[a] &= ~(1 << b)
        fewer[b] &= ~(1 << a)
    return fewer


def _trust(person: Candidate) -> str | None:
    """A trust's name, however it was typed."""
    return " ".join(person.trust.casefold().split()) or None if person.trust else None
