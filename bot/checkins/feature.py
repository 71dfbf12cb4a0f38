"""The door plate of check-ins."""

from datetime import timedelta

from bot.chat.command import Tree
from bot.checkins import views
from bot.checkins.actions import AnswerCheckin, ChangeAnswer
from bot.checkins.flow import CheckinRoom
from bot.checkins.model import CheckinSettings
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Feature, Hears, On, Slow, Timed
from bot.core.helplines import HelpLines
from bot.core.walltime import Weekly
from bot.pairing.model import GroupEnded, Weeks
from bot.pairing.store import look_group

_LATEST = timedelta(hours=24)
"""How late the question is still asked: after that the week is over, and "did you find time" would hurry nobody."""


def feature(settings: CheckinSettings, weeks: Weeks, lines: HelpLines) -> Feature:
    """Check-ins: `weeks` are those of the introductions."""
    room = CheckinRoom(weeks, settings, views.help_blocks(lines))
    schedule = Weekly(settings.day, settings.at, weeks.schedule.closed)
    return Feature(
        name="checkins",
        package="bot.checkins",
        commands=(Answers(Tree.MEMBER, "checkin", room.open),),
        actions=(
            On(AnswerCheckin, room.answer, looks=lambda action: (look_group(action.group),)),
            On(ChangeAnswer, room.change),
        ),
        rules=(Timed(Rule("checkins", schedule, Late.RUN_LATE, _LATEST), Slow(room.look, room.think, room.keep)),),
        hears=(Hears(GroupEnded, room.ended),),
    )
