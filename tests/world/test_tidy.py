"""Every night: marks of deliveries older than a day go, and letters that ended a month ago."""

from datetime import timedelta

from bot.chat.inbound import Submitted
from tests.world.world import DAY, World, members, stranger

WRONG_CODE = Submitted("onboarding.claim~1", {"code": ("7K3MQ-9TDXA",)})


def count(world: World, table: str) -> int:
    found: int = world.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608
    return found


async def test_marks_go_after_a_day_and_ended_letters_after_a_month(world: World) -> None:
    tom, _gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    ended = count(world, "letters")
    assert count(world, "inbox") > 10
    assert ended >= 4
    await world.go_to(world.at + timedelta(hours=16))
    assert count(world, "inbox") > 10, "younger than a day"
    await world.go_to(world.at + 2 * DAY)
    assert count(world, "inbox") == 0
    assert count(world, "letters") >= ended, "younger than a month"
    keys = {row[0] for row in world.rows("SELECT key FROM letters")}
    await tom.use("profile")
    await world.go_to(world.at + 32 * DAY)
    assert not keys & {row[0] for row in world.rows("SELECT key FROM letters WHERE ended_at IS NOT NULL")}


async def test_a_delivery_is_known_for_a_day_at_least(world: World) -> None:
    tom = await stranger(world, "Tom Ashdown")
    await world.receive(WRONG_CODE, tom.account)
    inbound = world.heard[-1]
    await world.go_to(world.at + timedelta(hours=23))
    before = world.state()
    await world.hand_in(inbound)
    assert world.state() == before


async def test_who_leaves_the_workspace_is_left_alone(world: World) -> None:
    """The platform says so: as if they had asked to stop; a partner hears, and nothing more is sent."""
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    await world.go_to(world.at + 5 * DAY)
    assert world.circles() == [("gwen", "tom")]
    await tom.go()
    await world.go_to(world.at + 4 * timedelta(hours=1))
    said = world.letters(gwen.account)
    assert any("continue" in words or "carry on" in words for words in said), said[-1]
    before = len(world.letters(tom.account))
    await world.go_to(world.at + 14 * DAY)
    assert len(world.letters(tom.account)) == before
    member = await world.look(tom.account)
    assert member is not None
    assert member.stage == "stopped"
