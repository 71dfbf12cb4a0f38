"""A poll from its opening to its figures, through the door."""

from datetime import timedelta

from bot.chat.command import Tree
from tests.pulse.people import answer, heads, opened_by
from tests.world.world import World, organiser


async def test_a_poll_is_opened_answered_closed_and_told(world: World) -> None:
    anna, people = await organiser(world), await heads(world)
    await opened_by(anna)
    assert "30 people" in anna.says
    for number, head in enumerate(people[:20]):
        await answer(head, "1, very hard" if number < 10 else "5, very good")
        assert "Thank you" in head.says
    await world.go_to(world.at + timedelta(hours=49))
    await anna.use("pulse results", Tree.ORGANISER)
    assert "10" in anna.says, anna.says
