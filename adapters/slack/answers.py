"""Showing a reply where something was done: in the acknowledgement where that can hold it, right after it otherwise."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from adapters.slack import uploads
from adapters.slack.calls import Calls
from adapters.slack.errors import Failed
from adapters.slack.forms import draw_errors, values_of
from adapters.slack.listen import SUBMIT, inside, text
from adapters.slack.place import Place, place_of
from adapters.slack.render import draw_home, draw_view, held
from adapters.slack.screens import draw_screen
from adapters.slack.text import Drawn, People, people_here
from bot.chat.inbound import Inbound, Opened
from bot.chat.outbound import NOTHING, Refused, Reply
from bot.chat.view import Picture, View
from bot.core.asking import offer

Later: TypeAlias = Callable[[Coroutine[Any, Any, None]], None]
"""Takes work that is done after the acknowledgement, and is finished before the platform closes."""

Look: TypeAlias = Callable[[Inbound], Awaitable[Reply]]
"""Asks for the home page of whoever did something, as when they open it: that leaves no trace."""

AT_ONCE = 8
"""Replies by response URLs at a time; others wait, so that acknowledgements, for which Slack waits, go before. What has
a trigger waits for nobody: it lives three seconds."""
QUIET = {"unfurl_links": False, "unfurl_media": False}

log = logging.getLogger("headsup.slack")


@dataclass(frozen=True)
class Asked:
    """What somebody did, and where. `late`: Slack waits for its acknowledgement no longer. `people`: those whom the
    answer mentions."""

    payload: Mapping[str, Any]
    inbound: Inbound
    late: bool = False
    people: People = field(default_factory=dict)

    @cached_property
    def place(self) -> Place:
        return place_of(self.payload)

    @property
    def user(self) -> str:
        return self.inbound.account.user if self.inbound.account else ""

    def answered(self, reply: Reply) -> "Asked":
        """The same, with those whom that answer mentions."""
        account = self.inbound.account
        if not reply.accounts or account is None:
            return self
        return replace(self, people=people_here(reply.accounts, account.workspace))


class Answers:
    """Gives replies. Nothing here raises: a reply that cannot be shown is logged, by what Slack calls the reason."""

    def __init__(self, calls: Calls, later: Later, look: Look) -> None:
        self._calls, self._later, self._look, self._room = calls, later, look, asyncio.Semaphore(AT_ONCE)
        self._outdated: dict[str, bool] = {}
        """Whose home page is being published anew, and whether that came too early to show all they did."""

    def give(self, asked: Asked, reply: Reply) -> Drawn | None:
        """Show it; what is returned goes back with the acknowledgement."""
        asked, kind = asked.answered(reply), asked.payload.get("type")
        if kind == SUBMIT:
            return self._after_form(asked, reply)
        if reply == NOTHING and not asked.place.home:
            return None
        if kind == "event_callback":
            self._later(self._kindly(self._in_their_messages(asked, reply)))
        elif asked.place.url and not asked.place.view:
            return self._at_message(asked, reply)
        else:
            self._later(self._on_screen_and_home(asked, reply))
        return None

    def say_after_all(self, payload: Mapping[str, Any], carried: Mapping[str, Any] | None) -> None:
        """What a command's acknowledgement was to carry, whose line broke before: it was kept, so it is said. Slack may
        have told them meanwhile that the command failed."""
        url = place_of(payload).url
        if carried and url and "command" in payload:
            self._later(self._kindly(self._respond(url, carried)))

    def _after_form(self, asked: Asked, reply: Reply) -> Drawn | None:
        place, state = asked.place, inside(asked.payload, "view", "state")
        if reply.errors:
            return draw_errors(reply.errors, values_of(state) if isinstance(state, dict) else ())
        if reply.replace and place.message:
            self._later(self._kindly(self._replace(asked, reply.replace)))
            reply = Reply(reply.view, ask=reply.ask)
        if asked.late:
            self._later(self._on_screen_and_home(asked, reply))
            return None
        self._later(self._on_home(asked))
        screen = draw_screen(reply, place.pack(), asked.people)
        return {"response_action": "update", "view": screen} if screen else {"response_action": "clear"}

    def _at_message(self, asked: Asked, reply: Reply) -> Drawn | None:
        """A command's acknowledgement can carry what is said; a press's carries nothing."""
        carries = not asked.late and "command" in asked.payload
        said, also = (reply.replace or reply.view, reply.view if reply.replace else None) if carries else (None, None)
        rest = Reply(also, ask=reply.ask) if carries else reply
        if rest != NOTHING:
            self._later(self._kindly(self._there(asked, rest)))
        return {"response_type": "ephemeral"} | draw_view(said, asked.people) if said else None

    async def _there(self, asked: Asked, reply: Reply) -> None:
        if reply.ask:
            await self._open(asked, reply)
        if reply.replace:
            await self._replace(asked, reply.replace)
        if reply.view:
            await self._say(asked, reply.view)

    async def _on_screen_and_home(self, asked: Asked, reply: Reply) -> None:
        await self._kindly(self._on_screen(asked, reply))
        await self._on_home(asked)

    async def _on_home(self, asked: Asked) -> None:
        """What was done from the home page has changed what stands on it: it is shown anew, once the answer is. For
        each person one after another, and no more often than needed: what is published last has to be the newest."""
        if not asked.place.home:
            return
        user, is_being_renewed = asked.user, asked.user in self._outdated
        self._outdated[user] = True
        if is_being_renewed:
            return
        while self._outdated[user]:
            self._outdated[user] = False
            await self._kindly(self._renew(asked))
        del self._outdated[user]

    async def _renew(self, asked: Asked) -> None:
        reply = await self._look(asked.inbound)
        if reply.view:
            await self._publish(asked.answered(reply), reply.view)

    async def _publish(self, asked: Asked, page: View) -> None:
        await self._calls.patiently("views.publish", user_id=asked.user, view=draw_home(page, asked.people))

    async def _on_screen(self, asked: Asked, reply: Reply) -> None:
        """Where the screen is gone (a trigger lives three seconds, a modal can be closed) it is said where they look
        next: who asked for help is never left without an answer."""
        screen, view = draw_screen(reply, asked.place.pack(), asked.people), asked.place.view
        try:
            if screen and view:
                await self._calls.patiently("views.update", view_id=view, view=screen)
            elif screen:
                await self._calls("views.open", trigger_id=text(asked.payload, "trigger_id"), view=screen)
        except Failed as failed:
            _unless_refused(failed)
            shown = reply.view or reply.replace or offer(asked.inbound.what, reply)
            if not shown:
                raise
            await self._say_to(asked, shown)

    async def _in_their_messages(self, asked: Asked, reply: Reply) -> None:
        shown = reply.view or reply.replace
        if shown and asked.inbound.what == Opened():
            await self._publish(asked, shown)
        elif shown and asked.place.channel:
            await self._calls.patiently(
                "chat.postMessage", channel=asked.place.channel, **draw_view(shown, asked.people), **QUIET
            )

    async def _open(self, asked: Asked, reply: Reply) -> None:
        """A trigger lives three seconds: who comes too late is given a button with a trigger of its own."""
        trigger, screen = text(asked.payload, "trigger_id"), draw_screen(reply, asked.place.pack(), asked.people)
        try:
            await self._calls("views.open", trigger_id=trigger, view=screen)
        except Failed:
            again = offer(asked.inbound.what, reply)
            if again is None:
                raise
            await self._say(asked, again)

    async def _replace(self, asked: Asked, view: View) -> None:
        """In the place of what was pressed; where that cannot be done, beside it."""
        place = asked.place
        if not place.message:
            await self._say(asked, view)
            return
        drawn = draw_view(view, asked.people)
        try:
            await self._respond(place.url, {"replace_original": True} | drawn)
        except Failed as failed:
            _unless_refused(failed)
            if place.hidden:
                await self._say(asked, view)
            else:
                await self._calls.patiently("chat.update", channel=place.channel, ts=place.message, **drawn)

    async def _say(self, asked: Asked, view: View) -> None:
        """Its words, and then its pictures: until Slack shows one some seconds may pass."""
        await self._say_alone(asked, view)
        await self._show(asked.user, tuple(one for one in view.blocks if isinstance(one, Picture)))

    async def _say_alone(self, asked: Asked, view: View) -> None:
        """For their eyes alone. A response URL takes five answers in thirty minutes; after that it is said without, and
        in their direct messages where the app is not there to say it."""
        place, user = asked.place, asked.user
        drawn = draw_view(view, asked.people)
        try:
            said = {"response_type": "ephemeral", "replace_original": False} | drawn
            await self._respond(place.url, said)
        except Failed as failed:
            _unless_refused(failed)
            try:
                await self._calls.patiently("chat.postEphemeral", channel=place.channel, user=user, **drawn)
            except Failed as refused:
                _unless_refused(refused)
                await self._say_to(asked, view)

    async def _show(self, user: str, pictures: tuple[Picture, ...]) -> None:
        """Slack shows no file in what is for somebody's eyes alone, so pictures go into their direct messages; where
        that fails, there are their words, which are said where it was pressed."""
        try:
            if pictures:
                place = (await self._calls.patiently("conversations.open", users=user))["channel"]["id"]
                await self._show_in(place, View(pictures))
        except Failed as failed:
            log.warning("a picture could not be shown (%s)", failed.outcome.says)

    async def _show_in(self, place: str, view: View) -> None:
        brought = await uploads.bring(self._calls, held(view))
        drawn = draw_view(view, {}, brought.pictures)
        async with uploads.only_if_shown(self._calls, brought):
            await uploads.say(self._calls, self._calls.patiently, channel=place, **drawn, **QUIET)

    async def _respond(self, url: str, said: Mapping[str, Any]) -> None:
        async with self._room:
            await self._calls.respond(url, said)

    async def _say_to(self, asked: Asked, view: View) -> None:
        """In their direct messages."""
        opened = await self._calls.patiently("conversations.open", users=asked.user)
        drawn = draw_view(view, asked.people)
        await self._calls.patiently("chat.postMessage", channel=opened["channel"]["id"], **drawn, **QUIET)

    async def _kindly(self, answering: Coroutine[Any, Any, None]) -> None:
        try:
            await answering
        except Failed as failed:
            log.warning("a reply could not be shown (%s)", failed.outcome.says)
        except Exception as error:
            log.error("a reply could not be shown (%s)", type(error).__name__)


def _unless_refused(failed: Failed) -> None:
    """What may have been shown is not shown again another way."""
    if not isinstance(failed.outcome, Refused):
        raise failed
