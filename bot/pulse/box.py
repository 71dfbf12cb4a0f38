"""The box: answers, and the fact of having answered, in the memory of this process and nowhere else.

Nothing in here is ever written to a file, a table or a log, nor shown: at the close a poll's answers are added up once,
and forgotten. So it has no `repr` of what it holds, and raises nothing that could carry an answer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

import msgspec

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.pulse.model import Poll

Choices = tuple[str, ...]
"""The value chosen for each question of a poll, in order; "" where somebody would rather not say."""


@dataclass(repr=False)
class Slot:
    """One poll: whom it asks, by each of their accounts, and what they have said, the last answer of each."""

    poll: Poll
    asked: Mapping[Account, Id]
    answers: dict[Id, Choices] = field(default_factory=dict)


class Spoiled(ValueError):
    """What was handed over is not all there."""


class Packed(msgspec.Struct, frozen=True):
    """One poll on its way from one process to the next."""

    poll: Poll
    asked: tuple[tuple[Account, Id], ...]
    answers: tuple[tuple[Id, Choices], ...]


class Box:
    """What is open just now. One for each network, made by the front door and handed in by value."""

    def __init__(self) -> None:
        self._slots: dict[Id, Slot] = {}

    def open(self, poll: Poll, asked: Mapping[Account, Id]) -> None:
        """Take answers to this poll from these accounts. Answers that are in already stay."""
        known = self._slots.get(poll.id)
        self._slots[poll.id] = Slot(poll, dict(asked), known.answers if known else {})

    def holds(self, poll: Id) -> bool:
        """Whether answers to it are taken here: not after the memory they were in was lost."""
        return poll in self._slots

    def asks(self, account: Account | None, at: datetime, poll: Id | None = None) -> Poll | None:
        """What this account can answer now, that poll or any; None where it was not asked, or is too late."""
        return next((one for one in self.open_to(account, at) if poll in (None, one.id)), None)

    def open_to(self, account: Account | None, at: datetime) -> Sequence[Poll]:
        """All that this account can answer now."""
        polls = [one.poll for one in self._slots.values() if account in one.asked]
        return [one for one in polls if one.closes_at is not None and at < one.closes_at]

    def put(self, poll: Id, account: Account, choices: Choices) -> None:
        """Take an answer from somebody who `asks` said may give it, over the one before; nothing said takes it back."""
        slot = self._slots[poll]
        slot.answers[slot.asked[account]] = choices

    def answers(self, poll: Id) -> Mapping[Id, Choices]:
        """What is in, by member, for the close alone."""
        return dict(self._slots[poll].answers) if poll in self._slots else {}

    def close(self, poll: Id) -> None:
        """Forget all of it."""
        self._slots.pop(poll, None)

    def keep_only(self, polls: Collection[Id]) -> None:
        """Forget all of every other."""
        self._slots = {poll: slot for poll, slot in self._slots.items() if poll in polls}

    def pack(self) -> bytes:
        """All of it, for the next process alone: by a private socket, never by a file."""
        slots = self._slots.values()
        packed = [Packed(one.poll, tuple(one.asked.items()), tuple(one.answers.items())) for one in slots]
        return msgspec.msgpack.encode(packed)

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """The box that was packed. Raises Spoiled, which says nothing of what was in it."""
        box = cls()
        try:
            found = msgspec.msgpack.decode(packed, type=list[Packed])
        except msgspec.MsgspecError:
            raise Spoiled from None
        for one in found:
            box._slots[one.poll.id] = Slot(one.poll, dict(one.asked), dict(one.answers))
        return box

    def leave(self, member: Id) -> None:
        """Somebody is gone: what they said goes with them."""
        for slot in self._slots.values():
            slot.answers.pop(member, None)
            slot.asked = {account: whose for account, whose in slot.asked.items() if whose != member}
