"""The matching engine that comes with the house: exact in what is promised, quick and plain in what is only wished."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, islice

from bot.chat.ids import Dice, Id
from bot.pairing.blossom import FREE, Pairs, Rows, bits
from bot.pairing.crowd import Crowd
from bot.pairing.matcher import Candidate, Match, Matching

_TRIALS = 500
"""How many groups of three are tried where nobody left over can simply join a pair: all there are among 15 people."""


class Matcher:
    """Everybody in turn, who waited first, takes the partner who meets most wishes; whoever is stranded is matched by
    rearranging others; a group of three is made where pairs alone leave somebody over.

    All this among people who have not met lately. Only if that leaves over more people, or people who waited longer, do
    some meet again: few (nearly always as few as can be), and of meetings long ago before those of last week.
    """

    def match(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        crowd = Crowd(candidates, history, forbidden, dice)
        return _named(crowd, _arrange(crowd), dice)


@dataclass(frozen=True)
class _Arrangement:
    """Who is whose mate, by place, and the bits of who is left over. `third` has no mate, and joins that one's pair."""

    mates: Sequence[int]
    left: int
    third: tuple[int, int] | None = None

    @property
    def three(self) -> int:
        """The bits of the group of three, if there is one."""
        return sum(1 << place for place in (*self.third, self.mates[self.third[1]])) if self.third else 0

    def groups(self) -> list[list[int]]:
        """The places of those who meet."""
        groups = {a: [a, b] for a, b in enumerate(self.mates) if a < b}
        if self.third:
            third, host = self.third
            groups[min(host, self.mates[host])].append(third)
        return list(groups.values())


def _arrange(crowd: Crowd) -> _Arrangement:
    found = _best(crowd, _greedy(crowd), crowd.fresh)
    if not found.left or not crowd.days:
        return found
    aim = _cost(crowd, _best(crowd, found.mates, crowd.rows))
    for day in [*crowd.days[1:], None]:
        if _cost(crowd, found) <= aim:
            break
        found = _best(crowd, found.mates, crowd.rows_before(day))
    return _renewed(crowd, found)


def _cost(crowd: Crowd, found: _Arrangement) -> tuple[int, list[int]]:
    """How many are left over, and how long each of them waited: less is better."""
    waited = [crowd.people[place].waited for place in bits(found.left)]
    return len(waited), waited


def _greedy(crowd: Crowd) -> list[int]:
    pairs = Pairs(crowd.fresh, [FREE] * len(crowd.people), crowd.all)
    for place, row in enumerate(crowd.fresh):
        if pairs.free >> place & 1 and row & pairs.free:
            pairs.join(place, crowd.choose(place, row & pairs.free))
    return pairs.mates


def _best(crowd: Crowd, mates: Sequence[int], rows: Rows) -> _Arrangement:
    """From a matching, one that leaves over as few as can be, and of those who waited least.

    A group of three can at best place the first of those whom pairs alone leave over.
    """
    pairs = Pairs(rows, mates, crowd.all)
    _settle(crowd, pairs)
    best = _Arrangement(pairs.mates, pairs.free)
    hoped = _cost(crowd, replace(best, left=best.left & (best.left - 1)))
    for option in islice(_threes(crowd, pairs), _TRIALS):
        best = min(best, option, key=lambda found: _cost(crowd, found))
        if _cost(crowd, best) <= hoped:
            break
    return best


def _settle(crowd: Crowd, pairs: Pairs) -> None:
    """Once through, the longest waiting first, is enough: what one frees is nobody whom an earlier one could use."""
    pairs.enlarge()
    for place in bits(pairs.free):
        pairs.exchange(place, crowd.waited_less(place) & ~pairs.free)


def _threes(crowd: Crowd, pairs: Pairs) -> Iterator[_Arrangement]:
    """Ways to make a group of three: somebody left over joins a pair; else any three, and the others anew."""
    for place in bits(pairs.free):
        row = pairs.rows[place]
        if among := _hosts(pairs, row & crowd.fresh[place]) or _hosts(pairs, row):
            yield _Arrangement(pairs.mates, pairs.free ^ 1 << place, (place, crowd.choose(place, among)))
    for flower in pairs.flowers():
        yield from (_around(crowd, pairs, three) for three in _triangles(pairs.rows, flower))


