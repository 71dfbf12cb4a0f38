"""Where people are heads, as far as it happens to be in memory: for what must not look anything up."""

from datetime import datetime, timedelta

from bot.chat.address import Account
from bot.core.terms import Nation

REMEMBERED = timedelta(days=1)
MOST = 10_000


class Nations:
    """The nations of accounts that pressed something in the last day: learnt in passing, kept nowhere."""

    def __init__(self) -> None:
        self._known: dict[Account, tuple[datetime, Nation | None]] = {}

    def learn(self, account: Account, nation: Nation | None, at: datetime) -> None:
        """Remember it for a day; with too many all are forgotten, and learnt anew."""
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[account] = (at, nation)

    def is_known(self, account: Account, at: datetime) -> bool:
        """Whether it was learnt in the last day, or that they have not said."""
        return account in self._known and self._known[account][0] + REMEMBERED > at

    def of(self, account: Account | None, at: datetime) -> Nation | None:
        """The nation, if it is known."""
        return self._known[account][1] if account is not None and self.is_known(account, at) else None
