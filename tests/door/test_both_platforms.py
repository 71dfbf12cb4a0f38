"""One network on Slack and Discord at once: weeks of it, and people who are on both."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest

from bot.config import read_config
from bot.door import ground
from bot.door.real import run_real
from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.conftest import DRILL
from tests.discord.server import DiscordServer
from tests.door.both_networks import Both, Head, all_said_once, configure, names, put_together
from tests.door.crowds import lived_until
from tests.door.slack_network import answers
from tests.slack.server import SlackServer

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
ASKED, SATURDAY = timedelta(days=3, hours=9), timedelta(days=5)
WEEK, LONG = timedelta(weeks=1), timedelta(hours=2)
HEADS, BOTH, WEEKS, ROUNDS = (200, 40, 15, 12) if DRILL else (8, 2, 3, 3)
"""In the drill three of the weeks are holidays."""
COOLDOWN = timedelta(weeks=13)
ACROSS: set[frozenset[str]] = {frozenset()}
"""While those on both are away there are three on either, and so at least one pair across."""
EVERY_KIND = ACROSS | {frozenset({"slack"}), frozenset({"discord"})}


@pytest.fixture
async def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Both]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with SlackServer(clock, app=installed()) as slack, DiscordServer(clock) as discord:
        with discord.reached():
            given = put_together(slack, discord, clock, tmp_path)
            configure(given, monkeypatch)
            yield given


async def test_its_sentence_names_both_and_stopping_stops_both(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    stop, configured, told = asyncio.Event(), read_config(both.folder / "config.toml"), list[str]()

    def says() -> bool:
        told.append(capsys.readouterr().err)
        return "HeadsUp is running on Slack and Discord. To stop it: Ctrl+C." in "".join(told)

    async with ground.prepared(configured, fresh=False):
        running = asyncio.create_task(run_real(configured, stop=stop))
        await both.connected()
        await both.on_slack.slack.until(says, 20)  # it listens before its storage is open
        assert not running.done()
        stop.set()
        await asyncio.wait_for(running, 20)
    await both.on_slack.slack.until(lambda: not both.on_slack.slack.sockets.open)
    await both.on_discord.discord.until(lambda: not both.on_discord.discord.gateway.ready)


async def test_everybody_meets_across_the_two_and_who_is_on_both_is_one_person(both: Both) -> None:
    await both.settle_in(HEADS, BOTH)
    one, other = [head for head in both.heads if len(head.platforms) == 2][:2]
    asked = 0
    async with both.running():
        for week in range(WEEKS):
            monday = MONDAY + week * WEEK
            await lived_until(both, monday + LONG)
            met = all_met(both, monday, without={one.name, other.name} if week == 1 else set())
            await lived_until(both, monday + ASKED)
            asked += await everybody_answers(both, met)
            await lived_until(both, monday + SATURDAY)
            if week == 0:
                await pauses_there(one)
                await pauses_here(both, other)
            if week == 1:
                await is_back_here(both, one)
                await is_back_there(other)
    assert answers(both) == asked > 0
    assert len(both.pairs()) == ROUNDS
    assert soonest_again(both) >= COOLDOWN, "somebody meets again"
    all_said_once(both)
    assert kinds_of_pairs(both) >= (EVERY_KIND if DRILL else ACROSS)
    assert [one for one in both.on_slack.organisers.messages if one.app]
    assert both.on_discord.organisers.messages == [], "what organisers are told comes in one place"
    assert not [head.name for head in both.heads for it in (head.slack, head.discord) if it and it.troubles]


def all_met(both: Both, monday: datetime, without: set[str]) -> list[Head]:
    """Those introduced on that Monday, each once: together on a platform that they share, and else each alone."""
    pairs = both.pairs().get(monday.date().isoformat(), [])
    both.look()
    for places in pairs:
        pair = [both.heads[place] for place in sorted(places)]
        shared = set.intersection(*(head.platforms for head in pair))
        assert both.together(pair, monday) == bool(shared), [head.name for head in pair]
        for head in pair:
            others = [each for each in pair if each is not head]
            heard = [where for where, text in both.alone(head, monday) if all(names(text, each) for each in others)]
            assert len(heard) == (not shared), (head.name, heard)
    met = [both.heads[place] for pair in pairs for place in pair]
    assert len(set(map(id, met))) == len(met)
    if met:
        assert {head.name for head in both.heads} - {head.name for head in met} == without
    return met


def soonest_again(both: Both) -> timedelta:
    """After how long a pair met again, of all who did: there was always another choice."""
    days = sorted(
        (pair, date.fromisoformat(day))
        for day, pairs in both.pairs().items()
        for pair in map(tuple, map(sorted, pairs))
    )
    again = [later - day for (pair, day), (same, later) in pairwise(days) if pair == same]
    return min(again, default=timedelta.max)


def kinds_of_pairs(both: Both) -> set[frozenset[str]]:
    """What those who were introduced have in common: one of the platforms, or none. Who have both are left aside."""
    pairs = [[both.heads[place].platforms for place in pair] for week in both.pairs().values() for pair in week]
    return {frozenset(set.intersection(*pair)) for pair in pairs} - {frozenset({"slack", "discord"})}


async def everybody_answers(both: Both, met: list[Head]) -> int:
    """Whoever met somebody is asked in one place, and nobody else is."""
    both.look()
    where = {head.name: await both.answer(head) for head in both.heads}
    assert {name: len(places) for name, places in where.items() if places} == dict.fromkeys((h.name for h in met), 1)
    return len(met)


async def pauses_there(head: Head) -> None:
    assert head.discord
    await head.discord.use("headsup", "pause")
    await head.discord.press(None, "Until I say")


async def is_back_there(head: Head) -> None:
    assert head.discord
    await head.discord.use("headsup", "back")


async def pauses_here(both: Both, head: Head) -> None:
    assert head.slack
    await head.slack.command("/headsup", "pause")
    await both.parts.platforms["slack"].settled()  # type: ignore[attr-defined]
    await head.slack.press("Until I say")
    await both.parts.platforms["slack"].settled()  # type: ignore[attr-defined]


async def is_back_here(both: Both, head: Head) -> None:
    assert head.slack
    await head.slack.command("/headsup", "back")
    await both.parts.platforms["slack"].settled()  # type: ignore[attr-defined]
