"""The bodies of messages as they come in, of interactions and webhooks too, and the attachments they bring."""

from dataclasses import replace
from typing import Any

from tests.discord.components import rows
from tests.discord.forms import (
    SNOWFLAKE,
    Check,
    Form,
    Path,
    bits,
    both,
    checked,
    each,
    either,
    flag,
    link,
    moment,
    number,
    one_of,
    shape,
    snowflake,
    text,
)  # fmt: skip
from tests.discord.model import (
    EPHEMERAL,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Attachment,
    Json,
    Message,
    Refusal,
)  # fmt: skip

IN_EMBEDS = 6000
MEDIA = shape({"url": both(text(2048, 1), link)}, "url")
EMBED = shape({
    "title": text(256), "type": one_of("rich"), "description": text(4096), "url": both(text(2048), link),
    "timestamp": moment, "color": number(0, 0xFFFFFF), "flags": bits(32),
    "footer": shape({"text": text(2048, 1), "icon_url": link}, "text"),
    "image": MEDIA, "thumbnail": MEDIA,
    "author": shape({"name": text(256, 1), "url": link, "icon_url": link}, "name"),
    "fields": each(shape({"name": text(256, 1), "value": text(1024, 1), "inline": flag}, "name", "value"), 25),
})  # fmt: skip
MENTIONS = shape({
    "parse": each(one_of("roles", "users", "everyone"), 3), "roles": each(snowflake, 100),
    "users": each(snowflake, 100), "replied_user": flag,
})  # fmt: skip
REFERENCE = shape({
    "type": number(0, 1), "message_id": snowflake, "channel_id": snowflake, "guild_id": snowflake,
    "fail_if_not_exists": flag,
}, "message_id")  # fmt: skip
ATTACHED = shape({"id": either(number(0, 9), snowflake), "filename": text(1024, 1), "description": text(1024),
                  "is_spoiler": flag}, "id")  # fmt: skip


def _size(what: Any, form: Form, path: Path) -> None:
    if sum(map(_said, what)) > IN_EMBEDS:
        form.say(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {IN_EMBEDS}")


def _said(embed: Json) -> int:
    """The characters that count: of title, description, footer, author and fields."""
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get(key) or {}).get(name) for key, name in (("footer", "text"), ("author", "name"))]
    for one in embed.get("fields") or []:
        parts += [one["name"], one["value"]]
    return sum(len(part) for part in parts if part)


WORDS: dict[str, Check] = {
    "content": text(2000),
    "embeds": both(each(EMBED, 10), _size),
    "allowed_mentions": MENTIONS,
    "components": rows,
    "attachments": each(ATTACHED, 10),
}
CREATE = shape(WORDS | {
    "nonce": either(number(0, 2**63 - 1), text(25)), "enforce_nonce": flag, "tts": flag,
    "message_reference": REFERENCE, "flags": bits(SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS),
})  # fmt: skip
"""A message in a channel. An ephemeral one cannot be posted there: the flag is refused, where Discord ignores it."""
EDIT = shape(WORDS | {"tts": flag, "flags": bits(SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS)})
"""The library sends the flags that were and a `tts` that means nothing here; Discord takes both."""
EDIT_BY_WEBHOOK = shape(WORDS | {"flags": bits(SUPPRESS_EMBEDS)})
ANSWER = shape(WORDS | {"tts": flag, "flags": bits(SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, EPHEMERAL)})
"""A message that answers an interaction, at once or by its webhook."""


def check_message(body: object, files: dict[int, Attachment], check: Check) -> Json:
    """The body of a message with what came with it: what is told of must have come."""
    made, form = checked(body, check), Form()
    for at, one in enumerate(made.get("attachments") or []):
        file = files.get(int(one["id"]))
        if file:
            file.description = one.get("description")
            file.filename = one.get("filename") or file.filename
        elif not SNOWFLAKE.fullmatch(str(one["id"])):
            form.say(("attachments", at, "id"), "ATTACHMENT_NOT_FOUND", f"Uploaded attachment {one['id']} not found.")
    form.close()
    return made


def nothing_said(message: Message) -> bool:
    """Whether there is nothing to see in it."""
    return not (message.content.strip() or message.embeds or message.components or message.attachments)


def fill(message: Message, body: Json, files: dict[int, Attachment]) -> None:
    """Put into the message what the body says of it; what it does not name stays. Refused, it stays as it was."""
    made = replace(message)
    for name in ("content", "embeds", "components"):
        if name in body:
            setattr(made, name, body[name] or ("" if name == "content" else []))
    if "attachments" in body:
        kept = {str(one["id"]) for one in body["attachments"] or []}
        made.attachments = [one for one in made.attachments if one.id in kept]
    made.attachments = [*made.attachments, *files.values()]
    if nothing_said(made):
        raise Refusal(400, 50006, "Cannot send an empty message")
    message.content, message.embeds, message.attachments = made.content, made.embeds, made.attachments
    message.components = numbered(made.components)
    if "allowed_mentions" in body:
        message.allowed_mentions = body["allowed_mentions"]


def numbered(components: list[Json]) -> list[Json]:
    """Each component with an id, counted through, as Discord gives them out."""
    count = 0

    def walk(some: list[Json]) -> list[Json]:
        nonlocal count
        made = []
        for one in some:
            count += 1
            one = one | {"id": one.get("id") or count}
            if isinstance(one.get("components"), list):
                one["components"] = walk(one["components"])
            if isinstance(one.get("component"), dict):
                one["component"] = walk([one["component"]])[0]
            made.append(one)
        return made

    return walk(components)
