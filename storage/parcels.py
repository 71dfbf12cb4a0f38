"""From a letter to a parcel: which account, which conversation, and whom the words mention."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, LargeBinary, Table, Text, delete

from bot.chat.address import Account, Address, Channel, Circle, Guest, Person
from bot.chat.ids import Id
from bot.chat.outbound import Parcel, Removes, Target, ToAccount, ToChannel, ToCircle
from bot.chat.view import mentions
from storage.buffer import Lookup, the
from storage.columns import hidden, metadata
from storage.house import Home, House
from storage.letters import Body, recipients

conversations = Table(
    "conversations",
    metadata,
    hidden(Column("place", LargeBinary, primary_key=True)),
    Column("conversation", Text, nullable=False),
)
"""Where a platform keeps its talk with an account or a circle (`place`: keyed hash): never opened twice."""

conversation_at = Lookup(conversations.c.place)
forget_talk = delete(conversations).where(conversations.c.place == the(conversations.c.place))

NOBODY = "this member has no account"
SOMEBODY_MISSING = "somebody of the group has no account"
NOT_THERE = "the config names no workspace or server of {}, so there is no channel"


class Undeliverable(Exception):
    """There is nowhere to take it; the message names nobody."""


class Scattered(Exception):
    """A group whose members are not in one workspace: each gets a letter instead."""


@dataclass(frozen=True)
class Known:
    """What was found out for many letters at once: each member's accounts, the first one preferred, and conversations
    by place, and messages of letters whose place is taken, by key."""

    accounts: Mapping[Id, Sequence[Account]]
    conversations: Mapping[bytes, str]
    messages: Mapping[str, str]


def members_in(body: Body) -> set[Id]:
    """Everybody whose account the parcel may need."""
    return {*recipients(body.to), *body.about, *mentions(body.view)}


def place_of(to: Address, house: House, known: Mapping[Id, Sequence[Account]]) -> bytes | None:
    """The conversation a letter goes to, as a keyed hash; None for a channel, which needs none."""
    match to:
        case Person(member) if known.get(member):
            return account_place(house, known[member][0])
        case Guest(account):
            return account_place(house, account)
        case Circle(id, _):
            return circle_place(house, id)
        case _:
            return None


def account_place(house: House, account: Account) -> bytes:
    """The keyed hash of the bot's conversation with an account."""
    return house.mark(f"account:{account.show()}")


def circle_place(house: House, circle: Id) -> bytes:
    """The keyed hash of a circle's conversation. Whoever is introduced is written to as a circle of the group's id."""
    return house.mark(f"circle:{circle}")


def parcel_of(key: str, body: Body, house: House, known: Known) -> Parcel:
    """The parcel. Raises Undeliverable or Scattered."""
    target = _target(body.to, house, known)
    platform = _platform(body.to, target, house)
    accounts = {int(member): account for member in members_in(body) if (account := _on(platform, member, known))}
    earlier = known.messages.get(body.instead_of, "")
    mark, meeting = _mark(key, house), body.meeting
    return Parcel(mark, platform, target, body.view, accounts, earlier, pins=body.pins, meeting=meeting)


def removal_of(key: str, body: Body, due_at: datetime, house: House, known: Known) -> Parcel:
    """The parcel that takes something away. Of a single message it carries the mark, by which it is found even where
    nobody has said what the platform calls it. Raises Undeliverable or Scattered."""
    target = _target(body.to, house, known)
    marked, what = (body.instead_of, Removes.MESSAGE) if body.instead_of else (key, Removes.EVERYTHING)
    earlier = body.message or known.messages.get(body.instead_of, "")
    mark, platform, meeting = _mark(marked, house), _platform(body.to, target, house), body.meeting
    return Parcel(mark, platform, target, body.view, {}, earlier, removes=what, before=due_at, meeting=meeting)


def _mark(key: str, house: House) -> str:
    return house.name(f"letter:{key}")


def _target(to: Address, house: House, known: Known) -> Target:
    place = place_of(to, house, known.accounts)
    conversation = known.conversations.get(place) if place else None
    match to:
        case Person(member):
            if not known.accounts.get(member):
                raise Undeliverable(NOBODY)
            return ToAccount(known.accounts[member][0], conversation)
        case Guest(account):
            return ToAccount(account, conversation)
        case Channel():
            return ToChannel(_home_of(to, house).workspace, to.name)
        case Circle(id, members):
            together = _together(members, known)
            return ToCircle(together[0].workspace, house.name(f"circle:{id}"), together, conversation)


def _home_of(to: Channel, house: House) -> Home:
    try:
        return house.home_on(to.platform)
    except KeyError:
        raise Undeliverable(NOT_THERE.format(to.platform)) from None


def _together(members: Collection[Id], known: Known) -> tuple[Account, ...]:
    """An account of each, all in one workspace. Raises Undeliverable or Scattered."""
    everybodys = [{(a.platform, a.workspace): a for a in reversed(known.accounts.get(m, ()))} for m in members]
    if not all(everybodys):
        raise Undeliverable(SOMEBODY_MISSING)
    for where in everybodys[0]:
        if all(where in accounts for accounts in everybodys):
            return tuple(accounts[where] for accounts in everybodys)
    raise Scattered


def _platform(to: Address, target: Target, house: House) -> str:
    match target:
        case ToAccount(account):
            return account.platform
        case ToCircle(_, _, accounts):
            return accounts[0].platform
        case ToChannel():
            return (isinstance(to, Channel) and to.platform) or house.home.platform


def _on(platform: str, member: Id, known: Known) -> Account | None:
    return next((account for account in known.accounts.get(member, ()) if account.platform == platform), None)
