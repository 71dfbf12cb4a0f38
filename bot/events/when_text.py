"""What was typed, put into one plain form before anything is read out of it."""

import re
import unicodedata

_SAME = str.maketrans({"–": "-", "—": "-", "−": "-", "’": None, "‘": None, "'": None, "`": None})
_READABLE = re.compile(r"[a-z0-9 ,.:/@-]*")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ALIKE = (
    (r"\b([ap])\.? ?m\b\.?", r"\1m"),
    (r"(?<=\d)t(?=\d\d:)", " "),
    (r"(?<=[a-z])\.", " "),
    (r"\btonight\b", "today night"),
    (r"\bthis (morning|afternoon|evening)\b", r"today \1"),
    *((rf"\b{word}\b", str(number)) for number, word in enumerate(_NUMBERS, 1)),
    (r"\s+", " "),
)
"""Other ways to write the same: "p.m.", the T of ISO 8601, "Dec.", "seven"."""
_CLOCKS = re.compile(r"\(uk time\)|\buk time\b")


def plain(text: str, zone: str) -> str | None:
    """In small letters and plain signs; None where a sign is none that a date is written with."""
    written = unicodedata.normalize("NFKC", text).casefold().translate(_SAME).strip()
    if zone == "Europe/London":
        written = _CLOCKS.sub(" ", written)
    for pattern, same in _ALIKE:
        written = re.sub(pattern, same, written)
    return written.strip() if _READABLE.fullmatch(written) else None
