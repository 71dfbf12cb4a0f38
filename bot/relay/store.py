"""What is kept of two who write to each other through the bot: what each wants, and never what they write."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.chat.ids import Id
from bot.core.work import Store
from bot.relay.model import Side


class Relay(Protocol):
    """The sides of those who have said anything of it."""

    def side(self, group: Id, member: Id, other: Id) -> Side | None: ...

    def of(self, group: Id) -> Sequence[Side]: ...

    def about(self, member: Id) -> Sequence[Side]:
        """Theirs, and those of others towards them."""
        ...

    def keep(self, side: Side) -> None:
        """Write a new side, or an old one anew."""
        ...

    def forget_ended(self, at: datetime) -> None:
        """Forget those whose time was over then."""
        ...


RELAY = Store[Relay]("relay")
