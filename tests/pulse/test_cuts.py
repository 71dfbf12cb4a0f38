"""Totals by phase or region: declared before, said to whom is asked, and told only where no small part shows."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.chat.command import Tree
from bot.chat.form import Form
from bot.chat.inbound import Submitted
from bot.chat.view import View, words_of_view
from bot.members.kinds import Phase
from bot.pulse.bank import read_bank
from bot.pulse.model import Cut, Item, Poll, Series, State
from bot.pulse.result_views import ORGANISER, results
from bot.pulse.results import MOST_PARTS, OTHERS, published_by, table_of
from bot.pulse.store import PULSE
from bot.pulse.views import told
from tests.pulse.people import answer, heads, sort
from tests.world.world import Head, World, organiser

DAY = timedelta(days=1)
SAID = "The totals are told by phase, where enough answered."
HARD, GOOD = "1, very hard", "5, very good"
POLL = Poll(id=0, series=Series.ORGANISERS, items=(Item("week"),), cut=Cut.REGION)  # type: ignore[arg-type]


async def asked_by(anna: Head, cut: str) -> None:
    await anna.use("pulse new", Tree.ORGANISER)
    await anna.fill(first="This week as a leader", cut=cut)
    assert "by phase" in anna.says, "said in the preview"
    await anna.press("Send it now")


async def results_of(world: World, anna: Head) -> str:
    await world.go_to(world.at + 2 * DAY)
    await anna.use("pulse results", Tree.ORGANISER)
    return anna.says


async def kept(world: World) -> Poll:
    found = await world.parts.storage.read(world.at, lambda work: work.use(PULSE).at(State.CLOSED))
    return found[0]


async def test_a_declared_cut_is_said_to_everybody_asked_and_told_in_words(world: World) -> None:
    anna, people = await organiser(world), await heads(world, 44)
    primary, secondary = people[:22], people[22:]
    await sort(world, primary, phase=Phase.PRIMARY)
    await sort(world, secondary, phase=Phase.SECONDARY)
    await asked_by(anna, "By phase")
    assert all(SAID in world.letters(one.account)[-1] for one in people)
    for place, head in enumerate(primary[:16]):
        await answer(head, HARD if place < 11 else GOOD)
    for place, head in enumerate(secondary[:15]):
        await answer(head, GOOD if place < 10 else HARD)
    said = await results_of(world, anna)
    assert "Primary: Hard (1 or 2): about 10; In between (3): hardly anybody; Good (4 or 5): about 5" in said
    assert "Secondary: Hard (1 or 2): about 5; In between (3): hardly anybody; Good (4 or 5): about 10" in said
    assert "Hard (1 or 2): about 15" in said, "the whole is added up from the parts"
    await world.go_to(world.at + 7 * DAY)
    letters = {one for head in people for one in world.letters(head.account) if "What you told me" in one}
    assert all("Primary: Hard (1 or 2): about 10" in one for one in letters)
    assert letters


async def test_small_parts_are_told_with_a_large_one_and_are_not_named(world: World) -> None:
    anna, people = await organiser(world), await heads(world, 44)
    await sort(world, people[:20], phase=Phase.PRIMARY)
    await sort(world, people[20:39], phase=Phase.SECONDARY)
    await sort(world, people[39:41], phase=Phase.SPECIAL)
    await asked_by(anna, "By phase")
    for place, head in enumerate((*people[:14], *people[20:34], *people[39:42])):
        await answer(head, HARD if place % 2 else GOOD)
    said = await results_of(world, anna)
    assert "Primary: Hard" in said
    assert "The others, told together: Hard" in said
    assert not any(word in said for word in ("Special", "Secondary", "Not said"))
    assert "special" not in (await kept(world)).told
    assert [part["groups"] for part in json.loads((await kept(world)).told)["results"][0]["parts"]] == [
        ["primary"],
        [OTHERS],
    ]


@pytest.mark.parametrize("all_alike", [True, False])
async def test_where_a_part_would_tell_of_one_person_no_part_is_told(world: World, all_alike: bool) -> None:
    """One part beside a small one, that could be subtracted; or one in which all say the same."""
    anna, people = await organiser(world), await heads(world, 44)
    first = people[:22] if all_alike else people[:40]
    await sort(world, first, phase=Phase.PRIMARY)
    await sort(world, people[len(first) :], phase=Phase.NURSERY)
    await asked_by(anna, "By phase")
    for head in first[:16]:
        await answer(head, HARD)
    for place, head in enumerate(people[22:36] if all_alike else people[16:34]):
        await answer(head, (HARD, "3", GOOD)[place % 3])
    said = await results_of(world, anna)
    assert "By phase there’s nothing I could tell" in said
    assert "Hard (1 or 2): about 20" in said, "all together is told"
    assert not any(word in said for word in ("Primary", "Nursery", "The others"))


async def test_a_way_that_is_not_offered_is_sent_back(world: World) -> None:
    anna = await organiser(world)
    await anna.use("pulse new", Tree.ORGANISER)
    assert isinstance(anna.asked, Form)
    said = {"first": ("week",), "cut": ("nation",)}
    reply = await world.receive(Submitted(anna.asked.action, said), anna.account)
    assert reply.errors == {"cut": "Please choose one of these ways."}
    reply = await world.receive(
        Submitted(anna.asked.action, {"first": ("week",), "cut": ("phase", "region")}), anna.account
    )
    assert not reply.errors, "two are one: the first"


async def test_more_than_three_questions_are_sent_back(world: World) -> None:
    anna = await organiser(world)
    await anna.use("pulse new", Tree.ORGANISER)
    three = ("Happy yesterday", "Anxious yesterday", "How often lonely")
    await anna.fill(first="This week as a leader", others=three)
    assert anna.errors == {"own": "Three questions at most: ten seconds is all people have."}
    await anna.fill(first="This week as a leader", others=three[:2])
    assert "It would go to" in anna.says


def test_of_however_many_regions_no_more_are_told_than_can_be_shown() -> None:
    asked = {f"Region {number:02}": 20 + number for number in range(30)}
    tallies = [{part: {"1": 8, "5": 7} for part in asked}]
    table = table_of(replace(POLL, told=published_by(POLL, tallies, asked)))
    assert table is not None
    groups = [part.groups for part in table.results[0].parts]
    assert len(groups) == MOST_PARTS + 1
    assert ("Region 29",) in groups, "those in which most were asked"
    assert (OTHERS,) in groups


@pytest.mark.parametrize("keys", [("happy", "satisfied", "worthwhile"), ("anxious", "leaving"), ("anxious",)])
def test_the_longest_result_can_be_shown(keys: tuple[str, ...]) -> None:
    """In the results, with as many earlier ones and trends as there are; in the letter all parts are a press away."""
    poll = replace(POLL, items=tuple(map(Item, keys)), day=date(2026, 9, 30), told_in=date(2026, 10, 5))
    asked = {f"A region of a name that an organiser made up {number:02}": 40 for number in range(30)}
    options = [read_bank().scale_of(key).options for key in keys]
    tallies = [
        {part: dict.fromkeys((each[0], each[-1], each[len(each) // 2]), 11) for part in asked} for each in options
    ]
    poll = replace(poll, told=published_by(poll, tallies, asked))
    assert "; " in words_of_view(results(ORGANISER, [poll] * 30, [one.id for one in read_bank().questions]))
    letter = View(told(poll, date(2026, 10, 5)))
    assert len(words_of_view(letter)) <= 3000
    assert ("told together" in words_of_view(letter)) is (len(keys) == 1)
    assert ("What we told so far" in words_of_view(letter)) is (len(keys) > 1)


def test_nobody_asked_any_more_is_too_few() -> None:
    table = table_of(replace(POLL, told=published_by(POLL, [{}], {})))
    assert table is not None
    assert table.rate is None
