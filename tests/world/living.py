"""A term of a small network in which people do whatever they like, and what they asked for, kept beside the bot."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from adapters.space.model import Change, Kind, Message
from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Pressed, Submitted
from bot.core.flood import Flood
from bot.members.kinds import Nation
from tests.acting import buttons
from tests.world.remains import Marks, faults_after, groups_of
from tests.world.world import DAY, NAMES, Head, World, members, words

EVER = datetime.max.replace(tzinfo=UTC)
PEOPLE = 6
ZONES = ("", "Europe/Lisbon", "America/New_York", "Asia/Dubai", "Pacific/Auckland")


@dataclass(frozen=True)
class Traits:
    """Who somebody is: what quiet hours and terms depend on."""

    nation: Nation
    zone: str = ""
    weekends: bool = False
    holidays: bool = False


@dataclass(frozen=True)
class Asked:
    """What somebody asked for, as they would say it themselves."""

    traits: Traits
    away_until: datetime | None = None
    stopped: bool = False
    suspended: bool = False
    left: bool = False
    gone: bool = False
    withdrawn: frozenset[str] = frozenset()

    def is_there(self, at: datetime) -> bool:
        """Whether they may be introduced."""
        paused = self.away_until is not None and at < self.away_until
        return not (paused or self.stopped or self.suspended or self.left or self.gone or self.withdrawn)


@dataclass(frozen=True)
class Told:
    """A letter that came: its key, and who read it."""

    at: datetime
    key: str
    readers: frozenset[str]
    words: str

    @property
    def sort(self) -> str:
        return self.key.partition(":")[0]

    @property
    def group(self) -> str:
        """The group's key. To people without a common hour an introduction comes alone, under a longer one."""
        return ":".join(self.key.split(":")[:2])

    @property
    def is_introduction(self) -> bool:
        """Two of three who go on are introduced to nobody."""
        return self.sort == "intro" and " meet " in self.words


