"""kill -9 of the real program with answers waiting, a reload and a take-over: told by screens and by the table."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.chat.ids import Id
from bot.core.work import Unit, Work
from bot.members.model import Consent
from bot.members.store import MEMBERS
from bot.pulse.model import Item, Poll, Series
from bot.pulse.results import published
from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.bench.work import let_in, member_of
from tests.door.kills import know_where
from tests.door.program import PATIENCE, program
from tests.door.slack_kills import account_of, talk_of
from tests.door.slack_network import Network, configure, rows
from tests.slack.model import Message
from tests.slack.person import Person
from tests.slack.server import SlackServer

MONDAY = datetime(2026, 11, 16, 16, 0, tzinfo=UTC)
"""A poll of two days that begins then is over before a Friday letter could remind anybody."""
TUESDAY, CLOSES = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
SPEED = 4.0
HEADS, AFTERWARDS, MORE = 32, 15, 5
"""How many answer before the machine dies: all; then before a planned restart, and after it."""
QUESTION, HARD, GOOD = "This week as a leader", "1, very hard", "5, very good"


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(MONDAY, monotonic, SPEED)
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        given = Network(slack, clock, tmp_path, anna, slack.channel("organisers", anna, private=True))
        configure(given, monkeypatch)
        yield given


async def settled(network: Network) -> list[Person]:
    """So many heads, who agree to be asked."""
    heads = [network.slack.person(f"Head {number}") for number in range(HEADS)]

    def settle(work: Work) -> None:
        accounts = [account_of(head) for head in heads]
        know_where(accounts, [talk_of(head) for head in heads], network.parts.house, work)
        for number, account in enumerate(accounts):
            let_in(work.use(MEMBERS), number, account)
            work.use(MEMBERS).agree(member_of(number), Consent.PULSE, True, work.at)

    async with network.running():
        await network.parts.storage.write(Unit("settle", network.clock.now(), settle))
    return heads


def asked(head: Person) -> list[Message]:
    """Every time they were asked."""
    return [one for one in head.sees() if "pulse.open" in str(one.blocks)]


async def opens(network: Network, heads: Sequence[Person]) -> None:
    anna = network.anna
    while not anna.modal:  # it listens before its storage is open
        await anna.types("/headsup-organise pulse new")
        with suppress(TimeoutError):
            await network.until(lambda: anna.modal, 2)
    await anna.submit({"A first question": QUESTION})
    await network.until(lambda: "Send it now" in (anna.modal.shown if anna.modal else ""), PATIENCE)
    await anna.press("Send it now")
    await network.until(lambda: all(asked(head) for head in heads), PATIENCE)


async def answers(network: Network, head: Person, choice: str) -> None:
    await head.press("Answer", where=asked(head)[-1])
    await network.until(lambda: head.modal, PATIENCE)
    await head.submit({QUESTION: choice})
    await network.until(lambda: "added up" in (head.modal.shown if head.modal else ""), PATIENCE)
    await head.closes(everything=True)


async def killed(process: Process) -> None:
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL


def polls(network: Network) -> list[tuple[str, int, str]]:
    """State, how often it was asked once more, and what is told."""
    return rows(network, "SELECT state, again, told FROM pulse_polls")


def traces(network: Network, *said: str) -> list[str]:
    """Files in which any of that stands."""
    files = [path for path in network.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(each.encode() in path.read_bytes() for each in said)]


async def test_what_waits_is_lost_with_a_machine_that_dies_and_by_a_planned_restart_nothing(network: Network) -> None:
    heads = await settled(network)
    async with program(network, SPEED) as process:
        await opens(network, heads)
        for head in heads:
            await answers(network, head, HARD)
        assert traces(network, "pulse.give", HARD) == []
        await killed(process)
    assert polls(network) == [("open", 0, "")]

    network.clock.set(TUESDAY)
    async with program(network, SPEED) as second:
        await network.until(lambda: all(len(asked(head)) > 1 for head in heads), PATIENCE)
        assert all("all I had" in head.draws()[-1] or "are lost" in head.draws()[-1] for head in heads)
        for head in heads[:AFTERWARDS]:
            await answers(network, head, HARD)
            await answers(network, head, GOOD)
        second.send_signal(signal.SIGUSR1)
        await network.until(lambda: network.is_quiet, PATIENCE)
        await network.until(lambda: network.listens, PATIENCE)
        network.clock.set(CLOSES - timedelta(seconds=90))
        async with program(network, SPEED, "--take-over"):
            assert await asyncio.wait_for(second.wait(), PATIENCE) == 0
            await network.until(lambda: network.listens, PATIENCE)
            for head in heads[AFTERWARDS : AFTERWARDS + MORE]:
                await answers(network, head, GOOD)
            await network.until(lambda: polls(network)[0][0] == "closed", PATIENCE)
            await reads_what_happened(network)
    told = published(poll(), (Counter({"5": AFTERWARDS + MORE}),), HEADS)
    assert polls(network) == [("closed", 1, told)]
    assert Counter(len(asked(head)) for head in heads) == {2: HEADS}
    assert rows(network, "SELECT count(*) FROM pulse_asked") == [(0,)]


async def reads_what_happened(network: Network) -> None:
    """Anna, who reads what everybody will."""
    anna = network.anna
    await anna.closes(everything=True)
    await anna.types("/headsup-organise pulse results")
    lost = "What had been answered until then was lost"
    await network.until(lambda: lost in (anna.modal.shown if anna.modal else "".join(anna.draws()[-1:])), PATIENCE)


def poll() -> Poll:
    return Poll(Id(1), Series.ORGANISERS, (Item("week"),))
