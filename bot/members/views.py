"""What members see of themselves: the card, the profile, the settings; and the letter that says they are in."""

from collections.abc import Iterable, Mapping

from bot.chat.action import Action
from bot.chat.command import Tree
from bot.chat.form import Form, ManyOf, OneOf, ShortText
from bot.chat.limits import clip
from bot.chat.text import plain
from bot.chat.view import Block, Button, Buttons, Fact, Facts, Note, Paragraph, Select, View, button
from bot.core.feature import Run
from bot.core.words import Words
from bot.members import actions, picker
from bot.members.actions import Choice, SetChoice, SetConsent
from bot.members.kinds import WITHOUT_SCHOOL, Nation, Often, Phase, Role, Topic
from bot.members.model import MOST_NAME, Consent, Member, first_name
from bot.members.speech import label, options, say

words = Words("bot.members")

SETTLED = (Consent.INTRODUCTIONS, Consent.MESSAGES)
"""Consents that can be given now; the others are asked for by the rooms that need them."""

STEPS = picker.Steps(
    find=actions.FindSchool(),
    search=actions.SearchSchool(),
    choose=actions.ChooseSchool(),
    type=actions.TypeSchool(),
    keep=actions.KeepSchool(),
    none=actions.NoSchool(),
    none_says="school-none",
)
"""The way to a school from the profile."""


def press(key: str, action: Action) -> Button:
    """A button with this room's words."""
    return button(words.line(key), action)


def command(key: str, word: str) -> Button:
    """A button that means a member's command."""
    return button(words.line(key), Run(Tree.MEMBER, word))


def card(member: Member) -> Facts:
    """What somebody introduced to this member sees of them."""
    topics = ", ".join(say(topic) for topic in Topic if topic in member.topics)
    rows = {
        "card-name": member.name,
        "card-role": label(member.role) if member.role else "",
        "card-phase": label(member.phase) if member.phase else "",
        "card-school": (member.school or "") if member.shows_school else "",
        "card-topics": topics or words.line("card-anything"),
    }
    return Facts(tuple(Fact(words.line(key), plain(said)) for key, said in rows.items() if said))


def profile(member: Member) -> View:
    """The card, and what can be changed about it."""
    school = () if member.role in WITHOUT_SCHOOL else (press("profile-school", actions.AskSchool()),)
    row = (press("profile-edit", actions.EditProfile()), *school, command("profile-settings", "settings"))
    opening = Paragraph(words.text("profile-opening"))
    return View((opening, card(member), *_hidden(member), Buttons(row)), title=words.line("profile-title"))


def profile_kept(member: Member) -> View:
    """The same, after a change."""
    shown = profile(member)
    return View((Paragraph(words.text("profile-kept")), *shown.blocks), title=shown.title)


def edit_form(member: Member) -> Form:
    """Who one is, as it stands now."""
    return Form(
        title=words.line("edit-title"),
        action=actions.KeepProfile().pack(),
        fields=(
            ShortText("name", words.line("edit-name"), value=clip(member.name, MOST_NAME), most=MOST_NAME),
            OneOf("role", words.line("edit-role"), options(Role), value=member.role or ""),
            OneOf("nation", words.line("edit-nation"), options(Nation), value=member.nation or ""),
            OneOf("phase", words.line("edit-phase"), options(Phase), value=member.phase or "", required=False),
            _topics(member.topics),
        ),
        send=words.line("edit-send"),
    )


def errors(keys: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each field of a form that cannot be kept."""
    return {field: words.line(key) for field, key in keys.items()}


def settings(member: Member, consents: frozenset[Consent]) -> View:
    """What is agreed and chosen, each to be changed with one press."""
    facts = Facts((*_agreed(consents), *_chosen(member)))
    rows = (
        Buttons(tuple(_consent_button(consent, consent in consents) for consent in SETTLED)),
        Buttons(tuple(_choice_button(choice, chosen) for choice, chosen in _choices(member))),
        Select(words.line("often-select"), actions.SetOften().pack(), options(Often)),
    )
    lacks = Consent.INTRODUCTIONS in consents and Consent.MESSAGES not in consents
    note = (Note(words.text("settings-need-messages")),) if lacks else ()
    blocks: tuple[Block, ...] = (Paragraph(words.text("settings-opening")), facts, *note, *rows)
    return View(blocks, title=words.line("settings-title"))


def youre_in(member: Member, introduced: bool) -> View:
    """The letter after somebody was vouched for."""
    key = "in" if introduced else "in-unintroduced"
    row = Buttons((command("menu-profile", "profile"), command("menu-settings", "settings")))
    return View((Paragraph(words.text(key, name=first_name(member.name))), row), title=words.line("in-title"))


def _hidden(member: Member) -> tuple[Block, ...]:
    """What stays between us, said so."""
    if member.school is None or member.shows_school:
        return ()
    return (Note(words.text("profile-school-hidden", school=member.school)),)


def _topics(chosen: Iterable[Topic]) -> ManyOf:
    return ManyOf(
        "topics",
        words.line("edit-topics"),
        options(Topic),
        values=tuple(sorted(chosen)),
        hint=words.line("edit-topics-hint"),
    )


def _agreed(consents: frozenset[Consent]) -> list[Fact]:
    return [
        Fact(words.line(f"settings-{consent}"), words.text("yes" if consent in consents else "no"))
        for consent in SETTLED
    ]


def _chosen(member: Member) -> list[Fact]:
    says = {True: "settings-writes", False: "settings-quiet"}
    facts = [
        ("settings-school", words.line("settings-shown" if member.shows_school else "settings-hidden")),
        ("settings-weekends", words.line(says[member.weekends])),
        ("settings-holidays", words.line(says[member.holidays])),
        ("settings-often", say(member.often)),
    ]
    return [Fact(words.line(key), plain(said)) for key, said in facts]


def _choices(member: Member) -> list[tuple[Choice, bool]]:
    school = [(Choice.SCHOOL, member.shows_school)] if member.school else []
    return [*school, (Choice.WEEKENDS, member.weekends), (Choice.HOLIDAYS, member.holidays)]


def _consent_button(consent: Consent, given: bool) -> Button:
    return press(f"{consent}-{'off' if given else 'on'}", SetConsent(consent, int(not given)))


def _choice_button(choice: Choice, chosen: bool) -> Button:
    return press(f"{choice}-{'off' if chosen else 'on'}", SetChoice(choice, int(not chosen)))
