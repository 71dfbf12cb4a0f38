"""Uploading in three steps, and deleting: `files.*`."""

from uuid import uuid4

from aiohttp import web

from tests.slack.chat import checked_blocks, posting_limit
from tests.slack.methods import Call, Methods
from tests.slack.model import Channel, File, Json, Message, Refusal
from tests.slack.workspace import Workspace, file_json

method = Methods()

ALT = 1000
MOST_BYTES = 1_000_000_000


@method("files.getUploadURLExternal", tier=4, scope="files:write")
def upload_url(call: Call) -> Json:
    name, length = call.text("filename"), call.number("length", 0)
    if not 0 < length <= MOST_BYTES:
        raise Refusal("invalid_arguments", "must be more than 0 [json-pointer:/length]")
    if len(call.text("alt_txt", "")) > ALT:
        raise Refusal("alt_txt_too_large")
    file = File(call.workspace.new_id("F"), name, length, call.text("alt_txt", ""))
    call.workspace.files[file.id] = file
    return {"upload_url": f"http://{call.host}/upload/v1/{file.id}-{uuid4().hex}", "file_id": file.id}


async def upload(workspace: Workspace, request: web.Request) -> web.Response:
    """The second step: the bytes, to the URL that was given."""
    file = workspace.files.get(request.match_info["ticket"].partition("-")[0])
    if file is None or file.data is not None:
        return web.Response(status=404, text="no such upload")
    data = await request.read()
    if len(data) != file.length:
        return web.Response(status=400, text="length differs")
    file.data = data
    return web.Response(text=f"OK - {len(data)}")


@method("files.completeUploadExternal", tier=4, scope="files:write")
def complete(call: Call) -> Json:
    """The third step: the file is there, shared where it was said, with the comment as its message."""
    given = call.json("files")
    if not isinstance(given, list) or not given:
        raise Refusal("invalid_arguments", "missing required field: files")
    files = [uploaded(call, each) for each in given]
    where = call.text("channels", call.text("channel_id", ""))
    for channel in [shared_to(call, each) for each in where.split(",") if each]:
        posting_limit(call, channel)
        share(call, channel, files)
    for file in files:
        file.complete, file.ready_at = True, call.workspace.time.now() + call.workspace.finishing
    return {"files": [file_json(each) for each in files]}


def uploaded(call: Call, given: Json) -> File:
    file = call.workspace.files.get(str(given.get("id")))
    if file is None or file.data is None or file.deleted or file.complete:
        raise Refusal("file_not_found")
    file.title = str(given.get("title") or file.name)
    return file


def shared_to(call: Call, channel_id: str) -> Channel:
    found = call.workspace.channels.get(channel_id)
    if found is None:
        raise Refusal("channel_not_found")
    if call.workspace.app.user not in found.members:
        raise Refusal("not_in_channel")
    if found.archived:
        raise Refusal("is_archived")
    return found


def share(call: Call, channel: Channel, files: list[File]) -> None:
    app, comment = call.workspace.app, call.text("initial_comment", "")
    blocks = checked_blocks(call.json("blocks", "invalid_blocks_format"), call.workspace)
    ts, thread = call.workspace.new_ts(), call.text("thread_ts", "") or None
    for file in files:
        file.shared.append(channel.id)
    call.workspace.post(
        Message(channel.id, ts, app.user, comment, app=True, blocks=blocks, files=list(files), thread=thread)
    )


@method("files.info", tier=4, scope="files:read")
def info(call: Call) -> Json:
    file = call.workspace.files.get(call.text("file"))
    if file is None or file.deleted:
        raise Refusal("file_not_found")
    return {"file": file_json(file)}


@method("files.delete", tier=3, scope="files:write")
def delete(call: Call) -> Json:
    """The file goes; where its message said nothing else, the message goes too."""
    file = call.workspace.files.get(call.text("file"))
    if file is None:
        raise Refusal("file_not_found")
    if file.deleted:
        raise Refusal("file_deleted")
    file.deleted, file.data = True, None
    for channel in [call.workspace.channels[each] for each in file.shared]:
        for message in [one for one in channel.messages if file in one.files]:
            if not message.text and all(each.deleted for each in message.files):
                call.workspace.remove(message)
    return {}
