"""The first feature of CONTRIBUTING.md, built from the page: it must work as it stands there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.code_laws import no_clock_or_dice, no_sentence_in_code, rooms_look_alike
from tests.house.reading import PACKAGES, ROOT, Law

FILE = re.compile(r"^`(bot/cheers/\S+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FLOOR = re.compile(r"^```ini\n(.*?)^```$", re.MULTILINE | re.DOTALL)

ASKS_THE_PLATE = """
from bot.chat.command import Tree
from bot.cheers.feature import feature
from bot.cheers.model import CheerSettings
from bot.cheers.views import counted, enough
from bot.core.directory import Directory

directory = Directory([feature(CheerSettings())])
print(directory.table()[0].word, counted(1), counted(2), enough(10), directory.features[0].samples())
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house, with the room that the page describes."""
    page, house = (ROOT / "CONTRIBUTING.md").read_text(), tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, house / package, ignore=shutil.ignore_patterns("__pycache__"))
    (house / "bot" / "cheers").mkdir()
    (house / "bot" / "cheers" / "__init__.py").touch()
    for name, text in FILE.findall(page):
        (house / name).write_text(text)
    floor = FLOOR.findall(page)[0]
    config = (ROOT / ".importlinter").read_text()
    (house / ".importlinter").write_text(config.replace(floor.replace(" | cheers", ""), floor))
    return house


def run(built: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(built)}
    return subprocess.run(command, cwd=built, env=environment, capture_output=True, text=True, check=False)


def test_its_arrows_fall(built: Path) -> None:
    told = run(built, Path(sys.executable).parent / "lint-imports", "--no-cache")
    assert told.returncode == 0, told.stdout.partition("Broken contracts")[2]


@pytest.mark.parametrize("law", [no_clock_or_dice, no_sentence_in_code, rooms_look_alike])
def test_it_keeps_the_laws(built: Path, law: Law) -> None:
    assert [finding for finding in law(built) if "cheers" in finding] == []


def test_it_is_typed(built: Path) -> None:
    told = run(built, sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "bot/cheers")
    assert told.returncode == 0, told.stdout


def test_its_plate_and_its_words_fit(built: Path) -> None:
    told = run(built, sys.executable, "-c", ASKS_THE_PLATE)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("cheer ")
    assert "one kind moment" in told.stdout
