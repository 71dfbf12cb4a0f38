"""Check-ins: which groups were asked, and what they answered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import BigInteger, Column, Date, ForeignKey, SmallInteger, String, Table, bindparam, select

from bot.chat.ids import Id
from bot.checkins.model import Answer, Asked, Outcome
from storage.buffer import Found, Lookup
from storage.columns import Instant, Part, metadata, person
from storage.work import SqlWork

asks = Table(
    "asks",
    metadata,
    Column("group", BigInteger, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True, index=True),
    Column("times", SmallInteger, nullable=False),
)
answers = Table(
    "answers",
    metadata,
    Column("group", BigInteger, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, primary_key=True, index=True),
    Column("outcome", String(12), nullable=False),
    Column("at", Instant, nullable=False),
)

asks_of = Lookup(asks.c.group)
answers_of = Lookup(answers.c.group)
_asked_on = select(asks).where(asks.c.day == bindparam("day")).order_by(asks.c.group)


class SqlCheckins:
    """Fills `bot.checkins.store.Checkins`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def ask(self, asked: Iterable[Asked]) -> None:
        for one in asked:
            self._work.add(asks, {"group": one.group, "day": one.day, "times": one.times})

    def asked(self, group: Id) -> Sequence[Asked]:
        found = [_asked(row) for row in self._work.find(asks_of, group)]
        return sorted(found, key=lambda one: one.day, reverse=True)

    def asked_on(self, day: date) -> Sequence[Asked]:
        return [_asked(row) for row in self._work.rows(_asked_on, {"day": day})]

    def answer(self, group: Id, member: Id) -> Answer | None:
        return next((answer for answer in self.answers(group) if answer.member == member), None)

    def answers(self, group: Id) -> tuple[Answer, ...]:
        return _answers(self._work.find(answers_of, group))

    def answers_of(self, groups: Iterable[Id]) -> Mapping[Id, tuple[Answer, ...]]:
        found = self._work.fetch(answers_of, groups)
        return {group: _answers(rows) for group, rows in found.items() if rows}

    def keep(self, answer: Answer) -> None:
        row = {"group": answer.group, "member": answer.member, "outcome": answer.outcome.value, "at": answer.at}
        self._work.keep(answers, row)


def _asked(row: Found) -> Asked:
    return Asked(Id(row.group), row.day, row.times)


def _answers(rows: Sequence[Found]) -> tuple[Answer, ...]:
    """In the order they were given."""
    ordered = sorted(rows, key=lambda row: (row.at, row.member))
    return tuple(Answer(Id(row.group), Id(row.member), Outcome(row.outcome), row.at) for row in ordered)
