"""Many heads at once: let in through the storage, and time that is led from one thing that falls due to the next."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.work import Unit, Work
from bot.door.wiring import Parts
from bot.members.model import Identity
from bot.members.store import MEMBERS
from bot.pairing.model import Group, Round, RoundState
from bot.pairing.store import PAIRINGS
from scheduler.clocks import SteppableClock
from scheduler.life import Life
from tests.bench.work import MONDAY, SENT_AT, let_in, member_of
from tests.door.slack_network import Kept, rows

MOMENT = 0.005
"""Real seconds between two looks whether the letters in hand have gone."""
STEPS = 200_000
_ROUND = Id(7)
_GROUPS = 1_000_000


class Lived(Kept, Protocol):
    """A network whose bot runs, and whose time is led."""

    clock: SteppableClock
    parts: Parts


async def settled(network: Lived, accounts: Sequence[Sequence[Account]], first: int = 0) -> None:
    """A member for each of these, with one account or more, who agrees to all that is asked; numbered from `first`."""

    def settle(work: Work) -> None:
        members = work.use(MEMBERS)
        for number, (account, *others) in enumerate(accounts, first):
            let_in(members, number, account)
            for other in others:
                members.keep_identity(Identity(other, member_of(number)))

    await network.parts.storage.write(Unit(f"settle {first}", network.clock.now(), settle))


async def introduced(network: Lived, numbers: Iterable[int]) -> None:
    """Those of these numbers were introduced on Monday, two by two."""
    who = list(map(member_of, numbers))
    pairs = list(zip(who[::2], who[1::2], strict=True))

    def introduce(work: Work) -> None:
        pairings = work.use(PAIRINGS)
        pairings.keep_round(Round(_ROUND, MONDAY, RoundState.SENT, SENT_AT))
        pairings.add_groups(Group(Id(_GROUPS + a), _ROUND, MONDAY, (a, b), a) for a, b in pairs)

    await network.parts.storage.write(Unit("introduce", network.clock.now(), introduce))


async def lived_until(network: Lived, end: datetime) -> None:
    """Time goes from one instant at which something falls due to the next, and stands at `end` when all is done."""
    life, clock = network.parts.life, network.clock
    assert life
    for _ in range(STEPS):
        due, now = await _next_due(life), clock.now()
        if not _in_hand(network) and (due is None or due > now):
            if now >= end and (due is None or due > now + timedelta(minutes=2)):
                return
            clock.set(max(now, min(due or end, end) if now < end else due or end))
        life.wake()  # the courier would look again after half a second, and there are hundreds to come
        with suppress(TimeoutError):
            async with asyncio.timeout(MOMENT):
                await asyncio.Event().wait()
    raise AssertionError(f"something stays due: {due}, at {clock.now()}")


async def _next_due(life: Life) -> datetime | None:
    """Looked at twice: what was kept between its look at letters and its look at what is due is in neither, and time
    would go on past a Monday's introductions, which then wait until school is out."""
    return min(filter(None, [await life.next_due(), await life.next_due()]), default=None)


def _in_hand(network: Kept) -> bool:
    return bool(rows(network, "SELECT count(*) FROM letters WHERE state = 'attempting'")[0][0])


def figures(took: Sequence[float]) -> str:
    """Half, 99 % and all were answered within so many milliseconds; of seconds, the longest last."""
    half, nearly, last = (f"{1000 * took[place]:.0f} ms" for place in (len(took) // 2, len(took) * 99 // 100, -1))
    return f"half answered within {half}, 99 % within {nearly}, the last after {last}"
