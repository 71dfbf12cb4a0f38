"""Set-up: done once, done again only when it must be, and kind where it cannot."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.reading import ROOT

INGREDIENTS = (".ci", "Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in INGREDIENTS:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def make(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As typed at a prompt, even where a `make` runs these tests."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    return subprocess.run(["make", *words], cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def setup_of(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_under_test", checkout / ".ci" / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pretend_it_was_set_up(checkout: Path) -> ModuleType:
    setup = setup_of(checkout)
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(shutil.which("true") or "/bin/true")
    setup.stamp("run").write_text(setup.fingerprint("run"))
    return setup


def test_what_was_set_up_stands_and_nothing_is_done(checkout: Path) -> None:
    setup = pretend_it_was_set_up(checkout)
    assert setup.stands("run")
    assert setup.main("run") == 0


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_change_sets_it_up_anew(checkout: Path, changed: str) -> None:
    setup = pretend_it_was_set_up(checkout)
    with (checkout / changed).open("a") as file:
        file.write("# changed\n")
    assert not setup.stands("run")


def test_what_is_only_for_tests_does_not_disturb_what_runs(checkout: Path) -> None:
    setup = pretend_it_was_set_up(checkout)
    (checkout / "requirements-dev.lock").write_text("# changed\n")
    assert setup.stands("run")
    assert not setup.stands("dev")


def test_whatever_the_machine_is_told_what_was_compiled_is_kept(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    pretend_it_was_set_up(checkout)
    bot = checkout / ".venv" / "bin" / "headsup"
    bot.write_text('#!/bin/sh\necho "${PYTHONDONTWRITEBYTECODE-kept}"\n')
    bot.chmod(0o755)
    assert make(checkout, "run").stdout.split() == ["kept"]


def test_a_folder_that_moved_is_set_up_anew(checkout: Path) -> None:
    pretend_it_was_set_up(checkout)
    moved = checkout.rename(checkout.with_name("moved"))
    assert not setup_of(moved).stands("run")


def test_a_broken_venv_is_noticed(checkout: Path) -> None:
    setup = pretend_it_was_set_up(checkout)
    (checkout / ".venv" / "bin" / "python").unlink()
    assert not setup.stands("run")
    (checkout / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    assert not setup.stands("run")


def test_without_a_python_it_says_what_brings_one(checkout: Path) -> None:
    told = make(checkout, "run", "PYTHON=")
    assert told.returncode != 0
    assert "HeadsUp needs Python 3.11 or newer" in told.stdout
    assert "apt install python3" in told.stdout


@pytest.mark.drill
def test_a_clean_checkout_sets_itself_up(checkout: Path) -> None:
    """Needs a network, and a minute."""
    for package in ("bot", "adapters", "scheduler", "storage", "LICENSE"):
        source = ROOT / package
        (shutil.copytree if source.is_dir() else shutil.copy)(source, checkout / package)
    for _ in "once", "again":
        told = make(checkout, "setup-run")
        assert told.returncode == 0, told.stderr
    assert told.stdout == ""
    assert (checkout / ".venv" / "bin" / "headsup").exists()
