"""The App Home of a real network on Slack: it stays true while somebody uses it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.door.slack_network import Network, networked
from tests.slack.person import Person

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
BACK, PAUSE = "I’m back", "Pause"


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    async with networked(SteppableClock(WEDNESDAY, monotonic), tmp_path, monkeypatch) as given:
        yield given


async def pausing(network: Network) -> Person:
    """Somebody who has pressed [Pause] on their home page."""
    priya = await network.joined("Priya Shah")
    await priya.opens_home()
    await network.slack.until(lambda: offers(priya, PAUSE))
    await priya.press(PAUSE, where=priya.home)
    await network.slack.until(lambda: priya.modal)
    return priya


async def test_who_pauses_on_their_home_page_is_offered_there_to_be_back_and_the_other_way_round(
    network: Network,
) -> None:
    slack = network.slack
    async with network.running():
        priya = await pausing(network)
        await priya.press("Until I say")
        await slack.until(lambda: offers(priya, BACK))
        assert not offers(priya, PAUSE)
        assert priya.modal
        assert "Of course." in priya.modal.shown
        await priya.closes()
        await priya.press(BACK, where=priya.home)
        await slack.until(lambda: offers(priya, PAUSE))
        assert not offers(priya, BACK)


async def test_a_form_that_was_opened_from_the_home_page_shows_there_what_it_changed(network: Network) -> None:
    slack = network.slack
    async with network.running():
        priya = await pausing(network)
        await priya.press("Until a date")
        await slack.until(lambda: priya.modal and priya.modal.title == "Until when?")
        await priya.submit({"Quiet until": "Monday 23 November"})
        await slack.until(lambda: "being quiet until Monday 23 November" in shown(priya))
        assert offers(priya, BACK)
        assert priya.troubles == []


def shown(head: Person) -> str:
    """What stands on their home page."""
    return head.home.shown if head.home else ""


def offers(head: Person, label: str) -> bool:
    """Whether their home page has a button called that."""
    return label in shown(head).splitlines()
