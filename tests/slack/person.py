"""A person in front of their Slack: what they see, and everything they can do there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.slack import payloads
from tests.slack.delivery import COMMANDS, INTERACTIVE, Delivery
from tests.slack.filling import NotOffered, action, names, remember
from tests.slack.model import Account, Channel, Json, Message, Refusal, View, elements
from tests.slack.people import user_json
from tests.slack.reading import drawn_texts
from tests.slack.responses import answer
from tests.slack.submitting import filled_in, submitted
from tests.slack.tickets import Hook
from tests.slack.views import view_json

if TYPE_CHECKING:
    from tests.slack.server import SlackServer

Place = Message | View
OnReply = Callable[[Json], None]


@dataclass
class Found:
    """An element on somebody's screen."""

    place: Place
    block: Json
    element: Json


@dataclass
class Person:
    """Somebody with an account."""

    account: Account
    slack: "SlackServer"
    troubles: list[str] = field(default_factory=list)
    """What Slack's client told them went wrong: `timeout`, `no_socket`, or what was wrong with the app's answer."""

    asked: list[str] = field(default_factory=list)
    """What Slack asked them to confirm before it sent a press; they always do."""

    @property
    def id(self) -> str:
        return self.account.id

    @property
    def dm(self) -> Channel | None:
        """The conversation with the app, once there is one."""
        return self.slack.workspace.im_of(self.id)

    @property
    def modals(self) -> list[View]:
        return self.slack.workspace.modals.setdefault(self.id, [])

    @property
    def modal(self) -> View | None:
        """What lies on top."""
        return self.modals[-1] if self.modals else None

    @property
    def home(self) -> View | None:
        """The App Home as it was last published for them."""
        return self.slack.workspace.homes.get(self.id)

    def sees(self, channel: Channel | None = None) -> list[Message]:
        """The messages of a conversation (their DM with the app, unless named), oldest first, as they stand now."""
        where = channel or self.dm
        if where is None or self.id not in where.members:
            return []
        return sorted((one for one in where.messages if one.reader in (None, self.id)), key=lambda one: one.ts)

    def reads(self, channel: Channel | None = None) -> list[str]:
        """The same, only what is shown."""
        return [one.shown for one in self.sees(channel)]

    def draws(self, channel: Channel | None = None) -> list[str]:
        """The same as it is drawn: names for mentions, labels for links, moments in their own zone."""
        return [drawn_texts(one, self.account, self.slack.workspace) for one in self.sees(channel)]

    def reloads(self) -> None:
        """A new session: ephemeral messages are gone."""
        for channel in self._channels():
            channel.messages[:] = [one for one in channel.messages if one.reader != self.id]

    async def types(self, text: str, channel: Channel | None = None, *, wait: bool = True) -> Delivery | None:
        """A slash command, or a message; in the DM with the app unless a conversation is named."""
        if text.startswith("/"):
            word, _, rest = text.partition(" ")
            return await self.command(word, rest, channel, wait=wait)
        return await self.says(text, channel, wait=wait)

    async def command(
        self, word: str, text: str = "", channel: Channel | None = None, *, wait: bool = True
    ) -> Delivery:
        """A slash command. People of other organisations are not offered the app's."""
        if self.account.external:
            raise NotOffered(f"{word}: commands belong to the workspace of the app")
        where = channel or self.slack.workspace.im(self.id)
        self._member(where)
        payload = payloads.command(self.slack.workspace, self.slack.host, self.account, where, word, text)
        hook = Hook(self.id, where.id, self.slack.time.now())
        return await self._send(COMMANDS, payload, lambda reply: self._replied(hook, reply), wait)

    async def says(self, text: str, channel: Channel | None = None, *, wait: bool = True) -> Delivery | None:
        """An ordinary message; the app is told of it where it subscribed and may read."""
        where = channel or self.slack.workspace.im(self.id)
        self._member(where)
        before = len(self.slack.outlet.deliveries)
        self.slack.workspace.post(Message(where.id, self.slack.workspace.new_ts(), self.id, text))
        mention = f"<@{self.slack.app.user}>"
        if mention in text and self.slack.app.user in where.members:
            said = {"type": "app_mention", "user": self.id, "text": text, "channel": where.id}
            self.slack.tell("app_mention", said | {"ts": where.messages[-1].ts, "team": self.account.team}, where)
        return await self._told(before, wait)

    def find(self, name: str, where: Place | None = None) -> Found:
        """What is called that: on the modal, else in the newest message that has it, else in App Home."""
        for place in [where] if where else self._places():
            for block, element in elements(place.blocks):
                if name in names(block, element):
                    return Found(place, block, element)
        raise NotOffered(f"nothing is called {name!r}")

    async def press(self, name: str, what: object = None, where: Place | None = None, *, wait: bool = True) -> Delivery:
        """Press a button; or choose `what` in a select, in boxes, in a date."""
        found = self.find(name, where)
        if found.block["type"] == "input" and not found.block.get("dispatch_action"):
            raise NotOffered(f"{name!r} is filled in, and sent with the modal")
        if confirm := found.element.get("confirm"):
            self.asked.append(confirm["text"]["text"])
        done = action(found.block, found.element, what)
        workspace = self.slack.workspace
        remember(self._chosen(found.place), found.block, found.element, what)
        if isinstance(found.place, View):
            payload = payloads.on_view(workspace, self.account, found.place, done)
        else:
            if found.place not in workspace.channels[found.place.channel].messages:
                raise NotOffered("that message is gone")
            payload = payloads.on_message(workspace, self.slack.host, self.account, found.place, done)
        return await self._send(INTERACTIVE, payload, lambda reply: None, wait)

    async def forges(self, message: Message, done: Json, *, wait: bool = True) -> Delivery:
        """Press what stands nowhere in the message."""
        payload = payloads.on_message(self.slack.workspace, self.slack.host, self.account, message, done)
        return await self._send(INTERACTIVE, payload, lambda reply: None, wait)

    def fill(self, values: Mapping[str, object] | None = None, **more: object) -> None:
        """Fill fields of the modal on top, by block id, action id or label; nothing is sent."""
        assert self.modal, "no modal is open"
        for name, what in {**(values or {}), **more}.items():
            found = self.find(name, self.modal)
            remember(self.modal.values, found.block, found.element, what)

    async def submit(
        self, values: Mapping[str, object] | None = None, *, wait: bool = True, **more: object
    ) -> Delivery:
        """Fill these fields and send the modal on top. Slack's own checks come first."""
        self.fill(values, **more)
        view = self.modal
        assert view
        filled_in(view)
        payload = payloads.submission(self.slack.workspace, self.account, view)
        return await self._send(
            INTERACTIVE, payload, lambda reply: self._submitted(view, reply), wait, takes_reply=True
        )

    async def closes(self, *, everything: bool = False, wait: bool = True) -> Delivery | None:
        """Close the modal on top, or all; the app is told where the view asked for it."""
        view = self.modal
        assert view, "no modal is open"
        self.modals[:] = [] if everything else self.modals[:-1]
        if not view.given.get("notify_on_close"):
            return None
        payload = payloads.closing(self.slack.workspace, self.account, view, everything)
        return await self._send(INTERACTIVE, payload, lambda reply: None, wait)

    async def shortcut(self, callback_id: str, message: Message | None = None, *, wait: bool = True) -> Delivery:
        """A global shortcut, or one of a message."""
        workspace = self.slack.workspace
        if message:
            payload = payloads.message_shortcut(workspace, self.slack.host, self.account, message, callback_id)
        else:
            payload = payloads.shortcut(workspace, self.account, callback_id)
        return await self._send(INTERACTIVE, payload, lambda reply: None, wait)

    async def searches(self, name: str, typed: str) -> list[Json]:
        """Type into a select whose options the app supplies; what it offers comes back."""
        found = self.find(name)
        workspace, element = self.slack.workspace, found.element | {"block_id": found.block["block_id"]}
        where: Json = {"container": {"type": "message"}}
        if isinstance(found.place, View):
            view = view_json(found.place, workspace)
            where = {"container": {"type": "view", "view_id": found.place.id}, "view": view}
        payload = payloads.suggestion(workspace, self.account, where, element, typed)
        sent = await self._send(INTERACTIVE, payload, lambda reply: None, wait=True, takes_reply=True)
        grouped = [one for group in sent.reply.get("option_groups", []) for one in group["options"]]
        return [*sent.reply.get("options", []), *grouped]

    async def opens_home(self, tab: str = "home", *, wait: bool = True) -> Delivery | None:
        """Look at the app: its home, or its `messages`."""
        said: Json = {"type": "app_home_opened", "user": self.id, "channel": self.slack.workspace.im(self.id).id}
        said |= {"tab": tab} | ({"view": view_json(self.home, self.slack.workspace)} if self.home else {})
        return await self._tell("app_home_opened", said, wait=wait)

    async def joins(self, *, wait: bool = True) -> Delivery | None:
        """Join the workspace: the app hears of it."""
        user = user_json(self.account, self.slack.workspace)
        return await self._tell("team_join", {"type": "team_join", "user": user}, wait=wait)

    async def joins_channel(self, channel: Channel, *, wait: bool = True) -> Delivery | None:
        channel.members.append(self.id)
        said = {"type": "member_joined_channel", "user": self.id, "channel": channel.id, "team": self.account.team}
        return await self._tell("member_joined_channel", said | {"channel_type": "C"}, channel, wait=wait)

    async def changes(self, *, wait: bool = True, **what: object) -> Delivery | None:
        """Change the account (`name`, `tz`, `deleted`, `guest` …): the app is told by user_change."""
        for name, value in what.items():
            if not hasattr(self.account, name):
                raise TypeError(name)
            setattr(self.account, name, value)
        user = user_json(self.account, self.slack.workspace, locale=True)
        return await self._tell("user_change", {"type": "user_change", "user": user}, wait=wait)

    def _channels(self) -> list[Channel]:
        return self.slack.workspace.channels_of(self.id)

    def _places(self) -> Iterator[Place]:
        if self.modal:
            yield self.modal
            return
        seen = [message for channel in self._channels() for message in self.sees(channel)]
        yield from sorted(seen, key=lambda one: one.ts, reverse=True)
        if self.home:
            yield self.home

    def _chosen(self, place: Place) -> Json:
        return place.values if isinstance(place, View) else place.chosen.setdefault(self.id, {})

    def _member(self, channel: Channel) -> None:
        if self.id not in channel.members or self.account.deleted:
            raise NotOffered("not a member there")

    def _replied(self, hook: Hook, reply: Json) -> None:
        """An acknowledgement of a command may carry a message."""
        if reply:
            try:
                answer(self.slack.workspace, hook, reply)
            except Refusal as refused:
                self.troubles.append(refused.error)

    def _submitted(self, view: View, reply: Json) -> None:
        try:
            submitted(self.slack.workspace, view, reply)
        except Refusal as refused:
            self.troubles.append(refused.error)

    async def _tell(self, kind: str, said: Json, channel: Channel | None = None, *, wait: bool) -> Delivery | None:
        sent = self.slack.tell(kind, said, channel)
        if sent and wait:
            await sent.settle()
        return sent

    async def _told(self, before: int, wait: bool) -> Delivery | None:
        sent = self.slack.outlet.deliveries[before:]
        if wait:
            for one in sent:
                await one.settle()
        return sent[0] if sent else None

    async def _send(
        self, kind: str, payload: Json, on_reply: OnReply, wait: bool, takes_reply: bool = False
    ) -> Delivery:
        takes = takes_reply or kind == COMMANDS
        delivery = self.slack.outlet.send(Delivery(kind, payload, takes, on_reply, self.troubles.append))
        if wait:
            await delivery.settle()
        return delivery
