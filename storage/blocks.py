"""Whom somebody would rather not meet: by a press, or in words as they typed them, sealed; and whom those mean."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, bindparam, delete, select, update

from bot.blocks.model import Known, Said
from bot.chat.address import Account
from bot.chat.ids import Id
from storage.buffer import Found, Lookup, the
from storage.columns import Erased, Instant, Part, hidden, metadata, person, sealed, sealed_for
from storage.members import account_mark
from storage.people import accounts_of, by_id, identities, members
from storage.seal import Unsealable
from storage.work import SqlWork

blocks = Table(
    "blocks",
    metadata,
    person("by", Part.AUTHOR, primary_key=True),
    person("whom", Part.OTHER, Erased.BEFORE, primary_key=True, index=True),
    Column("at", Instant, nullable=False),
)
blocked_accounts = Table(
    "blocked_accounts",
    metadata,
    person("by", Part.AUTHOR, primary_key=True),
    hidden(Column("account", LargeBinary, primary_key=True)),
)
"""Blocks against somebody who was forgotten since: they hold when the same account comes back (THREATS, 11)."""
block_words = Table(
    "block_words",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    person("by", Part.AUTHOR, index=True),
    sealed(Column("said", LargeBinary, nullable=False)),
    Column("at", Instant, nullable=False),
)
"""Whom somebody does not want to meet, as they typed it: present and future names are held against it."""


def _words() -> Column[int]:
    """Which words a row belongs to: it goes with them."""
    whole = ForeignKey("block_words.id", ondelete="CASCADE")
    return Column("words", BigInteger, whole, primary_key=True, autoincrement=False)


block_matches = Table(
    "block_matches",
    metadata,
    _words(),
    person("whom", Part.OTHER, Erased.BEFORE, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Whom those words mean, or have meant: it holds when they are called otherwise."""
block_marks = Table(
    "block_marks",
    metadata,
    _words(),
    hidden(Column("account", LargeBinary, primary_key=True)),
    sqlite_with_rowid=False,
)
"""The same of somebody who was forgotten since."""

# Who blocked whom: by a press, and in words.
CHOSEN = select(blocks.c.by, blocks.c.whom)
MEANT = select(block_words.c.by, block_matches.c.whom).where(block_matches.c.words == block_words.c.id)
_gone = select(blocked_accounts.c.by, blocked_accounts.c.account)
_meant_gone = select(block_words.c.by, block_marks.c.account).where(block_marks.c.words == block_words.c.id)
_identities = select(identities.c.account, identities.c.member)
_all_said = select(block_words).order_by(block_words.c.at, block_words.c.id)
_said_by = _all_said.where(block_words.c.by == bindparam("whose"))
_people = select(members.c.id, members.c.name)
_accounts = select(identities.c.member, identities.c.platform, identities.c.workspace, identities.c.user)
_chosen_by = (
    select(members.c.id, members.c.name)
    .where(blocks.c.by == bindparam("whose"), members.c.id == blocks.c.whom)
    .order_by(members.c.sought, members.c.id)
)
_take_back = delete(block_words).where(block_words.c.id == the(block_words.c.id))
_lift = delete(blocks).where(blocks.c.by == the(blocks.c.by), blocks.c.whom == the(blocks.c.whom))
_lift_gone = delete(blocked_accounts).where(blocked_accounts.c.by == the(blocked_accounts.c.by))
_reseal = update(block_words).where(block_words.c.id == the(block_words.c.id))
_gone_of = Lookup(blocked_accounts.c.by)
_against = select(blocks.c.by).where(blocks.c.whom == bindparam("whom"))
_meaning = select(block_matches.c.words).where(block_matches.c.whom == bindparam("whom"))
_lift_all = delete(blocks).where(blocks.c.whom == the(blocks.c.whom))
_mean_nobody = delete(block_matches).where(block_matches.c.whom == the(block_matches.c.whom))


