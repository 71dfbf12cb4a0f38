"""What is kept while two accounts are being connected: for ten minutes, and no longer than the night."""

from datetime import datetime
from typing import Protocol

from bot.accounts.model import Asked
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.work import Store


class Accounts(Protocol):
    """One wish for each member at most."""

    def secret(self, chance: int) -> Id:
        """What nobody can guess, by a key of the network's; the same for the same chance, so that a delivery that
        comes again is shown the same code."""
        ...

    def ask(self, asked: Asked, code: str) -> None:
        """Keep a new wish with its code, as a keyed hash; an earlier one of that member ends."""
        ...

    def by_code(self, code: str) -> Asked | None:
        """The wish of that code, however far it has come."""
        ...

    def of(self, member: Id) -> Asked | None: ...

    def keep(self, asked: Asked) -> None:
        """Keep what has become of it."""
        ...

    def forget_before(self, at: datetime) -> None:
        """Forget what was asked for, or entered, before then."""
        ...

    def part(self, account: Account) -> None:
        """That account is nobody's any more."""
        ...


ACCOUNTS = Store[Accounts]("accounts")
