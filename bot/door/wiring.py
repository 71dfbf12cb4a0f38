"""Where real parts are picked and introduced to each other; nobody else does."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot import front
from bot.announcements.model import Lasts, at_once
from bot.app import Bot, Think
from bot.chat.command import Command
from bot.chat.ids import Dice, Ids
from bot.chat.inbound import Inbound, Joined, Left
from bot.chat.outbound import Reply, ToChannel
from bot.chat.platform import Platform
from bot.config import Configured
from bot.core.clock import Clock
from bot.core.directory import Directory
from bot.core.faults import HearsOfFaults, nobody_hears
from bot.core.hours import Hours
from bot.core.notes import InMemory
from bot.core.outbox import Outbox
from bot.core.post import Policy
from bot.core.terms import read_terms
from bot.core.work import Fact, Work
from bot.door.late import Late
from bot.door.telling import Telling, ToldCalendar
from bot.pulse.box import Box
from bot.rooms import features
from scheduler.alarm import Alarm
from scheduler.attempt import Hand
from scheduler.courier import Courier
from scheduler.heartbeat import Heart
from scheduler.life import Life, Living
from scheduler.occurrences import Diary
from scheduler.pacing import Pacing
from scheduler.progress import Progress
from scheduler.timers import Ringer
from scheduler.verdicts import MANNERS, Manners
from storage.engine import IN_LIFE, Manner, SqlStorage
from storage.house import Home, House, RandomIds
from storage.seal import Secrets, read_secrets
from storage.start import disk_of, open_network

log = logging.getLogger("headsup.door")


@dataclass
class Parts:
    """What a running bot is made of. `platforms` are filled in before life begins; `storage` is there once `late` is
    open. Until then nothing is kept, and what needs nothing to be kept, such as help, is answered."""

    configured: Configured
    clock: Clock
    house: House
    late: Late
    bot: Bot
    commands: Sequence[Command]
    platforms: dict[str, Platform]
    alarm: Alarm
    dice: Dice
    box: Box
    notes: InMemory
    manner: Manner = IN_LIFE
    life: Life | None = None
    courier: Courier | None = None
    listening: Sequence[asyncio.Task[None]] = ()
    storage: SqlStorage = field(init=False)

    async def open(self) -> None:
        """Open the storage, and let rooms begin. Raises OperatorError, and StorageFailed where they could not."""
        url, kind = self.configured.url, self.configured.config.network.kind
        self.storage = await open_network(url, self.house, kind, self.clock.now(), self.manner)
        try:
            await self.bot.begin(self.storage, self.clock.now())
        except BaseException:
            await self.storage.close()
            raise
        self.late.open(self.storage)

    def listen(self) -> Sequence[asyncio.Task[None]]:
        """Listen on every platform, from now on."""
        if not self.listening:
            going = self.platforms.items()
            self.listening = [asyncio.create_task(one.run(self.door), name=name) for name, one in going]
        return self.listening

    async def door(self, inbound: Inbound) -> Reply:
        """The one door in; what it posted is carried at once. Most presses post nothing, and wake nobody."""
        if not self.late.is_open:
            if not isinstance(inbound.what, Joined | Left):
                return await self.bot.receive(inbound)
            await self.late.opened()  # nobody waits for an answer, and it is soon
        before = self.storage.changes
        try:
            return await self.bot.receive(inbound)
        finally:
            if self.life is not None and self.storage.changes != before:
                self.life.wake()


def in_thread(work: Callable[[], Any]) -> Any:
    """Slow, pure work beside the loop."""
    return asyncio.to_thread(work)


@dataclass(frozen=True)
class Makings:
    """What parts are made of besides the config. `secrets`: None for those in the operator's folder of keys; `disk`:
    None to look how full it is; `lasts`: how long the platforms take for many letters; `failed` hears of our faults.

    A rehearsal brings all of its own, so that one seed lives one life.
    """

    ids: Ids = field(default_factory=RandomIds)
    dice: Dice = field(default_factory=random.Random)
    think: Think = in_thread
    secrets: Secrets | None = None
    manner: Manner = IN_LIFE
    disk: Callable[[], int | None] | None = None
    lasts: Lasts = at_once
    box: Box = field(default_factory=Box)
    notes: InMemory = field(default_factory=InMemory)
    failed: HearsOfFaults = nobody_hears


async def open_parts(
    configured: Configured, clock: Clock, home: Home, organisers: frozenset[str], makings: Makings | None = None
) -> Parts:
    """Put the bot together and open its storage. `organisers` besides those of the config, by account."""
    parts = make_parts(configured, clock, home, organisers, makings)
    await parts.open()
    return parts


def make_parts(
    configured: Configured, clock: Clock, home: Home, organisers: frozenset[str], makings: Makings | None = None
) -> Parts:
    """Put the bot together, upon a storage that is still to be opened."""
    makings = makings or Makings()
    config, rooms = configured.config, Rooms()
    terms = read_terms(configured.terms)
    policy = Policy(Hours(config.network.zone, config.network.nation), terms, config.hours.rules)
    secrets, disk = makings.secrets or read_secrets(configured.keys), makings.disk or disk_of(configured.url)
    house = House(secrets, makings.ids, rooms.tell, policy, home=home, workspaces=config.workspaces, disk=disk)
    directory = rooms.directory = Directory(features(config, terms, code_hash(house), makings.lasts, makings.box))
    named = organisers | frozenset(config.network.organisers)
    late, platforms = Late(), dict[str, Platform]()
    alarm = Alarm(clock, platforms, [(home.platform, ToChannel(home.workspace, "organisers"))], front.alarm())
    bot = Bot(
        directory,
        late,
        zone=config.network.zone,
        organisers=named,
        mark=house.mark,
        ids=house.ids,
        think=makings.think,
        alarm=lambda: _ring(alarm, late),
        failed=makings.failed,
    )
    table = front.table(directory)
    memory = (makings.box, makings.notes)
    return Parts(configured, clock, house, late, bot, table, platforms, alarm, makings.dice, *memory, makings.manner)


async def _ring(alarm: Alarm, late: Late) -> None:
    """A storage that is only being opened has not failed."""
    if late.is_open:
        await alarm.ring()


class Rooms:
    """Where facts are told: the storage is opened before the rooms are known."""

    directory: Directory

    def tell(self, work: Work, fact: Fact) -> None:
        """Let every room that listens act on a fact."""
        self.directory.tell(work, fact)


def bring_to_life(
    parts: Parts,
    heart: Heart,
    others: Sequence[Living] = (),
    outbox: Outbox | None = None,
    pacing: Pacing | None = None,
    manners: Manners = MANNERS,
) -> Life:
    """Let time pass for the bot: hours strike, timers ring, letters are carried. `outbox` where somebody looks on."""
    hand = Hand(parts.clock, parts.platforms, parts.dice, pacing or Pacing(), manners, operator=tell_operator)
    telling = Telling(parts.storage, parts.clock, parts.bot.directory.progress)
    progress = Progress(lambda claim: claim.batch, telling.count, telling.tell)
    parts.courier = Courier(
        parts.clock, outbox or parts.storage.outbox, hand, alarm=parts.alarm.ring, progress=progress
    )
    zone = parts.configured.config.network.zone
    rules = parts.bot.directory.rules()
    diary = Diary(
        parts.clock, ToldCalendar(parts.storage), rules, zone, parts.bot.receive, parts.dice, parts.alarm.ring
    )
    ringer = Ringer(parts.clock, parts.storage.timers, parts.bot.receive, parts.dice, parts.alarm.ring)
    parts.life = Life(parts.clock, heart, diary, ringer, parts.courier, others)
    parts.storage.timers.heard = parts.life.look
    return parts.life


def tell_operator(platform: str, says: str) -> None:
    """What only the operator can mend stands in the log; `says` names nobody."""
    log.error("%s refuses what only you can mend: %s", platform, says)


def code_hash(house: House) -> Callable[[str], bytes]:
    """The keyed hash under which personal codes are kept."""
    return lambda code: house.mark(f"code:{code}")
