"""Who became one person with two accounts, by what both said and were told: never less than two times yes, and no
connection, or parting, that was acknowledged and is not kept."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.accounts.actions import Disconnect, LetIn, ThatsMe
from bot.accounts.views import connected, parted
from bot.chat.action import Action, Unreadable
from bot.chat.address import Account
from bot.chat.ids import Id, show
from bot.chat.inbound import Inbound, Pressed
from bot.chat.outbound import Reply
from bot.chat.view import words_of_view
from bot.core.directory import Directory
from bot.core.feature import Broken
from bot.members.model import Member, Stage

Whose = Mapping[str, tuple[Id, datetime]]
"""Each account's member, and since when it is theirs."""
_DONE = words_of_view(connected(Member(Id(0), "", Stage.MEMBER), Account("", "", ""))).partition(".")[0]


class Connections:
    """Remembers who said yes on which side. `counts`: how often two were connected, and parted."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._entered: dict[Id, set[str]] = {}
        """At which accounts somebody said that they are that member."""
        self._let_in: set[str] = set()
        """Accounts at which somebody said that another is theirs, too."""
        self._together: dict[str, None] = {}
        self._apart: dict[str, str] = {}
        """What was acknowledged since yesterday: who let somebody in, and with which account whom parted."""
        self._ever: dict[str, tuple[Id, datetime]] = {}

    @property
    def waits(self) -> bool:
        """Whether there was ever any."""
        return bool(self._entered)

    def acted(self, inbound: Inbound, directory: Directory) -> str:
        """Somebody presses; whatever becomes of it. Returns the other account that is answered, too, if any."""
        account = inbound.account.show() if inbound.account else ""
        match _read(inbound, directory):
            case ThatsMe(member):
                self._entered.setdefault(member, set()).add(account)
            case LetIn():
                self._let_in.add(account)
            case Disconnect(other):
                self._together.pop(account, None)
                return other
        return ""

    def heard(self, inbound: Inbound, reply: Reply, directory: Directory) -> None:
        """They have the reply before them."""
        account = inbound.account.show() if inbound.account else ""
        match _read(inbound, directory):
            case LetIn() if reply.replace and words_of_view(reply.replace).startswith(_DONE):
                self.counts["connected"] += account not in self._together
                self._together[account] = None
                self._apart = {other: by for other, by in self._apart.items() if by != account}
            case Disconnect(other) if other != account and reply.view == parted(Account(*other.split(":", 2))):
                self.counts["parted"] += 1
                self._apart[other] = account

    def ever(self, whose: Whose) -> Whose:
        """The same, and accounts that were parted with: what was answered with those is still its owner's."""
        members = {member for member, _ in whose.values()}
        self._ever = {one: theirs for one, theirs in self._ever.items() if theirs[0] in members} | dict(whose)
        return self._ever

    def broken(self, whose: Whose) -> Iterator[Broken]:
        """At the end of a day, by what the tables say."""
        theirs: dict[Id, list[str]] = {}
        for account, (member, _) in sorted(whose.items(), key=lambda one: one[1][1]):
            theirs.setdefault(member, []).append(account)
        for member, (_, *later) in theirs.items():
            agreed = self._entered.get(member, set())
            if later and not (agreed.issuperset(later) and self._let_in.intersection(theirs[member])):
                yield Broken("connected without two times yes", show(member), ", ".join(later))
        for account in self._together:
            let_in = whose[account][0] if account in whose else None
            if let_in and not self._entered.get(let_in, set()).intersection(theirs[let_in]):
                yield Broken("connection lost", show(let_in), account)
        for other, account in self._apart.items():
            if account in whose and other in whose and whose[other][0] == whose[account][0]:
                yield Broken("still connected", show(whose[account][0]), other)
        self._together.clear()
        self._apart.clear()


def _read(inbound: Inbound, directory: Directory) -> Action | None:
    if not isinstance(inbound.what, Pressed) or inbound.account is None:
        return None
    try:
        return directory.actions.read(inbound.what.action)
    except Unreadable:
        return None
