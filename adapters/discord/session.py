"""The session at Discord's gateway. It outlives a line, and a program that hands its memory over: whoever resumes it is
told what happened meanwhile. It lies in no file: how far we have heard counts presses, too, and whoever had two copies
would know how many answers to a pulse came in between.

After a close by any code but 1000 and 1001 it "will remain active and timeout after a few minutes" (docs.discord.com,
developers/events/gateway, "Initiating a Disconnect"). How many minutes is not said; for a session that is over Discord
has a word of its own, upon which a new one is begun.
"""

from datetime import datetime, timedelta

import msgspec

from bot.core.notes import Notes

A_FEW_MINUTES = timedelta(minutes=5)
"""Discord is not asked for a session that nobody has listened to for longer: it would only cost a second call."""
KEPT = 4000
"""A close code that leaves the session as it is."""
OVER = frozenset({4007, 4009})
"""Close codes after which Discord wants a new one: it told less than we say we heard, and it timed out."""
_NOTE = "session"


class Session(msgspec.Struct, frozen=True):
    """How far we have heard in it: `sequence` is the last dispatch, `at` the moment. `address` is where Discord wants
    to be called for it. `asked` is what it was begun for: for anything else another has to be begun."""

    id: str
    sequence: int
    address: str
    asked: str
    at: datetime

    def is_worth_asking_for(self, asked: str, now: datetime) -> bool:
        """Whether Discord may still have it, and it tells what is asked for now."""
        return self.asked == asked and abs(now - self.at) <= A_FEW_MINUTES


async def write_down(session: Session, notes: Notes) -> None:
    """For the next process, if there is one that takes the memory over."""
    await notes.write(_NOTE, msgspec.msgpack.encode(session))


async def read_again(notes: Notes) -> Session | None:
    """The one that was written down last."""
    note = await notes.read(_NOTE)
    try:
        return msgspec.msgpack.decode(note, type=Session) if note else None
    except msgspec.DecodeError:
        return None  # another version wrote it
