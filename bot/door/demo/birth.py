"""The birth of a demo: its people, its schools, and the four weeks that they have lived before anybody enters.

watch = Stopwatch(time.monotonic)
clock = SteppableClock(kept or cast.opening, watch)
people = populate(space, bot.receive, clock)     # one of Life's others
let_live(space, people)
if kept is None:
    await be_born(Birth(storage, clock, watch, life, remembered), tell)
"""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.people.people import People
from adapters.space.space import Space
from bot.chat.ids import Id
from bot.chat.platform import Door
from bot.core.clock import Clock
from bot.core.work import Storage
from bot.door.demo.bar import Lives, every_hour
from bot.door.demo.bodies import Bodies, listen
from bot.door.demo.cast import Cast, demo_cast, demo_schools
from bot.door.demo.clockwork import Remembered, Stopwatch, keep_time
from bot.door.imports import import_schools

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Birth:
    """What a birth needs. `clock` stands at the cast's opening, runs by `watch`, and is led on by `life`."""

    storage: Storage
    clock: Clock
    watch: Stopwatch
    life: Lives
    remembered: Remembered


class SeededIds:
    """Identifiers drawn from a seed, so that the same seed bears the same network. A demo guards nothing with them.

    They are the same at each start unless the seed differs: give the cast's, and the time at which the demo stands.
    """

    def __init__(self, seed: str, at: datetime) -> None:
        self._dice = random.Random(f"{seed} {at.isoformat()}")  # noqa: S311 - not a secret

    def new(self) -> Id:
        return Id(self._dice.getrandbits(63))


def populate(space: Space, door: Door, clock: Clock, cast: Cast | None = None) -> People:
    """The cast, with bodies in the space. They do nothing until they are woken."""
    cast = cast or demo_cast()
    bodies = Bodies(space, door, cast.organiser.user)
    return People(cast.minds(), bodies, clock, cast.opening)


def let_live(space: Space, people: People, cast: Cast | None = None) -> Callable[[], None]:
    """Wake them, and let them hear from now on; what is returned ends that. For a birth and for each restart."""
    people.wake()
    return listen(space, people, (cast or demo_cast()).organiser.user)


async def be_born(birth: Birth, tell: Callable[[datetime], None], cast: Cast | None = None) -> None:
    """Bring in the schools, and live up to the day on which the demo begins. `tell` hears of each hour or so.

    Time is kept every day of it: a birth that was interrupted goes on where it was.
    """
    cast = cast or demo_cast()
    with birth.watch.held():
        await import_schools(birth.storage, io.BytesIO(demo_schools()), birth.clock, lambda rows: None)
        while birth.clock.now() < cast.until:
            await birth.life.run_until(min(birth.clock.now() + _A_DAY, cast.until), every_hour(tell))
            await keep_time(birth.remembered, birth.clock)
