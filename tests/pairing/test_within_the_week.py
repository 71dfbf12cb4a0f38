"""Within the week: whoever is new, back or without a partner is introduced to somebody else, if anybody is looking."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.chat.address import Circle, Person
from bot.chat.ids import Id
from bot.config import Config
from bot.core.outbox import Kind
from bot.core.terms import Nation, read_terms
from bot.core.walltime import Weekly
from bot.members.kinds import Often
from bot.members.model import MemberGone, MemberReady, MemberWithdrew, Stage
from bot.pairing.actions import FindAnother
from bot.pairing.model import Group, has_another_left, may_meet_another
from bot.rooms import features
from bot.sections import FridaySection
from tests.pairing.test_flow import SCOTLAND_IS_OFF
from tests.pairing.town import EIGHT, MONDAY, THURSDAY, WEEK, Town, said

TUESDAY, HOUR = EIGHT + timedelta(days=1), timedelta(hours=1)
FRIDAY = datetime(2026, 11, 20, 16, 15, tzinfo=UTC)


async def introduced(*names: str) -> tuple[Town, list[Id]]:
    """A town on Tuesday, its people introduced; of each pair the first comes first."""
    town = Town()
    people = await town.join(*names)
    await town.monday()
    town.at = TUESDAY
    return town, [member for group in town.groups for member in group.members] if len(people) > 3 else people


def told(town: Town, member: Id, beginning: str) -> list[str]:
    return [said(one.view) for one in town.to(member) if one.key.startswith(beginning)]


def left(town: Town) -> set[Id]:
    return set(town.storage.world.introduced.left.get(town.storage.world.introduced.rounds[MONDAY].id, {}))


async def test_who_lost_a_partner_meets_the_next_who_does() -> None:
    town, (ann, ben, cat, dan) = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    await town.pause(ann)
    assert "I’m looking for somebody else for you." in told(town, ben, "ended:")[0]
    assert "I’m still looking" in said((await town.ask(ben, "partner")).view)
    assert left(town) == {ben}
    town.at += HOUR
    await town.tell(MemberGone(dan))

    assert town.pairs() == {frozenset({ben, cat})}
    assert left(town) == set()
    late = town.groups[-1]
    assert (late.late, late.made_at, late.day) == (True, town.at, MONDAY)
    assert "I’ve found somebody else for you" in told(town, cat, "ended:")[0]
    (letter,) = [one for one in town.to(ben) if one.key.startswith("intro:")]
    assert letter.to == Circle(late.id, late.members), "both hear, or neither"
    assert (letter.kind, letter.until, letter.batch) == (Kind.NOTICE, datetime(2026, 11, 23, tzinfo=UTC), "")
    assert "say hello first" in said(letter.view)


async def test_who_withdraws_before_it_is_heard_sets_the_other_free_and_afterwards_nobody() -> None:
    town, (ann, ben) = await introduced("Ann Ash", "Ben Bray")
    (introduction,) = [key for key in town.letters if key.startswith("intro:")]
    waiting = town.storage.world.letters.pop(introduction)
    await town.tell(MemberWithdrew(ann))
    assert town.pairs() == {frozenset({ann, ben})}, "they have heard of each other, and may talk"
    town.storage.world.letters[introduction] = waiting
    await town.tell(MemberWithdrew(ann))
    assert town.pairs() == set()
    assert introduction not in town.letters
    assert told(town, ben, "ended:")
    assert left(town) == {ben}


async def test_somebody_new_meets_who_was_left_over_on_monday() -> None:
    town = Town()
    ann, ben, cat = await town.join("Ann Ash", "Ben Bray", "Cat Cole")
    await town.forbid(ann, cat)
    await town.forbid(ben, cat)
    await town.monday()
    assert "I’m still looking." in told(town, cat, "left-out:")[0]
    town.at = TUESDAY
    (dan,) = await town.join("Dan Dale")
    await town.ready(dan)
    assert frozenset({cat, dan}) in town.pairs()
    assert not told(town, cat, "left-out:"), "what is no longer true is not said"


async def test_somebody_back_waits_as_one_of_those_looking_and_comes_first_on_monday() -> None:
    town, _ = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    (eve,) = await town.join("Eve East")
    for _ in range(2):
        await town.ready(eve)
    assert left(town) == {eve}
    assert len(town.groups) == 2
    await town.monday(EIGHT + WEEK)
    assert any(eve in group.members for group in town.groups if group.day == MONDAY + WEEK)


@pytest.mark.parametrize("change", [{"skips": MONDAY}, {"stage": Stage.WAITING}, {"away": True}])
async def test_who_may_not_be_introduced_is_not_within_the_week_either(change: dict[str, object]) -> None:
    town, (ann, ben) = await introduced("Ann Ash", "Ben Bray")
    await town.pause(ann)
    (cat,) = await town.join("Cat Cole")
    await town.ready(cat)
    assert town.pairs() == {frozenset({ben, cat})}
    town, (ann, ben) = await introduced("Ann Ash", "Ben Bray")
    await town.pause(ann)
    (cat,) = await town.join("Cat Cole")
    await town.change(cat, **change)
    await town.tell(MemberReady(cat))
    assert not town.pairs()
    assert left(town) == {ben}


async def test_nobody_meets_whom_they_met_lately_or_must_not_meet() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    cat, dan = await town.join("Cat Cole", "Dan Dale")
    await town.forbid(ben, dan)
    await town.forbid(ann, cat)
    await town.monday(EIGHT + WEEK)
    assert town.pairs(MONDAY + WEEK) == {frozenset({ann, dan}), frozenset({ben, cat})}
    town.at = TUESDAY + WEEK
    await town.pause(cat)
    await town.pause(dan)
    assert not town.pairs(MONDAY + WEEK), "Ann and Ben met last week"


async def test_a_blocked_pair_never_meets_within_the_week_either() -> None:
    town, (ann, ben) = await introduced("Ann Ash", "Ben Bray")
    await town.pause(ann)
    (cat,) = await town.join("Cat Cole")
    await town.forbid(cat, ben)
    await town.ready(cat)
    assert not town.pairs()
    assert left(town) == {ben, cat}


async def test_who_left_their_partner_may_come_back_to_another_but_not_to_a_third() -> None:
    town, (ann, ben, cat, dan) = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    await town.pause(ann)
    await town.pause(cat)
    assert town.pairs() == {frozenset({ben, dan})}
    await town.ready(ann)
    await town.ready(cat)
    assert frozenset({ann, cat}) in town.pairs()
    await town.pause(ann)
    assert "You’ll be among the first the next time" in told(town, cat, "ended:")[-1], "one replacement a week"
    (eve,) = await town.join("Eve East")
    await town.ready(eve)
    assert left(town) == {cat, eve}
    assert "The next introductions" in said((await town.ask(cat, "partner")).view)


async def test_who_wants_it_less_often_is_not_introduced_late_when_it_is_not_their_turn() -> None:
    town = Town()
    ann, *_ = await town.join("Ann Ash", "Ben Bray", often=Often.FORTNIGHTLY)
    await town.monday()
    await town.join("Cat Cole", "Dan Dale")
    await town.monday(EIGHT + WEEK)
    town.at = TUESDAY + WEEK
    await town.ready(ann)
    assert ann not in town.storage.world.introduced.left.get(town.storage.world.introduced.rounds[MONDAY + WEEK].id, {})


async def test_from_friday_afternoon_on_they_come_first_next_time() -> None:
    town, (ann, ben) = await introduced("Ann Ash", "Ben Bray")
    (cat,) = await town.join("Cat Cole")
    await town.ready(cat)
    town.at = FRIDAY
    await town.pause(ann)
    assert not town.pairs()
    assert "You’ll be among the first the next time" in told(town, ben, "ended:")[0]
    await town.monday(EIGHT + WEEK)
    assert town.pairs(MONDAY + WEEK) == {frozenset({ben, cat})}


async def test_before_the_round_of_the_week_nobody_is_looked_for() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    town.at = EIGHT - HOUR
    await town.ready(ann)
    await town.ready(ben)
    assert not town.groups


async def test_heard_nothing_so_somebody_else_and_the_other_is_told_kindly() -> None:
    town, (ann, ben, cat, dan) = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    await town.pause(dan)
    town.at = THURSDAY + HOUR
    group = next(one for one in town.groups if ann in one.members)
    replies = [await town.press(ann, FindAnother(group.id), "once") for _ in range(2)]
    assert replies[0] == replies[1]
    assert "I’ve found somebody else for you" in said(replies[0].view)
    assert town.pairs() == {frozenset({ann, cat})}
    (letter,) = [one for one in town.to(ben) if one.key.startswith("ended:")]
    assert (letter.to, letter.kind) == (Person(ben), Kind.NOTICE)
    assert "Nothing is asked of you, and you’re part of the next introductions as usual." in said(letter.view)
    assert "[Pause]" in said(letter.view)
    assert left(town) == set(), "nobody is looked for who did not ask"

    late = town.groups[-1]
    again = await town.press(ann, FindAnother(late.id))
    assert "once a week" in said(again.view)
    assert frozenset({ann, cat}) in town.pairs()


async def test_nobody_there_yet_and_an_old_press_says_how_things_stand() -> None:
    town, (ann, ben) = await introduced("Ann Ash", "Ben Bray")
    group = town.groups[0]
    assert "I’m looking for somebody else" in said((await town.press(ann, FindAnother(group.id))).view)
    assert left(town) == {ann}
    assert "That introduction is over" in said((await town.press(ben, FindAnother(group.id))).view)
    town.at = FRIDAY
    assert "too late to find somebody else this week" in said((await town.press(ann, FindAnother(group.id))).view)
    town.at = EIGHT + WEEK
    assert "That introduction is over" in said((await town.press(ann, FindAnother(group.id))).view)


async def test_on_friday_evening_it_is_said_that_it_is_too_late_and_it_is_true() -> None:
    town, (ann, ben) = await introduced("Ann Ash", "Ben Bray")
    town.at = FRIDAY + HOUR
    reply = await town.press(ann, FindAnother(town.groups[0].id))
    assert "too late to find somebody else this week" in said(reply.view)
    assert left(town) == {ann}
    assert "next time" in told(town, ben, "ended:")[0]


@pytest.mark.parametrize("change", [{"skips": MONDAY}, {"stage": Stage.WAITING}, {"nation": Nation.SCOTLAND}])
async def test_who_cannot_be_given_a_partner_is_not_told_that_one_is_looked_for(change: dict[str, object]) -> None:
    town = Town(terms=SCOTLAND_IS_OFF)
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    town.at = TUESDAY
    await town.pause(ann)
    assert said((await town.ask(ben, "partner")).view).startswith("I’m still looking")
    await town.change(ben, **change)
    assert said((await town.ask(ben, "partner")).view).startswith("You’re not meeting anybody this week.")


def test_the_week_is_over_for_those_who_look_when_the_letter_about_the_next_is_written() -> None:
    noon = datetime(2026, 11, 19, 12, tzinfo=UTC)
    weeks = replace(Town().weeks, friday=Weekly(3, time(12)))
    assert [weeks.seeks(MONDAY, at) for at in (noon - timedelta(seconds=1), noon)] == [True, False]
    config = Config(friday=FridaySection(day=3, at=time(12)))
    rules = [timed.rule for room in features(config, read_terms(), str.encode) for timed in room.rules]
    on_thursday = {rule.name for rule in rules if rule.schedule == Weekly(3, time(12))}
    assert on_thursday == {"friday", "introductions.return"}


async def test_of_three_two_go_on_and_the_third_meets_somebody_else() -> None:
    town, (ann, *others) = await introduced("Ann Ash", "Ben Bray", "Cat Cole")
    (dan,) = await town.join("Dan Dale")
    await town.ready(dan)
    reply = await town.press(ann, FindAnother(town.groups[0].id))
    assert "I’ve found somebody else for you" in said(reply.view)
    assert town.pairs() == {frozenset(others), frozenset({ann, dan})}
    assert "it’s the two of you now" in told(town, others[0], "intro:")[0]


async def test_a_strangers_group_and_none_sound_alike() -> None:
    town, (ann, *_, dan) = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    theirs = next(one for one in town.groups if dan in one.members)
    replies = [await town.press(ann, FindAnother(id)) for id in (theirs.id, Id(999))]
    assert said(replies[0].view) == said(replies[1].view)
    assert len(town.pairs()) == 2


def group(number: int, *members: int, ended: bool = True) -> Group:
    ids = tuple(map(Id, members))
    return Group(Id(number), Id(1), MONDAY, ids, ids[0], EIGHT if ended else None)


def test_two_of_three_who_go_on_are_not_introduced_anew() -> None:
    three, two, late = group(1, 1, 2, 3), group(2, 1, 2), group(3, 1, 4)
    assert may_meet_another(Id(1), [three, two])
    assert not may_meet_another(Id(1), [three, replace(two, ended_at=None)])
    assert not may_meet_another(Id(1), [three, two, late])
    assert may_meet_another(Id(2), [three, two, late])
    assert may_meet_another(Id(5), [three, two, late])
    assert has_another_left([three, two])
    assert not has_another_left([two, late])
