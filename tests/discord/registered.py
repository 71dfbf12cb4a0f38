"""What the application registered as its commands."""

from collections import deque
from dataclasses import dataclass, field

from tests.discord.model import Json


@dataclass
class Registered:
    """The commands of an application: in each server, and everywhere under the empty name."""

    by_place: dict[str, list[Json]] = field(default_factory=dict)
    created: dict[str, deque[float]] = field(default_factory=dict)
    """When new ones were made, by place."""
    scope: bool = True
    """Whether the invitation asked for `applications.commands`."""

    def here(self, place: str) -> list[Json]:
        return self.by_place.setdefault(place, [])

    def offered(self, guild: str | None) -> list[Json]:
        """What somebody there may find: the server's own commands, and those of everywhere that are meant for it."""
        context = 0 if guild else 1
        everywhere = [one for one in self.here("") if context in (one.get("contexts") or [0, 1, 2])]
        return [*(self.here(guild) if guild else []), *everywhere]
