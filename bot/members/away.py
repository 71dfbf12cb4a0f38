"""Pause and back: no reason is asked or kept, only the day one comes back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.chat.form import Form, OneOf
from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.chat.view import Buttons, Option, Paragraph, View
from bot.core.calendar import Late, Rule
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.offers import meant
from bot.core.walltime import Daily, local_day
from bot.core.work import Work
from bot.members.actions import AskUntil, PauseOpen, PauseUntil, PauseWeek
from bot.members.flow import mine
from bot.members.model import (
    Member,
    MemberAway,
    MemberBack,
    MemberReady,
    MemberWaits,
    Stage,
    monday,
    next_monday,
    vouched,
)
from bot.members.speech import say_day
from bot.members.store import MEMBERS
from bot.members.views import command, errors, press, words

RETURNING = Rule("members.returning", Daily(time(7, 0)), Late.MERGE)
"""Before Monday's introductions, so that who is back that day is among them."""

_OFFERED = 25
_QUIET = {Stage.SUSPENDED: "suspended-you", Stage.STOPPED: "stopped-you", Stage.JOINING: "not-in"}
_DAY = "day"


@dataclass(frozen=True)
class Pausing:
    """The handlers; `zone` is the network's, in which a week ends."""

    zone: str

    def pause(self, work: Work, call: Call) -> Reply:
        """The command: for how long? Or, with words behind it, until then."""
        mine(work, call)
        ways = pauses(local_day(work.at, self.zone))
        chosen = meant(ways, call.words)
        return self._away(work, call, ways[chosen]) if chosen else Reply(view=pause_view())

    def offers(self, work: Work, call: Call) -> Iterable[Option]:
        """What may stand behind the command."""
        return pauses(local_day(work.at, self.zone))

    def this_week(self, work: Work, call: Call, action: PauseWeek) -> Reply:
        """Until next Monday."""
        return self._away(work, call, next_monday(local_day(work.at, self.zone)))

    def ask_until(self, work: Work, call: Call, action: AskUntil) -> Reply:
        """Until which day?"""
        return Reply(ask=until_form(local_day(work.at, self.zone)))

    def until(self, work: Work, call: Call, action: PauseUntil) -> Reply:
        """That day, sent: one of those offered, and still to come."""
        day = next((day for day in offered(local_day(work.at, self.zone)) if day.isoformat() == call.value(_DAY)), None)
        return self._away(work, call, day) if day else Reply(errors=errors({_DAY: "error-day"}))

    def until_i_say(self, work: Work, call: Call, action: PauseOpen) -> Reply:
        """Without an end."""
        return self._away(work, call, None)

    def _away(self, work: Work, call: Call, back_on: date | None) -> Reply:
        member = mine(work, call)
        if member.stage in _QUIET:
            raise Refusal(words.text(_QUIET[member.stage]))
        leave_alone(work, member, back_on)
        return Reply(view=paused(back_on))

    def back(self, work: Work, call: Call) -> Reply:
        """The command: a pause ends, and who had stopped takes part again."""
        member = mine(work, call)
        if member.stage is Stage.SUSPENDED:
            raise Refusal(words.text("suspended-you"))
        if member.away or member.stage is Stage.STOPPED:
            member = _returned(work, member)
        return Reply(view=welcome_back(member))


def leave_alone(work: Work, member: Member, back_on: date | None, said: bool = True) -> None:
    """Be quiet from now on, until that day or until they say; why is kept nowhere. What they asked for still comes: a
    reminder of an event they said yes to, or that it does not take place. `said`: they said so themselves."""
    work.use(MEMBERS).keep(replace(member, away=True, back_on=back_on))
    work.tell(MemberAway(member.id, said))
    work.cancel_to(member.id, unasked=True)


def bring_back(work: Work, due: Due) -> None:
    """Every morning: whose pause is over. It counts as a press of that week, so that nobody is found silent who was
    away."""
    members = work.use(MEMBERS)
    for member in members.returning(due.day):
        if member.stage in (Stage.MEMBER, Stage.WAITING) and member.back_on:
            members.pressed(member.id, monday(due.day))
            work.tell(MemberBack(member.id, member.back_on))
            _returned(work, member)


def pause_view() -> View:
    """Three ways to be left alone."""
    row = (press("pause-week", PauseWeek()), press("pause-date", AskUntil()), press("pause-open", PauseOpen()))
    return View((Paragraph(words.text("pause-ask")), Buttons(row)), title=words.line("pause-title"))


def offered(today: date) -> Iterator[date]:
    """The Mondays of about half a year: introductions go out on Mondays, and no platform needs typing for them."""
    first = next_monday(today)
    return (first + timedelta(weeks=later) for later in range(_OFFERED))


def pauses(today: date) -> dict[Option, date | None]:
    """Each way to be left alone in words, and the day it ends on."""
    week, open = (Option(said, said) for said in (words.line("pause-week"), words.line("pause-open")))
    return {week: next_monday(today), open: None} | {_monday(day): day for day in offered(today)}


def until_form(today: date) -> Form:
    """On which Monday to begin again."""
    field = OneOf(_DAY, words.line("pause-form-label"), tuple(map(_monday, offered(today))))
    return Form(words.line("pause-form-title"), PauseUntil().pack(), (field,), words.line("pause-form-send"))


def paused(back_on: date | None) -> View:
    """Quiet from now on."""
    text = words.text("paused-until", day=say_day(back_on)) if back_on else words.text("paused-open")
    return View((Paragraph(text), Buttons((command("im-back", "back"),))))


def welcome_back(member: Member) -> View:
    """Nothing is paused any more."""
    return View((Paragraph(words.text("back" if member.stage is Stage.MEMBER else "back-waiting")),))


def _monday(day: date) -> Option:
    return Option(day.isoformat(), say_day(day))


def _returned(work: Work, member: Member) -> Member:
    """Take part again, and let other rooms know."""
    was = member.stage
    stage = vouched(member) if was is Stage.STOPPED else was
    member = replace(member, stage=stage, away=False, back_on=None)
    work.use(MEMBERS).keep(member)
    if member.stage is Stage.MEMBER:
        work.tell(MemberReady(member.id))
    elif was is Stage.STOPPED:
        work.tell(MemberWaits(member.id))
    return member
