"""Leaving nothing behind of what was deleted."""

import sqlite3
from contextlib import closing, suppress

from sqlalchemy import Connection

_A_MOMENT = 500
"""Milliseconds to wait for readers; where they take longer, the next scrub (every night) does it."""


def scrub(connection: Connection) -> None:
    """Fold SQLite's journal into its file and empty it: it still holds the pages as they were before rows were deleted.

    The file itself is clean (`secure_delete`). Outside a transaction only. PostgreSQL keeps its own house: what vacuum
    has not yet taken is said in docs/privacy.md.
    """
    if connection.dialect.name != "sqlite":
        return
    with suppress(sqlite3.Error), closing(connection.connection.cursor()) as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={_A_MOMENT}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={usual}")
