"""Whom an announcement is for, and who may decide that it goes to them."""

from dataclasses import dataclass, replace

from bot.announcements.model import Announcement, Chosen, Setup, Told, is_enough, told
from bot.announcements.store import ANNOUNCEMENTS
from bot.announcements.views import words
from bot.chat.action import Unreadable
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.view import Button
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.work import Work
from bot.members.model import By, read_audience
from bot.members.store import MEMBERS


@dataclass(frozen=True)
class People:
    """What is asked of people, with what the room needs by value."""

    setup: Setup

    def found(self, work: Work, id: Id) -> Announcement:
        """The announcement of a press. Raises Unreadable where there is none any more."""
        announcement = work.use(ANNOUNCEMENTS).get(id)
        if announcement is None:
            raise Unreadable("no such announcement")
        return announcement

    def chosen(self, work: Work, announcement: Announcement) -> Chosen:
        """Whom it is for. Raises Refusal where the room that knew them does not any more."""
        by, of, among = By.EVERYONE, "", None
        try:
            crowd = self.setup.crowd(announcement.audience)
            if crowd is None:
                audience = read_audience(announcement.audience)
                by, of = audience.by, audience.of
            else:
                among = crowd[0].members(work, crowd[1])
        except ValueError:
            raise Refusal(words.text("no-such-people")) from None
        return Chosen(by, of, among, announcement.sort.needs, self.setup.today(work.at))

    def checked(self, work: Work, call: Call, announcement: Announcement) -> Told:
        """How many they are, as far as it may be told, for somebody who wants to write to them. Raises Refusal where
        they may not, or where there are too few, whatever each of them has chosen."""
        self.may_write(work, call, announcement.audience)
        return self.counted(work, announcement)

    def counted(self, work: Work, announcement: Announcement) -> Told:
        """How many they are, as far as it may be told; of who reads a channel, nothing. Raises Refusal where there are
        too few."""
        if not announcement.is_written:
            return Told(0)
        chosen = self.chosen(work, announcement)
        found = work.use(ANNOUNCEMENTS).count(chosen)
        if not is_enough(found):
            raise Refusal(words.text("too-few"))
        return told(chosen, found)

    def may_write(self, work: Work, call: Call, audience: str) -> None:
        """Raises Refusal where a group of another room is not this caller's to write to."""
        try:
            crowd = self.setup.crowd(audience)
        except ValueError:
            raise Refusal(words.text("no-such-people")) from None
        if crowd is not None and all(one.id != crowd[1] for one in crowd[0].offers(work, call)):
            raise Refusal(words.text("not-your-people"))

    def invite(self, work: Work, announcement: Announcement) -> Button | None:
        """The button of another room's under it, while there is something to press."""
        invite = self.setup.invite(announcement.invite)
        return invite[0].press(work, invite[1]) if invite else None

    def signed(self, work: Work, call: Call, announcement: Announcement) -> Announcement:
        """The announcement, as this organiser's: their member, or a keyed hash of their account where they are none."""
        signed = "" if call.member else work.use(ANNOUNCEMENTS).signature(call.who)
        return replace(announcement, author=call.member, signed=signed)

    def is_by(self, work: Work, call: Call, announcement: Announcement) -> bool:
        """Whether this organiser sent it."""
        if announcement.author is not None and announcement.author == call.member:
            return True
        return announcement.signed == work.use(ANNOUNCEMENTS).signature(call.who)

    def needs_second(self, announcement: Announcement) -> bool:
        """Whether another organiser has to agree: to what comes to everybody directly."""
        return self.setup.settings.second_organiser and announcement.is_written and announcement.is_to_all

    def has_second(self, work: Work, call: Call) -> bool:
        """Whether there is any organiser but this one, whose accounts all count as one."""
        return any(
            account != call.who and (member is None or member != call.member)
            for account, member in self._organisers(work)
        )

    def name(self, work: Work, call: Call) -> str:
        """By which name other organisers know this one."""
        member = work.use(MEMBERS).get(call.member) if call.member else None
        return (member.name if member else call.name) or words.line("an-organiser")

    def _organisers(self, work: Work) -> list[tuple[Account, Id | None]]:
        named = [Account(*one.split(":")) for one in sorted(self.setup.organisers)]
        whose = [(one, work.use(MEMBERS).identity(one)) for one in named]
        return [
            *((one, known.member if known else None) for one, known in whose),
            *work.use(ANNOUNCEMENTS).organisers(),
        ]
