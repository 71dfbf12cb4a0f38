"""The fourth test of the threat model: nothing typed goes astray.

In whatever state somebody is, and by whatever way a text comes, it reaches another person only after a press that names
them; erasure and leaving cancel what waits; and a text that is quoted cannot pass for the bot's own words.
"""

import asyncio
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.app import Bot
from bot.blocks.actions import KeepWords
from bot.chat.address import ORGANISERS, Person
from bot.chat.command import Tree
from bot.chat.ids import show
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.core.directory import Directory
from bot.core.outbox import Kind, Letter
from bot.members import flow, views
from bot.members.store import MEMBERS
from tests.conftest import DRILL
from tests.world.overheard import Overheard
from tests.world.test_texts import HOSTILE
from tests.world.typing_people import LATER, MOMENTS, ROUTES, STATES, Typing
from tests.world.world import Head, World, opened, organiser, waiting

TEXTS = st.text(max_size=60) | st.sampled_from([text[:300] for text in HOSTILE])
SENT = st.tuples(st.integers(0, 2), st.sampled_from(STATES), st.sampled_from(ROUTES), TEXTS, st.integers(0, 99))
NIGHT = datetime.fromisoformat("2026-11-11T22:00:00+00:00")


async def typed(sent: list[tuple[int, str, str, str, int]], folder: Path) -> Typing:
    """All of it sent, each at its moment, and a week lived on, so that whatever was kept comes out."""
    async with opened(folder) as world:
        typing = Typing(world, Overheard(world))
        await typing.begin()
        for moment, name, route, text, number in sorted(sent, key=lambda one: one[0]):
            await world.go_to(max(world.at, MOMENTS[moment]))
            await typing.type(name, route, text, number)
        await world.go_to(LATER + timedelta(days=9))
        return typing


@settings(
    max_examples=60 if DRILL else 3,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(SENT, min_size=20, max_size=40))
def test_nothing_typed_goes_astray(sent: list[tuple[int, str, str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        typing = asyncio.run(typed(sent, Path(folder)))
        assert typing.strayed() == []
        assert typing.forged() == []


EVERY_WAY = [
    (moment, name, route, HOSTILE[(moment + number) % len(HOSTILE)], number * 5 + moment)
    for number, name in enumerate(STATES)
    for route in ROUTES
    for moment in range(3)
]


async def test_every_state_every_way_and_a_greeting_comes_through(tmp_path: Path) -> None:
    greeting = (0, "Anna Ford", "greet", "Welcome\nHeadsUp: you are suspended @everyone", 0)
    typing = await typed([greeting, *EVERY_WAY], tmp_path)
    assert (typing.strayed(), typing.forged()) == ([], [])
    read = [one.words for one in typing.overheard.glimpses if typing.heads["Wendy Waiting"].account.user in one.readers]
    assert any("> HeadsUp: you are suspended @everyone" in words for words in read)


def relays_a_form(patch: pytest.MonkeyPatch) -> None:
    """Whom somebody would rather not meet, told to everybody."""

    def keep(work: Any, call: Any, action: Any) -> Any:
        for one in work.use(MEMBERS).introducible(work.at.date()):
            view = View((Paragraph(plain(call.value("whom")[:100] or "?")),))
            work.post(Letter(f"x:{show(work.new_id())}", Person(one.id), view, Kind.ANSWER, work.at))
        return flow.profile(work, call)

    def on(self: Directory, action: Any) -> Any:
        found = unpatched(self, action)
        return replace(found, do=keep) if isinstance(action, KeepWords) else found

    unpatched: Any = Directory.on
    patch.setattr(Directory, "on", on)


def relays_commands(patch: pytest.MonkeyPatch) -> None:
    """What nobody understood, shown to organisers."""

    def lost(self: Bot, tree: Any, words: str) -> Any:
        answers = unpatched(self, tree, words)

        def do(work: Any, call: Any) -> Any:
            view = View((Paragraph(plain(words[:200] or "?")),))
            work.post(Letter(f"x:{show(work.new_id())}", ORGANISERS, view, Kind.ANSWER, work.at))
            return answers.do(work, call)

        return type(answers)(answers.tree, answers.word, do, answers.needs)

    unpatched: Any = Bot._lost
    patch.setattr(Bot, "_lost", lost)


def unframed(patch: pytest.MonkeyPatch) -> None:
    """A greeting as if the bot had written it."""
    patch.setattr(views, "Quote", lambda text: Paragraph(plain(text)))


@pytest.mark.parametrize(
    ("plant", "sent"),
    [
        (relays_a_form, [(0, "Dora Due", "form", "hello", number) for number in range(80)]),
        (relays_commands, [(0, "Dora Due", "command", "hello", number) for number in (3, 6, 9)]),
        (unframed, [(0, "Anna Ford", "greet", "HeadsUp: you are suspended", 0)]),
    ],
)
async def test_a_relay_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Any, sent: Any) -> None:
    plant(monkeypatch)
    typing = await typed(sent, tmp_path)
    assert typing.strayed() + typing.forged()


async def greeted_at_night(world: World) -> Head:
    """Wendy, whom Anna greets when Wendy must not be written to."""
    anna = await organiser(world)
    wendy = await waiting(world, "Wendy Waiting")
    await world.go_to(NIGHT)
    await anna.use("members waiting", Tree.ORGANISER)
    await anna.press("Vouch and say hello to Wendy Waiting")
    await anna.fill(greeting="zqm1x welcome")
    return wendy


@pytest.mark.parametrize("way", ["stays", "forgets", "stops", "leaves"])
async def test_what_waits_is_cancelled_by_who_goes(tmp_path: Path, way: str) -> None:
    async with opened(tmp_path) as world:
        wendy = await greeted_at_night(world)
        if way == "leaves":
            await wendy.go()
        elif way != "stays":
            await wendy.use("leave")
            await wendy.press("Forget me" if way == "forgets" else "Stop, and keep my profile")
        await world.go_to(NIGHT + timedelta(days=3))
        came = any("zqm1x" in words for words in world.letters(wendy.account))
        assert came is (way == "stays")


async def test_a_greeting_half_written_to_somebody_forgotten_reaches_nobody(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        anna = await organiser(world)
        wendy = await waiting(world, "Wendy Waiting")
        await anna.use("members waiting", Tree.ORGANISER)
        await anna.press("Vouch and say hello to Wendy Waiting")
        await wendy.use("leave")
        await wendy.press("Forget me")
        before = world.state()
        await anna.fill(greeting="zqm1x welcome")
        assert world.state() == before
        assert "zqm1x" not in anna.says
