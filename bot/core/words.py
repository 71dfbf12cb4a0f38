"""Sentences, apart from code: each room keeps a Fluent file, `words.ftl`; a second language is a second file.

In a pattern `**…**` is strong, a single line break is a space, an empty line a new line. What is put in (`{ $name }`)
can be a string, a number or a span; a string is what somebody wrote, and never becomes markup.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import TypeAlias

from fluent.runtime import FluentBundle, FluentResource

from bot.chat.text import Link, Mention, Moment, Plain, Span, Strong, Text, as_words, clean

Arg: TypeAlias = str | int | Span | Text
LANGUAGE = "en-GB"

_MARK = re.compile("\ue000(\\d+)\ue001")
_STRONG = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class NoSuchWords(LookupError):
    """A sentence is missing or wrong in a words file: a fault of ours that a house test finds."""


class Words:
    """The sentences of one room."""

    def __init__(self, package: str) -> None:
        self.package = package

    def text(self, key: str, /, **args: Arg) -> Text:
        """The sentence as spans. Raises NoSuchWords."""
        if not args:
            return _fixed(self.package, key)
        numbers = {name: arg for name, arg in args.items() if isinstance(arg, int)}
        spans = [(name, _as_text(arg)) for name, arg in args.items() if not isinstance(arg, int)]
        marks = {name: f"\ue000{place}\ue001" for place, (name, _) in enumerate(spans)}
        pattern = _format(self.package, key, {**numbers, **marks})
        return tuple(_spans(pattern, [text for _, text in spans]))

    def line(self, key: str, /, **args: Arg) -> str:
        """The sentence in words alone, for labels and titles. Raises NoSuchWords."""
        return "".join(as_words(span) for span in self.text(key, **args))

    def has(self, key: str) -> bool:
        """Whether the room has this sentence."""
        return _bundle(self.package).has_message(key)


@lru_cache(maxsize=4096)
def _fixed(package: str, key: str) -> Text:
    return tuple(_spans(_format(package, key, {}), []))


@cache
def _bundle(package: str) -> FluentBundle:
    source = resources.files(package).joinpath("words.ftl").read_text("utf-8")
    bundle = FluentBundle([LANGUAGE], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return bundle


def _format(package: str, key: str, args: dict[str, int | str]) -> str:
    bundle = _bundle(package)
    if not bundle.has_message(key):
        raise NoSuchWords(f"{package}/words.ftl has no {key}")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise NoSuchWords(f"{package}/words.ftl says nothing under {key}")
    said, errors = bundle.format_pattern(pattern, args)
    if errors:
        raise NoSuchWords(f"{package}/words.ftl: {key}: {errors[0]}")
    return _BREAK.sub(lambda gap: "\n" if gap.group().count("\n") > 1 else " ", re.sub(r"\n\s*\n", "\n\n", str(said)))


def _as_text(arg: str | Span | Text) -> Text:
    if isinstance(arg, str):
        return (Plain(clean(arg)),)
    return arg if isinstance(arg, tuple) else (arg,)


def _spans(pattern: str, given: list[Text]) -> Iterator[Span]:
    for place, piece in enumerate(_STRONG.split(pattern)):
        for span in _filled(piece, given):
            yield _stronger(span) if place % 2 else span


def _filled(piece: str, given: list[Text]) -> Iterator[Span]:
    for place, part in enumerate(_MARK.split(piece)):
        if place % 2:
            yield from given[int(part)]
        elif part:
            yield Plain(part)


def _stronger(span: Span) -> Span:
    match span:
        case Plain(words):
            return Strong(words)
        case Strong() | Link() | Mention() | Moment():
            return span
