"""A member's own diary, through the door: theirs alone, sealed, given back whole, and gone when they say so."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.chat.inbound import Pressed, Submitted, What
from bot.chat.view import Facts, Picture, words_of_view
from bot.core.work import Unit, Work
from bot.members.store import PRIVACY
from bot.pulse.actions import KeepDiary, OpenDiary, ReadDiary, StopDiary, WriteDiary
from bot.pulse.model import Entry
from bot.pulse.store import DIARIES, PULSE
from storage.diary import diary
from storage.work import sql
from tests.pulse.people import answer, heads, opened_by
from tests.world.far import There
from tests.world.test_connect import become
from tests.world.world import Head, World, organiser

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
CANARY = "Zqmarmalade on the stairs"
LOST = "There are weeks in it that I can’t open any more"


async def keeps(head: Head, rating: str = "4", said: str = CANARY) -> None:
    """Begins a diary, and writes."""
    await head.use("pulse")
    await head.press("My diary")
    await head.press("Keep a diary")
    await writes(head, rating, said)


async def writes(head: Head, rating: str, said: str, label: str = "Write about this week") -> None:
    await head.use("pulse")
    await head.press("My diary")
    await head.press(label)
    await head.fill(rating={"1": "1, very hard", "5": "5, very good"}.get(rating, rating), words=said)


async def year(head: Head) -> str:
    await head.use("pulse")
    await head.press("My diary")
    await head.press("My year")
    assert head.view is not None
    return words_of_view(head.view)


async def all_of(world: World, head: Head) -> dict[date, tuple[int, str] | None]:
    member = await world.look(head.account)
    assert member is not None
    whose = member.id
    found = await world.parts.storage.read(world.at, lambda work: work.use(DIARIES).of(whose))
    return {week: (one.rating, one.words) if one else None for week, one in found.items()}


def raw(world: World) -> Iterator[bytes]:
    """Every file of the world but its keys."""
    for file in Path(world.rows("PRAGMA database_list")[0][2]).parent.iterdir():
        if file.is_file():
            yield file.read_bytes()


async def test_one_begins_writes_and_changes_it_while_it_is_that_week(world: World) -> None:
    head, *_ = await heads(world, 2)
    await head.use("pulse")
    await head.press("My diary")
    assert "While you keep a diary I don’t ask you the pulse" in head.says
    assert await all_of(world, head) == {}
    await keeps(head)
    assert "for you alone" in head.says
    await writes(head, "2", "Harder", "Change this week")
    assert list((await all_of(world, head)).values()) == [(2, "Harder")]
    await world.go_to(world.at + WEEK)
    await writes(head, "5", "")
    assert list((await all_of(world, head)).values()) == [(2, "Harder"), (5, "")]
    assert not any("diary" in one for one in world.letters(head.account)), "it is never asked by a letter"


async def test_the_form_shows_what_stands_and_takes_no_other_number(world: World) -> None:
    head, *_ = await heads(world, 1)
    await keeps(head)
    reply = await world.receive(Pressed(WriteDiary().pack()), head.account, head.name)
    assert CANARY in repr(reply.ask)
    for rating in ("", "0", "6", "x"):
        said = {"rating": (rating,), "words": ("other",)}
        reply = await world.receive(Submitted(KeepDiary().pack(), said), head.account, head.name)
        assert reply.view is not None
        assert "choose a number" in words_of_view(reply.view)
    assert list((await all_of(world, head)).values()) == [(4, CANARY)]
    await writes(head, "1", "é" * 600, "Change this week")
    assert list((await all_of(world, head)).values()) == [(1, "é" * 500)]


async def test_the_year_is_a_picture_with_its_words_and_lines(world: World) -> None:
    head, *_ = await heads(world, 1)
    await keeps(head)
    for rating in ("1", "5"):
        await world.go_to(world.at + WEEK)
        await writes(head, rating, f"week of {rating}")
    said = await year(head)
    assert CANARY in said
    assert head.view is not None
    (picture,) = [one for one in head.view.blocks if isinstance(one, Picture)]
    assert "in which you wrote, between" in picture.alt
    assert "4 at first, 5 last; between 1 and 5" in picture.alt
    assert sum(len(one.rows) for one in head.view.blocks if isinstance(one, Facts)) == 3


async def test_a_year_is_a_year_and_the_rest_is_in_the_data(world: World) -> None:
    (head,) = await heads(world, 1)
    await keeps(head)
    ((member, week),) = world.rows("SELECT member, week FROM diary")
    long_ago = Entry(member, date.fromisoformat(week) - 52 * WEEK, 2, "long ago")
    await world.parts.storage.write(Unit("fill", world.at, lambda work: work.use(DIARIES).keep(long_ago)))
    said = await year(head)
    assert CANARY in said
    assert "long ago" not in said
    assert len(await all_of(world, head)) == 2


async def test_a_full_year_fits_into_a_view(world: World) -> None:
    head, *_ = await heads(world, 1)
    await keeps(head, said="b" * 500)
    ((member, week),) = world.rows("SELECT member, week FROM diary")

    def fill(work: Work) -> None:
        for number in range(1, 53):
            day = date.fromisoformat(week) - number * WEEK
            work.use(DIARIES).keep(Entry(member, day, 3, "b" * 500))

    await world.parts.storage.write(Unit("fill", world.at, fill))
    assert (await year(head)).count("b" * 500) == 4
    assert head.view is not None
    assert sum(len(one.rows) for one in head.view.blocks if isinstance(one, Facts)) == 52
    assert len(await all_of(world, head)) == 53


async def test_it_is_in_the_data_to_read_and_gone_with_who_is_forgotten(world: World) -> None:
    head, other = await heads(world, 2)
    await keeps(head)
    await keeps(other, said="Another’s")
    member = await world.look(head.account)
    assert member is not None
    export = await world.parts.storage.read(world.at, lambda work: work.use(PRIVACY).export(member.id))
    (row,) = export["diary"]
    assert row["entry"] == {"rating": 4, "words": CANARY}
    await head.use("leave")
    await head.press("Forget me")
    assert len(world.rows("SELECT week FROM diary")) == 1
    assert list((await all_of(world, other)).values()) == [(4, "Another’s")]


async def test_taken_back_it_is_thrown_away_and_asked_for_no_more(world: World) -> None:
    head, *_ = await heads(world, 1)
    await keeps(head)
    await head.use("pulse")
    await head.press("My diary")
    await head.press("Stop, and throw it away")
    assert "thrown away" in head.says
    assert world.rows("SELECT * FROM diary") == []
    for what in (Pressed(WriteDiary().pack()), Pressed(ReadDiary().pack()), written()):
        reply = await world.receive(what, head.account, head.name)
        assert reply.ask is None
        assert reply.view is not None
        assert "You keep no diary just now" in words_of_view(reply.view)
    assert world.rows("SELECT * FROM diary") == []


def written() -> Submitted:
    return Submitted(KeepDiary().pack(), {"rating": ("3",), "words": ("forged",)})


async def test_nobody_else_gets_any_of_it(world: World) -> None:
    """The wire forms name nobody: with the same ones another member, or an organiser, has their own or none."""
    anna = await organiser(world)
    head, other = await heads(world, 2)
    await keeps(head)
    before = world.rows("SELECT * FROM diary")
    for one in (other, anna):
        presses: list[What] = [Pressed(kind().pack()) for kind in (OpenDiary, WriteDiary, ReadDiary, StopDiary)]
        for what in [*presses, written()]:
            reply = await world.receive(what, one.account, one.name)
            assert CANARY not in repr(reply)
            assert "forged" not in repr(reply)
    assert world.rows("SELECT * FROM diary") == before


async def test_an_account_that_is_theirs_since_today_reads_writes_and_ends_none_of_it(world: World) -> None:
    (head,) = await heads(world, 1)
    await keeps(head)
    await world.go_to(world.at + timedelta(minutes=1))
    before, there = world.rows("SELECT * FROM diary"), There(world).head("Else Where")
    await become(head, there)
    presses: list[What] = [Pressed(kind().pack()) for kind in (OpenDiary, WriteDiary, ReadDiary, StopDiary)]
    for what in [*presses, written()]:
        reply = await world.receive(what, there.account, there.name)
        assert "less than a day ago" in repr(reply)
        assert CANARY not in repr(reply)
    assert world.rows("SELECT * FROM diary") == before
    await world.go_to(world.at + DAY)
    await there.use("pulse")
    await there.press("My diary")
    await there.press("My year")
    assert CANARY in there.says


async def test_a_copy_without_the_keys_holds_no_word_and_every_row_is_alike(world: World) -> None:
    one, two = await heads(world, 2)
    await keeps(one, "1")
    await keeps(two, "5", "")
    assert not any(CANARY.encode() in file for file in raw(world))
    assert not any(CANARY in row for row in world.state())
    sizes = {len(entry) for (entry,) in world.rows("SELECT entry FROM diary")}
    assert len(sizes) == 1, "its length says nothing"


@pytest.mark.parametrize("to", ["another", "another week"])
async def test_a_row_that_was_moved_does_not_open(world: World, to: str) -> None:
    one, two = await heads(world, 2)
    await keeps(one)
    await keeps(two, said="Mine")
    ids = [member.id for head in (one, two) if (member := await world.look(head.account))]
    ((sealed, week),) = world.rows("SELECT entry, week FROM diary WHERE member = ?", ids[0])
    whose, when = (ids[1], week) if to == "another" else (ids[0], str(date.fromisoformat(week) - WEEK))

    def move(work: Work) -> None:
        sql(work).keep(diary, {"member": whose, "week": date.fromisoformat(when), "entry": sealed})

    await world.parts.storage.write(Unit("move", world.at, move))
    reader = two if to == "another" else one
    said = await year(reader)
    assert LOST in said
    assert (CANARY in said) is (to != "another")
    await reader.use("pulse")
    await reader.press("My diary")
    assert LOST in reader.says


async def test_who_keeps_one_is_not_asked_and_in_no_table(world: World) -> None:
    anna, people = await organiser(world), await heads(world, 32)
    diarist, later = people[0], people[1]
    await keeps(diarist)
    asked = await world.parts.storage.read(world.at, lambda work: work.use(PULSE).eligible(world.at.date()))
    assert len(asked) == 31
    await opened_by(anna)
    ((poll,),) = world.rows("SELECT id FROM pulse_polls")
    await world.go_to(world.at + timedelta(hours=1))
    assert not any("How has this week" in text for text in map(str, world.said(diarist.account)))
    for head in people[1:11]:
        await answer(head, "5, very good")
    await keeps(later)
    still = await world.parts.storage.read(world.at, lambda work: work.use(PULSE).still_asked(poll))
    assert len(still) == 30
    await world.go_to(world.at + 3 * DAY)
    ((told,),) = world.rows("SELECT told FROM pulse_polls")
    assert "nothing" in told, "of ten answers one was a diarist’s: nine are too few"
    await later.use("pulse")
    await later.press("My diary")
    await later.press("Stop, and throw it away")
    again = await world.parts.storage.read(world.at, lambda work: work.use(PULSE).eligible(world.at.date()))
    assert len(again) == 31
