"""The door plate of support: help now, listeners, worries, and the answer to whatever is typed."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

from bot.chat.command import Tree
from bot.chat.outbound import Reply
from bot.core.astray import Apart, GivenUp, WentAstray
from bot.core.calendar import Late, Rule
from bot.core.feature import (
    Answers,
    Call,
    Feature,
    Finding,
    Hears,
    Home,
    On,
    Right,
    Rings,
    Timed,
    Traceless,
    Visitor,
)
from bot.core.helplines import CHECKED_FOR, HelpLine, HelpLines, HelpNow
from bot.core.terms import Nation
from bot.core.walltime import Daily
from bot.members.model import MemberAway, MemberGone, MemberReady, MemberWithdrew
from bot.support import actions, concern, flow, samples, views
from bot.support.answering import Answering
from bot.support.asking import Asking
from bot.support.concern import Concerns
from bot.support.flow import Requests
from bot.support.home import AtHome
from bot.support.model import READERS, SupportSettings
from bot.support.promises import kept
from bot.support.rota import Rota

_HOME_PLACE = 90
_FORGET = Rule("support.forget", Daily(time(3, 30)), Late.MERGE)


def feature(lines: HelpLines, settings: SupportSettings | None = None) -> Feature:
    """Support, with the help lines of the config. Those replies are made once: asking costs, and leaves, nothing."""
    settings = settings or SupportSettings()
    help_now, typed = _help_now(lines, settings.nation), Reply(view=views.typed(lines))
    requests, concerns = Requests(settings, lines), Concerns(settings, lines)
    asking, answering = Asking(requests), Answering(requests)
    rota = Rota(answering)
    return Feature(
        name="support",
        package="bot.support",
        commands=(
            Answers(Tree.MEMBER, "listener", asking.listener, also=("listen", "talk")),
            Answers(Tree.MEMBER, "concern", concerns.concern, also=("worry", "report")),
            Answers(Tree.ORGANISER, "members listeners", rota.rota, Right.ORGANISER),
        ),
        actions=(*_asking(asking), *_answering(answering), *_rota(rota), *_concerns(concerns)),
        traceless=(
            Traceless(do=help_now, tree=Tree.HELP_NOW),
            Traceless(do=help_now, tree=Tree.MEMBER, word="help now"),
            Traceless(do=help_now, tree=Tree.MEMBER, word="helpnow"),
            Traceless(do=help_now, action=HelpNow),
        ),
        rules=(Timed(_FORGET, answering.forget),),
        timers=(
            Rings(flow.UNSENT, asking.unsent),
            Rings(flow.UNANSWERED, answering.unanswered),
            Rings(concern.UNSENT, concerns.unsent),
        ),
        hears=(*_hears(answering, concerns), Hears(MemberReady, rota.ready)),
        home=_home(lines),
        typed=lambda call: typed,
        promises=(kept,),
        samples=lambda: samples.samples(lines),
        checks=(lambda at: stale(lines, at), lambda at: [] if settings.is_demo else unread(settings.readers)),
    )


def _help_now(lines: HelpLines, nation: Nation) -> Callable[[Call], Reply]:
    """The same sentences whoever asks; one's own nation first, if it happens to be in memory, else the network's."""
    replies = {one: Reply(view=views.help_now(lines, one)) for one in Nation}
    return lambda call: replies[call.nation or nation]


def _asking(asking: Asking) -> tuple[On[Any], ...]:
    return (
        On(actions.LookFor, asking.look_for, reads=True),
        On(actions.AskAnybody, asking.ask_anybody, reads=True),
        On(actions.AskListener, asking.ask, reads=True),
        On(actions.WriteRequest, asking.write),
        On(actions.ChangeRequest, asking.change, reads=True),
        On(actions.SendRequest, asking.send),
        On(actions.DropRequest, asking.drop),
    )


def _answering(answering: Answering) -> tuple[On[Any], ...]:
    return (
        On(actions.Take, answering.take),
        On(actions.Cannot, answering.cannot),
        On(actions.CloseRequest, answering.close),
        On(actions.ShowGuidance, answering.guidance, reads=True),
        On(actions.Agree, answering.agree),
        On(actions.StepDown, answering.step_down),
    )


def _rota(rota: Rota) -> tuple[On[Any], ...]:
    return (
        On(actions.FindListener, rota.find, Right.ORGANISER, reads=True),
        On(actions.SearchListener, rota.search, Right.ORGANISER, reads=True),
        On(actions.ChooseListener, rota.choose, Right.ORGANISER, reads=True),
        On(actions.AskHours, rota.ask_hours, Right.ORGANISER, reads=True),
        On(actions.KeepHours, rota.keep_hours, Right.ORGANISER),
        On(actions.ClearHours, rota.clear_hours, Right.ORGANISER),
        On(actions.TakeOff, rota.take_off, Right.ORGANISER),
    )


def _concerns(concerns: Concerns) -> tuple[On[Any], ...]:
    return (
        On(actions.FindConcern, concerns.find, reads=True),
        On(actions.SearchConcern, concerns.search, reads=True),
        On(actions.ConcernWhom, concerns.whom, reads=True),
        On(actions.ConcernOther, concerns.other, reads=True),
        On(actions.WriteConcern, concerns.write),
        On(actions.ChangeConcern, concerns.change, reads=True),
        On(actions.ConcernWithout, concerns.without, reads=True),
        On(actions.SendConcern, concerns.send),
        On(actions.DropConcern, concerns.drop),
    )


def _hears(answering: Answering, concerns: Concerns) -> tuple[Hears[Any], ...]:
    return (
        Hears(MemberAway, answering.away),
        Hears(MemberWithdrew, answering.withdrew),
        Hears(MemberGone, answering.gone),
        Hears(MemberGone, concerns.gone),
        Hears(Apart, answering.apart),
        Hears(WentAstray, answering.astray),
        Hears(GivenUp, answering.given_up),
        Hears(GivenUp, concerns.given_up),
    )


def _home(lines: HelpLines) -> Home:
    """Never missing."""
    stranger, member = views.home(lines, False), views.home(lines, True)
    pages = {one: stranger if one in (Visitor.NEW, Visitor.GUEST) else member for one in Visitor}
    look = AtHome(lines).home
    return Home(_HOME_PLACE, look, lambda: pages, needs=Right.ANYONE, fallback=stranger)


def stale(lines: HelpLines, at: datetime) -> Sequence[Finding]:
    """A warning for every number that nobody has checked for half a year."""
    return [_warning(key, line) for key, line in lines.items() if line.is_stale(at.date())]


def unread(readers: Sequence[str]) -> Sequence[Finding]:
    """A warning where fewer than two organisers are named to read what members worry about."""
    if len(readers) >= READERS:
        return []
    return [
        Finding(
            level="warning",
            where="support.concern",
            says="fewer than two organisers are named to read what members worry about (/headsup concern)",
            mend='under [support] in config.toml, name two or three of network.organisers: concern = ["…", "…"]',
        )
    ]


def _warning(key: str, line: HelpLine) -> Finding:
    return Finding(
        level="warning",
        where=f"help.{key}.verified_on",
        says=f"{line.name} was last checked on {line.verified_on}, more than {CHECKED_FOR.days} days ago",
        mend=f"look the number up, then set verified_on under [help.{key}] in config.toml",
    )
