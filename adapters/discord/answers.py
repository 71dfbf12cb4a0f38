"""What somebody did is answered where they did it, by the ticket that came with it: within three seconds, once, and
afterwards for fifteen minutes by follow-ups."""

import logging
from collections.abc import Awaitable
from typing import Any

from adapters.discord.calls import Calls
from adapters.discord.commands import draw_offers
from adapters.discord.errors import Failed
from adapters.discord.forms import draw_ask, errors_view
from adapters.discord.listen import Asked, Kind
from adapters.discord.post import attached_to
from adapters.discord.render import draw_view
from adapters.discord.text import Drawn, People
from bot.chat.inbound import What
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.asking import offer

SAY, LATER_SAY, LATER_CHANGE, CHANGE, OFFER, ASK = 4, 5, 6, 7, 8, 9
"""Discord's numbers of what answers an interaction."""
HIDDEN = 64
"""For their eyes alone."""
CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
"""The names are the library's, by which it keeps the answers to one interaction in order."""
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = FOLLOW_UP + "/messages/@original"

log = logging.getLogger("headsup.discord")


class Answers:
    """Shows replies. Never raises for what a platform may do."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def give(self, asked: Asked, what: What, reply: Reply, is_late: bool = False) -> None:
        """Show the reply. `is_late`: that it will come later was said already."""
        giving = self._give_late(asked, what, reply) if is_late else self._give(asked, what, reply)
        await self._kindly(giving)

    async def hold(self, asked: Asked) -> bool:
        """Say that an answer will come: Discord waits three seconds, and no longer. Says whether that arrived."""
        kind = LATER_CHANGE if asked.kind is Kind.PRESS else LATER_SAY
        return await self._kindly(self._call_back(asked, kind, {"flags": HIDDEN} if kind == LATER_SAY else None))

    async def _give(self, asked: Asked, what: What, reply: Reply) -> None:
        if asked.kind is Kind.TYPING:
            await self._call_back(asked, OFFER, draw_offers(reply.offers))
        elif reply.errors:
            await self._say(asked, errors_view(reply.errors))
        elif reply.ask is not None and asked.kind is not Kind.SUBMIT:
            await self._call_back(asked, ASK, draw_ask(reply.ask))
        elif reply.replace is not None and asked.message:
            await self._call_back(asked, CHANGE, _whole(reply.replace, asked.people), reply.replace)
            await self._follow_up(asked, reply.view)
        elif (view := reply.view or reply.replace or offer(what, reply)) is not None:
            await self._say(asked, view)
        else:
            await self._nothing(asked)

    async def _give_late(self, asked: Asked, what: What, reply: Reply) -> None:
        """By the ticket that is good for fifteen minutes."""
        view = errors_view(reply.errors) if reply.errors else reply.view or offer(what, reply)
        if reply.replace is not None and asked.message and asked.kind is Kind.PRESS:
            await self._original("PATCH", asked, _whole(reply.replace, asked.people), reply.replace)
            await self._follow_up(asked, reply.view)
        elif asked.kind is Kind.PRESS:
            await self._follow_up(asked, view or reply.replace)
        elif (shown := view or reply.replace) is not None:
            await self._original("PATCH", asked, _whole(shown, asked.people), shown)
        else:
            await self._original("DELETE", asked)

    async def _nothing(self, asked: Asked) -> None:
        if asked.kind is Kind.PRESS or asked.message:
            await self._call_back(asked, LATER_CHANGE, None)
            return
        await self._call_back(asked, LATER_SAY, {"flags": HIDDEN})
        await self._original("DELETE", asked)

    async def _say(self, asked: Asked, view: View) -> None:
        await self._call_back(asked, SAY, _hidden(draw_view(view, asked.people)), view)

    async def _call_back(self, asked: Asked, kind: int, data: Drawn | None, view: View | None = None) -> None:
        body: dict[str, Any] = {"type": kind} | ({"data": data} if data is not None else {})
        files = attached_to(view, data) if view and data else []
        await self._calls.by_ticket(
            "POST", CALLBACK, json=body, files=files, webhook_id=asked.id, webhook_token=asked.token
        )

    async def _follow_up(self, asked: Asked, view: View | None) -> None:
        if view is None:
            return
        drawn = _hidden(draw_view(view, asked.people))
        await self._calls.by_ticket(
            "POST",
            FOLLOW_UP,
            json=drawn,
            files=attached_to(view, drawn),
            webhook_id=self._calls.application,
            webhook_token=asked.token,
        )

    async def _original(self, method: str, asked: Asked, data: Drawn | None = None, view: View | None = None) -> None:
        files = attached_to(view, data) if view and data else []
        app = self._calls.application
        await self._calls.by_ticket(method, ORIGINAL, json=data, files=files, webhook_id=app, webhook_token=asked.token)

    async def _kindly(self, answering: Awaitable[None]) -> bool:
        try:
            await answering
        except Failed as failed:
            log.warning("a reply could not be shown (%s)", failed.outcome.says)
            return False
        except Exception as error:
            log.error("a reply could not be shown (%s)", type(error).__name__)
            return False
        return True


def _hidden(drawn: Drawn) -> Drawn:
    return {**drawn, "flags": int(drawn.get("flags", 0)) | HIDDEN}


def _whole(view: View, people: People) -> Drawn:
    """A message as it is from now on: what it had besides goes."""
    return draw_view(view, people)
