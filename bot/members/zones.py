"""Time zones as people look for them: by a city."""

from collections.abc import Sequence
from functools import cache
from zoneinfo import available_timezones

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


def say_zone(zone: str) -> str:
    """A zone as one says it, by its city: "Buenos Aires, Argentina, America"."""
    return ", ".join(reversed(zone.replace("_", " ").split("/")))


@cache
def _said() -> dict[str, str]:
    """What each zone is searched by; read once, since the list stands in files."""
    zones = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _REGIONS)
    return {zone: say_zone(zone).casefold() for zone in zones}
