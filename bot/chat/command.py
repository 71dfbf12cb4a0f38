"""The words after a slash, as a platform needs to know them."""

from enum import StrEnum

import msgspec


class Tree(StrEnum):
    """The two command trees, and the one command that stands alone."""

    MEMBER = "headsup"
    ORGANISER = "headsup-organise"
    HELP_NOW = "helpnow"


class Command(msgspec.Struct, frozen=True):
    """A word, or two for organisers ("intro preview"), and the sentence that explains it."""

    tree: Tree
    word: str
    says: str
    takes: str = ""
    """What may be typed behind it, shown in help: empty where nothing may."""
