"""Copies of the database, made before anything changes its tables."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

KEPT = timedelta(days=30)
"""Backups forget within 30 days: so it is promised to whoever leaves (DOMAIN.md, "The law")."""

_STAMP = "%Y%m%dT%H%M%S%fZ"
_NEW = ".new"


def copy_aside(database: Path, folder: Path, now: datetime) -> Path:
    """A copy of the SQLite file as it is now, whole even while somebody writes to it; readable for its owner alone.
    Where that fails, nothing is left of it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{database.stem}-{now.astimezone(UTC).strftime(_STAMP)}.sqlite3"
    new = path.with_name(f"{path.name}{_NEW}")
    try:
        new.touch(mode=0o600)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(new)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return new.rename(path)
    finally:
        for unfinished in folder.glob(f"{database.stem}-*.sqlite3{_NEW}*"):
            unfinished.unlink()


def forget_old(folder: Path, now: datetime) -> list[Path]:
    """Delete copies older than 30 days, by the moment in their name. Returns which."""
    old = [path for path in sorted(folder.glob("*.sqlite3")) if (made := _made(path)) is not None and now - made > KEPT]
    for path in old:
        path.unlink()
    return old


def _made(path: Path) -> datetime | None:
    """When a copy was made; None for a file that is none of ours."""
    try:
        return datetime.strptime(path.stem.rpartition("-")[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
