"""What can go wrong, in kinds that each have a sentence."""

from bot.chat.text import Text


class Refusal(Exception):
    """The rules say no, and why, in one kind sentence for the person who asked. Nothing has changed."""

    def __init__(self, text: Text) -> None:
        super().__init__("refused")
        self.text = text


class Moved(Exception):
    """What slow work had looked at has changed meanwhile: look again."""


class StorageFailed(Exception):
    """The database or its disk did not take the write: nobody's fault, everybody's answer. Nothing has changed."""


class OperatorError(Exception):
    """Only the operator can mend it; the message says which key or file, and the command or click that mends it."""
