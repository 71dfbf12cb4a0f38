"""What is kept of members and schools."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.work import Look, Store
from bot.members.model import Consent, Identity, Member
from bot.members.schools import School


class Members(Protocol):
    """Members, their accounts and what they agreed to."""

    def get(self, member: Id) -> Member | None: ...

    def keep(self, member: Member) -> None:
        """Write a new member, or an old one anew."""
        ...

    def identity(self, account: Account) -> Identity | None: ...

    def keep_identity(self, identity: Identity) -> None: ...

    def identities(self, member: Id) -> Sequence[Identity]: ...

    def consents(self, member: Id) -> frozenset[Consent]: ...

    def agree(self, member: Id, consent: Consent, yes: bool, at: datetime) -> None:
        """Record that a consent was given or withdrawn, and when; one that stands already is left as it is."""
        ...

    def pressed(self, member: Id, week: date) -> None:
        """Record that somebody pressed something that is not private, and did not merely look, in the week of that
        Monday; no more than that."""
        ...

    def last_pressed(self) -> Mapping[Id, date]:
        """For each member the Monday of the latest such week; who never pressed anything is not in it."""
        ...

    def waiting(self) -> Sequence[Member]:
        """Who waits for a vouch and has not left, the longest first."""
        ...

    def introducible(self, on: date) -> Sequence[Member]:
        """Members who may be introduced on that local day: in, and not away, and agreed to introductions and messages.

        Both, since who may not be written to would never hear of it.
        """
        ...

    def introducible_among(self, on: date, members: Collection[Id]) -> Sequence[Member]:
        """Which of these few may be introduced on that local day."""
        ...

    def forget_skips(self, before: date) -> None:
        """Forget which weeks members skipped that began before that Monday."""
        ...

    def introducible_mark(self, on: date, among: Collection[Id] | None = None) -> Mapping[Id, object]:
        """By member; equals an earlier one as long as `introducible` on that day would give the same, or as much of it
        as is `among` these; far cheaper to ask for.

        Taken before the members themselves, it is never newer than they are.
        """
        ...

    def returning(self, on: date) -> Sequence[Member]:
        """Who is away, and back on that day or an earlier one; but who left the workspace."""
        ...

    def left_before(self, at: datetime) -> Sequence[Member]:
        """Whose last account left its workspace at that moment or earlier."""
        ...

    def find(self, words: str, most: int) -> Sequence[Member]:
        """Who has finished joining, and whose name holds all the words, whatever their case; by name."""
        ...

    def by_ref(self, ref: str) -> Member | None: ...

    def set_code(self, member: Id, code: bytes) -> None:
        """Keep the keyed hash of a personal code; an earlier one ends."""
        ...

    def by_code(self, code: bytes) -> Member | None:
        """Who was invited with the code of this keyed hash, and has not claimed it."""
        ...

    def used_code(self, member: Id) -> None: ...

    def tried_code(self, account: Account, at: datetime) -> None:
        """Remember that this account typed a code that was none."""
        ...

    def forget_tries(self, before: datetime) -> None:
        """Forget such tries from before then."""
        ...

    def tries(self, account: Account, since: datetime) -> int:
        """How often this account typed such a code, later than `since`."""
        ...

    def was_here(self, account: Account) -> bool:
        """Whether this account belonged to somebody who asked to be forgotten (known by a keyed hash alone)."""
        ...


class Schools(Protocol):
    """The register of schools."""

    def get(self, urn: int) -> School | None: ...

    def search(self, words: str, most: int) -> Sequence[School]:
        """Open schools whose name or town begins with, or holds, all the words; the closest first."""
        ...

    def keep(self, schools: Iterable[School]) -> Mapping[str, int]:
        """Write schools, new or anew. Returns how many were `added`, `changed` and the `same`."""
        ...


class Privacy(Protocol):
    """What the law lets a person ask for, over every table, by what each column declares of persons."""

    def export(self, member: Id) -> dict[str, Any]:
        """Everything about or by the member, as JSON-able values; never what another said of them."""
        ...

    def takes_away_at(self, account: Account) -> datetime | None:
        """When the last of what waits to be taken away from that account's direct messages goes; None for nothing."""
        ...

    def erase(self, member: Id, at: datetime) -> None:
        """Forget the member: what remains is in docs/privacy.md, and nothing else. What waits to be taken away from
        their direct messages is taken away now."""
        ...

    def forget_account(self, account: Account) -> None:
        """Forget an account that is nobody's: letters to it go, and its keyed hash alone stays."""
        ...


MEMBERS = Store[Members]("members")
SCHOOLS = Store[Schools]("schools")
PRIVACY = Store[Privacy]("privacy")


def look_member(member: Id) -> Look:
    """Announce that a unit will ask for this member."""
    return Look("member", member)


def look_identity(account: Account) -> Look:
    """Announce that a unit will ask whose account this is."""
    return Look("identity", (account.platform, account.workspace, account.user))


def have_moved(members: Members, on: date, seen: Mapping[Id, object], among: Collection[Id] | None = None) -> bool:
    """Whether `introducible` on that day would give other than when that mark was taken; `among`: of these alone, which
    holds up nobody, where the mark of all ten thousand would."""
    then = seen if among is None else {one: seen[one] for one in among if one in seen}
    return members.introducible_mark(on, among) != then
