"""Two weeks of introductions and check-ins on a real database file: what a dictionary forgives, a database does not."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.chat.outbound import Parcel, Receipt, ToAccount, ToCircle
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.checkins.actions import AnswerCheckin
from bot.checkins.model import Outcome
from bot.core.hours import Hours
from bot.core.outbox import UNCLEAR, Kind, Letter, Settlement, State
from bot.core.post import Policy
from bot.core.terms import Nation, read_terms
from bot.core.work import Work
from bot.members.model import MemberGone, Stage
from bot.pairing.actions import FindAnother
from bot.pairing.model import Group
from bot.pairing.store import PAIRINGS
from storage.columns import metadata
from storage.engine import SqlStorage, open_storage
from storage.house import House, RandomIds
from storage.seal import KEY_BYTES, Seal, Secrets
from tests.pairing.town import EIGHT, MONDAY, THURSDAY, WEEK, Town, account, actions, said


class RealTown(Town):
    """The same town on a file."""

    async def open(self, file: Path, policy: Policy | None = None) -> None:
        engine = create_engine(f"sqlite:///{file}")
        metadata.create_all(engine)
        engine.dispose()
        house = House(Secrets(Seal(bytes(KEY_BYTES)), bytes(KEY_BYTES)), tell=self.directory.tell, policy=policy)
        self.file = file
        self.sql: SqlStorage = await open_storage(f"sqlite+aiosqlite:///{file}", house)
        self.keeper = self.sql
        self.bot = self.bot_on(self.sql, RandomIds(), house.mark)

    def kept(self) -> list[str]:
        """Everything there is in the file."""
        with closing(sqlite3.connect(self.file)) as rows:
            return list(rows.iterdump())

    async def carried(self) -> list[Parcel]:
        """What the courier would carry now; it is carried."""
        claims = await self.sql.outbox.claim(self.at, 1000)
        sent = [Settlement(one.letter, one.fence, State.SENT, receipt=Receipt("c", "m")) for one in claims]
        await self.sql.outbox.settle(self.at, sent)
        return [one.parcel for one in claims]

    async def post(self, letter: Letter) -> None:
        await self._do(lambda work: work.post(letter))

    async def groups_on(self, week: Any = MONDAY) -> Sequence[Group]:
        def find(work: Work) -> Sequence[Group]:
            round = work.use(PAIRINGS).round_on(week)
            return work.use(PAIRINGS).groups_of(round.id) if round else ()

        return await self.sql.read(self.at, find)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[RealTown]:
    town = RealTown()
    await town.open(tmp_path / "headsup.sqlite3")
    try:
        yield town
    finally:
        await town.sql.close()


@pytest.fixture
async def quiet_town(tmp_path: Path) -> AsyncIterator[RealTown]:
    """The same, where nobody is written to in the evening."""
    town = RealTown()
    await town.open(tmp_path / "headsup.sqlite3", Policy(Hours("Europe/London", Nation.ENGLAND), read_terms()))
    try:
        yield town
    finally:
        await town.sql.close()


async def lost(town: RealTown, says: str = UNCLEAR) -> list[Id]:
    """Two people whose introduction was tried, and of which nobody can say whether it arrived."""
    people = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    (claim,) = await town.sql.outbox.claim(town.at, 10)
    assert isinstance(claim.parcel.to, ToCircle)
    await town.sql.outbox.settle(town.at, [Settlement(claim.letter, claim.fence, State.DEAD, says=says)])
    return people


async def test_of_an_introduction_that_may_not_have_arrived_each_hears_alone_and_once(town: RealTown) -> None:
    ann, ben = await lost(town)
    told = {parcel.to: said(parcel.view) for parcel in await town.carried()}
    assert told.keys() == {ToAccount(account(one)) for one in (ann, ben)}
    assert "meet Ben Bray" in told[ToAccount(account(ann))]
    assert "meet Ann Ash" in told[ToAccount(account(ben))]
    assert await town.carried() == []


@pytest.mark.parametrize(("says", "days"), [("unclear", 1), ("too late", 0)])
async def test_a_letter_that_may_have_been_read_counts_though_it_was_given_up(
    quiet_town: RealTown, says: str, days: int
) -> None:
    """Something else that nobody asked for does not come on the same day."""
    town = quiet_town
    ann, _ = await lost(town, says)
    await town.carried()
    town.at = EIGHT + timedelta(hours=9)
    view = View((Paragraph(plain("There is soup on Friday.")),))
    await town.post(Letter("announce:1:2", Person(ann), view, Kind.WEEKLY, town.at))
    on_the_day = await town.carried()
    town.at += timedelta(days=1)
    assert len(await town.carried()) == days
    assert len(on_the_day) == 1 - days


async def test_two_who_were_three_hear_alone_as_soon_as_they_would_have_heard_together(quiet_town: RealTown) -> None:
    """In the evening of the last day before a break, the one in whose time zone it is still afternoon would hear of it
    that day, and the other after the week is over."""
    town = quiet_town
    await town.join("Ann Ash", "Ben Bray", "Cat Cole")
    await town.monday()
    await town.carried()
    (three,) = await town.groups_on()
    town.at = EIGHT + timedelta(days=1, hours=15)
    await town.tell(MemberGone(three.members[0]))
    (claim,) = await town.sql.outbox.claim(town.at, 10)
    await town.sql.outbox.settle(town.at, [Settlement(claim.letter, claim.fence, State.DEAD, says="unclear")])
    told = {parcel.to for parcel in await town.carried()}
    assert told == {ToAccount(account(one)) for one in three.members[1:]}


async def test_who_is_not_to_meet_any_more_hears_no_more_of_it(town: RealTown) -> None:
    _, ben = await lost(town)
    await town.pause(ben)
    told = [said(parcel.view) for parcel in await town.carried()]
    assert told
    assert [text for text in told if "can’t see whether it arrived" in text] == []


async def five(town: RealTown) -> list[Id]:
    return await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale", "Eve East")


async def test_monday_goes_to_every_group_once(town: RealTown) -> None:
    people = await five(town)
    await town.monday()
    groups = await town.groups_on()
    assert sorted(len(group.members) for group in groups) == [2, 3]

    parcels = await town.carried()
    heard = [one for parcel in parcels if isinstance(parcel.to, ToCircle) for one in parcel.to.accounts]
    assert sorted(one.user for one in heard) == sorted(account(member).user for member in people)
    kept = town.kept()
    await town.monday()
    assert town.kept() == kept
    assert not await town.carried()


async def test_thursday_asks_everybody_and_an_answer_is_kept_once(town: RealTown) -> None:
    people = await five(town)
    await town.monday()
    await town.carried()
    await town.thursday()
    parcels = await town.carried()
    assert sorted(one.to.account.user for one in parcels if isinstance(one.to, ToAccount)) == sorted(map(str, people))

    town.at = THURSDAY + timedelta(minutes=1)
    group = (await town.groups_on())[0]
    me = group.members[0]
    answer = AnswerCheckin(group.id, Outcome.NOT_YET)
    first = await town.press(me, answer, "delivered twice")
    kept = town.kept()
    assert await town.press(me, answer, "delivered twice") == first
    assert town.kept() == kept
    stranger = next(one for one in people if one not in group.members)
    assert "no longer in use" in said((await town.press(stranger, answer)).view)

    await town.thursday(THURSDAY + WEEK)
    (again,) = await town.carried()
    assert "Have you talked since?" in said(again.view)
    town.at = THURSDAY + WEEK + timedelta(minutes=1)
    await town.press(me, actions(again.view)[0])
    assert "You talked." not in said((await town.ask(me, "partner")).view)
    assert "too few introductions to say" in said((await town.organise("intro status")).view)


async def test_a_three_goes_on_as_two_and_of_two_one_comes_first_next_time(town: RealTown) -> None:
    await five(town)
    await town.monday()
    await town.carried()
    two, three = sorted(await town.groups_on(), key=lambda group: len(group.members))
    town.at = EIGHT + timedelta(days=1)
    await town.tell(MemberGone(three.members[0]))
    await town.change(two.members[0], stage=Stage.STOPPED)
    await town.tell(MemberGone(two.members[0]))

    to_circle, to_person = await town.carried()
    assert isinstance(to_circle.to, ToCircle)
    assert {one.user for one in to_circle.to.accounts} == {str(one) for one in three.members[1:]}
    assert isinstance(to_person.to, ToAccount)
    assert to_person.to.account.user == str(two.members[1])
    living = [group for group in await town.groups_on() if group.ended_at is None]
    assert [set(group.members) for group in living] == [set(three.members[1:])]

    await town.monday(EIGHT + WEEK)
    assert any(two.members[1] in group.members for group in await town.groups_on(MONDAY + WEEK))


async def test_who_is_silent_is_left_alone_though_every_partner_asks_for_somebody_else(town: RealTown) -> None:
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    for monday in (EIGHT - 2 * WEEK, EIGHT - WEEK, EIGHT):
        await town.monday(monday)
        (group,) = await town.groups_on(town.weeks.monday(monday))
        assert "looking for somebody else" in said((await town.press(ben, FindAnother(group.id))).view)
    await town.strike("introductions.rest", EIGHT + WEEK - timedelta(minutes=30))
    assert said((await town.ask(ann, "partner")).view).startswith("I’m being quiet for now")
    assert not said((await town.ask(ben, "partner")).view).startswith("I’m being quiet for now")


async def test_previewed_held_and_let_go(town: RealTown) -> None:
    await five(town)
    town.at = EIGHT - timedelta(hours=16)
    kept = town.kept()
    shown = said((await town.organise("intro preview")).view)
    assert "would go out on Monday 16 November" in shown
    assert len(town.kept()) == len(kept) + 1, "the mark of the delivery, and nothing else"
    await town.organise("intro hold")
    await town.monday()
    assert not await town.groups_on()
    town.at = EIGHT + timedelta(hours=1)
    await town.organise("intro send")
    names = {name for group in await town.groups_on() for name in map(str, group.members)}
    assert len(names) == 5
