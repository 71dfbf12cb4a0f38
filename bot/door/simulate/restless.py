"""Those who live where everything goes wrong: they also think better of what they said, and come back before their day.

What they do besides is drawn for itself, so that whoever lives elsewhere lives as before.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from adapters.people import reading
from adapters.people.habit import some_time
from adapters.people.model import Gesture, Heard, Place, Planned, Press, Use
from bot.chat.form import Form, Search
from bot.chat.view import Select, View
from bot.door.simulate import lending
from bot.door.simulate.townsmen import Townsman

STOP = "stop, and keep"
"""What stands on the button of whoever leaves, and may come back to what was kept."""
MOVES, WEEKENDS, HOLIDAYS, NETWORKS_TIME = "change my time zone", "weekends", "holidays", "same time as the network"
_ZONE = "time zone"
_ZONES = (
    "Europe/London",
    "Europe/London",
    "Europe/Athens",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Pacific/Auckland",
)
"""Where they live from then on; some move back."""
LET_IN, KEEP_OUT, PART = "that's me too", "no, that isn't me", "part with"
_KEEPS_OUT, _PARTS, _LATE = 0.08, 0.15, 700
"""How likely one says that it is not oneself, and parts with an account; and the seconds until one answers at most:
some come too late."""
_DAY = timedelta(days=1)
_WHIMS: tuple[tuple[float, Use], ...] = (
    (0.04, Use("pause", (reading.PAUSE_OPEN,))),
    (0.02, Use("pause", (reading.PAUSE_WEEK,))),
    (0.03, Use("pause", (reading.PAUSE_DATE,))),
    (0.01, Use("leave", (STOP,))),
    (0.08, Use("settings", (MOVES,))),
    (0.04, Use("settings", (WEEKENDS,))),
    (0.03, Use("settings", (HOLIDAYS,))),
)
"""How likely each is in a week."""
_THINKS_BETTER, _SOON_BACK, _AT_LAST = 0.6, 0.1 * _DAY, 9 * _DAY
"""How likely somebody who is left alone says that they are back, and when: before most days that can be named."""


class Restless(Townsman):
    """Somebody in a hostile life."""

    _moves = _filled = 0

    def filled(self, ask: Form | Search) -> Mapping[str, tuple[str, ...]]:
        """Besides: asked for a city that keeps the same time, they live by another clock from now on."""
        if isinstance(ask, Search) and reading.asks_zone(ask):
            self._moves += 1
            others = [zone for zone in _ZONES if zone != self.head.zone]
            self.head = replace(self.head, zone=self.chance("moves", self._moves).choice(others))
        if isinstance(ask, Form) and lending.is_form(ask):
            self._filled += 1
            return lending.said(ask, self.chance("lends", self._filled))
        return super().filled(ask)

    def hear(self, heard: Heard, real: bool) -> list[Planned]:
        plans = super().hear(heard, real)
        if heard.place is Place.CIRCLE and isinstance(heard.said, View):
            plans += self._lends(heard, heard.said)
        if heard.place is Place.BOT and isinstance(heard.said, View):
            plans += self._back(heard, heard.said) or self._zone(heard, heard.said) or self._account(heard, heard.said)
            plans += self._lends(heard, heard.said)
        return plans

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        """Besides: being left alone in more ways."""
        chance = self.chance("restless", monday)
        some = []
        for likely, use in (*_WHIMS, *lending.WHIMS):
            at, happens = some_time(midnight, self.head.zone, chance), chance.random() < likely
            some += [Planned(at, use)] if happens else []
        return super().week(monday, midnight) + some

    def _back(self, heard: Heard, view: View) -> list[Planned]:
        """Where it can be pressed: "I'm back", after hours or days, by the button or in words."""
        found = reading.labelled(reading.buttons(view), reading.BACK)
        chance = self.chance("back", heard.at)
        if found is None or chance.random() > _THINKS_BETTER:
            return []
        press = Press(heard.conversation, heard.message, found.action)
        do: Gesture = press if chance.random() < 0.5 else Use(reading.COMES_BACK)
        return [self._at(heard.at + _SOON_BACK + (_AT_LAST - _SOON_BACK) * chance.random() ** 2, do, chance)]

    def _zone(self, heard: Heard, view: View) -> list[Planned]:
        """Which of those that were found: theirs, or the network's if that is the same."""
        found = next((one for one in view.blocks if isinstance(one, Select) and _ZONE in one.label.casefold()), None)
        mine = reading.like(found.options, reading.city(self.head)) if found else None
        if found is None or mine is None:
            return []
        same = reading.labelled(reading.buttons(view), NETWORKS_TIME) if self.head.zone == _ZONES[0] else None
        action, values = (same.action, ()) if same and self._moves % 2 else (found.action, (mine.value,))
        return self.soon(heard.at, Press(heard.conversation, heard.message, action, values))

    def _account(self, heard: Heard, view: View) -> list[Planned]:
        """Let oneself in from elsewhere, or not; and some part with an account again."""
        row, chance = tuple(reading.buttons(view)), self.chance("account", heard.at)
        yes, no = reading.labelled(row, LET_IN), reading.labelled(row, KEEP_OUT)
        if yes and no:
            chosen = no if chance.random() < _KEEPS_OUT else yes
            return self.soon(heard.at, Press(heard.conversation, heard.message, chosen.action), 5, _LATE)
        parts = [one for one in row if reading.labelled((one,), PART)]
        if not parts or chance.random() > _PARTS:
            return []
        press = Press(heard.conversation, heard.message, chance.choice(parts).action)
        return [self._at(heard.at + _AT_LAST * chance.random(), press, chance)]

    def _lends(self, heard: Heard, view: View) -> list[Planned]:
        """To be there for somebody, or to ask for somebody."""
        chance = self.chance("lends", heard.at, heard.message)
        step = lending.step(view, chance)
        press = Press(heard.conversation, heard.message, step.action) if step else None
        return [self._at(heard.at + step.after, press, chance)] if step and press else []
