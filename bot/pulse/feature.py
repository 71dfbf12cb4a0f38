"""The door plate of the pulse."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.command import Tree
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Doing, Feature, Friday, Hears, On, Right, Rings, Slow, Timed, Traceless
from bot.core.helplines import HelpLines
from bot.core.terms import Nation, Terms
from bot.core.walltime import Weekly
from bot.members.model import MemberGone
from bot.pulse import views
from bot.pulse.actions import (
    AgreePulse,
    ComposePoll,
    DropPoll,
    EndPoll,
    GivePulse,
    KeepReply,
    OpenPulse,
    ShowResult,
    WriteReply,
)
from bot.pulse.agreeing import agree
from bot.pulse.answering import Answering
from bot.pulse.asking import CLOSE, Asking
from bot.pulse.box import Box
from bot.pulse.closing import Closing
from bot.pulse.friday import PLACE, PulseFriday
from bot.pulse.model import LATEST, PulseSettings
from bot.pulse.organising import Organising
from bot.pulse.promises import kept
from bot.pulse.samples import samples


@dataclass(frozen=True)
class Where:
    """The network's nation and zone, its terms, and when its Friday letters are written."""

    nation: Nation
    zone: str
    terms: Terms
    letters: Weekly


def feature(settings: PulseSettings, where: Where, lines: HelpLines, box: Box) -> Feature:
    """The pulse; `box` is the one place where answers are."""
    help = views.help_blocks(lines)
    closing = Closing(box, where.letters, where.zone)
    asking = Asking(box, settings, where.terms, where.nation, where.zone, where.letters, help)
    answering, organising = Answering(box, help), Organising(asking, closing)
    rule = Rule("pulse", Weekly(settings.day, settings.at), Late.SKIP, LATEST)
    return Feature(
        name="pulse",
        package="bot.pulse",
        commands=(Answers(Tree.MEMBER, "pulse", lambda work, call: answering.page(call)), *_organisers(organising)),
        actions=(
            On(AgreePulse, agree),
            On(ComposePoll, organising.compose, Right.ORGANISER),
            On(DropPoll, organising.drop, Right.ORGANISER),
            On(EndPoll, organising.end, Right.ORGANISER),
            On(ShowResult, organising.show, Right.ORGANISER),
            On(WriteReply, organising.write, Right.ORGANISER),
            On(KeepReply, organising.keep_reply, Right.ORGANISER),
        ),
        traceless=(
            Traceless(answering.open, action=OpenPulse),
            Traceless(answering.give, action=GivePulse),
            Traceless(answering.page, tree=Tree.MEMBER, word="pulse"),
        ),
        rules=(Timed(rule, Slow(asking.look_rota, asking.think, asking.keep, asking.parts)),) if settings.on else (),
        timers=(Rings(CLOSE, closing.rang),),
        hears=(Hears(MemberGone, closing.gone),),
        friday=Friday(PLACE, PulseFriday().look),
        begins=(asking.begin,),
        promises=(kept,),
        samples=lambda: samples(help),
    )


def _organisers(room: Organising) -> Sequence[Answers]:
    opens = Slow(room.asking.look_draft, room.asking.think, room.asking.keep_and_say, room.asking.parts)
    does: dict[str, Doing] = {
        "pulse new": room.new,
        "pulse preview": room.preview,
        "pulse open": opens,
        "pulse close": room.close,
        "pulse results": room.results,
        "pulse rota": room.rota,
    }
    return [Answers(Tree.ORGANISER, word, do, Right.ORGANISER) for word, do in does.items()]
