"""What small questions look like: the choice among them, a form for each, and the one in Friday's news."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.chat.action import Action
from bot.chat.command import Tree
from bot.chat.form import Field, Form, ManyOf, OneOf, Search, ShortText
from bot.chat.limits import clip
from bot.chat.view import Block, Button, Buttons, Option, Paragraph, Select, View, button
from bot.core.feature import Run
from bot.core.words import Words
from bot.members.actions import (
    Ask,
    AskOne,
    ChooseZone,
    KeepAnswer,
    Question,
    SameZone,
    SearchZone,
    StopAsking,
    TakeZone,
)
from bot.members.kinds import Often, Time, Topic, Years
from bot.members.model import Member
from bot.members.questions import MOST_REACH, MOST_TRUST, UNSAID, suits
from bot.members.speech import options
from bot.members.zones import say_zone

words = Words("bot.members")


def choice(member: Member) -> Select:
    """All that can be said, each alone."""
    mine = [question for question in Question if suits(question, member)]
    offered = tuple(Option(question, words.line(f"question-{question}")) for question in mine)
    return Select(words.line("question-select"), Ask().pack(), offered)


def form(question: Question, member: Member) -> Form:
    """One field, as it stands now. Raises KeyError for a question that is asked otherwise."""
    return Form(
        title=words.line(f"ask-{question}"),
        action=KeepAnswer(question).pack(),
        fields=(_FIELDS[question](member),),
        send=words.line("edit-send"),
    )


def topics(chosen: Iterable[Topic]) -> ManyOf:
    """What somebody would like to talk about."""
    return ManyOf(
        Question.TOPICS,
        words.line("edit-topics"),
        options(Topic),
        values=tuple(sorted(chosen)),
        hint=words.line("edit-topics-hint"),
    )


def zone_search() -> Search:
    """By which city to look for a time zone."""
    return Search(
        title=words.line("ask-zone"),
        action=SearchZone().pack(),
        label=words.line("zone-label"),
        send=words.line("school-search-send"),
        hint=words.line("zone-hint"),
    )


def zone_offered(zone: str) -> View:
    """The one that their account keeps, for a press; and the way to any other."""
    other = _press("zone-other", AskOne(Question.ZONE))
    return View((Paragraph(words.text("zone-offered", zone=say_zone(zone))), Buttons((take_zone(zone), other))))


def take_zone(zone: str) -> Button:
    """Takes a zone that is offered."""
    return button(words.line("zone-take", zone=say_zone(zone)), TakeZone(zone))


def zones_found(zones: Sequence[str]) -> View:
    """The zones of that city; or none, said kindly."""
    found = tuple(Option(zone, say_zone(zone)) for zone in zones)
    ways = Buttons((_press("zone-again", AskOne(Question.ZONE)), _press("zone-same", SameZone())))
    if not found:
        return View((Paragraph(words.text("zone-nothing")), ways))
    return View(
        (Paragraph(words.text("zone-found")), Select(words.line("zone-select"), ChooseZone().pack(), found), ways)
    )


def language() -> View:
    """There is one language, and nothing to choose."""
    return View((Paragraph(words.text("language-only")),))


def small(question: Question) -> tuple[Block, ...]:
    """One sentence and two buttons, at the end of Friday's news."""
    answer = _press(f"answer-{question}", AskOne(question))
    return Paragraph(words.text(f"friday-{question}")), Buttons((answer, _press("asks-off", StopAsking())))


def no_more() -> View:
    """To somebody who would rather not be asked."""
    settings = button(words.line("menu-settings"), Run(Tree.MEMBER, "settings"))
    return View((Paragraph(words.text("asks-stopped")), Buttons((settings,))))


def _times(member: Member) -> Field:
    return ManyOf(
        Question.TIMES,
        words.line("times-label"),
        options(Time),
        values=tuple(sorted(member.times)),
        hint=words.line("times-hint"),
    )


def _years(member: Member) -> Field:
    return OneOf(
        Question.YEARS,
        words.line("years-label"),
        (*options(Years), Option(UNSAID, words.line("years-unsaid"))),
        value="" if member.years is None else Years.of(member.years),
        hint=words.line("years-hint"),
        required=False,
    )


def _trust(member: Member) -> Field:
    return ShortText(
        Question.TRUST,
        words.line("trust-label"),
        value=clip(member.trust or "", MOST_TRUST),
        hint=words.line("trust-hint"),
        required=False,
        most=MOST_TRUST,
    )


def _reach(member: Member) -> Field:
    return ShortText(
        Question.REACH,
        words.line("reach-label"),
        value=clip(member.reach or "", MOST_REACH),
        hint=words.line("reach-hint"),
        required=False,
        most=MOST_REACH,
    )


def _often(member: Member) -> Field:
    return OneOf(Question.OFTEN, words.line("often-select"), options(Often), value=member.often)


_FIELDS: Mapping[Question, Callable[[Member], Field]] = {
    Question.TOPICS: lambda member: topics(member.topics),
    Question.TIMES: _times,
    Question.YEARS: _years,
    Question.TRUST: _trust,
    Question.REACH: _reach,
    Question.OFTEN: _often,
}


def _press(key: str, action: Action) -> Button:
    return button(words.line(key), action)
