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
from tests.discord.model import Kind
from tests.discord.person import Person
from tests.discord.server import DiscordServer
from tests.door.crowds import introduced, lived_until, settled
from tests.door.discord_network import Network, configure, networked, places, waits
from tests.door.slack_network import TALK, answers, rows
from tests.door.test_discord_month import all_said_once

THURSDAY = datetime(2026, 11, 12, 16, 15, tzinfo=UTC)
BEFORE, LONG, WEEK = timedelta(minutes=1), timedelta(hours=2), timedelta(weeks=1)
WAVE, OURS, THEIRS = (166, 10, 7) if DRILL else (10, 5, 3)
"""Heads who come in each of three weeks, at the least; first conversations an hour that the bot allows itself, and
those that Discord lets pass."""
HEADS = 500 if DRILL else 30
SHUT = 10
"""One in so many takes no direct messages."""
HOUR = 3600
ANSWERED = "You talked."


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(THURSDAY - BEFORE, monotonic)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch, f"opens_an_hour = {OURS}")
            discord.network.opening = Openings(most=THEIRS)
            yield given


async def test_everybody_is_asked_once_a_week_whatever_discord_refuses(network: Network) -> None:
    """Twice Discord finds that too many conversations are opened; in the third week the bot's own measure holds."""
    discord = network.discord
    heads = [discord.person(f"Head {number}", dms=number % SHUT > 0) for number in range(HEADS)]
    accounts = [[Account("discord", discord.guild.id, head.id)] for head in heads]
    there, ways = 0, []
    async with network.running():
        for week, upto in enumerate((WAVE, 2 * WAVE, HEADS)):
            await settled(network, accounts[there:upto], there)
            there = upto
            if week == 0:
                await introduced(network, range(there))
            if week == 2:
                discord.network.opening.most = None
            await lived_until(network, THURSDAY + week * WEEK + LONG)
            ways.append(await asked_and_answered(network, heads[:there]))
            assert ways[-1] == by_the_way(network, heads[:there])
            assert len(opened(network)) == min(week + 1, 2) * THEIRS + (week == 2) * OURS
            assert discord.network.opening.refused == min(week + 1, 2)
    assert [each.total() for each in ways] == [WAVE, 2 * WAVE, HEADS]
    assert at_once([at for _, at in opened(network)]) == OURS
    assert answers(network) == sum(each.total() for each in ways)
    all_said_once(network)
    for head in heads:
        assert max(letters_of(network, head).values()) == 1


async def asked_and_answered(network: Network, heads: Sequence[Person]) -> Counter[Kind]:
    """Each has one question that waits, heard of it, and answers. Says how many had it by which way."""
    ways: Counter[Kind] = Counter()
    own = places(network)
    for head in heads:
        (message,) = [one for place in own[head.id] for one in place.messages if waits(one)]
        assert [one for one in head.rings if one.message is message], f"{head.user.username} did not hear of it"
        ways[network.discord.network.channels[message.channel].kind] += 1
        await head.press(message, TALK)
    assert [head.troubles for head in heads] == [[]] * len(heads)
    return ways


def by_the_way(network: Network, heads: Sequence[Person]) -> Counter[Kind]:
    """Directly to whom a conversation was opened, if they take any; to everybody else in a thread of their own."""
    direct = {who for who, _ in opened(network)}
    return Counter(Kind.DM if head.id in direct and head.dms else Kind.PRIVATE_THREAD for head in heads)


def opened(network: Network) -> list[tuple[str, float]]:
    """With whom a first conversation was opened, and when."""
    calls = network.discord.called("POST", "/users/@me/channels")
    return [(one.body["recipient_id"], one.at) for one in calls if one.status == 200]


def at_once(instants: Sequence[float]) -> int:
    """The most in any hour."""
    return max(sum(at <= other < at + HOUR for other in instants) for at in instants)


def letters_of(network: Network, head: Person) -> Counter[str]:
    """What the bot wrote to them alone. A question that was answered says so, and no longer whom it is about."""
    said = [one.content for place in places(network)[head.id] for one in place.messages]
    return Counter(text for text in said if text and ANSWERED not in text)


async def test_where_the_server_has_no_room_for_more_threads_they_are_written_to_as_hours_go_by(
    network: Network,
) -> None:
    discord, full = network.discord, WAVE // 4 * 2
    discord.guild.most_threads, discord.network.opening.most = full, None
    heads = [discord.person(f"Head {number}") for number in range(full + 2 * OURS)]
    async with network.running():
        await settled(network, [[Account("discord", discord.guild.id, head.id)] for head in heads])
        await introduced(network, range(len(heads)))
        await lived_until(network, THURSDAY + LONG)
        ways = await asked_and_answered(network, heads)
    assert ways == {Kind.PRIVATE_THREAD: full, Kind.DM: 2 * OURS}
    assert at_once([at for _, at in opened(network)]) == OURS
    assert rows(network, "SELECT max(tries) FROM letters") == [(0,)], "a letter that waits is some day given up"
