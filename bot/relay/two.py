"""The two whom a press is about, found by what it names and by who presses; and the letters that go between them."""

from dataclasses import dataclass

from bot.chat.action import Unreadable
from bot.chat.address import Person
from bot.chat.ids import Id, show
from bot.chat.view import View
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.members.flow import mine
from bot.members.model import Member
from bot.members.store import MEMBERS
from bot.pairing.apart_views import called
from bot.pairing.flow import people
from bot.pairing.model import Group
from bot.pairing.store import PAIRINGS
from bot.relay.model import Side, Stands, stands
from bot.relay.store import RELAY


@dataclass(frozen=True)
class Two:
    """Who presses, and the other, as they were introduced to each other. `name` is what buttons call the other,
    `my_name` what the other's call this one."""

    group: Group
    me: Member
    other: Member
    name: str
    my_name: str
    mine: Side | None
    theirs: Side | None

    @property
    def stands(self) -> Stands:
        """How things stand, as this one sees it."""
        return stands(self.mine, self.theirs)

    @property
    def there(self) -> str:
        """How the keys of words begin that go to the other."""
        return words_key(self.group.id, self.me.id, self.other.id)

    @property
    def back(self) -> str:
        """How the keys of words begin that come from the other."""
        return words_key(self.group.id, self.other.id, self.me.id)


def pressed(work: Work, call: Call, group: Id, member: Id) -> Two:
    """The two. Raises Unreadable where whoever presses was never introduced to that member, or nobody is any more."""
    me = mine(work, call)
    two = between(work, group, me.id, member)
    if two is None:
        raise Unreadable("no introduction of theirs")
    return two


def between(work: Work, group: Id, me: Id, other: Id) -> Two | None:
    """Two of that group, as the first sees it; None where they are not both in it, or one has been forgotten."""
    found, members = work.use(PAIRINGS).group(group), work.use(MEMBERS)
    if found is None or me not in found.members or other not in found.others(me):
        return None
    mine, theirs = members.get(me), members.get(other)
    if mine is None or theirs is None:
        return None
    name, my_name = (called(one, people(work, found.others(by))) for one, by in ((theirs, me), (mine, other)))
    sides = work.use(RELAY)
    return Two(found, mine, theirs, name, my_name, sides.side(group, me, other), sides.side(group, other, me))


WORDS = "relay"
"""How all keys of what one member writes to another begin."""
ASKS, AGREES, CLOSED, LOST, REPORT = "relay-asks", "relay-yes", "relay-closed", "relay-lost", "relay-report"
"""What else is said, as its keys begin."""


def words_key(group: Id, by: Id, to: Id) -> str:
    """How the keys of what one writes to the other begin."""
    return f"{between_key(WORDS, group, by, to)}:"


def between_key(what: str, group: Id, by: Id, to: Id) -> str:
    """The key of something that follows what one of two did, and is said to the other once."""
    return f"{what}:{show(group)}:{show(by)}:{show(to)}"


def notice(work: Work, two: Two, what: str, view: View) -> Letter:
    """To the other, because of what this one did: outside quiet hours, and taken back where this one is forgotten."""
    key = between_key(what, two.group.id, two.me.id, two.other.id)
    return Letter(key, Person(two.other.id), view, Kind.NOTICE, work.at, about=(two.me.id,))
