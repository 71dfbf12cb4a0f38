"""What is said, as spans: a platform draws each in its own way, and nothing a person wrote can become markup."""

import unicodedata
from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.chat.ids import Id
from bot.chat.limits import TEXT, at_most


class Plain(msgspec.Struct, frozen=True, tag="plain"):
    """Words to be shown as they stand."""

    text: str


class Strong(msgspec.Struct, frozen=True, tag="strong"):
    """Words that carry weight."""

    text: str


class Link(msgspec.Struct, frozen=True, tag="link"):
    """Words that lead somewhere; https only."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith("https://"):
            raise ValueError("only https links can be shown")


class Mention(msgspec.Struct, frozen=True, tag="mention"):
    """A member, shown as the platform shows people; `name` where it cannot."""

    member: Id
    name: str


class Moment(msgspec.Struct, frozen=True, tag="moment"):
    """An instant, drawn in each reader's own zone."""

    when: datetime


Span: TypeAlias = Plain | Strong | Link | Mention | Moment
Text: TypeAlias = tuple[Span, ...]

_WORDS = (Plain, Strong)

_KEPT_CONTROLS = "\n"
# Cc controls, Cf formats (bidi overrides, zero width), Co private use (our own marks), Cs, Cn: none of them is writing.
# The zero-width joiner and the variation selector stay: without them emoji and some scripts fall apart.
_JOINERS = "\u200d\ufe0f"


def clean(text: str) -> str:
    """`text` without the characters that can hide, reorder or forge what is read."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT_CONTROLS or c in _JOINERS or unicodedata.category(c)[0] != "C")


def one_line(text: str) -> str:
    """`clean` text with every run of white space, line breaks too, made one space."""
    return " ".join(clean(" ".join(text.split())).split())


def sought(text: str) -> str:
    """A text as it is searched for and compared: whatever its case, accents and white space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def plain(words: str) -> Text:
    """Text of one plain span."""
    return (Plain(words),)


def checked(text: Text) -> Text:
    """The text itself. Raises TooLarge when it is longer than a text block may be."""
    at_most(TEXT, size(text), "a text")
    return text


def size(text: Text) -> int:
    """How many characters the text has in words alone."""
    return sum([len(span.text if isinstance(span, _WORDS) else as_words(span)) for span in text])


def as_words(span: Span) -> str:
    """The span in words alone; a moment in UTC, since its reader is not known here."""
    match span:
        case Plain(words) | Strong(words):
            return words
        case Link(words, url):
            return f"{words} ({url})"
        case Mention(_, name):
            return name
        case Moment(when):
            return f"{when:%a} {when.day} {when:%b, %H:%M} UTC"
