"""The way to a school, the same at the door and later: search the register, choose, or type what no register has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.action import Action
from bot.chat.form import Form, Search, ShortText
from bot.chat.limits import LABEL, OPTIONS, clip
from bot.chat.text import one_line
from bot.chat.view import Button, Buttons, Option, Paragraph, Select, View, button
from bot.core.words import Words
from bot.members.kinds import WITHOUT_TRUST, Nation
from bot.members.model import Member
from bot.members.schools import School

words = Words("bot.members")

MOST_SCHOOL = 100
"""Characters of a school's name, where it is typed."""
FIELD = "school"


@dataclass(frozen=True)
class Steps:
    """What each press on the way means; `none` has the words `none_says`."""

    find: Action
    search: Action
    choose: Action
    type: Action
    keep: Action
    none: Action
    none_says: str


def search_form(steps: Steps) -> Search:
    """By which words to look."""
    return Search(
        title=words.line("school-search-title"),
        action=steps.search.pack(),
        label=words.line("school-search-label"),
        send=words.line("school-search-send"),
    )


def type_form(steps: Steps) -> Form:
    """The name of a school that is in no register."""
    label = words.line("school-type-label")
    return Form(
        title=words.line("school-type-title"),
        action=steps.keep.pack(),
        fields=(ShortText(FIELD, label, most=MOST_SCHOOL),),
        send=words.line("school-type-send"),
    )


def ask_view(steps: Steps, nation: Nation | None) -> View:
    """Asks for a school; the register is of England, so elsewhere typing comes first."""
    find, type_it = _button("school-find", steps.find), _button("school-type", steps.type)
    ways = (find, type_it) if nation in (None, Nation.ENGLAND) else (type_it, find)
    return View((Paragraph(words.text("school-ask")), Buttons((*ways, _button(steps.none_says, steps.none)))))


def found_view(steps: Steps, schools: Sequence[School]) -> View:
    """What the register has by those words."""
    again = Buttons(
        (
            _button("school-again", steps.find),
            _button("school-type", steps.type),
            _button(steps.none_says, steps.none),
        )
    )
    if not schools:
        return View((Paragraph(words.text("school-nothing")), again))
    options = tuple(Option(str(school.urn), _one_of(school)) for school in schools[:OPTIONS])
    return View(
        (
            Paragraph(words.text("school-found")),
            Select(words.line("school-select"), steps.choose.pack(), options),
            again,
        )
    )


def at_school(member: Member, school: School) -> Member:
    """The member, with all that the register tells of their school; as they were where their role has none."""
    if not member.has_school:
        return member
    return replace(
        member,
        urn=school.urn,
        school=school.name,
        phase=school.phase or member.phase,
        authority=school.authority,
        trust=school.trust,
        region=school.region,
    )


def at_typed_school(member: Member, name: str) -> Member:
    """The member at a school of which only the name is known; what the register told of another is dropped. As they
    were where their role has none."""
    if not member.has_school:
        return member
    return replace(at_no_school(member), school=name, shows_school=member.shows_school)


def at_no_school(member: Member) -> Member:
    """The member, without all that the register tells. What is not there any more is not shown again by itself when it
    is said anew."""
    member = replace(member, urn=None, school=None, authority=None, trust=None, region=None)
    return replace(member, shows_school=False, shows_region=False)


def as_role_has(member: Member) -> Member:
    """The member without a school or a trust where their role has none."""
    if member.school and not member.has_school:
        member = at_no_school(member)
    return replace(member, trust=None) if member.role in WITHOUT_TRUST else member


def typed_school(text: str) -> str:
    """A school's name as it was typed, fit to be kept; empty where there is none, or too much of it."""
    name = one_line(text)
    return name if len(name) <= MOST_SCHOOL else ""


def _one_of(school: School) -> str:
    return clip(", ".join(filter(None, (school.name, school.town))), LABEL)


def _button(key: str, action: Action) -> Button:
    return button(words.line(key), action)
