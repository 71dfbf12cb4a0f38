"""The small world lives: people come, meet on Monday and answer on Thursday."""

from datetime import UTC, datetime

from adapters.space.model import Kind
from tests.world.world import NAMES, World, members

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 17, tzinfo=UTC)


async def test_people_come_meet_and_answer(world: World) -> None:
    heads = await members(world, *NAMES[:4])
    await world.go_to(MONDAY)
    assert len(world.circles()) == 2
    await world.go_to(THURSDAY)
    for head in heads:
        head.read("Did you")
        print(head.says)
    assert all(world.said(head.account, Kind.BOT) for head in heads)
    print([world.letters(h.account) for h in heads][0])
