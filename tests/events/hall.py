"""A small network with events, on dictionaries: people press, and timers ring when time has come to them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.address import Account, Person
from bot.chat.ids import Id
from bot.chat.inbound import Pressed, Rang
from bot.chat.outbound import Reply
from bot.chat.view import words_of_view
from bot.core.hours import Hours
from bot.core.outbox import Letter
from bot.core.post import Policy
from bot.core.terms import Nation, read_terms
from bot.core.work import Fact, Unit
from bot.events import actions
from bot.events import feature as events
from bot.events.model import Answer, Event, EventCancelled, EventChanged, EventSettings, Place, Rsvp, Status
from bot.events.store import EVENTS
from bot.members import feature as members
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.store import MEMBERS
from tests.acting import Network, Somebody
from tests.twins import MemoryStorage

ZONE = "Europe/London"
POLICY = Policy(Hours(ZONE, Nation.ENGLAND), read_terms())
SETTINGS = EventSettings(ZONE, Nation.ENGLAND, POLICY.terms)
NOW = datetime(2026, 11, 11, 16, tzinfo=UTC)
"""A Wednesday in term, after lessons."""
SATURDAY = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)
NEXT_SATURDAY = SATURDAY + timedelta(weeks=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COFFEE = Event(Id(700), "Saturday coffee", NEXT_SATURDAY, 60, ZONE, Status.PLANNED, link="https://meet.example.org/c")


class Hall(Network):
    """Everything goes through the door."""

    def __init__(self, *planned: Event, storage: MemoryStorage | None = None) -> None:
        self.plate = events.feature(POLICY, SETTINGS)
        super().__init__(self.plate, members.feature(ZONE), storage=storage)
        self.at = NOW
        self.plan(*(planned or (COFFEE,)))

    @property
    def diary(self) -> Any:
        return self.storage.world.diary

    def plan(self, *planned: Event) -> None:
        for event in planned:
            self.diary.events[event.id] = event

    def member(self, name: str, **said: Any) -> Somebody:
        """Somebody who belongs; their screen."""
        id = self.storage.new()
        account = Account("test", "here", name.casefold())
        self.storage.world.members[id] = replace(Member(id, name, Stage.MEMBER, vouched_at=NOW), **said)
        self.storage.world.identities[account] = Identity(account, id)
        for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
            self.storage.world.agreed[id, consent] = True
        return Somebody(self, account, name)

    def crowd(self, count: int, **said: Any) -> list[Somebody]:
        return [self.member(f"Guest {n}", **said) for n in range(count)]

    async def say(self, who: Somebody, answer: Answer = Answer.YES, event: Event = COFFEE) -> str:
        """Press it, wherever it stands; what is read then."""
        return await self.press(who, actions.AnswerEvent(event.id, answer))

    async def press(self, who: Somebody, action: Any) -> str:
        reply: Reply = await self.receive(Pressed(action.pack()), who.account)
        shown = reply.view or reply.replace
        self.promised()
        return words_of_view(shown) if shown else ""

    async def until(self, at: datetime) -> None:
        """Let time pass: each timer rings when it is due."""
        rung = set()
        while due := min(((when, key) for key, when in self.storage.world.timers.items() if when <= at), default=None):
            when, (name, about) = due
            assert due not in rung, "a timer rings for ever"
            rung.add(due)
            self.at = max(self.at, when) - timedelta(seconds=5)
            await self.receive(Rang(name, about, when), None)
            self.promised()
        self.at = max(self.at, at)

    async def change(self, before: Event, **said: Any) -> Event:
        """An organiser changes an event."""
        after = replace(before, **said, sequence=before.sequence + 1, changed_at=self.at)
        self.plan(after)
        await self.tell(EventChanged(before, after))
        return after

    async def cancel(self, event: Event) -> None:
        self.plan(replace(event, status=Status.CANCELLED))
        await self.tell(EventCancelled(replace(event, status=Status.CANCELLED)))

    async def tell(self, fact: Fact) -> None:
        await self.do(lambda work: work.tell(fact))
        self.promised()

    async def do(self, run: Any) -> None:
        self.at += timedelta(seconds=1)
        await self.storage.write(Unit(f"do {self.at}", self.at, run))

    def rsvp(self, who: Somebody, event: Event = COFFEE) -> Rsvp | None:
        return self.work().use(EVENTS).rsvp(event.id, id_of(who))

    def place(self, who: Somebody, event: Event = COFFEE) -> Place | None:
        found = self.rsvp(who, event)
        return found.place if found else None

    def keep(self, who: Somebody, **said: Any) -> None:
        member = self.storage.world.members[id_of(who)]
        self.work().use(MEMBERS).keep(replace(member, **said))

    def to(self, who: Somebody, prefix: str) -> list[Letter]:
        """Letters that wait for somebody, by when they come."""
        mine = [one for one in self.letters(prefix) if one.to == Person(id_of(who))]
        return sorted(mine, key=lambda one: one.due_at)

    def promised(self) -> None:
        """All that the room promises holds, and nobody hears twice."""
        for promise in self.plate.promises:
            broken = list(promise(self.work()))
            assert not broken, broken


def id_of(who: Somebody) -> Id:
    return who.network.storage.world.identities[who.account].member


def words(letter: Letter) -> str:
    return words_of_view(letter.view)


def reminds(hall: Hall, who: Somebody) -> list[datetime]:
    """When they are reminded."""
    return [one.due_at for one in hall.to(who, "event-remind:")]
