"""The `conversations.*` methods."""

from tests.slack.methods import Call, Methods, page
from tests.slack.model import Account, Channel, Json, Kind, Refusal
from tests.slack.workspace import SLACKBOT, Workspace, message_json

method = Methods()

MOST_TOGETHER = 8
UNPAGED = 999
HISTORY_DISTRIBUTED = 15
"""Messages a call brings a distributed app that is not on the Marketplace."""


def channel_json(channel: Channel, workspace: Workspace) -> Json:
    """A conversation as its methods show it."""
    me = workspace.app.user
    made: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind is Kind.IM,
        "is_mpim": channel.kind is Kind.MPIM,
        "is_channel": channel.kind is Kind.CHANNEL,
        "is_group": channel.kind is Kind.PRIVATE,
        "is_private": channel.kind is not Kind.CHANNEL,
        "is_ext_shared": channel.shared,
        "is_org_shared": False,
        "context_team_id": workspace.team.id,
    }
    if channel.kind is Kind.IM:
        other = next(each for each in channel.members if each != me)
        return made | {"user": other, "is_user_deleted": workspace.accounts[other].deleted, "is_open": True}
    return made | {"name": channel.name, "is_member": me in channel.members, "num_members": len(channel.members)}


def to_open(call: Call) -> list[Account]:
    """The people named, each somebody the app may write to."""
    named = list(dict.fromkeys(filter(None, (each.strip() for each in call.text("users").split(",")))))
    if len(named) > MOST_TOGETHER:
        raise Refusal("too_many_users")
    if not named:
        raise Refusal("users_list_not_supplied")
    found = [call.workspace.account(each) for each in named if each != call.workspace.app.user]
    for each in found:
        if each.deleted:
            raise Refusal("user_disabled")
        if not call.workspace.meets(each):
            raise Refusal("invalid_user_combination")
        if len(named) == 1 and (each.bot or each.id == SLACKBOT):
            raise Refusal("cannot_dm_bot")
    if not found:
        raise Refusal("not_enough_users")
    return found


@method("conversations.open", tier=3)
def open_conversation(call: Call) -> Json:
    if call.args.get("channel"):
        channel, before = call.channel(), True
        if channel.kind not in (Kind.IM, Kind.MPIM):
            raise Refusal("method_not_supported_for_channel_type")
    else:
        people = [each.id for each in to_open(call)]
        call.needs("im:write" if len(people) == 1 else "mpim:write")
        known = call.workspace.im_of(people[0]) if len(people) == 1 else call.workspace.mpim_of(people)
        channel = known or (call.workspace.im(people[0]) if len(people) == 1 else call.workspace.mpim(people))
        before = known is not None
    shown = channel_json(channel, call.workspace) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if before else {})


def readable(call: Call) -> Channel:
    """A conversation whose messages the token may read."""
    channel = call.channel()
    call.needs(f"{channel.kind}:history")
    if call.workspace.app.user not in channel.members:
        raise Refusal("not_in_channel")
    return channel


@method("conversations.history", tier=3)
def history(call: Call) -> Json:
    """Newest first; metadata where it is asked for; ephemeral messages never."""
    channel, most = readable(call), HISTORY_DISTRIBUTED if call.workspace.app.distributed else UNPAGED
    oldest, latest = float(call.text("oldest", "0")), float(call.text("latest", "inf"))
    inclusive = call.flag("inclusive")
    kept = [
        one
        for one in reversed(channel.messages)
        if not one.reader
        and (oldest < float(one.ts) < latest or (inclusive and float(one.ts) in (oldest, latest)))
        and one.thread in (None, one.ts)
    ]
    with_metadata = call.flag("include_all_metadata")
    call.args = call.args | {"limit": min(call.number("limit", 100), most)}
    shown, more = page(call, kept, UNPAGED)
    messages = [
        message_json(one, call.workspace) | ({"metadata": one.metadata} if with_metadata and one.metadata else {})
        for one in shown
    ]
    return {"messages": messages, "has_more": bool(more["response_metadata"]["next_cursor"])} | more


@method("conversations.info", tier=3)
def info(call: Call) -> Json:
    channel = call.channel()
    call.needs(f"{channel.kind}:read")
    return {"channel": channel_json(channel, call.workspace)}


@method("conversations.list", tier=2)
def list_conversations(call: Call) -> Json:
    names = {"public_channel": Kind.CHANNEL, "private_channel": Kind.PRIVATE, "im": Kind.IM, "mpim": Kind.MPIM}
    asked = call.text("types", "public_channel").split(",")
    if not set(asked) <= set(names):
        raise Refusal("invalid_types")
    kinds = [names[each] for each in asked]
    for kind in kinds:
        call.needs(f"{kind}:read")
    me = call.workspace.app.user
    seen = [
        channel_json(one, call.workspace)
        for one in call.workspace.channels.values()
        if one.kind in kinds and (one.kind is Kind.CHANNEL or me in one.members)
        if not (one.archived and call.flag("exclude_archived"))
    ]
    shown, more = page(call, seen)
    return {"channels": shown} | more


@method("conversations.join", tier=3, scope="channels:join")
def join(call: Call) -> Json:
    channel, me = call.channel(), call.workspace.app.user
    if channel.kind is not Kind.CHANNEL:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    if me not in channel.members:
        channel.members.append(me)
    return {"channel": channel_json(channel, call.workspace)}


@method("conversations.members", tier=4)
def members(call: Call) -> Json:
    channel = call.channel()
    call.needs(f"{channel.kind}:read")
    shown, more = page(call, channel.members)
    return {"members": shown} | more
