"""A letter in doubt, looked for after a death: found though its words, or the names of its people, have changed."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat.ids import Id, show
from bot.chat.outbound import Parcel, Reply, ToCircle
from bot.chat.platform import AskedToWait
from bot.chat.view import Button, Buttons, View
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.scripted import words
from tests.discord.faults import Wrong
from tests.discord.person import Person

LONG = timedelta(minutes=6)
"""Longer than Discord knows a nonce again."""
VOUCH = f"vouch~{show(Id(7))}"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one


async def lives(stage: Stage) -> dict[str, str]:
    """The bot, which remembers nothing of an earlier life."""
    named = stage.channels()
    await stage.start(channels=named)
    return named


async def taken(stage: Stage, *letters: Parcel) -> None:
    """Each arrives, and nobody hears of it."""
    for letter in letters:
        stage.discord.faults.plant("POST /channels/*/messages", Wrong.REPLY_LOST)
        await stage.platform.deliver(letter)


async def lives_again(stage: Stage, named: dict[str, str]) -> None:
    """After a death, and a while in which it lay there."""
    await stage.stop()
    stage.clock.advance(LONG)
    await stage.start(channels=named)


def asks(stage: Stage, ann: Person, mark: str) -> Parcel:
    """A letter to her with a button; who presses it is answered in its place."""
    stage.script.answers[VOUCH] = Reply(replace=words("Ann vouched for Tom."))
    return stage.parcel(ann, View((*words("Vouch for Tom?").blocks, Buttons((Button("Vouch", VOUCH),)))), mark)


async def test_what_somebody_has_answered_meanwhile_is_found(stage: Stage) -> None:
    """Nothing of it is left, not even whom it asked about: it was seen when they pressed."""
    ann, named = stage.discord.person("Ann Bell"), await lives(stage)
    letter = asks(stage, ann, "m1")
    await taken(stage, letter)
    await lives_again(stage, named)
    await ann.press(None, "Vouch")
    assert ann.reads() == ["Ann vouched for Tom."]
    found = await stage.platform.find(letter)
    assert found is not None
    assert [one.id for one in ann.sees()] == [found.message]


async def test_what_another_letter_said_and_somebody_has_answered_is_not_taken_for_it(stage: Stage) -> None:
    ann, _ = stage.discord.person("Ann Bell"), await lives(stage)
    await stage.platform.deliver(asks(stage, ann, "m1"))
    await ann.press(None, "Vouch")
    assert await stage.platform.find(asks(stage, ann, "m2")) is None


async def test_people_one_of_whom_is_called_something_else_meanwhile_are_found_together(stage: Stage) -> None:
    """A thread is looked for by all their names, and then by anybody's: who else is called so is not in it."""
    ann, bob, other = (stage.discord.person(name) for name in ("Ann Bell", "Bob Hill", "Bob Hill"))
    named, server = await lives(stage), stage.discord.guild.id
    letters = [
        stage.parcel(ToCircle(server, mark, (stage.account(ann), stage.account(who))), words("meet"), mark)
        for mark, who in (("m1", other), ("m2", bob))
    ]
    await taken(stage, *letters)
    await ann.changes(nick="Annie")
    await lives_again(stage, named)
    for letter, who in zip(letters, (other, bob), strict=True):
        found = await stage.platform.find(letter)
        assert found is not None
        assert [one.content for one in who.sees(stage.discord.network.channels[found.conversation])] == ["meet"]


async def test_a_discord_that_wants_to_be_looked_into_less_often_says_for_how_long(stage: Stage) -> None:
    """A wait that the library takes for itself is none of ours; a longer one is for all that is looked for."""
    ann, named = stage.discord.person("Ann Bell"), await lives(stage)
    letter = stage.parcel(ann, words("hello"), "m1")
    await taken(stage, letter)
    await lives_again(stage, named)
    stage.discord.faults.plant("GET /channels/*/messages", Wrong.LIMITED, times=1, seconds=120)
    with pytest.raises(AskedToWait) as asked:
        await stage.platform.find(letter)
    assert asked.value.wait == timedelta(minutes=2)
    assert await stage.platform.find(letter) is not None
