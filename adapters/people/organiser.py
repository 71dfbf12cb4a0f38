"""The made-up organiser: vouches for whoever asks, unless somebody did it first, and sends the first introductions."""

from datetime import date, datetime, timedelta

from adapters.people import reading
from adapters.people.mind import Mind
from adapters.people.model import Head, Heard, Place, Planned, Press, Use
from bot.chat.command import Tree
from bot.chat.view import View

WAITS = timedelta(minutes=10)
"""So long others have the chance to vouch before she does."""


class Quiet(Mind):
    """Somebody whom nobody introduces: they never join, and nothing comes to their own mind."""

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        return []

    def arrives(self, at: datetime, channel: str) -> list[Planned]:
        return []

    def takes_up(self, at: datetime) -> list[Planned]:
        return []


class Organiser(Quiet):
    """`sends` after the opening she lets the first introductions go."""

    def __init__(self, head: Head, seed: str, sends: timedelta) -> None:
        super().__init__(head, seed)
        self._sends = sends

    def hear(self, heard: Heard, real: bool) -> list[Planned]:
        if isinstance(heard.said, str):
            return []
        self._remember(heard, heard.said)
        return self._asked_for(heard, heard.said) if heard.place is Place.CHANNEL else []

    def life(self, opening: datetime) -> list[Planned]:
        return [Planned(opening + self._sends, Use("intro send", tree=Tree.ORGANISER))]

    def _asked_for(self, heard: Heard, view: View) -> list[Planned]:
        found = [one for one in reading.buttons(view) if reading.VOUCH in one.label.casefold()]
        chance = self.chance("vouch", heard.at)
        presses = [Press(heard.conversation, heard.message, one.action) for one in found]
        return [self._at(heard.at + WAITS, press, chance) for press in presses]
