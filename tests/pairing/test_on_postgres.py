"""A week on PostgreSQL: rooms that look beside the writer ask for nothing that a reader is refused there."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.outbound import ToAccount, ToCircle
from bot.checkins.actions import AnswerCheckin
from bot.checkins.model import Outcome
from bot.checkins.store import CHECKINS
from bot.pairing.actions import FindAnother
from storage.engine import open_storage
from storage.house import House, RandomIds
from storage.seal import KEY_BYTES, Seal, Secrets
from storage.start import make_ready
from tests.pairing.test_real_storage import RealTown
from tests.pairing.town import EIGHT, MONDAY, THURSDAY, WEEK, said

MONDAY_AT = THURSDAY - timedelta(days=3)


class PostgresTown(RealTown):
    """The same town on a server."""

    async def open_at(self, url: str) -> None:
        await make_ready(url, Path("no-copies"), MONDAY_AT)
        house = House(Secrets(Seal(bytes(KEY_BYTES)), bytes(KEY_BYTES)), tell=self.directory.tell)
        self.sql = await open_storage(url, house)
        self.keeper = self.sql
        self.bot = self.bot_on(self.sql, RandomIds(), house.mark)


@pytest.fixture
async def town(fresh_postgres: str) -> AsyncIterator[PostgresTown]:
    town = PostgresTown()
    await town.open_at(fresh_postgres)
    try:
        yield town
    finally:
        await town.sql.close()


async def test_a_week_from_monday_to_an_answer(town: PostgresTown) -> None:
    await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    assert "Ann" in said((await town.organise("intro preview")).view)
    await town.monday()
    circles = [one for one in await town.carried() if isinstance(one.to, ToCircle)]
    assert len(circles) == 2
    await town.thursday()
    assert sum(isinstance(one.to, ToAccount) for one in await town.carried()) == 4
    town.at = THURSDAY + timedelta(minutes=1)
    group = (await town.groups_on(MONDAY))[0]
    page = said((await town.look(group.members[0])).view)
    assert "This week I’ve introduced you to" in page
    assert "find time to talk?" in page
    await town.press(group.members[0], AnswerCheckin(group.id, Outcome.TALKED))
    kept = await town.sql.read(town.at, lambda work: work.use(CHECKINS).answer(group.id, group.members[0]))
    assert kept is not None
    assert kept.outcome is Outcome.TALKED


async def test_two_without_partners_meet_within_the_week(town: PostgresTown) -> None:
    await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    await town.monday()
    one, two = await town.groups_on(MONDAY)
    town.at += timedelta(hours=9)
    await town.pause(one.members[0])
    reply = await town.press(two.members[0], FindAnother(two.id))
    assert "I’ve found somebody else for you" in said(reply.view)
    living = [group for group in await town.groups_on(MONDAY) if group.ended_at is None]
    assert [(set(group.members), group.late) for group in living] == [({one.members[1], two.members[0]}, True)]
    await town.strike("introductions.rest", EIGHT + 4 * WEEK - timedelta(minutes=30))
    await town.strike("introductions.skips", EIGHT + 4 * WEEK - timedelta(hours=4))
