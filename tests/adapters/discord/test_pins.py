"""What is coming stays in sight in its channel; and whatever becomes of that, it was said."""

from collections.abc import AsyncIterator

import pytest

from adapters.discord import pins
from bot.chat.outbound import Delivered, Outcome, Receipt, Refused, ToChannel, Unclear, Why
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.scripted import words
from tests.discord.faults import Wrong
from tests.discord.model import Channel
from tests.discord.permissions import Permission

PINS = "PUT /channels/*/messages/pins/*"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        await one.start(channels=one.channels())
        yield one


def events(stage: Stage) -> Channel:
    return next(one for one in stage.discord.network.channels.values() if one.name == "events")


async def posted(stage: Stage, says: str, mark: str = "m", **more: object) -> Outcome:
    to = ToChannel(stage.discord.guild.id, "events")
    return await stage.platform.deliver(stage.parcel(to, words(says), mark, **{"pins": True, **more}))


def receipt(outcome: Outcome) -> Receipt:
    assert isinstance(outcome, Delivered), outcome
    return outcome.receipt


def pinned(stage: Stage) -> list[str]:
    return [one.content for one in events(stage).messages if one.pinned]


async def test_what_is_pinned_stays_so_when_it_is_changed(stage: Stage) -> None:
    first = receipt(await posted(stage, "one"))
    assert receipt(await posted(stage, "once more", "m2", instead_of=first.message)) == first
    receipt(await posted(stage, "not pinned", "m3", pins=False))
    assert pinned(stage) == ["once more"]


@pytest.mark.parametrize(
    ("status", "code", "says"), [(403, 50013, "allow Pin Messages"), (400, 30003, "unpin what nobody needs")]
)
async def test_the_operator_hears_once_what_keeps_it_from_pinning(
    stage: Stage, status: int, code: int, says: str
) -> None:
    stage.discord.faults.plant(PINS, Wrong.REFUSED, times=None, status=status, code=code)
    for number in range(3):
        receipt(await posted(stage, f"letter {number}", f"m{number}"))
    assert pinned(stage) == []
    (told,) = stage.told
    assert says in told


async def test_the_permission_is_one_of_its_own(stage: Stage) -> None:
    events(stage).deny(stage.discord.app.id, Permission.PIN_MESSAGES)
    events(stage).allow(stage.discord.app.id, Permission.MANAGE_MESSAGES)
    receipt(await posted(stage, "one"))
    assert (pinned(stage), len(stage.told)) == ([], 1)


@pytest.mark.parametrize("wrong", [Wrong.STATUS, Wrong.REPLY_LOST, Wrong.RESET])
async def test_whatever_becomes_of_a_pin_the_letter_was_sent(stage: Stage, wrong: Wrong) -> None:
    stage.discord.faults.plant(PINS, wrong, times=None)
    receipt(await posted(stage, "one"))
    assert stage.told == []


async def test_a_pin_that_hangs_holds_no_letter_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "PATIENCE", 0.05)
    stage.discord.faults.plant(PINS, Wrong.SLOW, seconds=60)
    receipt(await posted(stage, "one"))


async def test_what_was_in_doubt_and_is_found_is_pinned_then(stage: Stage) -> None:
    stage.discord.faults.plant("POST /channels/*/messages", Wrong.REPLY_LOST)
    assert isinstance(await posted(stage, "one"), Unclear)
    assert pinned(stage) == []
    to = ToChannel(stage.discord.guild.id, "events")
    assert await stage.platform.find(stage.parcel(to, words("one"), pins=True))
    assert pinned(stage) == ["one"]


async def test_a_channel_that_the_settings_do_not_name_says_what_mends_it(stage: Stage) -> None:
    to = ToChannel(stage.discord.guild.id, "elsewhere")
    outcome = await stage.platform.deliver(stage.parcel(to, words("hello")))
    assert isinstance(outcome, Refused)
    assert (outcome.why, "discord.channels.elsewhere" in outcome.says) == (Why.GONE, True)
