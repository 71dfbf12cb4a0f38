"""What is kept of whom somebody would rather not meet. Nobody but its author, and the engine, ever asks for it."""

from collections.abc import Sequence
from typing import Protocol

from bot.blocks.model import Known, Said
from bot.chat.ids import Id
from bot.core.work import Store


class Blocks(Protocol):
    """Words as typed and whom they mean, and members whom others chose not to meet."""

    def keep(self, said: Said) -> None: ...

    def said_by(self, member: Id) -> Sequence[Said]:
        """Everything this member typed, oldest first."""
        ...

    def all_said(self) -> Sequence[Said]: ...

    def match(self, said: Id, whom: Id) -> None:
        """Record that those words mean this member; it holds when they are called otherwise, or come back."""
        ...

    def take_back(self, said: Id) -> None:
        """Forget those words, and whomever they meant."""
        ...

    def everybody(self) -> Sequence[Known]: ...

    def known(self, member: Id) -> Known | None: ...

    def chosen(self, by: Id) -> Sequence[Known]:
        """Members whom this one chose by a press not to meet; by name."""
        ...

    def chose_somebody_gone(self, by: Id) -> bool:
        """Whether among those was somebody who has been forgotten since."""
        ...

    def lift(self, by: Id, whom: Id) -> None:
        """What was chosen by a press does not hold any more."""
        ...

    def lift_gone(self, by: Id) -> None:
        """The same for all who have been forgotten since."""
        ...

    def seal_anew(self) -> None:
        """Seal under the present key what lies under an older one."""
        ...


BLOCKS = Store[Blocks]("blocks")
