"""Endpoints of threads: private ones are created, joined, left, archived; and channels are renamed and deleted."""

from tests.discord.forms import Check, checked, each, flag, number, one_of, shape, snowflake, text
from tests.discord.model import Channel, Intent, Json, Kind, Message, Refusal, ThreadState
from tests.discord.network import Event
from tests.discord.objects import channel_json, thread_member_json
from tests.discord.permissions import Permission
from tests.discord.routes import Answer, Call, endpoint

LASTING: Check = one_of(60, 1440, 4320, 10080)
CREATE = shape(
    {"name": text(100, 1), "auto_archive_duration": LASTING, "type": one_of(10, 11, 12), "invitable": flag,
     "rate_limit_per_user": number(0, 21600)},
    "name",
)  # fmt: skip
CHANGE_THREAD = shape(
    {"name": text(100, 1), "archived": flag, "auto_archive_duration": LASTING, "locked": flag, "invitable": flag,
     "rate_limit_per_user": number(0, 21600), "flags": number(0, 2), "applied_tags": each(snowflake, 5)}
)  # fmt: skip
CHANGE_CHANNEL = shape({"name": text(100, 1), "topic": text(1024), "position": number(0, 500)})
ADDED, RENAMED = 1, 4
"""The kinds of the messages Discord itself puts into a thread."""


