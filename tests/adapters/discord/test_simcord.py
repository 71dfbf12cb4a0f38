"""A second opinion: simcord, a Discord for tests that others made, shows people what the adapter says, and takes it.

It stands in for the two transports of discord.py, HTTP and gateway; the client that listens and every renderer are ours
and real. It keeps its own rules of what a person can see and use, which were written without looking at ours.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import simcord
from simcord import ChannelHandle, Env, MemberActor

from adapters.discord.gateway import _Listener
from adapters.discord.platform import DiscordPlatform
from adapters.discord.settings import DiscordSettings
from bot.chat.command import Tree
from bot.chat.form import Form, LongText, OneOf, ShortText
from bot.chat.inbound import Completes, Pressed, Submitted, Used
from bot.chat.outbound import Reply
from bot.chat.text import plain
from bot.chat.view import Button, Buttons, Option, Paragraph, View
from bot.core.notes import InMemory
from scheduler.clocks import SteppableClock
from tests.adapters.scripted import COMMANDS, START, Script, words

ASKS = View((Paragraph(plain("Did you talk?")), Buttons((Button("We talked", "talked~1"), Button("Not yet", "not~1")))))
WEEK = Option("This week", "This week")


@dataclass
class There:
    """What a test wants to touch."""

    env: Env
    platform: DiscordPlatform
    script: Script
    lounge: ChannelHandle
    ann: MemberActor


@asynccontextmanager
async def there() -> AsyncIterator[There]:
    """A server with somebody in it, and the adapter listening."""
    heard: list[DiscordPlatform] = []

    def hear(kind: str, data: Mapping[str, Any]) -> None:
        for platform in heard:
            platform._hear(kind, data)

    listener = _Listener(DiscordSettings(servers=(), token="t", members_intent=True), hear)
    async with simcord.run(listener) as env:
        guild = env.create_guild(name="Heads")
        lounge, ann = guild.create_text_channel("lounge"), guild.add_member(env.create_user("ann"), nick="Ann Bell")
        platform = DiscordPlatform(
            DiscordSettings(servers=(str(guild.id),), token="t", members_intent=True),
            COMMANDS,
            SteppableClock(START, monotonic, speed=0),
            InMemory(),
            InMemory(),
        )
        enter(platform, env)
        platform._door = script = Script()
        await platform._entered()
        heard.append(platform)
        try:
            yield There(env, platform, script, lounge, ann)
            await platform.settled()
        finally:
            await platform.calls._session().close()


def enter(platform: DiscordPlatform, env: Env) -> None:
    """Signed in: what is called goes to simcord, by the library's client as by its tickets."""
    calls = platform.calls
    calls._client, calls._tickets = env.bot, env._webhook_adapter
    calls.me, calls.application = str(env.backend.bot_user.id), str(env.backend.application_id)
    calls._entered.set()


async def test_a_command_is_offered_and_answered_for_their_eyes_alone() -> None:
    async with there() as here:
        here.script.answers["headsup pause this week"] = Reply(words("Of course. *Really* @everyone"))
        offered = here.ann.available_commands(here.lounge)
        assert {"headsup menu", "headsup pause", "helpnow"} <= set(offered)
        assert not [one for one in offered if one.startswith("headsup-organise")]
        used = await here.ann.slash(here.lounge, "headsup pause", words="this week")
        assert used.response is not None
        assert (used.acknowledged, used.ephemeral) == (True, True)
        assert used.response.content == "Of course. \\*Really\\* \\@everyone"
        assert [(one.what, one.name) for one in here.script.heard] == [
            (Used(Tree.MEMBER, "pause this week"), "Ann Bell")
        ]


async def test_how_a_command_may_go_on_is_offered() -> None:
    async with there() as here:
        here.script.answers["… headsup pause th"] = Reply(offers=(WEEK,))
        assert await here.ann.autocomplete(here.lounge, "headsup pause", "words", "th") == [
            {"name": "This week", "value": "This week"}
        ]
        assert await here.ann.autocomplete(here.lounge, "headsup pause", "words", "zz") == []
        assert [one.what for one in here.script.heard] == [
            Completes(Tree.MEMBER, "pause th"),
            Completes(Tree.MEMBER, "pause zz"),
        ]


async def test_a_press_changes_the_message_that_was_pressed() -> None:
    async with there() as here:
        here.script.answers |= {"headsup start": Reply(ASKS), "talked~1": Reply(replace=words("Thank you."))}
        shown = (await here.ann.slash(here.lounge, "headsup start")).response
        assert shown is not None
        await here.ann.click(shown, label="We talked")
        assert [one.content for one in here.lounge.history(viewer=here.ann)] == ["Thank you."]
        assert shown.components == []
        assert here.script.heard[-1].what == Pressed("talked~1")


async def test_a_form_is_filled_in_and_sent() -> None:
    async with there() as here:
        fields = (
            ShortText("name", "Your name", required=True),
            OneOf("nation", "Where you work", (Option("e", "England"), Option("w", "Wales"))),
            LongText("more", "Anything else", required=False),
        )
        here.script.answers |= {
            "headsup start": Reply(ask=Form("Who are you?", "who~1", fields, "Keep")),
            "who~1": Reply(words("Thank you, that's kept.")),
        }
        opened = await here.ann.slash(here.lounge, "headsup start")
        assert opened.modal is not None
        ids = [one["component"]["custom_id"] for one in opened.modal["components"]]
        wales = opened.modal["components"][1]["component"]["options"][1]["value"]
        sent = await here.ann.submit_modal(opened, {ids[0]: "Ann", ids[1]: wales})
        assert sent.response is not None
        assert (sent.response.content, sent.ephemeral) == ("Thank you, that's kept.", True)
        what = here.script.heard[-1].what
        assert isinstance(what, Submitted)
        assert (what.action, what.values["name"], what.values["nation"]) == ("who~1", ("Ann",), ("w",))


async def test_what_is_registered_already_is_left_alone() -> None:
    async with there() as here:
        before = [entry for entry in here.env.http_requests if entry.method == "PUT"]
        here.platform._is_set_up = False
        await here.platform._entered()
        assert [entry for entry in here.env.http_requests if entry.method == "PUT"] == before
