"""Pictures and files: brought to Slack first, where nobody sees them, and then shown with the message.

Slack keeps a file when its message is deleted. So the name of a message that has files holds theirs too
(`ts~F…~F…`): what was said can be taken away as a whole even where the app may not read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack.calls import Calls
from adapters.slack.errors import Failed
from bot.chat.outbound import Refused
from bot.chat.view import File, Picture

PICTURE = "picture.png"
_GAP = "~"


@dataclass(frozen=True)
class Brought:
    """Slack's ids: of pictures by their block, and of files."""

    pictures: Mapping[int, str]
    files: Sequence[str]


async def bring(calls: Calls, things: Mapping[int, Picture | File]) -> Brought:
    """Upload them, for nobody yet. Raises Failed."""
    brought = {number: await _upload(calls, thing) for number, thing in things.items()}
    files = [brought[number] for number, thing in things.items() if isinstance(thing, File)]
    return Brought({number: id for number, id in brought.items() if id not in files}, files)


async def attach(calls: Calls, place: str, message: str, drawn: Mapping[str, Any], files: Sequence[str]) -> None:
    """Show the files with a message of ours that was just said. Where they cannot be shown, the message goes too; where
    nobody knows whether they are, whoever looks for the message will see. Raises Failed."""
    if not files:
        return
    try:
        await calls("chat.update", channel=place, ts=message, file_ids=list(files), **drawn)
    except Failed as failed:
        if isinstance(failed.outcome, Refused):
            await calls("chat.delete", channel=place, ts=message)
        raise


def joined(message: str, files: Sequence[str]) -> str:
    """A message's name, with those of its files."""
    return _GAP.join((message, *files))


def parted(name: str) -> tuple[str, Sequence[str]]:
    """The message and its files."""
    message, *files = name.split(_GAP)
    return message, files


def named(said: Mapping[str, Any]) -> str:
    """The name of a message as history shows it."""
    there = [one for one in said.get("files") or () if one.get("mode") != "tombstone"]
    return joined(str(said["ts"]), [str(one["id"]) for one in there])


async def _upload(calls: Calls, thing: Picture | File) -> str:
    match thing:
        case Picture(png, alt):
            name, content, more = PICTURE, png, {"alt_txt": alt}
        case File(name, content):
            more = {}
    ticket = await calls("files.getUploadURLExternal", filename=name, length=len(content), **more)
    await calls.upload(str(ticket["upload_url"]), content)
    id = str(ticket["file_id"])
    await calls("files.completeUploadExternal", files=[{"id": id, "title": name}])
    return id
