"""A parcel -> where it belongs in Slack: said, changed or taken away there, and looked for by its mark."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from adapters.slack import uploads
from adapters.slack.answers import QUIET
from adapters.slack.calls import Calls
from adapters.slack.errors import Failed, NotReady
from adapters.slack.pins import Pins
from adapters.slack.removing import Removing, mark_of
from adapters.slack.render import draw_view, held
from adapters.slack.settings import SlackSettings
from adapters.slack.text import people_here
from bot.chat.outbound import (
    Delivered,
    Outcome,
    Parcel,
    Receipt,
    Refused,
    Target,
    ToAccount,
    ToChannel,
    ToCircle,
    Unclear,
    Why,
)
from bot.chat.platform import CannotLook
from bot.chat.view import File

EVENT = "headsup_letter"
LOOKED_AT = 200
"""How many messages of a conversation are looked through for a mark: a letter in doubt is younger than a day."""
CHANGED_NO_MORE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"})

log = logging.getLogger("headsup.slack")

_NOWHERE = Refused(Why.GONE, "no such workspace, person or channel in the settings of Slack")
_NO_CALENDAR = Refused(Why.MALFORMED, "Slack keeps no calendar of its own")


class Post:
    """Carries parcels. `operator` hears what only the operator can mend and holds no letter up."""

    def __init__(self, settings: SlackSettings, calls: Calls, operator: Callable[[str, str], None]) -> None:
        self._settings, self._calls = settings, calls
        self._pins = Pins(calls, operator)
        self._removing = Removing(calls, self.find_in)

    async def carry(self, parcel: Parcel) -> Outcome:
        """Try once. An ambiguous end before anything was said is none: that is tried again."""
        if parcel.meeting:
            return _NO_CALENDAR
        try:
            place = await self._place(parcel.to)
        except Failed as failed:
            return _nothing_said(failed)
        if place is None:
            return _nowhere(parcel.to)
        try:
            return await self._removing.remove(parcel, place) if parcel.removes else await self._post(parcel, place)
        except Failed as failed:
            if failed.error == "channel_not_found" and (anew := _opened_anew(parcel)):
                return await self.carry(anew)
            return _to_channel(parcel.to, failed)

    async def find(self, parcel: Parcel) -> Receipt | None:
        """Only in somebody's own direct messages: nowhere else may the app read. Raises CannotLook, Failed."""
        if not isinstance(parcel.to, ToAccount):
            raise CannotLook
        place = await self._place(parcel.to)
        said = await self._look_in(place, parcel.mark) if place else None
        if place is None or said is None:
            return None
        if is_without_its_files(parcel, said):
            await self._removing.delete(place, uploads.named(said))
            return None
        return Receipt(place, uploads.named(said))

    async def find_in(self, place: str, mark: str) -> Receipt | None:
        """The message that carries this mark, there."""
        said = await self._look_in(place, mark)
        return Receipt(place, uploads.named(said)) if said else None

    async def _look_in(self, place: str, mark: str) -> Mapping[str, Any] | None:
        try:
            answer = await self._calls(
                "conversations.history", channel=place, include_all_metadata=True, limit=LOOKED_AT
            )
        except Failed as failed:
            if failed.error in ("missing_scope", "channel_not_found"):
                raise CannotLook from None
            raise
        return next((said for said in answer["messages"] if mark_of(said) == mark), None)

    async def _place(self, to: Target) -> str | None:
        """The conversation's id, opened if it never was."""
        match to:
            case ToAccount(account, conversation):
                return await self._open((account.user,), account.workspace, conversation)
            case ToChannel(workspace, name):
                return self._settings.channels.get(name) if workspace in self._settings.workspaces else None
            case ToCircle(workspace, _, accounts, conversation):
                return await self._open(tuple(one.user for one in accounts), workspace, conversation)

    async def _open(self, users: tuple[str, ...], workspace: str, known: str | None) -> str | None:
        if workspace not in self._settings.workspaces:
            return None
        if known:
            return known
        return str((await self._calls("conversations.open", users=",".join(users)))["channel"]["id"])

    async def _post(self, parcel: Parcel, place: str) -> Delivered:
        said = await self._say(parcel, place)
        if parcel.pins is not None:
            await self._pins.set(said.receipt.conversation, uploads.parted(said.receipt.message)[0], parcel.pins)
        return said

    async def _say(self, parcel: Parcel, place: str) -> Delivered:
        if parcel.instead_of:
            try:
                return await self._change(parcel, place)
            except Failed as failed:
                if failed.error not in CHANGED_NO_MORE:
                    raise
        brought = await self._bring(parcel)
        async with uploads.only_if_shown(self._calls, brought):
            return await self._show(parcel, place, brought)

    async def _show(self, parcel: Parcel, place: str, brought: uploads.Brought) -> Delivered:
        """With its pictures; where Slack cannot show them, with their words."""
        drawn = self._drawn(parcel, brought.pictures)
        try:
            said = await uploads.say(self._calls, self._calls, channel=place, **drawn, **QUIET)
        except NotReady as failed:
            if not brought.pictures:
                raise
            log.warning("a picture could not be shown: its words are said instead (%s)", failed.outcome.says)
            await uploads.take_back(self._calls, brought.pictures.values())
            return await self._show(parcel, place, uploads.Brought({}, brought.files))
        place, message = str(said["channel"]), str(said["ts"])
        await uploads.attach(self._calls, place, message, drawn, brought.files)
        return Delivered(Receipt(place, uploads.joined(message, brought.all)))

    async def _change(self, parcel: Parcel, place: str) -> Delivered:
        message, _ = uploads.parted(parcel.instead_of)
        await self._calls("chat.update", channel=place, ts=message, **self._drawn(parcel, {}))
        return Delivered(Receipt(place, parcel.instead_of))

    async def _bring(self, parcel: Parcel) -> uploads.Brought:
        """Pictures and files, where nobody sees them yet: whatever goes wrong with that, nothing was said."""
        try:
            return await uploads.bring(self._calls, held(parcel.view))
        except Failed as failed:
            outcome = _nothing_said(failed)
            raise Failed(outcome, failed.error, failed.needed) from None

    def _drawn(self, parcel: Parcel, pictures: Mapping[int, str]) -> dict[str, Any]:
        people = people_here(parcel.accounts, self._workspace(parcel.to))
        metadata = {"event_type": EVENT, "event_payload": {"mark": parcel.mark}}
        return draw_view(parcel.view, people, pictures) | {"metadata": metadata}

    def _workspace(self, to: Target) -> str:
        return to.account.workspace if isinstance(to, ToAccount) else to.workspace


