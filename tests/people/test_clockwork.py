"""The demo's time stands still while weeks are lived, and says where it stands after a restart."""

from datetime import UTC, datetime, timedelta

from bot.door.demo.bar import every_hour
from bot.door.demo.birth import SeededIds
from bot.door.demo.clockwork import Stopwatch, keep_time, kept_time
from scheduler.clocks import SteppableClock

NOON = datetime(2026, 11, 11, 12, tzinfo=UTC)


class Machine:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Drawer:
    """Remembers as long as the test lasts."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def get(self, name: str) -> str | None:
        return self.values.get(name)

    async def put(self, name: str, value: str) -> None:
        self.values[name] = value


def test_time_passes_but_not_while_it_is_held() -> None:
    machine = Machine()
    watch = Stopwatch(machine)
    clock = SteppableClock(NOON, watch)
    machine.seconds += 5
    with watch.held():
        machine.seconds += 60
        with watch.held():
            machine.seconds += 60
        assert clock.now() == NOON + timedelta(seconds=5)
        clock.set(NOON + timedelta(days=1))
        machine.seconds += 60
    machine.seconds += 1
    assert clock.now() == NOON + timedelta(days=1, seconds=1)


async def test_where_time_stood_is_found_again() -> None:
    drawer, machine = Drawer(), Machine()
    assert await kept_time(drawer) is None
    await keep_time(drawer, SteppableClock(NOON, machine))
    assert await kept_time(drawer) == NOON


def test_identifiers_are_the_same_for_a_seed_and_never_met_again_at_a_later_start() -> None:
    births = [SeededIds("autumn", NOON), SeededIds("autumn", NOON)]
    later = SeededIds("autumn", NOON + timedelta(minutes=1))
    first, second, third = ({ids.new() for _ in range(100)} for ids in (*births, later))
    assert first == second
    assert len(first) == 100
    assert not first & third


def test_how_far_it_is_is_told_every_hour_only() -> None:
    told: list[datetime] = []
    tell = every_hour(told.append)
    for minutes in (0, 1, 59, 60, 61, 130):
        tell(NOON + timedelta(minutes=minutes))
    assert told == [NOON + timedelta(minutes=minutes) for minutes in (0, 60, 130)]
