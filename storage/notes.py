"""What adapters note down for after a restart; sealed, since some of it lets one listen."""

import logging

from sqlalchemy import Column, LargeBinary, String, Table, bindparam, select

from bot.core.clock import Clock
from bot.core.errors import StorageFailed
from bot.core.work import Storage, Unit, Work
from storage.columns import hidden, metadata
from storage.seal import Unsealable
from storage.work import sql

notes = Table(
    "notes",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("name", String(40), primary_key=True),
    hidden(Column("note", LargeBinary, nullable=False)),
)

_one = select(notes.c.note).where(notes.c.platform == bindparam("platform"), notes.c.name == bindparam("name"))

log = logging.getLogger("headsup.storage")


class SqlNotes:
    """Fills `bot.core.notes.Notes` for one platform. `clock` only dates the units of work."""

    def __init__(self, storage: Storage, clock: Clock, platform: str) -> None:
        self._storage, self._clock, self._platform = storage, clock, platform

    async def read(self, name: str) -> bytes | None:
        try:
            return await self._storage.read(self._clock.now(), lambda work: self._open(work, name))
        except StorageFailed:
            log.warning("a note of %s could not be read (%s)", self._platform, name)
            return None

    async def write(self, name: str, note: bytes) -> None:
        key = self._about(name)
        try:
            await self._storage.write(Unit(key, self._clock.now(), lambda work: self._keep(work, name, note)))
        except StorageFailed:
            log.warning("a note of %s could not be kept (%s)", self._platform, name)

    def _open(self, work: Work, name: str) -> bytes | None:
        seal = sql(work).house.secrets.seal
        try:
            rows = sql(work).rows(_one, {"platform": self._platform, "name": name})
            return next((seal.open(row.note, self._about(name)) for row in rows), None)
        except Unsealable:
            return None

    def _keep(self, work: Work, name: str, note: bytes) -> None:
        sealed = sql(work).house.secrets.seal.close(note, self._about(name))
        sql(work).keep(notes, {"platform": self._platform, "name": name, "note": sealed})

    def _about(self, name: str) -> str:
        return f"note:{self._platform}:{name}"