def _hosts(pairs: Pairs, known: int) -> int:
    """The bits of those in `known` whose mate is in it too."""
    return sum(1 << a for a in bits(known & ~pairs.free) if known >> pairs.mates[a] & 1)


def _triangles(rows: Rows, within: int) -> Iterator[tuple[int, int, int]]:
    """Any three among these bits who may meet."""
    for a in bits(within):
        for b in bits((rows[a] & within) >> a << a):
            yield from ((a, b, c) for c in bits((rows[a] & rows[b] & within) >> b << b))


def _around(crowd: Crowd, pairs: Pairs, three: tuple[int, int, int]) -> _Arrangement:
    """The best that can be done when these are the group of three."""
    rest = Pairs(pairs.rows, pairs.mates, crowd.all)
    for place in three:
        rest.part(place)
    rest.leave(sum(1 << place for place in three))
    _settle(crowd, rest)
    a, b, c = three
    left = rest.free
    rest.join(a, b)
    return _Arrangement(rest.mates, left, (c, a))


def _renewed(crowd: Crowd, found: _Arrangement) -> _Arrangement:
    """As few left over, and fewer who meet again: with other pairs, and around another group of three."""
    options = [_with_new_pairs(crowd, found)]
    if found.third and _repeats(crowd, options[0]) > 1:
        pairs = Pairs(crowd.rows, found.mates, crowd.all)
        around = (_around(crowd, pairs, three) for three in islice(_triangles(crowd.rows, crowd.all), _TRIALS))
        options += [_with_new_pairs(crowd, each) for each in around if _cost(crowd, each) <= _cost(crowd, found)]
    return _with_who_is_left(crowd, min(options, key=lambda each: _repeats(crowd, each)))


def _with_who_is_left(crowd: Crowd, found: _Arrangement) -> _Arrangement:
    """Instead of one of a pair that meets again, somebody left over who waited as long and has not met the other."""
    mates, left = list(found.mates), found.left
    for one in bits(crowd.all & ~found.left & ~found.three):
        other = mates[one]
        if other == FREE or crowd.fresh[one] >> other & 1:
            continue
        for new in bits(crowd.fresh[one] & left & ~crowd.waited_less(other)):
            mates[one], mates[new], mates[other] = new, one, FREE
            left ^= 1 << new | 1 << other
            break
    return replace(found, mates=mates, left=left)


def _repeats(crowd: Crowd, found: _Arrangement) -> int:
    return sum(_again(crowd, places) for places in found.groups())


def _again(crowd: Crowd, places: Sequence[int]) -> bool:
    return any(not crowd.fresh[a] >> b & 1 for a, b in combinations(places, 2))


def _with_new_pairs(crowd: Crowd, found: _Arrangement) -> _Arrangement:
    """The same people left over, and fewer pairs who meet again where others can be rearranged for it."""
    mates, within = found.mates, crowd.all & ~found.left & ~found.three
    for a in bits(within):
        if not crowd.fresh[a] >> mates[a] & 1:
            mates = _without(crowd, a, mates, within)
    return replace(found, mates=mates)


def _without(crowd: Crowd, a: int, mates: Sequence[int], within: int) -> Sequence[int]:
    """Mates for everybody without this pair, and with none that meet again but those there are."""
    rows = [row if b in (a, mates[a]) or mates[b] == FREE else row | 1 << mates[b] for b, row in enumerate(crowd.fresh)]
    pairs = Pairs(rows, mates, within)
    pairs.part(a)
    pairs.enlarge()
    return mates if pairs.free else pairs.mates


def _named(crowd: Crowd, found: _Arrangement, dice: Dice) -> Matching:
    """The people behind the places, in an order that says nothing of them."""
    matches = [_match(crowd, places, dice) for places in found.groups()]
    left = sorted(crowd.people[place].id for place in bits(found.left))
    return Matching(tuple(sorted(matches, key=lambda match: match.ids)), tuple(left))


def _match(crowd: Crowd, places: list[int], dice: Dice) -> Match:
    ids = sorted(crowd.people[place].id for place in places)
    dice.shuffle(ids)
    return Match(tuple(ids), _again(crowd, places))
