"""The state of Discord as the application meets it, and what happens there; it knows nothing of HTTP and sockets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from tests.discord import permissions
from tests.discord.limits import Openings
from tests.discord.model import (
    SUPPRESS_NOTIFICATIONS,
    App,
    Channel,
    Guild,
    Intent,
    Json,
    Kind,
    Member,
    Message,
    Modal,
    Refusal,
    User,
)
from tests.discord.objects import channel_json, member_json, message_json, moment, user_json
from tests.discord.permissions import Permission
from tests.discord.reading import mentions
from tests.discord.registered import Registered
from tests.slack.time import Time

EPOCH = 1_420_070_400_000
"""The first second of 2015, from which Discord's ids count."""


@dataclass(frozen=True)
class Event:
    """Something a gateway session may hear of, if it has the intent."""

    name: str
    data: Json
    intents: int = 0
    """One of these is needed; 0: everybody hears of it."""
    silent: Json | None = None
    """What a session without the message content intent hears instead."""


@dataclass(frozen=True)
class Ring:
    """Something that made a person's telephone ring."""

    why: str
    """`dm`, `mention`, or `added` to a thread."""
    channel: Channel
    message: Message | None = None


class Network:
    """Who is there, what was said where, and what each has on the screen."""

    def __init__(self, time: Time, app: App) -> None:
        self.time, self.app = time, app
        self.host = ""
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.modals: dict[str, Modal] = {}
        self.opening = Openings()
        self.commands = Registered()
        self.rung: dict[str, list[Ring]] = {}
        self.happened: Callable[[Event], None] = lambda event: None
        self._last = 0
        self._dms: dict[str, Channel] = {}
        self._numbers = count(1)
        self.add(User(app.id, app.name, bot=True))

    def new_id(self) -> str:
        """A snowflake: later ones are greater, and each says its millisecond."""
        self._last = max(self._last + 1, (int(self.time.now() * 1000) - EPOCH) << 22)
        return str(self._last)

    def now(self) -> str:
        return moment(self.time.now())

    def add(self, user: User) -> User:
        self.users[user.id] = user
        return user

    def guild(self, name: str, owner: str, app: bool = True) -> Guild:
        """A new server; the application is in it, with a role of its own, unless it says otherwise."""
        made = Guild(self.new_id(), name, owner, joined=self.now())
        self.guilds[made.id] = made
        if app:
            self.invite(made)
        return made

    def invite(self, guild: Guild) -> None:
        """The application comes into a server."""
        role = guild.role(self.new_id(), self.app.name, permissions.BOT)
        guild.members[self.app.id] = Member(self.users[self.app.id], self.now(), roles=[role.id])

    def channel(self, guild: Guild, name: str, kind: Kind = Kind.TEXT) -> Channel:
        """A new channel of a server."""
        here = [one for one in self.channels.values() if one.guild == guild.id and not one.thread]
        return self.keep(Channel(self.new_id(), kind, name, guild.id, position=len(here)))

    def keep(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def dm(self, user: str) -> Channel:
        """The conversation of the application with one person, the same for ever."""
        if user not in self._dms:
            self._dms[user] = self.keep(Channel(self.new_id(), Kind.DM, recipients=[user]))
        return self._dms[user]

    def dm_of(self, user: str) -> Channel | None:
        return self._dms.get(user)

    def member(self, guild: str | None, user: str) -> Member | None:
        return self.guilds[guild].members.get(user) if guild in self.guilds else None

    def shares_a_guild(self, user: str) -> bool:
        return any(user in one.members and self.app.id in one.members for one in self.guilds.values())

    def may(self, user: str, channel: Channel) -> int:
        """What somebody may do in a channel, as bits; 0 where they do not even see it."""
        if channel.kind is Kind.DM:
            return permissions.IN_DM if user in (*channel.recipients, self.app.id) else 0
        guild = self.guilds[str(channel.guild)]
        if channel.thread is None:
            return permissions.in_channel(guild, channel, user)
        made = permissions.in_channel(guild, self.channels[str(channel.parent)], user)
        inside = user in channel.thread.members or made & Permission.MANAGE_THREADS
        return made if channel.kind is not Kind.PRIVATE_THREAD or inside else 0

    def sees(self, user: str, channel: Channel) -> bool:
        return bool(self.may(user, channel) & Permission.VIEW_CHANNEL)

    def threads(self, guild: str, active: bool = True) -> Iterator[Channel]:
        """The threads of a server that are active (or all)."""
        for one in self.channels.values():
            if one.guild == guild and one.thread and not (active and one.thread.archived):
                yield one

    def mentioned(self, message: Message) -> list[str]:
        """Whom a message pings: what its content mentions, less what `allowed_mentions` does not allow."""
        allowed, found = message.allowed_mentions, mentions(message.content)
        if allowed is None:
            return found
        parse, users = allowed.get("parse", []), [str(one) for one in allowed.get("users", [])]
        return [
            one
            for one in found
            if (one == "everyone" and "everyone" in parse)
            or (one != "everyone" and (one in users or ("users" in parse and one in self.users)))
        ]

    def post(self, message: Message) -> Message:
        """Put a message where everybody (or its one reader) sees it."""
        channel = self.channels[message.channel]
        channel.messages.append(message)
        if not message.reader:
            channel.last_message = message.id
            self._wake(channel)
            self._ring_for(message, channel)
            self._message_event("MESSAGE_CREATE", channel, message)
        self.time.moved()
        return message

    def edited(self, message: Message, before: str) -> None:
        """A message was changed: what it said is remembered."""
        message.before.append(before)
        message.edited = self.time.now()
        if not message.reader:
            self._message_event("MESSAGE_UPDATE", self.channels[message.channel], message)
        self.time.moved()

    def remove(self, message: Message) -> None:
        channel = self.channels[message.channel]
        channel.messages.remove(message)
        channel.removed.append(message)
        if not message.reader:
            gone: Json = {"id": message.id, "channel_id": channel.id}
            gone |= {"guild_id": channel.guild} if channel.guild else {}
            self.tell_in(channel, "MESSAGE_DELETE", gone)
        self.time.moved()

    def rings(self, who: str, why: str, channel: Channel, message: Message | None = None) -> None:
        self.rung.setdefault(who, []).append(Ring(why, channel, message))
        self.time.moved()

    def _ring_for(self, message: Message, channel: Channel) -> None:
        if message.flags & SUPPRESS_NOTIFICATIONS or message.type:
            return
        named = self.mentioned(message)
        for who in channel.recipients if channel.kind is Kind.DM else named:
            if who in self.users and who != message.author and self.sees(who, channel):
                self.rings(who, "dm" if channel.kind is Kind.DM else "mention", channel, message)

    def lose(self, channel: Channel) -> None:
        """A channel or thread is deleted, with everything in it."""
        told = Event(
            "THREAD_DELETE" if channel.thread else "CHANNEL_DELETE", channel_json(channel, self), Intent.GUILDS
        )
        if self.sees(self.app.id, channel):
            self.happened(told)
        for each in [one for one in self.channels.values() if one is channel or one.parent == channel.id]:
            del self.channels[each.id]
        self.time.moved()

    def joins(self, guild: Guild, member: Member) -> None:
        """Somebody comes into a server."""
        guild.members[member.user.id] = member
        self._of_members(guild, "GUILD_MEMBER_ADD", member_json(member))

    def leaves(self, guild: Guild, user: str) -> None:
        """Somebody goes, out of its threads too; the application is told only that it was this user."""
        member = guild.members.pop(user)
        for thread in self.threads(guild.id, active=False):
            if thread.thread:
                thread.thread.members.pop(user, None)
        self._of_members(guild, "GUILD_MEMBER_REMOVE", {"user": user_json(member.user)})

    def changes(self, guild: Guild, member: Member) -> None:
        """Somebody's name, roles or screening are not what they were."""
        self._of_members(guild, "GUILD_MEMBER_UPDATE", member_json(member))

    def _of_members(self, guild: Guild, name: str, said: Json) -> None:
        if self.app.id in guild.members:
            self.happened(Event(name, {"guild_id": guild.id} | said, Intent.MEMBERS))
        self.time.moved()

    def _message_event(self, name: str, channel: Channel, message: Message) -> None:
        said = message_json(message, self)
        if name == "MESSAGE_CREATE" and message.nonce is not None:
            said["nonce"] = message.nonce
        member = self.member(channel.guild, message.author)
        if channel.guild:
            said["guild_id"] = channel.guild
            said |= (
                {"member": {key: value for key, value in member_json(member).items() if key != "user"}}
                if member
                else {}
            )
        said["channel_type"] = int(channel.kind)
        own = message.author == self.app.id or self.app.id in self.mentioned(message)
        empty = {"content": "", "embeds": [], "attachments": [], "components": []}
        self.tell_in(channel, name, said, None if own or channel.kind is Kind.DM else said | empty)

    def tell_in(self, channel: Channel, name: str, data: Json, silent: Json | None = None) -> None:
        """Tell of a message in a channel, if the application sees that channel."""
        if not self.sees(self.app.id, channel):
            return
        intent = Intent.DIRECT_MESSAGES if channel.kind is Kind.DM else Intent.GUILD_MESSAGES
        self.happened(Event(name, data, intent, silent))

    def _wake(self, channel: Channel) -> None:
        """A message in an archived thread brings it back."""
        if channel.thread:
            if channel.thread.archived:
                self.archive(channel, False)
            else:
                self.stays_open(channel)

    def stays_open(self, channel: Channel) -> None:
        """From now on a thread is open for as long as it says, unless something happens there."""
        thread = channel.thread
        assert thread
        thread.last_activity = self.time.now()

        def idle() -> None:
            if not thread.archived and self.time.now() - thread.last_activity >= thread.auto_archive * 60:
                self.archive(channel, True)

        self.time.later(thread.auto_archive * 60, idle)

    def archive(self, channel: Channel, archived: bool) -> None:
        """Archive a thread or bring it back; a server holds only so many active ones."""
        assert channel.thread
        if archived == channel.thread.archived:
            return
        if not archived:
            self.room_for_a_thread(str(channel.guild))
        channel.thread.archived, channel.thread.archive_changed = archived, self.now()
        if not archived:
            self.stays_open(channel)
        self.changed(channel)

    def room_for_a_thread(self, guild: str) -> None:
        if len(list(self.threads(guild))) >= self.guilds[guild].most_threads:
            raise Refusal(400, 160006, "Maximum number of active threads reached")

    def changed(self, channel: Channel) -> None:
        """Tell that a channel or thread is not what it was."""
        if self.sees(self.app.id, channel):
            name = "THREAD_UPDATE" if channel.thread else "CHANNEL_UPDATE"
            self.happened(Event(name, channel_json(channel, self), Intent.GUILDS))
        self.time.moved()

    def show(self, user: str, modal: Modal | None) -> None:
        """Put a form on somebody's screen, or take it away."""
        if modal:
            self.modals[user] = modal
        else:
            self.modals.pop(user, None)
        self.time.moved()
