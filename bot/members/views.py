"""What members see of themselves: the card, the profile, the settings; and the letter that says they are in."""

from collections.abc import Mapping

from bot.chat.action import Action
from bot.chat.command import Tree
from bot.chat.form import Form, OneOf, ShortText
from bot.chat.limits import clip
from bot.chat.text import plain
from bot.chat.view import Block, Button, Buttons, Fact, Facts, Note, Paragraph, Quote, Select, View, button
from bot.core.feature import Run
from bot.core.words import Words
from bot.members import actions, picker, question_views
from bot.members.actions import Choice, SetChoice, SetConsent
from bot.members.kinds import Nation, Often, Phase, Role, Time, Topic, Years
from bot.members.model import MOST_NAME, Consent, Greeting, Member, first_name
from bot.members.speech import capital, options, say
from bot.members.zones import say_zone

words = Words("bot.members")

SETTLED = (Consent.INTRODUCTIONS, Consent.MESSAGES)
"""What introductions need, asked for at the door."""
OFFERED = (*SETTLED, Consent.NEWS)
"""Consents that can be given now, in the settings; the others are asked for by the rooms that need them."""

_KINDS = frozenset({"card-role", "card-phase", "card-years"})
"""What has words of ours, which begin small; names stand as they were written."""

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


def visible(member: Member) -> dict[str, str]:
    """What a partner sees of somebody besides the name, as it stands inside a sentence: the rest only if ticked."""
    rows = {
        "card-role": say(member.role) if member.role else "",
        "card-phase": say(member.phase) if member.phase else "",
        "card-school": member.school if member.shows_school else "",
        "card-region": member.region if member.shows_region else "",
        "card-years": _years(member) if member.shows_years else "",
    }
    return {key: said for key, said in rows.items() if said}


def card(member: Member) -> Facts:
    """What somebody introduced to this member sees of them; of topics and times, those that both have."""
    topics = ", ".join(say(topic) for topic in Topic if topic in member.topics)
    times = ", ".join(say(time) for time in Time if time in member.times)
    rows = {"card-name": member.name, **visible(member), "card-topics": topics or words.line("card-anything")}
    return _facts({**rows, "card-times": times})


def _facts(rows: Mapping[str, str | None]) -> Facts:
    """Those of them that say something, one under another."""
    shown = {key: capital(said) if key in _KINDS else said for key, said in rows.items() if said}
    return Facts(tuple(Fact(words.line(key), plain(said)) for key, said in shown.items()))


def _years(member: Member) -> str:
    return "" if member.years is None else say(Years.of(member.years))


def profile(member: Member) -> View:
    """The card, and what can be changed about it."""
    school = (press("profile-school", actions.AskSchool()),) if member.has_school else ()
    row = (press("profile-edit", actions.EditProfile()), *school, command("profile-settings", "settings"))
    opening = Paragraph(words.text("profile-opening"))
    shown: tuple[Block, ...] = (opening, card(member), *_shared_only(member), *_reach(member), *_between_us(member))
    return View((*shown, question_views.choice(member), Buttons(row)), title=words.line("profile-title"))


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
            question_views.topics(member.topics),
        ),
        send=words.line("edit-send"),
    )


