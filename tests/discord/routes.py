"""The table of endpoints: what each needs, and what a call brings."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord.model import Attachment, Channel, Guild, Json, Message, Refusal
from tests.discord.network import Network
from tests.discord.permissions import Permission

if TYPE_CHECKING:
    from tests.discord.gateway import Gateway
    from tests.discord.interactions import Interactions

Answer = Any
"""What goes back as JSON; None: 204 and nothing."""


@dataclass
class Call:
    """One call of an endpoint, read and authenticated."""

    network: Network
    interactions: "Interactions"
    gateway: "Gateway"
    params: dict[str, str]
    query: dict[str, str]
    body: Json
    files: dict[int, Attachment] = field(default_factory=dict)

    @property
    def me(self) -> str:
        return self.network.app.id

    def channel(self, name: str = "channel") -> Channel:
        """The channel the path names, if the application may see it."""
        found = self.network.channels.get(self.params[name])
        if found is None:
            raise Refusal(404, 10003, "Unknown Channel")
        if not self.network.sees(self.me, found):
            raise Refusal(403, 50001, "Missing Access")
        return found

    def message(self, channel: Channel) -> Message:
        found = channel.find(self.params["message"])
        if found is None or found.reader:
            raise Refusal(404, 10008, "Unknown Message")
        return found

    def guild(self) -> Guild:
        """The server the path names, if the application is in it."""
        found = self.network.guilds.get(self.params["guild"])
        if found is None:
            raise Refusal(404, 10004, "Unknown Guild")
        if self.me not in found.members:
            raise Refusal(403, 50001, "Missing Access")
        return found

    def user(self, name: str = "user") -> str:
        found = self.params[name]
        if found == "@me":
            return self.me
        if found not in self.network.users:
            raise Refusal(404, 10013, "Unknown User")
        return found

    def needs(self, channel: Channel, *permissions: Permission) -> None:
        """Refuse unless the application may do all of these there."""
        if channel.guild and any(not self.network.may(self.me, channel) & one for one in permissions):
            raise Refusal(403, 50013, "Missing Permissions")

    def whole(self, name: str, least: int, most: int, otherwise: int) -> int:
        """A number of the query."""
        given = self.query.get(name)
        if given is None:
            return otherwise
        if not given.isdecimal() or not least <= int(given) <= most:
            told = {"code": "NUMBER_TYPE_MAX", "message": f"int value should be between {least} and {most}."}
            raise Refusal(400, 50035, "Invalid Form Body", errors={name: {"_errors": [told]}})
        return int(given)


Run = Callable[[Call], Answer]


@dataclass(frozen=True)
class Endpoint:
    """One row of the table."""

    method: str
    path: str
    run: Run
    open: bool = False
    """No token of the application is needed: the path holds one."""
    status: int = 200


ENDPOINTS: list[Endpoint] = []


def endpoint(method: str, path: str, *, open: bool = False, status: int = 200) -> Callable[[Run], Run]:
    """Enter this function into the table."""

    def enter(run: Run) -> Run:
        ENDPOINTS.append(Endpoint(method, path, run, open, status))
        return run

    return enter


def matches(pattern: str, path: str) -> bool:
    """Whether a path is of this pattern: `*` or `{name}` stands for one part of it."""
    made = re.sub(r"\\\*|\\\{\w+\\\}", "[^/]+", re.escape(pattern))
    return re.fullmatch(made, path) is not None
