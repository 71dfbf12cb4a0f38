"""Handlers that fail: each raises what it was told, or breaks one of the database's constraints with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, SmallInteger, Table, insert

from bot.chat.inbound import Opened, Pressed, Submitted, Used, What
from bot.chat.outbound import Reply
from bot.core.feature import Call, Slow
from bot.core.work import Work
from storage.columns import Instant, Slugs
from storage.people import members
from tests.world.world import World


def raises(work: Work, call: Call, *more: Any) -> Reply:
    """Everything it knows, in its error."""
    raise ValueError(f"{call.name} {call.values} {call.words} {more}")


def breaks_a_constraint(work: Work, call: Call, *more: Any) -> Reply:
    """The same member twice: the database's own error would hold what was to be written."""
    return put_twice(work, members, {"id": 7, "name": call.name, "stage": "member", "sought": str(call.values)})


def put_twice(work: Work, table: Table, row: dict[str, Any]) -> Reply:
    inner: Any = work
    for _ in range(2):
        inner.put(insert(table), row)
    return Reply()


def forbidden_row(table: Table, words: str) -> dict[str, Any]:
    """A row of words that the table cannot take twice, nor once where it leads to other rows."""
    return {column.name: _value(column, words) for column in table.columns}


def _value(column: Column[Any], words: str) -> Any:
    by_type: dict[type, Any] = {
        Instant: datetime(2026, 11, 11, tzinfo=UTC),
        Slugs: frozenset({words}),
        Date: date(2026, 11, 11),
        Boolean: True,
        LargeBinary: words.encode(),
        BigInteger: 7,
        SmallInteger: 7,
        Integer: 7,
    }
    return next((value for kind, value in by_type.items() if isinstance(column.type, kind)), words)


@contextmanager
def sabotaged(world: World, do: Any, words: str, fields: Mapping[str, tuple[str, ...]]) -> Iterator[list[What]]:
    """Every handler replaced by this one for a while. Gives what reaches each."""
    directory: Any = world.parts.bot.directory
    commands, ons, homes = dict(directory._commands), dict(directory._ons), directory.homes
    try:
        yield list(_replaced(directory, do, words, fields))
    finally:
        directory._commands.update(commands)
        directory._ons.update(ons)
        directory.homes = homes


def _replaced(directory: Any, do: Any, words: str, fields: Mapping[str, tuple[str, ...]]) -> Iterator[What]:
    for key, answers in list(directory._commands.items()):
        directory._commands[key] = replace(answers, do=Slow(do, do, do) if isinstance(answers.do, Slow) else do)
        yield Used(answers.tree, f"{answers.word} {words}")
    for kind, on in list(directory._ons.items()):
        directory._ons[kind] = replace(on, do=do)
        packed = "~".join([kind.wire, str(kind.version), *("0000000000001" for _ in kind.__struct_fields__)])
        yield from (Pressed(packed, (words,)), Submitted(packed, fields))
    directory.homes = [replace(home, look=do) for home in directory.homes]
    yield Opened()