def errors(keys: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each field of a form that cannot be kept."""
    return {field: words.line(key) for field, key in keys.items()}


def settings(member: Member, consents: frozenset[Consent], zone: str = "") -> View:
    """What is agreed and chosen, each to be changed with one press. `zone` is offered."""
    facts = (Facts((*_agreed(consents), *_shown(member))), Facts(tuple(_hours(member))))
    takes = (question_views.take_zone(zone),) if zone else ()
    rows: tuple[Block, ...] = (
        Buttons((*_consent_buttons(consents), press("whom-not", actions.WhomNotMet(0)))),
        *_show_buttons(member),
        Buttons((*_hour_buttons(member), press("zone-change", actions.AskOne(actions.Question.ZONE)), *takes)),
        Select(words.line("often-select"), actions.SetOften().pack(), options(Often)),
    )
    lacks = Consent.INTRODUCTIONS in consents and Consent.MESSAGES not in consents
    note = (Note(words.text("settings-need-messages")),) if lacks else ()
    offer = (Note(words.text("zone-offered", zone=say_zone(zone))),) if zone else ()
    return View(
        (Paragraph(words.text("settings-opening")), *facts, *note, *offer, *rows), title=words.line("settings-title")
    )


def youre_in(member: Member, introduced: bool, greeting: Greeting | None = None) -> View:
    """The letter after somebody was vouched for. It names nobody but who greets them."""
    key = "in" if introduced else "in-unintroduced"
    said = greeted(greeting).blocks if greeting else ()
    row = Buttons((command("menu-profile", "profile"), command("menu-settings", "settings")))
    return View((Paragraph(words.text(key, name=first_name(member.name))), *said, row), title=words.line("in-title"))


def greeted(greeting: Greeting) -> View:
    """An organiser's word of welcome, framed as theirs."""
    return View((Paragraph(words.text("greeting-by", by=greeting.by)), Quote(greeting.said)))


def _shared_only(member: Member) -> tuple[Block, ...]:
    """Of topics and times a partner hears those alone that are theirs too."""
    return (Note(words.text("profile-shared")),) if member.topics or member.times else ()


def _reach(member: Member) -> tuple[Block, ...]:
    """How to reach them, and to whom alone it is told."""
    return (Note(words.text("profile-reach")), _facts({"card-reach": member.reach})) if member.reach else ()


def _between_us(member: Member) -> tuple[Block, ...]:
    """What is kept and shown to nobody, said so."""
    rows = {
        "card-school": None if member.shows_school else member.school,
        "card-region": None if member.shows_region else member.region,
        "card-years": None if member.shows_years else _years(member),
        "settings-trust": member.trust,
        "settings-zone": say_zone(member.zone) if member.zone else None,
    }
    if not any(rows.values()):
        return ()
    return Note(words.text("profile-between-us")), _facts(rows)


def _agreed(consents: frozenset[Consent]) -> list[Fact]:
    return [
        Fact(words.line(f"settings-{consent}"), words.text("yes" if consent in consents else "no"))
        for consent in OFFERED
    ]


def _shown(member: Member) -> list[Fact]:
    """What a partner sees or does not, of what is there to be seen."""
    says = {True: "settings-shown", False: "settings-hidden"}
    return [Fact(words.line(f"settings-{one}"), words.text(says[shown])) for one, shown in _showing(member)]


def _hours(member: Member) -> list[Fact]:
    says = {True: "settings-writes", False: "settings-quiet"}
    zone = say_zone(member.zone) if member.zone else words.line("settings-zone-same")
    facts = {
        "settings-weekends": words.line(says[member.weekends]),
        "settings-holidays": words.line(says[member.holidays]),
        "settings-zone": zone,
        "settings-often": say(member.often),
        "settings-asks": words.line("settings-asks-on" if member.asks else "settings-asks-off"),
    }
    return [Fact(words.line(key), plain(said)) for key, said in facts.items()]


def _showing(member: Member) -> list[tuple[Choice, bool]]:
    """What can be shown or hidden, and which it is."""
    known = [
        (Choice.SCHOOL, member.school is not None, member.shows_school),
        (Choice.REGION, member.region is not None, member.shows_region),
        (Choice.YEARS, member.years is not None, member.shows_years),
    ]
    return [(choice, shown) for choice, is_known, shown in known if is_known]


def _show_buttons(member: Member) -> tuple[Buttons, ...]:
    row = tuple(_choice_button(choice, shown) for choice, shown in _showing(member))
    return (Buttons(row),) if row else ()


def _hour_buttons(member: Member) -> tuple[Button, ...]:
    chosen = ((Choice.WEEKENDS, member.weekends), (Choice.HOLIDAYS, member.holidays), (Choice.ASKS, member.asks))
    return tuple(_choice_button(choice, yes) for choice, yes in chosen)


def _consent_buttons(consents: frozenset[Consent]) -> list[Button]:
    return [_consent_button(consent, consent in consents) for consent in OFFERED]


def _consent_button(consent: Consent, given: bool) -> Button:
    return press(f"{consent}-{'off' if given else 'on'}", SetConsent(consent, int(not given)))


def _choice_button(choice: Choice, chosen: bool) -> Button:
    return press(f"{choice}-{'off' if chosen else 'on'}", SetChoice(choice, int(not chosen)))
