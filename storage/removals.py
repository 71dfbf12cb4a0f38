"""Orders to take away what was said: what becomes of them when somebody is forgotten.

They go to an account, not to a member, so that nothing cancels them; sealed, they are then all that is left.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import bindparam, delete, select, update

from bot.chat.address import Account, Guest
from bot.core.outbox import Kind, Letter, State
from storage.buffer import Found, Row, the
from storage.house import House
from storage.letters import WAITS, close_body, lane_of, letters, open_body
from storage.seal import Unsealable
from storage.transaction import Transaction

LEASE = timedelta(minutes=2)
"""How long whoever took a letter in hand may keep it; then the letter counts as unclear."""

_to_guest = letters.c.lane == bindparam("lane")
_is_removal = letters.c.kind == Kind.REMOVAL.value
_orders = select(letters).where(_to_guest, _is_removal, WAITS)
_said = select(letters.c.key, letters.c.message, letters.c.state).where(_to_guest, ~_is_removal)
_hurry = update(letters).where(letters.c.id == the(letters.c.id))
_forget = delete(letters).where(_to_guest, ~_is_removal)
_IN_THE_AIR = frozenset({State.ATTEMPTING, State.UNKNOWN})


def first_look(letter: Letter, due_at: datetime) -> datetime:
    """When to look at a letter that is due then: what takes everything away waits until nothing is in the air."""
    return due_at + LEASE if letter.kind is Kind.REMOVAL and not letter.instead_of else due_at


def forget_letters_to(transaction: Transaction, house: House, account: Account, at: datetime) -> None:
    """No letter to the account is left; but what was to be taken away there later is taken away now."""
    lane = {"lane": lane_of(Guest(account), house)}
    said = {row.key: row for row in transaction.ask(_said, lane)}
    hurried = [_hurried(row, said, house, at) for row in transaction.ask(_orders, lane)]
    transaction.tell(_hurry, [one for one in hurried if one])
    transaction.tell(_forget, [lane])


def _hurried(row: Found, said: dict[str, Found], house: House, at: datetime) -> Row:
    """The order, due now, with the platform's name of what it takes away, since the row that says it goes. While that
    is in the air the order waits for it to come down, and then finds it by its mark."""
    try:
        body = open_body(house, row.key, row.body or b"")
    except Unsealable:
        return {}
    if not body.instead_of:
        return {}
    letter = said.get(body.instead_of)
    body = msgspec.structs.replace(body, message=(letter.message if letter else "") or body.message)
    next_at = at + LEASE if letter and letter.state in _IN_THE_AIR else at
    due_at, sealed = min(row.due_at, at), close_body(house, row.key, body)
    return {"the_id": row.id, "due_at": due_at, "next_at": next_at, "body": sealed}
