"""What introductions and check-ins keep, as dictionaries."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import combinations

from bot.blocks.model import Known, Said
from bot.chat.ids import Id
from bot.checkins.model import Answer, Asked
from bot.pairing.model import Group, Round, RoundState


@dataclass
class Tables:
    """Everything that is kept of introductions and check-ins."""

    rounds: dict[date, Round] = field(default_factory=dict)
    groups: dict[Id, Group] = field(default_factory=dict)
    left: dict[Id, dict[Id, int]] = field(default_factory=dict)
    chose: set[tuple[Id, Id]] = field(default_factory=set)
    said: dict[Id, Said] = field(default_factory=dict)
    meant: set[tuple[Id, Id]] = field(default_factory=set)
    asked: dict[tuple[Id, date], Asked] = field(default_factory=dict)
    answers: dict[tuple[Id, Id], Answer] = field(default_factory=dict)


class MemoryPairings:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def round_on(self, day: date) -> Round | None:
        return self._tables.rounds.get(day)

    def latest_sent(self) -> Round | None:
        sent = [one for one in self._tables.rounds.values() if one.state is RoundState.SENT]
        return max(sent, key=lambda one: one.day, default=None)

    def keep_round(self, round: Round) -> None:
        self._tables.rounds[round.day] = round

    def add_groups(self, groups: Iterable[Group]) -> None:
        for group in groups:
            assert not any(self.living(member, group.day) for member in group.members), "in two groups at once"
            self._tables.groups[group.id] = group

    def group(self, group: Id) -> Group | None:
        return self._tables.groups.get(group)

    def made(self, round: Id) -> int:
        return len(self.groups_of(round))

    def among(self, groups: Iterable[Id]) -> Sequence[Group]:
        return [found for id in sorted(groups) if (found := self.group(id))]

    def groups_of(self, round: Id) -> Sequence[Group]:
        return [one for one in self._tables.groups.values() if one.round == round]

    def living(self, member: Id, day: date) -> Group | None:
        groups = [one for one in self._tables.groups.values() if one.day == day and one.ended_at is None]
        return next((one for one in groups if member in one.members), None)

    def living_on(self, day: date) -> Sequence[Group]:
        return [one for one in self._tables.groups.values() if one.day == day and one.ended_at is None]

    def end(self, group: Id, at: datetime) -> None:
        self._tables.groups[group] = replace(self._tables.groups[group], ended_at=at)

    def met_since(self, day: date) -> Mapping[frozenset[Id], date]:
        met = [(frozenset(two), one.day) for one in self._recent(day) for two in combinations(one.members, 2)]
        return dict(sorted(met, key=lambda each: each[1]))

    def met_among(self, members: Collection[Id], since: date) -> frozenset[frozenset[Id]]:
        return frozenset(two for two in self.met_since(since) if two <= set(members))

    def groups_with(self, member: Id, day: date) -> Sequence[Group]:
        return [one for one in self._tables.groups.values() if one.day == day and member in one.members]

    def introduced_weeks(self, members: Iterable[Id]) -> Mapping[Id, Sequence[date]]:
        return {member: sorted(set(self._introduced(member)), reverse=True) for member in members}

    def last_introduced(self) -> Mapping[Id, date]:
        return {member: one.day for one in self._recent(date.min) for member in one.members}

    def leave_out(self, round: Id, members: Iterable[Id]) -> None:
        known = next(one for one in self._tables.rounds.values() if one.id == round)
        before = [one for one in self._tables.rounds.values() if one.day < known.day and one.state is RoundState.SENT]
        latest = max(before, key=lambda one: one.day, default=None)
        running = self._tables.left.get(latest.id, {}) if latest else {}
        self._tables.left.setdefault(round, {}).update({one: running.get(one, 0) + 1 for one in members})

    def found(self, round: Id, members: Iterable[Id]) -> None:
        for member in members:
            self._tables.left.get(round, {}).pop(member, None)

    def groups_of_left_out(self, round: Id) -> Sequence[Group]:
        left = self.left_out(round)
        return [one for one in self.groups_of(round) if any(member in left for member in one.members)]

    def left_out(self, round: Id) -> Mapping[Id, int]:
        return dict(self._tables.left.get(round, {}))

    def forbidden(self) -> frozenset[frozenset[Id]]:
        meant = {(self._tables.said[said].by, whom) for said, whom in self._tables.meant}
        return frozenset(map(frozenset, self._tables.chose | meant))

    def forbid(self, by: Id, whom: Id, at: datetime) -> None:
        self._tables.chose.add((by, whom))

    def _introduced(self, member: Id) -> Iterator[date]:
        for group in self._recent(date.min):
            if member in group.members and (group.ended_at is None or member not in self.left_out(group.round)):
                yield group.day

    def _recent(self, day: date) -> list[Group]:
        return sorted((one for one in self._tables.groups.values() if one.day >= day), key=lambda one: one.day)


class MemoryBlocks:
    def __init__(self, tables: Tables, people: Callable[[], Sequence[Known]]) -> None:
        self._tables, self._people = tables, people

    def keep(self, said: Said) -> None:
        self._tables.said[said.id] = said

    def said_by(self, member: Id) -> Sequence[Said]:
        return [one for one in self.all_said() if one.by == member]

    def all_said(self) -> Sequence[Said]:
        return sorted(self._tables.said.values(), key=lambda one: (one.at, one.id))

    def match(self, said: Id, whom: Id) -> None:
        self._tables.meant.add((said, whom))

    def take_back(self, said: Id) -> None:
        self._tables.said.pop(said, None)
        self._tables.meant = {two for two in self._tables.meant if two[0] != said}

    def everybody(self) -> Sequence[Known]:
        return self._people()

    def known(self, member: Id) -> Known | None:
        return next((one for one in self._people() if one.id == member), None)

    def chosen(self, by: Id) -> Sequence[Known]:
        return [one for one in self._people() if (by, one.id) in self._tables.chose]

    def chose_somebody_gone(self, by: Id) -> bool:
        return False

    def lift(self, by: Id, whom: Id) -> None:
        self._tables.chose.discard((by, whom))

    def lift_gone(self, by: Id) -> None:
        return None

    def seal_anew(self) -> None:
        return None


class MemoryCheckins:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def ask(self, asked: Iterable[Asked]) -> None:
        for one in asked:
            self._tables.asked.setdefault((one.group, one.day), one)

    def asked(self, group: Id) -> Sequence[Asked]:
        found = [one for one in self._tables.asked.values() if one.group == group]
        return sorted(found, key=lambda one: one.day, reverse=True)

    def asked_on(self, day: date) -> Sequence[Asked]:
        return [one for one in self._tables.asked.values() if one.day == day]

    def answer(self, group: Id, member: Id) -> Answer | None:
        return self._tables.answers.get((group, member))

    def answers(self, group: Id) -> tuple[Answer, ...]:
        return tuple(one for one in self._tables.answers.values() if one.group == group)

    def answers_of(self, groups: Iterable[Id]) -> Mapping[Id, tuple[Answer, ...]]:
        return {group: found for group in groups if (found := self.answers(group))}

    def keep(self, answer: Answer) -> None:
        self._tables.answers[answer.group, answer.member] = answer
