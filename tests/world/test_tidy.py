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
