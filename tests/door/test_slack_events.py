"""An event on Slack, from the form to the last reminder: told by what stands on people's screens, time being led."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.chat.address import Account
from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.door.crowds import lived_until, settled
from tests.door.slack_network import Network, configure, letters
from tests.slack.filling import NotOffered
from tests.slack.model import Channel, Message
from tests.slack.person import Person
from tests.slack.reading import links
from tests.slack.server import SlackServer

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
"""When 24 hours of a head's own are over that began on Wednesday, but for some seconds: 4½ on that day, 6½ on each
school day, none at the weekend."""
SATURDAY = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LED_ON = 3 * MINUTE
"""`lived_until` may lead time on by two minutes before a letter has arrived; to the second it is held by
tests/events/test_promised_reminders.py."""
EVENING = "Wednesday evening"
COFFEE, YES = "Saturday coffee", "Yes to Saturday coffee"
FULL, MOVED = "Saturday 21 November 2026, 09:30 (UK time)", "Saturday 21 November 2026, 11:00 (UK time)"
LINK = "https://meet.example.org/coffee"


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        organisers = slack.channel("organisers", anna, private=True)
        given = Network(slack, clock, tmp_path, anna, organisers, slack.channel("events", anna))
        configure(given, monkeypatch)
        yield given


async def heads(network: Network, count: int) -> list[Person]:
    """So many members, all of them in the channel for events."""
    slack, people = network.slack, [network.slack.person(f"Head {number}") for number in range(count)]
    channel_of(network).members += [one.id for one in people]
    await settled(network, [[Account("slack", slack.team.id, one.id)] for one in people])
    return people


def post(network: Network) -> Message:
    """The one message that stands for an event in its channel."""
    [found] = [one for one in channel_of(network).messages if one.app and not one.reader]
    return found


def channel_of(network: Network) -> Channel:
    """Where events stand."""
    assert network.events
    return network.events


async def press(network: Network, who: Person, label: str) -> None:
    """Press it once it is there, and lines stand: over days that are led on they close, and a press goes unheard."""
    await network.until(lambda: offers(who, label))
    await network.slack.connected(2)
    await who.press(label)


def offers(who: Person, label: str) -> bool:
    try:
        return bool(who.find(label))
    except NotOffered:
        return False


async def asks(network: Network, who: Person, command: str) -> None:
    """Nothing else lies open before them."""
    if who.modal:
        await who.closes(everything=True)
    await network.slack.connected(2)
    await who.types(command)


async def shows(network: Network, who: Person, words: str) -> None:
    """The form before them says so, or the latest that they read."""
    await network.until(lambda: words in (who.modal.shown if who.modal else "".join(who.draws()[-1:])))


async def hears(network: Network, who: Person, words: str, where: Channel | None = None) -> None:
    """The latest that they read there says so."""
    await network.until(lambda: words in "".join(who.draws(where)[-1:]))


async def planned(network: Network) -> None:
    """Anna types a date that cannot be read, and one that could mean two; sees what was understood, and posts it."""
    anna = network.anna
    await asks(network, anna, "/headsup-organise event new")
    await shows(network, anna, "When does it begin?")
    await anna.submit({"What is it called?": COFFEE, "When does it begin?": "when the kettle boils"})
    assert anna.modal
    assert anna.modal.errors["when"].startswith("I didn’t understand all of that.")
    await anna.submit({"When does it begin?": "next Saturday 9:30am", "Where is it?": f"The Reading Room {LINK}"})
    await shows(network, anna, "That could mean more than one time. Which one do you mean?")
    await press(network, anna, FULL)
    await shows(network, anna, f"{FULL}. Is that right? Nothing is posted yet.")
    await press(network, anna, "Who and how many")
    await shows(network, anna, "How many places?")
    await anna.submit({"How many places?": "a few"})
    assert anna.modal.errors["capacity"] == "Please write a number from 1 to 10000, or leave it empty."
    await anna.submit({"How many places?": "1"})
    await shows(network, anna, "Places")
    assert not channel_of(network).messages
    await press(network, anna, "Yes, post it")
    await shows(network, anna, f"{COFFEE}, {FULL}: it’s planned")


async def changed(network: Network, form: str, said: dict[str, str], seen: str) -> None:
    """Anna looks for it, changes that, and makes the change."""
    anna = network.anna
    await asks(network, anna, "/headsup-organise event edit saturday")
    await shows(network, anna, "Nothing is changed yet.")
    await press(network, anna, form)
    await shows(network, anna, next(iter(said)))
    await anna.submit(said)
    await shows(network, anna, seen)
    await press(network, anna, "Yes, change it")
    await shows(network, anna, "this is how it stands now")


async def test_an_event_from_the_form_to_the_last_reminder(network: Network) -> None:
    slack, channel = network.slack, channel_of(network)
    async with network.running():
        ada, bea, cyn, *others = await heads(network, 8)
        await planned(network)
        await slack.until(lambda: channel.messages and post(network).pinned)
        assert LINK not in post(network).shown
        await one_place_for_three(network, ada, bea, cyn)
        await room_for_more(network, bea, others)
        await changed(network, "What, when and where", {"When does it begin?": "Sat 21 Nov, 11am"}, f"{MOVED}. Is")
        for head in (bea, cyn, *others):
            await hears(network, head, f"Something about {COFFEE} has changed.")
        await lived_until(network, SATURDAY - HOUR)
        for head in (bea, cyn, *others):
            await hears(network, head, f"{COFFEE} begins at")
            reminder = head.sees()[-1]
            assert LINK in links(reminder)
            assert timedelta() <= sent_at(reminder) - (SATURDAY - HOUR) < LED_ON
        await called_off(network, [bea, cyn, *others])
        assert not any("begins at" in text or "has changed" in text for text in ada.draws()), (
            "who said no hears nothing"
        )
    assert not [one.troubles for one in (network.anna, ada, bea, cyn, *others) if one.troubles]
    assert slack.workspace.scopes_used <= slack.app.scopes
    assert {state for key, state, *_ in letters(network) if key.startswith("event")} <= {"sent", "cancelled"}


async def one_place_for_three(network: Network, ada: Person, bea: Person, cyn: Person) -> None:
    """Ada has the place and gives it back; Bea, to whom it is offered, lets it go by; Cyn takes it. The clock of an
    offer stands still at night, over lessons and at the weekend."""
    channel = channel_of(network)
    await press(network, ada, YES)
    await hears(network, ada, f"You have a place at {COFFEE}.", channel)
    answer = ada.sees(channel)[-1]
    assert (answer.reader, LINK in links(answer)) == (ada.id, True)
    for head in (bea, cyn):
        await press(network, head, YES)
        await hears(network, head, "you’re on the waiting list", channel)
    await press(network, ada, "No")
    await hears(network, bea, "I keep it for you until Tuesday 17 November 2026, 07:00")
    await lived_until(network, TUESDAY - 11 * HOUR)
    assert not any("has gone to the next in line" in text for text in bea.draws())
    await lived_until(network, TUESDAY + MINUTE)
    await hears(network, bea, "it has gone to the next in line now")
    await press(network, cyn, "Take the place")
    await network.until(lambda: any(f"You have a place at {COFFEE}." in text for text in cyn.draws()))


async def room_for_more(network: Network, bea: Person, others: list[Person]) -> None:
    """Bea asks again, there is room for more, and she takes what she is offered. The post tells how many in a band."""
    channel, before = channel_of(network), post(network).ts
    await press(network, bea, YES)
    await network.until(lambda: bea.sees() and "you’re on the waiting list" in bea.draws()[-1])
    await changed(network, "Who and how many", {"How many places?": "12"}, "12")
    await hears(network, bea, "I keep it for you until")
    await press(network, bea, "Take the place")
    for head in others:
        await press(network, head, YES)
        await hears(network, head, f"You have a place at {COFFEE}.", channel)
    assert "people are coming" not in post(network).shown, "nobody can watch it tick"
    await lived_until(network, network.clock.now() + 2 * MINUTE)
    await network.until(lambda: "About 5 people are coming." in post(network).shown)
    assert (post(network).ts, post(network).pinned) == (before, True), "it is the same message"


async def called_off(network: Network, people: list[Person]) -> None:
    """Anna cancels it; all who meant to come hear, and nothing can be pressed in the channel any more."""
    anna = network.anna
    await asks(network, anna, "/headsup-organise event cancel saturday")
    await press(network, anna, "Yes, cancel it")
    for head in people:
        await hears(network, head, f"I’m sorry: {COFFEE} on")
    await network.until(lambda: "This isn’t taking place." in post(network).shown)
    assert not any(block["type"] == "actions" for block in post(network).blocks)
    await network.until(lambda: not post(network).pinned)


async def test_one_that_comes_again_moved_once_over_a_change_of_the_clocks_reminds_by_the_wall(
    network: Network,
) -> None:
    """Wednesdays at seven; that of 31 March is moved to Thursday at eight. The clocks go forward on the Sunday."""
    network.clock.set(datetime(2027, 3, 17, 16, 0, tzinfo=UTC))
    anna = network.anna
    async with network.running():
        [ada] = await heads(network, 1)
        await asks(network, anna, "/headsup-organise event new")
        await shows(network, anna, "When does it begin?")
        await anna.submit({"What is it called?": EVENING, "When does it begin?": "24 March 2027, 7pm"})
        await press(network, anna, "Make it come again")
        await shows(network, anna, "How often?")
        await anna.submit({"How often?": "Every week", "Until when, or how many times?": "3", "On which days?": []})
        await press(network, anna, "Yes, post it")
        await shows(network, anna, "It comes every Wednesday at 19:00")
        await press(network, ada, f"Yes to {EVENING}")
        await press(network, ada, f"Yes to every {EVENING}")
        await asks(network, anna, "/headsup-organise event edit")
        await anna.press("An event", f"{EVENING}, Wednesday 31 March 2027, 19:00")
        await shows(network, anna, "Nothing is changed yet.")
        await press(network, anna, "What, when and where")
        await shows(network, anna, "When does it begin?")
        await anna.submit({"When does it begin?": "Thu 1 April 2027, 8pm"})
        await press(network, anna, "Yes, this one only")
        await shows(network, anna, "this is how it stands now")
        await lived_until(network, datetime(2027, 4, 8, 12, 0, tzinfo=UTC))
        told = [sent_at(one) for one in ada.sees() if f"{EVENING} begins at" in one.shown]
    assert [one.replace(second=0, microsecond=0) for one in told] == [
        datetime(2027, 3, 24, 18, 0, tzinfo=UTC),
        datetime(2027, 4, 1, 18, 0, tzinfo=UTC),
        datetime(2027, 4, 7, 17, 0, tzinfo=UTC),
    ]


def sent_at(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)
