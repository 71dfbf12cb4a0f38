"""Law 1: one door in, one door out. The courier alone hands letters to platforms; the alarm is the one exception."""

import ast
from pathlib import Path

import pytest

from tests.house.reading import PACKAGES, ROOT, parsed, python_files, where

CARRIERS = {"scheduler/attempt.py", "scheduler/alarm.py", "bot/door/simulate/nature.py"}
"""The last is the bad line of a rehearsal, which passes on what the courier hands over."""
DOORS = {"bot/door/wiring.py", "bot/door/simulate/rehearsal.py"}
"""Who may call `receive`: everybody else is given a Door by value, and calls that."""


def calls(folder: Path, method: str, allowed: set[str]) -> list[str]:
    return [
        where(folder, path, call)
        for path in python_files(folder, *PACKAGES)
        if str(path.relative_to(folder)) not in allowed
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == method
    ]


def test_only_the_courier_and_the_alarm_hand_anything_to_a_platform() -> None:
    assert calls(ROOT, "deliver", CARRIERS) == []


def test_only_the_front_door_calls_the_bot() -> None:
    assert calls(ROOT, "receive", DOORS) == []


@pytest.mark.parametrize(("method", "place"), [("deliver", "bot/pairing/flow.py"), ("receive", "scheduler/life.py")])
def test_a_way_round_is_caught(tmp_path: Path, method: str, place: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(f"async def f(other, what):\n    await other.{method}(what)\n")
    assert calls(tmp_path, method, CARRIERS | DOORS) == [f"{place}:2"]
