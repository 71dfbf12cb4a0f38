"""`/headsup checkin`: what can be answered now, whenever somebody likes."""

from datetime import timedelta

from bot.checkins.actions import AnswerCheckin
from bot.checkins.model import Outcome
from tests.checkins.test_flow import introduced
from tests.pairing.town import EIGHT, MONDAY, WEEK, Town, said


async def test_the_command_shows_this_weeks_question_and_last_weeks_while_it_is_open() -> None:
    town, (ann, *_), _ = await introduced("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale")
    mine = next(group for group in town.groups if ann in group.members)
    await town.press(ann, AnswerCheckin(mine.id, Outcome.TALKED))
    await town.monday(EIGHT + WEEK)
    (partner,) = mine.others(ann)
    for member, asked in ((ann, 1), (partner, 2)):
        assert said((await town.ask(member, "checkin")).view).count("find time to talk?") == asked
    town.at += timedelta(minutes=1)
    newer = next(group for group in town.groups if group.day == MONDAY + WEEK and ann in group.members)
    await town.press(ann, AnswerCheckin(newer.id, Outcome.TALKED))
    assert "You talked." in said((await town.ask(ann, "checkin")).view), "this week’s can still be changed"


async def test_the_command_is_kind_where_there_is_nothing_to_answer() -> None:
    town = Town()
    ann, _ = await town.join("Ann Ash", "Ben Bray")
    assert "There’s nothing to answer just now. I ask on Thursdays" in said((await town.ask(ann, "checkin")).view)
