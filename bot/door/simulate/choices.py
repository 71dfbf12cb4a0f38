"""What people were told of the hours they chose: by which clock they live, weekends, holidays. None may be lost."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, TypeAlias

from bot.chat.action import Action, Unreadable
from bot.chat.ids import Id, show
from bot.chat.inbound import Inbound, Pressed
from bot.chat.outbound import Reply
from bot.chat.view import Button, Buttons, View
from bot.core.directory import Directory
from bot.core.feature import Broken
from bot.members.actions import Choice, ChooseZone, SameZone, SetChoice
from bot.members.model import Member, Stage
from bot.members.views import profile_kept

ZONE = "zone"
_HOURS = (Choice.WEEKENDS, Choice.HOLIDAYS)
Value: TypeAlias = str | bool | None


class Chosen(NamedTuple):
    """What somebody chose, and when. `is_heard`: they were told that it is kept; the machine may die over it."""

    at: datetime
    value: Value
    is_heard: bool = False


Kept: TypeAlias = tuple[Mapping[str, datetime], Mapping[str, Value]]
"""What the tables say of a member: their accounts, each with the time since which it is theirs; and their hours."""


class Choices:
    """Remembers what each account chose last. `zone` is the network's, which nobody has for their own; `counts` how
    often each was acknowledged."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._chosen: dict[tuple[str, str], Chosen] = {}
        self.counts: Counter[str] = Counter()

    @property
    def waits(self) -> bool:
        """Whether anything was ever chosen."""
        return bool(self._chosen)

    def acted(self, inbound: Inbound, directory: Directory) -> None:
        """Somebody chooses. How that stands nobody knows until there is a reply."""
        for key, chosen in self._read(inbound, directory):
            self._chosen.pop(key, None)
            self._chosen[key] = chosen

    def heard(self, inbound: Inbound, reply: Reply, directory: Directory) -> None:
        """They have the reply before them."""
        for key, chosen in self._read(inbound, directory):
            if self._chosen.get(key) == chosen and _is_acknowledged(key[1], chosen.value, reply, directory):
                self._chosen[key] = chosen._replace(is_heard=True)
                self.counts[key[1]] += 1

    def lost(self, kept: Mapping[Id, Kept]) -> Iterator[Broken]:
        """Where the tables say something else than what was acknowledged last, to any account of theirs."""
        for member, (accounts, hours) in kept.items():
            for field, value in hours.items():
                last = self._last(accounts, field)
                if last and last.is_heard and last.value != value:
                    yield Broken("choice lost", show(member), f"{field}: {value}, not {last.value}")

    def _last(self, accounts: Mapping[str, datetime], field: str) -> Chosen | None:
        """What was chosen last with any of these accounts, since it is theirs; in the order in which it came."""
        said = (
            one
            for (account, name), one in reversed(self._chosen.items())
            if name == field and account in accounts and one.at > accounts[account]
        )
        return next(said, None)

    def _read(self, inbound: Inbound, directory: Directory) -> Iterator[tuple[tuple[str, str], Chosen]]:
        """What is chosen by that press, if anything."""
        if not isinstance(inbound.what, Pressed) or inbound.account is None:
            return
        account, at = inbound.account.show(), inbound.at
        match _action(inbound.what.action, directory):
            case SetChoice(choice, yes) if choice in _HOURS:
                yield (account, str(choice)), Chosen(at, yes == 1)
            case SameZone():
                yield (account, ZONE), Chosen(at, None)
            case ChooseZone():
                zone = next(iter(inbound.what.values), self._zone)
                yield (account, ZONE), Chosen(at, zone if zone != self._zone else None)


def _is_acknowledged(field: str, value: Value, reply: Reply, directory: Directory) -> bool:
    """Whether the answer says that it is kept; or, of what is on or off, offers the other alone."""
    if field == ZONE:
        return reply.view is not None and reply.view.blocks[:1] == _THANKS.blocks[:1]
    row = [_action(one.action, directory) for one in _buttons(reply.replace)] if reply.replace else []
    return any(isinstance(one, SetChoice) and one.choice == field and (one.yes == 1) is not value for one in row)


def _buttons(view: View) -> Iterator[Button]:
    return (one for block in view.blocks if isinstance(block, Buttons) for one in block.row)


def _action(packed: str, directory: Directory) -> Action | None:
    try:
        return directory.actions.read(packed)
    except Unreadable:
        return None


_THANKS = profile_kept(Member(Id(0), "", Stage.MEMBER))
