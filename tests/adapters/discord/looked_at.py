"""A small Discord that answers what `headsup check` asks of it, and counts who would change anything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.discord.commands import asked_for
from adapters.discord.permissions import bit

TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAx.GaBcDe.not-a-token"
BOT, APPLICATION, SERVER, ANNA, OWNER = (f"1{n}0000000000000001" for n in range(1, 6))
EVERYBODY, MEMBERS, BOTS = SERVER, "160000000000000001", "170000000000000001"
IDS = {
    "organisers": "210000000000000001",
    "events": "250000000000000001",
    "news": "260000000000000001",
    "introductions": "220000000000000001",
    "inbox": "230000000000000001",
    "start": "240000000000000001",
}
MEMBERS_INTENT, CONTENT_INTENT = 1 << 15, 1 << 19

Json = dict[str, Any]


def bits(*names: str) -> int:
    return sum(bit(name) for name in names)


def overwrite(id: str, allow: int = 0, deny: int = 0, member: bool = False) -> Json:
    return {"id": id, "type": int(member), "allow": str(allow), "deny": str(deny)}


@dataclass
class LookedAt:
    """One application in one server, as the guide sets them up. `touched` counts what is more than a look."""

    application: Json = field(default_factory=dict)
    server: Json = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    """What is answered to the end of a path instead."""
    touched: int = 0
    url: str = ""

    def __post_init__(self) -> None:
        everybody = bits("view_channel", "send_messages", "send_messages_in_threads", "read_message_history")
        self.application = {"id": APPLICATION, "flags": 0, "bot_public": False, "bot_require_code_grant": False}
        self.server = {"id": SERVER, "owner_id": OWNER, "roles": [self.role(EVERYBODY, everybody), self.role(MEMBERS)]}
        self.server["roles"].append(self.role(BOTS, bits(*asked_for(scheduled_events=True)), managed=True))
        self.channels = {name: {"id": id, "type": 0, "permission_overwrites": []} for name, id in IDS.items()}
        view = bit("view_channel")
        self.overwrite("organisers", overwrite(EVERYBODY, deny=view), overwrite(BOTS, allow=view))
        self.members = {BOT: [BOTS], ANNA: [MEMBERS]}

    @staticmethod
    def role(id: str, permissions: int = 0, managed: bool = False) -> Json:
        return {"id": id, "permissions": str(permissions), "managed": managed}

    def overwrite(self, name: str, *overwrites: Json) -> None:
        self.channels[name]["permission_overwrites"] = list(overwrites)

    async def answer(self, request: web.Request) -> web.Response:
        path, self.touched = request.path, self.touched + (request.method != "GET")
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
        status = next((one for end, one in self.statuses.items() if path.endswith(end)), 0)
        given = None if status else self.given(path.removeprefix("/api/v10"))
        if given is None:
            return web.json_response({"message": "Missing Access", "code": 50001}, status=status or 403)
        return web.json_response(given)

    def given(self, path: str) -> Any:
        match path.strip("/").split("/"):
            case ["users", "@me"]:
                return {"id": BOT, "username": "HeadsUp", "bot": True, "mfa_enabled": False}
            case ["applications", "@me"]:
                return self.application
            case ["guilds", server] if server == SERVER:
                return self.server
            case ["guilds", server, "channels"] if server == SERVER:
                return list(self.channels.values())
            case ["guilds", server, "members", user] if server == SERVER and user in self.members:
                return {"user": {"id": user}, "roles": self.members[user]}
            case ["applications", app, "commands"] if app == APPLICATION:
                return self.commands
        return None


@asynccontextmanager
async def looked_at() -> AsyncIterator[LookedAt]:
    """Serve it on a port of this machine."""
    discord, app = LookedAt(), web.Application()
    app.router.add_route("*", "/{path:.*}", discord.answer)
    async with TestServer(app) as server:
        discord.url = str(server.make_url("/api/v10"))
        yield discord
