"""A few facts about the network itself, by name."""

from sqlalchemy import Column, String, Table, Text

from bot.core.errors import OperatorError
from bot.core.work import Work
from storage.buffer import Lookup
from storage.columns import metadata
from storage.work import SqlWork, sql

settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

by_name = Lookup(settings.c.name)
KIND = "kind"


def setting(work: SqlWork, name: str) -> str | None:
    """What was kept under that name."""
    return next((row.value for row in work.find(by_name, name)), None)


def keep_setting(work: SqlWork, name: str, value: str) -> None:
    """Keep a value under a name."""
    work.keep(settings, {"name": name, "value": value})


def be_born(work: SqlWork, kind: str) -> None:
    """Make the network what it is called, for ever. Raises OperatorError when it has been something else from birth."""
    if setting(work, KIND) is None:
        keep_setting(work, KIND, kind)
    be_of(work, kind)


def be_of(work: Work, kind: str) -> None:
    """Raises OperatorError when the network has been something else from birth."""
    born = setting(sql(work), KIND)
    if born not in (None, kind):
        raise OperatorError(
            f"This database belongs to a {born} network, and network.kind says {kind}. Set network.kind to {born}, "
            "or point storage.url or storage.folder at another place: a demo never meets real people."
        )
