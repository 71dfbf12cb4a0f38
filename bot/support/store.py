"""What is kept of listeners and of requests to them; and, for an hour at most, of a worry that was not sent yet."""

from collections.abc import Sequence
from typing import Protocol

from bot.chat.ids import Id
from bot.core.work import Store
from bot.support.model import Listener, Request, Worry


class Listening(Protocol):
    """The rota, and requests."""

    def listener(self, member: Id) -> Listener | None:
        """Somebody on the rota; what it is until the unit ends nobody else changes."""
        ...

    def listeners(self) -> Sequence[Listener]: ...

    def keep_listener(self, listener: Listener) -> None:
        """Write a new one, or an old one anew, with all their hours."""
        ...

    def drop_listener(self, member: Id) -> None: ...

    def request(self, request: Id) -> Request | None:
        """One that was sent or not, over or not; until the unit ends nobody else changes it."""
        ...

    def open_of(self, member: Id) -> Request | None:
        """The one they have sent that is not over: there is one at a time."""
        ...

    def open_with(self, listener: Id) -> Sequence[Request]:
        """Those that wait for this listener, or that they have taken on; the oldest first."""
        ...

    def all(self) -> Sequence[Request]:
        """Every one, the oldest first."""
        ...

    def keep(self, request: Request) -> None:
        """Write a new one, or an old one anew; the words sealed, and without a trace once they are empty."""
        ...

    def drop(self, request: Id) -> None:
        """Forget it, and where the two talked."""
        ...


class Worries(Protocol):
    """What was written about somebody and not sent yet; what was sent is kept nowhere but in the letters."""

    def get(self, worry: Id) -> Worry | None: ...

    def keep(self, worry: Worry) -> None: ...

    def drop(self, worry: Id) -> None: ...

    def drop_of(self, member: Id) -> None:
        """All that they wrote."""
        ...


LISTENING = Store[Listening]("listening")
WORRIES = Store[Worries]("worries")
