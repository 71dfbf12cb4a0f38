"""Pictures and files: brought to Slack first, where nobody sees them, and then shown with the message.

Slack keeps a file when its message is deleted, and a picture too. So the name of a message that has some holds theirs
as well (`ts~F…~F…`): what was said can be taken away as a whole even where the app may not read.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from adapters.slack.calls import Calls
from adapters.slack.errors import Failed, NotReady
from bot.chat.outbound import Refused
from bot.chat.view import File, Picture

PICTURE = "picture.png"
_GAP = "~"
_GONE = frozenset({"file_not_found", "file_deleted"})

Call: TypeAlias = Callable[..., Awaitable[Mapping[str, Any]]]
WAITS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4))
"""Between one try and the next to show what was just brought: together well within the courier's patience."""

log = logging.getLogger("headsup.slack")


@dataclass(frozen=True)
class Brought:
    """Slack's ids: of pictures by their block, and of files."""

    pictures: Mapping[int, str]
    files: Sequence[str]

    @property
    def all(self) -> Sequence[str]:
        return (*self.pictures.values(), *self.files)


async def bring(calls: Calls, things: Mapping[int, Picture | File]) -> Brought:
    """Upload them, for nobody yet: all, or none that stays. Raises Failed."""
    brought: dict[int, str] = {}
    try:
        for number, thing in things.items():
            brought[number] = await _upload(calls, thing)
    except Failed:
        await take_back(calls, brought.values())
        raise
    files = [brought[number] for number, thing in things.items() if isinstance(thing, File)]
    return Brought({number: id for number, id in brought.items() if id not in files}, files)


async def say(calls: Calls, call: Call, **said: Any) -> Mapping[str, Any]:
    """Post what shows them, once Slack can. Whether it can, only `files.info` would tell, by a right (`files:read`) to
    read what others brought: so it is tried. Raises NotReady where it cannot for long, and Failed."""
    for wait in WAITS:
        try:
            return await call("chat.postMessage", **said)
        except NotReady:
            await calls.wait(wait)
    return await call("chat.postMessage", **said)


@asynccontextmanager
async def only_if_shown(calls: Calls, brought: Brought) -> AsyncIterator[None]:
    """Around what shows them: where they are certainly not shown, they go again, since nobody would know of them. What
    may have been shown stays."""
    try:
        yield
    except Failed as failed:
        if isinstance(failed.outcome, Refused):
            await take_back(calls, brought.all)
        raise


async def take_back(calls: Calls, ids: Iterable[str]) -> None:
    """Delete what nobody saw, as well as that can be done."""
    for id in ids:
        try:
            await delete(calls, id)
        except Failed as failed:
            log.warning("an upload that nobody saw could not be deleted (%s)", failed.outcome.says)


async def delete(calls: Calls, id: str) -> None:
    """One that is gone already is deleted. Raises Failed."""
    try:
        await calls("files.delete", file=id)
    except Failed as failed:
        if failed.error not in _GONE:
            raise


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


def joined(message: str, ids: Iterable[str]) -> str:
    """A message's name, with those of its pictures and files."""
    return _GAP.join((message, *ids))


def parted(name: str) -> tuple[str, Sequence[str]]:
    """The message, and its pictures and files."""
    message, *ids = name.split(_GAP)
    return message, ids


def named(said: Mapping[str, Any]) -> str:
    """The name of a message as history shows it: a picture stands in a block there, and not among the files."""
    return joined(str(said["ts"]), dict.fromkeys((*pictures_of(said), *files_of(said))))


def pictures_of(said: Mapping[str, Any]) -> Sequence[str]:
    """The pictures that a message of history shows."""
    held = [block.get("slack_file") or {} for block in said.get("blocks") or ()]
    return [str(one["id"]) for one in held if one.get("id")]


def files_of(said: Mapping[str, Any]) -> Sequence[str]:
    """The files that stand with a message of history, and are still there."""
    there = [one for one in said.get("files") or () if one.get("mode") != "tombstone"]
    return [str(one["id"]) for one in there]


async def _upload(calls: Calls, thing: Picture | File) -> str:
    match thing:
        case Picture(png, alt):
            name, content, more = PICTURE, png, {"alt_txt": alt}
        case File(name, content):
            more = {}
    ticket = await calls("files.getUploadURLExternal", filename=name, length=len(content), **more)
    await calls.upload(str(ticket["upload_url"]), content)
    id = str(ticket["file_id"])
    try:
        await calls("files.completeUploadExternal", files=[{"id": id, "title": name}])
    except Failed:
        await take_back(calls, [id])
        raise
    return id
