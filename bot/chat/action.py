"""What a button, a select or a form means: typed, versioned, at most 95 bytes, readable for years.

An action says *what*, never who or with what right: the actor comes from the platform's authentication alone.
On the wire it is `name~version~field~field…`; an identifier is its 13 characters.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self, get_type_hints

import msgspec

from bot.chat import ids
from bot.chat.ids import Id
from bot.chat.limits import ACTION_BYTES, at_most

_GAP = "~"


class Unreadable(Exception):
    """The wire form is not an action we know: forged, cut short, or older than we can read."""


class Action(msgspec.Struct, frozen=True):
    """Something a person can choose. A subclass adds fields of type Id, int, str, date or a StrEnum.

    Give each subclass a `wire` name and, when its fields change meaning, a new `version`.
    """

    wire: ClassVar[str]
    version: ClassVar[int] = 1

    def pack(self) -> str:
        """The wire form. Raises TooLarge above 95 bytes and ValueError when a field holds the separator."""
        fields = [field.write(getattr(self, field.name)) for field in _fields(type(self))]
        packed = _GAP.join([self.wire, str(self.version), *fields])
        if packed.count(_GAP) > 1 + len(fields):
            raise ValueError("an action's field may not hold '~'")
        at_most(ACTION_BYTES, len(packed.encode()), f"the action {self.wire}")
        return packed

    @classmethod
    def unpack(cls, fields: list[str]) -> Self:
        """The action whose packed fields these are. Raises Unreadable when they do not fit."""
        known = _fields(cls)
        if len(fields) != len(known):
            raise Unreadable("wrong number of fields")
        try:
            values = [field.read(text) for field, text in zip(known, fields, strict=True)]
        except ValueError:
            raise Unreadable("a field that cannot be read") from None
        return cls(*values)


class Actions:
    """All actions that exist, by name and version. Raises ValueError when two share both."""

    def __init__(self, kinds: Iterable[type[Action]]) -> None:
        self._kinds: dict[tuple[str, str], type[Action]] = {}
        for kind in kinds:
            if self._kinds.setdefault((kind.wire, str(kind.version)), kind) is not kind:
                raise ValueError(f"two actions are called {kind.wire}")

    def read(self, packed: str) -> Action:
        """The action behind a wire form. Raises Unreadable."""
        name, _, rest = packed.partition(_GAP)
        version, *fields = rest.split(_GAP)
        kind = self._kinds.get((name, version))
        if kind is None:
            raise Unreadable("no such action")
        return kind.unpack(fields)


@dataclass(frozen=True)
class _Field:
    """One field of an action, and how it stands on the wire."""

    name: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]


@cache
def _fields(kind: type[Action]) -> tuple[_Field, ...]:
    """The fields, in order; worked out once, since reading hints is slow."""
    hints = get_type_hints(kind)
    return tuple(_Field(name, _writer(hints[name]), _reader(hints[name])) for name in kind.__struct_fields__)


def _writer(kind: Any) -> Callable[[Any], str]:
    if kind is Id:
        return ids.show
    return date.isoformat if kind is date else str


def _reader(kind: Any) -> Callable[[str], Any]:
    if kind is Id:
        return ids.read
    if kind is date:
        return date.fromisoformat
    if kind in (int, str) or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        reader: Callable[[str], Any] = kind
        return reader
    raise TypeError(f"an action cannot carry a {kind!r}")
