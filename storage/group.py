"""Who waits together commits together: many units in one transaction, and what happens when one of them is at fault."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import Connection

from bot.core.work import Unit
from storage.scrub import scrub
from storage.transaction import Outcome, Transaction
from storage.trouble import ConnectionLost, Verdict, failed, judge, refused

Prepare: TypeAlias = Callable[[Transaction, Sequence[Unit[Any]]], None]
"""Fetches what the units said they would look at."""
Perform: TypeAlias = Callable[[Transaction, Unit[Any]], Any]
"""Runs one unit."""

_ATTEMPTS = 8
"""Collisions one after another before we give up; with one writer they come only from beside the bot."""


class Group:
    """How units are run in one transaction, on any connection."""

    def __init__(self, prepare: Prepare, perform: Perform) -> None:
        self._prepare, self._perform = prepare, perform

    @classmethod
    def idle(cls) -> "Group":
        """A group for a database on which no units are run."""
        return cls(lambda transaction, units: None, lambda transaction, unit: None)

    def run(self, connection: Connection, units: Sequence[Unit[Any]], attempt: int = 1) -> list[Outcome[Any]]:
        """The units' outcomes, in order; those without an error are committed. Never raises.

        If the database refuses a row, nobody knows whose: each half is run alone.
        """
        outcomes, trouble = self._together(connection, units)
        if trouble is None:
            return outcomes
        match judge(trouble):
            case Verdict.AGAIN if attempt < _ATTEMPTS:
                return self.run(connection, units, attempt + 1)
            case Verdict.REFUSED if len(units) == 1:
                return [Outcome(error=refused(trouble))]
            case Verdict.REFUSED:
                half = len(units) // 2
                return self.run(connection, units[:half]) + self.run(connection, units[half:])
            case Verdict.LOST:
                # An outcome for each unit means that only COMMIT was left to do, and may have been done.
                return [Outcome(error=ConnectionLost(trouble, certain=not outcomes)) for _ in units]
            case _:
                return [Outcome(error=failed(trouble)) for _ in units]

    def _together(
        self, connection: Connection, units: Sequence[Unit[Any]]
    ) -> tuple[list[Outcome[Any]], Exception | None]:
        outcomes: list[Outcome[Any]] = []
        try:
            with connection.begin() as begun:
                transaction = Transaction(connection)
                self._prepare(transaction, units)
                tried = [transaction.attempt(partial(self._perform, transaction, unit)) for unit in units]
                transaction.flush()
                outcomes = tried
                begun.commit()
        except Exception as error:
            return outcomes, error
        if transaction.leaves_traces:
            scrub(connection)
        return outcomes, None


def looks_by_name(units: Sequence[Unit[Any]]) -> dict[str, set[Any]]:
    """What the units are about to ask for: keys by the look's name."""
    keys: dict[str, set[Any]] = defaultdict(set)
    for unit in units:
        for look in unit.looks:
            keys[look.name].add(look.key)
    return keys
