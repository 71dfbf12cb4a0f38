"""The third test of the threat model: whatever was ever to be pressed or sent, tried by everybody else, with fields
changed, late and twice. Nothing changes, and "not yours" sounds like "no such thing"."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot
from bot.chat.action import Unreadable
from bot.chat.address import ORGANISERS, Account
from bot.chat.command import Tree
from bot.chat.ids import show
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.checkins import flow as checkins
from bot.core.errors import Refusal
from bot.core.feature import Right
from bot.core.outbox import Kind, Letter
from bot.pairing.store import PAIRINGS
from tests.conftest import DRILL
from tests.world.cast import SchoolYear
from tests.world.gathering import CALENDAR
from tests.world.overheard import Overheard
from tests.world.replaying import Actor, Minted, Replay, minted, replay_in
from tests.world.school_year import STEPS, live, paused
from tests.world.world import CONSENTS, Head, head_of, opened

KINDS = (
    "nobody", "joining", "waiting", "member", "paused", "suspended", "stopped", "left", "erased", "stranger", "admin",
    "no account",
)  # fmt: skip
LATE = "late, after an erasure"
MOMENTS = {"in the middle of a week": STEPS[: STEPS.index(paused)], LATE: STEPS}
BY_CHANCE = {"members.stop-asking", "blocks.meet-chosen", "blocks.meet-gone"}
"""What is shown only to some, as the weeks fall."""
ACROSS = {f"relay.{what}" for what in ("write", "send", "yes", "no", "stop", "ask-report", "report")}
"""What is shown only to two who are on two platforms; this year has one. Others try it in test_relay."""
ELSEWHERE = ("announce.", "pulse.", "support.")
"""How the names of actions begin that are shown only to whoever writes to ten people, or asks thirty; or of listeners,
of whom this year has none. Others try them in test_nobody_else of those rooms."""
DIARY = "pulse.diary"
"""How those of a diary begin, which this year has, unlike the rest of the pulse."""
EACH = 10_000 if DRILL else 2
"""How many of the actions of one kind each actor tries."""


@dataclass
class Stage:
    """A year at some moment: everything it ever showed, and one of each kind of person to try it."""

    minted: list[Minted]
    actors: list[Actor]
    replay: Replay

    def tries(self) -> Iterator[tuple[Actor, Minted]]:
        """Who tries what: all that was not theirs to do, a few of each kind."""
        dice = random.Random(7)
        by_kind: dict[tuple[str, bool], list[Minted]] = {}
        for one in self.minted:
            by_kind.setdefault((one.wire, bool(one.fields)), []).append(one)
        for alike in by_kind.values():
            for actor in self.actors:
                others = [one for one in alike if actor.user not in one.readers]
                for one in dice.sample(others, min(EACH, len(others))):
                    yield actor, one

    async def faults(self, wire: str = "") -> list[str]:
        dice = random.Random(7)
        tries = [(actor, one) for actor, one in self.tries() if one.wire.startswith(wire)]
        return [fault for actor, one in tries for fault in await self.replay.faults(actor, one, dice)]


@asynccontextmanager
async def staged(folder: Path, moment: str) -> AsyncIterator[Stage]:
    async with opened(folder, calendar=CALENDAR) as world:
        year = SchoolYear(world, Overheard(world))
        await live(year, nothing, MOMENTS[moment])
        actors = [actor async for actor in people(year)]
        yield Stage(minted(year.overheard), actors, await replay_in(world))


async def nothing(event: str) -> None:
    """Nobody looks."""


async def people(year: SchoolYear) -> AsyncIterator[Actor]:
    """One of each kind; none of them has a partner this week, nor asked for one."""
    world, heads = year.world, dict[str, Head]()
    for kind in KINDS[:9]:
        account = world.space.join(f"Somebody {kind.title()}", user=kind)
        heads[kind] = head_of(world, account, f"Somebody {kind.title()}")
    for kind in KINDS[2:9]:
        await heads[kind].use("start")
        await heads[kind].fill(role="Coach or associate")
        await heads[kind].press("Choose what HeadsUp may do")
        await heads[kind].fill(consents=CONSENTS[1:])
    await heads["joining"].use("start")
    await heads["joining"].fill(role="Coach or associate")
    for kind in KINDS[3:9]:
        await year.anna.use(f"members waiting {heads[kind].name}", Tree.ORGANISER)
        await year.anna.press(f"Vouch for {heads[kind].name}")
    await as_they_are_called(heads, year.anna)
    admin = world.space.join("Ada Admin", organiser=True, user="ada")
    heads["stranger"] = head_of(world, Account("local", "elsewhere", "anna"), "Anna Ford")
    heads["admin"] = head_of(world, admin, "Ada Admin")
    for kind in KINDS[:-1]:
        member = await world.look(heads[kind].account)
        yield Actor(kind, heads[kind].account, *([member.id] if member else []))
    yield Actor("no account", None)


async def as_they_are_called(heads: dict[str, Head], anna: Head) -> None:
    for kind, words, press in (
        ("paused", "pause", "Until I say"),
        ("stopped", "leave", "Stop, and keep my profile"),
        ("erased", "leave", "Forget me"),
    ):
        await heads[kind].use(words)
        await heads[kind].press(press)
    await heads["left"].go()
    await anna.use(f"members suspend {heads['suspended'].name}", Tree.ORGANISER)
    await anna.choose(heads["suspended"].name)
    await anna.press(f"Suspend {heads['suspended'].name}")


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module", params=list(MOMENTS))
def stage(
    runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    context = staged(tmp_path_factory.mktemp("stage"), request.param)
    yield runner.run(context.__aenter__())
    runner.run(context.__aexit__(None, None, None))


def test_nobody_else_can_do_what_was_not_theirs(runner: asyncio.Runner, stage: Stage) -> None:
    assert {actor.kind for actor, _ in stage.tries()} == set(KINDS)
    assert runner.run(stage.faults()) == []


@pytest.mark.parametrize("stage", [LATE], indirect=True)
def test_every_kind_of_thing_was_tried(stage: Stage) -> None:
    """What can be pressed or sent and was never shown in the year would be left out, and is named here."""
    shown = {one.wire for one in stage.minted}
    wires = {kind.wire for kind in stage.replay.directory._ons}
    kinds = {wire for wire in wires if wire.startswith(DIARY) or not wire.startswith(ELSEWHERE)}
    assert kinds - shown <= BY_CHANCE | ACROSS, "let somebody see it in tests/world/school_year.py"


def forgets_whose(patch: pytest.MonkeyPatch) -> None:
    """A check-in that is taken from anybody who names the group."""

    def mine(work: Any, call: Any, id: Any) -> Any:
        group = work.use(PAIRINGS).group(id)
        if group is None:
            raise Unreadable("no such group")
        return group

    patch.setattr(checkins, "_mine", mine)


def tells_the_difference(patch: pytest.MonkeyPatch) -> None:
    """A check-in that says of a group that it is another's."""

    def mine(work: Any, call: Any, id: Any) -> Any:
        group = work.use(PAIRINGS).group(id)
        if group is not None and call.me not in group.members:
            raise Refusal(plain("That is not yours."))
        raise Unreadable("no such group")

    patch.setattr(checkins, "_mine", mine)


