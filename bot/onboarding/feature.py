"""The door plate of onboarding."""

from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.core.feature import Answers, Feature, On, Right, Sample
from bot.members import picker
from bot.members.kinds import Nation, Phase, Role
from bot.members.model import Consent, Member, Stage
from bot.onboarding import model, views
from bot.onboarding.flow import AtTheDoor
from bot.onboarding.model import OnboardingSettings


def feature(settings: OnboardingSettings) -> Feature:
    """Welcome, joining and personal codes. Everybody may knock."""
    door = AtTheDoor(settings)
    handlers = (
        (model.Start, door.start_pressed),
        (model.Later, door.later),
        (model.SayWho, door.say_who),
        (model.FindSchool, door.find_school),
        (model.SearchSchool, door.search_school),
        (model.ChooseSchool, door.choose_school),
        (model.TypeSchool, door.type_school),
        (model.KeepSchool, door.keep_school),
        (model.SkipSchool, door.skip_school),
        (model.AskConsents, door.ask_consents),
        (model.GiveConsents, door.give_consents),
        (model.AskCode, door.ask_code),
        (model.ClaimCode, door.claim),
    )
    return Feature(
        name="onboarding",
        package="bot.onboarding",
        commands=(Answers(Tree.MEMBER, "start", door.start, Right.ANYONE, also=("join",)),),
        actions=tuple(On(action, do, Right.ANYONE) for action, do in handlers),
        joined=door.welcome,
        samples=samples,
    )


def samples() -> tuple[Sample, ...]:
    """Everything this room shows, with a person who does not exist."""
    priya = Member(Id(1), "Priya Shah", Stage.JOINING, Role.HEADTEACHER, Nation.ENGLAND, Phase.PRIMARY)
    agreed = frozenset({Consent.INTRODUCTIONS, Consent.MESSAGES})
    return (
        Sample("Welcome", views.welcome(priya.name)),
        Sample("Welcome, later", views.later()),
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
        Sample("Personal code", views.code_form()),
        Sample("Personal code, found", views.code_found(priya)),
        Sample("Organisers: somebody waits", views.waits_view(priya)),
    )
