"""Whether each channel that the config names is what it has to be: the bot may write there, and who reads along is
who should."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.discord.permissions import bit, in_channel, in_server, title, who_sees
from adapters.discord.settings import CHANNELS, DiscordSettings
from bot.chat.address import ORGANISERS
from bot.core.feature import Finding

ERROR, WARNING = "error", "warning"
TEXT = 0
KINDS = {2: "a voice channel", 4: "a category", 5: "an announcement channel", 13: "a stage", 15: "a forum"}

_SAID = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
_THREADS = (
    "view_channel",
    "create_private_threads",
    "send_messages_in_threads",
    "embed_links",
    "attach_files",
    "read_message_history",
)
NEEDS: Mapping[str, Sequence[str]] = {
    "organisers": _SAID,
    "events": _SAID,
    "news": _SAID,
    "introductions": _THREADS,
    "inbox": _THREADS,
    "start": ("view_channel", "send_messages", "embed_links", "read_message_history"),
}
"""What the bot does in each channel."""
PINNED = ("events", "news")
"""The channels in which it pins what is to stay in sight."""
WITHOUT: Mapping[str, str] = {
    "events": "what is coming is posted in no channel there",
    "news": "what is to be known is posted in no channel there",
    "introductions": "people who are introduced get a letter each, and no thread of their own",
    "inbox": "who takes no direct messages is not reached at all",
    "start": "newcomers find no button to begin with, and have to know /headsup start",
}
"""What becomes of it where a channel is not named."""
_ROLES = "in Discord, right-click that channel, Edit Channel, Permissions,"
_COPY = 'in Discord, right-click the channel, Copy Channel ID: channels = {{ {} = "123456789012345678" }}'


@dataclass(frozen=True)
class Seen:
    """A server as the bot sees it: itself, its channels, and the bot's own id and roles."""

    server: Mapping[str, Any]
    channels: Sequence[Mapping[str, Any]]
    me: str
    roles: Sequence[str]

    @property
    def id(self) -> str:
        return str(self.server["id"])


def look_at_channels(settings: DiscordSettings, seen: Sequence[Seen]) -> Iterator[Finding]:
    """What is not well with them, in the servers that the bot is in."""
    for name in CHANNELS:
        id = settings.channels.get(name)
        if id is None:
            yield _missing(name)
            continue
        places = [(one, channel) for one in seen for channel in one.channels if channel.get("id") == id]
        if places:
            yield from _look_at(name, *places[0])
        elif len(seen) == len(settings.servers):
            says = "there is no such channel in the servers that are served"
            yield Finding(ERROR, _place(name), says, _COPY.format(name))


def look_at_events(settings: DiscordSettings, seen: Sequence[Seen]) -> Iterator[Finding]:
    """Whether what is coming can stand in the server's own list, where it is to: in the server of its channel."""
    channel = settings.channels.get("events")
    for one in seen if settings.scheduled_events else ():
        is_there = any(each.get("id") == channel for each in one.channels)
        if is_there and not in_server(one.server, one.roles) & bit("create_events"):
            says = (
                f"it is on, and the bot lacks Create Events in the server {one.id}, so its list of events stays empty"
            )
            mend = "in Discord, open Server Settings, Roles, HeadsUp, and allow Create Events"
            yield Finding(ERROR, "discord.scheduled_events", says, mend)


def _missing(name: str) -> Finding:
    if name == ORGANISERS.name:
        says = "the organisers have no channel, so nobody hears who waits to be let in"
        mend = "in Discord, make a private text channel for the organisers and HeadsUp;"
        return Finding(ERROR, _place(name), says, f"{mend} {_COPY.format(name).removeprefix('in Discord, ')}")
    return Finding(WARNING, _place(name), f"there is none, so {WITHOUT[name]}", _COPY.format(name))


def _look_at(name: str, seen: Seen, channel: Mapping[str, Any]) -> Iterator[Finding]:
    if channel.get("type") != TEXT:
        says = f"that is {KINDS.get(int(channel.get('type', -1)), 'no text channel')}, and has to be a text channel"
        yield Finding(ERROR, _place(name), says, _COPY.format(name))
        return
    bits = in_channel(seen.server, channel, seen.roles, seen.me)
    lacking = [title(one) for one in NEEDS[name] if not bits & bit(one)]
    if lacking:
        what = ", ".join(lacking)
        says = f"the bot lacks there: {what}"
        yield Finding(ERROR, _place(name), says, f"{_ROLES} add HeadsUp, and allow {what}")
    elif name in PINNED and not bits & bit("pin_messages"):
        says = "the bot lacks there: Pin Messages, so what is coming does not stay in sight"
        yield Finding(WARNING, _place(name), says, f"{_ROLES} add HeadsUp, and allow Pin Messages")
    yield from _readers(name, seen, channel)


def _readers(name: str, seen: Seen, channel: Mapping[str, Any]) -> Iterator[Finding]:
    """Who reads along: nobody but organisers, or every member."""
    everybody = in_channel(seen.server, channel, ())
    if name == ORGANISERS.name:
        if everybody:
            says = "everybody in the server can read that channel, and so who waits, and what organisers are told"
            yield Finding(ERROR, _place(name), says, f"{_ROLES} switch on Private Channel")
        return
    readers = who_sees(seen.server, channel)
    if not readers:
        says = "nobody but administrators can see that channel, so it reaches nobody"
        yield Finding(WARNING, _place(name), says, f"{_ROLES} allow View Channel to whoever is to be a member")
    if "create_private_threads" in NEEDS[name]:
        yield from _threads(name, everybody, readers)


def _threads(name: str, everybody: int, readers: Sequence[int]) -> Iterator[Finding]:
    if everybody & bit("manage_threads"):
        says = "everybody may manage threads there, and so read what is said in the private ones"
        yield Finding(ERROR, _place(name), says, f"{_ROLES} take Manage Threads away from @everyone")
    writes = "send_messages_in_threads"
    if name == "introductions" and readers and not any(bits & bit(writes) for bits in readers):
        says = "members may not write in threads there, so people who are introduced could not answer"
        yield Finding(WARNING, _place(name), says, f"{_ROLES} allow {title(writes)} to whoever is to be a member")


def _place(name: str) -> str:
    return f"discord.channels.{name}"
