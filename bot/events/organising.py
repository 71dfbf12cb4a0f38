"""What organisers and hosts can do, for the door plate of the room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.chat.command import Tree
from bot.core.astray import Apart, WentAstray
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Hears, On, Right, Rings, Timed
from bot.core.walltime import Daily
from bot.core.work import Work
from bot.events import actions, groups
from bot.events.attendance import Attendance
from bot.events.changing import Changing
from bot.events.lists import Lists
from bot.events.model import AnswersChanged, Event, EventSettings
from bot.events.planning import Planning
from bot.events.posting import OVER, REDRAW, Posting
from bot.events.series import Making
from bot.members.model import MemberBack, MemberGone, MemberReady


@dataclass(frozen=True)
class Plates:
    """What the organisers' side brings to the plate."""

    commands: tuple[Answers, ...]
    actions: tuple[On[Any], ...]
    rules: tuple[Timed, ...]
    timers: tuple[Rings, ...]
    hears: tuple[Hears[Any], ...]


def plates(settings: EventSettings, join_all: Callable[[Work, Event], None]) -> Plates:
    """Everything that organisers and hosts do. `join_all` gives a place to all who said yes to a series."""
    posting = Posting(settings)
    planning = Planning(Making(settings, posting, join_all))
    changing, attendance = Changing(planning), Attendance(posting)
    lists = Lists(changing)
    return Plates(
        commands=_commands(planning, lists),
        actions=(*_drafting(planning), *_managing(changing, lists), *_hosting(attendance)),
        rules=(
            Timed(Rule("events.make", Daily(time(3, 35)), Late.MERGE), planning.making.nightly),
            Timed(Rule("events.forget", Daily(time(3, 40)), Late.MERGE), lists.forget),
        ),
        timers=(Rings(REDRAW, posting.rings), Rings(OVER, attendance.over)),
        hears=(
            Hears(AnswersChanged, posting.answers_changed),
            Hears(Apart, groups.apart),
            Hears(WentAstray, groups.astray),
            Hears(MemberReady, attendance.back),
            Hears(MemberBack, attendance.back),
            Hears(MemberGone, attendance.gone),
        ),
    )


def _commands(planning: Planning, lists: Lists) -> tuple[Answers, ...]:
    answers = {
        "event new": planning.new,
        "event edit": lists.edit,
        "event cancel": lists.cancel,
        "event list": lists.list,
        "event show": lists.show,
    }
    named = {"event edit", "event cancel", "event show"}
    return tuple(
        Answers(Tree.ORGANISER, word, do, Right.ORGANISER, offers=lists.offers if word in named else None)
        for word, do in answers.items()
    )


def _drafting(planning: Planning) -> tuple[On[Any], ...]:
    return (
        On(actions.AskBasics, planning.ask_basics, Right.ORGANISER, reads=True),
        On(actions.KeepBasics, planning.keep_basics, Right.ORGANISER),
        On(actions.ChooseWhen, planning.choose_when, Right.ORGANISER),
        On(actions.AskWho, planning.ask_who, Right.ORGANISER, reads=True),
        On(actions.KeepWho, planning.keep_who, Right.ORGANISER),
        On(actions.AskAgain, planning.ask_again, Right.ORGANISER, reads=True),
        On(actions.KeepAgain, planning.keep_again, Right.ORGANISER),
        On(actions.AskLink, planning.ask_link, Right.ORGANISER, reads=True),
        On(actions.KeepLink, planning.keep_link, Right.ORGANISER),
        On(actions.ChooseHost, planning.choose_host, Right.ORGANISER),
        On(actions.ShowDraft, planning.show_draft, Right.ORGANISER, reads=True),
        On(actions.PostEvent, planning.post, Right.ORGANISER),
        On(actions.ThrowAway, planning.throw_away, Right.ORGANISER),
    )


def _managing(changing: Changing, lists: Lists) -> tuple[On[Any], ...]:
    return (
        On(actions.ChooseEvent, lists.choose, Right.ORGANISER),
        On(actions.ChangeEvent, changing.change, Right.ORGANISER),
        On(actions.ApplyChange, changing.apply, Right.ORGANISER),
        On(actions.AskCancel, changing.ask_cancel, Right.ORGANISER, reads=True),
        On(actions.CancelEvent, changing.cancel, Right.ORGANISER),
        On(actions.ListEvents, lists.page, Right.ORGANISER, reads=True),
    )


def _hosting(attendance: Attendance) -> tuple[On[Any], ...]:
    return (
        On(actions.WhoComes, attendance.who_comes, reads=True),
        On(actions.AskCame, attendance.ask, reads=True),
        On(actions.KeepCame, attendance.keep),
    )
