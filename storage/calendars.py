"""Members' own calendars: what each shows, and the keyed hash of its address."""

import base64

from sqlalchemy import Boolean, Column, LargeBinary, Table, bindparam, select

from bot.calendars.model import Calendar
from bot.chat.ids import Id
from storage.buffer import Lookup
from storage.columns import Part, hidden, metadata, person
from storage.work import SqlWork

_ADDRESS_BYTES = 16

calendars = Table(
    "calendars",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    Column("shows_titles", Boolean, nullable=False),
    hidden(Column("address", LargeBinary, unique=True)),
)

_of = Lookup(calendars.c.member)
_by_address = select(calendars.c.member).where(calendars.c.address == bindparam("address"))


class SqlCalendars:
    """Fills `bot.calendars.store.Calendars`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def of(self, member: Id) -> Calendar:
        found = self._work.find(_of, member)
        return Calendar(member, found[0].address is not None, found[0].shows_titles) if found else Calendar(member)

    def show_titles(self, member: Id, yes: bool) -> None:
        self._keep(member, yes, self._hash(member))

    def new_address(self, member: Id, chance: int) -> str:
        secret = self._work.house.mark(f"calendar:{member}:{chance}")[:_ADDRESS_BYTES]
        address = base64.urlsafe_b64encode(secret).rstrip(b"=").decode()
        self._keep(member, self.of(member).shows_titles, self._mark(address))
        return address

    def end_address(self, member: Id) -> None:
        self._keep(member, self.of(member).shows_titles, None)

    def by_address(self, address: str) -> Id | None:
        found = self._work.rows(_by_address, {"address": self._mark(address)})
        return next((Id(row.member) for row in found), None)

    def _hash(self, member: Id) -> bytes | None:
        return next((row.address for row in self._work.find(_of, member)), None)

    def _keep(self, member: Id, shows_titles: bool, address: bytes | None) -> None:
        self._work.keep(calendars, {"member": member, "shows_titles": shows_titles, "address": address})

    def _mark(self, address: str) -> bytes:
        return self._work.house.mark(f"address:{address}")
