"""The outbox, for the courier: what to carry, what became of it, and when to look again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, func, select, type_coerce, update

from bot.chat.address import Circle
from bot.core.astray import GivenUp, WentAstray
from bot.core.outbox import ENDED, Claim, Kind, Settlement, State
from bot.core.work import Storage, Unit
from storage.buffer import Found, Lookup, the
from storage.claims import claim, end_removal, next_look
from storage.columns import Instant
from storage.letters import letters, open_body
from storage.parcels import conversations
from storage.removals import LEASE
from storage.seal import Unsealable
from storage.work import SqlWork, sql

_by_id = Lookup(letters.c.id)
_at = bindparam("at", type_=Instant)
_is_attempted = letters.c.state == State.ATTEMPTING.value
_attempted = select(letters.c.id).where(letters.c.ended_at.is_(None), _is_attempted)
_LEASE = LEASE // timedelta(microseconds=1)
_doubt = (
    update(letters)
    .where(letters.c.ended_at.is_(None), _is_attempted)
    .values(
        state=State.UNKNOWN.value,
        tries=letters.c.tries + 1,
        next_at=_at,
        unclear_since=func.coalesce(letters.c.unclear_since, type_coerce(letters.c.next_at, BigInteger) - _LEASE),
    )
)
_change = update(letters).where(letters.c.id == the(letters.c.id))
_end = update(letters).where(letters.c.id == the(letters.c.id))
"""Of its own, so that those that end travel together."""
_in_batch = (letters.c.batch != "", letters.c.batch == bindparam("batch"))
_by_state = select(letters.c.state, func.count()).where(*_in_batch).group_by(letters.c.state)
forget = delete(letters).where(letters.c.ended_at < _at)
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class SqlOutbox:
    """Fills `bot.core.outbox.Outbox`: each call is one unit of work."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def recover(self, at: datetime) -> int:
        return await self._storage.write(Unit("outbox:recover", at, lambda work: _recover(sql(work), at)))

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        unit = Unit("outbox:claim", at, lambda work: claim(sql(work), at, most))
        while (claims := await self._storage.write(unit)) is None:
            pass
        return claims

    async def settle(self, at: datetime, settlements: Sequence[Settlement]) -> None:
        await self._storage.write(Unit("outbox:settle", at, lambda work: _settle_all(sql(work), settlements, at)))

    async def tally(self, batch: str) -> tuple[int, int, int]:
        """How many letters of a batch were sent, still wait, and could not be sent."""
        return await self._storage.read(_ANY_TIME, lambda work: _tally(sql(work), batch))

    async def next_due(self) -> datetime | None:
        return await self._storage.read(_ANY_TIME, lambda work: _next_due(sql(work)))


def _recover(work: SqlWork, at: datetime) -> int:
    lost = len(work.rows(_attempted))
    work.put(_doubt, {"at": at})
    return lost


def _next_due(work: SqlWork) -> datetime | None:
    return next((row.next_at for row in work.rows(next_look)), None)


def _tally(work: SqlWork, batch: str) -> tuple[int, int, int]:
    by_state = {row.state: row[1] for row in work.rows(_by_state, {"batch": batch})}
    waiting = sum(count for state, count in by_state.items() if State(state) not in ENDED)
    return by_state.get(State.SENT, 0), waiting, by_state.get(State.DEAD, 0)


def _settle_all(work: SqlWork, settlements: Sequence[Settlement], at: datetime) -> None:
    found = work.fetch(_by_id, [settlement.letter for settlement in settlements])
    for settlement in settlements:
        for row in found[settlement.letter]:
            if row.state == State.ATTEMPTING and row.fence == settlement.fence:
                _settle_one(work, row, settlement, at)


def _settle_one(work: SqlWork, row: Found, said: Settlement, at: datetime) -> None:
    state = said.state
    if row.body is None and state not in ENDED:
        state = State.CANCELLED  # taken back while it was in the air
    if row.kind == Kind.REMOVAL and state in ENDED:
        end_removal(work, row.id, state, said.says, at)
        return
    change = {"the_id": row.id, **_standing(row, said, state, at), **_ending(row, said, state, at)}
    if state in ENDED:
        work.put(_end, {**change, "body": None})
        if state is State.DEAD and row.body is not None:
            work.tell(GivenUp(row.key))
            _tell_astray(work, row)
    else:
        work.put(_change, change)
    if said.receipt is not None and row.goes_to is not None:
        work.keep(conversations, {"place": row.goes_to, "conversation": said.receipt.conversation})


def _tell_astray(work: SqlWork, row: Found) -> None:
    """Let the rooms know of a circle's letter that was given up: each of them can still be written to alone."""
    try:
        to = open_body(work.house, row.key, row.body).to
    except Unsealable:
        return
    if isinstance(to, Circle):
        work.tell(WentAstray(row.key, to, Kind(row.kind)))


def _standing(row: Found, said: Settlement, state: State, at: datetime) -> dict[str, Any]:
    """RETRY and UNKNOWN count a try, if one was made; a READY letter was only put back. What is pointless after `until`
    is looked at then, so that it is recorded as too late."""
    next_at, unclear_since = said.again_at or at, None
    if state is State.UNKNOWN:
        unclear_since = row.unclear_since or row.next_at - LEASE
    if row.until is not None and (state is not State.UNKNOWN or row.kind == Kind.RELAYED):
        next_at = min(next_at, row.until)
    tries = row.tries + (said.counts and state in {State.RETRY, State.UNKNOWN})
    return {"state": state.value, "next_at": next_at, "tries": tries, "unclear_since": unclear_since}


def _ending(row: Found, said: Settlement, state: State, at: datetime) -> dict[str, Any]:
    return {
        "ended_at": at if state in ENDED else None,
        "says": said.says,
        "possible_duplicate": row.possible_duplicate or said.possible_duplicate,
        "message": said.receipt.message if said.receipt else None,
    }
