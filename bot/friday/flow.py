"""The Friday letter: who may hear, what each room has for them, and one letter for whoever has something to hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.chat.outbound import NOTHING, Reply
from bot.core.errors import Moved
from bot.core.feature import Call, Friday, Part
from bot.core.outbox import Kind, Letter
from bot.core.parts import Tools, in_parts
from bot.core.post import Policy, Reader
from bot.core.walltime import instant, local_day
from bot.core.work import Work
from bot.friday import views
from bot.friday.model import friday_key
from bot.members.model import Member, hours_of, next_monday
from bot.members.store import MEMBERS, have_moved


@dataclass(frozen=True)
class Seen:
    """All that a Friday depends on. `mark` changes with whatever is known of `members`; `parts` are in order, each with
    whether it is worth a letter of its own."""

    week: date
    today: date
    is_late: bool
    mark: Mapping[Id, object]
    members: Sequence[Member]
    parts: tuple[tuple[bool, Part], ...]


@dataclass(frozen=True)
class Written:
    """Every letter, ready to be kept. `missed`: somebody has no hour left before the week begins. `among`: whom a part
    is for; with the last, None, what was seen must still hold of everybody."""

    seen: Seen
    letters: tuple[Letter, ...]
    missed: bool
    among: frozenset[Id] | None = None


@dataclass(frozen=True)
class FridayRoom:
    """The room's handlers, and what they need by value; `parts` are what all other rooms bring, in order."""

    policy: Policy
    parts: tuple[Friday, ...]

    def look(self, work: Work, call: Call) -> Seen:
        """Who may be written to today, and all that the rooms want to say to anybody."""
        today = self._today(work.at)
        due = call.due.day if call.due else today
        week, members = next_monday(due), work.use(MEMBERS)
        mark = members.introducible_mark(today)
        parts = tuple((part.alone, part.look(work, week)) for part in self.parts)
        return Seen(week, today, today > due, mark, members.introducible(today), parts)

    def think(self, seen: Seen, tools: Tools) -> Written:
        """A letter for each member who has something to hear, while there is an hour left to hear it."""
        letters = [(one, letter) for one in seen.members if (letter := self._letter(seen, one, tools.at))]
        until = self._until(seen.week)
        heard = tuple(letter for one, letter in letters if self._hears(one, letter) < until)
        return Written(seen, heard, missed=len(heard) < len(letters))

    def in_parts(self, written: Written) -> Sequence[Written]:
        """Thousands of letters, so that nobody who presses meanwhile waits for all of them. Who missed theirs is said
        with the last."""
        *before, last = (replace(written, letters=letters) for letters in in_parts(written.letters))
        return (*(replace(one, missed=False, among=_readers(one.letters)) for one in before), last)

    def keep(self, work: Work, call: Call, written: Written) -> Reply:
        """Post. Raises Moved where somebody came, paused or left meanwhile."""
        seen = written.seen
        if have_moved(work.use(MEMBERS), seen.today, seen.mark, written.among):
            raise Moved
        work.post(*written.letters)
        if seen.is_late and written.missed:
            work.post(views.told_late(seen.week, work.at))
        return NOTHING

    def _letter(self, seen: Seen, member: Member, at: datetime) -> Letter | None:
        view = views.compose((alone, part(member.id)) for alone, part in seen.parts)
        if view is None:
            return None
        key, until = friday_key(seen.week, member.id), self._until(seen.week)
        return Letter(key, Person(member.id), view, Kind.FRIDAY, at, until)

    def _hears(self, member: Member, letter: Letter) -> datetime:
        """The first hour that is not quiet for them."""
        reader = Reader(member.id, hours_of(member, self.policy.network))
        return self.policy.place(letter, (reader,))

    def _until(self, week: date) -> datetime:
        """Never on Monday itself: it would take the one message of the day from that week's introduction."""
        return instant(week, time(), self.policy.network.zone)

    def _today(self, at: datetime) -> date:
        return local_day(at, self.policy.network.zone)


def _readers(letters: Sequence[Letter]) -> frozenset[Id]:
    return frozenset(letter.to.member for letter in letters if isinstance(letter.to, Person))
