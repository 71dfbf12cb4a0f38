"""What columns are made of: moments, sets of slugs, and what a person is in a row."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Dialect, ForeignKey, Index, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table there is; `storage.rooms` imports all modules that add to it."""


def index_of_some(name: str, where: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> None:
    """An index of some rows. The migrations say `where` to PostgreSQL too; said here, it would read PostgreSQL's
    dialect, 2 MB, on SQLite as well."""
    Index(name, *columns, unique=unique, sqlite_where=where)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=1024)
def microseconds(at: datetime | None) -> int | None:
    """How a moment is kept. Remembered: thousands of rows are written with the same few moments."""
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


class Instant(TypeDecorator[datetime]):
    """A moment, kept as whole microseconds since 1970 in UTC: the same, and in the same order, on every engine."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        return microseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:
        return _moment


class Slugs(TypeDecorator[frozenset[str]]):
    """A set of slugs (words without spaces), sorted, so that equal sets are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else " ".join(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str] | None:
        return None if value is None else frozenset(value.split())


class Part(StrEnum):
    """What a person named by a column is in the row; from it follows who is given the row on export (law 9)."""

    SUBJECT = "subject"
    """The row is about them."""
    AUTHOR = "author"
    """They wrote it, or chose it."""
    OTHER = "other"
    """Somebody said it of them: it is not theirs to see, nor are they shown to the one who is given the row."""


class Erased(StrEnum):
    """What becomes of a row when the person in that column is forgotten."""

    ROW = "row"
    """It goes."""
    BLANK = "blank"
    """It stays, without them."""
    BEFORE = "before"
    """The room's own step has dealt with it before (`storage.privacy`); a row still left is a mistake, and refused."""


def person(name: str, part: Part, erased: Erased = Erased.ROW, **options: Any) -> Column[int]:
    """A column that names a member."""
    options.setdefault("nullable", erased is Erased.BLANK)
    info = {"person": part, "erased": erased}
    return Column(name, BigInteger, ForeignKey("members.id"), info=info, **options)


def hidden(column: Column[Any]) -> Column[Any]:
    """Marks a column that export leaves out: a hash or a mark that tells its owner nothing."""
    column.info["hidden"] = True
    return column


def sealed(column: Column[Any]) -> Column[Any]:
    """Marks a column whose text is sealed for the row's id (`storage.seal`): export opens it."""
    column.info["sealed"] = True
    return column


def sealed_by(opens: Callable[[Any, Any], Any], column: Column[Any]) -> Column[Any]:
    """Marks a column that export opens with `opens(seal, row)`; None where it cannot be opened."""
    column.info["sealed_by"] = opens
    return column


def sealed_for(table: Table, id: int) -> str:
    """What the sealed columns of a row are sealed for, so that none can be passed off as another's."""
    return f"{table.name}:{id}"
