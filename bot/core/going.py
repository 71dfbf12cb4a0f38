"""How far a bulk work is, and what a room says of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from bot.chat.view import View
from bot.core.work import Work


@dataclass(frozen=True)
class Going:
    """How far a bulk work is: letters sent, still waiting, not deliverable; and for about how long it will go on, None
    where nobody knows yet."""

    sent: int
    waiting: int
    could_not: int
    left: timedelta | None = None


Progressing: TypeAlias = Callable[[Work, str, Going], View]
"""What organisers see of a bulk work while it goes, by the rest of its batch's name. It only reads."""
