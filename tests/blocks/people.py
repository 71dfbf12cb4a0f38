"""A small network of all rooms that blocks touch, and people who are introduced in it."""

from datetime import UTC, datetime

from bot.blocks import feature as blocks
from bot.chat.ids import Id
from bot.core.outbox import Letter
from bot.core.terms import Nation, read_terms
from bot.pairing import feature as pairing
from bot.pairing.engine import Matcher
from bot.pairing.model import IntroductionSettings, Weeks
from bot.pairing.store import PAIRINGS
from tests.acting import Network, Somebody
from tests.members.people import rooms, settled

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
NAMES = ("Tom Reed", "Gwen Pugh", "Omar Aziz", "Ruth Cole", "Ben Oduya", "Ines Marsh")


def network() -> Network:
    """Members, onboarding, introductions and blocks."""
    weeks = Weeks(IntroductionSettings(send_first=True), read_terms(), Nation.ENGLAND, "Europe/London")
    return Network(pairing.feature(weeks, Matcher()), blocks.feature(), *rooms())


def people(here: Network, *names: str) -> dict[str, Somebody]:
    """Members by their first names."""
    return {name.split()[0]: settled(here, name) for name in names or NAMES}


def id_of(person: Somebody) -> Id:
    assert person.member is not None
    return person.member.id


def forbidden(here: Network) -> set[frozenset[str]]:
    """Who must not meet, by name."""
    names = {one.id: one.name for one in here.storage.world.members.values()}
    return {frozenset(names[id] for id in two) for two in here.work().use(PAIRINGS).forbidden()}


def pairs(here: Network) -> set[frozenset[str]]:
    """Who meets whom now."""
    names = {one.id: one.name for one in here.storage.world.members.values()}
    groups = here.storage.world.introduced.groups.values()
    return {frozenset(names[id] for id in one.members) for one in groups if one.ended_at is None}


def to(here: Network, person: Somebody) -> list[Letter]:
    """Letters to that person alone."""
    return [one for one in here.letters() if person._mine(one)]
