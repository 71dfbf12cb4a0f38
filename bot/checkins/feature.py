"""The door plate of check-ins."""

from dataclasses import replace
from datetime import date, timedelta

from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.view import Block, Paragraph, View
from bot.checkins import views
from bot.checkins.actions import AnswerCheckin, ChangeAnswer, KeepTrying
from bot.checkins.flow import CheckinRoom
from bot.checkins.model import CheckinSettings, Outcome
from bot.checkins.views import Question
from bot.core.calendar import Late, Rule
from bot.core.counts import tell_count
from bot.core.feature import Answers, Feature, Hears, Home, On, Sample, Slow, Timed, Visitor
from bot.core.helplines import HelpLines
from bot.core.walltime import Weekly
from bot.pairing.model import GroupEnded, Weeks
from bot.pairing.store import look_group

_LATEST = timedelta(hours=24)
"""How late the question is still asked: after that the week is over, and "did you find time" would hurry nobody."""
_HOME_PLACE = 30


def feature(settings: CheckinSettings, weeks: Weeks, lines: HelpLines) -> Feature:
    """Check-ins: `weeks` are those of the introductions."""
    room = CheckinRoom(weeks, settings, views.help_blocks(lines))
    schedule = Weekly(settings.day, settings.at, weeks.schedule.closed)
    rule = Rule("checkins", schedule, Late.RUN_LATE, _LATEST)
    return Feature(
        name="checkins",
        package="bot.checkins",
        commands=(Answers(Tree.MEMBER, "checkin", room.open),),
        actions=(
            On(AnswerCheckin, room.answer, looks=lambda action: (look_group(action.group),)),
            On(ChangeAnswer, room.change),
            On(KeepTrying, room.keep_trying),
        ),
        rules=(Timed(rule, Slow(room.look, room.think, room.keep, room.parts)),),
        hears=(Hears(GroupEnded, room.ended),),
        home=Home(_HOME_PLACE, room.home, lambda: {Visitor.MEETS: views.waiting((Question(Id(8), ("Tom",)),))}),
        samples=lambda: samples(room.help),
    )


def samples(help: tuple[Block, ...]) -> tuple[Sample, ...]:
    """Everything this room can show, with people who are made up."""
    tom, ann, thursday = Question(Id(1), ("Tom",)), Question(Id(2), ("Ann", "Joe"), again=True), date(2026, 11, 26)
    answered = {
        "talked": replace(tom, answer=Outcome.TALKED),
        "not yet": replace(tom, answer=Outcome.NOT_YET, next_day=thursday),
        "not yet, and time to try": replace(tom, answer=Outcome.NOT_YET, next_day=thursday, is_open=True),
        "not yet, the second time": replace(tom, answer=Outcome.NOT_YET),
        "a hand": replace(tom, answer=Outcome.HAND),
    }
    return (
        Sample("Check-in", views.asking((tom,), help)),
        Sample("Check-in of three", views.asking((replace(tom, others=("Tom", "Ann")),), help)),
        Sample("Check-in, once more", views.asking((ann,), help)),
        Sample("Check-in, once more, of two", views.asking((replace(tom, again=True),), help)),
        Sample("Check-in, two questions", views.asking((tom, ann), help)),
        *(Sample(f"Check-in, {name}", views.asking((one,), help)) for name, one in answered.items()),
        Sample("Check-in, one of two answered", views.asking((answered["talked"], ann), help)),
        Sample("Check-in, keep trying", views.trying()),
        Sample("Check-in, too late", views.too_late()),
        Sample("Check-in, nothing to answer", views.nothing(thursday)),
        *_figures(),
    )


def _figures() -> tuple[Sample, ...]:
    """How many talked, as `intro status` tells it."""
    counts = {"most": (29, 30), "some": (14, 30), "few": (2, 30), "too few to say": (2, 4)}
    shown = {name: View((Paragraph(views.figures(tell_count(*each))),)) for name, each in counts.items()}
    return tuple(Sample(f"Organisers: how many talked, {name}", view) for name, view in shown.items())
