"""What announcements keep, as a dictionary: for rooms beside them. Whom they reach is asked of databases alone."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.announcements.model import Announcement, State
from bot.chat.ids import Id


class MemoryAnnouncements:
    def __init__(self, announced: dict[Id, Announcement]) -> None:
        self._announced = announced

    def get(self, id: Id) -> Announcement | None:
        return self._announced.get(id)

    def keep(self, announcement: Announcement) -> None:
        self._announced[announcement.id] = announcement

    def latest(self, most: int) -> Sequence[Announcement]:
        return sorted(self._announced.values(), key=lambda one: one.made_at, reverse=True)[:most]

    def for_week(self, week: date) -> Sequence[Announcement]:
        return [one for one in self._announced.values() if one.friday == week and one.state is State.SENT]

    def open_news(self) -> Sequence[Announcement]:
        return []

    def add_up(self, before: datetime) -> None:
        return None

    def forget_before(self, at: datetime) -> None:
        return None
