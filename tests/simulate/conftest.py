"""A command line for a test."""

from pathlib import Path

import pytest

from tests.door.commands import Headsup, in_folder


@pytest.fixture
def headsup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Headsup:
    """`headsup` in an empty folder, with nothing set."""
    return in_folder(tmp_path, monkeypatch, capsys)
