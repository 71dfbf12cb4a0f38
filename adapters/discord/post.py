"""A parcel -> where it belongs in Discord: said, changed or taken away there, and looked for by what it says."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from adapters.discord.calls import Attached, Calls
from adapters.discord.errors import Failed
from adapters.discord.meetings import Meetings
from adapters.discord.pins import Pins
from adapters.discord.places import Places, channel_of
from adapters.discord.render import draw_view, gist, held, is_answered
from adapters.discord.settings import DiscordSettings
from adapters.discord.text import Drawn, people_here
from bot.chat.ids import Id
from bot.chat.outbound import (
    OWN_THREAD,
    Delivered,
    Outcome,
    Parcel,
    Receipt,
    Refused,
    Removes,
    Target,
    ToAccount,
    ToChannel,
    Unclear,
    Why,
)
from bot.chat.text import Mention
from bot.chat.view import File, Paragraph, View
from bot.core.clock import Clock

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = "/channels/{channel_id}/messages/{message_id}"
LOOKED_AT = 100
"""How many messages of a conversation are looked through for a letter in doubt, which is younger than a day."""
A_DAY = timedelta(days=1)
REMEMBERED = 2000
CALLED = Id(0)
"""Stands for whoever a letter is for, among the members it names."""
NO_CHANNEL, NO_MESSAGE, PUT_AWAY = 10003, 10008, 50083

_T = TypeVar("_T")
_GONE = Refused(Why.GONE, "that message is not there any more")


class Post:
    """Carries parcels. `operator` hears what only the operator can mend and holds no letter up."""

    def __init__(
        self,
        settings: DiscordSettings,
        calls: Calls,
        places: Places,
        clock: Clock,
        operator: Callable[[str, str], None],
    ) -> None:
        self._calls, self._places, self._clock = calls, places, clock
        self._meetings, self._pins = Meetings(settings, calls, clock), Pins(calls, operator)
        self._said: OrderedDict[str, Receipt] = OrderedDict()
        """Where what was said lately stands, by its mark: Discord keeps no mark for us."""
        self._before: OrderedDict[str, object] = OrderedDict()
        """What messages said in which somebody pressed something, by their id: they may be answered in their place."""

    async def carry(self, parcel: Parcel) -> Outcome:
        """Try once. What went wrong before anything was said does no harm when it is done again."""
        if parcel.meeting:
            return await self._meetings.carry(parcel, parcel.meeting)
        try:
            place = await self._places.find(parcel.to)
        except Failed as failed:
            return _nothing_said(failed)
        if isinstance(place, Refused):
            return place
        try:
            return await (self._remove(parcel, place) if parcel.removes else self._post(parcel, place))
        except Failed as failed:
            return await self._elsewhere(parcel, place, failed)

    async def find(self, parcel: Parcel) -> Receipt | None:
        """The message that says what the parcel says, or did before it was answered, among ours of the last day. Raises
        Failed."""
        if parcel.meeting:
            return await self._meetings.find(parcel, parcel.meeting)
        found = self._said.get(parcel.mark) or await self._find_anywhere(parcel)
        if found and parcel.pins is not None:
            await self._pins.set(channel_of(found.conversation), found.message, parcel.pins)
        return found

    async def _find_anywhere(self, parcel: Parcel) -> Receipt | None:
        for place in await self._places.where(parcel.to):
            if (found := await self._find_in(place, parcel)) is not None:
                return found
        return None

    def note_pressed(self, message: Mapping[str, Any]) -> None:
        """Somebody pressed something in it: remember what it said first. A letter in doubt is known by nothing else."""
        name = str(message.get("id"))
        if self._is_ours(message) and name not in self._before:
            _remember(self._before, name, gist(message))

    async def _elsewhere(self, parcel: Parcel, place: str, failed: Failed) -> Outcome:
        """Where somebody's direct messages are shut there is another way to them; a place that is gone is made anew."""
        if isinstance(parcel.to, ToChannel):
            return _to_channel(parcel.to, failed)
        try:
            other = await self._places.instead_of(place, parcel.to, failed)
        except Failed as again:
            return _nothing_said(again)
        if other is None or isinstance(other, Refused):
            return other or failed.outcome
        try:
            return await (self._remove(parcel, other) if parcel.removes else self._say(parcel, other))
        except Failed as again:
            return again.outcome

    async def _post(self, parcel: Parcel, place: str) -> Delivered:
        said = await self._say(parcel, place)
        if parcel.pins is not None:
            await self._pins.set(channel_of(place), said.receipt.message, parcel.pins)
        return said

    async def _say(self, parcel: Parcel, place: str) -> Delivered:
        drawn, files = drawn_at(parcel, place), attached(parcel)
        channel = channel_of(place)
        if parcel.instead_of:
            try:
                await self._change(channel, parcel.instead_of, drawn, files)
                return self._rests(parcel, Receipt(place, parcel.instead_of))
            except Failed as failed:
                if failed.code != NO_MESSAGE:
                    raise
        once = {"nonce": parcel.mark, "enforce_nonce": True}
        said = await self._calls("POST", MESSAGES, channel_id=channel, json=drawn | once, files=files)
        return self._rests(parcel, Receipt(place, str(said["id"])))

    async def _change(self, channel: str, message: str, drawn: Drawn, files: Sequence[Attached]) -> None:
        places = {"channel_id": channel, "message_id": message}
        await self._awake(channel, lambda: self._calls("PATCH", MESSAGE, json=drawn, files=files, places=places))

    async def _awake(self, channel: str, call: Callable[[], Awaitable[None]]) -> None:
        """In a thread that was put away nothing can be changed or taken away; what is said there wakes it by itself."""
        try:
            await call()
        except Failed as failed:
            if failed.code != PUT_AWAY:
                raise
            await self._calls("PATCH", "/channels/{channel_id}", channel_id=channel, json={"archived": False})
            await call()

    def _rests(self, parcel: Parcel, receipt: Receipt) -> Delivered:
        _remember(self._said, parcel.mark, receipt)
        return Delivered(receipt)

    async def _find_in(self, place: str, parcel: Parcel) -> Receipt | None:
        drawn, since = drawn_at(parcel, place), self._clock.now() - A_DAY
        said = await self._calls("GET", MESSAGES, channel_id=channel_of(place), params={"limit": LOOKED_AT})
        ours = [one for one in said if self._is_ours(one) and said_at(one) >= since]
        found = [one for one in ours if self._says(one, drawn)] or [one for one in ours if is_answered(drawn, one)]
        return self._rests(parcel, Receipt(place, str(found[0]["id"]))).receipt if found else None

    def _says(self, message: Mapping[str, Any], drawn: Drawn) -> bool:
        """Whether it says so, or did before it was answered in its place: what another letter is known to have said
        there then is not meant."""
        name, says = str(message["id"]), gist(drawn)
        if says == gist(message):
            return True
        return says == self._before.get(name) and all(name != one.message for one in self._said.values())

    def _is_ours(self, message: Mapping[str, Any]) -> bool:
        author = message.get("author")
        return isinstance(author, Mapping) and author.get("id") == self._calls.me

    # taking away

    async def _remove(self, parcel: Parcel, place: str) -> Outcome:
        if parcel.removes is Removes.EVERYTHING:
            if not isinstance(parcel.to, ToAccount):
                return Refused(Why.MALFORMED, "only direct messages can be taken away as a whole")
            return await self._remove_all(place)
        known = self._said.get(parcel.mark)
        name = parcel.instead_of or (known.message if known else "")
        if not name:
            return _GONE
        try:
            await self._delete(place, name)
        except Failed as failed:
            if failed.code in (NO_MESSAGE, NO_CHANNEL):
                return _GONE
            raise
        for mark in [mark for mark, receipt in self._said.items() if receipt.message == name]:
            del self._said[mark]
        return Delivered(Receipt(place, name))

    async def _remove_all(self, place: str) -> Outcome:
        """Page by page, from the newest; what a person said stays."""
        before: dict[str, Any] = {}
        channel = channel_of(place)
        while page := await self._calls("GET", MESSAGES, channel_id=channel, params={"limit": LOOKED_AT, **before}):
            for one in filter(self._is_ours, page):
                try:
                    await self._delete(place, str(one["id"]))
                except Failed as failed:
                    if failed.code != NO_MESSAGE:
                        raise
            before = {"before": str(page[-1]["id"])}
        return Delivered(Receipt(place, ""))

    async def _delete(self, place: str, message: str) -> None:
        channel = channel_of(place)
        places = {"channel_id": channel, "message_id": message}
        await self._awake(channel, lambda: self._calls("DELETE", MESSAGE, places=places))


