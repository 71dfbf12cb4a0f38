"""A network of the rooms that let people in and look after them, and members of it."""

from dataclasses import replace

from bot.chat.address import Account
from bot.core.feature import Feature
from bot.core.helplines import DEFAULTS
from bot.members import feature as members
from bot.members.kinds import Nation, Phase, Role
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.schools import School
from bot.members.store import MEMBERS
from bot.onboarding import feature as onboarding
from bot.onboarding.model import OnboardingSettings
from bot.support import feature as support
from tests.acting import ANNA, START, Network, Somebody, scramble

BECKFORD = School(100009, "Beckford Primary School", "Community School", "Open", Phase.PRIMARY, "Camden", town="London")


def rooms(open: bool = False) -> tuple[Feature, ...]:
    """Onboarding, members and support."""
    door = onboarding.feature(OnboardingSettings(scramble, open=open))
    return (door, members.feature("Europe/London"), support.feature(DEFAULTS))


def network(open: bool = False) -> Network:
    """These rooms; the register has one school."""
    made = Network(*rooms(open))
    made.storage.world.schools = {BECKFORD.urn: BECKFORD}
    return made


def anna(network: Network) -> Somebody:
    """An organiser, by the config."""
    return Somebody(network, ANNA, "Anna Ford")


def somebody(network: Network, name: str) -> Somebody:
    """Who has only just come."""
    return Somebody(network, Account("test", "here", name.split()[0].casefold()), name)


def settled(network: Network, name: str = "Tom Ashdown", stage: Stage = Stage.MEMBER) -> Somebody:
    """A member who has agreed to be introduced, and to messages."""
    person, kept = somebody(network, name), network.work().use(MEMBERS)
    vouched_at = None if stage is Stage.WAITING else START
    role = Role.HEADTEACHER
    member = Member(network.storage.new(), name, stage, role, Nation.ENGLAND, vouched_at=vouched_at, joined_at=START)
    kept.keep(member)
    kept.keep_identity(Identity(person.account, member.id))
    kept.agree(member.id, Consent.INTRODUCTIONS, True, START)
    kept.agree(member.id, Consent.MESSAGES, True, START)
    return person


def kept(person: Somebody) -> Member:
    """What is kept of somebody who has begun to join."""
    assert person.member is not None
    return person.member


def change(network: Network, person: Somebody, **said: object) -> None:
    """What is kept of somebody becomes otherwise, by no press of theirs."""
    network.work().use(MEMBERS).keep(replace(kept(person), **said))  # type: ignore[arg-type]