def _nowhere(to: Target) -> Refused:
    """Of a channel that the settings do not name it says which key does."""
    if not isinstance(to, ToChannel):
        return _NOWHERE
    return Refused(Why.GONE, f"{_NOWHERE.says}: slack.channels.{to.name} is to name it")


def _nothing_said(failed: Failed) -> Refused:
    """What went wrong before anything was said: done twice it does no harm."""
    outcome = failed.outcome
    return Refused(Why.TRY_LATER, outcome.says) if isinstance(outcome, Unclear) else outcome


def _to_channel(to: Target, failed: Failed) -> Refused | Unclear:
    """A channel that the settings name and Slack does not know is one that the app was not invited to."""
    outcome = failed.outcome
    if isinstance(to, ToChannel) and isinstance(outcome, Refused) and outcome.why is Why.GONE:
        says = f"#{to.name} ({outcome.says}): in Slack, open that channel and type /invite @HeadsUp"
        return Refused(Why.FORBIDDEN, says)
    return outcome


def _opened_anew(parcel: Parcel) -> Parcel | None:
    """The parcel for somebody whose conversation Slack knows no more; None where none was known."""
    if isinstance(parcel.to, ToChannel) or parcel.to.conversation is None:
        return None
    return replace(parcel, to=replace(parcel.to, conversation=None))


def is_without_its_files(parcel: Parcel, said: Mapping[str, Any]) -> bool:
    """Whether a message came, and not the files that belong to it."""
    meant = sum(isinstance(one, File) for one in held(parcel.view).values())
    return len(uploads.files_of(said)) < meant