def lets_anybody_vouch(patch: pytest.MonkeyPatch) -> None:
    """A core that checks no rights."""
    known = Bot._known
    patch.setattr(Bot, "_known", lambda self, work, call, needs: known(self, work, call, Right.ANYONE))


def never_learns(patch: pytest.MonkeyPatch) -> None:
    """A bot that knows no delivery again, and takes a note of each that does something."""

    def once(self: Bot, mark: bytes, do: Any, work: Any, call: Any, is_press: bool) -> Any:
        reply = do(work, call)
        note = View((Paragraph(plain("Somebody pressed.")),))
        work.post(Letter(f"note:{show(work.new_id())}", ORGANISERS, note, Kind.ORGANISER, work.at))
        return reply

    patch.setattr(Bot, "_once", once)


def forgets_whose_and_when(patch: pytest.MonkeyPatch) -> None:
    """Both: what leads nowhere is refused, and only what is another's changes something, twice."""
    forgets_whose(patch)
    never_learns(patch)


@pytest.mark.parametrize("stage", [LATE], indirect=True)
@pytest.mark.parametrize(
    ("plant", "wire", "report"),
    [
        (forgets_whose, "checkin.answer", "changed"),
        (tells_the_difference, "checkin.answer", "is told"),
        (lets_anybody_vouch, "members.suspend", "changed"),
        (never_learns, "onboarding.consents", "a second delivery"),
        (forgets_whose_and_when, "checkin.answer", "a second delivery"),
    ],
)
def test_a_careless_handler_is_noticed(
    runner: asyncio.Runner, stage: Stage, monkeypatch: pytest.MonkeyPatch, plant: Any, wire: str, report: str
) -> None:
    plant(monkeypatch)
    assert any(report in fault for fault in runner.run(stage.faults(wire)))
