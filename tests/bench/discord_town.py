"""The Discord of our tests with 10,000 people who press, each payload made before the clock runs."""

import json
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from aiohttp import web

from adapters.discord.render import draw_view
from bot.chat.text import plain
from bot.chat.view import Buttons, Paragraph, View, button
from bot.checkins.actions import AnswerCheckin
from tests.bench.discord_app import talk_of, user_of
from tests.bench.slack_town import LABELS, QUESTION
from tests.bench.towns import Far, Pressing, far
from tests.bench.work import MEMBERS_THERE, group_of
from tests.discord import payloads
from tests.discord.interactions import Done
from tests.discord.model import Channel, Kind, Member, Message, User
from tests.discord.routes import ENDPOINTS
from tests.discord.server import DiscordServer
from tests.discord.web import PREFIX

CALLBACK = "/interactions/{interaction}/{token}/callback"
_STRIDE = 6_373


@dataclass(frozen=True)
class Click:
    """One press, ready to be sent."""

    id: str
    data: str


class Town(Pressing[Click]):
    """A server of 10,000 people who press, and what has come back."""

    def __init__(self, discord: DiscordServer) -> None:
        super().__init__()
        self.discord, self.numbers = discord, count()

    async def answered(self, request: web.Request) -> web.Response:
        """Answers are counted here, without the server's own book-keeping."""
        await request.read()
        id = request.match_info["interaction"]
        self.came(id)
        if "with_response" not in request.query:
            return web.Response(status=204)
        told = {"interaction": {"id": id, "type": Done.COMPONENT}, "resource": {"type": 7}}
        # As Discord says it, without a charset: discord.py takes anything else for text, and fails over it.
        return web.Response(body=json.dumps(told), headers={"Content-Type": "application/json"})

    def clicks(self, many: int) -> list[Click]:
        return [self._click(next(self.numbers)) for _ in range(many)]

    def _click(self, number: int) -> Click:
        """[We talked], under the question of this week; each of another member, as their turns come."""
        who, network = number * _STRIDE % MEMBERS_THERE, self.discord.network
        rows = [button(label, AnswerCheckin(group_of(who), one)) for label, one in LABELS.items()]
        drawn = draw_view(View((Paragraph(plain(QUESTION)), Buttons(tuple(rows)))), {})
        channel = network.channels[talk_of(who)]
        shown = Message(network.new_id(), channel.id, network.app.id, drawn["content"], components=drawn["components"])
        control = drawn["components"][0]["components"][0]
        pressed = payloads.pressed(network, shown, control, None)
        made = payloads.interaction(network, user_of(who), channel, Done.COMPONENT, pressed)
        id = network.new_id()
        made = payloads.on_message(made, shown, network) | {"id": id, "token": f"token-{number}"}
        return Click(id, json.dumps(made))

    async def send(self, click: Click) -> None:
        session = next(iter(self.discord.gateway.sessions.values()))
        session.sequence += 1
        said = f'{{"op":0,"t":"INTERACTION_CREATE","s":{session.sequence},"d":{click.data}}}'.encode()
        self.sent[click.id] = time.perf_counter()
        assert session.link
        packer = session.link.packer
        packed = packer.compress(said) + packer.flush(zlib.Z_SYNC_FLUSH) if packer else said
        await session.link.ws.send_bytes(packed)


@asynccontextmanager
async def town() -> AsyncIterator[Town]:
    discord = DiscordServer()
    here = Town(discord)
    usual = dict(enumerate(ENDPOINTS))
    ENDPOINTS[:] = [one for one in ENDPOINTS if one.path != CALLBACK]
    try:
        made = discord.api.app()
        made.router.add_post(PREFIX + CALLBACK, here.answered)
    finally:
        ENDPOINTS[:] = list(usual.values())
    discord.api.app = lambda: made  # type: ignore[method-assign]
    async with discord:
        for number in range(MEMBERS_THERE):
            user = discord.network.add(User(user_of(number), f"head.{number}", f"Head {number}"))
            discord.guild.members[user.id] = Member(user, discord.network.now())
            discord.network.keep(Channel(talk_of(number), Kind.DM, recipients=[user.id]))
        yield here


@asynccontextmanager
async def running(town: Town, what: str, folder: Path, database: str = "") -> AsyncIterator[Far]:
    """An app that has connected, alone."""
    discord = town.discord
    words = (what, str(folder), discord.api_url, discord.guild.id, database)
    if what == "headsup":
        async with far("tests.bench.discord_app", "settle", *words[1:]):
            """Whoever lets ten thousand in has more in mind afterwards than whoever serves them."""
    async with far("tests.bench.discord_app", *words) as app:
        await discord.connected()
        yield app
