"""Meetings -> the server's own list of what is coming (scheduled events): put up, changed, taken away, looked for.

Discord keeps no mark for us, and everybody reads the description: a meeting in doubt is known by all that it says,
among those that the bot itself has put up. Each is looked for before it is put up, so that it may be tried again.
"""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.discord.calls import Calls
from adapters.discord.errors import Failed
from adapters.discord.settings import DiscordSettings
from adapters.discord.text import Drawn, neutral
from bot.chat.limits import MEETING_ABOUT, MEETING_TITLE, MEETING_WHERE, clip
from bot.chat.outbound import Delivered, Meeting, Outcome, Parcel, Receipt, Refused, Target, ToChannel, Unclear, Why
from bot.chat.text import clean, one_line
from bot.core.clock import Clock

EVENTS = "/guilds/{guild_id}/scheduled-events"
EVENT = "/guilds/{guild_id}/scheduled-events/{event_id}"
FOR_THE_SERVER, ELSEWHERE = 2, 3
"""Discord's numbers: for members of the server alone; in no channel of it, but at a place of its own."""
NO_EVENT, FULL, MAY_NOT = 10070, 30038, 50013
REMEMBERED = 500

_NOWHERE = Refused(Why.GONE, "no such server or channel in the settings of Discord")
_GONE = Refused(Why.GONE, "that scheduled event is not there any more")
_BEGUN = Refused(Why.GONE, "it has begun, so it is not coming any more")
_MENDS: Mapping[int, Refused] = {
    MAY_NOT: Refused(
        Why.FORBIDDEN,
        "discord.scheduled_events: in Discord, open Server Settings, Roles, HeadsUp, and allow Create Events; or set "
        "scheduled_events = false",
    ),
    FULL: Refused(Why.MALFORMED, "the server has as many scheduled events as Discord allows (100)"),
}


class Meetings:
    """Carries parcels with a meeting; the receipt names the server and the scheduled event."""

    def __init__(self, settings: DiscordSettings, calls: Calls, clock: Clock) -> None:
        self._settings, self._calls, self._clock = settings, calls, clock
        self._known: OrderedDict[str, str] = OrderedDict()
        """Which scheduled event each mark has become lately."""
        self._servers: dict[str, str] = {}

    async def carry(self, parcel: Parcel, meeting: Meeting) -> Outcome:
        """Try once."""
        try:
            server = await self._server(parcel.to)
            if server is None:
                return _NOWHERE
            return await (self._remove if parcel.removes else self._put)(server, parcel, meeting)
        except Failed as failed:
            return _MENDS.get(failed.code, failed.outcome)

    async def find(self, parcel: Parcel, meeting: Meeting) -> Receipt | None:
        """The scheduled event that says what the parcel says. Raises Failed."""
        server = await self._server(parcel.to)
        return await self._look(server, parcel, meeting) if server else None

    async def _put(self, server: str, parcel: Parcel, meeting: Meeting) -> Outcome:
        now = self._clock.now()
        if meeting.ends_at <= now:
            return _BEGUN
        if parcel.instead_of:
            try:
                drawn = draw_meeting(meeting, now)
                await self._calls("PATCH", EVENT, json=drawn, guild_id=server, event_id=parcel.instead_of)
                return self._stands(server, parcel, parcel.instead_of)
            except Failed as failed:
                if failed.code != NO_EVENT:
                    raise
        return _BEGUN if meeting.starts_at <= now else await self._put_up(server, parcel, meeting)

    async def _put_up(self, server: str, parcel: Parcel, meeting: Meeting) -> Outcome:
        try:
            found = await self._look(server, parcel, meeting)
        except Failed as failed:
            return _nothing_done(failed)
        if found is not None:
            return Delivered(found)
        drawn = {key: value for key, value in draw_meeting(meeting, self._clock.now()).items() if value is not None}
        made = await self._calls("POST", EVENTS, json=drawn, once=True, guild_id=server)
        return self._stands(server, parcel, str(made["id"]))

    async def _remove(self, server: str, parcel: Parcel, meeting: Meeting) -> Outcome:
        event = parcel.instead_of or self._known.get(parcel.mark, "")
        if not event:
            found = await self._look(server, parcel, meeting)
            if found is None:
                return _GONE
            event = found.message
        try:
            await self._calls("DELETE", EVENT, guild_id=server, event_id=event)
        except Failed as failed:
            if failed.code == NO_EVENT:
                return _GONE
            raise
        return Delivered(Receipt(server, event))

    async def _look(self, server: str, parcel: Parcel, meeting: Meeting) -> Receipt | None:
        drawn = draw_meeting(meeting, self._clock.now())
        others = {event for mark, event in self._known.items() if mark != parcel.mark and event != parcel.instead_of}
        for one in await self._calls("GET", EVENTS, guild_id=server):
            id = str(one["id"])
            if id not in others and one.get("creator_id") == self._calls.me and is_same_meeting(drawn, one):
                return self._stands(server, parcel, id).receipt
        return None

    def _stands(self, server: str, parcel: Parcel, event: str) -> Delivered:
        self._known[parcel.mark] = event
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return Delivered(Receipt(server, event))

    async def _server(self, to: Target) -> str | None:
        """The server of the channel: where several are served, Discord says which. Raises Failed."""
        if not isinstance(to, ToChannel) or to.workspace not in self._settings.servers:
            return None
        channel = self._settings.channels.get(to.name)
        if channel is None or len(self._settings.servers) == 1:
            return to.workspace if channel else None
        if channel not in self._servers:
            self._servers[channel] = str((await self._calls("GET", "/channels/{id}", id=channel)).get("guild_id"))
        return self._servers[channel]


def draw_meeting(meeting: Meeting, now: datetime) -> Drawn:
    """The meeting as Discord gets it. Of one that has begun the beginning stays as it is: Discord takes none that is
    past."""
    drawn: Drawn = {
        "name": clip(one_line(meeting.title), MEETING_TITLE),
        "description": _about(meeting.about) or None,
        "privacy_level": FOR_THE_SERVER,
        "entity_type": ELSEWHERE,
        "entity_metadata": {"location": clip(one_line(meeting.where), MEETING_WHERE)},
        "scheduled_end_time": meeting.ends_at.isoformat(),
    }
    return drawn | ({"scheduled_start_time": meeting.starts_at.isoformat()} if meeting.starts_at > now else {})


def _about(words: str) -> str:
    """Written so that it means nothing to Discord, and as much of it as there is room for then."""
    bare = clean(words)
    room = MEETING_ABOUT
    while len(neutral(clip(bare, room))) > MEETING_ABOUT:
        room -= max(1, (len(neutral(clip(bare, room))) - MEETING_ABOUT) // 2)
    return neutral(clip(bare, room))


def is_same_meeting(drawn: Drawn, stands: Mapping[str, Any]) -> bool:
    """Whether a scheduled event says what was drawn."""
    place = (stands.get("entity_metadata") or {}).get("location")
    if place != drawn["entity_metadata"]["location"] or (stands.get("description") or None) != drawn["description"]:
        return False
    times = [key for key in ("scheduled_start_time", "scheduled_end_time") if key in drawn]
    return stands.get("name") == drawn["name"] and all(_at(stands.get(key)) == _at(drawn[key]) for key in times)


def _at(said: Any) -> datetime | None:
    return datetime.fromisoformat(str(said)) if said else None


def _nothing_done(failed: Failed) -> Outcome:
    """Only looked: trying again does no harm."""
    outcome = failed.outcome
    return Refused(Why.TRY_LATER, outcome.says) if isinstance(outcome, Unclear) else outcome
