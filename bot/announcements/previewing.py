"""What an announcement would look like, to how many it would go, and for how long: read beside the writer, for it looks
at everybody."""

from dataclasses import dataclass

from bot.announcements import pages, views
from bot.announcements.model import Announcement, State, Told, Where
from bot.announcements.people import People
from bot.announcements.store import ANNOUNCEMENTS
from bot.chat.view import View
from bot.core.feature import Call
from bot.core.work import Work


@dataclass(frozen=True)
class Previewing:
    """What is shown of one, as far as it has come."""

    people: People

    def page(self, work: Work, call: Call, announcement: Announcement) -> View:
        """It, and what this organiser can do about it."""
        match announcement.state:
            case State.DRAFT:
                return self.draft(work, call, announcement)
            case State.ASKED if self.people.is_by(work, call, announcement):
                return pages.asked(announcement)
            case State.ASKED:
                return self.preview(work, announcement, self.people.counted(work, announcement), second=True)
            case State.PLANNED:
                return pages.planned(announcement)
            case State.RECALLED:
                return pages.recalled(announcement, None)
            case _:
                seen = announcement.seen + work.use(ANNOUNCEMENTS).seen(announcement.id)
                return pages.out(announcement, self.shown(work, announcement), seen)

    def draft(self, work: Work, call: Call, announcement: Announcement) -> View:
        """The preview, once it is known whom it is for."""
        if announcement.where is None:
            return pages.kept(announcement)
        return self.preview(work, announcement, self.people.checked(work, call, announcement))

    def preview(self, work: Work, announcement: Announcement, told: Told, second: bool = False) -> View:
        """The very view that will be sent, and what follows from sending it."""
        setup, kept = self.people.setup, work.use(ANNOUNCEMENTS)
        is_direct = announcement.where is Where.DIRECT
        lasts = setup.lasts(kept.loads(self.people.chosen(work, announcement)) if is_direct else {})
        whom = pages.whom(announcement, setup) if announcement.is_written else ""
        seen = pages.Preview(whom, told, lasts, setup.places)
        ask = self.people.needs_second(announcement) and not second
        return pages.preview(announcement, self.shown(work, announcement), seen, second, ask)

    def shown(self, work: Work, announcement: Announcement) -> View:
        """It, as it arrives."""
        return views.shown(announcement, self.people.invite(work, announcement))
