"""How a Web API method is written down, and what a call of one brings."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.slack.limits import Throttle
from tests.slack.model import Channel, Json, Kind, Refusal
from tests.slack.sockets import Sockets
from tests.slack.workspace import Workspace

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute: Slack says `20+` and so on; here the plus is nothing."""


@dataclass
class Call:
    """One call: who is asked, with what."""

    workspace: Workspace
    throttle: Throttle
    sockets: Sockets
    host: str
    args: Json

    def text(self, name: str, default: str | None = None) -> str:
        """A string; without a default it must be there."""
        value = self.args.get(name)
        if value in (None, ""):
            if default is None:
                raise Refusal("invalid_arguments", f"missing required field: {name}")
            return default
        if not isinstance(value, str | int | float):
            raise Refusal("invalid_arguments", f"must be a string [json-pointer:/{name}]")
        return str(value)

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.args.get(name) or default)
        except ValueError:
            raise Refusal("invalid_arguments", f"must be an integer [json-pointer:/{name}]") from None

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """A structure, given as itself in a JSON body or as a string in a form."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refusal(error) from None

    def needs(self, scope: str) -> None:
        """Refuse a token that was not granted this."""
        scopes = self.workspace.app.scopes
        self.workspace.scopes_used.add(scope)
        if scope not in scopes:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(scopes)))

    def channel(self, name: str = "channel") -> Channel:
        """A conversation the app can see."""
        found = self.workspace.channels.get(self.text(name))
        me = self.workspace.app.user
        if found is None or (found.kind is not Kind.CHANNEL and me not in found.members):
            raise Refusal("channel_not_found")
        return found


Run = Callable[[Call], Json | Awaitable[Json]]


@dataclass(frozen=True)
class Method:
    """A method with the calls a minute its tier allows and the scope its token needs."""

    name: str
    run: Run
    a_minute: int | None
    scope: str = ""
    app_token: bool = False


class Methods(dict[str, Method]):
    """Those of one module, by name."""

    def __call__(
        self, name: str, tier: int | None = None, scope: str = "", app_token: bool = False
    ) -> Callable[[Run], Run]:
        def keep(run: Run) -> Run:
            self[name] = Method(name, run, TIERS.get(tier or 0), scope, app_token)
            return run

        return keep


def page(call: Call, everything: list[Any], most: int = 1000) -> tuple[list[Any], Json]:
    """The page a cursor points to, and where the next one is."""
    limit = call.number("limit", 0)
    if not 0 <= limit <= most:
        raise Refusal("invalid_limit")
    cursor = call.text("cursor", "next:0")
    if not (cursor.startswith("next:") and cursor[5:].isdecimal() and int(cursor[5:]) <= len(everything)):
        raise Refusal("invalid_cursor")
    start, end = int(cursor[5:]), int(cursor[5:]) + (limit or len(everything))
    following = f"next:{end}" if end < len(everything) else ""
    return everything[start:end], {"response_metadata": {"next_cursor": following}}
