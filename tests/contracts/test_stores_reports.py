"""What is counted for reports, on every engine."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.chat.address import Circle
from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.chat.outbound import OWN_THREAD, Receipt, Why
from bot.checkins.model import Answer, Asked, Outcome
from bot.checkins.store import CHECKINS
from bot.core.outbox import Settlement, State
from bot.core.tidying import tidy
from bot.core.work import Work
from bot.members.model import Identity, Stage
from bot.members.store import MEMBERS, PRIVACY
from bot.pairing.model import Group, Round, RoundState
from bot.pairing.store import PAIRINGS
from bot.reports.model import Month, Way
from bot.reports.store import REPORTS, Letters
from storage.checkins import answers, asks
from storage.claims import TOO_LATE
from storage.disk import percent_full
from storage.pairing import group_members, left_out
from storage.parcels import conversations
from storage.start import disk_of
from tests.storage.stands import AT, MINUTE, Pen, account, file_url, letter

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
ENDS = datetime(2026, 12, 1, tzinfo=UTC)
MONDAY = date(2026, 11, 9)
HOUR = timedelta(hours=1)


async def introduce(pen: Pen, day: date, *groups: tuple[Id, ...]) -> list[Group]:
    """Groups of one round."""

    def keep(work: Work) -> list[Group]:
        round = Round(work.new_id(), day, RoundState.SENT, AT)
        made = [Group(work.new_id(), round.id, day, members, members[0]) for members in groups]
        work.use(PAIRINGS).keep_round(round)
        work.use(PAIRINGS).add_groups(made)
        return made

    return await pen.write(keep)


async def answer(pen: Pen, group: Group, outcome: Outcome = Outcome.TALKED, member: int = 0) -> None:
    one = Answer(group.id, group.members[member], outcome, AT)
    await pen.write(lambda work: work.use(CHECKINS).keep(one))


async def november(pen: Pen) -> Month:
    return await pen.read(lambda work: work.use(REPORTS).month(NOVEMBER, DECEMBER, ENDS))


async def test_a_month_counts_its_mondays_and_whoever_talked(pen: Pen) -> None:
    a, b, c, d, e, f = await pen.crowd(6, joined_at=AT)
    one, two, three = await introduce(pen, MONDAY, (a, b), (c, d), (e, f))
    (again,) = await introduce(pen, MONDAY + timedelta(days=7), (a, c))
    await introduce(pen, date(2026, 10, 26), (a, d))
    await introduce(pen, date(2026, 12, 7), (a, e))
    for group in (one, again):
        await answer(pen, group)
    await answer(pen, one, member=1)
    await answer(pen, two, Outcome.NOT_YET)
    await answer(pen, three, Outcome.HAND)
    assert await november(pen) == Month(NOVEMBER, members=6, active=3, introductions=4, talked=2)


async def test_an_introduction_that_ended_was_made_and_a_three_that_went_on_was_made_once(pen: Pen) -> None:
    a, b, c, d, e = await pen.crowd(5, joined_at=AT)
    pair, trio = await introduce(pen, MONDAY, (a, b), (c, d, e))
    await answer(pen, trio)

    def go_on(work: Work) -> None:
        for group in (pair, trio):
            work.use(PAIRINGS).end(group.id, AT)
        work.use(PAIRINGS).add_groups([Group(work.new_id(), trio.round, MONDAY, (c, d), c)])

    await pen.write(go_on)
    assert await november(pen) == Month(NOVEMBER, members=5, active=0, introductions=2, talked=0)
    week = MONDAY + timedelta(days=7)
    assert await pen.read(lambda work: work.use(REPORTS).introductions(MONDAY, week)) == 2
    assert await pen.read(lambda work: work.use(REPORTS).introductions(week, week)) == 0


async def test_members_are_those_who_had_joined_and_are_still_here(pen: Pen) -> None:
    a, b = await pen.crowd(2, joined_at=AT)
    others: dict[str, dict[str, Any]] = {
        "Later": {"joined_at": ENDS},
        "Stopped": {"stage": Stage.STOPPED, "joined_at": AT},
        "Waiting": {"stage": Stage.WAITING, "joined_at": AT},
        "Gone": {"left_at": AT, "joined_at": AT},
        "Invited": {"stage": Stage.INVITED},
    }
    for name, said in others.items():
        gone = await pen.member(name, **said)
    later = await pen.member("Xenia", joined_at=ENDS)
    (group, _) = await introduce(pen, MONDAY, (a, gone.id), (b, later.id))
    await answer(pen, group)
    assert await november(pen) == Month(NOVEMBER, members=2, active=1, introductions=2, talked=1)


async def test_who_was_forgotten_is_counted_no_more_and_their_introduction_is(pen: Pen) -> None:
    a, b = await pen.crowd(2, joined_at=AT)
    (group,) = await introduce(pen, MONDAY, (a, b))
    await answer(pen, group, member=1)
    await pen.write(lambda work: work.use(PRIVACY).erase(a, AT))
    assert await november(pen) == Month(NOVEMBER, members=1, active=1, introductions=1, talked=1)


async def test_a_month_is_kept_once_and_the_latest_come_first(pen: Pen) -> None:
    months = [Month(date(2026, number, 1), number, 0, 0, 0) for number in (9, 11, 10)]
    for month in (*months, replace(months[0], members=99)):
        await pen.write(partial(lambda month, work: work.use(REPORTS).keep(month), month))
    assert [one.members for one in await pen.read(lambda work: work.use(REPORTS).months(2))] == [11, 10]
    assert (await pen.read(lambda work: work.use(REPORTS).months(9)))[2] == months[0]


async def test_letters_that_wait_too_long_are_stuck_and_those_of_a_bulk_work_only_later(pen: Pen) -> None:
    ann = await pen.member("Ann")

    async def stuck(at: datetime) -> int:
        return (await pen.read(lambda work: work.use(REPORTS).letters(AT), at)).stuck

    await pen.post(letter("one", ann.id), letter("many", ann.id, batch="introductions:1"), letter("on time", ann.id))
    await pen.write(lambda work: work.cancel("on time"))
    assert [await stuck(AT + HOUR), await stuck(AT + HOUR + MINUTE), await stuck(AT + 3 * HOUR + MINUTE)] == [0, 1, 2]


async def test_who_met_is_forgotten_after_two_years_and_the_months_stay(pen: Pen) -> None:
    a, b, c = await pen.crowd(3, joined_at=AT)
    kept = Month(date(2024, 11, 1), 3, 2, 1, 1)
    weeks = [date(2024, 11, 4), date(2024, 11, 18), MONDAY]
    for week in weeks:
        (group,) = await introduce(pen, week, (a, b))
        await answer(pen, group)
        await pen.write(partial(asked_and_left_out, group, c))
    await pen.write(lambda work: work.use(REPORTS).keep(kept))
    await pen.write(lambda work: tidy(work, Due("house.tidy", AT.date(), AT)))

    def all_rows(work: Any) -> dict[str, int]:
        return {table.name: len(work.rows(table.select())) for table in (answers, asks, group_members, left_out)}

    assert await pen.read(all_rows) == {"answers": 2, "asks": 2, "group_members": 4, "left_out": 2}
    found = [await pen.read(partial(round_on, week)) for week in weeks]
    assert [one is not None for one in found] == [False, True, True]
    assert await pen.read(lambda work: work.use(REPORTS).months(9)) == [kept]


async def test_where_they_talked_is_forgotten_with_whom_they_met(pen: Pen) -> None:
    a, b = await pen.crowd(2)
    for week in (date(2024, 11, 4), MONDAY):
        (group,) = await introduce(pen, week, (a, b))
        await pen.post(letter(f"intro:{week}", Circle(group.id, group.members)))
        (claim,) = await pen.storage.outbox.claim(AT, 9)
        sent = Settlement(claim.letter, claim.fence, State.SENT, receipt=Receipt(f"talk of {week}", "m"))
        await pen.storage.outbox.settle(AT, [sent])
    await pen.write(lambda work: tidy(work, Due("house.tidy", AT.date(), AT)))

    def talks(work: Any) -> list[str]:
        return [row.conversation for row in work.rows(conversations.select())]

    assert await pen.read(talks) == [f"talk of {MONDAY}"]
    await pen.write(lambda work: work.use(PRIVACY).erase(a, AT))
    assert await pen.read(talks) == []


def asked_and_left_out(group: Group, member: Id, work: Work) -> None:
    work.use(CHECKINS).ask([Asked(group.id, group.day, 1)])
    work.use(PAIRINGS).leave_out(group.round, [member])


def round_on(week: date, work: Work) -> Round | None:
    return work.use(PAIRINGS).round_on(week)


@pytest.mark.parametrize(
    ("state", "says", "lost"),
    [(State.DEAD, "refused", 1), (State.DEAD, TOO_LATE, 0), (State.SENT, "", 0), (State.CANCELLED, "", 0)],
)
async def test_letters_that_could_not_be_delivered_are_lost(pen: Pen, state: State, says: str, lost: int) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("one", ann.id))
    (claim,) = await pen.storage.outbox.claim(AT, 9)
    await pen.storage.outbox.settle(AT, [Settlement(claim.letter, claim.fence, state, says=says)])
    for since, expected in ((AT, lost), (AT + MINUTE, 0)):
        found = await pen.read(partial(lambda since, work: work.use(REPORTS).letters(since), since))
        assert found == Letters(0, expected)


async def reached(pen: Pen) -> Mapping[Way, int]:
    return await pen.read(lambda work: work.use(REPORTS).reached())


async def write_to(
    pen: Pen, key: str, member: Id, state: State, talk: str = "", says: str = "", after: int = 0
) -> None:
    """A letter to them that ended so."""
    at = AT + after * MINUTE
    await pen.post(letter(key, member, due_at=at))
    (claim,) = await pen.storage.outbox.claim(at, 9)
    receipt = Receipt(talk, f"m of {key}") if state is State.SENT else None
    await pen.storage.outbox.settle(at, [Settlement(claim.letter, claim.fence, state, says=says, receipt=receipt)])


async def test_members_are_counted_by_the_way_they_are_written_to(pen: Pen) -> None:
    ann, bob = await pen.member("Ann", "slack"), await pen.member("Bob", "slack")
    cat, dan = await pen.member("Cat", "discord"), await pen.member("Dan", "discord")
    await pen.member("Waiting", "discord", stage=Stage.WAITING)
    eve = await pen.member("Eve", "local")

    def more(work: Work) -> None:
        work.use(MEMBERS).keep_identity(Identity(account("Ann", "discord"), ann.id))
        work.use(MEMBERS).keep_identity(Identity(account("Bob", "slack"), bob.id, left_at=AT))
        work.use(MEMBERS).keep_identity(Identity(account("Bob", "discord"), bob.id))
        work.use(MEMBERS).keep_identity(Identity(account("Eve", "local"), eve.id, left_at=AT))

    await pen.write(more, AT + MINUTE)
    assert await reached(pen) == {Way.NOT: 5}, "nobody was written to yet"
    for who, talk in ((ann, "D1"), (bob, "2"), (cat, OWN_THREAD + "3"), (dan, "4")):
        await write_to(pen, who.name, who.id, State.SENT, talk)
    assert await reached(pen) == {Way.SLACK: 1, Way.DIRECT: 2, Way.THREAD: 1, Way.NOT: 1}


@pytest.mark.parametrize(
    ("says", "way"),
    [
        (f"{Why.CLOSED}: HTTP 403, code 50007", Way.NOT),
        (str(Why.GONE), Way.NOT),
        (f"{Why.MALFORMED}: a mistake of ours", Way.DIRECT),
        (TOO_LATE, Way.DIRECT),
    ],
)
async def test_who_lets_nothing_in_any_more_is_not_reached_until_something_arrives(
    pen: Pen, says: str, way: Way
) -> None:
    ann, bob = await pen.member("Ann", "discord"), await pen.member("Bob", "discord")
    for who in (ann, bob):
        await write_to(pen, f"one to {who.name}", who.id, State.SENT, who.name)
    await write_to(pen, "two", ann.id, State.DEAD, says=says, after=1)
    assert await reached(pen) == Counter([way, Way.DIRECT])
    await write_to(pen, "three", ann.id, State.SENT, OWN_THREAD + "1", after=2)
    assert await reached(pen) == {Way.THREAD: 1, Way.DIRECT: 1}


async def test_the_disk_is_known_beside_a_file_alone(pen: Pen, url: str) -> None:
    assert await pen.read(lambda work: work.use(REPORTS).disk()) is None, "nobody told this house how to look"
    percent = disk_of(url)()
    assert (percent is None) is url.startswith("postgresql")


def test_a_disk_that_is_not_there_is_not_known(tmp_path: object) -> None:
    assert percent_full(tmp_path / "nowhere") is None  # type: ignore[operator]
    known = disk_of(file_url(tmp_path / "here.sqlite3"))()  # type: ignore[operator]
    assert known is not None
    assert 0 < known <= 100
