"""Interactions: what a person does is told to the application, which answers once within three seconds.

Its webhook then lives fifteen minutes: the answer can be read, changed and deleted, and more can follow.
"""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum

from tests.discord.bodies import ANSWER, check_message, fill, numbered
from tests.discord.components import MODAL
from tests.discord.forms import checked, each, either, number, shape, text
from tests.discord.model import EPHEMERAL, LOADING, Attachment, Channel, Json, Message, Modal, Refusal
from tests.discord.network import Event, Network
from tests.discord.objects import message_json
from tests.discord.payloads import metadata

IN_TIME = 3.0
WEBHOOK_LIFE = 15 * 60.0
FAILED = "This interaction failed"
NO_ANSWER = "The application did not respond"
CHOICES = shape({"choices": each(shape({"name": text(100, 1), "value": either(text(100), number(-(2**53), 2**53))},
                                       "name", "value"), 25)}, "choices")  # fmt: skip


class Done(IntEnum):
    """What the person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Reply(IntEnum):
    """How an interaction may be answered."""

    MESSAGE = 4
    DEFERRED = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction:
    """One thing a person did, and how it was answered."""

    id: str
    token: str
    done: Done
    user: str
    channel: Channel
    payload: Json
    at: float
    message: Message | None = None
    """The message whose control was used, or whose control opened the form."""
    reply: Reply | None = None
    answer: Message | None = None
    choices: list[Json] = field(default_factory=list)
    followed: list[Message] = field(default_factory=list)
    failed: bool = False
    """Not answered in time: what comes later is refused."""
    troubles: list[str] = field(default_factory=list)
    """Where the person is told."""
    latency: float | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acked(self) -> bool:
        return self.reply is not None

    async def settle(self, patience: float = 60.0) -> None:
        """Return when it was answered, or was not in time."""
        async with asyncio.timeout(patience):
            await self.settled.wait()


class Interactions:
    """Every interaction there was."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.all: list[Interaction] = []
        self.open: set[Interaction] = set()
        """Neither answered nor too late."""
        self._by_token: dict[str, Interaction] = {}

    def send(self, one: Interaction) -> Interaction:
        """Tell the application, and the person if it does not answer in time."""
        self.all.append(one)
        self.open.add(one)
        self._by_token[one.token] = one
        one.payload["id"], one.payload["token"] = one.id, one.token
        self.network.happened(Event("INTERACTION_CREATE", one.payload))
        self.network.time.later(IN_TIME, lambda: self._late(one))
        return one

    def _late(self, one: Interaction) -> None:
        if not one.acked and not one.failed:
            one.failed = True
            if one.done is not Done.AUTOCOMPLETE:
                one.troubles.append(NO_ANSWER if one.done is Done.COMMAND else FAILED)
            self._settled(one)

    def _settled(self, one: Interaction) -> None:
        self.open.discard(one)
        one.settled.set()
        self.network.time.moved()

    def answered(self, id: str, token: str, body: Json, files: dict[int, Attachment]) -> Interaction:
        """`POST /interactions/{id}/{token}/callback`: the first answer, once."""
        one = self._by_token.get(token)
        if one is None or one.id != id or one.failed:
            raise Refusal(404, 10062, "Unknown interaction")
        if one.acked:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        checked(body, shape({"type": number(1, 12), "data": lambda what, form, path: None}, "type"))
        kind = self._kind(one, body["type"])
        if kind in (Reply.MESSAGE, Reply.UPDATE):
            data = body.get("data") or {}
            check_message(data, files, ANSWER)
            self._says(one, kind, data, files)
        elif kind is Reply.DEFERRED:
            data = checked(body.get("data") or {}, shape({"flags": either(number(0, 0), number(EPHEMERAL, EPHEMERAL))}))
            self._thinks(one, data)
        elif kind is Reply.CHOICES:
            one.choices = checked(body.get("data"), CHOICES)["choices"]
        elif kind is Reply.MODAL:
            self._opens(one, checked(body.get("data"), MODAL))
        if kind is not Reply.MODAL and one.done is Done.MODAL:
            self.network.show(one.user, None)
        one.reply, one.latency = kind, self.network.time.now() - one.at
        self._settled(one)
        return one

    def _kind(self, one: Interaction, given: int) -> Reply:
        allowed = {
            Done.COMMAND: {Reply.MESSAGE, Reply.DEFERRED, Reply.MODAL},
            Done.COMPONENT: {Reply.MESSAGE, Reply.DEFERRED, Reply.DEFERRED_UPDATE, Reply.UPDATE, Reply.MODAL},
            Done.AUTOCOMPLETE: {Reply.CHOICES},
            Done.MODAL: {Reply.MESSAGE, Reply.DEFERRED},
        }[one.done]
        if one.done is Done.MODAL and one.message:
            allowed = allowed | {Reply.DEFERRED_UPDATE, Reply.UPDATE}
        if given not in allowed:
            told = {"code": "BASE_TYPE_CHOICES", "message": f"Value must be one of {sorted(map(int, allowed))}."}
            raise Refusal(400, 50035, "Invalid Form Body", errors={"type": {"_errors": [told]}})
        return Reply(given)

    def _new(self, one: Interaction, flags: int) -> Message:
        network = self.network
        reader = one.user if flags & EPHEMERAL else None
        made = Message(
            network.new_id(), one.channel.id, network.app.id, at=network.time.now(), flags=flags, reader=reader
        )
        made.webhook, made.type = True, 20 if one.done is Done.COMMAND else 0
        made.interaction = metadata(one.payload)
        return made

    def _says(self, one: Interaction, kind: Reply, data: Json, files: dict[int, Attachment]) -> None:
        if kind is Reply.UPDATE:
            assert one.message
            self.edit(one.message, data, files)
            one.answer = one.message
            return
        made = self._new(one, data.get("flags", 0))
        fill(made, data, files)
        one.answer = self.network.post(made)

    def _thinks(self, one: Interaction, data: Json) -> None:
        one.answer = self.network.post(self._new(one, data.get("flags", 0) | LOADING))

    def _opens(self, one: Interaction, data: Json) -> None:
        shown = Modal(data["custom_id"], data["title"], numbered(data["components"]), one.message, one.channel.id)
        self.network.show(one.user, shown)

    def edit(self, message: Message, data: Json, files: dict[int, Attachment]) -> None:
        """Change a message, and end its loading state."""
        before = message.content
        fill(message, data, files)
        message.flags &= ~LOADING
        self.network.edited(message, before)

    def hook(self, app: str, token: str) -> Interaction:
        """The webhook of an interaction, for as long as it lives and once there was a first answer."""
        one = self._by_token.get(token)
        if app != self.network.app.id or one is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        if self.network.time.now() - one.at >= WEBHOOK_LIFE:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        if not one.acked:
            raise Refusal(404, 10015, "Unknown Webhook")
        return one

    def original(self, one: Interaction) -> Message:
        """What the first answer left: a message of its own, or the one whose control was used."""
        found = one.message if one.reply in (Reply.DEFERRED_UPDATE, Reply.UPDATE) else one.answer
        if found is None or found not in self.network.channels[found.channel].messages:
            raise Refusal(404, 10008, "Unknown Message")
        return found

    def message_of(self, one: Interaction, id: str) -> Message:
        """`@original`, or something that followed."""
        found = self.original(one) if id == "@original" else None
        found = found or next((each_ for each_ in (*one.followed, one.answer) if each_ and each_.id == id), None)
        if found is None or found not in self.network.channels[found.channel].messages:
            raise Refusal(404, 10008, "Unknown Message")
        return found

    def follow(self, one: Interaction, data: Json, files: dict[int, Attachment]) -> Message:
        """One more message; the first after a deferral takes the place of `is thinking`, whatever flags it brings."""
        check_message(data, files, ANSWER)
        if one.answer and one.answer.loading:
            self.edit(one.answer, data, files)
            return one.answer
        made = self._new(one, data.get("flags", 0))
        made.type = 0
        fill(made, data, files)
        one.followed.append(self.network.post(made))
        return made

    def response(self, one: Interaction) -> Json:
        """What `with_response=true` gives back."""
        made: Json = {"id": one.id, "type": int(one.done)}
        resource: Json = {"type": int(one.reply or 0)}
        if one.answer:
            made |= {"response_message_id": one.answer.id, "response_message_loading": one.answer.loading}
            made |= {"response_message_ephemeral": bool(one.answer.reader)}
            if not one.answer.loading:
                resource["message"] = message_json(one.answer, self.network)
        return {"interaction": made, "resource": resource}
