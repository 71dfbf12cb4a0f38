"""Time zones as people look for them: by a city."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_REGIONS = frozenset(
    {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"},
)


def find_zones(words: str, most: int) -> Sequence[str]:
    """IANA names of zones whose city, or what stands before it, holds all the words; nearest in name first."""
    sought = words.casefold().split()
    found = [zone for zone, said in _said().items() if sought and all(word in said for word in sought)]
    return sorted(found, key=lambda zone: (not _said()[zone].startswith(sought[0]), zone))[:most]


def is_zone(zone: str) -> bool:
    """Whether that is one of those that can be found."""
    return zone in _said()


def suggested(said: str | None, theirs: str, networks: str, at: datetime) -> str:
    """The zone that their account keeps, to be offered; "" where they have said one, where it is none, and where its
    clocks are the network's."""
    return theirs if said is None and is_zone(theirs) and not _alike(theirs, networks, at) else ""


def say_zone(zone: str) -> str:
    """A zone as one says it, by its city: "Buenos Aires, Argentina, America"."""
    return ", ".join(reversed(zone.replace("_", " ").split("/")))


@cache
def _said() -> dict[str, str]:
    """What each zone is searched by; read once, since the list stands in files."""
    zones = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _REGIONS)
    return {zone: say_zone(zone).casefold() for zone in zones}


def _alike(one: str, other: str, at: datetime) -> bool:
    """Whether clocks in both show the same all through the next year: nobody in Belfast is asked about London."""
    moments = [at + timedelta(weeks=week) for week in range(53)]
    return all(_offset(one, moment) == _offset(other, moment) for moment in moments)


def _offset(zone: str, at: datetime) -> timedelta | None:
    return at.astimezone(ZoneInfo(zone)).utcoffset()
