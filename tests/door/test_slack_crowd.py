"""A round for ten thousand on Slack, by the real program: how long do those wait who press meanwhile?"""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from bot.core.work import Unit, Work
from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.bench.work import MEMBERS_THERE, settle_in
from tests.door.crowds import figures
from tests.door.kills import QUESTION, know_where
from tests.door.program import program
from tests.door.slack_kills import account_of, talk_of
from tests.door.slack_network import TALK, Network, configure, letters
from tests.slack.delivery import DEADLINE, INTERACTIVE, Delivery
from tests.slack.person import Person
from tests.slack.server import SlackServer

ROUND = datetime(2026, 11, 12, 16, 15, tzinfo=UTC)
BEFORE, LONG = timedelta(minutes=1), timedelta(minutes=2)
PAUSE = 0.04
"""Seconds between two who ask for the menu; who is asked something answers at once, besides."""


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(ROUND - BEFORE, monotonic)
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        given = Network(slack, clock, tmp_path, anna, slack.channel("organisers", anna, private=True))
        configure(given, monkeypatch)
        yield given


@dataclass
class Crowd:
    """Everybody, and what they did."""

    network: Network
    heads: list[Person]
    dice: Random = field(default_factory=lambda: Random(9))
    done: list[Delivery] = field(default_factory=list)
    _read: int = 0

    async def act(self, until: datetime) -> None:
        slack = self.network.slack
        at = {slack.workspace.im(head.id).id: head for head in self.heads}
        while self.network.clock.now() < until:
            self.done.append(await self.dice.choice(self.heads).command("/headsup", wait=False))
            for channel in self._asked():
                self.done.append(await at[channel].press(TALK, wait=False))
            with suppress(TimeoutError):
                await slack.until(lambda: False, patience=PAUSE)

    def _asked(self) -> Iterator[str]:
        """Where a question came in since the last look."""
        calls = self.network.slack.api.calls
        new, self._read = calls[self._read :], len(calls)
        yield from (given["channel"] for _, given, answer in new if QUESTION in given.get("text", "") and answer["ok"])


def waits(done: list[Delivery]) -> list[float]:
    """How long each waited, the longest last; who was not answered in time waited for ever."""
    return sorted(one.attempts[0].latency or float("inf") for one in done)


@pytest.mark.drill
async def test_who_presses_while_ten_thousand_letters_go_out_is_acknowledged_in_time(
    network: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd = Crowd(network, [network.slack.person(f"Head {number}") for number in range(MEMBERS_THERE)])
    accounts = [account_of(head) for head in crowd.heads]

    def settle(work: Work) -> None:
        settle_in(work, accounts.__getitem__)
        know_where(accounts, [talk_of(head) for head in crowd.heads], network.parts.house, work)

    async with network.opened() as parts:
        await parts.storage.write(Unit("settle", network.clock.now(), settle))
    network.clock.set(ROUND - BEFORE)
    async with program(network, 1.0):
        await crowd.act(ROUND + LONG)
        await network.slack.quiet()
    assert sum(key.startswith("checkin:") for key, *_ in letters(network)) == MEMBERS_THERE
    answers = [one for one in crowd.done if one.kind == INTERACTIVE]
    with capsys.disabled():
        print(f"\n{len(answers)} answers, and {len(crowd.done) - len(answers)} menus: {figures(waits(crowd.done))}")
    assert len(answers) > LONG.total_seconds()
    assert waits(crowd.done)[-1] < DEADLINE
