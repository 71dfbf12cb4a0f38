"""The door plate of the pulse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.chat.command import Tree
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Doing, Feature, Friday, Hears, On, Right, Rings, Slow, Timed, Traceless
from bot.core.helplines import HelpLines
from bot.core.terms import Nation, Terms
from bot.core.walltime import Daily, Weekly
from bot.members.model import MemberGone
from bot.pulse import views
from bot.pulse.actions import (
    AgreePulse,
    ComposePoll,
    DropPoll,
    EndPoll,
    GivePulse,
    KeepDiary,
    KeepReply,
    OpenDiary,
    OpenPulse,
    ReadDiary,
    ReadResult,
    ReadTold,
    ReadTrend,
    ShowResult,
    ShowTrend,
    StartDiary,
    StopDiary,
    WriteDiary,
    WriteReply,
)
from bot.pulse.agreeing import agree
from bot.pulse.answering import Answering
from bot.pulse.asking import CLOSE, Asking
from bot.pulse.box import Box
from bot.pulse.closing import Closing
from bot.pulse.diary import Diary, seal_anew
from bot.pulse.friday import PLACE, PulseFriday
from bot.pulse.model import LATEST, PulseSettings
from bot.pulse.organising import Organising
from bot.pulse.promises import kept
from bot.pulse.reading import Reading
from bot.pulse.result_views import MEMBER, ORGANISER
from bot.pulse.samples import samples
from bot.pulse.sessions import Sessions
from bot.pulse.sessions import rule as before_letters


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
    mine, ours = Reading(MEMBER, where.zone), Reading(ORGANISER, where.zone)
    return Feature(
        name="pulse",
        package="bot.pulse",
        commands=(
            Answers(Tree.MEMBER, "pulse", lambda work, call: answering.page(call)),
            *_organisers(organising, ours),
        ),
        actions=(
            On(AgreePulse, agree),
            *_polls(organising),
            On(ShowResult, ours.one, Right.ORGANISER, reads=True),
            On(ShowTrend, ours.trend, Right.ORGANISER, reads=True),
            On(ReadTold, mine.latest, reads=True),
            On(ReadResult, mine.one, reads=True),
            On(ReadTrend, mine.trend, reads=True),
            *_diary(Diary(where.zone)),
        ),
        traceless=(
            Traceless(answering.open, action=OpenPulse),
            Traceless(answering.give, action=GivePulse),
            Traceless(answering.page, tree=Tree.MEMBER, word="pulse"),
        ),
        rules=(*(_rules(settings, where, asking) if settings.on else ()), _anew()),
        timers=(Rings(CLOSE, closing.rang),),
        hears=(Hears(MemberGone, closing.gone),),
        friday=Friday(PLACE, PulseFriday(lines).look),
        begins=(asking.begin,),
        promises=(kept,),
        samples=lambda: samples(help, lines),
    )


def _rules(settings: PulseSettings, where: Where, asking: Asking) -> tuple[Timed, ...]:
    """What is asked by itself: the rota's questions, and of the sessions of a week."""
    rota = Rule("pulse", Weekly(settings.day, settings.at), Late.SKIP, LATEST)
    opens = Slow(asking.look_rota, asking.think, asking.keep, asking.parts)
    return Timed(rota, opens), Timed(before_letters(where.letters), Sessions(asking).open)


def _anew() -> Timed:
    return Timed(Rule("pulse.seal-anew", Daily(time(3, 25)), Late.MERGE), seal_anew)


def _polls(organising: Organising) -> Sequence[On[Any]]:
    return (
        On(ComposePoll, organising.compose, Right.ORGANISER),
        On(DropPoll, organising.drop, Right.ORGANISER),
        On(EndPoll, organising.end, Right.ORGANISER),
        On(WriteReply, organising.write, Right.ORGANISER),
        On(KeepReply, organising.keep_reply, Right.ORGANISER),
    )


def _diary(diary: Diary) -> Sequence[On[Any]]:
    return (
        On(OpenDiary, diary.open, reads=True),
        On(StartDiary, diary.start),
        On(WriteDiary, diary.write, reads=True),
        On(KeepDiary, diary.keep),
        On(ReadDiary, diary.year, reads=True),
        On(StopDiary, diary.stop),
    )


def _organisers(room: Organising, reading: Reading) -> Sequence[Answers]:
    opens = Slow(room.asking.look_draft, room.asking.think, room.asking.keep_and_say, room.asking.parts)
    does: dict[str, Doing] = {
        "pulse new": room.new,
        "pulse preview": room.preview,
        "pulse open": opens,
        "pulse close": room.close,
        "pulse results": reading.latest,
        "pulse rota": room.rota,
    }
    return [Answers(Tree.ORGANISER, word, do, Right.ORGANISER) for word, do in does.items()]
