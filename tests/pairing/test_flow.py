"""What happens on Mondays, through the door."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.chat.address import ORGANISERS, Circle, Person
from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.text import Mention, Strong
from bot.chat.view import Facts, Paragraph
from bot.core.errors import Moved
from bot.core.outbox import Kind
from bot.core.terms import Nation, parse_terms
from bot.core.work import Unit
from bot.members.kinds import Often, Phase, Role, Topic
from bot.members.model import MemberGone, Stage
from bot.pairing.model import IntroductionSettings, RoundState
from tests.pairing.town import EIGHT, MONDAY, THURSDAY, WEEK, Town, said

SCOTLAND_IS_OFF = parse_terms("""
[[scotland]]
first = 2026-08-17
last = 2026-11-13
[[scotland]]
first = 2026-11-23
last = 2026-12-18
""")


async def test_on_monday_two_people_meet_in_one_letter_to_both() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray", topics=frozenset({Topic.STAFFING}), phase=Phase.SPECIAL)
    await town.monday()

    (group,) = town.groups
    (letter,) = town.letters.values()
    assert letter.to == Circle(group.id, group.members)
    assert set(group.members) == {ann, ben}
    assert (letter.kind, letter.due_at) == (Kind.WEEKLY, EIGHT)
    assert letter.until == datetime(2026, 11, 23, tzinfo=UTC)
    first = "Ann Ash" if group.first == ann else "Ben Bray"
    text = said(letter.view)
    assert text.startswith(f"{first}, meet ")
    assert "You both want to talk about staffing. You both know special schools." in text
    assert f"{first.split()[0]}, would you say hello first? A place to begin: " in text
    assert "I can’t read what you write here." in text


async def test_three_meet_where_the_number_is_odd_and_nobody_stands_in_two_groups() -> None:
    town = Town()
    people = await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale", "Eve East")
    await town.monday()

    met = [member for group in town.groups for member in group.members]
    assert sorted(met) == sorted(people)
    assert sorted(len(group.members) for group in town.groups) == [2, 3]


async def test_the_same_hour_twice_and_an_hour_found_again_change_nothing() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    before = dict(town.letters)
    await town.monday()
    await town.monday(at=EIGHT + timedelta(minutes=1), day=MONDAY + timedelta(days=1))

    assert town.letters == before
    assert len(town.groups) == 1


async def test_nobody_meets_the_same_person_again_while_there_is_another() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    for week in range(3):
        await town.monday(EIGHT + week * WEEK)

    weeks = [town.pairs(MONDAY + week * WEEK) for week in range(3)]
    assert len(set.union(*weeks)) == 6


@pytest.mark.parametrize(
    "change",
    [
        {"stage": Stage.SUSPENDED},
        {"away": True},
        {"away": True, "back_on": MONDAY + timedelta(days=1)},
        {"nation": Nation.SCOTLAND},
        {"urn": 100001},
        {"trust": "Northern Trust"},
    ],
)
async def test_who_is_away_out_of_term_or_of_the_same_house_is_not_introduced(change: dict[str, Any]) -> None:
    town = Town(terms=SCOTLAND_IS_OFF)
    ann, ben = await town.join("Ann Ash", "Ben Bray", urn=100001, trust="Northern Trust")
    await town.change(ben, **{"urn": 100002, "trust": "Other", **change})
    await town.monday()

    assert not town.groups
    assert not town.to(ann)
    assert not town.to(ben)


async def test_a_blocked_pair_never_meets_and_whoever_is_left_comes_first_next_time() -> None:
    town = Town()
    ann, ben, cat = await town.join("Ann Ash", "Ben Bray", "Cat Cole")
    await town.forbid(ann, cat)
    await town.monday()

    (group,) = town.groups
    left = ({ann, ben, cat} - set(group.members)).pop()
    (letter,) = [one for one in town.letters.values() if one.to == Person(left)]
    assert (letter.kind, letter.until) == (Kind.NOTICE, datetime(2026, 11, 23, tzinfo=UTC))
    assert "you’ll be among the first next time." in said(letter.view)
    await town.monday(EIGHT + WEEK)
    assert any(left in pair for pair in town.pairs(MONDAY + WEEK))


async def test_who_wants_it_less_often_is_introduced_less_often() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    cat, dan = await town.join("Cat Cole", "Dan Dale", often=Often.FORTNIGHTLY)
    for week in range(4):
        await town.monday(EIGHT + week * WEEK)

    weeks = [{member for pair in town.pairs(MONDAY + week * WEEK) for member in pair} for week in range(4)]
    assert [{cat, dan} <= met for met in weeks] == [True, False, True, False]


async def test_a_bank_holiday_moves_monday_to_tuesday_and_the_week_keeps_its_monday() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    monday, tuesday = date(2027, 5, 3), datetime(2027, 5, 4, 7, tzinfo=UTC)

    assert town.weeks.goes_out(monday) == tuesday
    await town.monday(tuesday, monday)
    assert [group.day for group in town.groups] == [monday]


async def test_in_the_holidays_nobody_is_introduced() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    await town.monday(datetime(2026, 10, 26, 8, tzinfo=UTC))
    assert not town.groups
    assert not town.letters


async def test_every_other_week_when_the_network_says_so() -> None:
    town = Town(IntroductionSettings(every=2, send_first=True))
    await town.join("Ann Ash", "Ben Bray")
    for week in range(4):
        await town.monday(EIGHT + week * WEEK)
    assert [group.day for group in town.groups] == [MONDAY, MONDAY + 2 * WEEK]


async def test_the_monday_after_an_outage_runs_late_but_not_on_thursday() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    await town.monday(EIGHT + timedelta(days=3), MONDAY)
    assert not town.groups
    await town.monday(EIGHT + WEEK + timedelta(days=2), MONDAY + WEEK)
    assert [group.day for group in town.groups] == [MONDAY + WEEK]


async def test_when_somebody_pauses_meanwhile_everything_is_thought_again() -> None:
    town = Town()
    ann, ben, cat, dan = await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    thought: list[Any] = []

    async def think(work: Callable[[], Any]) -> Any:
        if not thought:
            await town.change(ann, away=True)
        thought.append(work())
        return thought[-1]

    town.think = think
    await town.monday()

    assert len(thought) == 2
    assert [set(group.members) for group in town.groups] == [{ben, cat, dan}]
    assert not town.to(ann)


async def test_who_changes_what_they_show_meanwhile_is_shown_as_they_said_last() -> None:
    town = Town()
    ann, _ = await town.join("Ann Ash", "Ben Bray", school="Ash Grove School", shows_school=True)
    unticked = False

    async def think(work: Callable[[], Any]) -> Any:
        nonlocal unticked
        if not unticked:
            await town.change(ann, shows_school=False)
        unticked = True
        return work()

    town.think = think
    await town.monday()
    (letter,) = town.letters.values()
    (facts,) = [block for block in letter.view.blocks if isinstance(block, Facts)]
    assert [row.label for row in facts.rows] == ["Ben Bray"]


async def test_when_it_never_rests_nothing_is_sent_and_the_hour_is_tried_again() -> None:
    town = Town()
    ann, _ = await town.join("Ann Ash", "Ben Bray")
    years = iter(range(9))

    async def think(work: Callable[[], Any]) -> Any:
        await town.change(ann, years=next(years))
        return work()

    town.think = think
    with pytest.raises(Moved):
        await town.monday()
    assert not town.letters
    assert not town.storage.world.recorded


async def test_where_nobody_is_left_for_the_second_part_the_first_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = set[Id]()

    async def pause(town: Town) -> None:
        (pair,) = town.pairs()
        await town.pause(min(everybody - pair))

    town = in_parts(monkeypatch, pause)
    everybody.update(await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale"))
    await town.monday()
    (pair,) = town.pairs()
    waits = max(everybody - pair)
    (letter,) = town.to(waits)
    assert said(letter.view).startswith("I’m sorry: I haven’t found somebody for you yet. I’m still looking.")
    assert not [one for one in town.letters.values() if one.to == ORGANISERS]
    assert said((await town.ask(waits, "partner")).view).startswith("I’m still looking")
    await town.thursday()
    asked = {one.to for one in town.letters.values() if one.due_at == THURSDAY}
    assert asked == {Person(one) for one in pair}


async def test_what_is_half_told_cannot_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    replies = list[Reply]()

    async def hold(town: Town) -> None:
        replies.append(await town.organise("intro hold"))

    town = in_parts(monkeypatch, hold)
    everybody = await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    await town.monday()
    (reply,) = replies
    assert said(reply.view).startswith("These introductions are on their way.")
    assert frozenset(everybody) == frozenset.union(*town.pairs())


def in_parts(monkeypatch: pytest.MonkeyPatch, then: Callable[[Town], Awaitable[object]]) -> Town:
    """A town where each introduction is kept by itself, and something comes in after the first of them."""
    monkeypatch.setattr("bot.core.parts.A_PART", 1)
    town = Town()
    keep = town.storage.write

    async def write(unit: Unit[Any]) -> Any:
        reply = await keep(unit)
        if unit.key.endswith(":0") and len(town.groups) == 1:
            monkeypatch.setattr(town.storage, "write", keep)
            await then(town)
        return reply

    monkeypatch.setattr(town.storage, "write", write)
    return town


async def test_what_people_wrote_stays_words() -> None:
    town = Town()
    await town.join(
        "*Ann* <!channel> @everyone", "Ben [x](https://evil.example)", school="**Big** { $x }", shows_school=True
    )
    await town.monday()
    (letter,) = town.letters.values()
    spans = [span for block in letter.view.blocks if isinstance(block, Paragraph) for span in block.text]
    assert not any(isinstance(span, Strong) for span in spans)
    assert {span.name for span in spans if isinstance(span, Mention)} == {
        "*Ann* <!channel> @everyone",
        "Ben [x](https://evil.example)",
    }
    assert "**Big** { $x }" in said(letter.view)


async def test_years_waiting_school_and_region_are_told_to_nobody() -> None:
    town = Town()
    kept = {"years": 7, "region": "North East", "authority": "Northumberland", "trust": None, "school": "Ash Grove"}
    await town.join("Ann Ash", "Ben Bray", role=Role.FORMER_HEAD, **kept)
    await town.monday()
    (letter,) = town.letters.values()
    text = said(letter.view)
    assert not any(each in text for each in ("7", "North East", "Northumberland", "Ash Grove"))
    assert "I can’t say yet what you have in common." in text


async def test_a_partner_who_leaves_is_told_of_at_once_without_a_name_or_a_reason() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    town.at = EIGHT + timedelta(hours=12)
    await town.tell(MemberGone(ann))

    (letter,) = town.to(ben)
    assert letter.to == Person(ben)
    assert letter.kind is Kind.URGENT
    assert "your partner for this week can’t carry on" in said(letter.view)
    assert "Ann" not in said(letter.view)
    assert town.groups[0].ended_at == town.at
    round = town.storage.world.introduced.rounds[MONDAY]
    assert town.storage.world.introduced.left[round.id] == {ben: 1}


async def test_of_three_two_go_on() -> None:
    town = Town()
    people = await town.join("Ann Ash", "Ben Bray", "Cat Cole")
    await town.monday()
    leaver = town.groups[0].first
    await town.pause(leaver)

    others = {one for one in people if one != leaver}
    assert town.pairs() == {frozenset(others)}
    (letter,) = town.letters.values()
    assert isinstance(letter.to, Circle)
    assert set(letter.to.members) == others
    assert "it’s the two of you now" in said(letter.view)
    assert town.groups[-1].first in others


async def test_nobody_to_introduce_is_said_to_organisers_and_the_week_is_recorded() -> None:
    town = Town()
    await town.join("Ann Ash")
    await town.monday()
    assert town.storage.world.introduced.rounds[MONDAY].state is RoundState.SKIPPED
    assert [said(one.view) for one in town.letters.values()] == ["This week there was nobody to introduce."]
