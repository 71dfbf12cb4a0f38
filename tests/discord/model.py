"""What there is on Discord: the application, servers and their members, channels, threads, messages, forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tests.discord.permissions import EVERYONE, Overwrite, Permission

Json = dict[str, Any]
"""A JSON object as it stands on the wire."""

EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_EMBEDS = 1 << 2
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15


class Refusal(Exception):
    """Discord says no: the status, its own code, and the words and errors that go with it."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(f"{code} {message}")
        self.status, self.code, self.message = status, code, message
        self.more: Json = dict(more)


class Intent(IntEnum):
    """What a gateway session may hear of."""

    GUILDS = 1 << 0
    MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


class Kind(IntEnum):
    """What sort of channel it is."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    NEWS = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


@dataclass
class App:
    """The application under test, as the developer portal has it."""

    id: str = "1100000000000000001"
    name: str = "HeadsUp"
    token: str = "MTEw.test.bot-token"
    members_intent: bool = True
    presences_intent: bool = False
    content_intent: bool = False
    public: bool = False
    token_revoked: bool = False

    @property
    def flags(self) -> int:
        """The limited variants of the privileged intents: what an app in fewer than a hundred servers has."""
        limited = ((self.presences_intent, 1 << 13), (self.members_intent, 1 << 15), (self.content_intent, 1 << 19))
        return sum(flag for on, flag in limited if on)

    @property
    def privileged(self) -> int:
        """The privileged intents a session may ask for."""
        switched = (
            (self.presences_intent, Intent.PRESENCES),
            (self.members_intent, Intent.MEMBERS),
            (self.content_intent, Intent.MESSAGE_CONTENT),
        )
        return sum(intent for on, intent in switched if on)


@dataclass(eq=False)
class User:
    """Somebody's account, the same in every server."""

    id: str
    username: str
    global_name: str | None = None
    bot: bool = False
    system: bool = False
    dms: bool = True
    """Whether they take direct messages of people they only share a server with."""
    blocks: bool = False
    """Whether they blocked the application."""
    locale: str = "en-GB"
    deleted: bool = False


@dataclass(eq=False)
class Role:
    """A role of a server."""

    id: str
    name: str
    permissions: int = 0


@dataclass(eq=False)
class Member:
    """A user in one server."""

    user: User
    joined: str
    nick: str | None = None
    roles: list[str] = field(default_factory=list)
    pending: bool = False
    """They have not yet passed the server's screening."""


