"""Forged, cut, outdated, overlong and strange actions: one kind sentence, nothing kept, and no exception ever."""

import asyncio
import logging
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.action import Unreadable
from bot.chat.command import Tree
from bot.chat.form import SEARCHED, Form, Search
from bot.chat.ids import Id, show
from bot.chat.inbound import Pressed, Submitted, Used
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import Buttons, Select, View, words_of_view
from bot.core import flood
from tests.world.world import Head, World, members, opened, organiser, stranger, waiting

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 17, tzinfo=UTC)
OLD_BUTTON = "That button is no longer in use."
SORRY = "Sorry, I couldn’t save that"
HELP = "Somebody to talk to, now"
NO_PULSE = "There’s nothing for you to answer here just now."
FIELDS = ("", "name", "nation", "role", "phase", "topics", "consents", "code", "day", "school", SEARCHED)
NEVER_TAKEN_BACK = ("members.erase", "members.stop", "members.suspend", "run")
TREES = [(Tree.MEMBER, word) for word in ("start", "profile", "settings", "pause", "leave", "checkin", "partner")]
ORGANISING = [(Tree.ORGANISER, f"intro {word}") for word in ("status", "preview", "hold")]
STRANGE = st.text(st.characters(exclude_categories=()), max_size=200) | st.sampled_from(
    ["", "\x00", "\ud800", "9" * 5000, "-1", "٣", "a~b", "x" * 10_000, "é" * 3000, "%" * 60_000, " ".join("ab" * 3000)]
)


class Attacked:
    """A world in the middle of a week, the people in it, and every action it has shown anybody."""

    def __init__(self, world: World) -> None:
        self.world, self.heads = world, dict[str, Head]()
        self.minted: set[str] = set()

    async def live(self) -> None:
        anna = self.heads["anna"] = await organiser(self.world)
        four = await members(self.world, "Tom Ashdown", "Gwen Pugh", "Omar Aziz", "Ruth Cole")
        self.heads |= {head.first.casefold(): head for head in four}
        self.heads["wendy"] = await waiting(self.world, "Wendy Wait")
        self.heads["nobody"] = await stranger(self.world, "Nobody Here")
        await self.world.go_to(MONDAY)
        await self.world.go_to(THURSDAY)
        for tree, words in [*TREES, *ORGANISING, (Tree.ORGANISER, "members waiting"), (Tree.ORGANISER, "menu")]:
            await self.mint(
                await self.world.receive(Used(tree, words), (anna if tree in "headsup-organise" else four[0]).account)
            )
        await self.mint(await self.world.receive(Used(Tree.ORGANISER, "members suspend ruth"), anna.account))
        await self.mint(await self.world.receive(Used(Tree.MEMBER, "start"), self.heads["nobody"].account))
        for head in self.heads.values():
            for message in self.world.said(head.account):
                await self.mint(Reply(view=message.view))

    async def mint(self, reply: Reply) -> None:
        """Remember what was shown, and press it all once, in a rehearsal of what a member sees, for forms behind it."""
        for action in shown(reply):
            self.minted.add(action)


def shown(reply: Reply) -> Iterator[str]:
    """Every action that a reply offers."""
    if isinstance(reply.ask, Form | Search):
        yield reply.ask.action
    for view in (reply.view, reply.replace):
        for block in view.blocks if isinstance(view, View) else ():
            if isinstance(block, Buttons):
                yield from (button.action for button in block.row)
            elif isinstance(block, Select):
                yield block.action


