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
KIND, MARKED = "kind", "marked"


def setting(work: SqlWork, name: str) -> str | None:
    """What was kept under that name."""
    return next((row.value for row in work.find(by_name, name)), None)


def keep_setting(work: SqlWork, name: str, value: str) -> None:
    """Keep a value under a name."""
    work.keep(settings, {"name": name, "value": value})


def be_born(work: SqlWork, kind: str) -> None:
    """Make the network what it is called, for ever. Raises OperatorError when it has been something else from birth,
    or when the key of its marks is another one now and nobody says that the old one is lost."""
    if setting(work, KIND) is None:
        keep_setting(work, KIND, kind)
    if setting(work, MARKED) is None or work.house.secrets.mark_is_lost:
        keep_setting(work, MARKED, _mark(work))
    be_of(work, kind)


def be_of(work: Work, kind: str) -> None:
    """Raises OperatorError as `be_born` does; it only looks."""
    born = setting(sql(work), KIND)
    if born not in (None, kind):
        raise OperatorError(
            f"This database belongs to a {born} network, and network.kind says {kind}. Set network.kind to {born}, "
            "or point storage.url or storage.folder at another place: a demo never meets real people."
        )
    if setting(sql(work), MARKED) not in (None, _mark(sql(work))):
        raise OperatorError(
            "keys/mark.key is not the key that this database was written with. Put back the one from your copy of the "
            "keys folder. If it is lost for good, put an empty file mark.lost beside it, start once, and delete that "
            "file: from then on blocks against people who were forgotten no longer hold, and letters that were on "
            "their way may arrive twice."
        )


def _mark(work: SqlWork) -> str:
    """What the key makes of a word that is always the same: it tells one key from another, and nothing of either."""
    return work.house.name("the key of the marks")