@endpoint("POST", "/channels/{channel}/threads", status=201)
def create(call: Call) -> Answer:
    """A thread that hangs on no message: public unless it says that it is private."""
    parent, body = call.channel(), checked(call.body, CREATE)
    if parent.kind not in (Kind.TEXT, Kind.NEWS):
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    kind = Kind(body.get("type", Kind.PRIVATE_THREAD))
    private = kind is Kind.PRIVATE_THREAD
    call.needs(parent, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
    network = call.network
    network.room_for_a_thread(str(parent.guild))
    now = network.now()
    state = ThreadState(call.me, now, {call.me: now}, archive_changed=now, last_activity=network.time.now())
    state.auto_archive = body.get("auto_archive_duration", state.auto_archive)
    state.invitable = body.get("invitable", True)
    made = network.keep(Channel(network.new_id(), kind, body["name"], parent.guild, parent.id, thread=state))
    network.stays_open(made)
    network.happened(Event("THREAD_CREATE", channel_json(made, network) | {"newly_created": True}, Intent.GUILDS))
    network.time.moved()
    return channel_json(made, network) | {"member": thread_member_json(made, call.me)}


def _thread(call: Call) -> tuple[Channel, ThreadState]:
    found = call.channel()
    if found.thread is None:
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    return found, found.thread


def _active(thread: ThreadState) -> None:
    if thread.archived:
        raise Refusal(400, 50083, "Thread is archived")


@endpoint("PUT", "/channels/{channel}/thread-members/{user}", status=204)
def join(call: Call) -> Answer:
    """Add somebody who is in the server and may see the channel above; twice does no harm."""
    where, thread = _thread(call)
    _active(thread)
    who = call.user()
    call.needs(where, Permission.SEND_MESSAGES_IN_THREADS)
    if call.network.member(where.guild, who) is None:
        raise Refusal(404, 10007, "Unknown Member")
    if not call.network.sees(who, call.network.channels[str(where.parent)]):
        raise Refusal(403, 50001, "Missing Access")
    if who not in thread.members:
        thread.members[who] = call.network.now()
        call.network.rings(who, "added", where)
        _says(call, where, ADDED, "")
        _tell(call, where, {"added_members": [thread_member_json(where, who)]}, who)


@endpoint("DELETE", "/channels/{channel}/thread-members/{user}", status=204)
def leave(call: Call) -> Answer:
    where, thread = _thread(call)
    _active(thread)
    who = call.user()
    owns = thread.owner == call.me and where.kind is Kind.PRIVATE_THREAD
    if who != call.me and not owns:
        call.needs(where, Permission.MANAGE_THREADS)
    if thread.members.pop(who, None) is None:
        raise Refusal(404, 10007, "Unknown Member")
    _tell(call, where, {"removed_member_ids": [who]}, who)


@endpoint("GET", "/channels/{channel}/thread-members/{user}")
def member(call: Call) -> Answer:
    """Whether somebody is in it: a 404 where they are not."""
    where, thread = _thread(call)
    who = call.user()
    if who not in thread.members:
        raise Refusal(404, 10007, "Unknown Member")
    return thread_member_json(where, who)


@endpoint("GET", "/channels/{channel}/thread-members")
def members(call: Call) -> Answer:
    where, thread = _thread(call)
    if not call.network.app.members_intent:
        raise Refusal(403, 50001, "Missing Access")
    return [thread_member_json(where, one) for one in thread.members]


@endpoint("PATCH", "/channels/{channel}")
def change(call: Call) -> Answer:
    """Rename, archive, bring back: an archived thread takes nothing but being brought back."""
    where = call.channel()
    if where.kind is Kind.DM:
        raise Refusal(403, 50003, "Cannot execute action on a DM channel")
    if where.thread is None:
        body = checked(call.body, CHANGE_CHANNEL)
        call.needs(where, Permission.MANAGE_CHANNELS)
        where.name = body.get("name", where.name)
        call.network.changed(where)
        return channel_json(where, call.network)
    _change_thread(call, where, where.thread, checked(call.body, CHANGE_THREAD))
    return channel_json(where, call.network)


def _change_thread(call: Call, where: Channel, thread: ThreadState, body: Json) -> None:
    owns = thread.owner == call.me and not set(body) & {"locked"}
    wakes = body.get("archived") is False and not thread.locked and set(body) == {"archived"}
    if not owns and not wakes:
        call.needs(where, Permission.MANAGE_THREADS)
    if thread.archived and body.get("archived") is not False:
        _active(thread)
    if "archived" in body:
        call.network.archive(where, bool(body["archived"]))
    renamed = "name" in body and body["name"] != where.name
    where.name = body.get("name", where.name)
    thread.locked = body.get("locked", thread.locked)
    thread.invitable = body.get("invitable", thread.invitable)
    thread.auto_archive = body.get("auto_archive_duration", thread.auto_archive)
    call.network.changed(where)
    if renamed and not thread.archived:
        _says(call, where, RENAMED, where.name)


@endpoint("DELETE", "/channels/{channel}")
def delete(call: Call) -> Answer:
    where = call.channel()
    if where.kind is Kind.DM:
        return channel_json(where, call.network)
    call.needs(where, Permission.MANAGE_THREADS if where.thread else Permission.MANAGE_CHANNELS)
    shown = channel_json(where, call.network)
    call.network.lose(where)
    return shown


@endpoint("GET", "/channels/{channel}/threads/archived/private")
def archived(call: Call) -> Answer:
    parent = call.channel()
    call.needs(parent, Permission.READ_MESSAGE_HISTORY, Permission.MANAGE_THREADS)
    found = [one for one in call.network.threads(str(parent.guild), active=False) if one.parent == parent.id]
    shown = [one for one in found if one.thread and one.thread.archived and one.kind is Kind.PRIVATE_THREAD]
    shown.sort(key=lambda one: one.thread.archive_changed if one.thread else "", reverse=True)
    return listed(call, shown[: call.whole("limit", 2, 100, 50)]) | {"has_more": len(shown) > 50}


def listed(call: Call, threads: list[Channel]) -> Json:
    """Threads, and the application's own membership in each where it has one."""
    own = [one for one in threads if one.thread and call.me in one.thread.members]
    return {
        "threads": [channel_json(one, call.network) for one in threads],
        "members": [thread_member_json(one, call.me) for one in own],
    }


def _says(call: Call, where: Channel, kind: int, content: str) -> None:
    network = call.network
    network.post(Message(network.new_id(), where.id, call.me, content, at=network.time.now(), type=kind))


def _tell(call: Call, where: Channel, more: Json, who: str) -> None:
    """Only who has the members intent hears of others."""
    thread = where.thread
    assert thread
    said: Json = {"id": where.id, "guild_id": where.guild, "member_count": min(50, len(thread.members))}
    intent = Intent.GUILDS if who == call.me else Intent.MEMBERS
    call.network.happened(Event("THREAD_MEMBERS_UPDATE", said | more, intent))
    call.network.time.moved()
