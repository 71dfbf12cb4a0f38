"""Law 13: every count that a person reads passes `tell_count`, which hides what is too small to be told."""

import ast
from pathlib import Path

import pytest

from tests.house.reading import ROOT, parsed, python_files, where

COUNTS = {"len", "sum"}


def told_bare(folder: Path) -> list[str]:
    """Calls that put a count into a sentence as it is."""
    return [
        where(folder, path, call)
        for path in python_files(folder, "bot")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("words.text", "words.line")
        if any(_is_count(argument.value) for argument in call.keywords)
    ]


def _is_count(value: ast.expr) -> bool:
    calls = [node for node in ast.walk(value) if isinstance(node, ast.Call)]
    names = {ast.unparse(call.func) for call in calls}
    return bool(names & COUNTS) and "tell_count" not in names


def test_no_count_is_put_into_a_sentence_as_it_is() -> None:
    assert told_bare(ROOT) == []


@pytest.mark.parametrize("value", ["len(waiting)", "sum(1 for one in all if one.low)", "len(a) + 1"])
def test_a_bare_count_is_caught(tmp_path: Path, value: str) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "views.py").write_text(f"x = words.text('talked', n={value})\n")
    assert told_bare(tmp_path) == ["bot/views.py:1"]
