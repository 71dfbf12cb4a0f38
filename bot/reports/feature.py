"""The door plate of reports."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from bot.chat.command import Tree
from bot.chat.view import View
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Feature, Home, Page, Right, Sample, Slow, Timed, Visitor
from bot.core.walltime import Daily, Weekly
from bot.pairing.model import Weeks
from bot.reports import views
from bot.reports.flow import ReportRoom
from bot.reports.model import Month, Standing, Stands, Way, Week, told

_MONDAY = Weekly(0, time(9))
"""On holidays too: a line that sometimes stays away would alarm nobody."""
_EARLY = Daily(time(4))
_HOME_PLACE = 50


def feature(weeks: Weeks) -> Feature:
    """Reports: `weeks` are those of the introductions."""
    room = ReportRoom(weeks)
    return Feature(
        name="reports",
        package="bot.reports",
        commands=(
            Answers(Tree.ORGANISER, "report", Slow(room.look, room.think, room.show), Right.ORGANISER),
            Answers(Tree.ORGANISER, "status", room.status, Right.ORGANISER),
        ),
        rules=(
            Timed(Rule("reports.monday", _MONDAY, Late.MERGE), room.monday),
            Timed(Rule("reports.months", _EARLY, Late.MERGE), room.keep_months),
        ),
        home=Home(_HOME_PLACE, room.home, home_samples, Right.ORGANISER),
        samples=samples,
    )


def home_samples() -> Mapping[Visitor, Page]:
    """Its part of the home page, for each who sees one."""
    return {Visitor.ORGANISER: views.home(Standing(Week(Stands.WAITING), 1, 0, 61, True), waits=True)}


def samples() -> tuple[Sample, ...]:
    """Everything this room can show, with figures that are made up."""
    november, small = Month(date(2026, 11, 1), 214, 120, 96, 61), Month(date(2026, 9, 1), 40, 6, 20, 3)
    october = Month(date(2026, 10, 1), 201, 198, 180, 177)
    reached = {Way.BROWSER: 12, Way.SLACK: 120, Way.DIRECT: 60, Way.THREAD: 20, Way.NOT: 2}
    return (
        Sample("Report", views.report(told(november), [told(october), told(small)], reached)),
        Sample("Report, the first month", views.report(told(small), [], {Way.SLACK: 40})),
        Sample("Status, all well", views.status(Standing(Week(Stands.MADE, 214), 0, 0, 61, False))),
        Sample("Status, somebody waits", views.status(Standing(Week(Stands.MADE, 3), 0, 12, None, True))),
        Sample(
            "Home page, nothing to be done", View(views.home(Standing(Week(Stands.MADE, 214), 0, 0, 61, False), False))
        ),
        *(Sample(f"Monday's line, {name}", _line(standing)) for name, standing in _standings().items()),
    )


def _line(standing: Standing) -> View:
    return views.monday(date(2027, 5, 3), standing, datetime(2027, 5, 3, 8, tzinfo=UTC)).view


def _standings() -> dict[str, Standing]:
    tuesday, made = date(2027, 5, 4), Week(Stands.MADE, 214)
    weeks = {
        "all well": made,
        "a bank holiday": Week(Stands.COMING, day=tuesday),
        "every other week": Week(Stands.LATER, day=tuesday),
        "holidays": Week(Stands.HOLIDAYS),
        "nobody": Week(Stands.NOBODY),
        "waiting": Week(Stands.WAITING),
        "late": Week(Stands.LATE),
    }
    well = {name: Standing(week, 0, 0, 61, False) for name, week in weeks.items()}
    return {**well, "much to look at": Standing(made, 3, 9, 91, False)}