class SqlBlocks:
    """Fills `bot.blocks.store.Blocks`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def keep(self, said: Said) -> None:
        row = {"id": said.id, "by": said.by, "said": self._close(said.id, said.words.encode()), "at": said.at}
        self._work.keep(block_words, row)

    def said_by(self, member: Id) -> Sequence[Said]:
        return self._opened(self._work.rows(_said_by, {"whose": member}))

    def all_said(self) -> Sequence[Said]:
        return self._opened(self._work.rows(_all_said))

    def match(self, said: Id, whom: Id) -> None:
        self._work.add(block_matches, {"words": said, "whom": whom})

    def take_back(self, said: Id) -> None:
        self._work.put(_take_back, {"the_id": said})
        self._work.leave_no_trace()

    def everybody(self) -> Sequence[Known]:
        accounts: dict[int, list[Account]] = defaultdict(list)
        for member, *account in self._work.rows(_accounts):
            accounts[member].append(Account(*account))
        return [Known(Id(row.id), row.name, tuple(accounts[row.id])) for row in self._work.rows(_people)]

    def known(self, member: Id) -> Known | None:
        found = self._work.find(accounts_of, member)
        accounts = tuple(Account(row.platform, row.workspace, row.user) for row in found)
        return next((Known(Id(row.id), row.name, accounts) for row in self._work.find(by_id, member)), None)

    def chosen(self, by: Id) -> Sequence[Known]:
        return [Known(Id(row.id), row.name, ()) for row in self._work.rows(_chosen_by, {"whose": by})]

    def chose_somebody_gone(self, by: Id) -> bool:
        return bool(self._work.find(_gone_of, by))

    def lift(self, by: Id, whom: Id) -> None:
        self._work.put(_lift, {"the_by": by, "the_whom": whom})

    def lift_gone(self, by: Id) -> None:
        self._work.put(_lift_gone, {"the_by": by})

    def seal_anew(self) -> None:
        seal = self._work.house.secrets.seal
        for row in self._work.rows(_all_said):
            if not seal.is_present(row.said):
                for one in self._opened((row,)):
                    self._work.put(_reseal, {"the_id": row.id, "said": self._close(row.id, one.words.encode())})

    def _close(self, id: int, words: bytes) -> bytes:
        return self._work.house.secrets.seal.close(words, sealed_for(block_words, id))

    def _opened(self, rows: Sequence[Found]) -> list[Said]:
        """Those of them that can be read: of one whose key is gone, whom it has meant so far still holds."""
        opened = []
        for row in rows:
            try:
                words = self._work.house.secrets.seal.open(row.said, sealed_for(block_words, row.id))
            except Unsealable:
                continue
            opened.append(Said(Id(row.id), Id(row.by), words.decode(), row.at))
        return opened


def forbidden(work: SqlWork) -> frozenset[frozenset[Id]]:
    """Every two people who must not meet, whoever of them said so and how."""
    pairs = {frozenset((Id(by), Id(whom))) for asked in (CHOSEN, MEANT) for by, whom in work.rows(asked)}
    return frozenset(pairs | _back_again(work))


def outlive(work: SqlWork, whom: Id, accounts: Sequence[Account]) -> None:
    """Blocks against somebody who is being forgotten, kept against the marks of their accounts."""
    marks = [account_mark(work, account) for account in accounts]
    for mark in marks:
        for row in work.rows(_against, {"whom": whom}):
            work.add(blocked_accounts, {"by": row.by, "account": mark})
        for row in work.rows(_meaning, {"whom": whom}):
            work.add(block_marks, {"words": row.words, "account": mark})
    work.put(_lift_all, {"the_whom": whom})
    work.put(_mean_nobody, {"the_whom": whom})


def _back_again(work: SqlWork) -> set[frozenset[Id]]:
    """Blocks against accounts that were forgotten, and belong to a member again."""
    blocked: dict[bytes, list[Id]] = defaultdict(list)
    for asked in (_gone, _meant_gone):
        for by, account in work.rows(asked):
            blocked[account].append(by)
    if not blocked:
        return set()
    back: list[Any] = [(work.house.mark(f"account:{row.account}"), row.member) for row in work.rows(_identities)]
    return {frozenset((by, member)) for mark, member in back for by in blocked.get(mark, ())}
