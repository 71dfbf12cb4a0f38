"""Sentences, apart from code: each room keeps a Fluent file, `words.ftl`, and long lists in others beside it; a second
language is a second set of them, `words.fr.ftl` with its tag in the name.

In a pattern `**…**` is strong, a single line break is a space, an empty line a new line. What is put in (`{ $name }`)
can be a string, a number or a span; a string is what somebody wrote, and never becomes markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeAlias, cast

from fluent.runtime import FluentBundle, FluentResource

from bot.chat.text import Link, Mention, Moment, Plain, Span, Strong, Text, as_words, clean

Arg: TypeAlias = str | int | Span | Text
LANGUAGE = "en-GB"
"""Of the files that name none, and of everything that is said."""

_MARK = re.compile("\ue000(\\d+)\ue001")
_STRONG = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class NoSuchWords(LookupError):
    """A sentence is missing or wrong in a words file: a fault of ours that a house test finds."""


class Words:
    """The sentences of one room, in one language."""

    def __init__(self, package: str, language: str = LANGUAGE) -> None:
        self.package, self.language = package, language

    def text(self, key: str, /, **args: Arg) -> Text:
        """The sentence as spans. Raises NoSuchWords."""
        if not args:
            return cast(Text, _pieces(self.package, self.language, key, (), ()))
        given = {name: _as_text(arg) for name, arg in args.items() if not isinstance(arg, int)}
        numbers = tuple((name, arg) for name, arg in args.items() if isinstance(arg, int))
        pieces = _pieces(self.package, self.language, key, tuple(given), numbers)
        return tuple(_filled(pieces, given))

    def line(self, key: str, /, **args: Arg) -> str:
        """The sentence in words alone, for labels and titles. Raises NoSuchWords."""
        return "".join([as_words(span) for span in self.text(key, **args)])

    def has(self, key: str) -> bool:
        """Whether the room has this sentence."""
        return _bundle(self.package, self.language).has_message(key)

    def further_languages(self) -> list[str]:
        """The tags of the languages, besides the first, in which this room has words."""
        return sorted({_language(file.name) for file in _files(self.package)} - {LANGUAGE})


@dataclass(frozen=True)
class _Gap:
    """Where something is put in."""

    name: str
    strong: bool


@lru_cache(maxsize=4096)
def _pieces(
    package: str, language: str, key: str, names: tuple[str, ...], numbers: tuple[tuple[str, int], ...]
) -> tuple[Span | _Gap, ...]:
    """The sentence with gaps: read once, however many people it is said to. Numbers choose between plurals."""
    marks = {name: f"\ue000{place}\ue001" for place, name in enumerate(names)}
    pattern = _format(package, language, key, {**marks, **dict(numbers)})
    return tuple(
        piece for place, part in enumerate(_STRONG.split(pattern)) for piece in _cut(part, names, strong=place % 2 == 1)
    )


def _cut(pattern: str, names: tuple[str, ...], strong: bool) -> Iterator[Span | _Gap]:
    for place, part in enumerate(_MARK.split(pattern)):
        if place % 2:
            yield _Gap(names[int(part)], strong)
        elif part:
            yield Strong(part) if strong else Plain(part)


@cache
def _bundle(package: str, language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in _files(package):
        if _language(file.name) == language:
            bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle


def _files(package: str) -> list[Traversable]:
    return [file for file in resources.files(package).iterdir() if file.name.endswith(".ftl")]


def _language(file: str) -> str:
    """`words.ftl` is in the first language, `words.fr.ftl` in French."""
    return file.removesuffix(".ftl").partition(".")[2] or LANGUAGE


def _format(package: str, language: str, key: str, args: dict[str, int | str]) -> str:
    bundle = _bundle(package, language)
    if not bundle.has_message(key):
        raise NoSuchWords(f"{package} has no words {key}")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise NoSuchWords(f"{package} says nothing under {key}")
    said, errors = bundle.format_pattern(pattern, args)
    if errors:
        raise NoSuchWords(f"{package}: {key}: {errors[0]}")
    return _BREAK.sub(lambda gap: "\n" if gap.group().count("\n") > 1 else " ", re.sub(r"\n\s*\n", "\n\n", str(said)))


def _as_text(arg: str | Span | Text) -> Text:
    if isinstance(arg, str):
        return (Plain(clean(arg)),)
    return arg if isinstance(arg, tuple) else (arg,)


def _filled(pieces: Iterable[Span | _Gap], given: Mapping[str, Text]) -> Iterator[Span]:
    for piece in pieces:
        if isinstance(piece, _Gap):
            yield from map(_stronger, given[piece.name]) if piece.strong else given[piece.name]
        else:
            yield piece


def _stronger(span: Span) -> Span:
    match span:
        case Plain(words):
            return Strong(words)
        case Strong() | Link() | Mention() | Moment():
            return span