def _remember(all_of: OrderedDict[str, _T], name: str, what: _T) -> None:
    all_of[name] = what
    while len(all_of) > REMEMBERED:
        all_of.popitem(last=False)


def attached(parcel: Parcel) -> list[Attached]:
    """The pictures and files that go with it, by the names that `draw_view` gives them."""
    return attached_to(parcel.view, draw_view(parcel.view, {}))


def attached_to(view: Any, drawn: Drawn) -> list[Attached]:
    """The contents of the attachments that were drawn, in their order."""
    contents = held(view).values()
    return [
        Attached(str(given["filename"]), one.content if isinstance(one, File) else one.png)
        for one, given in zip(contents, drawn.get("attachments", ()), strict=True)
    ]


def drawn_at(parcel: Parcel, place: str) -> Drawn:
    """The letter as it stands there: in a thread of somebody's own it calls them by name, and nobody else ever."""
    people, to = people_here(parcel.accounts, workspace_of(parcel.to)), parcel.to
    if not place.startswith(OWN_THREAD) or not isinstance(to, ToAccount):
        return draw_view(parcel.view, people)
    call = Paragraph((Mention(CALLED, "you"),))
    drawn = draw_view(View((call, *parcel.view.blocks), parcel.view.title), {**people, CALLED: to.account.user})
    return drawn | {"allowed_mentions": {"parse": [], "users": [to.account.user]}}


def workspace_of(to: Target) -> str:
    """The server it goes to."""
    return to.account.workspace if isinstance(to, ToAccount) else to.workspace


def said_at(message: Mapping[str, Any]) -> datetime:
    """When Discord says it was said."""
    return datetime.fromisoformat(str(message["timestamp"]))


def _nothing_said(failed: Failed) -> Refused:
    outcome = failed.outcome
    return Refused(Why.TRY_LATER, outcome.says) if isinstance(outcome, Unclear) else outcome


def _to_channel(to: ToChannel, failed: Failed) -> Refused | Unclear:
    outcome = failed.outcome
    if isinstance(outcome, Refused) and outcome.why is Why.GONE:
        says = f"discord.channels.{to.name} ({outcome.says}): name a channel that is there; `headsup check` says more"
        return Refused(Why.FORBIDDEN, says)
    return outcome
