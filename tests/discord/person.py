"""A person in front of their Discord: what they see, and everything they can do there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tests.discord import payloads, using
from tests.discord.filling import NotOffered, chosen, control, filled
from tests.discord.interactions import Done, Interaction
from tests.discord.model import Attachment, Channel, Guild, Json, Kind, Member, Message, Modal, User
from tests.discord.network import Ring
from tests.discord.permissions import Permission
from tests.discord.reading import drawn_message

if TYPE_CHECKING:
    from tests.discord.server import DiscordServer

TOKENS = UUID("6f1f2b5e-8a57-4f6b-9a43-0d6f1f7c1a11")


@dataclass(eq=False)
class Person:
    """Somebody with an account, most of the time in one server."""

    user: User
    discord: "DiscordServer"
    guild: Guild
    troubles: list[str] = field(default_factory=list)
    """What Discord's client told them went wrong."""

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def member(self) -> Member | None:
        """Who they are in their server, if they are in it."""
        return self.guild.members.get(self.id)

    @property
    def dm(self) -> Channel | None:
        """The conversation with the app, once there is one."""
        return self.discord.network.dm_of(self.id)

    @property
    def dms(self) -> bool:
        """Whether they take direct messages of the members of a server."""
        return self.user.dms

    @dms.setter
    def dms(self, open: bool) -> None:
        self.user.dms = open

    @property
    def modal(self) -> Modal | None:
        """The form on their screen."""
        return self.discord.network.modals.get(self.id)

    @property
    def rings(self) -> list[Ring]:
        """What made their telephone ring, in order."""
        return self.discord.network.rung.setdefault(self.id, [])

    def sees(self, channel: Channel | None = None) -> list[Message]:
        """What stands in a channel (their DM with the app, unless named), oldest first; nothing that Discord says."""
        where = channel or self.dm
        if where is None or not self.discord.network.sees(self.id, where):
            return []
        return [one for one in where.messages if one.reader in (None, self.id) and not one.system]

    def reads(self, channel: Channel | None = None) -> list[str]:
        """The same, only what is shown."""
        return [one.shown for one in self.sees(channel)]

    def draws(self, channel: Channel | None = None) -> list[str]:
        """The same as it is drawn: names for mentions, labels for links, nothing of the markup."""
        return [drawn_message(one, self.discord.network) for one in self.sees(channel)]

    def find(self, name: str) -> Message:
        """The newest message on their screen that has a control of this custom id or label."""
        channels = self.discord.network.channels.values()
        seen = sorted((one for each in channels for one in self.sees(each)), key=lambda one: int(one.id))
        for message in reversed(seen):
            try:
                control(message.components, name)
            except NotOffered:
                continue
            return message
        raise NotOffered(f"nothing is called {name!r}")

    async def press(self, message: Message | None, name: str, *, wait: bool = True) -> Interaction:
        """Press a button, by its custom id or label; without a message, of the newest that has it."""
        return await self._used(message or self.find(name), name, None, wait)

    async def choose(self, message: Message | None, name: str, *values: str, wait: bool = True) -> Interaction:
        """Choose in a select, by values or labels."""
        return await self._used(message or self.find(name), name, values, wait)

    async def _used(self, message: Message, name: str, values: tuple[str, ...] | None, wait: bool) -> Interaction:
        network = self.discord.network
        channel = network.channels[message.channel]
        seen = message.reader in (None, self.id) and network.sees(self.id, channel)
        if not seen or message not in channel.messages:
            raise NotOffered("that message is not on their screen")
        found = control(message.components, name)
        if (found["type"] == 2) != (values is None):
            raise NotOffered(f"{name!r} is not used like that")
        data = payloads.pressed(network, message, found, None if values is None else chosen(found, values))
        return await self.sends(Done.COMPONENT, channel, data, message=message, wait=wait)

    async def forges(self, message: Message, data: Json, *, wait: bool = True) -> Interaction:
        """Use a control that stands nowhere in the message."""
        channel = self.discord.network.channels[message.channel]
        return await self.sends(Done.COMPONENT, channel, data, message=message, wait=wait)

    async def use(
        self, name: str, *path: str, where: Channel | None = None, wait: bool = True, **options: object
    ) -> Interaction:
        """A slash command with its sub-command: `use("headsup", "pause", words="two weeks")`.

        It is typed in the first channel of their server that they see, unless named; `ann.dm` is a place too.
        """
        network, place = self.discord.network, self.place(where)
        command = using.offered(network, self.user, place, name)
        return await self.sends(Done.COMMAND, place, using.typed(network, command, path, options, place), wait=wait)

    async def completes(
        self, name: str, *path: str, focused: str, where: Channel | None = None, **options: object
    ) -> list[Json]:
        """Type into an option that completes itself, and read what is offered."""
        network, place = self.discord.network, self.place(where)
        command = using.offered(network, self.user, place, name)
        data = using.typed(network, command, path, options, place, focused)
        return (await self.sends(Done.AUTOCOMPLETE, place, data)).choices

    async def menu(
        self, name: str, target: "Message | Person", *, where: Channel | None = None, wait: bool = True
    ) -> Interaction:
        """A command in the menu of a message or of a person."""
        network = self.discord.network
        if isinstance(target, Message):
            place = network.channels[target.channel]
            command = using.offered(network, self.user, place, name, 3)
            data = using.on_message(network, command, target.id, place)
        else:
            place = self.place(where)
            data = using.on_user(network, using.offered(network, self.user, place, name, 2), target.id, place)
        return await self.sends(Done.COMMAND, place, data, wait=wait)

    def place(self, where: Channel | None = None) -> Channel:
        """Where they are: as named, else the first channel of their server."""
        if where:
            return where
        network = self.discord.network
        for one in network.channels.values():
            if one.guild == self.guild.id and one.kind is Kind.TEXT and network.sees(self.id, one):
                return one
        raise NotOffered("there is no channel they see")

    async def submit(
        self, values: Mapping[str, object] | None = None, *, wait: bool = True, **more: object
    ) -> Interaction:
        """Fill these fields, by custom id or label, and send the form on their screen; its own checks come first."""
        modal = self.modal
        if modal is None:
            raise NotOffered("no form is open")
        modal.values |= {**(values or {}), **more}
        data = payloads.submitted(self.discord.network, modal, filled(modal, modal.values))
        channel = self.discord.network.channels[modal.channel]
        return await self.sends(Done.MODAL, channel, data, message=modal.message, wait=wait)

    def closes(self) -> None:
        """Close the form; nobody is told."""
        self.discord.network.show(self.id, None)

    async def sends(
        self, done: Done, channel: Channel, data: Json, *, message: Message | None = None, wait: bool = True
    ) -> Interaction:
        """Tell the application what they did, and wait for its answer."""
        network = self.discord.network
        if channel.guild and self.id not in network.guilds[channel.guild].members:
            raise NotOffered("not a member there")
        payload = payloads.interaction(network, self.id, channel, done, data)
        if message:
            payload = payloads.on_message(payload, message, network)
        id = network.new_id()
        one = Interaction(id, uuid5(TOKENS, id).hex, done, self.id, channel, payload, network.time.now(), message)
        one.troubles = self.troubles
        self.discord.interactions.send(one)
        if wait:
            await one.settle()
        return one

    async def type(self, channel: Channel | None, text: str) -> Message:
        """Write in a channel, or in the DM with the app."""
        network = self.discord.network
        where = channel or network.dm(self.id)
        needed = Permission.SEND_MESSAGES_IN_THREADS if where.thread else Permission.SEND_MESSAGES
        if not network.may(self.id, where) & needed:
            raise NotOffered("they may not write there")
        return network.post(Message(network.new_id(), where.id, self.id, text, at=network.time.now()))

    async def joins(self, **what: object) -> None:
        """Come into their server (again): nick, roles and screening as given."""
        self.discord.network.joins(self.guild, Member(self.user, self.discord.network.now(), **what))  # type: ignore[arg-type]

    async def leaves(self) -> None:
        """Leave the server."""
        self.discord.network.leaves(self.guild, self.id)

    async def changes(self, **what: object) -> None:
        """Change `nick`, `roles` or `pending` in the server, or anything of the account."""
        member = self.member
        for name, value in what.items():
            owner = next((one for one in (self.user, member) if one and hasattr(one, name)), None)
            if owner is None:
                raise TypeError(name)
            setattr(owner, name, value)
        if member:
            self.discord.network.changes(self.guild, member)

    def fetch(self, attachment: Attachment) -> bytes:
        """Look at a file, for as long as a message they see has it."""
        for channel in self.discord.network.channels.values():
            if any(attachment in one.attachments for one in self.sees(channel)):
                return attachment.data
        raise NotOffered("that file is not on their screen")

    def reloads(self) -> None:
        """Start the client anew: ephemeral messages and forms are gone."""
        for channel in self.discord.network.channels.values():
            channel.messages[:] = [one for one in channel.messages if one.reader != self.id]
        self.closes()
