"""Law 6: a button carries a typed, versioned action of at most 100 bytes, never who presses it nor with what right."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, get_type_hints

import pytest

from bot.chat.action import Action, Actions, Unreadable
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.limits import ACTION_BYTES, LABEL, TooLarge
from bot.config import Config
from bot.core.directory import Directory
from bot.core.feature import Run
from bot.core.terms import read_terms
from bot.rooms import features

WHO = {"actor", "account", "user", "role", "right", "rights", "by", "me"}
LARGEST: dict[Any, Any] = {Id: Id(2**63 - 1), int: 10**9, date: date.max, str: "m" * 20}


def every_action() -> list[type[Action]]:
    rooms = features(Config(), read_terms(), lambda code: code.encode())
    traceless = [plate.action for room in rooms for plate in room.traceless if plate.action]
    return [Run, *(on.action for room in rooms for on in room.actions), *traceless]


def fields(kind: type[Action]) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return ((name, hints[name]) for name in kind.__struct_fields__)


def largest(kind: Any) -> Any:
    """The value of that type whose wire form is longest."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return max(kind, key=len)
    return LARGEST[kind]


def check_size(kind: type[Action]) -> None:
    action = kind(**{name: largest(type_) for name, type_ in fields(kind)})
    assert len(action.pack().encode()) <= ACTION_BYTES
    assert Actions([kind]).read(action.pack()) == action


@pytest.mark.parametrize("kind", every_action(), ids=lambda kind: kind.wire)
def test_every_action_fits_and_comes_back(kind: type[Action]) -> None:
    check_size(kind)
    assert kind.version >= 1
    assert not WHO & set(kind.__struct_fields__), "the actor comes from the platform alone"


def test_one_that_is_too_long_is_caught() -> None:
    class Long(Action, frozen=True):
        wire: ClassVar[str] = "a.name.that.goes.on.and.on"
        one: Id
        other: Id
        third: Id
        fourth: Id
        fifth: Id
        sixth: Id

    with pytest.raises(TooLarge):
        check_size(Long)


def test_two_of_one_name_are_refused() -> None:
    class Again(Action, frozen=True):
        wire: ClassVar[str] = Run.wire

    with pytest.raises(ValueError, match="two actions"):
        Actions([Run, Again])


@pytest.mark.parametrize("packed", ["", "run", "run~", "run~1", "run~2~headsup~start", "run~1~nothing~start", "~~~~"])
def test_what_is_forged_cut_short_or_outdated_cannot_be_read(packed: str) -> None:
    rooms = features(Config(), read_terms(), lambda code: code.encode())
    with pytest.raises(Unreadable):
        Directory(rooms).actions.read(packed)


def test_the_menu_fits_its_labels() -> None:
    assert len(Run(Tree.ORGANISER, "members suspend").pack()) <= LABEL
