"""An event on Discord, from the form to the last reminder, with its mirror in the server's own list of events."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.chat.address import Account
from scheduler.clocks import SteppableClock
from tests.discord.filling import NotOffered
from tests.discord.model import Message, Scheduled
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.server import DiscordServer
from tests.door.crowds import lived_until, settled
from tests.door.discord_network import Network, configure, networked
from tests.door.slack_network import letters

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LED_ON = 3 * MINUTE
"""`lived_until` may lead time on by two minutes before a letter has arrived; to the second it is held by
tests/events/test_promised_reminders.py."""
COFFEE, YES = "Saturday coffee", "Yes to Saturday coffee"
FULL, MOVED = "Saturday 21 November 2026, 09:30 (UK time)", "Saturday 21 November 2026, 11:00 (UK time)"
LINK = "https://meet.example.org/coffee"


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path, scheduled_events=True)
            configure(given, monkeypatch, "scheduled_events = true")
            yield given


async def heads(network: Network, count: int) -> list[Person]:
    """So many members."""
    discord = network.discord
    people = [discord.person(f"Head {number}") for number in range(count)]
    await settled(network, [[Account("discord", discord.guild.id, one.id)] for one in people])
    return people


def post(network: Network) -> Message:
    """The one message that stands for an event in its channel."""
    [found] = [one for one in network.channels["events"].messages if not one.reader and not one.system]
    return found


def listed(network: Network) -> list[Scheduled]:
    """The server's own list."""
    return [*network.discord.guild.scheduled.values()]


async def press(network: Network, who: Person, label: str) -> None:
    """Press it once it is there, and somebody listens."""
    await network.until(lambda: offers(who, label))
    await network.discord.connected()
    await who.press(None, label)


def offers(who: Person, label: str) -> bool:
    try:
        return bool(who.find(label))
    except NotOffered:
        return False


async def hears(network: Network, who: Person, words: str) -> None:
    """The latest that was written to them alone, or that they alone see in a channel, says so."""
    await network.until(lambda: words in latest(who))


def latest(who: Person) -> str:
    channels = who.discord.network.channels.values()
    own = [(one.id, text) for each in channels for one, text in zip(who.sees(each), who.draws(each), strict=True)
           if each is who.dm or one.reader == who.id]  # fmt: skip
    return max(own, key=lambda each: int(each[0]), default=("", ""))[1]


async def is_shown_organisers_commands(who: Person) -> None:
    """By their Discord, which knows nothing of who is an organiser."""
    role = who.guild.role(who.discord.network.new_id(), "keepers of the server", Permission.MANAGE_GUILD)
    await who.changes(roles=[role.id])


async def planned(network: Network) -> None:
    """Anna types a date that cannot be read, and one that could mean two; sees what was understood, and posts it."""
    anna = network.anna
    await anna.use("headsup-organise", "event", "new")
    await anna.submit({"What is it called?": COFFEE, "When does it begin?": "when the kettle boils"})
    await hears(network, anna, "I didn’t understand all of that.")
    await anna.use("headsup-organise", "event", "new")
    said = {"What is it called?": COFFEE, "When does it begin?": "next Saturday 9:30am"}
    await anna.submit({**said, "Where is it?": f"The Reading Room {LINK}"})
    await hears(network, anna, "That could mean more than one time. Which one do you mean?")
    await press(network, anna, FULL)
    await hears(network, anna, f"{FULL}. Is that right? Nothing is posted yet.")
    await press(network, anna, "Who and how many")
    await anna.submit({"How many places?": "1"})
    await hears(network, anna, "Places")
    assert not network.channels["events"].messages
    assert not listed(network)
    await press(network, anna, "Yes, post it")
    await hears(network, anna, f"{COFFEE}, {FULL}: it’s planned")


async def changed(network: Network, form: str, said: dict[str, str], seen: str) -> None:
    """Anna looks for it, changes that, and makes the change."""
    anna = network.anna
    await anna.use("headsup-organise", "event", "edit", words="saturday")
    await hears(network, anna, "Nothing is changed yet.")
    await press(network, anna, form)
    await anna.submit(said)
    await hears(network, anna, seen)
    await press(network, anna, "Yes, change it")
    await hears(network, anna, "this is how it stands now")


