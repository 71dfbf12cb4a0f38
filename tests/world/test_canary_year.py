"""The second test of the threat model: a year in which every private word is a canary, and none sings where it must
not: in no log, no file, no column, no other person's messages or export, whatever fails."""

import base64
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Connection, select
from structlog.processors import JSONRenderer, dict_tracebacks
from structlog.stdlib import ProcessorFormatter

from bot.door import logs
from bot.pairing import views
from storage import privacy, seal
from tests.world.canaries import Cage, sung
from tests.world.cast import YEARS, SchoolYear, Step
from tests.world.ear import Ear, as_an_operator_logs
from tests.world.failing_year import FAILING, one_constraint_broke, one_handler_failed
from tests.world.gathering import CALENDAR, is_about_events
from tests.world.overheard import Overheard
from tests.world.school_year import STEPS, forgotten, live, looked_around, met, tried_codes
from tests.world.world import opened

TOKEN = "xoxb-not-a-real-token-zqzq"
WHOLE = (*STEPS, *FAILING)
KEYS = ("seal.key", "mark.key")


@asynccontextmanager
async def caged(folder: Path, ear: Ear) -> AsyncIterator[tuple[SchoolYear, Cage]]:
    """A year that has not begun, and the cage around it."""
    tokens: dict[str, Any] = {"slack": {"bot_token": TOKEN, "app_token": TOKEN}, "discord": {"token": TOKEN}}
    with as_an_operator_logs(ear):
        async with opened(folder, **tokens, calendar=CALENDAR) as world:
            year = SchoolYear(world, Overheard(world))
            cage = Cage(world, folder / "data", ear, year.overheard, gone=year.gone, ticked=year.ticked)
            cage.greeted, cage.hosts, cage.comes = year.greeted, year.hosts, year.comes
            cage.secrets = {TOKEN, *keys(folder)}
            yield year, cage


def keys(folder: Path) -> set[str]:
    """The keys as they stand in their files, and bare."""
    written = [(folder / "keys" / name).read_text().strip() for name in KEYS]
    return {*written, *(base64.b64decode(one).decode("latin-1") for one in written)}


async def lived(folder: Path, ear: Ear, steps: tuple[Step, ...] = WHOLE) -> Cage:
    async with caged(folder, ear) as (year, cage):

        async def look(event: str) -> None:
            cage.users |= {head.account.user: who for who, head in year.heads.items()} | year.seconds
            cage.secrets |= {*year.codes.values(), *year.addresses.values()}
            await cage.look(event)

        await live(year, look, steps)
        return cage


async def test_no_canary_sings_in_a_year(tmp_path: Path) -> None:
    cage = await lived(tmp_path, ear := Ear())
    assert cage.faults == []
    assert cage.looked_at == len(WHOLE)
    assert any('"event": "an occurrence failed' in line for line in ear.heard), "our own loggers are heard too"
    told = [one for one in cage.overheard.glimpses if "anna" in one.readers and is_about_events(one.words)]
    names = {owner for one in told for owner, what in sung(one.words) if what == "name"}
    assert (len(told) > 30, names) == (True, {"ruth"}), "who comes is the host's to see, and nobody else's"
    others = [one for one in cage.overheard.glimpses if one.readers != {"zqivyxacct0"}]
    assert not any(re.search(rf"\b{YEARS}\b", one.words) for one in others), "how long somebody has been a head"


@dataclass
class Unprepared:
    """A change that goes the library's own way."""

    change: Any
    keys: tuple[str, ...]
    dialect: Any

    def tell(self, connection: Connection, rows: Any) -> None:
        connection.execute(self.change, rows)


def default_sqlalchemy(patch: pytest.MonkeyPatch) -> Ear:
    """Errors of the database that tell what was to be written."""
    make: Any = sqlalchemy.create_engine
    patch.setattr("storage.sqlite.create_engine", lambda url, **more: make(url, **{**more, "hide_parameters": False}))
    patch.setattr("storage.transaction.prepared", Unprepared)
    return Ear()


def talkative_libraries(patch: pytest.MonkeyPatch) -> Ear:
    """Libraries that log at DEBUG when we do."""
    patch.setattr(logs, "TALKATIVE", ())
    library: Any = logging.getLogger("aiosqlite")
    patch.setattr(library, "level", logging.DEBUG)
    patch.setattr(library, "setLevel", lambda level: None)
    library.manager._clear_cache()
    return Ear()


def default_structlog(patch: pytest.MonkeyPatch) -> Ear:
    """Tracebacks with locals."""
    processors: list[Any] = [ProcessorFormatter.remove_processors_meta, dict_tracebacks, JSONRenderer()]
    return Ear(ProcessorFormatter(processors=processors))


def default_logging(patch: pytest.MonkeyPatch) -> Ear:
    """Tracebacks with the words of the error."""
    return Ear(logging.Formatter())


def unsealed(patch: pytest.MonkeyPatch) -> Ear:
    """Letters that wait in clear."""
    patch.setattr(seal.Seal, "close", lambda self, body, about: body)
    patch.setattr(seal.Seal, "open", lambda self, sealed, about: sealed)
    return Ear()


def tactless_cards(patch: pytest.MonkeyPatch) -> Ear:
    """Everybody's school on the card, ticked or not."""
    cards = views._cards
    patch.setattr(views, "_cards", lambda people: cards([replace(one, shows_school=True) for one in people]))
    return Ear()


def generous_exports(patch: pytest.MonkeyPatch) -> Ear:
    """Whole tables, whoever asks."""

    def rows(self: Any, table: Any, member: Any) -> Any:
        return [
            {str(name): repr(value) for name, value in row._mapping.items()} for row in self._work.rows(select(table))
        ]

    patch.setattr(privacy.SqlPrivacy, "_rows", rows)
    return Ear()


def forgetful_erasure(patch: pytest.MonkeyPatch) -> Ear:
    """A journal that still holds what was deleted."""
    patch.setattr("storage.group.scrub", lambda connection: None)
    return Ear()


COME = STEPS[: STEPS.index(tried_codes)]
IN = STEPS[: STEPS.index(looked_around)]


@pytest.mark.parametrize(
    ("plant", "steps", "report"),
    [
        (default_sqlalchemy, (*COME, one_constraint_broke), "in the log"),
        (talkative_libraries, IN, "in the log"),
        (default_structlog, (*COME, one_handler_failed), "in the log"),
        (default_logging, (*COME, one_handler_failed), "in the log"),
        (unsealed, COME, "in the file"),
        (tactless_cards, (*IN, met), "school shown to"),
        (generous_exports, IN, "in the export of"),
        (forgetful_erasure, (*IN, forgotten), "tom's name in the file demo.sqlite3-wal"),
    ],
)
async def test_a_canary_that_sings_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Any, steps: tuple[Step, ...], report: str
) -> None:
    cage = await lived(tmp_path, plant(monkeypatch), steps)
    assert any(report in fault for fault in cage.faults), cage.faults[:5]
