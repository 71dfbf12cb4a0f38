"""Letters to a few people together of which nobody can say whether they arrived."""

from dataclasses import dataclass

from bot.chat.address import Circle
from bot.core.work import Fact


@dataclass(frozen=True)
class WentAstray(Fact):
    """The letter of that key to a circle was tried and given up. Twice would be worse than never: it is not sent again,
    and nobody can look for it there."""

    key: str
    circle: Circle
