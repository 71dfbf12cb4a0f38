"""Somebody's own calendar: whether it can be fetched, and what it shows."""

from dataclasses import dataclass

from bot.chat.ids import Id


@dataclass(frozen=True)
class Calendar:
    """What a member chose. `has_address`: it can be fetched, by whoever has its address; `shows_titles`: what they come
    to stands in it, instead of "Busy"."""

    member: Id
    has_address: bool = False
    shows_titles: bool = False


@dataclass(frozen=True)
class CalendarSettings:
    """`[calendar]`. `url`: where calendars are fetched from outside, without the address itself; "": not at all."""

    url: str = ""
