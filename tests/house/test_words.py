"""Law 11: every sentence that code asks for by name stands in its room's words, and once."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.config import Config
from bot.core.directory import Directory
from bot.core.terms import read_terms
from bot.core.words import NoSuchWords, Words
from bot.rooms import features
from tests.house.reading import ROOT, parsed, room_words

ROOMS = sorted(path.parent for path in (ROOT / "bot").rglob("words.ftl"))
_KEY = re.compile(r"^([a-z][\w-]*) =", re.MULTILINE)


def keys_in(room: Path) -> set[str]:
    return set(_KEY.findall(room_words(room)))


def said_twice(room: Path) -> list[str]:
    """Keys that stand in a room's words more than once: only one of their sentences would ever be said."""
    return [key for key, times in Counter(_KEY.findall(room_words(room))).items() if times > 1]


def literal_keys(folder: Path) -> set[str]:
    """What stands literally in a call of `words.text` or `words.line`."""
    calls = [node for path in folder.glob("*.py") for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    said = [call for call in calls if ast.unparse(call.func) in ("words.text", "words.line") and call.args]
    return {str(call.args[0].value) for call in said if isinstance(call.args[0], ast.Constant)}


def missing(folder: Path, keys: set[str]) -> set[str]:
    return literal_keys(folder) - keys


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(ROOT)))
def test_every_sentence_that_is_asked_for_is_there(room: Path) -> None:
    assert missing(room, keys_in(room)) == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(ROOT)))
def test_no_sentence_stands_there_twice(room: Path) -> None:
    assert said_twice(room) == []


def test_a_sentence_that_stands_there_twice_is_found(tmp_path: Path) -> None:
    (tmp_path / "words.ftl").write_text("there = There.\nhere = Here.\n")
    (tmp_path / "kinds.ftl").write_text("there = Not here.\n")
    assert said_twice(tmp_path) == ["there"]


def test_a_missing_sentence_is_found(tmp_path: Path) -> None:
    room = tmp_path / "bot" / "room"
    room.mkdir(parents=True)
    (room / "views.py").write_text("def f(words):\n    return words.text('there'), words.line('lost')\n")
    (room / "words.ftl").write_text("there = There.\n")
    assert missing(room, keys_in(room)) == {"lost"}


def test_every_command_has_its_sentence_and_menu_labels_belong_to_commands() -> None:
    rooms = features(Config(), read_terms(), lambda code: code.encode())
    for room in rooms:
        named = {answers.word.replace(" ", "-") for answers in room.commands}
        labels = {key.removeprefix("menu-") for key in keys_in(ROOT / room.package.replace(".", "/"))}
        menu = {key for key in labels if Words(room.package).has(f"menu-{key}")}
        assert room.package == "bot.core" or menu <= named, room.name
    assert len(Directory(rooms).table()) > len(rooms)


def test_a_sentence_that_is_not_there_is_a_fault_of_ours() -> None:
    with pytest.raises(NoSuchWords):
        Words("bot.core").text("no-such-sentence")
