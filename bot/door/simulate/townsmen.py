"""Those who live in a rehearsal: what comes to their mind besides what everybody made up does."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib import resources

from adapters.people.habit import Dice, some_time
from adapters.people.mind import Mind
from adapters.people.model import Gesture, Planned, Use

_LOOKS, _CHOOSES = 0.04, 0.01
"""Chances, a week: to look what is coming, and to choose one's reminders."""
_PAGE, _NO_MORE = 0.02, 0.004
"""Chances, a week: to look at the pulse's page, and to let oneself be asked no longer."""


class Townsman(Mind):
    """Somebody in a rehearsal, who also says now and then whom they would rather not meet, asks for their data, looks
    what is coming, and chooses when to be reminded."""

    def _whims(self, chance: Dice) -> list[tuple[float, Gesture]]:
        whom = chance.choice(stuff()["last"])
        more: list[tuple[float, Gesture]] = [(0.004, Use(f"block {whom}")), (0.004, Use("data", ("Send me my data",)))]
        looks = [(_LOOKS, Use("events")), (_CHOOSES, Use("events", ("my reminders",)))]
        return [*super()._whims(chance)[: -len(more)], *more, *looks]

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        """Besides: the page of the pulse, and thinking better of being asked."""
        chance = self.chance("pulse", monday)
        likely = [(_PAGE, Use("pulse")), (_NO_MORE, Use("pulse", ("no, don't ask me",)))]
        whims = [use for chances, use in likely if self.head.polled and chance.random() < chances]
        return super().week(monday, midnight) + [
            Planned(some_time(midnight, self.head.zone, chance), one) for one in whims
        ]


@cache
def stuff() -> Mapping[str, Sequence[str]]:
    """Names, roles and words to make people of."""
    return tomllib.loads(resources.files(__package__).joinpath("town.toml").read_text("utf-8"))
