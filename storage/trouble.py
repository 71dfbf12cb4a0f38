"""What it means when a database says no. Nothing raised here carries a parameter or a database's own words, since
those can hold what people wrote (measured: PostgreSQL names the values of a broken constraint)."""

from enum import Enum, auto
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot.core.errors import StorageFailed


class Verdict(Enum):
    """What is to be done about an error."""

    REFUSED = auto()
    """Some unit's fault: find out whose."""
    AGAIN = auto()
    """Nobody's fault, and gone when tried again."""
    LOST = auto()
    """The connection is gone; what was not committed has not happened."""
    FAILED = auto()
    """The database or its disk cannot take anything."""


class RowRefused(Exception):
    """The database did not take what this unit wrote. Nothing has changed."""


class ConnectionLost(StorageFailed):
    """The connection went away. `certain`: nothing has happened; else the transaction may hold, and nobody knows."""

    def __init__(self, error: BaseException, certain: bool) -> None:
        super().__init__(kind_of(error))
        self.certain = certain


_COLLISIONS = {"40001", "40P01"}
_UNITS_FAULT = ("22", "23", "42")
"""Classes of SQLSTATE: data exceptions, broken constraints, statements that cannot be (PostgreSQL, appendix A)."""
_SQLITES_FAULT = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CORRUPT", "SQLITE_READONLY",
                  "SQLITE_CANTOPEN", "SQLITE_NOMEM", "SQLITE_PROTOCOL", "SQLITE_NOTADB")  # fmt: skip


def judge(error: BaseException) -> Verdict:
    """What an error within a transaction means for the units in it."""
    if not isinstance(error, DBAPIError):
        return Verdict.LOST if isinstance(error, OSError) else Verdict.REFUSED
    if error.connection_invalidated:
        return Verdict.LOST
    state = _state(error)
    if state in _COLLISIONS:
        return Verdict.AGAIN
    if state.startswith("SQLITE_"):
        return Verdict.FAILED if state.startswith(_SQLITES_FAULT) else Verdict.REFUSED
    return Verdict.REFUSED if not state or state.startswith(_UNITS_FAULT) else Verdict.FAILED


def kind_of(error: BaseException) -> str:
    """The error's name and the database's code for it, which name nobody."""
    code = _state(error) if isinstance(error, DBAPIError) else ""
    return f"{type(error).__name__} {code}".strip()


def refused(error: Exception) -> Exception:
    """What the caller of the one unit at fault gets: a database's error without its words, any other as it is."""
    return RowRefused(kind_of(error)) if isinstance(error, DBAPIError) else error


def failed(error: BaseException) -> StorageFailed:
    """What everybody gets when the database fails."""
    return StorageFailed(kind_of(error))


def _state(error: DBAPIError) -> str:
    """PostgreSQL's SQLSTATE, or the name of SQLite's code."""
    original: Any = error.orig
    return getattr(original, "sqlstate", None) or getattr(original, "sqlite_errorname", None) or ""
