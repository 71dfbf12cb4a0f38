"""One month is lived for all tests of a session; who changes anything works on a copy."""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.people.lived import Month, lived_month


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The four weeks before anybody enters."""
    return asyncio.run(lived_month(tmp_path_factory.mktemp("demo")))


@pytest.fixture
def arrived(month: Month, tmp_path: Path) -> Path:
    """A copy of the demo, at the moment when somebody enters: Wednesday 11 November 2026, 16:00."""
    return shutil.copytree(month.folder, tmp_path / "arrived")
