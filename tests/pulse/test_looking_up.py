"""What was told, looked up: the same to organisers and members, over a year too, and without a trace."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Pressed
from bot.chat.view import Block, Buttons, Picture, Select, words_of
from bot.core.work import Unit, Work
from bot.pulse.model import Item, Poll, Series, State
from bot.pulse.store import PULSE
from bot.pulse.telling import How, Result, Table, Told, pack
from tests.pulse.people import answer, heads, opened_by
from tests.world.world import Head, World, organiser, stranger

DAY = timedelta(days=1)
FIRST = date(2026, 9, 10)
NOTHING = Told(How.NOTHING)
YEAR = "How it went over the year"


def told(*rows: Told) -> str:
    return pack(Table(tuple(map(Result, rows)), 40 if any(row.cells for row in rows) else None))


def poll(number: int, day: date, said: str, *items: Item) -> Poll:
    return Poll(Id(number), Series.ROTA, items, State.CLOSED, day, told=said, told_in=day + 4 * DAY)


OWN = Item("leaving", "How likely are you to use it?")
HISTORY = (
    poll(1, FIRST - 365 * DAY, told(Told(How.COUNTS, (5, 5, 5))), Item("week")),
    poll(2, FIRST, told(Told(How.COUNTS, (10, 5, 15)), Told(How.COUNTS, (15, 0, 10))), Item("week"), Item("leaving")),
    poll(3, FIRST + 7 * DAY, told(NOTHING), Item("week")),
    poll(4, FIRST + 14 * DAY, told(NOTHING), Item("happy")),
    poll(5, FIRST + 21 * DAY, told(Told(How.MOST, (0, 0, 1)), Told(How.COUNTS, (0, 15, 10))), Item("week"), OWN),
    poll(6, FIRST + 28 * DAY, "", Item("week")),
    poll(7, FIRST + 35 * DAY, told(Told(How.COUNTS, (5, 5))), Item("week")),
    poll(8, FIRST + 42 * DAY, told(Told(How.COUNTS, (5, 10))), Item("no such question")),
)  # fmt: skip
"""One of a year before; one of which nothing was told, one in an organiser's own words; and, as they could be in an old
file: one without a table, one with a table of another shape, one of a question that is in no bank."""


async def remember(world: World) -> None:
    def keep(work: Work) -> None:
        for one in HISTORY:
            work.use(PULSE).keep(one)

    await world.parts.storage.write(Unit("history", world.at, keep))


def figures(head: Head) -> tuple[Block, ...]:
    """What somebody reads, without what can be pressed."""
    assert head.view is not None
    return tuple(one for one in head.view.blocks if not isinstance(one, Buttons | Select))


def choices(head: Head, label: str) -> list[str]:
    assert head.view is not None
    selects = [one for one in head.view.blocks if isinstance(one, Select) and one.label == label]
    return [option.label for one in selects for option in one.options]


async def look(head: Head, *, organises: bool) -> None:
    if organises:
        await head.use("pulse results", Tree.ORGANISER)
        return
    await head.use("pulse")
    await head.press("What we told so far")


async def test_organisers_and_members_read_the_same_byte_for_byte(world: World) -> None:
    anna, people = await organiser(world), await heads(world)
    await remember(world)
    await opened_by(anna)
    for place, head in enumerate(people[:20]):
        await answer(head, "1, very hard" if place < 10 else "5, very good")
    await world.go_to(world.at + 3 * DAY)
    priya = people[25]
    for choose in (
        None,
        ("Earlier ones", "Thursday 10 September"),
        (YEAR, "This week as a leader"),
        (YEAR, "Leaving headship"),
    ):
        for head in (anna, priya):
            await look(head, organises=head is anna)
            if choose:
                await head.choose(choose[1], of=choose[0])
        assert repr(figures(anna)) == repr(figures(priya))
        labels = [
            [one.label for one in head.view.blocks if isinstance(one, Select)] for head in (anna, priya) if head.view
        ]
        assert labels[0] == labels[1]
    await look(priya, organises=False)
    assert not any("You said, we did" in words_of(one) for one in (priya.view.blocks if priya.view else ()))


async def test_the_year_is_a_picture_with_its_words_and_a_table(world: World) -> None:
    anna = await organiser(world)
    await remember(world)
    await look(anna, organises=True)
    assert choices(anna, YEAR) == ["This week as a leader", "Leaving headship"], "of what was told in the bank’s words"
    await anna.choose("This week as a leader", of=YEAR)
    assert anna.view is not None
    pictures = [one for one in anna.view.blocks if isinstance(one, Picture)]
    assert [one.png[:4] for one in pictures] == [b"\x89PNG"]
    assert "from Thursday 10 September to Thursday 1 October" in pictures[0].alt
    assert "Good (4 or 5): about 50% at first, nearly everybody last" in pictures[0].alt
    assert "Weeks without figures: 1." in pictures[0].alt
    assert (
        "Thursday 10 September: Hard (1 or 2): about 10; In between (3): about 5; Good (4 or 5): about 15" in anna.says
    )
    assert "Thursday 17 September: Nothing could be told." in anna.says
    assert anna.says.count("September: ") + anna.says.count("October: ") == 3, (
        "neither last year’s nor what is unreadable"
    )


async def test_a_published_figure_stands_beside_its_own_question_alone(world: World) -> None:
    anna = await organiser(world)
    await remember(world)
    ours, other = "a published figure: 23%", "Published of another question, so no measure for this one: 67%"
    await look(anna, organises=True)
    await anna.choose("Leaving headship", of=YEAR)
    assert anna.says.count(ours) == 2, "in the words of the picture, and under the table"
    assert "Thursday 1 October" not in anna.says, "an organiser’s own words are in no trend"
    assert anna.says.count(other) == 1
    await look(anna, organises=True)
    await anna.choose("Thursday 10 September", of="Earlier ones")
    assert ours in anna.says
    assert "Source: HeadsUp4HTs" in anna.says
    await look(anna, organises=True)
    await anna.choose("Thursday 1 October", of="Earlier ones")
    assert "Likely, Very likely: about 10" in anna.says, "an organiser’s own words, by what was chosen"
    assert "23%" not in anna.says


async def test_beside_nothing_no_figure_is_held(world: World) -> None:
    anna, untold = await organiser(world), poll(9, FIRST + 49 * DAY, told(NOTHING), Item("leaving"))
    await world.parts.storage.write(Unit("untold", world.at, lambda work: work.use(PULSE).keep(untold)))
    await look(anna, organises=True)
    assert "Fewer than ten" in anna.says
    assert "23%" not in anna.says
    assert choices(anna, YEAR) == []
    reply = await world.receive(Pressed("pulse.year~1", ("leaving",)), anna.account)
    assert "23%" not in repr(reply)
    half = poll(10, FIRST + 56 * DAY, told(NOTHING, Told(How.COUNTS, (10, 5, 15))), Item("leaving"), Item("week"))
    await world.parts.storage.write(Unit("half", world.at, lambda work: work.use(PULSE).keep(half)))
    await look(anna, organises=True)
    assert "Good (4 or 5): about 15" in anna.says
    assert "23%" not in anna.says


async def test_what_cannot_be_read_any_more_is_said_kindly(world: World) -> None:
    anna = await organiser(world)
    await remember(world)
    for day in ("Thursday 8 October", "Thursday 15 October"):
        await look(anna, organises=True)
        await anna.choose(day, of="Earlier ones")
        assert "I can’t read these figures any more." in anna.says
    await look(anna, organises=True)
    assert "I can’t read these figures any more." in anna.says, "the latest, of a question in no bank"


@pytest.mark.parametrize("action", ["pulse.read~1", "pulse.trend~1", "pulse.result~1", "pulse.year~1"])
async def test_a_forged_choice_is_answered_kindly(world: World, action: str) -> None:
    anna, (priya, *_) = await organiser(world), await heads(world, 1)
    await remember(world)
    draft = replace(HISTORY[0], id=Id(99), state=State.DRAFT)
    await world.parts.storage.write(Unit("draft", world.at, lambda work: work.use(PULSE).keep(draft)))
    who = priya if action in ("pulse.read~1", "pulse.trend~1") else anna
    for values in ((), ("",), ("nonsense",), (show(Id(98)),), (show(Id(99)),), ("week", "nonsense"), ("😀" * 30,)):
        reply = await world.receive(Pressed(action, values), who.account)
        if values[:1] == ("week",) and "year" not in action and "trend" not in action:
            assert "K" not in repr(reply.errors)
        assert reply.view is not None
        assert "couldn’t" not in repr(reply.view), values


async def test_members_look_without_a_trace_and_others_do_not(world: World) -> None:
    anna, (priya, *_) = await organiser(world), await heads(world)
    await remember(world)
    await world.go_to(world.at + DAY / 24)
    before = world.rows("select * from activity"), world.rows("select * from inbox"), world.state()
    await look(priya, organises=False)
    await priya.choose("This week as a leader", of=YEAR)
    assert "about 10" in priya.says
    assert (world.rows("select * from activity"), world.rows("select * from inbox"), world.state()) == before
    zoe = await stranger(world, "Zoe Quill")
    for action in ("pulse.told~1", "pulse.trend~1"):
        reply = await world.receive(Pressed(action, ("week",)), zoe.account)
        assert "about" not in repr(reply)
    reply = await world.receive(Pressed("pulse.year~1", ("week",)), priya.account)
    assert "about 10" not in repr(reply), "organisers’ own is theirs"
    assert anna.view is None


async def test_without_any_there_is_one_sentence(world: World) -> None:
    (priya, *_) = await heads(world, 1)
    await look(priya, organises=False)
    assert priya.says == "There are no figures yet."


async def test_what_organisers_did_stands_beside_the_figures_for_all(world: World) -> None:
    (priya, *_) = await heads(world, 1)
    done = replace(HISTORY[1], reply="We moved the Wednesday evenings.")
    await world.parts.storage.write(Unit("done", world.at, lambda work: work.use(PULSE).keep(done)))
    await look(priya, organises=False)
    assert "You said, we did: We moved the Wednesday evenings." in priya.says
