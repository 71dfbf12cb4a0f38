"""The small world lives: people come, meet on Monday and answer on Thursday."""

from datetime import UTC, datetime

from tests.world.world import NAMES, World, members

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 17, tzinfo=UTC)


async def test_people_come_meet_and_answer(world: World) -> None:
    heads = await members(world, *NAMES[:4])
    await world.go_to(MONDAY)
    assert len(world.circles()) == 2
    await world.go_to(THURSDAY)
    for head in heads:
        head.read("find time to talk")
        assert head.first not in head.says.splitlines()[0]
        await head.press("We talked")
        assert "We talked" not in head.says
    assert len(world.rows("SELECT * FROM answers")) == 4
