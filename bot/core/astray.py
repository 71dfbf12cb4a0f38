"""What becomes of letters that rooms want to hear of: those that cannot reach a few people together, or nobody."""

from dataclasses import dataclass

from bot.chat.address import Circle
from bot.core.outbox import Kind, Letter
from bot.core.work import Fact


@dataclass(frozen=True)
class WentAstray(Fact):
    """The letter of that key to a circle was tried and given up. Twice would be worse than never: it is not sent again,
    and nobody can look for it there. `kind`: how urgent it was."""

    key: str
    circle: Circle
    kind: Kind = Kind.NOTICE


@dataclass(frozen=True)
class Apart(Fact):
    """The letter of that key is for a few people who are not in one place: `each` of them gets it alone.

    A room that has more to say to them posts letters of its own under the keys of these, which are then not written.
    """

    key: str
    circle: Circle
    each: tuple[Letter, ...]


@dataclass(frozen=True)
class GivenUp(Fact):
    """The letter of that key did not arrive, or nobody can say that it did, and it is not tried any more."""

    key: str