async def test_an_event_from_the_form_to_the_last_reminder(network: Network) -> None:
    await is_shown_organisers_commands(network.anna)
    async with network.running():
        ada, bea, *others = await heads(network, 7)
        await planned(network)
        await network.until(lambda: network.channels["events"].messages and post(network).pinned)
        assert LINK not in str((post(network).content, post(network).components))
        await network.until(lambda: listed(network))
        [mirror] = listed(network)
        assert (mirror.name, mirror.location) == (COFFEE, "The Reading Room")
        await titles_are_for_organisers(network, ada)
        await one_place_for_two(network, ada, bea)
        await room_for_more(network, others)
        await changed(network, "What, when and where", {"When does it begin?": "Sat 21 Nov, 11am"}, f"{MOVED}. Is")
        for head in (bea, *others):
            await hears(network, head, f"Something about {COFFEE} has changed.")
        await network.until(lambda: [one.starts_at for one in listed(network)] == [SATURDAY.timestamp()])
        assert [one.id for one in listed(network)] == [mirror.id], "it is changed, not made anew"
        await lived_until(network, SATURDAY - HOUR)
        for head in (bea, *others):
            await hears(network, head, f"{COFFEE} begins at")
            reminder = head.sees()[-1]
            assert LINK in str((reminder.content, reminder.components))
            assert timedelta() <= datetime.fromtimestamp(reminder.at, UTC) - (SATURDAY - HOUR) < LED_ON
        await called_off(network, [bea, *others])
        assert not any("begins at" in text or "has changed" in text for text in ada.draws()), (
            "who said no hears nothing"
        )
    assert not [one.troubles for one in (network.anna, ada, bea, *others) if one.troubles]
    assert {state for key, state, *_ in letters(network) if key.startswith("event")} <= {"sent", "cancelled"}


async def titles_are_for_organisers(network: Network, ada: Person) -> None:
    """What is typed is completed by titles; to nobody but organisers, whatever their Discord lets them type."""
    typed, where = {"words": "sat"}, network.channels["events"]
    [offered] = await network.anna.completes("headsup-organise", "event", "show", focused="words", where=where, **typed)
    assert COFFEE in offered["name"]
    await is_shown_organisers_commands(ada)
    assert await ada.completes("headsup-organise", "event", "show", focused="words", where=where, **typed) == []


async def one_place_for_two(network: Network, ada: Person, bea: Person) -> None:
    """Ada has the place and gives it back; Bea, who waited, takes it."""
    await press(network, ada, YES)
    await hears(network, ada, f"You have a place at {COFFEE}.")
    await press(network, bea, YES)
    await hears(network, bea, "you’re on the waiting list")
    await ada.press(post(network), "No")
    await hears(network, bea, "I keep it for you until")
    await press(network, bea, "Take the place")
    await hears(network, bea, f"You have a place at {COFFEE}.")


async def room_for_more(network: Network, others: list[Person]) -> None:
    """There is room for more; the post tells how many come in a band."""
    before = post(network).id
    await changed(network, "Who and how many", {"How many places?": "12"}, "12")
    for head in others:
        await head.press(post(network), YES)
        await hears(network, head, f"You have a place at {COFFEE}.")
    assert "people are coming" not in str(post(network)), "nobody can watch it tick"
    await lived_until(network, network.clock.now() + 2 * MINUTE)
    await network.until(lambda: "About 5 people are coming." in str(post(network)))
    assert post(network).id == before


async def called_off(network: Network, people: list[Person]) -> None:
    """Anna cancels it; all who meant to come hear, and it is in the server's list no more."""
    await network.anna.use("headsup-organise", "event", "cancel", words="saturday")
    await press(network, network.anna, "Yes, cancel it")
    for head in people:
        await hears(network, head, f"I’m sorry: {COFFEE} on")
    await network.until(lambda: "This isn’t taking place." in str(post(network)))
    assert YES not in str(post(network))
    await network.until(lambda: post(network).pinned is None)
    await network.until(lambda: not listed(network))
