"""Many heads on Discord, who were never written to: each gets the question of the week once, by a way that rings.

Discord tells the bot twice that it opens too many direct conversations, and some people take none.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.chat.address import Account
from scheduler.clocks import SteppableClock
from tests.conftest import DRILL
from tests.discord.limits import Openings
from tests.discord.model import Channel, Kind, Message
from tests.discord.person import Person
from tests.discord.server import DiscordServer
from tests.door.crowds import introduced, lived_until, settled
from tests.door.discord_network import Network, configure, networked
from tests.door.slack_kills import QUESTION
from tests.door.slack_network import TALK, answers
from tests.door.test_discord_month import all_said_once

NEXT_MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 12, 16, 15, tzinfo=UTC)
BEFORE, LONG, WEEK = timedelta(minutes=1), timedelta(hours=2), timedelta(weeks=1)
HEADS, OURS, THEIRS = (500, 10, 7) if DRILL else (30, 6, 4)
"""`OURS`: first conversations an hour that the bot allows itself; `THEIRS`: those that Discord lets pass."""
SHUT = 10
"""One in so many takes no direct messages."""


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(THURSDAY - BEFORE, monotonic)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch, f"opens_an_hour = {OURS}")
            discord.network.opening = Openings(most=THEIRS)
            yield given


async def test_everybody_is_asked_once_whatever_discord_refuses(
    network: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    discord = network.discord
    heads = [discord.person(f"Head {number}", dms=number % SHUT > 0) for number in range(HEADS)]
    accounts = [[Account("discord", discord.guild.id, head.id)] for head in heads]
    half = HEADS // 4 * 2
    async with network.running():
        await settled(network, accounts[:half])
        await introduced(network, range(half))
        await lived_until(network, THURSDAY + LONG)
        first = await asked_and_answered(network, heads[:half])
        await settled(network, accounts[half:], half)
        await lived_until(network, NEXT_MONDAY + LONG)
        await lived_until(network, THURSDAY + WEEK + LONG)
        second = await asked_and_answered(network, heads)
    ways = {"first": first, "second": second}
    with capsys.disabled():
        print(f"\n{HEADS} heads, {ways}; opened {len(discord.network.opening.opened)}")
    assert discord.network.opening.refused == 2
    assert answers(network) == half + HEADS
    all_said_once(network)


async def asked_and_answered(network: Network, heads: Sequence[Person]) -> Counter[Kind]:
    """Each has one question that waits, heard of it and answers. Says how many had it by which way."""
    ways: Counter[Kind] = Counter()
    own = places(network)
    for head in heads:
        (message,) = [one for place in own[head.id] for one in place.messages if waits(one)]
        assert [one for one in head.rings if one.message is message], f"{head.user.username} did not hear of it"
        ways[network.discord.network.channels[message.channel].kind] += 1
        await head.press(message, TALK)
    assert [head.troubles for head in heads] == [[]] * len(heads)
    return ways


def waits(message: Message) -> bool:
    """A question that nobody has answered."""
    labels = [one.get("label") for row in message.components for one in row["components"]]
    return QUESTION in message.content and TALK in labels


def places(network: Network) -> dict[str, list[Channel]]:
    """Where each is written to alone: their direct messages, and threads of their own."""
    found: dict[str, list[Channel]] = {}
    inbox, me = network.channels["inbox"].id, network.discord.app.id
    for one in network.discord.network.channels.values():
        inside = one.thread.members if one.thread and one.parent == inbox else one.recipients
        for who in inside:
            if who != me:
                found.setdefault(who, []).append(one)
    return found
