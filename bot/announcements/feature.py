"""The door plate of announcements."""

from datetime import time
from typing import Any

from bot.announcements import actions
from bot.announcements.amending import CORRECT, TAKE_AWAY, Amending
from bot.announcements.flow import Drafting
from bot.announcements.hearing import Hearing
from bot.announcements.model import TO_ALL, TO_SOME, Setup
from bot.announcements.people import People
from bot.announcements.previewing import Previewing
from bot.announcements.samples import samples
from bot.announcements.sending import GO, Sending
from bot.chat.command import Tree
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Feature, Friday, Handler, Hears, On, Right, Rings, Slow, Timed
from bot.core.walltime import Daily
from bot.members.model import NewsUnwanted

_PLACE = 25
"""In the Friday letter: after Monday's introduction, before small questions."""


def feature(setup: Setup) -> Feature:
    """Announcements."""
    people = People(setup)
    previewing = Previewing(people)
    sending, amending, hearing = Sending(people, previewing), Amending(people, previewing), Hearing(people)
    drafting = Drafting(people, previewing, amending)
    return Feature(
        name="announcements",
        package="bot.announcements",
        commands=_commands(drafting),
        actions=(*_making(drafting), *_sending(sending), *_after(amending, hearing)),
        rules=(Timed(Rule("announcements.forget", Daily(time(3, 40)), Late.MERGE), hearing.forget),),
        timers=(
            Rings(GO, Slow(sending.look, sending.think, sending.keep, sending.parts)),
            Rings(CORRECT, Slow(amending.look, amending.think, amending.keep, amending.parts)),
            Rings(TAKE_AWAY, Slow(amending.look, amending.think_away, amending.keep_away, amending.parts)),
        ),
        hears=(Hears(NewsUnwanted, hearing.news_unwanted),),
        friday=Friday(_PLACE, hearing.in_friday),
        progress={TO_ALL: sending.progress, TO_SOME: sending.progress},
        promises=(hearing.broken,),
        samples=samples,
    )


def _commands(drafting: Drafting) -> tuple[Answers, ...]:
    each: dict[str, Handler] = {
        "new": drafting.new,
        "list": drafting.list_all,
        "edit": drafting.edit,
        "stop": drafting.stop,
        "recall": drafting.recall,
    }
    return tuple(Answers(Tree.ORGANISER, f"announce {word}", do, Right.ORGANISER) for word, do in each.items())


def _making(drafting: Drafting) -> tuple[On[Any], ...]:
    return (
        On(actions.KeepWords, drafting.keep_new, Right.ORGANISER),
        On(actions.AskWords, drafting.ask_words, Right.ORGANISER, reads=True),
        On(actions.ChangeWords, drafting.change_words, Right.ORGANISER),
        On(actions.ChooseInvite, drafting.choose_invite, Right.ORGANISER),
        On(actions.AskWhom, drafting.ask_whom, Right.ORGANISER, reads=True),
        On(actions.KeepWhom, drafting.keep_whom, Right.ORGANISER),
        On(actions.ChooseOf, drafting.choose_of, Right.ORGANISER),
        On(actions.ChooseCrowd, drafting.choose_crowd, Right.ORGANISER),
        On(actions.AskPicture, drafting.ask_picture, Right.ORGANISER, reads=True),
        On(actions.KeepPicture, drafting.keep_picture, Right.ORGANISER),
        On(actions.Show, drafting.show, Right.ORGANISER, reads=True),
    )


def _sending(sending: Sending) -> tuple[On[Any], ...]:
    return (
        On(actions.Send, sending.send, Right.ORGANISER),
        On(actions.Agree, sending.agree, Right.ORGANISER),
        On(actions.NotLikeThis, sending.not_like_this, Right.ORGANISER),
        On(actions.Undo, sending.undo, Right.ORGANISER),
        On(actions.Stop, sending.stop, Right.ORGANISER),
    )


def _after(amending: Amending, hearing: Hearing) -> tuple[On[Any], ...]:
    return (
        On(actions.AskLine, amending.ask_line, Right.ORGANISER, reads=True),
        On(actions.SendLine, amending.send_line, Right.ORGANISER),
        On(actions.Recall, amending.recall, Right.ORGANISER),
        On(actions.Seen, hearing.seen),
    )
