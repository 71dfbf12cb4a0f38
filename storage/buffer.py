"""Writes that wait to travel together: rows by statement, and work put off to the end of the transaction."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, cast

from sqlalchemy import BindParameter, Column, Delete, Insert, Select, Table, Update, bindparam, select
from sqlalchemy.sql import visitors

Row: TypeAlias = Mapping[str, Any]
Found: TypeAlias = Any
"""A row that was found: a named tuple, or what SQLAlchemy has that is like one."""
Change: TypeAlias = Insert | Update | Delete
Stage: TypeAlias = Callable[[Any, Sequence[Any]], None]
"""Work put off until the rows before it are written: gets the transaction and every item put off, in order."""

_lookups: "defaultdict[Table, list[Lookup]]" = defaultdict(list)
"""Every lookup there is, by the tables whose changes can make its answers stale."""


def as_dict(row: Found) -> dict[str, Any]:
    """A row by the names of its columns, which are mere strings here (SQLAlchemy's are a kind of its own)."""
    return dict(zip(map(str, row._fields), row, strict=True))


@lru_cache(maxsize=4096)
def tables_of(statement: Any) -> frozenset[Table]:
    """The tables a statement touches."""
    return frozenset(element for element in visitors.iterate(statement) if isinstance(element, Table))


def the(column: Column[Any]) -> BindParameter[Any]:
    """The parameter by which a change finds its row: `the_id` for the column `id`, whose own name is the new value."""
    return bindparam(f"the_{column.name}", type_=column.type)


class Lookup:
    """A question asked by one key: the keys that many units ask for are fetched with one statement.

    `key` is a column of the result. Where no row ever changes its key (it is part of a primary key, or `fixed`), a
    change to one row is known to leave the answers for all other keys as they are.
    """

    def __init__(self, key: Column[Any], statement: Select[Any] | None = None, fixed: bool = False) -> None:
        wanted = select(key.table) if statement is None else statement
        self.tables = tables_of(wanted)
        self.all = wanted
        self.one = wanted.where(key == bindparam("key", type_=key.type))
        self._wanted, self._key = wanted, key
        self._by_size: dict[int, tuple[Select[Any], list[str]]] = {}
        self.place = list(wanted.selected_columns).index(key)
        self.key = key.name
        self.is_precise = (key.primary_key or fixed) and len(self.tables) == 1
        for table in self.tables:
            _lookups[table].append(self)

    def many(self, keys: Sequence[Any]) -> tuple[Select[Any], dict[str, Any]]:
        """The statement that asks for so many keys, and its parameters. One parameter a key, by name: a list that is
        expanded at each execution costs a third more (measured)."""
        if len(keys) not in self._by_size:
            names = [f"key{place}" for place in range(len(keys))]
            binds = [bindparam(name, type_=self._key.type) for name in names]
            self._by_size[len(keys)] = self._wanted.where(self._key.in_(binds)), names
        statement, names = self._by_size[len(keys)]
        return statement, dict(zip(names, keys, strict=True))

    def key_in(self, row: Row) -> Any:
        """The one key whose answer a changed row can change; None where it could be any."""
        return row.get(self.key, row.get(f"the_{self.key}")) if self.is_precise else None


class Batch:
    """Rows for one statement."""

    __slots__ = ("change", "rows")

    def __init__(self, change: Change) -> None:
        self.change = change
        self.rows: list[Row] = []


@lru_cache(maxsize=4096)
def _target(change: Change) -> tuple[Table, list[Lookup]]:
    """The table that a change writes, and whose answers it can make stale."""
    table = cast(Table, change.table)
    return table, _lookups[table]


@lru_cache(maxsize=4096)
def _must_follow(change: Change, earlier: Change) -> bool:
    """Whether rows of a change may not overtake an earlier one's: they touch the same table, or one holds keys of the
    other's."""
    table, other = _target(change)[0], _target(earlier)[0]
    if other is table or other in _parents(table):
        return True
    return isinstance(change, Delete) and table in _parents(other)


def _parents(table: Table) -> frozenset[Table]:
    return frozenset(key.column.table for key in table.foreign_keys)


class Buffer:
    """Rows in an order the database accepts, and what they make stale."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.later: dict[Stage, list[Any]] = {}
        self.tables: set[Table] = set()
        self.stale: dict[Lookup, set[Any]] = {}
        self.blurred: set[Lookup] = set()
        """Lookups of which any answer may be stale."""

    def __bool__(self) -> bool:
        return bool(self.batches or self.later)

    def add(self, change: Change, row: Row) -> None:
        """Put a row down to be written."""
        self._batch(change).rows.append(row)
        table, lookups = _target(change)
        self.tables.add(table)
        for lookup in lookups:
            key = lookup.key_in(row)
            if key is None:
                self.blurred.add(lookup)
            else:
                self.stale.setdefault(lookup, set()).add(key)

    def put_off(self, stage: Stage, tables: frozenset[Table], item: Any) -> None:
        """Put an item down for a stage that will write to `tables`."""
        waiting = self.later.setdefault(stage, [])
        if not waiting:
            self.tables |= tables
            for table in tables:
                self.blurred.update(_lookups[table])
        waiting.append(item)

    def take(self, other: "Buffer") -> None:
        """Everything of a later buffer, behind what is here."""
        for batch in other.batches:
            self._batch(batch.change).rows.extend(batch.rows)
        for stage, items in other.later.items():
            self.later.setdefault(stage, []).extend(items)
        self.tables |= other.tables
        self.blurred |= other.blurred
        for lookup, keys in other.stale.items():
            self.stale.setdefault(lookup, set()).update(keys)

    def concerns(self, lookup: Lookup, key: Any) -> bool:
        """Whether what waits here could change the answer to that question."""
        return lookup in self.blurred or key in self.stale.get(lookup, ())

    def _batch(self, change: Change) -> Batch:
        """The waiting batch of this statement, unless its rows would overtake what they must follow: then a new one."""
        for batch in reversed(self.batches):
            if batch.change is change:
                return batch
            if _must_follow(change, batch.change):
                break
        self.batches.append(Batch(change))
        return self.batches[-1]
