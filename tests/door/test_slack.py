"""A real network on Slack, as `headsup run` puts it together: joining, an introduction, a check-in; told by screens."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.core.errors import StorageFailed
from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.door.commands import Headsup, beside
from tests.door.slack_network import Network, asked, configure, letters
from tests.slack.faults import Wrong
from tests.slack.model import Kind
from tests.slack.server import SlackServer

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
NOT_YOURS = "That isn’t something I can do for you here."
THURSDAY = datetime(2026, 11, 19, 16, 15, tzinfo=UTC)


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        organisers = slack.channel("organisers", anna, private=True)
        given = Network(slack, clock, tmp_path, anna, organisers)
        configure(given, monkeypatch)
        yield given


async def test_two_heads_join_are_introduced_and_asked(network: Network) -> None:
    slack = network.slack
    async with network.running():
        priya, tom = await network.joined("Priya Shah"), await network.joined("Tom Reed")
        network.clock.set(MONDAY)
        await slack.until(lambda: slack.posted(Kind.MPIM))
        circle = slack.workspace.mpim_of([priya.id, tom.id])
        assert circle
        assert "can’t read" in priya.draws(circle)[0]
        network.clock.set(THURSDAY)
        await slack.until(lambda: "find time to talk" in priya.draws()[-1])
        await priya.press("We talked")
        await slack.until(lambda: "find time to talk" not in priya.draws()[-1] or len(priya.sees()) > 3)
        assert priya.troubles == tom.troubles == []
    assert slack.workspace.scopes_used <= slack.app.scopes
    assert slack.throttle.refused.total() == 0


async def test_what_the_outbox_says_is_still_there_when_slack_is_opened_anew(network: Network) -> None:
    slack = network.slack
    async with network.running():
        heads = [await network.joined("Priya Shah"), await network.joined("Tom Reed")]
        network.clock.set(MONDAY)
        await slack.until(lambda: slack.posted(Kind.MPIM))
        network.clock.set(THURSDAY)
        await slack.until(lambda: all(map(asked, heads)))
    for one in (network.anna, *heads):
        one.reloads()
    circle = slack.workspace.mpim_of([head.id for head in heads])
    assert all("can’t read" in head.draws(circle)[0] and asked(head) for head in heads)
    sent = {message for _, state, message, *_ in letters(network) if state == "sent"}
    assert sent <= {one.ts for one in slack.posted() if not one.reader}
    assert len(sent) >= 5, "two letters that they are in, an introduction, two questions"


async def test_an_organiser_is_who_was_made_one_and_no_owner_or_admin_of_the_workspace(network: Network) -> None:
    slack = network.slack
    others = [slack.person("Olga Owner", owner=True), slack.person("Adam Admin", admin=True), slack.person("Tom Reed")]
    async with network.running():
        for one in others:
            await one.types("/headsup-organise members waiting")
            await one.changes(name=f"{one.account.name} again")
            await one.types("/headsup-organise members waiting")
            assert one.draws() == [NOT_YOURS] * 2
        await network.anna.types("/headsup-organise members waiting")
        assert network.anna.draws() == ["Waiting for a vouch\nNobody is waiting for a vouch."]


async def test_an_introduction_of_which_slack_does_not_say_whether_it_arrived_is_told_each_alone_and_not_sent_again(
    network: Network,
) -> None:
    slack = network.slack
    async with network.running():
        priya, tom = await network.joined("Priya Shah"), await network.joined("Tom Reed")
        slack.faults.plant("chat.postMessage", Wrong.REPLY_LOST, times=2)  # a line to organisers, and the introduction
        network.clock.set(MONDAY)
        await slack.until(lambda: slack.posted(Kind.MPIM))
        network.clock.set(MONDAY + timedelta(minutes=1))
        await slack.until(lambda: "can’t see whether it arrived" in priya.draws()[-1])
        await slack.until(lambda: "can’t see whether it arrived" in tom.draws()[-1])
        assert len(slack.posted(Kind.MPIM)) == 1
        assert slack.workspace.scopes_used.isdisjoint({"mpim:history", "groups:history", "channels:history"})


async def test_what_was_opened_before_a_restart_can_be_sent_after_it(network: Network) -> None:
    slack, head = network.slack, network.slack.person("Priya Shah")
    async with network.running():
        await head.types("/headsup start")
        await slack.until(lambda: head.modal)
    async with network.running():
        await head.submit({"Where you work": "England", "Your role": "Coach or associate"})
        assert head.modal
        assert "This is what another member sees" in head.modal.shown


async def test_who_comes_while_nothing_can_be_saved_is_welcomed_when_slack_says_it_again(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(unit: Any) -> Any:
        raise StorageFailed

    slack = network.slack
    async with network.running():
        una = slack.person("Una New")
        with monkeypatch.context() as broken:
            broken.setattr(network.parts.storage, "write", failing)
            sent = await una.joins(wait=False)
            assert sent
            await slack.until(lambda: "can’t save" in "".join(network.anna.draws(network.organisers)))
            await una.shortcut("helpnow")
            assert not sent.acked, "what was asked later is answered already"
        network.clock.advance(timedelta(seconds=3))
        await slack.until(lambda: sent.acked)
        await slack.until(lambda: any("and welcome" in text for text in una.draws()))
        assert sum("and welcome" in text for text in una.draws()) == 1


async def test_check_finds_nothing_to_mend_in_slack(headsup: Headsup, network: Network) -> None:
    """But channels that nobody has to have."""
    found = await beside(headsup, "check", "--json")
    there = [one for one in found.json["findings"] if one["where"].startswith(("slack", "network"))]
    assert [(one["level"], one["where"]) for one in there] == [
        ("warning", "slack.channels.events"),
        ("warning", "slack.channels.news"),
    ]
