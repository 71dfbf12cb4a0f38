"""Endpoints of scheduled events, of the one kind that hangs on no channel (EXTERNAL). Its status follows the clock.

Nobody is told of them over the gateway here: that needs an intent of its own, which the bot does not ask for.
"""

from datetime import datetime

from tests.discord.forms import Check, checked, number, one_of, shape, text
from tests.discord.model import Guild, Json, Refusal, Scheduled
from tests.discord.objects import scheduled_json
from tests.discord.permissions import Permission, in_guild
from tests.discord.routes import Answer, Call, endpoint

MOST = 100
EXTERNAL, GUILD_ONLY = 3, 2
COMPLETED = 3
FIELDS: dict[str, Check] = {
    "name": text(100, 1),
    "description": text(1000, 1),
    "privacy_level": one_of(GUILD_ONLY),
    "entity_type": one_of(EXTERNAL),
    "entity_metadata": shape({"location": text(100, 1)}, "location"),
    "scheduled_start_time": text(40, 1),
    "scheduled_end_time": text(40, 1),
}
CREATE = shape(FIELDS, *(name for name in FIELDS if name != "description"))
CHANGE = shape(FIELDS | {"status": number(1, 4)})
BEFORE = "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past."
BACKWARDS = "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "Cannot end an event before it starts."


@endpoint("GET", "/guilds/{guild}/scheduled-events")
def listed(call: Call) -> Answer:
    """Those that are coming or are going on."""
    found, now = call.guild(), call.network.time.now()
    return [scheduled_json(one, now) for one in found.scheduled.values() if one.status(now) < COMPLETED]


@endpoint("POST", "/guilds/{guild}/scheduled-events")
def create(call: Call) -> Answer:
    guild, now = call.guild(), call.network.time.now()
    _may(call, guild, Permission.CREATE_EVENTS)
    if "description" in call.body and call.body["description"] is None:
        _wrong("description", "BASE_TYPE_REQUIRED", "This field is required")
    body = checked(call.body, CREATE)
    if sum(one.status(now) < COMPLETED for one in guild.scheduled.values()) >= MOST:
        raise Refusal(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
    made = Scheduled(call.network.new_id(), guild.id, call.me)
    _fill(made, body, now)
    guild.scheduled[made.id] = made
    return scheduled_json(made, now)


@endpoint("GET", "/guilds/{guild}/scheduled-events/{event}")
def one(call: Call) -> Answer:
    return scheduled_json(_found(call, call.guild()), call.network.time.now())


@endpoint("PATCH", "/guilds/{guild}/scheduled-events/{event}")
def change(call: Call) -> Answer:
    """Whoever made it needs no more than to make one; what is over stays as it was."""
    guild, now = call.guild(), call.network.time.now()
    found = _found(call, guild)
    _may_change(call, guild, found)
    if found.status(now) >= COMPLETED:
        raise Refusal(400, 180000, "Cannot update a finished event")
    _fill(found, checked(call.body, CHANGE), now)
    return scheduled_json(found, now)


@endpoint("DELETE", "/guilds/{guild}/scheduled-events/{event}", status=204)
def delete(call: Call) -> Answer:
    guild = call.guild()
    found = _found(call, guild)
    _may_change(call, guild, found)
    del guild.scheduled[found.id]


def _found(call: Call, guild: Guild) -> Scheduled:
    found = guild.scheduled.get(call.params["event"])
    if found is None:
        raise Refusal(404, 10070, "Unknown Guild Scheduled Event")
    return found


def _may_change(call: Call, guild: Guild, found: Scheduled) -> None:
    own = (Permission.CREATE_EVENTS,) if found.creator == call.me else ()
    _may(call, guild, *own, Permission.MANAGE_EVENTS)


def _may(call: Call, guild: Guild, *any_of: Permission) -> None:
    if not any(in_guild(guild, call.me) & permission for permission in any_of):
        raise Refusal(403, 50013, "Missing Permissions")


def _fill(event: Scheduled, body: Json, now: float) -> None:
    starts_at = _instant(body, "scheduled_start_time", event.starts_at)
    ends_at = _instant(body, "scheduled_end_time", event.ends_at)
    if "scheduled_start_time" in body and starts_at <= now:
        _wrong("scheduled_start_time", *BEFORE)
    if ends_at <= starts_at:
        _wrong("scheduled_end_time", *BACKWARDS)
    event.starts_at, event.ends_at = starts_at, ends_at
    event.name = body.get("name") or event.name
    event.location = (body.get("entity_metadata") or {"location": event.location})["location"]
    event.description = body.get("description", event.description)


def _instant(body: Json, name: str, otherwise: float) -> float:
    if body.get(name) is None:
        return otherwise
    try:
        return datetime.fromisoformat(body[name]).timestamp()
    except ValueError:
        _wrong(name, "DATE_TIME_TYPE_PARSE", f"Could not parse {body[name]}. Should be ISO8601.")
        raise


def _wrong(name: str, code: str, message: str) -> None:
    told = {"_errors": [{"code": code, "message": message}]}
    raise Refusal(400, 50035, "Invalid Form Body", errors={name: told})
