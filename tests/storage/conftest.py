from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine import SqlStorage
from tests.storage.stands import file_url, opened


@pytest.fixture
def url(tmp_path: Path) -> str:
    return file_url(tmp_path / "test.sqlite3")


@pytest.fixture
async def storage(url: str) -> AsyncIterator[SqlStorage]:
    """SQLite, as it runs in life: threads, WAL, FULL."""
    async with opened(url) as storage:
        yield storage
