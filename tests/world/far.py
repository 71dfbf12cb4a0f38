"""A second platform beside the first, and people on it: real files, and letters that arrive where they are meant to."""

from datetime import timedelta

from adapters.memory.platform import Faults, Fine, MemoryPlatform
from adapters.space.model import BOT
from adapters.space.space import Space
from bot.chat.command import Tree
from bot.chat.view import View, words_of_view
from storage.house import RandomIds
from tests.world.world import Head, World, head_of


class There:
    """Another platform, its workspace, and what arrives in it."""

    def __init__(self, world: World, faults: Faults | None = None) -> None:
        self.space = Space(world.clock, RandomIds(), platform="far", workspace="two")
        world.parts.platforms["far"] = MemoryPlatform(self.space, faults or Fine())
        self.world = world

    def head(self, name: str) -> "FarHead":
        """Somebody there of whom the bot knows nothing."""
        account = self.space.join(name, user=name.split()[0].casefold())
        head = FarHead(self.world, account, name)  # type: ignore[arg-type]  # no more than `receive` is needed
        head.there = self
        return head

    async def member(self, name: str) -> "FarHead":
        """Somebody who came in through the door there, vouched for by Anna."""
        head = self.head(name)
        await head.say_who()
        await head.agree()
        anna = head_of(self.world, self.world.space.persona("anna").account, "Anna Ford")
        await anna.use(f"members waiting {name}", Tree.ORGANISER)
        await anna.press(f"Vouch for {name}")
        self.world.clock.advance(timedelta(seconds=2))
        return head

    def views(self, head: Head) -> list[View]:
        """The letters that reached somebody there, in order."""
        places = self.space.conversations(head.account.user)
        said = [one for place in places for one in self.space.history(place.id, head.account.user) if one.mark]
        said.sort(key=lambda one: one.at)
        return [one.view for one in said if one.author == BOT and isinstance(one.view, View)]

    def letters(self, head: Head) -> list[str]:
        """Their words."""
        return [words_of_view(view) for view in self.views(head)]


class FarHead(Head):
    """A person in front of a screen of the other platform."""

    there: There

    def read(self, prefix: str = "") -> None:
        """Open the latest letter, or the latest whose words hold `prefix`."""
        said = [view for view in self.there.views(self) if prefix in words_of_view(view)]
        self.view = said[-1] if said else None
