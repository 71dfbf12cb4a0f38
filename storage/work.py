"""The unit of work over a transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Select, Table

from bot.chat.address import Guest, Person
from bot.chat.ids import Dice, Id
from bot.core.outbox import Letter
from bot.core.work import Fact, Store, Work
from storage import upsert
from storage.buffer import Change, Found, Lookup
from storage.house import House
from storage.letters import TABLES, after, said, waiting
from storage.post import CancelKeys, CancelTo, ForgetTo, Order, Posted, Postman
from storage.transaction import Transaction

S = TypeVar("S")

Factory: TypeAlias = "Callable[[SqlWork], Any]"


@dataclass(frozen=True)
class Rooms:
    """What the storage keeps for each room: factories by the store's name, and the looks a unit may announce."""

    stores: Mapping[str, Factory]
    looks: Mapping[str, tuple[Lookup, Callable[[Any], Any]]]


@dataclass
class Touched:
    """How often a unit has set timers or taken some away, whatever became of it."""

    times: int = 0


@dataclass(frozen=True)
class Desk:
    """What every unit of work finds laid out: the same for all of them."""

    house: House
    rooms: Rooms
    postman: Postman
    timers: Touched = field(default_factory=Touched)


class SqlWork:
    """One unit's sight of a transaction. `is_muted`: its writes, letters and facts come to nothing."""

    def __init__(self, transaction: Transaction, desk: "Desk", key: str, at: datetime, is_muted: bool = False) -> None:
        self.at = at
        self._transaction, self._desk, self._key, self._is_muted = transaction, desk, key, is_muted
        self._stores: dict[str, Any] = {}
        self._letters = 0
        self.later: list[Callable[[], None]] = []
        """What is to be done once this unit is committed."""

    @property
    def house(self) -> House:
        """What all units of the network share."""
        return self._desk.house

    @cached_property
    def dice(self) -> Dice:
        return self.house.dice(self._key)

    @property
    def engine(self) -> str:
        """The database's name, where a statement cannot be the same for all."""
        return self._transaction.engine

    def new_id(self) -> Id:
        return self.house.ids.new()

    def use(self, store: Store[S]) -> S:
        if store.name not in self._stores:
            self._stores[store.name] = self._desk.rooms.stores[store.name](self)
        return cast(S, self._stores[store.name])

    def put(self, change: Change, row: Mapping[str, Any]) -> None:
        """Write a row, at the latest when the transaction ends."""
        if not self._is_muted:
            self._transaction.put(change, row)

    def keep(self, table: Table, row: Mapping[str, Any], but: tuple[str, ...] = ()) -> None:
        """Write a whole row, over the one of the same primary key if there is one, whose columns `but` stay."""
        self.put(upsert.keep(self.engine, table, but), row)

    def add(self, table: Table, row: Mapping[str, Any]) -> None:
        """Write a whole row; one of the same primary key stays as it is."""
        self.put(upsert.add(self.engine, table), row)

    def rows(self, statement: Select[Any], parameters: Mapping[str, Any] | None = None) -> Sequence[Found]:
        """What the statement finds, everything written before included."""
        return self._transaction.rows(statement, parameters)

    def find(self, lookup: Lookup, key: Any) -> Sequence[Found]:
        """The rows of that key, everything written before included."""
        return self._transaction.find(lookup, key)

    def fetch(self, lookup: Lookup, keys: Iterable[Any]) -> Mapping[Any, Sequence[Found]]:
        """The rows of all these keys by key, everything written before included."""
        self._transaction.settle_for(lookup.tables)
        wanted = set(keys)
        found = self._transaction.fetch(lookup, wanted)
        return {key: found[key] for key in wanted}

    def post(self, *letters: Letter) -> None:
        for letter in letters:
            self._order(Posted(letter, self._letters, self.at))
            self._letters += 1

    def cancel(self, *key_prefixes: str) -> None:
        for prefix in key_prefixes:
            self._order(CancelKeys(prefix, self.at))

    def cancel_to(self, member: Id, *, unasked: bool = False) -> None:
        self._order(CancelTo(member, self.at, unasked))

    def waits(self, key_prefix: str) -> bool:
        return bool(self.rows(waiting, {"first": key_prefix, "after": after(key_prefix)}))

    def was_said(self, key_prefix: str) -> bool:
        return bool(self.rows(said, {"first": key_prefix, "after": after(key_prefix)}))

    def forget_letters_to(self, to: Guest | Person) -> None:
        """No letter posted there before is left; but what was to be taken away there later is taken away now."""
        self._order(ForgetTo(to, self.at))

    def write_what_came_before(self) -> None:
        """Write what earlier units have left to be written: who is to be forgotten may stand in their letters."""
        if not self._is_muted:
            self._transaction.flush()

    def tell(self, fact: Fact) -> None:
        if not self._is_muted:
            self.house.tell(self, fact)

    def look_again(self, lookup: Lookup, key: Any) -> None:
        """Let the rows of that key be read anew: what was seen before a lock was got may have changed meanwhile."""
        self._transaction.look_again(lookup, key)

    def locking(self, statement: Select[Any]) -> Select[Any]:
        """The statement, keeping what it finds from changing until the transaction ends; a reader asks for no lock,
        and PostgreSQL would refuse it one. SQLite has a single writer, and needs none."""
        return statement if self._transaction.only_reads else _locked(statement)

    def leave_no_trace(self) -> None:
        """See to it that what this transaction deletes is not found in the database's files once it is over."""
        self._transaction.leaves_traces |= not self._is_muted

    def touch_timers(self) -> None:
        """Let whoever remembers timers look again, once this unit is over."""
        self._desk.timers.times += not self._is_muted

    def afterwards(self, do: Callable[[], None]) -> None:
        if not self._is_muted:
            self.later.append(do)

    def rehearse(self) -> "SqlWork":
        return SqlWork(self._transaction, self._desk, self._key, self.at, is_muted=True)

    def _order(self, order: Order) -> None:
        if not self._is_muted:
            self._transaction.put_off(self._desk.postman.write, TABLES, order)


@lru_cache(maxsize=64)
def _locked(statement: Select[Any]) -> Select[Any]:
    """Made once for each statement: to make one anew costs more than to ask it."""
    return statement.with_for_update()


def sql(work: Work) -> SqlWork:
    """The unit of work, as the storage knows it."""
    return cast(SqlWork, work)
