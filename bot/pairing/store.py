"""What is kept of introductions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.chat.ids import Id
from bot.core.work import Look, Store
from bot.pairing.model import Group, Round


class Pairings(Protocol):
    """Rounds, groups, who was left out, and who must never meet."""

    def round_on(self, day: date) -> Round | None:
        """The round of that Monday, locked for the rest of the transaction."""
        ...

    def latest_sent(self) -> Round | None:
        """The round with the latest Monday of those that were sent."""
        ...

    def keep_round(self, round: Round) -> None:
        """Write a new round, or an old one anew."""
        ...

    def add_groups(self, groups: Iterable[Group]) -> None:
        """Write new groups. A member stands in several of one round where a three goes on as two; one at most lives."""
        ...

    def group(self, group: Id) -> Group | None: ...

    def made(self, round: Id) -> int:
        """How many groups a round has, ended ones among them."""
        ...

    def among(self, groups: Iterable[Id]) -> Sequence[Group]:
        """These groups, in order of id; one that is no more is not among them."""
        ...

    def groups_of(self, round: Id) -> Sequence[Group]: ...

    def living(self, member: Id, day: date) -> Group | None:
        """The member's group in the round of that Monday, if it has not ended."""
        ...

    def living_on(self, day: date) -> Sequence[Group]:
        """All groups of the round of that Monday that have not ended."""
        ...

    def end(self, group: Id, at: datetime) -> None: ...

    def met_since(self, day: date) -> Mapping[frozenset[Id], date]:
        """Every two people introduced since that Monday (a three counts thrice), and their latest one."""
        ...

    def met_among(self, members: Collection[Id], since: date) -> frozenset[frozenset[Id]]:
        """Which two of these few were introduced since that Monday."""
        ...

    def groups_with(self, member: Id, day: date) -> Sequence[Group]:
        """All of a member's groups in the round of that Monday, those too that ended."""
        ...

    def introduced_weeks(self, members: Iterable[Id]) -> Mapping[Id, Sequence[date]]:
        """For each of these members, the Mondays of the weeks in which they were introduced to somebody, the latest
        first. One that ended before its week was over counts only for whom nobody else was looked for then: they had
        answered nobody."""
        ...

    def last_introduced(self) -> Mapping[Id, date]:
        """For each member, the Monday of their latest introduction; who never was is not in it."""
        ...

    def leave_out(self, round: Id, members: Iterable[Id]) -> None:
        """Record who could not be introduced in a round, so that they come first in the next."""
        ...

    def found(self, round: Id, members: Iterable[Id]) -> None:
        """Record that somebody was found after all for members who were left out of a round."""
        ...

    def groups_of_left_out(self, round: Id) -> Sequence[Group]:
        """The groups of a round in which somebody stands, or stood, who was left out of it: they lost their partner."""
        ...

    def left_out(self, round: Id) -> Mapping[Id, int]:
        """Who was left out of a round, and how many rounds running."""
        ...

    def forbidden(self) -> frozenset[frozenset[Id]]:
        """Every two people who must not meet, for whatever reason of their own; the reason is nowhere to be had."""
        ...

    def forbid(self, by: Id, whom: Id, at: datetime) -> None:
        """Record that one member does not want to meet another."""
        ...


PAIRINGS = Store[Pairings]("pairings")


def look_group(group: Id) -> Look:
    """Announce that a unit will ask for this group."""
    return Look("group", group)
