"""After it has left: correcting it in place, by a line of its own, or taking it away again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.announcements import actions, forms, pages, views
from bot.announcements.model import (
    MARKS_KEPT,
    OUT,
    Announcement,
    Chosen,
    State,
    Where,
    key_in,
    key_to,
    prefix,
)
from bot.announcements.people import People
from bot.announcements.previewing import Previewing
from bot.announcements.sending import still_theirs, tell
from bot.announcements.store import ANNOUNCEMENTS, Said
from bot.announcements.views import words
from bot.chat.address import NEWS, Address, Channel, Person
from bot.chat.limits import ANSWER_LINE
from bot.chat.outbound import NOTHING, Reply
from bot.chat.text import one_line
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.outbox import State as Way
from bot.core.parts import Tools, in_parts
from bot.core.timers import TIMERS
from bot.core.work import Work

CORRECT, TAKE_AWAY = "announcements.correct", "announcements.recall"
"""The timers of what is put right, or taken away: at once, but in parts."""
HAD = frozenset({Way.SENT, Way.ATTEMPTING, Way.UNKNOWN})
"""Where a letter may have arrived."""
WAITS = frozenset({Way.READY, Way.RETRY})


@dataclass(frozen=True)
class Seen:
    """The announcement as it is to be, how it looks, whom it is for, and what was said of it to whom."""

    announcement: Announcement
    view: View
    chosen: Chosen | None
    said: Sequence[Said]


@dataclass(frozen=True)
class Amended:
    """Letters to be posted, and keys of those that are not to be sent any more."""

    seen: Seen
    letters: tuple[Letter, ...]
    instead: Mapping[str, str]
    """By a new letter's key, the one that waited and is not to be sent."""


@dataclass(frozen=True)
class Amending:
    """The handlers, and what they need by value."""

    people: People
    previewing: Previewing

    def correct(self, work: Work, call: Call, before: Announcement) -> Reply:
        """Other words for one that has left: in place where it stands, and marked so."""
        _may_be_put_right(work, before)
        now, wrong = forms.read_words(call, before, self.people.setup)
        if wrong:
            return Reply(errors=forms.errors(wrong))
        if now == before:
            return Reply(view=self.previewing.page(work, call, before))
        return self._put_right(work, call, replace(now, line=""))

    def ask_line(self, work: Work, call: Call, action: actions.AskLine) -> Reply:
        """A line of its own?"""
        before = self.people.found(work, action.id)
        _may_be_put_right(work, before)
        return Reply(ask=forms.of_line(before))

    def send_line(self, work: Work, call: Call, action: actions.SendLine) -> Reply:
        """That line, sent."""
        before, line = self.people.found(work, action.id), one_line(call.value("line"))
        _may_be_put_right(work, before)
        if not 0 < len(line) <= ANSWER_LINE:
            return Reply(errors=forms.errors({"line": "error-line"}))
        return self._put_right(work, call, replace(before, line=line))

    def recall(self, work: Work, call: Call, action: actions.Recall) -> Reply:
        """Taken away from whoever has it, and sent to nobody else."""
        before = self.people.found(work, action.id)
        if before.where is Where.FRIDAY or before.state not in OUT:
            return Reply(view=self.previewing.page(work, call, before))
        said = work.use(ANNOUNCEMENTS).said(before.id)
        had = len({one.member for one in said if one.member and one.state in HAD})
        work.cancel(prefix(before.id))
        work.use(ANNOUNCEMENTS).keep(replace(before, state=State.RECALLED))
        work.use(TIMERS).set(TAKE_AWAY, before.id, work.at)
        tell(work, before, "recalled", self.people.name(work, call))
        return Reply(view=pages.recalled(before, had if before.is_to_all and before.is_written else None))

    def look(self, work: Work, call: Call) -> Seen | None:
        """What was said of it, and to whom."""
        found = work.use(ANNOUNCEMENTS).get(call.rang.about) if call.rang else None
        if found is None:
            return None
        chosen = self.people.chosen(work, found) if found.where is Where.DIRECT else None
        return Seen(found, self.previewing.shown(work, found), chosen, work.use(ANNOUNCEMENTS).said(found.id))

    def think(self, seen: Seen | None, tools: Tools) -> Amended | None:
        """For each who had it, the correction; for each who waits for it, the right words from the start."""
        if seen is None or seen.announcement.state is not State.SENT:
            return None
        letters, instead = list[Letter](), dict[str, str]()
        for said in _by_place(seen.said).values():
            letter, waited = _corrected(seen, said, tools.at)
            letters += [letter] if letter else []
            instead |= {letter.key: waited} if letter and waited else {}
        return Amended(seen, tuple(letters), instead)

    def parts(self, amended: Amended | None) -> Sequence[Amended | None]:
        """Thousands, so that nobody who presses meanwhile waits for all of them."""
        if amended is None:
            return (None,)
        return [replace(amended, letters=letters) for letters in in_parts(amended.letters)]

    def keep(self, work: Work, call: Call, amended: Amended | None) -> Reply:
        """Post what is right, and take back what waited."""
        now = work.use(ANNOUNCEMENTS).get(amended.seen.announcement.id) if amended else None
        if amended is None or now is None or now != amended.seen.announcement:
            return NOTHING
        chosen = amended.seen.chosen
        letters = still_theirs(work, chosen, amended.letters) if chosen else amended.letters
        work.cancel(*(amended.instead[one.key] for one in letters if one.key in amended.instead))
        work.post(*letters)
        return NOTHING

    def think_away(self, seen: Seen | None, tools: Tools) -> Amended | None:
        """An order to take away each message that may stand."""
        if seen is None or seen.announcement.state is not State.RECALLED:
            return None
        orders = [_gone(seen, one, tools.at) for one in seen.said if one.state in HAD]
        return Amended(seen, tuple(orders), {})

    def keep_away(self, work: Work, call: Call, amended: Amended | None) -> Reply:
        """Whoever has it, whatever they have chosen since: nothing is said to them."""
        work.post(*(amended.letters if amended else ()))
        return NOTHING

    def _put_right(self, work: Work, call: Call, now: Announcement) -> Reply:
        now = replace(now, version=now.version + 1, corrected_at=work.at)
        work.use(ANNOUNCEMENTS).keep(now)
        work.use(TIMERS).set(CORRECT, now.id, work.at)
        tell(work, now, "corrected", self.people.name(work, call))
        return Reply(view=pages.said("correcting", title=now.title))


