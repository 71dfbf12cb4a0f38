"""How many people something concerns, where an organiser reads it: a number below the threshold is not told."""

import re

from bot.chat.inbound import Inbound, Opened, Pressed, Submitted, Used
from bot.chat.outbound import Reply
from bot.chat.view import View, words_of_view

ORGANISER = "organiser"
"""Whose replies are read, in a rehearsal."""
ASKED = ("report", "status", "intro status")
"""Organisers' words that are answered with counts of people."""
MORE = ("event list", "intro preview", "members waiting", "announce list", "pulse preview", "pulse results")
"""Others, whose answers could count some."""
_MONTHS = "Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec"
_LASTS = "times|weeks?|days?|hours?|minutes?"
_SMALL = re.compile(rf"(?<![\w:.,/])(?<!Places: )[1-4](?![\d:.,/]\d|\d| ?%| (?:{_MONTHS})| (?:{_LASTS})\b)")
"""A number from one to four that is no day, no time, no percentage and no part of a word (trouble “D1”). How many
places an event has its organiser said; how many are left would tell who comes."""

_SCALE = re.compile(r"\(\d+(?: (?:or|to) \d+)?\)(?=: )|\b1 is (?=[^.,]+, \d+ is )")
"""Which answers of a scale are counted together, and what its ends mean."""


def told_too_small(words: str) -> list[str]:
    """Numbers that organisers were told and that are below the threshold, in what they read."""
    return _SMALL.findall(_SCALE.sub("", words))


def counted(view: View | None) -> bool:
    """Whether there is one in what stands before them."""
    return view is not None and bool(told_too_small(words_of_view(view)))


def asked(inbound: Inbound, reply: Reply) -> str:
    """What an organiser asked for who was told one; "" where none was told, or somebody else asked."""
    is_theirs = inbound.account is not None and inbound.account.user == ORGANISER
    return _what(inbound) if is_theirs and (counted(reply.view) or counted(reply.replace)) else ""


def _what(inbound: Inbound) -> str:
    match inbound.what:
        case Used(_, words):
            return words
        case Opened():
            return "home page"
        case Pressed(action=action) | Submitted(action=action):
            return action.partition("~")[0]
        case _:
            return type(inbound.what).__name__.lower()
