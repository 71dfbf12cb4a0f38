"""From the press to the letters: a second organiser, a minute of grace, letters in parts, and a stop."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.announcements import actions, pages
from bot.announcements.model import (
    GRACE,
    LATEST,
    WORTH,
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
from bot.announcements.store import ANNOUNCEMENTS
from bot.announcements.views import words
from bot.chat.address import NEWS, ORGANISERS, Channel, Person
from bot.chat.ids import Id, read
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.going import Going
from bot.core.outbox import Kind, Letter
from bot.core.parts import Tools, in_parts
from bot.core.timers import TIMERS
from bot.core.work import Work

GO = "announcements.go"
"""The timer of what is to leave."""


@dataclass(frozen=True)
class Seen:
    """All that sending depends on: the announcement, how it looks, and who gets it. `is_late`: after a long outage."""

    announcement: Announcement
    view: View
    chosen: Chosen
    recipients: Sequence[Id]
    is_late: bool


@dataclass(frozen=True)
class Written:
    """Letters, ready to be posted; with the `last` of them it has left."""

    seen: Seen
    letters: tuple[Letter, ...]
    last: bool = True


@dataclass(frozen=True)
class Sending:
    """The handlers, and what they need by value."""

    people: People
    previewing: Previewing

    def send(self, work: Work, call: Call, action: actions.Send) -> Reply:
        """The press: what was previewed leaves in a minute or at its time, or waits for a second organiser's word."""
        announcement = self.people.found(work, action.id)
        if announcement.state is not State.DRAFT:
            return Reply(view=self.previewing.page(work, call, announcement))
        moved = self._moved(work, call, announcement, action.edition, action.people)
        if moved is not None:
            return moved
        announcement = self.people.signed(work, call, announcement)
        if self.people.needs_second(announcement):
            return self._ask(work, call, announcement)
        return self._plan(work, call, announcement)

    def agree(self, work: Work, call: Call, action: actions.Agree) -> Reply:
        """A second organiser's press; the author's own is none."""
        announcement = self.people.found(work, action.id)
        if announcement.state is not State.ASKED or announcement.version != action.edition:
            return Reply(view=self.previewing.page(work, call, announcement))
        if self.people.is_by(work, call, announcement):
            raise Refusal(words.text("not-your-own"))
        if not self.people.counted(work, announcement).is_near(action.people):
            return Reply(view=pages.changed(announcement))
        return self._plan(work, call, replace(announcement, approver=call.member))

    def not_like_this(self, work: Work, call: Call, action: actions.NotLikeThis) -> Reply:
        """A second organiser would rather not: it is a draft again."""
        announcement = self.people.found(work, action.id)
        if announcement.state is State.ASKED and announcement.version == action.edition:
            announcement = self._again(work, announcement)
            self._tell(work, call, announcement, "not-so")
        return Reply(view=pages.said("not-so", title=announcement.title))

    def undo(self, work: Work, call: Call, action: actions.Undo) -> Reply:
        """Before anything has left, a press can be taken back."""
        announcement = self.people.found(work, action.id)
        if announcement.state not in (State.ASKED, State.PLANNED) or announcement.version != action.edition:
            return Reply(view=self.previewing.page(work, call, announcement))
        return Reply(view=pages.kept(self._again(work, announcement)))

    def stop(self, work: Work, call: Call, action: actions.Stop) -> Reply:
        """What has not left does not; what is in the air arrives."""
        announcement = self.people.found(work, action.id)
        if announcement.state in (State.ASKED, State.PLANNED):
            return Reply(view=pages.kept(self._again(work, announcement)))
        if announcement.state in (State.SENDING, State.SENT):
            work.use(TIMERS).stop(GO, announcement.id)
            work.cancel(prefix(announcement.id))
            work.use(ANNOUNCEMENTS).keep(replace(announcement, state=State.STOPPED))
            first = f"progress:{announcement.batch}"
            view = pages.told(announcement, "stopped", self.people.name(work, call))
            work.post(Letter(f"{first}:stopped", ORGANISERS, view, Kind.ANSWER, work.at, instead_of=first))
        return Reply(view=pages.stopped(announcement))

    def progress(self, work: Work, about: str, going: Going) -> View:
        """How far it is, for organisers; `about` is its id as it is written."""
        announcement = self.people.found(work, read(about))
        return pages.progress(announcement, going, announcement.is_to_all)

    def look(self, work: Work, call: Call) -> Seen | None:
        """When its moment has come: who gets it. None where it was taken back or stopped."""
        announcement = work.use(ANNOUNCEMENTS).get(call.rang.about) if call.rang else None
        if announcement is None or announcement.state not in (State.PLANNED, State.SENDING):
            return None
        chosen = self.people.chosen(work, announcement)
        is_direct = announcement.where is Where.DIRECT
        recipients = work.use(ANNOUNCEMENTS).recipients(chosen) if is_direct else ()
        is_late = work.at - (announcement.goes_at or work.at) > LATEST and announcement.state is State.PLANNED
        return Seen(announcement, self.previewing.shown(work, announcement), chosen, recipients, is_late)

    def think(self, seen: Seen | None, tools: Tools) -> Written | None:
        """A letter for each, or one for each channel."""
        if seen is None or seen.is_late:
            return Written(seen, ()) if seen else None
        one, at = seen.announcement, tools.at
        if one.where is Where.CHANNELS:
            places = self.people.setup.places
            posts = (Letter(key_in(one.id, to), Channel(NEWS, to), seen.view, Kind.ORGANISER, at) for to in places)
            return Written(seen, tuple(posts))
        return Written(seen, direct(one, seen.view, seen.recipients, at))

    def parts(self, written: Written | None) -> Sequence[Written | None]:
        """Thousands of letters, so that nobody who presses meanwhile waits for all of them."""
        if written is None:
            return (None,)
        *before, last = (replace(written, letters=letters) for letters in in_parts(written.letters))
        return (*(replace(one, last=False) for one in before), last)

    def keep(self, work: Work, call: Call, written: Written | None) -> Reply:
        """Post, unless it was stopped meanwhile, and to nobody who has paused or withdrawn since."""
        announcement = work.use(ANNOUNCEMENTS).get(written.seen.announcement.id) if written else None
        if written is None or announcement is None or not _is_same(announcement, written.seen.announcement):
            return NOTHING
        if written.seen.is_late:
            self._too_late(work, announcement)
            return NOTHING
        work.post(*still_theirs(work, written.seen.chosen, written.letters))
        state = State.SENT if written.last else State.SENDING
        is_friday = announcement.where is Where.FRIDAY
        friday = self.people.setup.week_of(work.at) if is_friday else None
        work.use(ANNOUNCEMENTS).keep(replace(announcement, state=state, goes_at=work.at, friday=friday))
        return NOTHING

    def _moved(self, work: Work, call: Call, announcement: Announcement, version: int, people: int) -> Reply | None:
        """Where it is not what was previewed, the way to a new preview, which is read beside the writer. None where
        it is."""
        told = self.people.checked(work, call, announcement)
        is_same = announcement.version == version and announcement.where is not None
        is_past = announcement.at is not None and announcement.at <= work.at
        if is_past:
            raise Refusal(words.text("past"))
        if is_same and told.is_near(people):
            return None
        return Reply(view=pages.changed(announcement))

    def _ask(self, work: Work, call: Call, announcement: Announcement) -> Reply:
        """Other organisers are asked, and see the same preview; where there are none, say how to go on."""
        if not self.people.has_second(work, call):
            raise Refusal(words.text("no-second"))
        now = replace(announcement, state=State.ASKED)
        work.use(ANNOUNCEMENTS).keep(now)
        view = pages.asks(now, self.people.name(work, call))
        work.post(Letter(f"announced:asked:{now.batch}:{now.version}", ORGANISERS, view, Kind.ORGANISER, work.at))
        return Reply(view=pages.asked(now))

    def _plan(self, work: Work, call: Call, announcement: Announcement) -> Reply:
        goes_at = max(announcement.at or work.at, work.at + GRACE)
        now = replace(announcement, state=State.PLANNED, goes_at=goes_at)
        work.use(ANNOUNCEMENTS).keep(now)
        work.use(TIMERS).set(GO, now.id, goes_at)
        self._tell(work, call, now, "sent")
        return Reply(view=pages.planned(now))

    def _again(self, work: Work, announcement: Announcement) -> Announcement:
        """A draft again, and another version, whose predecessor's presses mean nothing any more."""
        work.use(TIMERS).stop(GO, announcement.id)
        version = announcement.version + 1
        now = replace(announcement, state=State.DRAFT, version=version, goes_at=None, approver=None)
        work.use(ANNOUNCEMENTS).keep(now)
        return now

    def _too_late(self, work: Work, announcement: Announcement) -> None:
        work.use(ANNOUNCEMENTS).keep(replace(announcement, state=State.STOPPED))
        view = pages.late(announcement, announcement.goes_at or work.at)
        work.post(Letter(f"announced:late:{announcement.batch}", ORGANISERS, view, Kind.ORGANISER, work.at))

    def _tell(self, work: Work, call: Call, announcement: Announcement, did: str) -> None:
        tell(work, announcement, did, self.people.name(work, call))


