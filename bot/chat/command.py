"""The words after a slash, as a platform needs to know them."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Tree(StrEnum):
    """The two command trees, and the one command that stands alone."""

    MEMBER = "headsup"
    ORGANISER = "headsup-organise"
    HELP_NOW = "helpnow"


class Wording(msgspec.Struct, frozen=True):
    """What a command is called in one language, what explains it, and what may be typed behind it; "" for what that
    language has no words for."""

    word: str = ""
    says: str = ""
    takes: str = ""


class Command(msgspec.Struct, frozen=True):
    """A word, or two for organisers ("intro preview"), and the sentence that explains it.

    `takes` says what may be typed behind it, "" where nothing may; with `completes`, a platform that can asks what that
    might be while it is typed. `wordings` are those in further languages, by their tags ("fr").
    """

    tree: Tree
    word: str
    says: str
    takes: str = ""
    completes: bool = False
    wordings: Mapping[str, Wording] = {}
