"""Who lives in a demo, and since when: `cast.toml`, read."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from adapters.people.mind import Mind
from adapters.people.model import Head
from adapters.people.organiser import Organiser

_TIMES = ("comes", "pauses", "leaves")


@dataclass(frozen=True)
class Cast:
    """The network opened at `opening`; whoever enters the demo comes at `until` (both UTC). `seed` makes the lives.

    `sends` after the opening the organiser lets the first introductions go.
    """

    opening: datetime
    until: datetime
    seed: str
    sends: timedelta
    organiser: Head
    heads: tuple[Head, ...]

    def minds(self) -> list[Mind]:
        """Everybody, the organiser too."""
        return [Organiser(self.organiser, self.seed, self.sends), *(Mind(head, self.seed) for head in self.heads)]


@cache
def demo_cast() -> Cast:
    """The cast that travels along."""
    written = tomllib.loads(_file("cast.toml").read_text("utf-8"))
    return Cast(
        opening=written["opening"],
        until=written["until"],
        seed=written["seed"],
        sends=timedelta(days=written["sends"]),
        organiser=_head(written["organiser"]),
        heads=tuple(map(_head, written["heads"])),
    )


def demo_schools() -> bytes:
    """Their schools, as the register writes them (cp1252 CSV)."""
    return _file("schools.csv").read_bytes()


def _head(written: dict[str, Any]) -> Head:
    told = {name: timedelta(days=value) if name in _TIMES else value for name, value in written.items()}
    return Head(**told | {"topics": tuple(written.get("topics", ()))})


def _file(name: str) -> Traversable:
    return resources.files(__package__).joinpath(name)
