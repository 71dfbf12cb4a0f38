"""What is kept of check-ins."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.chat.ids import Id
from bot.checkins.model import Answer, Asked
from bot.core.work import Look, Store


class Checkins(Protocol):
    """Who was asked, and what they answered."""

    def ask(self, asked: Iterable[Asked]) -> None:
        """Record that groups are asked; a group and day recorded already stays as it is."""
        ...

    def asked(self, group: Id) -> Sequence[Asked]:
        """When a group was asked, the latest first."""
        ...

    def asked_on(self, day: date) -> Sequence[Asked]: ...

    def answer(self, group: Id, member: Id) -> Answer | None: ...

    def answers(self, group: Id) -> tuple[Answer, ...]: ...

    def answers_of(self, groups: Iterable[Id]) -> Mapping[Id, tuple[Answer, ...]]:
        """The answers of many groups at once; a group without any is not in it."""
        ...

    def keep(self, answer: Answer) -> None:
        """Write an answer, or a changed mind over the earlier one."""
        ...


CHECKINS = Store[Checkins]("checkins")


def look_answer(group: Id, member: Id) -> Look:
    """Announce that a unit will ask for this answer."""
    return Look("answer", (str(group), str(member)))
