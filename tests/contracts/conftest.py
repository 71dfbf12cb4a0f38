"""What the stores' contracts run on: every engine, as it runs in life."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import rooms  # noqa: F401 - whoever has the rooms has all tables
from storage.columns import metadata
from storage.engine import SqlStorage
from storage.start import make_ready
from tests.postgres import execute, fresh_database, run_apart
from tests.storage.stands import AT, Pen, copies_of, file_url, opened


async def tables_at(url: str) -> None:
    await make_ready(url, copies_of(url), AT)


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, since making tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("tables") / "tables.sqlite3"
    run_apart(tables_at(file_url(path)))
    return path


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_url: str) -> Iterator[str]:
    with fresh_database(postgres_url) as url:
        run_apart(tables_at(url))
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database that has all tables."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), tmp_path / "test.sqlite3")
        return file_url(tmp_path / "test.sqlite3")
    given: str = request.getfixturevalue("postgres_with_tables")
    names = ", ".join(f'"{name}"' for name in metadata.tables)
    run_apart(execute(given, f"TRUNCATE {names}"))
    return given


@pytest.fixture
async def storage(url: str) -> AsyncIterator[SqlStorage]:
    async with opened(url) as storage:
        yield storage


@pytest.fixture
def pen(storage: SqlStorage) -> Pen:
    return Pen(storage)
