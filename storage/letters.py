"""Letters: their tables, and what of a letter is sealed."""

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    and_,
    bindparam,
    select,
)

from bot.chat.address import Address, Channel, Circle, Guest, Person
from bot.chat.ids import Id, show
from bot.chat.outbound import Meeting
from bot.chat.view import View
from bot.core.outbox import Kind, Letter, State
from storage.columns import Instant, Part, hidden, index_of_some, metadata, person
from storage.house import House
from storage.seal import Unsealable

letters = Table(
    "letters",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    # By bytes on both engines, so that "begins with" is a range.
    Column("key", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False, unique=True),
    hidden(Column("lane", BigInteger, nullable=False)),
    Column("kind", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    hidden(Column("rank", SmallInteger, nullable=False)),
    hidden(Column("turn", Integer, nullable=False)),
    hidden(Column("place", BigInteger, nullable=False)),
    Column("due_at", Instant, nullable=False),
    hidden(Column("next_at", Instant, nullable=False)),
    Column("until", Instant),
    hidden(Column("fence", Integer, nullable=False)),
    hidden(Column("tries", Integer, nullable=False)),
    Column("unclear_since", Instant),
    Column("ended_at", Instant),
    Column("says", Text, nullable=False),
    Column("possible_duplicate", Boolean, nullable=False),
    hidden(Column("goes_to", LargeBinary)),
    Column("message", Text),
    Column("batch", String(80), nullable=False),
    hidden(Column("body", LargeBinary)),
)
"""`lane`: the recipient's, keyed hash. `rank`: 0 where a person waits. `turn`: how many of the same unit came before.
`place`: order of posting. `due_at`: after quiet hours and budget. `next_at`: when to look at it again, for one that is
being attempted when its lease ends. `goes_to`: the conversation's keyed hash. `message`: the platform's name for it,
once sent. `batch`: the bulk work it is a part of. `body`: sealed, none once ended."""

WAITS = letters.c.ended_at.is_(None)
of_keys = and_(letters.c.key >= bindparam("first"), letters.c.key < bindparam("after"))
waiting = select(letters.c.id).where(WAITS, of_keys).limit(1)
said = (
    select(letters.c.id)
    .where(letters.c.state.in_([State.SENT.value, State.ATTEMPTING.value, State.UNKNOWN.value]), of_keys)
    .limit(1)
)

_ENDED = letters.c.ended_at.is_not(None)
_IN_A_BATCH = letters.c.batch != ""
index_of_some("ix_letters_lane", WAITS, letters.c.lane, letters.c.due_at, letters.c.place)
index_of_some("ix_letters_turn", WAITS, letters.c.rank, letters.c.turn, letters.c.due_at)
index_of_some("ix_letters_next", WAITS, letters.c.next_at)
index_of_some("ix_letters_batch", _IN_A_BATCH, letters.c.batch)
index_of_some("ix_letters_ended", _ENDED, letters.c.ended_at)

readers = Table(
    "letter_readers",
    metadata,
    Column("letter", BigInteger, ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
mentioned = Table(
    "letter_mentions",
    metadata,
    Column("letter", BigInteger, ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    person("member", Part.OTHER, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

TABLES = frozenset({letters, readers, mentioned})


class Body(msgspec.Struct, frozen=True):
    """What is sealed: all that a letter says, and of whom.

    `message` is the platform's name for the message of the letter `instead_of`, where that letter's row is gone.
    """

    to: Address
    view: View
    about: tuple[Id, ...]
    instead_of: str = ""
    message: str = ""
    pins: bool | None = None
    meeting: Meeting | None = None


def body_of(letter: Letter) -> Body:
    """What of a letter is sealed."""
    return Body(letter.to, letter.view, letter.about, letter.instead_of, pins=letter.pins, meeting=letter.meeting)


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Body).decode


def close_body(house: House, key: str, body: Body) -> bytes:
    """The body, sealed for the letter of that key."""
    return house.secrets.seal.close(_encode(body), key)


def open_body(house: House, key: str, sealed: bytes) -> Body:
    """What was sealed. Raises Unsealable, too, for what another version wrote and this one cannot read."""
    try:
        return _decode(house.secrets.seal.open(sealed, key))
    except msgspec.DecodeError:
        raise Unsealable from None


def recipients(to: Address) -> tuple[Id, ...]:
    """The members who will read what goes there. Asked several times of each letter, so without patterns, which cost
    five times as much."""
    if isinstance(to, Person):
        return (to.member,)
    return to.members if isinstance(to, Circle) else ()


def to_each(letter: Letter) -> list[Letter]:
    """The letter of a group, once for each of them: where they cannot be reached together, or at no common hour."""
    return [
        msgspec.structs.replace(letter, key=f"{letter.key}:{show(member)}", to=Person(member))
        for member in recipients(letter.to)
    ]


def after(prefix: str) -> str:
    """The end of the range in which all keys begin so."""
    return prefix + "\U0010ffff"


def lane_of_letter(letter: Letter, house: House) -> int:
    """Where a letter keeps order: in its recipient's lane. A member's own words have one of their own, or one letter
    that is stuck would keep them beyond their time; so have meetings, which need a right that posts do not."""
    if letter.kind is Kind.RELAYED:
        return house.lane(f"relayed:{letter.about}:{recipients(letter.to)}")
    if letter.meeting is not None and isinstance(letter.to, Channel):
        return house.lane(f"meetings:{_channel(letter.to, house)}")
    return lane_of(letter.to, house)


def lane_of(to: Address, house: House) -> int:
    """The recipient, for keeping order: each member, account, channel and circle is one."""
    if isinstance(to, Person):  # nearly all of them are, and patterns are slow
        return house.lane(f"person:{to.member}")
    match to:
        case Circle(id, _):
            return house.lane(f"circle:{id}")
        case Guest(account):
            return house.lane(f"guest:{account.show()}")
        case Channel():
            return house.lane(f"channel:{_channel(to, house)}")


def _channel(to: Channel, house: House) -> str:
    """One channel has one lane, whether it is called by its platform or not."""
    return to.name if to.platform in ("", house.home.platform) else f"{to.platform}:{to.name}"
