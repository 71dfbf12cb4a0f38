"""The kinds of things said about members: read as people write them, and small enough for every platform."""

from enum import StrEnum

import pytest

from bot.chat.limits import OPTIONS, VALUE_BYTES
from bot.members.kinds import THEMES, WITHOUT_SCHOOL, Nation, Often, Phase, Role, Topic, read_kind

KINDS: list[type[StrEnum]] = [Role, Nation, Phase, Often, Topic]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_fits_a_select_of_any_platform(kind: type[StrEnum]) -> None:
    assert len(kind) <= OPTIONS
    assert all(len(value.encode()) <= VALUE_BYTES for value in kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_is_read_however_it_is_written(kind: type[StrEnum]) -> None:
    for value in kind:
        written = value.replace("-", " ").replace("_", " ")
        assert {read_kind(kind, text) for text in (value, written, written.upper(), f" {written.title()} ")} == {value}


def test_what_is_not_a_value_is_answered_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="one of: weekly, fortnightly, monthly"):
        read_kind(Often, "daily")


def test_roles_without_a_school_are_those_who_lead_none() -> None:
    assert {Role.TRUST_CHIEF_EXECUTIVE, Role.FORMER_HEAD, Role.COACH} == WITHOUT_SCHOOL


def test_there_are_five_leadership_themes() -> None:
    assert len(THEMES) == 5


def test_weeks_between_introductions() -> None:
    assert [often.weeks for often in Often] == [1, 2, 4]