def direct(announcement: Announcement, view: View, members: Sequence[Id], at: datetime) -> tuple[Letter, ...]:
    """To each of them, within the message budget."""
    id, until, batch = announcement.id, at + WORTH, announcement.batch
    return tuple([Letter(key_to(id, who), Person(who), view, Kind.WEEKLY, at, until, batch=batch) for who in members])


def still_theirs(work: Work, chosen: Chosen, letters: Sequence[Letter]) -> Sequence[Letter]:
    """Those to whom it may still go: asked anew for each part, since people pause while thousands are written."""
    asked = [one.to.member for one in letters if isinstance(one.to, Person)]
    if not asked:
        return letters
    theirs = set(work.use(ANNOUNCEMENTS).recipients(chosen, (min(asked), max(asked))))
    return [one for one in letters if not isinstance(one.to, Person) or one.to.member in theirs]


def tell(work: Work, announcement: Announcement, did: str, by: str) -> None:
    """To all organisers: what one of them did."""
    key = f"announced:{did}:{announcement.batch}:{announcement.version}"
    work.post(Letter(key, ORGANISERS, pages.told(announcement, did, by), Kind.ORGANISER, work.at))


def _is_same(now: Announcement, seen: Announcement) -> bool:
    return now.version == seen.version and now.state in (State.PLANNED, State.SENDING)