class Failures(logging.Handler):
    """What the bot's log says of handlers that failed."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())

    def __enter__(self) -> "Failures":
        logging.getLogger("headsup.bot").addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger("headsup.bot").removeHandler(self)


@dataclass
class Lived:
    """The world, and what is remembered beside it."""

    world: World
    heads: list[Head]
    anna: Head
    history: dict[str, list[tuple[datetime, Asked]]] = field(default_factory=lambda: defaultdict(list))
    skipped: set[tuple[str, date]] = field(default_factory=set)
    blocked: list[tuple[datetime, frozenset[str]]] = field(default_factory=list)
    groups: dict[str, tuple[frozenset[str], bool]] = field(default_factory=dict)
    """Who is in a group, by its key, and whether it was made within the week."""
    ended: set[str] = field(default_factory=set)
    """Groups in which somebody could not carry on: who had not heard of them yet does not any more."""
    told: list[Told] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    failures: Failures = field(default_factory=Failures)
    _keys: dict[str, str] = field(default_factory=dict)
    _messages: list[Message] = field(default_factory=list)

    def asked(self, user: str, at: datetime) -> Asked | None:
        """What held for somebody at that moment; None before they came."""
        return next((asked for when, asked in reversed(self.history[user]) if when <= at), None)

    def says(self, head: Head, **changes: Any) -> None:
        now = self.asked(head.account.user, self.world.at)
        assert now is not None
        self.history[head.account.user].append((self.world.at, replace(now, **changes)))

    def listen(self) -> None:
        """Hear every letter from now on."""
        self.world.space.subscribe(self._note)

    def _note(self, change: Change) -> None:
        if isinstance(change, Message) and change.mark and not change.edited:
            self._messages.append(change)

    def collect(self) -> None:
        """Make out what came since, as long as the rows about it stand."""
        for (key,) in self.world.rows("SELECT key FROM letters"):
            self._keys[self.world.parts.house.name(f"letter:{key}")] = key
        self._collect_groups()
        for one in self._messages:
            place = self.world.space.conversation(one.conversation)
            if place.kind is not Kind.CHANNEL and one.mark in self._keys:
                self.told.append(Told(one.at, self._keys[one.mark], frozenset(place.people), words(one)))
        self._messages.clear()

    def _collect_groups(self) -> None:
        query = (
            'SELECT g.id, g.late, i."user" FROM groups g, group_members m, identities i '
            'WHERE m."group" = g.id AND m.member = i.member'
        )
        found: dict[str, tuple[set[str], bool]] = {}
        for group, late, user in self.world.rows(query):
            found.setdefault(f"intro:{show(Id(group))}", (set(), bool(late)))[0].add(user)
        ended = self.world.rows("SELECT id FROM groups WHERE ended_at IS NOT NULL")
        self.ended |= {f"intro:{show(Id(group))}" for (group,) in ended}
        for key, (users, late) in found.items():
            self.groups.setdefault(key, (frozenset(users), late))

    async def go_to(self, instant: datetime) -> None:
        """Live on, and look every few days."""
        while self.world.at < instant:
            await self.world.go_to(min(instant, self.world.at + 5 * DAY))
            self.collect()

    async def do(self, who: int, deed: str) -> None:
        """Whatever it is, as far as a screen lets them."""
        head = self.heads[who]
        await _DOES[deed](self, head)
        self.collect()

    async def stage(self, head: Head) -> str:
        member = await self.world.look(head.account)
        return member.stage if member else ""


async def come_in(world: World, anna: Head, traits: list[Traits]) -> Lived:
    """Six people, each as they are."""
    lived = Lived(world, [], anna)
    lived.listen()
    world.parts.bot._flood = Flood(presses=10**9)
    lived.heads = await members(world, *NAMES[: len(traits)])
    for head, each in zip(lived.heads, traits, strict=True):
        lived.history[head.account.user].append((world.at, Asked(each)))
        await be(lived, head, each)
    return lived


async def be(lived: Lived, head: Head, traits: Traits) -> None:
    """Say where one works, where one's clock is, and whether weekends and holidays suit."""
    said = {"name": (head.name,), "role": ("coach-or-associate",), "nation": (traits.nation.value,)}
    await lived.world.receive(Submitted("members.profile~1", said), head.account, head.name)
    if traits.zone:
        await lived.world.receive(Pressed("members.choose-zone~1", (traits.zone,)), head.account, head.name)
    for choice, yes in (("weekends", traits.weekends), ("holidays", traits.holidays)):
        await lived.world.receive(Pressed(f"members.choice~1~{choice}~{int(yes)}"), head.account, head.name)


async def _pause(lived: Lived, head: Head, label: str, until: datetime) -> None:
    if await lived.stage(head) == "member":
        await head.use("pause")
        await head.press(label)
        lived.says(head, away_until=until)


async def pause(lived: Lived, head: Head) -> None:
    await _pause(lived, head, "Until I say", EVER)


async def pause_week(lived: Lived, head: Head) -> None:
    at = lived.world.at
    monday = at - timedelta(days=at.weekday()) + 7 * DAY
    await _pause(lived, head, "This week", monday.replace(hour=0, minute=0, second=0))


async def back(lived: Lived, head: Head) -> None:
    if await lived.stage(head) in ("member", "stopped"):
        await head.use("back")
        lived.says(head, away_until=None, stopped=False)


async def stop(lived: Lived, head: Head) -> None:
    if await lived.stage(head):
        await head.use("leave")
        await head.press("Stop, and keep my profile")
        lived.says(head, stopped=True, away_until=None)


async def forget(lived: Lived, head: Head) -> None:
    """Whatever is left of them then, and must not be, is put down."""
    member = await lived.world.look(head.account)
    if member is not None:
        lived.collect()
        marks, groups = Marks(member.id, head.account, (head.name,)), groups_of(lived.world, member.id)
        await head.use("leave")
        await head.press("Forget me")
        lived.says(head, gone=True)
        lived.left_behind += faults_after(lived.world, marks, groups)


async def rejoin(lived: Lived, head: Head) -> None:
    now = lived.asked(head.account.user, lived.world.at)
    if now is not None and now.gone and not now.left:
        await head.use("start")
        await head.fill(role="Coach or associate")
        await head.agree()
        await lived.anna.use(f"members waiting {head.name}", Tree.ORGANISER)
        await lived.anna.press(f"Vouch for {head.name}")
        traits = Traits(Nation.ENGLAND)
        lived.history[head.account.user].append((lived.world.at, Asked(traits)))
        await be(lived, head, traits)


