"""Joining: its steps, and what can be pressed at the door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import ClassVar

from bot.chat.action import Action
from bot.members.kinds import Nation
from bot.members.model import Member, Stage

NUDGED_AT = time(16, 15)
"""On the day after somebody began to join and stopped, after lessons; only once."""
NUDGED_WITHIN = timedelta(days=7)
"""Later than that it would only puzzle them."""


@dataclass(frozen=True)
class OnboardingSettings:
    """`open`: who was never here before needs no vouch. `nation` is the network's, filled in for whoever joins; `zone`
    its zone.

    `hash_code` is the keyed hash under which personal codes are kept.
    """

    hash_code: Callable[[str], bytes]
    open: bool = False
    nation: Nation = Nation.ENGLAND
    zone: str = "Europe/London"


class Step(StrEnum):
    """Where somebody stands on the way in."""

    WHO = "who"
    SCHOOL = "school"
    CONSENT = "consent"
    WAITING = "waiting"
    IN = "in"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


ON_THE_WAY = frozenset({Step.WHO, Step.SCHOOL, Step.CONSENT})
_AFTER = {
    Stage.WAITING: Step.WAITING,
    Stage.MEMBER: Step.IN,
    Stage.SUSPENDED: Step.SUSPENDED,
    Stage.STOPPED: Step.STOPPED,
}


def step(member: Member | None) -> Step:
    """What comes next for this member, or for somebody who is none yet."""
    if member is None:
        return Step.WHO
    if member.stage in _AFTER:
        return _AFTER[member.stage]
    if member.nation is None or member.role is None:
        return Step.WHO
    return Step.SCHOOL if member.has_school and not member.school else Step.CONSENT


class Start(Action, frozen=True):
    """[Let's start]: goes on where one left off."""

    wire: ClassVar[str] = "onboarding.start"


class Later(Action, frozen=True):
    """Not now."""

    wire: ClassVar[str] = "onboarding.later"


class SayWho(Action, frozen=True):
    """The first form, sent."""

    wire: ClassVar[str] = "onboarding.who"


class FindSchool(Action, frozen=True):
    """Asks by which words to look for a school."""

    wire: ClassVar[str] = "onboarding.find-school"


class SearchSchool(Action, frozen=True):
    """Those words, sent."""

    wire: ClassVar[str] = "onboarding.search-school"


class ChooseSchool(Action, frozen=True):
    """One of the schools found; its number in the register is the choice."""

    wire: ClassVar[str] = "onboarding.choose-school"


class TypeSchool(Action, frozen=True):
    """Asks for the name of a school that is in no register."""

    wire: ClassVar[str] = "onboarding.type-school"


class KeepSchool(Action, frozen=True):
    """That name, sent."""

    wire: ClassVar[str] = "onboarding.keep-school"


class SkipSchool(Action, frozen=True):
    """Has none, or would rather not say."""

    wire: ClassVar[str] = "onboarding.skip-school"


class AskConsents(Action, frozen=True):
    """Asks for the form of consents."""

    wire: ClassVar[str] = "onboarding.ask-consents"


class GiveConsents(Action, frozen=True):
    """That form, sent."""

    wire: ClassVar[str] = "onboarding.consents"


class AskCode(Action, frozen=True):
    """[I have a code]."""

    wire: ClassVar[str] = "onboarding.ask-code"


class ClaimCode(Action, frozen=True):
    """A personal code, sent."""

    wire: ClassVar[str] = "onboarding.claim"
