"""Whoever does something on Discord is answered there, within three seconds, and only they see it."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Pressed, Typed, Used
from bot.chat.outbound import Delivered, Reply
from bot.chat.text import Mention, plain
from bot.chat.view import Button, Buttons, Paragraph, View
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.scripted import words
from tests.discord.faults import Wrong
from tests.discord.person import Person
from tests.discord.reading import mentions

ASKS = View((Paragraph(plain("Did you talk?")), Buttons((Button("We talked", "talked~1"), Button("Not yet", "not~1")))))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one


async def asked(stage: Stage) -> Person:
    """Somebody with a question in their direct messages."""
    ann = stage.discord.person("Ann Bell")
    await stage.start(channels=stage.channels())
    outcome = await stage.platform.deliver(stage.parcel(ann, ASKS))
    assert isinstance(outcome, Delivered)
    return ann


async def test_a_press_in_direct_messages_changes_the_message_that_was_pressed(stage: Stage) -> None:
    ann = await asked(stage)
    stage.script.answers["talked~1"] = Reply(replace=words("Thank you."))
    await ann.press(None, "talked~1")
    assert ann.reads() == ["Thank you."]
    assert [(one.what, one.account) for one in stage.script.heard] == [(Pressed("talked~1"), stage.account(ann))]
    assert ann.troubles == []


async def test_what_is_typed_is_answered_and_not_passed_on(stage: Stage) -> None:
    ann = await asked(stage)
    stage.script.answers["typed"] = Reply(words("I'm a bot."))
    await ann.type(None, "I am so tired")
    await stage.discord.until(lambda: len(ann.reads()) == 3)
    assert [one.what for one in stage.script.heard] == [Typed()]
    assert "tired" not in repr(stage.script.heard)
    assert ann.reads()[-1] == "I'm a bot."


async def test_a_command_is_answered_for_their_eyes_alone(stage: Stage) -> None:
    ann, bob = stage.discord.person("Ann Bell"), stage.discord.person("Bob Hill")
    lounge = stage.channel("lounge")
    await stage.start()
    stage.script.answers["headsup pause this week"] = Reply(words("Of course."))
    await ann.use("headsup", "pause", words="this week", where=lounge)
    assert [one.what for one in stage.script.heard] == [Used(Tree.MEMBER, "pause this week")]
    assert ann.reads(lounge) == ["Of course."]
    assert bob.reads(lounge) == []


async def test_whom_an_answer_mentions_can_be_pressed_where_they_are_and_is_rung_at_nowhere(stage: Stage) -> None:
    ann = await asked(stage)
    bob = stage.discord.person("Bob Hill")
    here, text = (
        stage.account(bob),
        (Mention(Id(1), "Bob Hill"), Mention(Id(2), "Cyn Slack"), Mention(Id(3), "Dai Far")),
    )
    accounts = {1: here, 2: Account("slack", here.workspace, "1018"), 3: Account("discord", "31", "1019")}
    named, lounge = View((Paragraph(text),)), stage.channel("lounge")
    stage.script.answers |= {"headsup partner": Reply(named, accounts=accounts)}
    stage.script.answers |= {"talked~1": Reply(named, replace=named, accounts=accounts)}
    await ann.use("headsup", "partner", where=lounge)
    await ann.press(None, "talked~1")
    await stage.settled()
    said = [*ann.sees(lounge), *ann.sees()]
    assert len(said) == 3
    assert [mentions(one.content) for one in said] == [[bob.id]] * 3
    assert [ann.discord.network.mentioned(one) for one in said] == [[]] * 3
    assert all("Cyn Slack" in one.content and "Dai Far" in one.content for one in said)


async def test_the_ticket_of_an_answer_is_in_no_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    ann = await asked(stage)
    stage.script.answers["talked~1"] = Reply(replace=words("Thank you."))
    stage.discord.faults.plant("POST /interactions/*", Wrong.LIMITED, seconds=0.01)
    with caplog.at_level("WARNING"):
        pressed = await ann.press(None, "talked~1")
        await stage.settled()
    assert ann.reads() == ["Thank you."]
    assert pressed.token not in caplog.text


async def test_a_question_that_was_answered_is_found_though_nothing_of_it_is_left(stage: Stage) -> None:
    """Or a bot that died before it had heard that it was said would ask once more who has answered already."""
    ann = stage.discord.person("Ann Bell")
    await stage.start()
    about, other = show(Id(7)), show(Id(8))
    letter = stage.parcel(ann, asking(f"talked~1~{about}~{show(Id(0))}"))
    assert isinstance(said := await stage.platform.deliver(letter), Delivered)
    stage.script.answers[f"talked~1~{about}~{show(Id(0))}"] = Reply(replace=asking(f"change~1~{about}"))
    await ann.press(None, "We talked")
    await stage.stop()
    await stage.start()
    found = await stage.platform.find(letter)
    assert found == said.receipt
    for view in (asking(f"talked~1~{other}~{show(Id(0))}"), asking(f"talked~1~{other}"), words("Hello.")):
        assert await stage.platform.find(stage.parcel(ann, view, "n")) is None


async def test_a_question_about_the_same_that_nobody_answered_is_another_letter(stage: Stage) -> None:
    ann = stage.discord.person("Ann Bell")
    await stage.start()
    await stage.platform.deliver(stage.parcel(ann, asking(f"talked~1~{show(Id(7))}")))
    assert await stage.platform.find(stage.parcel(ann, asking(f"else~1~{show(Id(7))}"), "n")) is None


def asking(action: str) -> View:
    return View((Paragraph(plain("Did you talk?")), Buttons((Button("We talked", action),))))
