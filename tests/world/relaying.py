"""Two people on two platforms who were introduced, and what they can do about it."""

from adapters.memory.platform import Faults
from bot.chat.outbound import Parcel, Refused, Unclear, Why
from bot.core.flood import Flood
from tests.acting import buttons
from tests.world.far import FarHead, There
from tests.world.test_forged import MONDAY
from tests.world.world import Head, World, members, organiser

WORDS = "Zqprivate words about Larkhill"


class Down:
    """A platform that takes nothing while it is down; or takes it, and loses the answer."""

    def __init__(self) -> None:
        self.is_down = self.loses = False

    def before(self, parcel: Parcel) -> Refused | Unclear | None:
        return Refused(Why.TRY_LATER) if self.is_down else None

    def after(self, parcel: Parcel) -> Unclear | None:
        return Unclear("lost") if self.loses else None


class Pair:
    """Priya here, Tom there, introduced on Monday at eight; it is noon."""

    def __init__(self, world: World, priya: Head, tom: FarHead, there: There) -> None:
        self.world, self.priya, self.tom, self.there = world, priya, tom, there

    def of(self, head: Head) -> list[str]:
        """The letters that reached one of them."""
        return self.there.letters(head) if head is self.tom else self.world.letters(head.account)

    async def open(self) -> None:
        """Both say yes."""
        self.priya.read("aren’t in the same place")
        await self.priya.press("Write to Tom")
        await self.after_lessons()
        self.tom.read("would like to write to you")
        await self.tom.press("Yes, that’s fine")

    async def after_lessons(self) -> None:
        """Until it is no quiet hour of anybody: four in the afternoon."""
        await self.world.go_to(self.world.at.replace(hour=16, minute=0))

    async def write(self, by: Head, words: str = WORDS) -> None:
        """By the button that names who will read it, and the form."""
        other = "Priya" if by is self.tom else "Tom"
        await by.use("partner")
        await by.press(f"Write to {other}")
        await by.fill(words=words)

    def bodies(self) -> int:
        """How many letters of members' own words are held."""
        rows = self.world.rows("SELECT count(*) FROM letters WHERE kind = 'relayed' AND body IS NOT NULL")
        return int(rows[0][0])


async def pair(world: World, faults: Faults | None = None) -> Pair:
    await organiser(world)
    (priya,) = await members(world, "Priya Shah")
    there = There(world, faults)
    tom = await there.member("Tom Ashdown")
    await world.go_to(MONDAY)
    world.parts.bot._flood = Flood(presses=10**9)
    return Pair(world, priya, tom, there)


def labels(head: Head) -> list[str]:
    return [one.label for one in buttons(head.view)]


def told(head: Head) -> str:
    """All that stands before somebody: the screen, or what a form says of what was sent."""
    return "\n".join([head.says, *head.errors.values()])


def quoted(words: str) -> list[str]:
    """The lines that stand in a frame."""
    return [line.removeprefix("> ") for line in words.splitlines() if line.startswith("> ")]