async def suspend(lived: Lived, head: Head) -> None:
    await _organise(lived, head, "Suspend ", suspended=True)


async def restore(lived: Lived, head: Head) -> None:
    await _organise(lived, head, "Let ", suspended=False)


async def _organise(lived: Lived, head: Head, verb: str, suspended: bool) -> None:
    anna = lived.anna
    await anna.use(f"members suspend {head.name}", Tree.ORGANISER)
    if await lived.stage(head) in ("member", "stopped", "suspended"):
        await anna.choose(head.name)
        label = next((one.label for one in buttons(anna.view) if one.label.startswith(verb)), "")
        if label:
            await anna.press(label)
            lived.says(head, suspended=suspended)


async def leave(lived: Lived, head: Head) -> None:
    if head.account in [one.account for one in lived.world.space.accounts()]:
        await head.go()
        lived.says(head, left=True)


async def come(lived: Lived, head: Head) -> None:
    if head.account not in [one.account for one in lived.world.space.accounts()]:
        lived.world.space.join(head.name, user=head.account.user)
        await head.come()
        lived.says(head, left=False, gone=not await lived.stage(head))


async def skip(lived: Lived, head: Head) -> None:
    """The coming Monday, as Friday's letter offers it."""
    today = lived.world.at.date()
    monday = today + timedelta(days=7 - today.weekday())
    reply = await lived.world.receive(Pressed(f"pairing.skip~1~{monday.isoformat()}"), head.account, head.name)
    if reply.replace is not None:
        lived.skipped.add((head.account.user, monday))


async def block(lived: Lived, head: Head) -> None:
    """Whoever comes next among the six."""
    other = lived.heads[(lived.heads.index(head) + 1) % len(lived.heads)]
    await head.use(f"block {other.name}")
    if head.says == "Noted.":
        lived.blocked.append((lived.world.at, frozenset({head.account.user, other.account.user})))


def _pressing(label: str) -> Callable[[Lived, Head], Any]:
    """The button of that beginning in the latest letter that asks whether they talked."""

    async def press(lived: Lived, head: Head) -> None:
        head.read("time to talk")
        found = next((one.label for one in buttons(head.view) if one.label.startswith(label)), None)
        if found:
            await head.press(found)

    return press


def _using(command: str) -> Callable[[Lived, Head], Any]:
    return lambda lived, head: head.use(command)


def _choosing(**changes: Any) -> Callable[[Lived, Head], Any]:
    async def choose(lived: Lived, head: Head) -> None:
        now = lived.asked(head.account.user, lived.world.at)
        if now is not None and await lived.stage(head):
            traits = replace(now.traits, **changes)
            await be(lived, head, traits)
            lived.says(head, traits=traits)

    return choose


def _agreeing(consent: str, yes: bool) -> Callable[[Lived, Head], Any]:
    """A press in the settings."""

    async def agree(lived: Lived, head: Head) -> None:
        now = lived.asked(head.account.user, lived.world.at)
        if now is not None and await lived.stage(head):
            await lived.world.receive(Pressed(f"members.consent~1~{consent}~{int(yes)}"), head.account, head.name)
            lived.says(head, withdrawn=now.withdrawn - {consent} if yes else now.withdrawn | {consent})

    return agree


_DOES: dict[str, Callable[[Lived, Head], Any]] = {
    "pause": pause, "pause week": pause_week, "back": back, "stop": stop, "forget": forget, "rejoin": rejoin,
    "suspend": suspend, "restore": restore, "leave": leave, "come": come, "skip": skip, "block": block,
    "answer": _pressing("We talked"), "not yet": _pressing("Not yet"), "another": _pressing("I wrote"),
    "partner": _using("partner"), "data": _using("data"), "home": lambda lived, head: head.open_home(),
    "weekends": _choosing(weekends=True), "holidays": _choosing(holidays=True),
    "weekdays": _choosing(weekends=False, holidays=False),
    "introductions": _agreeing("introductions", True), "no introductions": _agreeing("introductions", False),
    "messages": _agreeing("messages", True), "no messages": _agreeing("messages", False),
}  # fmt: skip
DEEDS = tuple(_DOES)
