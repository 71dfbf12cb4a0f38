"""What is rehearsed: how many people, how long, and what goes wrong. One plan lives one life, in any process."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

OPENS = datetime(2026, 9, 7, 6, tzinfo=UTC)
"""A Monday at the beginning of a school year, an hour before anybody may be written to. Unless it is later."""


class Faults(StrEnum):
    """How much goes wrong besides crashes."""

    NONE = "none"
    SOME = "some"
    HOSTILE = "hostile"


class Db(StrEnum):
    """On which database it is lived."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Plan:
    """`crashes` are spread over the weeks by the seed; `dies_at` is one more, at exactly that boundary (from 1). The
    network opens so many weeks `later` than a school year begins: the clocks change on 25 October and 28 March."""

    members: int
    weeks: int
    seed: int
    faults: Faults = Faults.NONE
    crashes: int = 0
    db: Db = Db.SQLITE
    dies_at: int = 0
    later: int = 0

    @property
    def opens(self) -> datetime:
        """When the rehearsal begins."""
        return OPENS + timedelta(weeks=self.later)

    @property
    def until(self) -> datetime:
        """When the rehearsal is over."""
        return self.opens + timedelta(weeks=self.weeks)

    @property
    def command(self) -> str:
        """What anybody can type to live the same again."""
        more = f" --faults {self.faults}" if self.faults is not Faults.NONE else ""
        more += f" --crashes {self.crashes}" if self.crashes else ""
        more += f" --db {self.db}" if self.db is not Db.SQLITE else ""
        more += f" --dies-at {self.dies_at}" if self.dies_at else ""
        more += f" --later {self.later}" if self.later else ""
        return f"headsup simulate --members {self.members} --weeks {self.weeks} --seed {self.seed}{more}"
