"""Law 11: every sentence that code asks for by name stands in its room's words.ftl."""

import ast
import re
from pathlib import Path

import pytest

from bot.app import features
from bot.config import Config
from bot.core.directory import Directory
from bot.core.terms import read_terms
from bot.core.words import NoSuchWords, Words
from tests.house.reading import ROOT, parsed

ROOMS = sorted(path.parent for path in (ROOT / "bot").rglob("words.ftl"))
_KEY = re.compile(r"^([a-z][\w-]*) =", re.MULTILINE)


def keys_in(room: Path) -> set[str]:
    return set(_KEY.findall((room / "words.ftl").read_text("utf-8")))


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
