"""What people read who were introduced and share no place: whom they meet, and how to reach them."""

from collections.abc import Sequence

from bot.chat.ids import Id
from bot.chat.limits import LABEL, clip
from bot.chat.text import plain
from bot.chat.view import Block, Button, Buttons, Fact, Facts, Note, Paragraph, View, button
from bot.core.feature import Page
from bot.members.actions import AskOne, Question
from bot.members.model import Member, first_name
from bot.pairing import views
from bot.pairing.actions import WriteTo
from bot.pairing.views import words


def introduction(said: View, me: Member, far: Sequence[Member], group: Id) -> View:
    """The introduction, as somebody reads it alone; `far` are those who are elsewhere."""
    unread = Note(words.text("unread"))  # said where people talk with each other, which they cannot here
    return View((*(block for block in said.blocks if block != unread), *_ways(me, far), _presses(me, far, group)))


def partner(me: Member, others: Sequence[Member], far: Sequence[Member], group: Id) -> View:
    """Whom somebody meets this week, some of them elsewhere."""
    not_again = Buttons(tuple(views.rather_not(one, group) for one in others))
    return View((*meeting(me, others, far, group), _presses(me, far, group), not_again))


def meeting(me: Member, others: Sequence[Member], far: Sequence[Member], group: Id) -> Page:
    """The same, where there is nothing to be pressed."""
    return *views.whom(others, group, "partner-far"), *_ways(me, far)


def write_to(member: Member, among: Sequence[Member], group: Id) -> Button:
    """Asks to write to somebody, by name; or opens the form, once both have said yes."""
    return button(words.line("write-to", name=called(member, among)), WriteTo(group, member.id))


def called(member: Member, among: Sequence[Member]) -> str:
    """What a button calls somebody: their first name, where nobody else here has it."""
    first = first_name(member.name)
    return first if sum(first_name(one.name) == first for one in among) == 1 else member.name


def _ways(me: Member, far: Sequence[Member]) -> tuple[Block, ...]:
    """That the others are elsewhere; and how they like to be reached, for whoever has said the same of themselves."""
    said = [Fact(clip(one.name, LABEL), plain(one.reach)) for one in far if one.reach and me.reach]
    told: tuple[Block, ...] = (Note(words.text("far-reach")), Facts(tuple(said))) if said else ()
    note = () if me.reach else (Note(words.text("far-say-note")),)
    return Paragraph(words.text("far", others=views.listed(far))), *told, Note(words.text("far-note")), *note


def _presses(me: Member, far: Sequence[Member], group: Id) -> Buttons:
    say = () if me.reach else (button(words.line("far-say"), AskOne(Question.REACH)),)
    return Buttons((*(write_to(one, far, group) for one in far), *say))
