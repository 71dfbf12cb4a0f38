"""Whom somebody can talk to now, day and night: numbers that a person has checked, each with the day of the check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from bot.chat.action import Action
from bot.chat.text import Text
from bot.chat.view import Button, button
from bot.core.terms import Nation
from bot.core.words import Words

words = Words("bot.core")

CHECKED_FOR = timedelta(days=180)
"""How long a check of a number is trusted."""
_CHECKED = date(2026, 11, 1)


class HelpNow(Action, frozen=True):
    """[More ways to get help], wherever it stands. It is answered without any trace."""

    wire: ClassVar[str] = "support.helpnow"


@dataclass(frozen=True)
class HelpLine:
    """`[help.*]`. `name` is shown, and beside it the `number` or, for a line without one, a link to `url`.

    What the line is for stands in support's words, under its key. `nations`: where it answers.
    """

    name: str
    number: str
    verified_on: date
    nations: frozenset[Nation] = frozenset(Nation)
    url: str = ""

    def is_stale(self, on: date) -> bool:
        """Whether the last check lies too long ago."""
        return on - self.verified_on > CHECKED_FOR


HelpLines = Mapping[str, HelpLine]
"""By the key that stands in the config, in the order in which they are shown."""

DEFAULTS: HelpLines = {
    "samaritans": HelpLine("Samaritans", "116 123", _CHECKED),
    "education-support": HelpLine("Education Support", "08000 562 561", _CHECKED),
    "shout": HelpLine("Shout", "85258", _CHECKED),
    "nhs-england-wales": HelpLine("NHS 111", "111", _CHECKED, frozenset({Nation.ENGLAND, Nation.WALES})),
    "nhs-scotland": HelpLine("NHS 24", "111", _CHECKED, frozenset({Nation.SCOTLAND})),
    "lifeline": HelpLine("Lifeline", "0808 808 8000", _CHECKED, frozenset({Nation.NORTHERN_IRELAND})),
    "headrest": HelpLine("Headrest", "", _CHECKED, url="https://www.headrestuk.co.uk"),
    "emergency": HelpLine("In danger", "999", _CHECKED),
}


def short_line(lines: HelpLines) -> Text:
    """The sentence that stands under every check-in, the same for everyone."""
    samaritans, education, emergency = (lines[key].number for key in ("samaritans", "education-support", "emergency"))
    return words.text("help-line", samaritans=samaritans, education=education, emergency=emergency)


def more_ways() -> Button:
    """The button that stands beside the short line."""
    return button(words.line("more-ways"), HelpNow())


def help_now() -> Button:
    """The same, where no help line stands beside it."""
    return button(words.line("help-now"), HelpNow())
