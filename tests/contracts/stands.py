"""What the platform contract needs of each platform: the platform running, and eyes and fingers of its members.

A new platform joins with one line in STANDS.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import ClientSession

from adapters.discord.places import channel_of
from adapters.discord.platform import DiscordPlatform
from adapters.memory.platform import MemoryPlatform
from adapters.slack.platform import SlackPlatform
from adapters.space.hands import Hands
from bot.chat.address import Account
from bot.chat.outbound import Receipt
from bot.chat.platform import Platform
from bot.chat.text import Link, Mention, Span, clean
from bot.chat.view import Block, Buttons, Facts, File, Note, Paragraph, View, words_of
from tests.adapters.discord.stage import Stage as OnDiscord
from tests.adapters.discord.stage import staged as on_discord
from tests.adapters.local.client import Json, Tab, browser, tab
from tests.adapters.scripted import Script, Stage
from tests.adapters.slack.stage import Stage as Staged
from tests.adapters.slack.stage import staged
from tests.discord.model import Channel
from tests.discord.model import Message as Posted
from tests.discord.permissions import Permission
from tests.discord.reading import drawn_message, marked_up, parse, walk
from tests.discord.reading import links as links_in
from tests.discord.server import DiscordServer
from tests.slack.model import Message, elements
from tests.slack.reading import links, pings


@dataclass
class Seen:
    """A message as one member sees it."""

    words: str = ""
    mentions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    edited: bool = False


class Stand(Protocol):
    """A platform with Ann and Bob in it, an organisers' channel, and a scripted bot."""

    @property
    def platform(self) -> Platform: ...

    script: Script
    ann: Account
    bob: Account
    running: asyncio.Task[None]
    """`platform.run`, since the beginning."""

    async def see(self, reader: Account, conversation: str) -> Sequence[Seen]:
        """What that member sees there, oldest first, whoever said it; nothing where they are not."""
        ...

    async def press(self, who: Account, at: Receipt, action: str) -> None:
        """Press the button that carries this action."""
        ...

    async def say(self, who: Account, conversation: str, text: str) -> None:
        """A person says something there."""
        ...

    async def fetch(self, who: Account, at: Receipt) -> bytes | None:
        """Save the file of a message; None where there is none for them."""
        ...


class _Base:
    def __init__(self, stage: Stage, platform: Platform, running: asyncio.Task[None]) -> None:
        self.stage, self.platform, self.script, self.running = stage, platform, stage.script, running
        self.ann = stage.space.join("Ann Example")
        self.bob = stage.space.join("Bob Example", organiser=True)

    async def say(self, who: Account, conversation: str, text: str) -> None:
        self.stage.space.say(who, conversation, text)


class MemoryStand(_Base):
    """Looks straight into the space."""

    async def see(self, reader: Account, conversation: str) -> Sequence[Seen]:
        space = self.stage.space
        if conversation not in [place.id for place in space.conversations(reader.user)]:
            return []
        said = space.history(conversation, reader.user)
        return [
            _seen(one.view, one.accounts, one.edited) if one.view else Seen(one.text, edited=one.edited) for one in said
        ]

    async def press(self, who: Account, at: Receipt, action: str) -> None:
        await Hands(self.stage.space, self.script).press(who, at.message, action)

    async def fetch(self, who: Account, at: Receipt) -> bytes | None:
        said = {one.id: one for one in self.stage.space.history(at.conversation, who.user)}
        view = said[at.message].view if await self.see(who, at.conversation) and at.message in said else None
        return next((block.content for block in view.blocks if isinstance(block, File)), None) if view else None


def _seen(view: View, accounts: Any, edited: bool) -> Seen:
    spans = [span for block in view.blocks for span in _spans(block)]
    mentioned = [accounts[span.member].user for span in spans if isinstance(span, Mention) and span.member in accounts]
    links = [span.url for span in spans if isinstance(span, Link)]
    buttons = [button.label for block in view.blocks if isinstance(block, Buttons) for button in block.row]
    text = clean("\n".join([view.title, *map(words_of, view.blocks)]))
    files = [block.name for block in view.blocks if isinstance(block, File)]
    return Seen(text, mentioned, links, buttons, files, edited)


