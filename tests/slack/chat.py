"""The `chat.*` methods, and how a message that an app gives is checked."""

import json

from tests.slack.blocks import numbered, slack_files, wrong_blocks
from tests.slack.methods import Call, Methods
from tests.slack.model import Channel, File, Json, Kind, Message, Refusal
from tests.slack.workspace import SLACKBOT, Workspace, message_json

method = Methods()

TEXT = 40_000
ALL_BLOCKS = 13_200
"""Characters of all blocks together as JSON; nobody documents it, many have met `msg_blocks_too_long`."""
METADATA = 8_000
ATTACHMENTS = 100


def content(call: Call) -> Json:
    """What the message says: text, blocks, attachments; refused where Slack refuses."""
    text = call.text("text", "")
    blocks = call.json("blocks", "invalid_blocks_format")
    attachments = call.json("attachments", "invalid_attachments") or []
    if not (text.strip() or blocks or attachments):
        raise Refusal("no_text")
    if len(text) > TEXT:
        raise Refusal("msg_too_long")
    if len(attachments) > ATTACHMENTS:
        raise Refusal("too_many_attachments")
    return {"text": text, "blocks": checked_blocks(blocks, call.workspace), "attachments": attachments}


def checked_blocks(blocks: object, workspace: Workspace) -> list[Json]:
    if not blocks:
        return []
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if wrong := wrong_blocks(blocks):
        raise Refusal("invalid_blocks", *wrong)
    if unknown := [where for where, id in slack_files(blocks, "/blocks") if not workspace.can_show(id)]:
        raise Refusal("invalid_blocks", *[f"invalid slack file [json-pointer:{where}]" for where in unknown])
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > ALL_BLOCKS:
        raise Refusal("msg_blocks_too_long")
    return list(numbered(blocks))


def metadata(call: Call) -> Json | None:
    given = call.json("metadata", "invalid_metadata_format")
    if not given:
        return None
    if not isinstance(given, dict):
        raise Refusal("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(given)) > METADATA:
        raise Refusal("metadata_too_large")
    return given


def destination(call: Call) -> Channel:
    """Where to post: a conversation, or somebody's id, which means the DM with them."""
    to = call.text("channel")
    if to in call.workspace.accounts:
        account = call.workspace.accounts[to]
        if account.bot or to == SLACKBOT:
            raise Refusal("cannot_dm_bot")
        channel = call.workspace.im(to)
    else:
        channel = call.channel()
    if channel.archived:
        raise Refusal("is_archived")
    if channel.kind is Kind.IM and not call.workspace.app.messages_tab:
        raise Refusal("messages_tab_disabled")
    member = call.workspace.app.user in channel.members
    if not member and "chat:write.public" not in call.workspace.app.scopes:
        raise Refusal("not_in_channel")
    return channel


def thread(call: Call, channel: Channel) -> str | None:
    parent = call.text("thread_ts", "")
    if parent and not channel.find(parent):
        raise Refusal("thread_not_found")
    return parent or None


@method("chat.postMessage", scope="chat:write")
def post_message(call: Call) -> Json:
    channel = destination(call)
    posting_limit(call, channel)
    said, tagged = content(call), metadata(call)
    app = call.workspace.app
    message = Message(
        channel=channel.id, ts=call.workspace.new_ts(), user=app.user, app=True, metadata=tagged,
        thread=thread(call, channel), unfurls=call.flag("unfurl_links"), **said,
    )  # fmt: skip
    call.workspace.post(message)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message, call.workspace)}


def posting_limit(call: Call, channel: Channel) -> None:
    if seconds := call.throttle.wait_to_post(channel.id, call.workspace.time.now()):
        raise Refusal("ratelimited", status=429, retry_after=seconds)


@method("chat.postEphemeral", tier=4, scope="chat:write")
def post_ephemeral(call: Call) -> Json:
    channel, reader = call.channel(), call.text("user")
    if channel.archived:
        raise Refusal("is_archived")
    if call.workspace.app.user not in channel.members:
        raise Refusal("not_in_channel")
    if reader not in channel.members:
        raise Refusal("user_not_in_channel")
    ts, app = call.workspace.new_ts(), call.workspace.app
    call.workspace.post(Message(channel.id, ts, app.user, app=True, reader=reader, **content(call)))
    return {"message_ts": ts}


def own_message(call: Call, not_own: str) -> Message:
    channel = call.channel()
    message = channel.find(call.text("ts"))
    if message is None:
        raise Refusal("message_not_found")
    if not message.app:
        raise Refusal(not_own)
    if channel.archived:
        raise Refusal("is_inactive" if not_own == "cant_update_message" else "is_archived")
    return message


@method("chat.update", tier=3, scope="chat:write")
def update(call: Call) -> Json:
    """Blocks go where only text is given; metadata stays where none is."""
    message, window = own_message(call, "cant_update_message"), call.workspace.edit_window
    if window is not None and call.workspace.time.now() - float(message.ts) > window:
        raise Refusal("edit_window_closed")
    said, tagged = content(call), metadata(call)
    message.blocks, message.attachments = said["blocks"], said["attachments"]
    message.files += [shown_file(call, each) for each in call.text("file_ids", "").split(",") if each]
    message.metadata = tagged or (None if call.json("metadata") == {} else message.metadata)
    call.workspace.edit(message, said["text"])
    shown = message_json(message, call.workspace)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def shown_file(call: Call, file_id: str) -> File:
    """A file of the app's own, uploaded and complete, that is to be shown with a message."""
    file = call.workspace.files.get(file_id.strip())
    if file is None or not file.complete:
        raise Refusal("file_not_found")
    if file.deleted:
        raise Refusal("file_is_deleted")
    file.shared.append(call.text("channel"))
    return file


@method("chat.delete", tier=3, scope="chat:write")
def delete(call: Call) -> Json:
    message = own_message(call, "cant_delete_message")
    call.workspace.remove(message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink")
def permalink(call: Call) -> Json:
    channel, ts = call.channel(), call.text("message_ts")
    if not channel.find(ts):
        raise Refusal("message_not_found")
    domain = call.workspace.team.domain
    return {
        "channel": channel.id,
        "permalink": f"https://{domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}",
    }


@method("pins.add", tier=2, scope="pins:write")
def pin(call: Call) -> Json:
    channel = call.channel()
    if call.workspace.app.user not in channel.members:
        raise Refusal("not_in_channel")
    message = channel.find(call.text("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    if message.pinned:
        raise Refusal("already_pinned")
    if channel.kind is Kind.CHANNEL and channel.archived:
        raise Refusal("is_archived")
    message.pinned = True
    return {}


@method("pins.remove", tier=2, scope="pins:write")
def unpin(call: Call) -> Json:
    channel = call.channel()
    message = channel.find(call.text("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    if not message.pinned:
        raise Refusal("no_pin")
    message.pinned = False
    return {}
