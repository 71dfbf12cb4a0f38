"""One transaction, seen by one unit after another: reads see every earlier write, writes travel together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, NestedTransaction, Select, Table

from storage.buffer import Buffer, Change, Found, Lookup, Row, Stage, tables_of
from storage.prepared import is_asked_again, prepared, question

T = TypeVar("T")

MOST_KEYS = 256
"""Keys in one IN list: a power of two far below SQLite's and asyncpg's limit of 32,766 parameters. Statements for more
take longer to compile than they save (measured with 512)."""


@dataclass(slots=True)
class Outcome(Generic[T]):
    """What became of a unit: its value, or the error that its caller will see."""

    value: T | None = None
    error: Exception | None = None


class Transaction:
    """A connection within a transaction.

    A unit's writes wait in a buffer of its own until the unit has succeeded, and then in one for all; both are written
    at the end, or before a read that they concern. A unit that must read its own writes gets a savepoint, so that it
    can still be dropped.
    """

    def __init__(self, connection: Connection, only_reads: bool = False) -> None:
        self._connection, self.only_reads = connection, only_reads
        self.engine: str = connection.dialect.name
        self._accepted = Buffer()
        self._own = Buffer()
        self._savepoint: NestedTransaction | None = None
        self._found: dict[Lookup, dict[Any, list[Found]]] = {}
        self._broken: Exception | None = None
        self.leaves_traces = False
        """Something was deleted that must not be found in the file when this transaction is over."""

    def put(self, change: Change, row: Row) -> None:
        """Write a row, sooner or later."""
        self._own.add(change, row)

    def put_off(self, stage: Stage, tables: frozenset[Table], item: Any) -> None:
        """Give an item to a stage that runs, for all units' items at once, when this transaction is written."""
        self._own.put_off(stage, tables, item)

    def rows(self, statement: Select[Any], parameters: Mapping[str, Any] | None = None) -> Sequence[Found]:
        """What the statement finds now."""
        self.settle_for(tables_of(statement))
        return self.ask(statement, parameters)

    def settle_for(self, tables: frozenset[Table]) -> None:
        """Write what waits, if it concerns these tables."""
        self._settle(not self._own.tables.isdisjoint(tables), not self._accepted.tables.isdisjoint(tables))

    def find(self, lookup: Lookup, key: Any) -> Sequence[Found]:
        """The rows of that key, as they are now."""
        self._settle(self._own.concerns(lookup, key), self._accepted.concerns(lookup, key))
        known = self._found.get(lookup)
        if known is None or key not in known:
            return self.fetch(lookup, (key,))[key]
        return known[key]

    def fetch(self, lookup: Lookup, keys: Iterable[Any], whole: bool = False) -> Mapping[Any, list[Found]]:
        """Load what is about to be asked for, with one statement for every few hundred keys; all that is known.

        `whole`: one statement that reads everything there is.
        """
        known = self._found.setdefault(lookup, {})
        wanted: dict[Any, list[Found]] = {key: [] for key in keys if key not in known}
        for statement, parameters in [(lookup.all, None)] if whole else _asks(lookup, sorted(wanted)):
            for row in self.ask(statement, parameters, is_kept=True):
                if (rows := wanted.get(row[lookup.place])) is not None:
                    rows.append(row)
        known.update(wanted)
        return known

    def look_again(self, lookup: Lookup, key: Any) -> None:
        """Forget what was found under that key."""
        self._found.get(lookup, {}).pop(key, None)

    def attempt(self, run: Callable[[], T]) -> Outcome[T]:
        """Run a unit; what it wrote counts only if it returns. Raises what broke the whole transaction."""
        try:
            value = run()
        except Exception as error:
            self._check()
            self._drop()
            return Outcome(error=error)
        self._check()
        self._accept()
        return Outcome(value)

    def flush(self) -> None:
        """Write everything that units have left to be written."""
        if self._accepted:
            waiting, self._accepted = self._accepted, Buffer()
            self._write(waiting)

    def refuse_writes(self) -> None:
        """For readers. Raises RuntimeError when anything was to be written."""
        if self._own or self._accepted:
            raise RuntimeError("what was run for reading has written")

    def ask(
        self, statement: Select[Any], parameters: Mapping[str, Any] | None = None, is_kept: bool = False
    ) -> Sequence[Found]:
        """Run a query as it is, whatever waits to be written. `is_kept`: a lookup's own, made once and for all."""
        asked = question(statement, self._connection.dialect) if is_kept or is_asked_again(statement) else None
        if asked is not None:
            return self._guard(lambda: asked.ask(self._connection, parameters or {}))
        return self._guard(lambda: self._connection.execute(statement, parameters).all())

    def tell(self, change: Change, rows: Sequence[Row]) -> None:
        """Write rows at once. For stages, which know what they do."""
        if rows:
            statement = prepared(change, tuple(rows[0]), self._connection.dialect)
            self._guard(lambda: statement.tell(self._connection, rows))

    def _settle(self, own: bool, accepted: bool) -> None:
        if own:
            self._flush_own()
        elif accepted:
            self.flush()

    def _flush_own(self) -> None:
        self.flush()
        if self._savepoint is None:
            self._savepoint = self._connection.begin_nested()
        waiting, self._own = self._own, Buffer()
        self._write(waiting)

    def _write(self, buffer: Buffer) -> None:
        try:
            for batch in buffer.batches:
                self.tell(batch.change, batch.rows)
            self._forget(buffer)
            for stage, items in buffer.later.items():
                stage(self, items)
            self._forget(buffer)
        except Exception as error:
            self._broken = error
            raise

    def _forget(self, buffer: Buffer) -> None:
        for lookup in buffer.blurred:
            self._found.pop(lookup, None)
        for lookup, keys in buffer.stale.items():
            known = self._found.get(lookup, {})
            for key in keys & known.keys():
                del known[key]

    def _accept(self) -> None:
        if self._savepoint is not None:
            self._savepoint.commit()
            self._savepoint = None
        if self._own:
            self._accepted.take(self._own)
            self._own = Buffer()

    def _drop(self) -> None:
        self._own = Buffer()
        if self._savepoint is not None:
            self._savepoint.rollback()
            self._savepoint = None
            self._found.clear()

    def _guard(self, call: Callable[[], T]) -> T:
        self._check()
        try:
            return call()
        except Exception as error:
            self._broken = error
            raise

    def _check(self) -> None:
        """What the database refused once stays refused, whatever the unit that met it made of it."""
        if self._broken is not None:
            raise self._broken


def _asks(lookup: Lookup, keys: list[Any]) -> list[tuple[Select[Any], dict[str, Any] | None]]:
    """Statements and parameters for these keys; a single key is asked for without a list, which is much quicker."""
    if len(keys) == 1:
        return [(lookup.one, {"key": keys[0]})]
    return [lookup.many(part) for part in parts(keys)]


def parts(keys: list[T]) -> Iterator[list[T]]:
    """Keys in lists of a few lengths only, filled up with the last one: few statements to prepare."""
    for start in range(0, len(keys), MOST_KEYS):
        part = keys[start : start + MOST_KEYS]
        yield part + [part[-1]] * ((1 << (len(part) - 1).bit_length()) - len(part))
