"""What is kept of members and schools, as dictionaries."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.schools import School

if TYPE_CHECKING:
    from tests.twins import World


class MemoryMembers:
    def __init__(self, world: "World") -> None:
        self._world = world

    def get(self, member: Id) -> Member | None:
        return self._world.members.get(member)

    def keep(self, member: Member) -> None:
        known = [one for one in self._world.members.values() if one.ref and one.ref == member.ref]
        assert all(one.id == member.id for one in known), "two members of one ref"
        self._world.members[member.id] = member

    def identity(self, account: Account) -> Identity | None:
        return self._world.identities.get(account)

    def keep_identity(self, identity: Identity) -> None:
        assert identity.member in self._world.members, "an account of nobody"
        known = self._world.identities.get(identity.account)
        since = known.since if known else self._world.now
        self._world.identities[identity.account] = replace(identity, since=since)

    def identities(self, member: Id) -> Sequence[Identity]:
        return [one for one in self._world.identities.values() if one.member == member]

    def consents(self, member: Id) -> frozenset[Consent]:
        return frozenset(consent for (whose, consent), yes in self._world.agreed.items() if whose == member and yes)

    def agree(self, member: Id, consent: Consent, yes: bool, at: datetime) -> None:
        self._world.agreed[member, consent] = yes

    def pressed(self, member: Id, week: date) -> None:
        self._world.pressed[member] = week

    def last_pressed(self) -> Mapping[Id, date]:
        return self._world.pressed

    def waiting(self) -> Sequence[Member]:
        return [one for one in self._world.members.values() if one.stage is Stage.WAITING and one.left_at is None]

    def introducible(self, on: date) -> Sequence[Member]:
        both = {Consent.INTRODUCTIONS, Consent.MESSAGES}
        here = [one for one in self._world.members.values() if one.stage is Stage.MEMBER and one.left_at is None]
        return [one for one in here if not one.is_away(on) and self.consents(one.id) >= both]

    def introducible_among(self, on: date, members: Collection[Id]) -> Sequence[Member]:
        return [one for one in self.introducible(on) if one.id in members]

    def forget_skips(self, before: date) -> None:
        past = [one for one in self._world.members.values() if one.skips and one.skips < before]
        self._world.members.update({one.id: replace(one, skips=None) for one in past})

    def introducible_mark(self, on: date, among: Collection[Id] | None = None) -> Mapping[Id, object]:
        return {one.id: one for one in self.introducible(on) if among is None or one.id in among}

    def returning(self, on: date) -> Sequence[Member]:
        here = [one for one in self._world.members.values() if one.left_at is None]
        return [one for one in here if one.away and one.back_on and one.back_on <= on]

    def left_before(self, at: datetime) -> Sequence[Member]:
        return [one for one in self._world.members.values() if one.left_at is not None and one.left_at <= at]

    def find(self, words: str, most: int) -> Sequence[Member]:
        joined = [one for one in self._world.members.values() if one.stage not in (Stage.INVITED, Stage.JOINING)]
        found = [one for one in joined if all(word in one.name.casefold() for word in words.casefold().split())]
        return sorted(found, key=lambda one: one.name)[:most]

    def by_ref(self, ref: str) -> Member | None:
        return next((one for one in self._world.members.values() if one.ref == ref), None)

    def set_code(self, member: Id, code: bytes) -> None:
        self.used_code(member)
        self._world.codes[code] = member

    def by_code(self, code: bytes) -> Member | None:
        return self._world.members.get(self._world.codes.get(code, Id(-1)))

    def used_code(self, member: Id) -> None:
        self._world.codes = {code: whose for code, whose in self._world.codes.items() if whose != member}

    def tried_code(self, account: Account, at: datetime) -> None:
        self._world.tries.append((account, at))

    def forget_tries(self, before: datetime) -> None:
        self._world.tries = [one for one in self._world.tries if one[1] >= before]

    def tries(self, account: Account, since: datetime) -> int:
        return sum(who == account and at > since for who, at in self._world.tries)

    def was_here(self, account: Account) -> bool:
        return account in self._world.gone


class MemorySchools:
    def __init__(self, world: "World") -> None:
        self._world = world

    def get(self, urn: int) -> School | None:
        return self._world.schools.get(urn)

    def search(self, words: str, most: int) -> Sequence[School]:
        sought = words.casefold().split()
        names = {one.urn: f"{one.name} {one.town}".casefold() for one in self._world.schools.values() if one.is_open}
        return [self._world.schools[urn] for urn, name in names.items() if all(word in name for word in sought)][:most]

    def keep(self, schools: Iterable[School]) -> Mapping[str, int]:
        done: Counter[str] = Counter()
        for school in schools:
            known = self._world.schools.get(school.urn)
            done["added" if known is None else "same" if known == school else "changed"] += 1
            self._world.schools[school.urn] = school
        return done
