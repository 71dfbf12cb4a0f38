"""Law 2: arrows fall, never rise, never circle. Shown on the tree as it is, and by planting one breach at a time."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "adapters", "scheduler", "storage")

FLOORS = "Arrows fall inside bot"
ROOMS = "Arrows fall inside a feature"
PLATFORMS = "Platforms never meet; what they share is the space below them"
WINGS = "storage, scheduler and adapters never meet"
FRONT_DOOR = "Nobody imports the front door"
PORTS = "bot meets the wings nowhere but at its front door"
TRANSLATORS = "scheduler and adapters see core and chat only"
KEEPERS = "storage sees models and stores, never what is done with them"
BARE = "bot is bare: no SDK, no SQL, no web, no ciphers"
TERMINAL = "Only the front door knows a terminal"
LOGS = "Inside bot only the front door knows how logs are written"
SQL = "SQL lives in storage, the heartbeat in scheduler"
TONGUES = "Each platform speaks its own tongue only"
NO_CIRCLES = "No circles"

BREACHES = [
    (FLOORS, "bot/chat/planted.py", "import bot.core.clock"),
    (FLOORS, "bot/core/planted.py", "from bot.members import model"),
    (FLOORS, "bot/members/planted.py", "from bot.pairing import model"),
    (FLOORS, "bot/pairing/planted.py", "import bot.onboarding"),
    (FLOORS, "bot/pairing/planted.py", "from bot.checkins.model import *"),
    (FLOORS, "bot/checkins/planted.py", "import bot.app"),
    (FLOORS, "bot/app.py", "import bot.door"),
    (FLOORS, "bot/gossip/__init__.py", ""),
    (ROOMS, "bot/pairing/model.py", "import bot.pairing.flow"),
    (ROOMS, "bot/pairing/store.py", "import bot.pairing.views"),
    (ROOMS, "bot/checkins/views.py", "import bot.checkins.store"),
    (PLATFORMS, "adapters/local/planted.py", "import adapters.memory.platform"),
    (PLATFORMS, "adapters/space/planted.py", "import adapters.memory.platform"),
    (PLATFORMS, "adapters/telegram/__init__.py", ""),
    (WINGS, "storage/planted.py", "import scheduler"),
    (WINGS, "adapters/memory/planted.py", "import storage"),
    (WINGS, "scheduler/planted.py", "import adapters.memory.platform"),
    (FRONT_DOOR, "scheduler/planted.py", "import bot.door"),
    (PORTS, "bot/core/planted.py", "import storage"),
    (PORTS, "bot/members/planted.py", "def later() -> None:\n    import adapters.memory.platform"),
    (TRANSLATORS, "scheduler/planted.py", "import bot.members.model"),
    (TRANSLATORS, "adapters/local/planted.py", "from bot.pairing.model import *"),
    (KEEPERS, "storage/planted.py", "import bot.app"),
    (KEEPERS, "storage/planted.py", "import bot.pairing.flow"),
    (KEEPERS, "storage/planted.py", "from bot.pairing import views"),
    (BARE, "bot/core/planted.py", "from sqlalchemy import select"),
    (BARE, "bot/door/planted.py", "import aiohttp"),
    (BARE, "bot/members/planted.py", "import sqlite3"),
    (TERMINAL, "bot/core/planted.py", "import rich.table"),
    (TERMINAL, "storage/planted.py", "import typer"),
    (LOGS, "bot/members/planted.py", "import structlog"),
    (SQL, "scheduler/planted.py", "from sqlalchemy import text"),
    (SQL, "storage/planted.py", "import apscheduler.schedulers"),
    (TONGUES, "adapters/memory/planted.py", "import slack_sdk"),
    (TONGUES, "adapters/local/planted.py", "import discord"),
    (NO_CIRCLES, "scheduler/planted.py", "import scheduler.planted_too"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The four packages, with the rooms a breach may point at; code only."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=not_code)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for target in ("bot/pairing/flow.py", "bot/pairing/views.py"):
        (tmp_path / target).touch()
    (tmp_path / "scheduler/planted_too.py").write_text("import scheduler.planted\n")
    (tmp_path / "scheduler/planted.py").touch()
    return tmp_path


def not_code(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not (name.endswith(".py") or Path(folder, name).is_dir())]


def test_every_arrow_falls() -> None:
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout.partition("Broken contracts")[2] or told.stdout


def test_a_copy_without_a_breach_is_well(copied: Path) -> None:
    told = lint(copied)
    assert told.returncode == 0, told.stdout.partition("Broken contracts")[2] or told.stdout


@pytest.mark.parametrize(("contract", "file", "line"), BREACHES)
def test_a_planted_breach_is_caught(copied: Path, contract: str, file: str, line: str) -> None:
    (copied / file).parent.mkdir(exist_ok=True)
    with (copied / file).open("a") as planted:
        planted.write(f"\n{line}\n")
    told = lint(copied)
    assert told.returncode == 1, told.stdout + told.stderr
    assert f"{contract} BROKEN" in told.stdout


def test_every_contract_has_a_breach_planted() -> None:
    named = {line[7:] for line in (ROOT / ".importlinter").read_text().splitlines() if line.startswith("name = ")}
    assert named == {contract for contract, _, _ in BREACHES}
