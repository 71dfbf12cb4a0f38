"""A member's own part of the home page: whether it is quiet, and what one can do about oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.view import Buttons, Paragraph
from bot.core.feature import Call, Page
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.members.model import Member, Stage
from bot.members.speech import say_day
from bot.members.store import MEMBERS
from bot.members.views import command, words

_ALWAYS = ("data", "leave")
_ONCE_IN = ("settings", "profile", *_ALWAYS)


@dataclass(frozen=True)
class Own:
    """The handler; `zone` is the network's."""

    zone: str

    def home(self, work: Work, call: Call) -> Page:
        """Nothing for whoever is nobody here."""
        member = work.use(MEMBERS).get(call.member) if call.member else None
        return home(member, local_day(work.at, self.zone)) if member else ()


def home(member: Member, today: date) -> Page:
    """A row of commands, and until when it is quiet."""
    row = Buttons(tuple(command(f"menu-{word}", word) for word in _offered(member, today)))
    return (*_quiet(member, today), row)


def _quiet(member: Member, today: date) -> Page:
    if member.stage not in (Stage.MEMBER, Stage.WAITING) or not member.is_away(today):
        return ()
    until = member.back_on
    return (Paragraph(words.text("home-quiet-until", day=say_day(until)) if until else words.text("home-quiet")),)


def _offered(member: Member, today: date) -> Sequence[str]:
    """What can be done at this stage; who left the workspace and looks again is back with any press."""
    match member.stage:
        case Stage.JOINING | Stage.INVITED:
            return _ALWAYS
        case Stage.STOPPED | Stage.SUSPENDED:
            return _ONCE_IN
        case Stage.WAITING | Stage.MEMBER:
            is_quiet = member.is_away(today) or member.left_at is not None
            return ("back" if is_quiet else "pause", *_ONCE_IN)
