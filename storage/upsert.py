"""Writing a row whether or not there is one: the one thing that the two engines say through different classes."""

from functools import lru_cache
from importlib import import_module
from typing import Any

from sqlalchemy import Insert, Table


@lru_cache
def keep(engine: str, table: Table, but: tuple[str, ...] = ()) -> Insert:
    """Write a new row, or the old one of the same primary key anew, except for the columns named in `but`."""
    statement = _insert(engine, table)
    new = {c.name: statement.excluded[c.name] for c in table.columns if not c.primary_key and c.name not in but}
    kept: Insert = statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=new)
    return kept


@lru_cache
def add(engine: str, table: Table) -> Insert:
    """Write a new row; one of the same primary key stays as it is."""
    added: Insert = _insert(engine, table).on_conflict_do_nothing(index_elements=list(table.primary_key.columns))
    return added


def _insert(engine: str, table: Table) -> Any:
    """Of the engine that is used: the other's dialect takes 2 MB."""
    return import_module(f"sqlalchemy.dialects.{engine}").insert(table)
