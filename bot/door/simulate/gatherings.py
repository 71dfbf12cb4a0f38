"""What people were told of their answers to events: what was acknowledged must never be lost."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.chat.action import Action, Unreadable
from bot.chat.ids import Id, show
from bot.chat.inbound import Inbound, Pressed
from bot.chat.outbound import Reply
from bot.chat.view import Buttons
from bot.core.directory import Directory
from bot.core.feature import Broken
from bot.events.actions import AgreeEvent, AnswerEvent, TakePlace
from bot.events.model import Answer

Kept = Mapping[tuple[Id, Id], tuple[str, datetime]]
"""What the tables hold, by event and member: the answer, and since when it is theirs."""


class Gatherings:
    """Remembers the latest answer of each account to an event that was acknowledged to it, and when it was given."""

    def __init__(self) -> None:
        self.answers: dict[tuple[Id, str], tuple[Answer, datetime]] = {}

    def heard(self, inbound: Inbound, reply: Reply, directory: Directory) -> None:
        """Somebody pressed, and has the reply before them."""
        if not isinstance(inbound.what, Pressed) or inbound.account is None or reply.view is None:
            return
        action = _read(directory, inbound.what.action)
        if not isinstance(action, AnswerEvent | AgreeEvent | TakePlace):
            return
        said = action.answer if isinstance(action, AnswerEvent) else Answer.YES
        key = action.event, inbound.account.show()
        if _is_acknowledged(action.event, said, reply, directory):
            self.answers[key] = said, inbound.at

    def lost(self, whose: Mapping[str, tuple[Id, datetime]], kept: Kept) -> Iterator[Broken]:
        """Answers that are not there, unless another came later: as when somebody left, and gave up their place."""
        for (event, account), (said, at) in self.answers.items():
            member, since = whose.get(account, (Id(0), at))
            if not member or since >= at:
                continue
            answer, changed = kept.get((event, member), ("", at))
            if answer != said and changed <= at:
                yield Broken("answer to an event lost", show(member), show(event))


def _is_acknowledged(event: Id, said: Answer, reply: Reply, directory: Directory) -> bool:
    """Whether the reply offers everything but what was said: a refusal offers nothing of the event."""
    blocks = reply.view.blocks if reply.view else ()
    row = [_read(directory, one.action) for block in blocks if isinstance(block, Buttons) for one in block.row]
    offered = {one.answer for one in row if isinstance(one, AnswerEvent) and one.event == event}
    asks_more = any(isinstance(one, AgreeEvent | TakePlace) for one in row)
    return bool(offered) and said not in offered and not asks_more


def _read(directory: Directory, packed: str) -> Action | None:
    try:
        return directory.actions.read(packed)
    except Unreadable:
        return None