def _may_be_put_right(work: Work, announcement: Announcement) -> None:
    """Raises Refusal where it cannot be found any more where it was said, or is still being sent."""
    if announcement.state is not State.SENT or announcement.where is Where.FRIDAY:
        raise Refusal(words.text("not-now"))
    if announcement.goes_at is None or announcement.goes_at + MARKS_KEPT < work.at:
        raise Refusal(words.text("too-old"))


def _by_place(said: Sequence[Said]) -> Mapping[object, list[Said]]:
    """All that was said of it in each place, in order."""
    places: dict[object, list[Said]] = defaultdict(list)
    for one in said:
        places[one.member or _platform(one)].append(one)
    return places


def _platform(said: Said) -> str:
    """Of a letter into a channel, which its key names."""
    return said.key.split(":")[2].removeprefix("in-")


def _to(said: Said) -> Address:
    return Person(said.member) if said.member else Channel(NEWS, _platform(said))


def _corrected(seen: Seen, said: Sequence[Said], at: datetime) -> tuple[Letter | None, str]:
    """The correction for one place, and the key of what waits there and is not to be sent any more."""
    one, last = seen.announcement, said[-1]
    key = key_to(one.id, last.member, one.version) if last.member else key_in(one.id, _platform(last), one.version)
    had = next((letter.key for letter in reversed(said) if letter.state in HAD), "")
    waits = next((letter for letter in said if letter.state in WAITS), None)
    kind = Kind.NOTICE if last.member else Kind.ORGANISER
    if had and one.line:
        return Letter(key, _to(last), views.correction(one), kind, at), waits.key if waits else ""
    if had:
        return Letter(key, _to(last), seen.view, kind, at, instead_of=had), waits.key if waits else ""
    if waits is None:
        return None, ""
    kind = Kind.WEEKLY if last.member else Kind.ORGANISER
    return Letter(key, _to(last), seen.view, kind, at, batch=one.batch if last.member else ""), waits.key


def _gone(seen: Seen, said: Said, at: datetime) -> Letter:
    return Letter(f"gone:{said.key}", _to(said), seen.view, Kind.REMOVAL, at, instead_of=said.key)
