"""The door plate of people's accounts."""

from datetime import UTC, datetime, time

from bot.accounts import actions, flow, views
from bot.accounts.model import Asked
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Feature, On, Right, Sample, Timed, refusal
from bot.core.walltime import Daily
from bot.members.model import Identity, Member, Stage


def feature() -> Feature:
    """Connecting accounts. Everybody may bring a code."""
    return Feature(
        name="accounts",
        package="bot.accounts",
        commands=(Answers(Tree.MEMBER, "connect", flow.connect, Right.ANYONE),),
        actions=(
            On(actions.EnterCode, flow.enter, Right.ANYONE, reads=True),
            On(actions.KeepCode, flow.keep_code, Right.ANYONE),
            On(actions.ThatsMe, flow.thats_me, Right.ANYONE),
            On(actions.NotMe, flow.not_me, Right.ANYONE),
            On(actions.LetIn, flow.let_in),
            On(actions.KeepOut, flow.keep_out),
            On(actions.Disconnect, flow.disconnect),
        ),
        rules=(Timed(Rule("accounts.forget", Daily(time(3, 15)), Late.MERGE), flow.forget),),
        samples=samples,
    )


def samples() -> tuple[Sample, ...]:
    """Everything this room shows, about people who do not exist."""
    ann, here = Member(Id(1), "Ann Hughes", Stage.MEMBER), Account("slack", "T1", "U1")
    there = Account("discord", "1", "2")
    asked = Asked(Id(2), ann.id, here, datetime(2026, 11, 11, 16, tzinfo=UTC), there)
    return (
        Sample("Connect: a code", views.code("7K3MQ-9TDXA", ())),
        Sample("Connect: a code, and where else one is", views.code("7K3MQ-9TDXA", [Identity(there, ann.id)])),
        Sample("Connect: where codes come from", views.how()),
        Sample("Connect: which code?", views.form(), views.errors()),
        Sample("Connect: a code that is none", views.code_wrong()),
        Sample("Connect: is this you?", views.is_this_you(asked, ann, "annh")),
        Sample("Connect: and now there", views.now_there(asked)),
        Sample("Connect: who wants to be oneself", views.let_in(asked, there, "annh", ann)),
        Sample("Connect: somebody without a name", views.let_in(asked, Account("local", "space", "1"), "", ann)),
        Sample("Connect: done", views.connected(ann, there)),
        Sample("Connect: welcome to the new account", views.welcome(ann)),
        Sample("Connect: notice to the older accounts", views.notice(there)),
        Sample("Connect: parted", views.parted(there)),
        Sample("Connect: parted with", views.parted_with()),
        Sample("Connect: somebody said no", views.nothing_done()),
        Sample("Connect: too late", views.too_late()),
        Sample("Connect: one's own code", views.already()),
        Sample("Connect: a member of their own", views.has_a_home(ann)),
        refusal("Connect: guests", views.words.text("guest")),
    )
