"""One network on Slack and Discord at once, both of our tests, put together and run as `headsup run` does it."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from bot.chat.address import Account
from bot.config import read_config
from bot.door import ground
from bot.door.real import live, open_real
from bot.door.wiring import Parts
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from tests.discord.model import Channel
from tests.discord.person import Person as OnDiscord
from tests.discord.server import DiscordServer
from tests.door import discord_network, slack_network
from tests.door.crowds import settled
from tests.door.discord_network import places, waits
from tests.door.slack_network import TALK, TICK, asked, letters, rows
from tests.slack.person import Person as OnSlack
from tests.slack.server import SlackServer


@dataclass
class Head:
    """Somebody, on one of the two, or on both."""

    name: str
    slack: OnSlack | None
    discord: OnDiscord | None

    @property
    def accounts(self) -> list[Account]:
        """The first of them is older."""
        slack, discord = self.slack, self.discord
        return [
            *([Account("slack", slack.slack.team.id, slack.id)] if slack else []),
            *([Account("discord", discord.guild.id, discord.id)] if discord else []),
        ]

    @property
    def platforms(self) -> set[str]:
        return {one.platform for one in self.accounts}


@dataclass
class Both:
    """The two, whose organisers have a channel on each; `parts` while the bot runs."""

    on_slack: slack_network.Network
    on_discord: discord_network.Network
    clock: SteppableClock
    folder: Path
    parts: Parts = field(init=False)
    heads: list[Head] = field(default_factory=list)
    _places: dict[str, list[Channel]] = field(default_factory=dict)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Parts]:
        """The parts, of which none runs."""
        configured, heart = read_config(self.folder / "config.toml"), StepHeart(self.clock, TICK)
        async with ground.prepared(configured, fresh=False), open_real(configured, self.clock, heart) as parts:
            self.parts = parts
            yield parts

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self.opened() as parts:
            stop = asyncio.Event()
            living = asyncio.create_task(live(parts, stop))
            try:
                await self.connected()
                await parts.platforms["discord"].listed()  # type: ignore[attr-defined]
                yield
            finally:
                stop.set()
                await living

    async def connected(self) -> None:
        """Both are listened to."""
        await self.on_slack.slack.connected(2)
        await self.on_discord.discord.connected()

    async def settle_in(self, count: int, both: int) -> None:
        """So many heads are members, of whom so many have an account on either; the others are half and half."""
        slack, discord = self.on_slack.slack, self.on_discord.discord
        alone = (count - both) // 2
        for number in range(count):
            name = f"Head {number}"
            here = slack.person(name) if number < alone + both else None
            self.heads.append(Head(name, here, discord.person(name) if number >= alone else None))
        async with self.opened():
            await settled(self, [head.accounts for head in self.heads])

    # what happened

    def pairs(self) -> dict[str, list[frozenset[int]]]:
        """Who was introduced on which Monday, by the place of each among the heads."""
        found: dict[int, tuple[str, set[int]]] = {}
        query = 'SELECT g.id, g.day, m.member FROM groups g JOIN group_members m ON m."group" = g.id'
        for group, day, member in rows(self, query):
            found.setdefault(group, (day, set()))[1].add(member - 1)
        weeks: dict[str, list[frozenset[int]]] = {}
        for day, who in found.values():
            weeks.setdefault(day, []).append(frozenset(who))
        return weeks

    def together(self, pair: Sequence[Head], since: datetime) -> int:
        """How many introductions these have had since then in conversations of theirs, on either platform."""
        return sum(1 for _ in self._together(pair, since.timestamp()))

    def _together(self, pair: Sequence[Head], since: float) -> Iterator[object]:
        slack, discord = [one.slack for one in pair], [one.discord for one in pair]
        if all(slack):
            mpim = self.on_slack.slack.workspace.mpim_of(one.id for one in slack if one)
            yield from (one for one in (mpim.messages if mpim else ()) if one.app and float(one.ts) >= since)
        if all(discord):
            who, parent = {one.id for one in discord if one}, self.on_discord.channels["introductions"].id
            for thread in self.on_discord.discord.network.channels.values():
                if thread.thread and thread.parent == parent and who <= thread.thread.members.keys():
                    yield from (one for one in thread.messages if one.nonce and one.at >= since)

    def alone(self, head: Head, since: datetime) -> list[tuple[str, str]]:
        """What the bot has written to them alone since then: the platform, and the words as they are drawn."""
        at, said = since.timestamp(), []
        if head.slack:
            drawn = zip(head.slack.sees(), head.slack.draws(), strict=True)
            said += [("slack", text) for one, text in drawn if one.app and not one.reader and float(one.ts) >= at]
        if head.discord:
            for place in self._places.get(head.discord.id, ()):
                drawn_there = zip(head.discord.sees(place), head.discord.draws(place), strict=True)
                said += [("discord", text) for one, text in drawn_there if one.nonce and one.at >= at]
        return said

    def look(self) -> None:
        """Look anew where people are written to on Discord."""
        self._places = places(self.on_discord)

    async def answer(self, head: Head) -> list[str]:
        """They answer what they are asked, wherever that is. Says where it was."""
        where = []
        if head.slack and asked(head.slack):
            await head.slack.press(TALK)
            await self.parts.platforms["slack"].settled()  # type: ignore[attr-defined]
            where.append("slack")
        if head.discord:
            own = [one for place in self._places.get(head.discord.id, ()) for one in place.messages if waits(one)]
            for message in own:
                await head.discord.press(message, TALK)
                where.append("discord")
        return where


def names(text: str, head: Head) -> bool:
    """Whether that head is named there, and not only one whose name begins like it."""
    return re.search(rf"{head.name}\b", text) is not None


def put_together(slack: SlackServer, discord: DiscordServer, clock: SteppableClock, folder: Path) -> Both:
    """A workspace and a server, as their documents set them up."""
    anna = slack.person("Anna Ford")
    organisers = slack.channel("organisers", anna, private=True)
    on_slack = slack_network.Network(slack, clock, folder, anna, organisers)
    return Both(on_slack, discord_network.networked(discord, clock, folder), clock, folder)


def configure(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """One config file for the two."""
    slack_network.configure(both.on_slack, monkeypatch)
    _, head, section = (both.folder / "config.toml").read_text().partition("[slack]")
    discord_network.configure(both.on_discord, monkeypatch, head + section)


def all_said_once(both: Both) -> None:
    """What the outbox calls sent stands on one of the two, each letter once, and nothing was given up."""
    kept = letters(both)
    wrong = [row for row in kept if row[1] not in ("sent", "cancelled")]
    assert not wrong
    on_slack = [one for one in both.on_slack.slack.posted() if one.metadata]
    on_discord = [one for one in both.on_discord.discord.posted() if one.nonce]
    marks = [str(one.metadata["event_payload"]["mark"]) for one in on_slack if one.metadata]
    marks += [str(one.nonce) for one in on_discord]
    assert max(Counter(marks).values()) == 1
    standing = {one.ts for one in on_slack} | {one.id for one in on_discord}
    sent = {message for _, state, message, *_ in kept if state == "sent" and message}
    assert sent <= standing
