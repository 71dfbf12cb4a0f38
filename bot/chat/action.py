"""What a button, a select or a form means: typed, versioned, at most 100 bytes, readable for years.

An action says *what*, never who or with what right: the actor comes from the platform's authentication alone.
On the wire it is `name~version~field~field…`; an identifier is its 13 characters.
"""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
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
        """The wire form. Raises TooLarge above 100 bytes and ValueError when a field holds the separator."""
        fields = [_writer(kind)(getattr(self, name)) for name, kind in _fields(type(self))]
        if any(_GAP in field for field in fields):
            raise ValueError("an action's field may not hold '~'")
        packed = _GAP.join([self.wire, str(self.version), *fields])
        at_most(ACTION_BYTES, len(packed.encode()), f"the action {self.wire}")
        return packed

    @classmethod
    def unpack(cls, fields: list[str]) -> Self:
        """The action whose packed fields these are. Raises Unreadable when they do not fit."""
        kinds = _fields(cls)
        if len(fields) != len(kinds):
            raise Unreadable("wrong number of fields")
        try:
            values = {name: _reader(kind)(field) for (name, kind), field in zip(kinds, fields, strict=True)}
        except ValueError:
            raise Unreadable("a field that cannot be read") from None
        return cls(**values)


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


_known_fields: dict[type[Action], list[tuple[str, Any]]] = {}


def _fields(kind: type[Action]) -> list[tuple[str, Any]]:
    """Names and types of the fields, in order; worked out once, since reading hints is slow."""
    if kind not in _known_fields:
        hints = get_type_hints(kind)
        _known_fields[kind] = [(name, hints[name]) for name in kind.__struct_fields__]
    return _known_fields[kind]


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
