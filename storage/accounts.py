"""Two accounts that are being connected: who asked, and how far it has come."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table, Text, bindparam, delete, update

from bot.accounts.model import Asked, State
from bot.chat.address import Account
from bot.chat.ids import Id
from storage.buffer import Found, Lookup, the
from storage.columns import Instant, Part, hidden, metadata, person
from storage.people import identities
from storage.work import SqlWork

connections = Table(
    "connections",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    hidden(Column("id", BigInteger, nullable=False)),
    hidden(Column("code", LargeBinary, nullable=False, unique=True)),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    hidden(Column("entered_by", Text)),
    Column("state", String(12), nullable=False),
)
"""`code`: its keyed hash. `entered_by` may turn out to be a stranger's: it is not the member's to be given."""

_of = Lookup(connections.c.member)
_by_code = Lookup(connections.c.code)
_forget = delete(connections).where(connections.c.at < bindparam("before", type_=Instant))
forget_entered = (
    update(connections).where(connections.c.entered_by == the(connections.c.entered_by)).values(entered_by=None)
)
"""Whose code it was stays with them; who entered it, and is forgotten now, does not."""
_part = delete(identities).where(identities.c.account == the(identities.c.account))


class SqlAccounts:
    """Fills `bot.accounts.store.Accounts`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def secret(self, chance: int) -> Id:
        return Id(self._work.house.lane(f"connecting:{chance}"))

    def ask(self, asked: Asked, code: str) -> None:
        self._keep(asked, self._mark(code))

    def by_code(self, code: str) -> Asked | None:
        return next(map(_asked, self._work.find(_by_code, self._mark(code))), None)

    def of(self, member: Id) -> Asked | None:
        return next(map(_asked, self._work.find(_of, member)), None)

    def keep(self, asked: Asked) -> None:
        for row in self._work.find(_of, asked.member):
            self._keep(asked, row.code)

    def forget_before(self, at: datetime) -> None:
        self._work.put(_forget, {"before": at})

    def part(self, account: Account) -> None:
        self._work.put(_part, {"the_account": account.show()})

    def _mark(self, code: str) -> bytes:
        return self._work.house.mark(f"connection:{code}")

    def _keep(self, asked: Asked, code: bytes) -> None:
        entered_by = asked.entered_by.show() if asked.entered_by else None
        said = {"by": asked.by.show(), "at": asked.at, "entered_by": entered_by, "state": asked.state.value}
        self._work.keep(connections, {"member": asked.member, "id": asked.id, "code": code, **said})


def _asked(row: Found) -> Asked:
    entered_by = _account(row.entered_by) if row.entered_by else None
    return Asked(Id(row.id), Id(row.member), _account(row.by), row.at, entered_by, State(row.state))


def _account(shown: str) -> Account:
    return Account(*shown.split(":", 2))
