"""By which way members are reached on Discord, as `report` says it: what a week's letters have shown."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from bot.chat.address import Account
from bot.core.work import Unit, Work
from bot.members.store import MEMBERS
from scheduler.clocks import SteppableClock
from tests.bench.work import let_in
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.server import DiscordServer
from tests.door.discord_network import Network, asked, configure, networked
from tests.door.slack_network import letters

SUNDAY = datetime(2026, 11, 15, 16, 0, tzinfo=UTC)
MONDAY, THURSDAY = datetime(2026, 11, 16, 8, 1, tzinfo=UTC), datetime(2026, 11, 19, 16, 16, tzinfo=UTC)
OPEN, SHUT, AWAY = 7, 6, 5
"""Who take direct messages, who take none, and who are not there any more, which nobody has heard of."""


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(SUNDAY, monotonic)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch, more="opens_an_hour = 100")
            yield given


async def report(network: Network) -> str:
    """What the organiser is told."""
    using = await network.anna.use("headsup-organise", "report", where=network.organisers)
    assert using.answer
    return network.draws(network.anna, network.organisers)[-1]


async def test_the_weekly_question_reaches_everybody_and_the_report_says_by_which_way(network: Network) -> None:
    discord = network.discord
    organisers = discord.guild.role(discord.network.new_id(), "organisers", Permission.MANAGE_GUILD)
    await network.anna.changes(roles=[organisers.id])
    heads = [discord.person(f"Head {number}", dms=number < OPEN) for number in range(OPEN + SHUT)]
    away = [discord.person(f"Away {number}", member=False) for number in range(AWAY)]

    def settle(work: Work) -> None:
        for number, one in enumerate([*heads, *away]):
            let_in(work.use(MEMBERS), number, Account("discord", one.guild.id, one.id))

    async with network.running():
        await network.parts.storage.write(Unit("settle", network.clock.now(), settle))
        assert "Not at all just now: 18" in await report(network), "nobody was written to yet"
        network.clock.set(MONDAY)
        await network.until(lambda: not waiting(network), patience=60)
        network.clock.set(THURSDAY)
        await network.until(lambda: all(asked(network, head) for head in heads) and not waiting(network), patience=60)
        said = await report(network)
    assert f"On Discord, by direct message: {OPEN}\n" in said
    assert f"On Discord, in a private thread of their own: {SHUT}\n" in said
    assert f"Not at all just now: {AWAY}" in said
    assert sum(is_direct(head) for head in heads) == OPEN


def is_direct(head: Person) -> bool:
    return head.dm is not None and bool(head.sees())


def waiting(network: Network) -> bool:
    """Whether this week's introductions are still to be carried."""
    ended = ("sent", "dead", "cancelled")
    ours = [(key, state) for key, state, *_ in letters(network)]
    return not any(key.startswith("intro:") for key, _ in ours) or any(state not in ended for _, state in ours)
