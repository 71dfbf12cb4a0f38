"""An announcement to 10,000 members: its preview, the press, its letters, and a stop."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.announcements.actions import Send, Show, Stop
from bot.announcements.model import Announcement, State, Where, prefix
from bot.announcements.sending import GO
from bot.announcements.store import ANNOUNCEMENTS
from bot.chat.action import Action
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Pressed, Rang
from bot.chat.outbound import Reply
from bot.core.feature import Call, Right, Slow
from bot.core.outbox import Kind
from bot.core.parts import Tools
from bot.core.work import Unit, Work
from bot.door.wiring import Parts
from bot.members.model import Identity
from bot.members.store import MEMBERS
from tests.bench.rounds import keep_one, kept, kept_in_parts, timed
from tests.bench.table import Report
from tests.bench.work import AT, MEMBERS_THERE, member_of
from tests.storage.stands import letter

ONE = Announcement(Id(7), None, "", "Office hours", "We answer on Tuesday.", AT, where=Where.DIRECT)
QUIET = replace(ONE, id=Id(8))
ORGANISERS = [Account("local", "w", name) for name in ("anna", "bea")]


async def announce(report: Report, parts: Parts) -> None:
    """Each step of it, and what it lets those wait who press meanwhile."""
    await parts.storage.write(Unit("announce:draft", AT, _draft))
    with timed(report, "announcement to 10,000: preview", 1):
        shown = await _press(parts, Show(ONE.id))
    assert f"{MEMBERS_THERE:,} people" in shown, shown
    with timed(report, "announcement to 10,000: the press, checked", 1):
        await _press(parts, Send(ONE.id, ONE.version, MEMBERS_THERE))
    with timed(report, "announcement to 10,000: its letters, nobody pressing", 1):
        await kept(parts, "quiet", await _letters(report, parts, QUIET), AT)
    await kept_in_parts(report, parts, "announcement", await _letters(report, parts, ONE), AT)
    with timed(report, "announcement to 10,000: stop", 1):
        await _press(parts, Stop(ONE.id))
    assert not await parts.storage.read(AT, lambda work: work.waits(prefix(ONE.id)))


async def _letters(report: Report, parts: Parts, one: Announcement) -> list[Callable[[Work], Reply]]:
    """Its time has come: what is to be kept, part by part."""
    planned = replace(one, state=State.PLANNED, goes_at=AT)
    await parts.storage.write(Unit(f"announce:plan:{one.id}", AT, lambda work: work.use(ANNOUNCEMENTS).keep(planned)))
    rings = parts.bot.directory.rings(GO)
    assert rings is not None
    assert isinstance(rings.do, Slow)
    slow, call = rings.do, Call(at=AT, rang=Rang(GO, one.id, AT))
    with timed(report, "announcement to 10,000: look"):
        seen = await parts.storage.read(AT, lambda work: slow.look(work, call))
    with timed(report, "announcement to 10,000: think"):
        thought = slow.think(seen, Tools(parts.house.ids, random.Random(7), AT))
    assert len(thought.letters) == MEMBERS_THERE
    return [partial(keep_one, slow, call, one) for one in slow.parts(thought)]


def _draft(work: Work) -> None:
    """And a first letter: the calendar of bank holidays is loaded when one is placed, once in a process."""
    work.use(ANNOUNCEMENTS).keep(ONE)
    work.post(letter("announce-first", member_of(0), AT, Kind.NOTICE))
    for number, account in enumerate(ORGANISERS):
        work.use(MEMBERS).keep_identity(
            Identity(account, member_of(number), frozenset({Right.ORGANISER, Right.MEMBER}))
        )


async def _press(parts: Parts, action: Action) -> str:
    key = f"announce:{action.pack()}"
    return str(await parts.bot.receive(Inbound(key, AT, Pressed(action.pack()), ORGANISERS[0])))
