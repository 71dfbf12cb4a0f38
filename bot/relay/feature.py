"""The door plate of the relay: two who share no place write to each other, if both want it."""

from datetime import time

from bot.chat.ids import Id
from bot.core.astray import GivenUp
from bot.core.calendar import Late, Rule
from bot.core.feature import Feature, Hears, On, Sample, Timed
from bot.core.post import Policy
from bot.core.walltime import Daily
from bot.members.model import Member, MemberWithdrew, Stage
from bot.pairing.actions import WriteTo
from bot.pairing.model import GroupEnded, Weeks
from bot.relay import actions, views
from bot.relay.closing import Closing
from bot.relay.flow import Relaying
from bot.relay.reporting import Reporting


def feature(weeks: Weeks, policy: Policy) -> Feature:
    """The relay; `weeks` are those of the introductions."""
    relaying, closing = Relaying(weeks, policy), Closing(weeks)
    reporting = Reporting(closing)
    return Feature(
        name="relay",
        package="bot.relay",
        actions=(
            On(WriteTo, relaying.write),
            On(actions.LetWrite, relaying.let_write),
            On(actions.LetNotWrite, closing.let_not_write),
            On(actions.SendTo, relaying.send),
            On(actions.Stop, closing.stop),
            On(actions.AskReport, reporting.ask, reads=True),
            On(actions.Report, reporting.report),
        ),
        rules=(Timed(Rule("relay.forget", Daily(time(3, 25)), Late.MERGE), relaying.forget),),
        hears=(
            Hears(GroupEnded, closing.group_ended),
            Hears(MemberWithdrew, closing.withdrew),
            Hears(GivenUp, closing.given_up),
        ),
        samples=samples,
    )


def samples() -> tuple[Sample, ...]:
    """Everything this room shows, about people who do not exist."""
    priya, tom, group = Member(Id(1), "Priya Shah", Stage.MEMBER), Member(Id(2), "Tom Reed", Stage.MEMBER), Id(7)
    form, words = views.form("Tom", tom.id, group), "Tuesday, after four?\nWith pleasure"
    return (
        Sample("Write to somebody elsewhere: asked for", views.said("asked", name="Tom")),
        Sample("Write to somebody elsewhere: may they?", views.asks(priya, group)),
        Sample("Write to somebody elsewhere: both want it", views.opened(tom, "Tom", group)),
        Sample("Write to somebody elsewhere: rather not", views.said("refused", name="Priya")),
        Sample("Write to somebody elsewhere: it can't be", views.said("cannot", name="Tom")),
        Sample("Write to somebody elsewhere: over", views.said("over")),
        Sample("Write to somebody elsewhere: not elsewhere any more", views.said("near", name="Tom")),
        Sample("Write to somebody elsewhere: the form", form),
        *(
            Sample(f"Write to somebody elsewhere: sent back, {key}", form, views.not_sent(key, "Tom"))
            for key in ("wrong", "enough", "late", "closed-now")
        ),
        Sample("Write to somebody elsewhere: on its way", views.sent("Tom", tom.id, group)),
        Sample("Write to somebody elsewhere: what arrives", views.written(priya, "Priya", group, words)),
        Sample("Write to somebody elsewhere: stopped", views.stopped(priya, "Priya", group)),
        Sample("Write to somebody elsewhere: closed", views.said("closed", name="Tom")),
        Sample(
            "Write to somebody elsewhere: closed while something was on its way", views.said("closed-lost", name="Tom")
        ),
        Sample("Write to somebody elsewhere: it didn't arrive", views.said("lost")),
        *_reports(priya, tom, group, words),
    )


def _reports(priya: Member, tom: Member, group: Id, words: str) -> tuple[Sample, ...]:
    return (
        Sample("Report somebody: the form", views.report_form("Priya", priya.id, group)),
        Sample("Report somebody: reported", views.reported(priya, "Priya", group)),
        Sample("Report somebody: often enough", views.said("report-enough", name="Priya")),
        Sample("Report somebody: nobody reached", views.said("report-lost")),
        Sample("Organisers' channel: a report", views.report(tom, priya, "")),
        Sample("Organisers' channel: a report with words", views.report(tom, priya, words)),
    )
