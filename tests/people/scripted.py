"""A space with one or two made-up heads in it, a clock that is led by hand, and a door that says nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from adapters.people.mind import Mind
from adapters.people.model import Head
from adapters.people.people import TOGETHER, People
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.inbound import Inbound
from bot.chat.outbound import NOTHING, Reply
from bot.chat.text import Mention, Plain
from bot.chat.view import Paragraph, View
from bot.door.demo.bodies import Bodies, listen
from tests.adapters.scripted import Counted, Standing

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
ANNA, BEN = Head("head-a", "Anna Field"), Head("head-b", "Ben Grove")


class Town:
    """Made-up heads who have been here for a month, and whoever real comes in; what the bot hears is kept."""

    def __init__(
        self,
        *heads: Head,
        seed: str = "seed",
        at: datetime = MONDAY,
        together: timedelta = TOGETHER,
        crowd: bool = False,
    ) -> None:
        self.clock = Standing(at)
        self.heard: list[Inbound] = []
        self.answer: Callable[[Inbound], Reply] = lambda inbound: NOTHING
        self.space = Space(self.clock, Counted())
        for head in heads:
            self.space.join(head.name, user=head.user)
        self.heads, self._seed = heads, seed
        self._together, self._crowd = together, crowd
        self.people = self.populated()

    def populated(self) -> People:
        """The heads, just awake, as after a restart."""
        minds = [Mind(head, self._seed) for head in self.heads]
        bodies, opening = Bodies(self.space, self._door, "nobody"), MONDAY - timedelta(days=30)
        people = People(minds, bodies, self.clock, opening, together=self._together, crowd=self._crowd)
        people.wake()
        self.deaf = listen(self.space, people, "nobody")
        return people

    def restart(self) -> None:
        """The process ends, and another begins with what stands in the space."""
        self.deaf()
        self.people = self.populated()

    async def live(self, span: timedelta) -> None:
        """Let time pass, whatever is meant to be done being done in its time."""
        until = self.clock.now() + span
        while (due := self.people.next_due()) is not None and due <= until:
            self.clock.at = max(due, self.clock.now())
            await self.people.act(self.clock.now())
        self.clock.at = until

    def account(self, head: Head) -> Account:
        return self.space.persona(head.user).account

    def introduce(self, *people: Account, first: str) -> str:
        """The bot introduces these people, and asks the one called `first` to say hello. Returns the conversation."""
        place = self.space.circle("one", people)
        names = " and ".join(self.space.persona(one.user).name for one in people)
        hello = (Mention(Id(1), first), Plain(", would you say hello first? A place to begin: what made you laugh?"))
        self.space.post(place.id, View((Paragraph((Plain(names),)), Paragraph(hello))), "one")
        return place.id

    def said(self, conversation: str) -> list[tuple[str, datetime]]:
        """Who said something there, and when; the bot is left out."""
        return [(one.author, one.at) for one in self.space.history(conversation) if one.author]

    async def _door(self, inbound: Inbound) -> Reply:
        self.heard.append(inbound)
        return self.answer(inbound)
