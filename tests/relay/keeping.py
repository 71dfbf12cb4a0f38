"""What the relay keeps, as dictionaries."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.ids import Id
from bot.relay.model import Side


class MemoryRelay:
    def __init__(self, sides: dict[tuple[Id, Id, Id], Side]) -> None:
        self._sides = sides

    def side(self, group: Id, member: Id, other: Id) -> Side | None:
        return self._sides.get((group, member, other))

    def of(self, group: Id) -> Sequence[Side]:
        return [one for one in self._sides.values() if one.group == group]

    def about(self, member: Id) -> Sequence[Side]:
        return [one for one in self._sides.values() if member in (one.member, one.other)]

    def keep(self, side: Side) -> None:
        self._sides[side.group, side.member, side.other] = side

    def forget_ended(self, at: datetime) -> None:
        for key in [key for key, one in self._sides.items() if one.ends_at <= at]:
            del self._sides[key]
