"""The Friday letter on a real database: when it is heard, and what it costs of the week's messages."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot
from bot.chat.address import Person
from bot.chat.ids import Id
from bot.chat.inbound import Due, Inbound
from bot.chat.outbound import Receipt
from bot.chat.text import plain
from bot.chat.view import Paragraph
from bot.core.directory import Directory
from bot.core.feature import Friday
from bot.core.hours import Hours
from bot.core.outbox import Kind, Settlement, State
from bot.core.post import Policy
from bot.core.terms import Nation, parse_terms
from bot.core.work import Work
from bot.friday.feature import feature
from bot.friday.model import FridaySettings
from bot.members.model import Consent
from bot.members.store import MEMBERS
from storage.engine import SqlStorage
from storage.house import House, RandomIds
from storage.letters import letters
from tests.storage.stands import SECRETS, Pen, file_url, letter, opened

TERMS = parse_terms(
    """
    [[england]]
    name = "Autumn"
    first = 2026-09-01
    last = 2026-12-18
    half_term = [2026-10-26, 2026-10-30]
    """
)
LONDON = Policy(Hours("Europe/London", Nation.ENGLAND), TERMS)
NEWS = Friday(1, lambda work, monday: lambda member: (Paragraph(plain("News.")),))


class Town:
    """Members on a database, a bot that writes on Fridays, and a policy that places what it writes."""

    def __init__(self, storage: SqlStorage, house: House) -> None:
        self.pen, self.storage = Pen(storage), storage
        directory = Directory([feature(FridaySettings(), LONDON, [NEWS])])
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        ids, nobody = RandomIds(), frozenset[str]()
        zone = "Europe/London"
        self.bot = Bot(directory, storage, zone=zone, organisers=nobody, mark=house.mark, ids=ids, think=self._think)

    async def _think(self, think: Callable[[], Any]) -> Any:
        """Composes; once, something happens meanwhile."""
        thought, meanwhile, self.meanwhile = think(), self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return thought

    async def join(self, name: str, **said: object) -> Id:
        member = await self.pen.member(name, **said)
        await self.agree(member.id)
        return member.id

    async def agree(self, member: Id) -> None:
        """To introductions and messages."""

        def agree(work: Work) -> None:
            for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
                work.use(MEMBERS).agree(member, consent, True, work.at)

        await self.pen.write(agree)

    async def friday(self, at: datetime, due: datetime | None = None) -> None:
        hour = Due("friday", (due or at).date(), due or at)
        await self.bot.receive(Inbound(f"friday {hour.day}", at, hour))

    async def due(self, prefix: str = "friday:") -> list[datetime]:
        """When letters under such keys leave, in order."""
        found = await self.pen.read(lambda work: work.rows(letters.select()))  # type: ignore[attr-defined]
        return sorted(row.due_at for row in found if row.key.startswith(prefix))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened_town(tmp_path) as made:
        yield made


@asynccontextmanager
async def opened_town(folder: Path) -> AsyncIterator[Town]:
    house = House(SECRETS, policy=LONDON)
    async with opened(file_url(folder / "town.sqlite3"), house) as storage:
        yield Town(storage, house)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


async def test_on_a_friday_in_term_it_is_heard_at_once(town: Town) -> None:
    await town.join("Ann")
    at = utc(date(2026, 11, 13), 16, 15)
    await town.friday(at)
    assert await town.due() == [at]


async def test_the_friday_before_a_term_week_is_no_holiday_for_it(town: Town) -> None:
    await town.join("Ann")
    at = utc(date(2026, 10, 30), 16, 15)
    await town.friday(at)
    assert await town.due() == [at]


async def test_a_friday_with_a_week_of_holidays_before_it_is_still_a_school_day(town: Town) -> None:
    await town.join("Ann")
    at = utc(date(2026, 10, 23), 15, 15)
    await town.friday(at)
    assert await town.due() == [at]


async def test_it_counts_among_the_four_of_a_week(town: Town) -> None:
    """Monday, Thursday and Friday are three; a fourth fits, and a fifth waits for the week after."""
    ann = await town.join("Ann")
    monday = date(2026, 11, 9)

    async def say(key: str, day: int) -> None:
        await town.pen.post(letter(f"{key}:", Person(ann), utc(monday + timedelta(days=day), 16, 15), Kind.WEEKLY))

    await say("monday", 0)
    await say("thursday", 3)
    await town.friday(utc(monday + timedelta(days=4), 16, 15))
    await say("today", 1)
    await say("more", 2)
    assert await town.due("today") == [utc(monday + timedelta(days=1), 16, 15)]
    assert await town.due() == [utc(monday + timedelta(days=4), 16, 15)]
    assert await town.due("more") == [utc(monday + timedelta(days=7), 7)]


async def test_it_never_takes_monday_from_an_introduction(town: Town) -> None:
    """Who has heard something that Friday already hears nothing of the week to come: on Monday it would push the
    introduction to Tuesday."""
    ann = await town.join("Ann")
    friday = date(2026, 11, 13)
    await town.pen.post(letter("today:", Person(ann), utc(friday, 15, 50), Kind.WEEKLY))
    (today,) = await town.storage.outbox.claim(utc(friday, 15, 50), 10)
    sent = Settlement(today.letter, today.fence, State.SENT, receipt=Receipt("c", "m"))
    await town.storage.outbox.settle(utc(friday, 15, 50), [sent])
    await town.friday(utc(friday, 16, 15))
    monday = utc(friday + timedelta(days=3), 7, 1)
    assert not await town.storage.outbox.claim(monday, 10)
    introduction = letter("intro:", Person(ann), monday + timedelta(hours=1), Kind.WEEKLY)
    await town.pen.write(lambda work: work.post(introduction), monday)
    assert await town.due("intro:") == [introduction.due_at]


async def test_who_pauses_while_letters_are_composed_gets_none(town: Town) -> None:
    """What was seen has moved: all is done again."""
    ann, ben = [await town.pen.member(name) for name in ("Ann", "Ben")]
    for one in (ann, ben):
        await town.agree(one.id)

    def pause(work: Work) -> None:
        work.use(MEMBERS).keep(replace(ben, away=True))

    town.meanwhile = lambda: town.pen.write(pause)
    at = utc(date(2026, 11, 13), 16, 15)
    await town.friday(at)
    assert await town.due() == [at]


async def test_late_on_sunday_nobody_who_is_quiet_at_weekends_is_written_to(town: Town) -> None:
    friday = utc(date(2026, 11, 13), 16, 15)
    await town.join("Ann")
    await town.join("Ben", weekends=True)
    await town.friday(friday + timedelta(hours=39), friday)
    assert await town.due() == [utc(date(2026, 11, 15), 7, 15)]


async def test_a_thousand_hear_in_one_go(town: Town) -> None:
    for name in range(3):
        await town.join(f"M{name}")

    def many(work: Work) -> None:
        members = work.use(MEMBERS)
        (one, *_) = members.introducible(date(2026, 11, 13))
        for number in range(997):
            new = replace(one, id=work.new_id(), name=f"N{number}")
            members.keep(new)
            for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
                members.agree(new.id, consent, True, work.at)

    await town.pen.write(many)
    at = utc(date(2026, 11, 13), 16, 15)
    await town.friday(at)
    assert await town.due() == [at] * 1000
