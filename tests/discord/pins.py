"""Endpoints of pins: since 2026 by a permission of their own (PIN_MESSAGES), which Manage Messages does not hold."""

from tests.discord.messages import as_read
from tests.discord.model import Message, Refusal
from tests.discord.objects import moment
from tests.discord.permissions import Permission
from tests.discord.routes import Answer, Call, endpoint

MOST = 50
PINNED = 6
"""The kind of the message in which Discord says who pinned something."""


@endpoint("GET", "/channels/{channel}/messages/pins")
def listed(call: Call) -> Answer:
    """The latest first."""
    where = call.channel()
    if where.guild and not call.network.may(call.me, where) & Permission.READ_MESSAGE_HISTORY:
        return {"items": [], "has_more": False}
    pinned = sorted((one for one in where.messages if one.pinned), key=lambda one: -(one.pinned or 0))
    items = [{"pinned_at": moment(one.pinned or 0), "message": as_read(call, one)} for one in pinned]
    return {"items": items, "has_more": False}


@endpoint("PUT", "/channels/{channel}/messages/pins/{message}", status=204)
def pin(call: Call) -> Answer:
    """Twice does no harm."""
    where = call.channel()
    call.needs(where, Permission.PIN_MESSAGES)
    found = call.message(where)
    if found.pinned:
        return
    if sum(one.pinned is not None for one in where.messages) >= MOST:
        raise Refusal(400, 30003, "Maximum number of pins reached for the channel (50)")
    network = call.network
    found.pinned = network.time.now()
    network.post(Message(network.new_id(), where.id, call.me, at=network.time.now(), type=PINNED))


@endpoint("DELETE", "/channels/{channel}/messages/pins/{message}", status=204)
def unpin(call: Call) -> Answer:
    where = call.channel()
    call.needs(where, Permission.PIN_MESSAGES)
    call.message(where).pinned = None
