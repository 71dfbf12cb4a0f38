"""Thursday's question, and what becomes of an answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.checkins.actions import ALONE, AnswerCheckin, ChangeAnswer, KeepTrying
from bot.checkins.model import CheckinSettings, Outcome
from bot.core.helplines import HelpNow
from bot.core.outbox import Kind, Letter
from bot.members.model import MemberGone, MemberReady
from bot.pairing.model import Group
from tests.pairing.town import EIGHT, MONDAY, THURSDAY, WEEK, Town, actions, said

OLD_BUTTON = "That button is no longer in use."


async def introduced(*names: str, **settings: Any) -> tuple[Town, list[Id], Group]:
    """A town on the Thursday after its people have been introduced and asked; the first group is theirs."""
    town = Town(asking=CheckinSettings(**settings))
    people = await town.join(*(names or ("Ann Ash", "Ben Bray")))
    await town.monday()
    await town.thursday()
    town.at = THURSDAY + timedelta(minutes=5)
    return town, people, town.groups[0]


def questions(town: Town, member: Id) -> list[Letter]:
    return [one for one in town.to(member) if one.key.startswith("checkin")]


def kept(town: Town) -> dict[tuple[Id, Id], Outcome]:
    return {key: one.outcome for key, one in town.storage.world.introduced.answers.items()}


async def test_everybody_who_was_introduced_is_asked_once_in_a_message_of_their_own() -> None:
    town, people, group = await introduced()
    for me, other in zip(people, ("Ben", "Ann"), strict=True):
        (letter,) = questions(town, me)
        assert (letter.to, letter.kind, letter.due_at) == (Person(me), Kind.WEEKLY, THURSDAY)
        text = said(letter.view)
        assert text.startswith(f"Did you and {other} find time to talk?\n[We talked] [Not yet] [We need a hand]")
        assert "One press is plenty. We count how many of you talked; nobody is shown who." in text
        assert "Samaritans 116 123" in text
        assert HelpNow().pack() in actions(letter.view)
        assert letter.about == group.others(me)


async def test_the_hour_twice_changes_nothing() -> None:
    town, *_ = await introduced()
    before = dict(town.letters)
    await town.thursday()
    assert town.letters == before


async def test_three_are_asked_about_two() -> None:
    town, people, _ = await introduced("Ann Ash", "Ben Bray", "Cat Cole")
    assert "Did you, Ben and Cat find time to talk?" in said(questions(town, people[0])[0].view)


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (Outcome.TALKED, "You talked. I’m glad"),
        (Outcome.NOT_YET, "If you haven’t talked by Thursday 26 November, I’ll ask once more."),
        (Outcome.HAND, "I’ve told nobody, and I won’t."),
    ],
)
async def test_one_press_is_kept_and_the_message_says_so(outcome: Outcome, says: str) -> None:
    town, (ann, ben), group = await introduced()
    letters = dict(town.letters)
    reply = await town.press(ann, AnswerCheckin(group.id, outcome))
    assert kept(town) == {(group.id, ann): outcome}
    assert says in said(reply.replace)
    assert "Samaritans 116 123" in said(reply.replace)
    assert reply.view is None
    assert town.letters == letters, "an answer sends nothing to anybody"
    assert questions(town, ben), "and the other is still asked"


async def test_a_delivery_that_comes_twice_is_answered_alike_and_kept_once() -> None:
    town, (ann, _), group = await introduced()
    replies = [await town.press(ann, AnswerCheckin(group.id, Outcome.TALKED), "again") for _ in range(2)]
    assert replies[0] == replies[1]
    assert len(kept(town)) == 1


async def test_a_mind_may_change() -> None:
    town, (ann, _), group = await introduced()
    reply = await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    *_, change, _help = actions(reply.replace)
    asked = await town.press(ann, change)
    assert "Did you and Ben find time to talk?" in said(asked.replace)
    assert kept(town) == {(group.id, ann): Outcome.NOT_YET}, "what was said stands until it is said anew"
    await town.press(ann, actions(asked.replace)[0])
    assert kept(town) == {(group.id, ann): Outcome.TALKED}


async def test_forged_presses_sound_all_alike_and_change_nothing() -> None:
    town, people, _ = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    ann = people[0]
    mine, theirs = sorted(town.groups, key=lambda group: ann not in group.members)
    good = AnswerCheckin(mine.id, Outcome.TALKED).pack()
    forged = [
        AnswerCheckin(theirs.id, Outcome.TALKED).pack(),
        AnswerCheckin(Id(999), Outcome.TALKED).pack(),
        AnswerCheckin(mine.id, Outcome.TALKED, beside=theirs.id).pack(),
        AnswerCheckin(mine.id, Outcome.TALKED, beside=Id(999)).pack(),
        ChangeAnswer(theirs.id).pack(),
        ChangeAnswer(mine.id, beside=theirs.id).pack(),
        good.replace("talked", "in-love"),
        good.replace("~1~", "~7~"),
        good[:-3],
    ]
    replies = [await town.press(ann, each) for each in forged]
    assert len({said(reply.view) for reply in replies}) == 1
    assert OLD_BUTTON in said(replies[0].view)
    assert not kept(town)


async def test_not_yet_is_asked_once_more_together_with_the_next_question() -> None:
    town, people, _ = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    ann = people[0]
    mine = next(group for group in town.groups if ann in group.members)
    await town.press(ann, AnswerCheckin(mine.id, Outcome.NOT_YET))
    await town.monday(EIGHT + WEEK)
    await town.thursday(THURSDAY + WEEK)

    letter = questions(town, ann)[-1]
    text = said(letter.view)
    assert len(questions(town, ann)) == 2
    assert "hadn’t found time to talk. Have you talked since?" in text
    assert text.count("find time to talk?") == 1
    (partner,) = mine.others(ann)
    assert all("Have you talked since?" not in said(one.view) for one in questions(town, partner)), "who said nothing"

    await town.monday(EIGHT + 2 * WEEK)
    await town.thursday(THURSDAY + 2 * WEEK)
    (later,) = questions(town, ann)[2:]
    assert "Have you talked since?" not in said(later.view), "only once"


async def test_after_not_yet_one_can_keep_trying_or_meet_somebody_else() -> None:
    town, (ann, ben), group = await introduced()
    reply = await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    ways = "[Keep trying] [I wrote and heard nothing: find me somebody else] [Change my answer]"
    assert ways in said(reply.replace)
    assert ways in said((await town.ask(ann, "checkin")).view)
    keep, another, *_ = actions(reply.replace)
    before = town.storage.world.introduced
    assert "Good." in said((await town.press(ann, keep)).view)
    assert town.storage.world.introduced == before
    assert OLD_BUTTON in said((await town.press(ann, KeepTrying(Id(999)))).view)
    assert "I’m looking for somebody else" in said((await town.press(ann, another)).view)
    assert not questions(town, ben), "nobody is asked about what has ended"
    answers = await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    assert ways not in said(answers.replace), "it has ended"


async def test_only_this_weeks_introduction_can_be_exchanged() -> None:
    town, (ann, _), group = await introduced()
    for outcome in (Outcome.TALKED, Outcome.HAND):
        assert "[Keep trying]" not in said((await town.press(ann, AnswerCheckin(group.id, outcome))).replace)
    town.at = EIGHT + WEEK
    assert "[Keep trying]" not in said((await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))).replace)


async def test_who_met_on_wednesday_evening_is_asked_a_week_later() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    town.at = THURSDAY - timedelta(hours=20)
    (cat,) = await town.join("Cat Cole")
    await town.tell(MemberReady(cat))
    await town.pause(ann)
    assert town.pairs() == {frozenset({ben, cat})}
    await town.thursday()
    assert not questions(town, cat)
    await town.thursday(THURSDAY + WEEK)
    (letter,) = questions(town, cat)
    assert said(letter.view).startswith("Did you and Ben find time to talk?")


async def test_two_questions_in_one_message_are_answered_one_by_one() -> None:
    town, (ann, _), group = await introduced()
    await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    await town.monday(EIGHT + WEEK)
    await town.thursday(THURSDAY + WEEK)
    fresh, *_, again, _again_hand, _help = actions(questions(town, ann)[-1].view)
    town.at += timedelta(minutes=1)

    one = await town.press(ann, fresh)
    assert "You talked." in said(one.replace)
    assert "[We’ve talked now] [It hasn’t worked out] [We need a hand]" in said(one.replace)
    both = await town.press(ann, again)
    assert "Have you talked since? Thank you for telling me. That’s all right" in said(both.replace)
    assert "find time to talk? You talked." in said(both.replace)
    assert "[Not yet]" not in said(both.replace)
    for shown in (questions(town, ann)[-1].view, one.replace, both.replace):
        assert said(shown).index("Did you and") < said(shown).index("Last time you and"), "each stays in its place"
    assert set(kept(town).values()) == {Outcome.TALKED, Outcome.NOT_YET}


async def test_not_yet_is_asked_again_alone_in_a_week_without_an_introduction() -> None:
    town, (ann, ben), group = await introduced()
    await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    await town.thursday(THURSDAY + WEEK)
    letter = questions(town, ann)[-1]
    assert letter.key.startswith("checkin-again:")
    assert said(letter.view).startswith("Last time you and Ben hadn’t found time to talk. Have you talked since?")
    assert len(questions(town, ben)) == 1


async def test_one_we_talked_suffices_and_not_yet_is_not_asked_again() -> None:
    town, (ann, ben), group = await introduced()
    await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    await town.press(ben, AnswerCheckin(group.id, Outcome.TALKED))
    await town.thursday(THURSDAY + WEEK)
    assert len(questions(town, ann)) == 1


async def test_a_network_can_choose_not_to_ask_again() -> None:
    town, (ann, _), group = await introduced(ask_again=False)
    reply = await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    assert "I won’t ask about it again." in said(reply.replace)
    await town.thursday(THURSDAY + WEEK)
    assert len(questions(town, ann)) == 1


async def test_before_the_holidays_nothing_is_promised_that_does_not_happen() -> None:
    town = Town()
    ann, _ = await town.join("Ann Ash", "Ben Bray")
    await town.monday(datetime(2026, 10, 19, 7, tzinfo=UTC))
    await town.thursday(datetime(2026, 10, 22, 15, 15, tzinfo=UTC))
    reply = await town.press(ann, AnswerCheckin(town.groups[0].id, Outcome.NOT_YET))
    assert "I won’t ask about it again." in said(reply.replace)
    await town.thursday(datetime(2026, 10, 29, 16, 15, tzinfo=UTC))
    assert len(questions(town, ann)) == 1


async def test_late_answers_count_until_the_introductions_after_the_next() -> None:
    town, (ann, ben), group = await introduced()
    town.at = EIGHT + 2 * WEEK - timedelta(hours=9)
    await town.press(ann, AnswerCheckin(group.id, Outcome.TALKED))
    assert kept(town)
    town.at = EIGHT + 2 * WEEK
    for action in (AnswerCheckin(group.id, Outcome.TALKED), ChangeAnswer(group.id)):
        reply = await town.press(ben, action)
        assert "I’ve put this question away" in said(reply.view)
    assert (group.id, ben) not in kept(town)


async def test_who_answered_before_thursday_is_not_asked() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    town.at = EIGHT + timedelta(days=1)
    reply = await town.ask(ann, "checkin")
    assert "Did you and Ben find time to talk?" in said(reply.view)
    await town.press(ann, actions(reply.view)[0])
    await town.thursday()
    assert not questions(town, ann)
    assert questions(town, ben)
    assert "You talked." in said((await town.ask(ann, "checkin")).view)


async def test_nobody_is_asked_about_somebody_who_left() -> None:
    town, (ann, ben), _ = await introduced()
    await town.tell(MemberGone(ben))
    assert not questions(town, ann), "what waited is cancelled"
    await town.thursday(THURSDAY + WEEK)
    assert not questions(town, ann)


async def test_who_is_away_on_thursday_is_not_written_to() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    await town.change(ben, away=True)
    await town.thursday()
    assert questions(town, ann)
    assert not questions(town, ben)


async def test_introductions_of_the_same_day_are_asked_about_a_week_later() -> None:
    town = Town()
    ann, _ = await town.join("Ann Ash", "Ben Bray")
    town.at = EIGHT + timedelta(days=2)
    await town.organise("intro send")
    assert town.pairs(MONDAY)
    await town.thursday(EIGHT + timedelta(days=2, hours=23))
    assert not questions(town, ann)
    await town.thursday(THURSDAY + WEEK)
    (letter,) = questions(town, ann)
    assert said(letter.view).startswith("Did you and Ben find time to talk?")


async def test_an_answer_in_between_makes_it_think_again() -> None:
    town, (ann, ben), group = await introduced()
    await town.press(ann, AnswerCheckin(group.id, Outcome.NOT_YET))
    thought = 0

    async def think(work: Callable[[], Any]) -> Any:
        nonlocal thought
        thought += 1
        if thought == 1:
            await town.press(ben, AnswerCheckin(group.id, Outcome.TALKED))
        return work()

    town.think = think
    await town.thursday(THURSDAY + WEEK)
    assert thought == 2
    assert len(questions(town, ann)) == 1


async def test_organisers_read_how_many_talked_and_never_of_few() -> None:
    town, people, _ = await introduced(*(f"Person {place}" for place in range(40)))
    for group in town.groups[:9]:
        await town.press(group.members[0], AnswerCheckin(group.id, Outcome.TALKED))
    for member in town.groups[0].members:
        await town.press(member, AnswerCheckin(town.groups[0].id, Outcome.TALKED))
    assert "9 of 20 introductions led to a talk" in said((await town.organise("intro status")).view)
    assert len(people) == 40


async def test_markup_in_a_name_stays_words() -> None:
    town, people, _ = await introduced("**Ann** Ash", "Ben Bray")
    assert said(questions(town, people[1])[0].view).startswith("Did you and **Ann** find time to talk?")


def test_an_answer_with_another_group_beside_it_fits_in_a_button() -> None:
    longest = AnswerCheckin(Id(2**63 - 1), Outcome.NOT_YET, Id(2**63 - 1))
    assert len(longest.pack()) <= 100
    assert ALONE not in (longest.group, longest.beside)