@dataclass(eq=False)
class Guild:
    """A server."""

    id: str
    name: str
    owner: str
    members: dict[str, Member] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    locale: str = "en-US"
    joined: str = ""
    """When the application came in."""
    unavailable: bool = False
    most_threads: int = 1000
    """Threads that may be active at once."""
    scheduled: dict[str, "Scheduled"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roles.setdefault(self.id, Role(self.id, "@everyone", EVERYONE))

    def role(self, id: str, name: str, permissions: int) -> Role:
        self.roles[id] = Role(id, name, permissions)
        return self.roles[id]


@dataclass(eq=False)
class Scheduled:
    """An event in a server's own list, at a place outside (EXTERNAL)."""

    id: str
    guild: str
    creator: str
    name: str = ""
    location: str = ""
    starts_at: float = 0.0
    ends_at: float = 0.0
    description: str | None = None

    def status(self, now: float) -> int:
        """SCHEDULED, ACTIVE or COMPLETED: Discord starts and ends one of this kind by itself."""
        return 1 + (now >= self.starts_at) + (now >= self.ends_at)


@dataclass(eq=False)
class Attachment:
    """A file that came with a message."""

    id: str
    filename: str
    data: bytes
    content_type: str = "application/octet-stream"
    description: str | None = None


@dataclass(eq=False)
class Message:
    """One message as it stands now; `reader` is the one person who sees an ephemeral one."""

    id: str
    channel: str
    author: str
    content: str = ""
    at: float = 0.0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    nonce: str | int | None = None
    edited: float | None = None
    reader: str | None = None
    allowed_mentions: Json | None = None
    interaction: Json | None = None
    """Which interaction it answers, as the message shows it."""
    webhook: bool = False
    pinned: float | None = None
    """Since when."""
    before: list[str] = field(default_factory=list)
    """The contents it had before each edit."""

    @property
    def shown(self) -> str:
        """What a reader reads: the words, then each embed, then the names of the controls."""
        return "\n".join(shown_texts(self))

    @property
    def system(self) -> bool:
        """Discord itself put it there: somebody was added, a thread was renamed."""
        return self.type not in (0, 19, 20, 23)

    @property
    def loading(self) -> bool:
        """It says that the application is thinking."""
        return bool(self.flags & LOADING)


@dataclass(eq=False)
class Channel:
    """A channel of a server, a direct conversation, or a thread; `messages` holds ephemeral ones too."""

    id: str
    kind: Kind
    name: str = ""
    guild: str | None = None
    parent: str | None = None
    recipients: list[str] = field(default_factory=list)
    """In a direct conversation: the person, without the application."""
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    removed: list[Message] = field(default_factory=list)
    thread: "ThreadState | None" = None
    position: int = 0
    last_message: str | None = None

    @property
    def is_thread(self) -> bool:
        return self.thread is not None

    def find(self, id: object) -> Message | None:
        return next((one for one in reversed(self.messages) if one.id == id), None)

    def allow(self, who: str, *permissions: Permission) -> None:
        """Allow this role or member something here, whatever the server says."""
        old = self.overwrites.get(who, Overwrite())
        more = sum(permissions)
        self.overwrites[who] = Overwrite(old.allow | more, old.deny & ~more)

    def deny(self, who: str, *permissions: Permission) -> None:
        """Deny it."""
        old = self.overwrites.get(who, Overwrite())
        more = sum(permissions)
        self.overwrites[who] = Overwrite(old.allow & ~more, old.deny | more)


@dataclass(eq=False)
class ThreadState:
    """What a thread has besides what every channel has."""

    owner: str
    created: str
    members: dict[str, str] = field(default_factory=dict)
    """User id: when they came in."""
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive: int = 4320
    archive_changed: str = ""
    last_activity: float = 0.0


@dataclass(eq=False)
class Modal:
    """A form on somebody's screen."""

    custom_id: str
    title: str
    components: list[Json]
    message: Message | None = None
    """The message whose control opened it."""
    channel: str = ""
    values: Json = field(default_factory=dict)
    """What was filled in so far, by the custom id of the field."""

    @property
    def shown(self) -> str:
        return "\n".join([self.title, *(text for one in self.components for text in _component_texts(one))])


def shown_texts(message: Message) -> Iterator[str]:
    """Every text of a message, in order."""
    if message.content:
        yield message.content
    for embed in message.embeds:
        yield from (str(embed[key]) for key in ("title", "description") if embed.get(key))
        for one in embed.get("fields", []):
            yield f"{one['name']}: {one['value']}"
        if embed.get("footer"):
            yield str(embed["footer"]["text"])
    for attachment in message.attachments:
        yield attachment.description or attachment.filename
    for component in message.components:
        yield from _component_texts(component)


def _component_texts(component: Json) -> Iterator[str]:
    for key in ("label", "placeholder", "content", "description"):
        if isinstance(component.get(key), str):
            yield component[key]
    for option in component.get("options", []):
        yield from (str(option[key]) for key in ("label", "description") if option.get(key))
    for one in component.get("components", []):
        yield from _component_texts(one)
    if isinstance(component.get("component"), dict):
        yield from _component_texts(component["component"])


def controls(components: list[Json]) -> Iterator[Json]:
    """Each control that has a custom id, however deep it stands."""
    for one in components:
        if "custom_id" in one:
            yield one
        inside = [*one.get("components", []), one.get("component"), one.get("accessory")]
        yield from controls([each for each in inside if isinstance(each, dict)])
