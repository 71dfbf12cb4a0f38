"""The kinds of things said about members: closed lists, so that each has its words, and nothing odd is told of anybody.

The values are slugs: they stand in tables, in select menus and in files that an organiser writes.
"""

import re
from enum import StrEnum
from typing import TypeVar

from bot.core.terms import Nation

__all__ = [
    "BEFORE_HEADSHIP",
    "THEMES",
    "WITHOUT_SCHOOL",
    "WITHOUT_TRUST",
    "Nation",
    "Often",
    "Phase",
    "Role",
    "Time",
    "Topic",
    "Years",
    "read_kind",
]


class Role(StrEnum):
    """What somebody does in school leadership. Members past, present and future: not every role has a school."""

    HEADTEACHER = "headteacher"
    EXECUTIVE_HEAD = "executive-head"
    HEAD_OF_SCHOOL = "head-of-school"
    INTERIM_HEAD = "interim-or-acting-head"
    DEPUTY = "deputy"
    ASSISTANT_HEAD = "assistant-head"
    TRUST_CHIEF_EXECUTIVE = "trust-chief-executive"
    FORMER_HEAD = "former-or-between-headships"
    ASPIRING_HEAD = "aspiring-head"
    COACH = "coach-or-associate"
    CHAIR_OF_GOVERNORS = "chair-of-governors"


WITHOUT_SCHOOL = frozenset({Role.TRUST_CHIEF_EXECUTIVE, Role.FORMER_HEAD, Role.COACH})
"""Roles that are never asked for a school."""
WITHOUT_TRUST = frozenset({Role.FORMER_HEAD, Role.COACH})
"""Roles that are never asked for a trust."""
BEFORE_HEADSHIP = frozenset({Role.DEPUTY, Role.ASSISTANT_HEAD, Role.ASPIRING_HEAD, Role.CHAIR_OF_GOVERNORS})
"""Roles that are never asked for years in headship."""


class Phase(StrEnum):
    """The kind of school somebody leads."""

    NURSERY = "nursery"
    PRIMARY = "primary"
    MIDDLE = "middle"
    SECONDARY = "secondary"
    ALL_THROUGH = "all-through"
    POST_16 = "post-16"
    SPECIAL = "special"
    ALTERNATIVE_PROVISION = "alternative-provision"


class Often(StrEnum):
    """How often somebody wants to be introduced."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"

    @property
    def weeks(self) -> int:
        """The least number of weeks from one introduction to the next."""
        return {Often.WEEKLY: 1, Often.FORTNIGHTLY: 2, Often.MONTHLY: 4}[self]


class Years(StrEnum):
    """For how long somebody has been, or was, a head: no more exactly than a partner needs to know."""

    UNDER_ONE = "under-1"
    FROM_ONE = "1-2"
    FROM_THREE = "3-5"
    FROM_SIX = "6-10"
    FROM_ELEVEN = "11-15"
    FROM_SIXTEEN = "16-20"
    OVER_TWENTY = "over-20"

    @classmethod
    def of(cls, years: int) -> "Years":
        """Where that many years belong."""
        return next(one for one in reversed(cls) if one.first <= years or one is cls.UNDER_ONE)

    @property
    def first(self) -> int:
        """The fewest years that belong here: what is kept of the answer."""
        return dict(zip(Years, (0, 1, 3, 6, 11, 16, 21), strict=True))[self]


class Topic(StrEnum):
    """What somebody would like to talk about; a partner sees it. The list says nothing of health, by design."""

    ETHICAL_LEADERSHIP = "ethical-leadership"
    EMOTIONAL_INTELLIGENCE = "emotional-intelligence"
    EDUCATIONAL_VISION = "educational-vision"
    CHANGE_LEADERSHIP = "change-leadership"
    PEER_COACHING = "peer-coaching"
    STAFFING = "staffing"
    STAFF_WELLBEING = "staff-wellbeing"
    WORKLOAD = "workload"
    BEHAVIOUR = "behaviour"
    ATTENDANCE = "attendance"
    SEND = "send"
    INCLUSION = "inclusion"
    SAFEGUARDING = "safeguarding"
    CURRICULUM = "curriculum"
    BUDGETS = "budgets"
    BUILDINGS = "buildings"
    INSPECTION = "inspection"
    GOVERNORS = "governors"
    PARENTS = "parents"
    COMMUNITY = "community"
    TRUSTS = "trusts"
    SMALL_SCHOOLS = "small-schools"
    EARLY_HEADSHIP = "early-headship"


class Time(StrEnum):
    """When somebody is usually free to talk: a weekday and a part of it, on their own wall clock."""

    MONDAY_BEFORE = "monday-before"
    MONDAY_AFTER = "monday-after"
    MONDAY_EVENING = "monday-evening"
    TUESDAY_BEFORE = "tuesday-before"
    TUESDAY_AFTER = "tuesday-after"
    TUESDAY_EVENING = "tuesday-evening"
    WEDNESDAY_BEFORE = "wednesday-before"
    WEDNESDAY_AFTER = "wednesday-after"
    WEDNESDAY_EVENING = "wednesday-evening"
    THURSDAY_BEFORE = "thursday-before"
    THURSDAY_AFTER = "thursday-after"
    THURSDAY_EVENING = "thursday-evening"
    FRIDAY_BEFORE = "friday-before"
    FRIDAY_AFTER = "friday-after"
    FRIDAY_EVENING = "friday-evening"
    SATURDAY_MORNING = "saturday-morning"
    SATURDAY_AFTERNOON = "saturday-afternoon"
    SUNDAY_AFTERNOON = "sunday-afternoon"
    SUNDAY_EVENING = "sunday-evening"


THEMES = (
    Topic.ETHICAL_LEADERSHIP,
    Topic.EMOTIONAL_INTELLIGENCE,
    Topic.EDUCATIONAL_VISION,
    Topic.CHANGE_LEADERSHIP,
    Topic.PEER_COACHING,
)
"""The five leadership themes of the network's programmes: conversation starters are drawn from them."""


K = TypeVar("K", bound=StrEnum)


def read_kind(kind: type[K], text: str) -> K:
    """The value that `text` means, however it is capitalised and spaced ("Northern Ireland", "Head of school").

    Raises ValueError naming the values allowed.
    """
    wanted = _slug(text)
    for value in kind:
        if _slug(value) == wanted:
            return value
    raise ValueError("one of: " + ", ".join(kind))


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")
