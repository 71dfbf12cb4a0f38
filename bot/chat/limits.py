"""The smaller of Slack's and Discord's limits, in characters unless said otherwise (docs/platforms.md).

They are checked where a value is made, so that a view that exists can be shown everywhere.
"""

TITLE = 45
FORM_TITLE = 24
LABEL = 75
ACTION_BYTES = 95
BUTTONS_A_ROW = 5
ROWS_OF_CONTROLS = 5
OPTIONS = 25
FIELDS = 5
FACTS = 10
TEXT = 2000
QUOTE = 1800
VALUE_BYTES = 75
ANSWER_LINE = 150
ANSWER_TEXT = 1000
VIEW = 6000
ALT = 1000
FILE_NAME = 75
FILE_BYTES = 1_000_000
MEETING_TITLE = 100
MEETING_WHERE = 100
MEETING_ABOUT = 1000


class TooLarge(ValueError):
    """Something is larger than the smallest platform can show. Says what, how large, and how large it may be."""

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(f"{what} has {size}, at most {limit} can be shown")


def at_most(limit: int, size: int, what: str) -> None:
    """Raise TooLarge when `size` is above `limit`."""
    if size > limit:
        raise TooLarge(what, size, limit)


def clip(text: str, limit: int) -> str:
    """`text` cut to `limit` characters, the cut shown by an ellipsis. For what people wrote; our own words must fit."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