def every_action(attacked: Attacked) -> list[str]:
    """What was minted, and every other action that exists, with made-up fields."""
    kinds = attacked.world.parts.bot.directory.actions._kinds
    made_up = [
        "~".join([wire, version, *["0" * 13] * len(kind.__struct_fields__)]) for (wire, version), kind in kinds.items()
    ]
    return sorted(attacked.minted | set(made_up))


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module")
def attacked(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """Lived once; the tests only knock."""
    context = opened(tmp_path_factory.mktemp("forged"))
    made = Attacked(runner.run(context.__aenter__()))
    made.world.parts.bot._flood = flood.Flood(presses=10**9)
    runner.run(made.live())
    yield made
    runner.run(context.__aexit__(None, None, None))


class Hearing(logging.Handler):
    """What the bot's log says of failures."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture
def failures() -> Iterator[list[str]]:
    handler = Hearing()
    logging.getLogger("headsup.bot").addHandler(handler)
    yield handler.said
    logging.getLogger("headsup.bot").removeHandler(handler)


def mutated(action: str, others: list[str], dice: random.Random) -> str:
    """The same action, with something wrong about it."""
    wire, version, *fields = action.split("~")
    other = dice.choice(others).split("~")[2:]
    noise = "".join(chr(dice.choice([0, 9, 33, 126, 233, 0xD800, 0x1F600])) for _ in range(dice.randrange(1, 9)))
    forms = [
        [wire, "2", *fields],
        [wire, version, *fields, "x"],
        [wire, version, *fields[:-1]],
        [wire, version, *other],
        [wire, version, *(noise for _ in fields)],
        [wire, version, *("9" * 90 for _ in fields)],
        [wire, version, *(show(Id(dice.getrandbits(63))) for _ in fields)],
        [wire.upper(), version, *fields],
        [wire, version, *fields, *["~"] * 200],
        [wire + noise, version, *fields],
    ]
    whole = "~".join(dice.choice(forms))
    return whole[: dice.randrange(len(whole) + 1)] if dice.random() < 0.2 else whole


def is_unreadable(world: World, packed: str) -> bool:
    try:
        world.parts.bot.directory.actions.read(packed)
    except Unreadable:
        return True
    return False


def said(reply: Reply) -> str:
    return "\n".join(words_of_view(view) for view in (reply.view, reply.replace) if view)


def test_mutated_actions_by_anybody(runner: asyncio.Runner, attacked: Attacked, failures: list[str]) -> None:
    actions, world = every_action(attacked), attacked.world
    assert len(attacked.minted) > 30, "the attack needs something to forge"

    @settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.sampled_from(actions),
        st.sampled_from(sorted(attacked.heads)),
        st.integers(0, 2**32),
        st.lists(STRANGE, max_size=3),
    )
    def attack(action: str, who: str, seed: int, values: list[str]) -> None:
        failures.clear()
        forged = mutated(action, actions, random.Random(seed))
        fields = dict.fromkeys(FIELDS, tuple(values))
        before = world.state() if is_unreadable(world, forged) else None
        for what in (Pressed(forged, tuple(values)), Submitted(forged, fields)):
            reply = runner.run(world.receive(what, attacked.heads[who].account, "x"))
            assert failures == [], (what, failures)
            assert SORRY not in said(reply), what
            assert reply != NOTHING, what
        if before is not None:
            # Whoever seems to ask for help, or to answer a pulse, is answered there, where nothing is written down.
            assert said(reply).startswith((OLD_BUTTON, HELP, NO_PULSE))
            assert world.state() == before

    attack()


def test_strange_values_in_every_form(runner: asyncio.Runner, attacked: Attacked, failures: list[str]) -> None:
    actions, world = [one for one in every_action(attacked) if not one.startswith(NEVER_TAKEN_BACK)], attacked.world

    @settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(actions), st.sampled_from(sorted(attacked.heads)), STRANGE, st.booleans())
    def attack(action: str, who: str, value: str, good_choices: bool) -> None:
        failures.clear()
        good = {"nation": ("england",), "role": ("headteacher",)} if good_choices else {}
        for what in (Pressed(action, (value,)), Submitted(action, {**dict.fromkeys(FIELDS, (value,)), **good})):
            reply = runner.run(world.receive(what, attacked.heads[who].account, value))
            assert failures == [], (who, action, value[:80], len(value), failures)
            assert SORRY not in said(reply), (who, action, value[:80], len(value))

    attack()


def test_strange_words_behind_every_command(runner: asyncio.Runner, attacked: Attacked, failures: list[str]) -> None:
    world = attacked.world
    words = sorted({command.word for command in world.parts.commands})

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(list(Tree)), st.sampled_from(words), STRANGE, st.sampled_from(sorted(attacked.heads)))
    def attack(tree: Tree, word: str, more: str, who: str) -> None:
        failures.clear()
        if word in ("intro send", "intro hold"):
            return
        for line in (f"{word} {more}", more):
            reply = runner.run(world.receive(Used(tree, line), attacked.heads[who].account))
            assert failures == [], (tree, line[:80], failures)
            assert SORRY not in said(reply), line[:80]
            assert reply != NOTHING, line[:80]

    attack()


def test_not_yours_sounds_like_no_such_thing(runner: asyncio.Runner, attacked: Attacked) -> None:
    """Each action about a group or a person, pressed by each who has no part in it, and with an id of nobody."""
    world, groups = attacked.world, [action for action in attacked.minted if action.startswith("checkin.")]
    assert groups
    for action in groups:
        wire, version, _, *rest = action.split("~")
        none = "~".join([wire, version, show(Id(random.Random(action).getrandbits(63))), *rest])
        theirs = {
            name
            for name, head in attacked.heads.items()
            if any(action in shown(Reply(view=one.view)) for one in world.said(head.account))
        }
        before = world.state()
        for name, head in attacked.heads.items():
            if name in theirs:
                continue
            one, other = (said(runner.run(world.receive(Pressed(each), head.account))) for each in (action, none))
            assert one == other, (name, action)
        assert world.state() == before


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        ("members.often~1", "hourly"),
        ("members.often~1", ""),
        ("members.choose-school~1", "999999999"),
        ("members.choose-school~1", "9" * 4000),
        ("members.pause-until~1", "2026-11-24"),
        ("members.pause-until~1", "not a day"),
    ],
)  # fmt: skip
def test_what_was_not_offered_changes_nothing(
    runner: asyncio.Runner, attacked: Attacked, wire: str, value: str
) -> None:
    world, tom = attacked.world, attacked.heads["tom"]
    before = world.state()
    runner.run(world.receive(Pressed(wire, (value,)), tom.account))
    runner.run(world.receive(Submitted(wire, {"": (value,), "day": (value,)}), tom.account))
    assert world.state() == before


async def test_old_buttons_mean_nothing_to_the_forgotten(tmp_path: Path) -> None:
    """All that somebody was ever shown, pressed again after they were forgotten, and after they came back."""
    async with opened(tmp_path) as world:
        await organiser(world)
        tom, _gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
        await world.go_to(THURSDAY)
        old = {action for message in world.said(tom.account) for action in shown(Reply(view=message.view))}
        await tom.use("leave")
        await tom.press("Forget me")
        world.parts.bot._flood = flood.Flood(presses=10**6)
        gone = world.state()
        assert not any("Tom" in row or "Ashdown" in row for row in gone)
        assert any(action.startswith("checkin.answer") for action in old)
        for action in sorted(old - {"onboarding.start~1"}):
            await world.receive(Pressed(action), tom.account)
            await world.receive(Submitted(action, {}), tom.account)
        assert world.state() == gone
