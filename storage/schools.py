"""The register of schools."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Boolean, Column, Integer, String, Table, Text, case, select

from bot.chat.text import sought

# The class stands in the register's reader; the port that we fill gives it to us.
from bot.members.store import School  # type: ignore[attr-defined]
from storage.buffer import Found, Lookup, as_dict
from storage.columns import hidden, metadata
from storage.work import SqlWork

schools = Table(
    "schools",
    metadata,
    Column("urn", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("phase", String(30)),
    Column("authority", Text, nullable=False),
    Column("trust", Text),
    Column("region", Text),
    Column("town", Text),
    Column("nation", String(20), nullable=False),
    Column("low_age", Integer),
    Column("high_age", Integer),
    hidden(Column("is_open", Boolean, nullable=False)),
    hidden(Column("sought", Text, nullable=False)),
)
"""No person stands here; but a member's `urn` points at one, and is theirs."""

_by_urn = Lookup(schools.c.urn)


class SqlSchools:
    """Fills `bot.members.store.Schools`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def get(self, urn: int) -> School | None:
        return next((_school(row) for row in self._work.find(_by_urn, urn)), None)

    def search(self, words: str, most: int) -> Sequence[School]:
        wanted = sought(words)
        holds = [schools.c.sought.contains(word, autoescape=True) for word in wanted.split()]
        begins = case((schools.c.sought.startswith(wanted, autoescape=True), 0), else_=1)
        found = select(schools).where(schools.c.is_open, *holds).order_by(begins, schools.c.sought).limit(most)
        return [_school(row) for row in self._work.rows(found)]

    def keep(self, schools: Iterable[School]) -> Mapping[str, int]:
        new = {school.urn: school for school in schools}
        found = self._work.fetch(_by_urn, new)
        return Counter(self._keep(school, found[urn]) for urn, school in new.items())

    def _keep(self, school: School, known: Sequence[Found]) -> str:
        if known and _school(known[0]) == school:
            return "same"
        said = {"is_open": school.is_open, "sought": sought(f"{school.name} {school.town or ''}")}
        self._work.keep(schools, {**msgspec.to_builtins(school), **said})
        return "changed" if known else "added"


def _school(row: Found) -> School:
    return msgspec.convert(as_dict(row), School)
