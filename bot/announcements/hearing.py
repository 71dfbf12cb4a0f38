"""What comes back, and what is forgotten: who has read it, who wants no more news, and the nights after a year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.announcements import actions, views
from bot.announcements.amending import HAD, WAITS
from bot.announcements.model import KEPT, MARKS_KEPT, OUT, Announcement, Does, Reach, Where, key_to
from bot.announcements.people import People
from bot.announcements.store import ANNOUNCEMENTS, Said
from bot.chat.action import Unreadable
from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.chat.view import Block
from bot.core.errors import Refusal
from bot.core.feature import Broken, Call, Part
from bot.core.work import Work
from bot.members.model import NewsUnwanted

_LOOKED_AT = 5
_UNWANTED = frozenset({Reach.AWAY, Reach.CONSENT, Reach.SUSPENDED, Reach.OUT})


@dataclass(frozen=True)
class Hearing:
    """The handlers, and what they need by value."""

    people: People

    def seen(self, work: Work, call: Call, action: actions.Seen) -> Reply:
        """ "I’ve read this": counted once, while it is known who has."""
        announcement = self.people.found(work, action.id)
        left_at = announcement.goes_at
        if announcement.does is not Does.SEEN or announcement.state not in OUT or left_at is None:
            raise Unreadable("nothing to be read yet")
        if left_at + MARKS_KEPT > work.at:
            work.use(ANNOUNCEMENTS).saw(announcement.id, call.me)
        return Reply(view=views.thanks())

    def news_unwanted(self, work: Work, fact: NewsUnwanted) -> None:
        """What waits for somebody who wants no more news does not reach them."""
        for announcement in work.use(ANNOUNCEMENTS).open_news():
            work.cancel(key_to(announcement.id, fact.member))

    def forget(self, work: Work, due: Due) -> None:
        """Every night: who has read what, after a month; and after a year what was said, and by whom."""
        work.use(ANNOUNCEMENTS).add_up(work.at - MARKS_KEPT)
        work.use(ANNOUNCEMENTS).forget_before(work.at - KEPT)

    def in_friday(self, work: Work, week: date) -> Part:
        """What stands in the Friday letter before that week, for each who is to get it."""
        parts = [self._part(work, one) for one in work.use(ANNOUNCEMENTS).for_week(week)]

        def part(member: Id) -> tuple[Block, ...]:
            return tuple(block for meant, blocks in parts if member in meant for block in blocks)

        return part

    def broken(self, work: Work) -> Iterator[Broken]:
        """Nobody gets one twice, and none waits for somebody who wants none."""
        for announcement in work.use(ANNOUNCEMENTS).latest(_LOOKED_AT):
            if announcement.where is Where.DIRECT:
                said = work.use(ANNOUNCEMENTS).said(announcement.id)
                yield from _twice(announcement, said)
                yield from self._unwanted(work, announcement, said)

    def _part(self, work: Work, announcement: Announcement) -> tuple[frozenset[Id], tuple[Block, ...]]:
        try:
            chosen = self.people.chosen(work, announcement)
        except Refusal:
            return frozenset(), ()
        meant = frozenset(work.use(ANNOUNCEMENTS).recipients(chosen))
        return meant, views.in_friday(announcement, self.people.invite(work, announcement))

    def _unwanted(self, work: Work, announcement: Announcement, said: Sequence[Said]) -> Iterator[Broken]:
        waiting = frozenset(one.member for one in said if one.member and one.state in WAITS)
        chosen = replace(self.people.chosen(work, announcement), among=waiting)
        found = work.use(ANNOUNCEMENTS).count(chosen) if waiting else {}
        if any(found.get(reach) for reach in _UNWANTED):
            yield Broken("an announcement waits for nobody who wants none", str(announcement.id), str(dict(found)))


def _twice(announcement: Announcement, said: Sequence[Said]) -> Iterator[Broken]:
    firsts = [one for one in said if one.member and one.key == key_to(announcement.id, one.member)]
    for member, times in Counter(one.member for one in firsts if one.state in HAD).items():
        if times > 1:
            yield Broken("nobody gets an announcement twice", str(member), f"{times} times")
