"""The door plate of onboarding."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.view import View
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Feature, Hears, Home, On, Page, Right, Sample, Timed, Visitor, refusal
from bot.core.walltime import Daily
from bot.members import picker
from bot.members.kinds import Nation, Phase, Role
from bot.members.model import AccountStopped, Consent, Member, MemberWaits, Stage
from bot.onboarding import model, views
from bot.onboarding.flow import AtTheDoor, forget_tries
from bot.onboarding.model import OnboardingSettings

_HOME_PLACE = 10


def feature(settings: OnboardingSettings) -> Feature:
    """Welcome, joining and personal codes. Everybody may knock."""
    door = AtTheDoor(settings)
    return Feature(
        name="onboarding",
        package="bot.onboarding",
        commands=(Answers(Tree.MEMBER, "start", door.start, Right.ANYONE, also=("join",)),),
        actions=(*_asked(door), *_said(door)),
        hears=(Hears(MemberWaits, door.ask_organisers), Hears(AccountStopped, door.stopped)),
        rules=(Timed(Rule("onboarding.forget-tries", Daily(time(3, 15)), Late.MERGE), forget_tries),),
        home=Home(_HOME_PLACE, door.home, home_samples, Right.ANYONE),
        joined=door.welcome,
        left=door.left,
        samples=samples,
    )


def _asked(door: AtTheDoor) -> tuple[On[Any], ...]:
    """Presses that only look."""
    return (
        On(model.FindSchool, door.find_school, Right.ANYONE, reads=True),
        On(model.SearchSchool, door.search_school, Right.ANYONE, reads=True),
        On(model.TypeSchool, door.type_school, Right.ANYONE, reads=True),
        On(model.AskConsents, door.ask_consents, Right.ANYONE, reads=True),
        On(model.AskCode, door.ask_code, Right.ANYONE, reads=True),
    )


def _said(door: AtTheDoor) -> tuple[On[Any], ...]:
    """Presses that say something."""
    return (
        On(model.Start, door.start_pressed, Right.ANYONE),
        On(model.Later, door.later, Right.ANYONE),
        On(model.SayWho, door.say_who, Right.ANYONE),
        On(model.ChooseSchool, door.choose_school, Right.ANYONE),
        On(model.KeepSchool, door.keep_school, Right.ANYONE),
        On(model.SkipSchool, door.skip_school, Right.ANYONE),
        On(model.GiveConsents, door.give_consents, Right.ANYONE),
        On(model.ClaimCode, door.claim, Right.ANYONE),
    )


def home_samples() -> Mapping[Visitor, Page]:
    """Its part of the home page, for each who sees one."""
    waits = Member(Id(1), "Priya Shah", Stage.WAITING)
    return {Visitor.NEW: views.home(None), Visitor.GUEST: views.home_guest(), Visitor.WAITING: views.home(waits)}


def samples() -> tuple[Sample, ...]:
    """Everything this room shows, with a person who does not exist."""
    priya = Member(Id(1), "Priya Shah", Stage.JOINING, Role.HEADTEACHER, Nation.ENGLAND, Phase.PRIMARY)
    agreed = frozenset({Consent.INTRODUCTIONS, Consent.MESSAGES})
    return (
        Sample("Welcome", views.welcome(priya.name)),
        Sample("Welcome, later", views.later()),
        Sample("Nudge", views.nudge(priya.name)),
        Sample("Who you are", views.who_form(priya.name, Nation.ENGLAND)),
        Sample("School", picker.ask_view(views.STEPS, Nation.SCOTLAND)),
        Sample("Consents, and the card", views.consent(priya)),
        Sample("Consents, the form", views.consent_form(priya)),
        Sample("Waiting for a vouch", views.waiting(priya)),
        Sample("Joined", views.joined(priya, agreed)),
        Sample("Joined, not introduced", views.joined(priya, frozenset())),
        Sample("In already", views.already_in(priya)),
        Sample("Stopped before", views.come_back(priya)),
        Sample("Suspended", views.suspended()),
        refusal("Guests", views.words.text("guest")),
        Sample("Back in the workspace, half joined", views.go_on(priya)),
        Sample("Back in the workspace", views.see_again(priya)),
        Sample("Personal code", views.code_form()),
        Sample("Personal code, found", views.code_found(priya)),
        Sample("Organisers: somebody waits", views.waits_view(priya)),
        Sample("Home page, half joined", View(views.home(priya))),
        *_seldom(replace(priya, school="Elm Lane School")),
    )


def _seldom(priya: Member) -> tuple[Sample, ...]:
    """What a newcomer with a school reads, or one of whom no name is known; and what comes back to be mended."""
    who, school = {"name": "error-name", "role": "error-choice"}, {picker.FIELD: "error-school"}
    return (
        Sample("Welcome, without a name", views.welcome("")),
        Sample("Nudge, without a name", views.nudge("")),
        Sample("A press too early", views.begin()),
        Sample("Who you are, sent back", views.who_form("", Nation.ENGLAND), views.errors(who)),
        Sample("School, typed, sent back", picker.type_form(views.STEPS), views.errors(school)),
        Sample("Consents, with a school", views.consent(priya)),
        Sample("Consents with a school, the form", views.consent_form(priya)),
        Sample("Personal code, not known", views.code_form(), views.errors({views.CODE: "code-wrong"})),
    )