def _spans(block: Block) -> Sequence[Span]:
    if isinstance(block, Paragraph | Note):
        return block.text
    return [span for row in block.rows for span in row.text] if isinstance(block, Facts) else ()


class LocalStand(_Base):
    """Looks through a tab: what the browser is told is what is seen."""

    tab: Tab
    session: ClientSession

    async def see(self, reader: Account, conversation: str) -> Sequence[Seen]:
        answer = await self.tab.ask("open", user=reader.user, conversation=conversation)
        messages = answer.get("ok", {"messages": []})["messages"]
        return [_drawn(one) if one["view"] else Seen(one["text"], edited=one["edited"]) for one in messages]

    async def press(self, who: Account, at: Receipt, action: str) -> None:
        where = {"conversation": at.conversation, "message": at.message}
        await self.tab.ok("press", user=who.user, action=action, **where)

    async def fetch(self, who: Account, at: Receipt) -> bytes | None:
        async with self.session.get(f"/file/{at.message}/0", params={"as": who.user}) as response:
            return await response.read() if response.status == 200 else None


def _drawn(message: Json) -> Seen:
    seen, view = Seen(edited=message["edited"]), message["view"]
    parts = [view["title"]]
    for block in view["blocks"]:
        for span in [*block.get("text", ()), *(span for row in block.get("rows", ()) for span in row["text"])]:
            parts.append(span.get("text") or span.get("name") or span.get("when"))
            seen.mentions += filter(None, [span.get("user")])
            seen.links += filter(None, [span.get("url")])
        labels = [button["label"] for button in block.get("row", ())]
        options = [option["label"] for option in block.get("options", ())]
        rows = [row["label"] for row in block.get("rows", ())]
        parts += [*labels, *options, *rows, *block.get("lines", ()), block.get("label", ""), block.get("alt", "")]
        seen.buttons += labels
        seen.files += [block["name"]] if block["is"] == "file" else []
    seen.words = "\n".join(parts)
    return seen


@asynccontextmanager
async def memory() -> AsyncIterator[Stand]:
    stage = Stage()
    platform = MemoryPlatform(stage.space)
    running = asyncio.create_task(platform.run(stage.script))
    yield MemoryStand(stage, platform, running)
    await platform.close()
    await running


@asynccontextmanager
async def local() -> AsyncIterator[Stand]:
    stage = Stage()
    async with stage.open() as platform, browser(platform) as session, tab(session, platform) as opened:
        stand = LocalStand(stage, platform, stage.running)
        stand.tab, stand.session = opened, session
        yield stand


class SlackStand:
    """Looks at people's screens; behind it stand the real SDK and Bolt."""

    def __init__(self, stage: Staged) -> None:
        self._stage, self.slack, self.script = stage, stage.slack, stage.script
        people = [self.slack.person("Ann Example"), self.slack.person("Bob Example")]
        self._people = {person.id: person for person in people}
        self.ann, self.bob = map(stage.account, people)
        self.running: asyncio.Task[None]

    @property
    def platform(self) -> SlackPlatform:
        return self._stage.platform

    async def see(self, reader: Account, conversation: str) -> Sequence[Seen]:
        await self.platform.settled()
        channel, person = self.slack.workspace.channels[conversation], self._people[reader.user]
        drawn = zip(person.sees(channel), person.draws(channel), strict=True)
        return [_on_slack(message, words) for message, words in drawn]

    async def press(self, who: Account, at: Receipt, action: str) -> None:
        """Also what no button there carries: an adapter has to take it from whoever forges it."""
        channel = self.slack.workspace.channels[at.conversation]
        message = channel.find(at.message)
        assert message
        await self._people[who.user].forges(message, {"type": "button", "action_id": f"0.0:{action}", "block_id": "b"})
        await self.platform.settled()

    async def say(self, who: Account, conversation: str, text: str) -> None:
        await self._people[who.user].says(text, self.slack.workspace.channels[conversation])

    async def fetch(self, who: Account, at: Receipt) -> bytes | None:
        seen = self._people[who.user].sees(self.slack.workspace.channels[at.conversation])
        said = next((one for one in seen if at.message.startswith(one.ts)), None)
        return next((file.data for file in said.files if not file.deleted), None) if said else None


