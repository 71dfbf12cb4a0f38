"""Answers by response URL: ephemeral unless it says otherwise, replacing or deleting what was pressed."""

from tests.slack.chat import checked_blocks
from tests.slack.model import Json, Message, Refusal
from tests.slack.tickets import Hook
from tests.slack.workspace import Workspace


def respond(workspace: Workspace, part: str, said: object) -> None:
    """What `POST` to a response URL does; a Refusal carries the status."""
    if not isinstance(said, dict):
        raise Refusal("invalid_payload", status=400)
    hook = workspace.hooks.use(part, workspace.time.now())
    answer(workspace, hook, said)


def answer(workspace: Workspace, hook: Hook, said: Json) -> None:
    """Also what an acknowledgement of a slash command does that carries a message."""
    origin = _origin(workspace, hook)
    if said.get("delete_original"):
        if origin:
            workspace.remove(origin)
        return
    content = _content(workspace, said)
    if said.get("replace_original") and origin:
        origin.blocks, origin.attachments = content["blocks"], content["attachments"]
        workspace.edit(origin, content["text"])
        return
    in_channel = said.get("response_type") == "in_channel"
    reader = None if in_channel else hook.user
    app, thread = workspace.app, str(said.get("thread_ts") or "") or None
    made = Message(hook.channel, workspace.new_ts(), app.user, app=True, reader=reader, thread=thread, **content)
    workspace.post(made)


def _origin(workspace: Workspace, hook: Hook) -> Message | None:
    """The message that was pressed: for others' eyes too, or the reader's own ephemeral one."""
    messages = workspace.channels[hook.channel].messages
    return next((one for one in messages if one.ts == hook.origin and one.reader in (None, hook.user)), None)


def _content(workspace: Workspace, said: Json) -> Json:
    text = str(said.get("text") or "")
    if not (text.strip() or said.get("blocks") or said.get("attachments")):
        raise Refusal("no_text", status=400)
    try:
        blocks = checked_blocks(said.get("blocks"), workspace)
    except Refusal as refused:
        raise Refusal(refused.error, status=400) from None
    return {"text": text, "blocks": blocks, "attachments": said.get("attachments") or []}
