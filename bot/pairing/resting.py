"""The kind pause of somebody who has not pressed anything for a while, and the word at the end of any pause."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count

from bot.chat.address import Person
from bot.chat.ids import Id, show
from bot.chat.inbound import Due
from bot.chat.outbound import NOTHING, Reply
from bot.core.calendar import Late, Rule
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.parts import Tools
from bot.core.work import Work
from bot.members.away import leave_alone
from bot.members.model import Consent, Member, MemberBack, Stage, next_monday
from bot.members.store import MEMBERS
from bot.pairing import views
from bot.pairing.flow import coming_week
from bot.pairing.model import LATEST, RESTS_AFTER, RESTS_FOR, Weeks, is_silent
from bot.pairing.store import PAIRINGS

BEFORE = timedelta(minutes=30)
"""How long before introductions go out it is looked whom to leave alone."""


@dataclass(frozen=True)
class Resting:
    """The handlers, and what they need by value."""

    weeks: Weeks

    @property
    def rule(self) -> Rule:
        """Shortly before introductions go out; once they have, it is too late for that week."""
        at = datetime.combine(date.min + timedelta(days=1), self.weeks.settings.at) - BEFORE
        on_the_day = time() if at.day == 1 else at.time()
        return Rule("introductions.rest", replace(self.weeks.schedule, time=on_the_day), Late.RUN_LATE, LATEST)

    @property
    def friday_rule(self) -> Rule:
        """With the Friday letter it is said that a pause ends; where that was missed altogether, on the day itself."""
        return Rule("introductions.return", self.weeks.friday, Late.RUN_LATE, timedelta(hours=4))

    def look(self, work: Work, call: Call) -> tuple[Id, ...]:
        """Who has not pressed anything through three introductions."""
        week = self.weeks.monday(work.at)
        if coming_week(work, self.weeks) != week:
            return ()
        there = work.use(MEMBERS).introducible(self.weeks.today(work.at))
        return self.silent(work, [one.id for one in there], week)

    def think(self, silent: tuple[Id, ...], tools: Tools) -> tuple[Id, ...]:
        """Nothing."""
        return silent

    def keep(self, work: Work, call: Call, silent: tuple[Id, ...]) -> Reply:
        """Leave them alone for some weeks; nothing is said, and what is kept is a pause like any other. Who pressed
        something, paused or left meanwhile is not among them any more."""
        there = work.use(MEMBERS).introducible_among(self.weeks.today(work.at), silent)
        still = self.silent(work, [one.id for one in there], self.weeks.monday(work.at))
        for member in there:
            if member.id in still:
                leave_alone(work, member, self._until(work, member), said=False)
        return NOTHING

    def silent(self, work: Work, members: Iterable[Id], week: date) -> tuple[Id, ...]:
        """Who of them pressed nothing through their last introductions before that week, as many as it takes."""
        pressed, long_ago = work.use(MEMBERS).last_pressed(), week - timedelta(weeks=RESTS_AFTER)
        some = [one for one in members if pressed.get(one, date.min) < long_ago]
        met = work.use(PAIRINGS).introduced_weeks(some)
        return tuple(one for one in some if is_silent([day for day in met[one] if day < week], pressed.get(one)))

    def friday(self, work: Work, due: Due) -> None:
        """To everybody whose pause ends in the coming week, before the introductions that they will be part of."""
        today = self.weeks.today(work.at)
        week = next_monday(today)
        for member in work.use(MEMBERS).returning(week + timedelta(days=6)):
            if member.back_on and member.back_on > today:
                self._tell(work, member, member.back_on, week, Kind.FRIDAY)

    def back(self, work: Work, fact: MemberBack) -> None:
        """A pause is over: whom nobody could tell beforehand is told now. In the holidays the Friday letter will."""
        member = work.use(MEMBERS).get(fact.member)
        if member is not None:
            self._tell(work, member, fact.back_on, self.weeks.monday(work.at), Kind.NOTICE)

    def _tell(self, work: Work, member: Member, back_on: date, week: date, kind: Kind) -> None:
        """The note, once for each pause; `week` is the one in which it ends."""
        consents = work.use(MEMBERS).consents(member.id)
        hears = member.stage in (Stage.MEMBER, Stage.WAITING) and Consent.MESSAGES in consents
        if not hears or member.left_at or not self._is_term(week, member):
            return
        introduced = member.stage is Stage.MEMBER and Consent.INTRODUCTIONS in consents
        skips = week if introduced and coming_week(work, self.weeks) == week else None
        view = views.returning(member, introduced, back_on if kind is Kind.FRIDAY else None, skips)
        key = f"return:{show(member.id)}:{back_on.isoformat()}"
        work.post(Letter(key, Person(member.id), view, kind, work.at))

    def _until(self, work: Work, member: Member) -> date:
        """The Monday on which they are introduced again."""
        first = self.weeks.monday(work.at) + RESTS_FOR
        weeks = (first + timedelta(weeks=later) for later in count())
        return next(week for week in weeks if self._is_term(week, member))

    def _is_term(self, week: date, member: Member) -> bool:
        """Whether somebody can be introduced in that week at all."""
        return self.weeks.in_term(week) and self.weeks.in_term(week, member.nation)
