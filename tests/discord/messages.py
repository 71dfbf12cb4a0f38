"""Endpoints of messages: posting with a nonce, reading, changing, deleting; in channels, threads and DMs."""

from itertools import takewhile

from tests.discord.bodies import CREATE, EDIT, check_message, fill
from tests.discord.model import Channel, Json, Kind, Message, Refusal
from tests.discord.objects import channel_json, message_json
from tests.discord.permissions import Permission
from tests.discord.routes import Answer, Call, endpoint

NONCES_LIVE = 5 * 60.0
"""Documented as `the past few minutes`."""


@endpoint("GET", "/channels/{channel}")
def channel(call: Call) -> Answer:
    return channel_json(call.channel(), call.network)


@endpoint("POST", "/channels/{channel}/messages")
def create(call: Call) -> Answer:
    """Post; the same nonce within five minutes, enforced, gives back what was posted the first time."""
    where = call.channel()
    body = check_message(call.body, call.files, CREATE)
    _may_write(call, where)
    nonce = body.get("nonce")
    if body.get("enforce_nonce") and nonce is not None and (first := _posted_with(call, where, nonce)):
        return _with_nonce(call, first)
    network = call.network
    made = Message(network.new_id(), where.id, call.me, at=network.time.now(), flags=body.get("flags", 0), nonce=nonce)
    fill(made, body, call.files)
    network.post(made)
    return _with_nonce(call, made)


def _with_nonce(call: Call, message: Message) -> Json:
    made = message_json(message, call.network)
    return made | ({"nonce": message.nonce} if message.nonce is not None else {})


def _posted_with(call: Call, where: Channel, nonce: object) -> Message | None:
    since = call.network.time.now() - NONCES_LIVE
    for some in (where.messages, where.removed):
        for one in takewhile(lambda each: each.at > since, reversed(some)):
            if one.author == call.me and one.nonce is not None and str(one.nonce) == str(nonce):
                return one
    return None


def _may_write(call: Call, where: Channel) -> None:
    if where.kind is Kind.DM:
        _reachable(call, where.recipients[0])
        return
    if where.kind is Kind.CATEGORY:
        raise Refusal(400, 50008, "Cannot send messages in a non-text channel")
    call.needs(where, Permission.SEND_MESSAGES_IN_THREADS if where.thread else Permission.SEND_MESSAGES)
    if call.files:
        call.needs(where, Permission.ATTACH_FILES)
    if call.body.get("embeds"):
        call.needs(where, Permission.EMBED_LINKS)
    if where.thread and where.thread.locked and not call.network.may(call.me, where) & Permission.MANAGE_THREADS:
        raise Refusal(403, 160005, "Thread is locked")


def _reachable(call: Call, who: str) -> None:
    user = call.network.users[who]
    if user.deleted or user.blocks or user.bot:
        raise Refusal(403, 50007, "Cannot send messages to this user")
    if not call.network.shares_a_guild(who):
        raise Refusal(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
    if not user.dms:
        raise Refusal(403, 50007, "Cannot send messages to this user")


@endpoint("GET", "/channels/{channel}/messages")
def read(call: Call) -> Answer:
    """The newest first; nothing without the permission to read what was said before."""
    where, limit = call.channel(), call.whole("limit", 1, 100, 50)
    if where.guild and not call.network.may(call.me, where) & Permission.READ_MESSAGE_HISTORY:
        return []
    shown = [one for one in where.messages if not one.reader]
    if before := call.query.get("before"):
        shown = [one for one in shown if int(one.id) < int(before)][-limit:]
    elif after := call.query.get("after"):
        shown = [one for one in shown if int(one.id) > int(after)][:limit]
    return [as_read(call, one) for one in reversed(shown[-limit:])]


@endpoint("GET", "/channels/{channel}/messages/{message}")
def read_one(call: Call) -> Answer:
    where = call.channel()
    call.needs(where, Permission.READ_MESSAGE_HISTORY)
    return as_read(call, call.message(where))


def as_read(call: Call, message: Message) -> Json:
    """Without the message content intent, what others wrote in a server comes empty."""
    made, where = message_json(message, call.network), call.network.channels[message.channel]
    own = message.author == call.me or where.kind is Kind.DM or call.me in call.network.mentioned(message)
    if own or call.network.app.content_intent:
        return made
    return made | {"content": "", "embeds": [], "attachments": [], "components": []}


@endpoint("PATCH", "/channels/{channel}/messages/{message}")
def edit(call: Call) -> Answer:
    where = call.channel()
    found = call.message(where)
    if found.author != call.me:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    if where.thread and where.thread.archived:
        raise Refusal(400, 50083, "Thread is archived")
    body, before = check_message(call.body, call.files, EDIT), found.content
    fill(found, body, call.files)
    found.flags = body.get("flags", found.flags)
    call.network.edited(found, before)
    return message_json(found, call.network)


@endpoint("DELETE", "/channels/{channel}/messages/{message}", status=204)
def delete(call: Call) -> Answer:
    where = call.channel()
    found = call.message(where)
    if where.thread and where.thread.archived:
        raise Refusal(400, 50083, "Thread is archived")
    if found.author != call.me:
        if where.kind is Kind.DM:
            raise Refusal(403, 50003, "Cannot execute action on a DM channel")
        call.needs(where, Permission.MANAGE_MESSAGES)
    call.network.remove(found)


@endpoint("POST", "/channels/{channel}/typing", status=204)
def typing(call: Call) -> Answer:
    call.channel()
