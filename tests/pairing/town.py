"""A small network that lives week by week: people, the two rooms, and the one door."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from bot.app import Bot
from bot.chat.action import Action
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id, Ids
from bot.chat.inbound import Due, Inbound, Opened, Pressed, Used, What
from bot.chat.outbound import Reply
from bot.chat.view import Buttons, View, words_of_view
from bot.checkins import feature as checkins
from bot.checkins.flow import figures
from bot.checkins.model import CheckinSettings
from bot.core.directory import Directory
from bot.core.feature import Right
from bot.core.helplines import DEFAULTS
from bot.core.outbox import Letter
from bot.core.terms import Nation, Terms, read_terms
from bot.core.work import Fact, Storage, Unit, Work
from bot.members.model import Consent, Identity, Member, MemberAway, MemberReady, Stage
from bot.members.store import MEMBERS
from bot.pairing import feature as pairing
from bot.pairing.engine import Matcher
from bot.pairing.model import Group, IntroductionSettings, Weeks
from bot.pairing.store import PAIRINGS
from tests.twins import MemoryStorage, reaches

MONDAY = date(2026, 11, 16)
"""In term, in every nation."""
EIGHT = datetime(2026, 11, 16, 8, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 16, 15, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ORGANISER = Account("memory", "town", "organiser")


class Town:
    """Everything goes through the door; `at` is the moment of the next thing that comes in."""

    def __init__(
        self,
        introductions: IntroductionSettings | None = None,
        asking: CheckinSettings | None = None,
        terms: Terms | None = None,
    ) -> None:
        self.at, self._keys = EIGHT, count()
        settings, asked = introductions or IntroductionSettings(send_first=True), asking or CheckinSettings()
        self.weeks = Weeks(settings, terms or read_terms(), Nation.ENGLAND, "Europe/London")
        plates = (pairing.feature(self.weeks, Matcher(), figures), checkins.feature(asked, self.weeks, DEFAULTS))
        self.directory = Directory(plates)
        self.think: Callable[[Callable[[], Any]], Any] = _at_once
        self.storage = MemoryStorage()
        self.storage.tell = self.directory.tell
        self.keeper: Storage = self.storage
        self.bot = self.bot_on(self.storage, self.storage, str.encode)

    def bot_on(self, keeper: Storage, ids: Ids, mark: Callable[[str], bytes]) -> Bot:
        """The two rooms over some storage."""
        organisers = frozenset({ORGANISER.show()})
        return Bot(
            self.directory,
            keeper,
            zone=self.weeks.zone,
            organisers=organisers,
            mark=mark,
            ids=ids,
            think=lambda work: self.think(work),
        )

    async def join(self, *names: str, **said: Any) -> list[Id]:
        """People who may be introduced from now on."""
        return [await self._do(partial(_join, name=name, said=said)) for name in names]

    async def change(self, member: Id, **said: Any) -> None:
        await self._do(lambda work: work.use(MEMBERS).keep(replace(_known(work, member), **said)))

    async def pause(self, member: Id, back_on: date | None = None) -> None:
        await self.change(member, away=True, back_on=back_on)
        await self.tell(MemberAway(member))

    async def forbid(self, one: Id, other: Id) -> None:
        await self._do(lambda work: work.use(PAIRINGS).forbid(one, other, self.at))

    async def tell(self, fact: Fact) -> None:
        await self._do(lambda work: work.tell(fact))

    async def monday(self, at: datetime = EIGHT, day: date | None = None) -> None:
        """The hour of introductions strikes."""
        self.at = at
        await self._receive(Due("introductions", day or self.weeks.monday(at), at))

    async def thursday(self, at: datetime = THURSDAY) -> None:
        """The hour of check-ins strikes."""
        self.at = at
        await self._receive(Due("checkins", self.weeks.today(at), at))

    async def strike(self, rule: str, at: datetime) -> None:
        """Some other hour strikes."""
        self.at = at
        await self._receive(Due(rule, self.weeks.today(at), at))

    async def ready(self, member: Id) -> None:
        """Somebody is there again, or for the first time."""
        await self.change(member, away=False, back_on=None)
        await self.tell(MemberReady(member))

    async def organise(self, words: str, key: str = "") -> Reply:
        return await self._receive(Used(Tree.ORGANISER, words), ORGANISER, key)

    async def ask(self, member: Id, words: str) -> Reply:
        return await self._receive(Used(Tree.MEMBER, words), account(member))

    async def look(self, member: Id) -> Reply:
        """Somebody opens the home page."""
        return await self._receive(Opened(), account(member))

    async def press(self, member: Id, action: Action | str, key: str = "") -> Reply:
        packed = action if isinstance(action, str) else action.pack()
        return await self._receive(Pressed(packed), account(member), key)

    @property
    def letters(self) -> dict[str, Letter]:
        return self.storage.world.letters

    def to(self, member: Id) -> list[Letter]:
        """All letters that reach somebody, in a circle or alone."""
        return [one for one in self.letters.values() if reaches(one, member)]

    @property
    def groups(self) -> list[Group]:
        return list(self.storage.world.introduced.groups.values())

    def pairs(self, week: date = MONDAY) -> set[frozenset[Id]]:
        return {frozenset(one.members) for one in self.groups if one.day == week and one.ended_at is None}

    async def _do(self, run: Callable[[Work], Any]) -> Any:
        return await self.keeper.write(Unit(f"setting {next(self._keys)}", self.at, run))

    async def _receive(self, what: What, who: Account | None = None, key: str = "") -> Reply:
        return await self.bot.receive(Inbound(key or f"press {next(self._keys)}", self.at, what, who))


async def _at_once(work: Callable[[], Any]) -> Any:
    return work()


def account(member: Id) -> Account:
    return Account("memory", "town", str(member))


def said(shown: View | None) -> str:
    assert shown is not None
    return words_of_view(shown)


def actions(shown: View | None) -> Sequence[str]:
    """What the buttons mean, in order."""
    assert shown is not None
    return [button.action for block in shown.blocks if isinstance(block, Buttons) for button in block.row]


def _join(work: Work, name: str, said: dict[str, Any]) -> Id:
    member = Member(work.new_id(), name, Stage.MEMBER, vouched_at=work.at, **said)
    work.use(MEMBERS).keep(member)
    for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
        work.use(MEMBERS).agree(member.id, consent, True, work.at)
    work.use(MEMBERS).keep_identity(Identity(account(member.id), member.id, frozenset({Right.ANYONE, Right.MEMBER})))
    return member.id


def _known(work: Work, member: Id) -> Member:
    found = work.use(MEMBERS).get(member)
    assert found is not None
    return found
