"""Thursday's question, and what becomes of an answer."""

from datetime import timedelta

from bot.checkins.actions import AnswerCheckin
from bot.checkins.model import Outcome
from tests.pairing.town import THURSDAY, Town, said


async def test_everybody_who_was_introduced_is_asked_and_one_press_is_kept() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    await town.thursday()

    (group,) = town.groups
    question = next(one for one in town.to(ann) if one.key.startswith("checkin:"))
    assert "Did you and Ben find time to talk?" in said(question.view)

    town.at = THURSDAY + timedelta(minutes=5)
    reply = await town.press(ann, AnswerCheckin(group.id, Outcome.TALKED))
    assert "You talked." in said(reply.replace)
    assert [one.outcome for one in town.storage.world.introduced.answers.values()] == [Outcome.TALKED]
    assert any(one.key.startswith("checkin:") for one in town.to(ben))
