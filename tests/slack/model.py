"""What there is in a workspace: accounts, conversations, messages, views, files, and the app that is installed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
"""A JSON object as it stands on the wire."""


class Refusal(Exception):
    """Slack says no: the error's name, the status, and what else stands in the answer."""

    def __init__(self, error: str, *messages: str, status: int = 200, **more: Any) -> None:
        super().__init__(error)
        self.error, self.status = error, status
        self.more: Json = dict(more)
        if messages:
            self.more |= {
                "errors": list(messages),
                "response_metadata": {"messages": [f"[ERROR] {m}" for m in messages]},
            }


@dataclass(frozen=True)
class Team:
    """A workspace, perhaps one of an Enterprise Grid."""

    id: str
    domain: str
    name: str
    enterprise: str | None = None
    enterprise_name: str | None = None


BOT_SCOPES = frozenset(
    [
        "chat:write",
        "im:write",
        "mpim:write",
        "im:history",
        "im:read",
        "mpim:read",
        "channels:read",
        "groups:read",
        "channels:join",
        "users:read",
        "commands",
        "files:write",
        "pins:write",
        "team:read",
    ]
)
"""What a test's app may do unless it says otherwise. Not `mpim:history`, `channels:history` or `groups:history`."""

EVENTS = frozenset(
    [
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "member_joined_channel",
        "member_left_channel",
        "message.im",
        "team_join",
        "tokens_revoked",
        "user_change",
    ]
)


@dataclass
class App:
    """The app under test, as Slack knows it."""

    id: str = "A0HEADSUP"
    name: str = "HeadsUp"
    user: str = "U0HEADSUP"
    bot: str = "B0HEADSUP"
    bot_token: str = "xoxb-test-bot-token"
    app_token: str = "xapp-1-test-app-token"
    signing_secret: str = "test-signing-secret"
    verification_token: str = "test-verification-token"
    scopes: frozenset[str] = BOT_SCOPES
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    events: frozenset[str] = EVENTS
    distributed: bool = False
    """Distributed and not on the Marketplace: history is read once a minute, 15 messages at a time."""
    home_tab: bool = True
    messages_tab: bool = True
    token_error: str = ""
    """What every call is refused with: `token_revoked`, `account_inactive`, `invalid_auth`."""


class Kind(StrEnum):
    """What sort of conversation it is: also the first half of the scopes that read it."""

    CHANNEL = "channels"
    PRIVATE = "groups"
    IM = "im"
    MPIM = "mpim"


@dataclass
class Account:
    """Somebody, or a bot, as the directory of the workspace shows them."""

    id: str
    name: str
    team: str
    tz: str = "Europe/London"
    locale: str = "en-GB"
    guest: bool = False
    bot: bool = False
    external: bool = False
    deleted: bool = False
    admin: bool = False
    owner: bool = False
    """The workspace's first owner, who is an admin too."""
    display_name: str = ""
    email: str = ""

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", ".")


@dataclass
class File:
    """Something uploaded: `data` is there once it was put, `shared` in which conversations; blocks can show it from
    `ready_at` on."""

    id: str
    name: str
    length: int
    alt: str = ""
    title: str = ""
    data: bytes | None = None
    complete: bool = False
    ready_at: float = 0.0
    deleted: bool = False
    shared: list[str] = field(default_factory=list)


@dataclass
class Message:
    """One message as it stands now; `reader` is the one person who sees an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    app: bool = False
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread: str | None = None
    edited: str | None = None
    reader: str | None = None
    files: list[File] = field(default_factory=list)
    pinned: bool = False
    unfurls: bool = True
    chosen: dict[str, Json] = field(default_factory=dict)
    """What each reader chose in its selects and boxes: `{user: {block_id: {action_id: state}}}`."""
    before: list[str] = field(default_factory=list)
    """The texts it had before each edit."""

    @property
    def shown(self) -> str:
        """What a sighted reader reads: the blocks where there are any, else the text."""
        return "\n".join(shown_texts(self.blocks)) if self.blocks else self.text


@dataclass
class Channel:
    """A conversation with its members and messages; `messages` holds ephemeral ones too."""

    id: str
    kind: Kind
    name: str = ""
    members: list[str] = field(default_factory=list)
    created: int = 0
    archived: bool = False
    shared: bool = False
    """With another organisation (Slack Connect)."""
    messages: list[Message] = field(default_factory=list)
    removed: list[Message] = field(default_factory=list)

    def find(self, ts: str) -> Message | None:
        return next((one for one in reversed(self.messages) if one.ts == ts and not one.reader), None)


@dataclass
class View:
    """A modal on somebody's screen, or somebody's App Home."""

    id: str
    user: str
    given: Json
    hash: str
    root: str
    previous: str | None = None
    errors: Json = field(default_factory=dict)
    values: Json = field(default_factory=dict)
    """What was filled in so far: `{block_id: {action_id: state}}`."""

    @property
    def blocks(self) -> list[Json]:
        return list(self.given["blocks"])

    @property
    def title(self) -> str:
        return str(self.given.get("title", {}).get("text", ""))

    @property
    def shown(self) -> str:
        return "\n".join(shown_texts(self.blocks))


def shown_texts(blocks: object) -> Iterator[str]:
    """Every text a block shows, in order: texts, labels, options, alt texts."""
    if isinstance(blocks, list):
        for one in blocks:
            yield from shown_texts(one)
    elif isinstance(blocks, dict):
        yield from (str(blocks[key]) for key in ("text", "alt_text") if isinstance(blocks.get(key), str))
        for key, value in blocks.items():
            if key not in ("confirm", "state") and isinstance(value, dict | list):
                yield from shown_texts(value)


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with the block it stands in."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from ((block, one) for one in inside if isinstance(one, dict) and "action_id" in one)