def _on_slack(message: Message, words: str) -> Seen:
    buttons = [one["text"]["text"] for _, one in elements(message.blocks) if one["type"] == "button"]
    files = [file.name for file in message.files if not file.deleted]
    return Seen(words, sorted(pings(message)), sorted(links(message)), buttons, files, bool(message.edited))


@asynccontextmanager
async def slack() -> AsyncIterator[Stand]:
    async with staged() as stage:
        organisers, events = stage.slack.channel("organisers"), stage.slack.channel("events")
        stand = SlackStand(stage)
        organisers.members.append(stand.bob.user)
        events.members.extend((stand.ann.user, stand.bob.user))
        await stage.start(channels={"organisers": organisers.id, "events": events.id})
        stand.running = stage.running
        yield stand


class DiscordStand:
    """Looks at people's screens; behind it stands the real discord.py."""

    def __init__(self, stage: OnDiscord) -> None:
        self._stage, self.discord, self.script = stage, stage.discord, stage.script
        people = [self.discord.person("Ann Example"), self.discord.person("Bob Example")]
        self._people = {person.id: person for person in people}
        self.ann, self.bob = map(stage.account, people)
        self.running: asyncio.Task[None]

    @property
    def platform(self) -> DiscordPlatform:
        return self._stage.platform

    async def see(self, reader: Account, conversation: str) -> Sequence[Seen]:
        await self.platform.settled()
        seen = self._people[reader.user].sees(self._channel(conversation))
        return [_on_discord(one, self.discord) for one in seen if one.type in SAID]

    async def press(self, who: Account, at: Receipt, action: str) -> None:
        """Also what no button there carries: an adapter has to take it from whoever forges it."""
        message = next(one for one in self._channel(at.conversation).messages if one.id == at.message)
        await self._people[who.user].forges(message, {"id": 1, "component_type": 2, "custom_id": action})
        await self.platform.settled()

    async def say(self, who: Account, conversation: str, text: str) -> None:
        await self._people[who.user].type(self._channel(conversation), text)

    async def fetch(self, who: Account, at: Receipt) -> bytes | None:
        seen = self._people[who.user].sees(self._channel(at.conversation))
        said = next((one for one in seen if one.id == at.message), None)
        return next((file.data for file in said.attachments), None) if said else None

    def _channel(self, conversation: str) -> Channel:
        return self.discord.network.channels[channel_of(conversation)]


SAID = (0, 19, 20, 23)
"""Discord's types of messages that somebody said; the others tell that something happened."""


def _on_discord(message: Posted, discord: DiscordServer) -> Seen:
    nodes = [node for text in marked_up(message) for node in walk(parse(text))]
    called = sorted({node.to or node.kind for node in nodes if node.kind in ("mention", "everybody")})
    controls = [one for row in message.components for one in row["components"]]
    buttons = [one["label"] for one in controls if one["type"] == 2]
    options = [option["label"] for one in controls for option in one.get("options", ())]
    shown = [drawn_message(message, discord.network), *(one["placeholder"] for one in controls if "placeholder" in one)]
    alts = [one.description or one.filename for one in message.attachments]
    files = [one.filename for one in message.attachments if not one.description]
    words = "\n".join([*shown, *options, *buttons, *alts])
    return Seen(words, called, sorted(links_in(message)), buttons, files, message.edited is not None)


@asynccontextmanager
async def discord() -> AsyncIterator[Stand]:
    async with on_discord() as stage:
        channels, stand = stage.channels(), DiscordStand(stage)
        organisers = stage.discord.network.channels[channels["organisers"]]
        organisers.deny(stage.discord.guild.id, Permission.VIEW_CHANNEL)
        organisers.allow(stage.discord.app.id, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        organisers.allow(stand.bob.user, Permission.VIEW_CHANNEL)
        await stage.start(channels=channels)
        stand.running = stage.running
        yield stand


STANDS: dict[str, Callable[[], AbstractAsyncContextManager[Stand]]] = {
    "memory": memory,
    "local": local,
    "slack": slack,
    "discord": discord,
}
