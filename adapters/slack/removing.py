"""Taking away what the bot said: one message, or all of somebody's direct messages with it, pictures, files and all.

What a person said stays. A private reply (ephemeral) cannot be deleted, and is gone with the next start of their Slack.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias, assert_never

from adapters.slack import uploads
from adapters.slack.calls import Calls
from adapters.slack.errors import Failed
from bot.chat.outbound import Delivered, Outcome, Parcel, Receipt, Refused, Removes, ToAccount, Why
from bot.chat.platform import CannotLook

Find: TypeAlias = Callable[[str, str], Awaitable[Receipt | None]]
"""A message by its place and its mark."""

A_PAGE = 200
_GONE = Refused(Why.GONE, "that message is not there any more")


class Removing:
    """Takes away. Raises Failed."""

    def __init__(self, calls: Calls, find: Find) -> None:
        self._calls, self._find = calls, find

    async def remove(self, parcel: Parcel, place: str) -> Outcome:
        """What the parcel says is to be taken away, there."""
        match parcel.removes:
            case Removes.MESSAGE:
                return await self._one(parcel, place)
            case Removes.EVERYTHING if isinstance(parcel.to, ToAccount):
                return await self._all(place)
            case Removes.EVERYTHING | None:
                return Refused(Why.MALFORMED, "only direct messages can be taken away as a whole")
            case _:
                assert_never(parcel.removes)

    async def _one(self, parcel: Parcel, place: str) -> Outcome:
        name = parcel.instead_of
        if not name:
            try:
                found = await self._find(place, parcel.mark)
            except CannotLook:
                found = None
            if found is None:
                return _GONE
            name = found.message
        await self.delete(place, name)
        return Delivered(Receipt(place, name))

    async def _all(self, place: str) -> Outcome:
        said = self._calls.pages("conversations.history", "messages", channel=place, limit=A_PAGE)
        for name in [uploads.named(one) async for one in said if is_ours(one)]:
            try:
                await self.delete(place, name)
            except Failed as failed:
                if failed.error != "message_not_found":
                    raise
        return Delivered(Receipt(place, ""))

    async def delete(self, place: str, name: str) -> None:
        """Pictures and files first: with the message gone, nobody would know of them any more."""
        message, ids = uploads.parted(name)
        for id in ids:
            await uploads.delete(self._calls, id)
        await self._calls("chat.delete", channel=place, ts=message)


def is_ours(said: Mapping[str, Any]) -> bool:
    """Whether the app said it. Of others only people write there."""
    return bool(said.get("bot_id"))


def mark_of(said: Mapping[str, Any]) -> str:
    """The mark of the letter that this message is; "" for what is none."""
    payload = (said.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("mark") or "")
