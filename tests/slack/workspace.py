"""The state of one Slack workspace, and what happens in it; it knows nothing of HTTP and sockets."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import count

from tests.slack.model import Account, App, Channel, File, Json, Kind, Message, Refusal, Team, View
from tests.slack.tickets import Hooks, Triggers
from tests.slack.time import Time

SLACKBOT = "USLACKBOT"
STACK = 3
"""Modals that may lie on one another."""


class Workspace:
    """Who is there, what was said where, and what each has on the screen."""

    def __init__(self, time: Time, team: Team, app: App) -> None:
        self.time, self.team, self.app = time, team, app
        self.accounts: dict[str, Account] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers, self.hooks = Triggers(), Hooks()
        self.happened: Callable[[str, Json, Channel | None], object] = lambda kind, event, channel: None
        """Called with each event the app might be told of, the subscription it falls under, and where it happened."""
        self.edit_window: float | None = None
        """Seconds after which a message can no longer be edited, where the workspace set that."""
        self.finishing: float = 0.0
        """Seconds for which an upload that was completed goes on behind its answer: no block can show it until then."""
        self.scopes_used: set[str] = set()
        """Every scope that some call needed: what a manifest must ask for, and all it may."""
        self._numbers = count(1)
        self._last = 0
        self._ims: dict[str, Channel] = {}
        self._mpims: dict[frozenset[str], Channel] = {}
        self._open: list[Channel] = []
        self._direct_of: dict[str, list[Channel]] = defaultdict(list)
        self.add(Account(SLACKBOT, "Slackbot", team.id))
        self.add(Account(app.user, app.name, team.id, bot=True))

    def new_id(self, letter: str) -> str:
        """An id as Slack makes them: a letter for what it is, then capitals and digits."""
        return f"{letter}0{next(self._numbers):08X}"

    def new_ts(self) -> str:
        """A timestamp that no other message has: seconds and six digits."""
        self._last = max(self._last + 1, int(self.time.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, account: Account) -> Account:
        self.accounts[account.id] = account
        return account

    def account(self, user: object) -> Account:
        found = self.accounts.get(str(user))
        if found is None:
            raise Refusal("user_not_found")
        return found

    def can_show(self, file_id: str) -> bool:
        """Whether there is such a file, and its upload is over."""
        file = self.files.get(file_id)
        return file is not None and file.complete and not file.deleted and file.ready_at <= self.time.now()

    def meets(self, account: Account) -> bool:
        """Whether the workspace knows them: people of other organisations by a conversation they share."""
        return not account.external or bool(self.channels_of(account.id))

    def channel(
        self, name: str, members: Iterable[str] = (), *, private: bool = False, shared: bool = False
    ) -> Channel:
        """A new channel. The app is a member only where it is among them."""
        kind = Kind.PRIVATE if private else Kind.CHANNEL
        return self._keep(Channel(self.new_id("C"), kind, name, list(members), int(self.time.now()), shared=shared))

    def im(self, user: str) -> Channel:
        """The conversation of the app with one person, opened once."""
        if user not in self._ims:
            self._ims[user] = self._keep(self._direct("D", Kind.IM, [user, self.app.user], ""))
        return self._ims[user]

    def im_of(self, user: str) -> Channel | None:
        return self._ims.get(user)

    def mpim(self, users: Iterable[str]) -> Channel:
        """The group DM of the app with these people, opened once."""
        together = frozenset(users) | {self.app.user}
        if together not in self._mpims:
            names = "--".join(sorted(self.accounts[each].handle for each in together))
            self._mpims[together] = self._keep(self._direct("G", Kind.MPIM, sorted(together), f"mpdm-{names}-1"))
        return self._mpims[together]

    def mpim_of(self, users: Iterable[str]) -> Channel | None:
        return self._mpims.get(frozenset(users) | {self.app.user})

    def channels_of(self, user: str) -> list[Channel]:
        """Every conversation somebody is in."""
        return [*self._direct_of[user], *(one for one in self._open if user in one.members)]

    def _direct(self, letter: str, kind: Kind, members: list[str], name: str) -> Channel:
        shared = any(self.accounts[each].external for each in members)
        return Channel(self.new_id(letter), kind, name, members, int(self.time.now()), shared=shared)

    def _keep(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.kind in (Kind.IM, Kind.MPIM):
            for member in channel.members:
                self._direct_of[member].append(channel)
        else:
            self._open.append(channel)
        return channel

    def post(self, message: Message) -> Message:
        """Put a message where everybody (or its one reader) sees it."""
        channel = self.channels[message.channel]
        channel.messages.append(message)
        if not message.reader:
            self._message_event(channel, message.ts, message_json(message, self))
        self.time.moved()
        return message

    def edit(self, message: Message, text: str) -> None:
        """Called when the new blocks stand already: the text that was is remembered."""
        message.before.append(message.text)
        message.text = text
        message.edited = self.new_ts()
        if not message.reader:
            changed: Json = {"subtype": "message_changed", "message": message_json(message, self), "hidden": True}
            self._message_event(self.channels[message.channel], message.edited, changed)
        self.time.moved()

    def remove(self, message: Message) -> None:
        channel = self.channels[message.channel]
        channel.messages.remove(message)
        channel.removed.append(message)
        if not message.reader:
            deleted: Json = {"subtype": "message_deleted", "deleted_ts": message.ts, "hidden": True}
            self._message_event(channel, self.new_ts(), deleted)
        self.time.moved()

    def _message_event(self, channel: Channel, ts: str, more: Json) -> None:
        types = {Kind.CHANNEL: "channel", Kind.PRIVATE: "group", Kind.IM: "im", Kind.MPIM: "mpim"}
        frame = {"type": "message", "channel": channel.id, "channel_type": types[channel.kind], "event_ts": ts}
        if self.app.user in channel.members:
            self.happened(f"message.{channel.kind}", {"ts": ts} | more | frame, channel)

    def push(self, view: View) -> None:
        """Lay a modal on what somebody has on the screen."""
        stack = self.modals.setdefault(view.user, [])
        if len(stack) >= STACK:
            raise Refusal("push_limit_reached")
        stack.append(view)
        self.time.moved()

    def find_view(self, view_id: object) -> View | None:
        shown = [view for stack in self.modals.values() for view in stack]
        return next((one for one in (*shown, *self.homes.values()) if one.id == view_id), None)

    def by_external_id(self, external_id: object) -> View | None:
        shown = [view for stack in self.modals.values() for view in stack]
        return next((one for one in shown if external_id and one.given.get("external_id") == external_id), None)


def message_json(message: Message, workspace: Workspace) -> Json:
    """A message as history and events show it."""
    app = workspace.app
    made: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.accounts[message.user].team,
    }
    made |= {"bot_id": app.bot, "app_id": app.id} if message.app else {"client_msg_id": f"c-{message.ts}"}
    made |= {"blocks": message.blocks} if message.blocks else {}
    made |= {"attachments": message.attachments} if message.attachments else {}
    made |= {"thread_ts": message.thread} if message.thread else {}
    made |= {"edited": {"user": message.user, "ts": message.edited}} if message.edited else {}
    made |= {"pinned_to": [message.channel]} if message.pinned else {}
    return made | ({"files": [file_json(each) for each in message.files]} if message.files else {})


def file_json(file: File) -> Json:
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    return {"id": file.id, "name": file.name, "title": file.title, "size": file.length, "alt_txt": file.alt}
