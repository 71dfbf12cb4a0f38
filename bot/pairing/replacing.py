"""Within the week: whoever is new, is back or has lost their partner is introduced to somebody else who is looking.

Who looks for somebody stands among those left out of this week's round; whoever is not found comes first in the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.action import Unreadable
from bot.chat.ids import Dice, Id
from bot.chat.outbound import Reply
from bot.chat.text import Text
from bot.chat.view import View
from bot.core.feature import Call
from bot.core.work import Work
from bot.members.model import Member, MemberAway, MemberGone, MemberReady, MemberWithdrew
from bot.pairing import views
from bot.pairing.actions import FindAnother
from bot.pairing.flow import candidate, is_looked_for, is_turn, open_round, people, there, why
from bot.pairing.matcher import Engine, Match
from bot.pairing.model import (
    SOUGHT_AT_ONCE,
    Becomes,
    Group,
    GroupEnded,
    GroupMade,
    Round,
    WantsOut,
    Weeks,
    has_another_left,
    may_meet_another,
)
from bot.pairing.store import PAIRINGS


@dataclass(frozen=True)
class Replacing:
    """The handlers, and what they need by value."""

    weeks: Weeks
    engine: Engine

    def wants_out(self, work: Work, fact: WantsOut) -> None:
        """As if they had paused, for this one introduction; but for themselves somebody else is looked for."""
        group = work.use(PAIRINGS).living(fact.member, self.weeks.monday(work.at))
        if group is not None and fact.others & set(group.members):
            self.stops(work, fact)
            self._look_for(work, group.round, fact.member)

    def withdrew(self, work: Work, fact: MemberWithdrew) -> None:
        """An introduction that has not reached all of them yet is not to reach anybody; one that has stays theirs."""
        group = work.use(PAIRINGS).living(fact.member, self.weeks.monday(work.at))
        if group is not None and work.waits(views.introduction_key(group.id)):
            self.stops(work, fact)

    def stops(self, work: Work, fact: MemberAway | MemberGone | MemberWithdrew | WantsOut) -> None:
        """Somebody cannot carry on: the others hear so at once, and never why."""
        week = self.weeks.monday(work.at)
        if work.use(PAIRINGS).round_on(week) is None:
            return
        group = work.use(PAIRINGS).living(fact.member, week)
        if group is not None and self._end(work, group, fact.member):
            (other,) = group.others(fact.member)
            self._look_for(work, group.round, other)
            work.post(views.cannot_continue(group.id, other, self._becomes(work, other), work.at))

    def ready(self, work: Work, fact: MemberReady) -> None:
        """Somebody is new or back: they need not wait for the next round, if anybody is looking."""
        round = open_round(work, self.weeks)
        if round is None or not self._is_due(work, round, fact.member):
            return
        if may_meet_another(fact.member, work.use(PAIRINGS).groups_with(fact.member, round.day)):
            self._look_for(work, round.id, fact.member)

    def another(self, work: Work, call: Call, action: FindAnother) -> Reply:
        """Somebody has written and heard nothing. What is said is read off how things stand then: a press that comes
        twice, or late, is answered alike."""
        pairings, week = work.use(PAIRINGS), self.weeks.monday(work.at)
        round, group = pairings.round_on(week), pairings.group(action.group)
        if group is None or call.me not in group.members:
            raise Unreadable("no group of theirs")
        if round is None or group.round != round.id:
            return Reply(view=views.said("another-past"))
        living = pairings.living(call.me, week)
        if living and living.id == group.id:
            if not self._may_ask(work, call.me, living):
                return Reply(view=views.said("another-once"))
            self._leave(work, living, call.me)
        return Reply(view=self._stands(work, round, call.me))

    def _may_ask(self, work: Work, me: Id, group: Group) -> bool:
        """Once a week; and when it is too late for this week, to come first in the next."""
        if not self.weeks.seeks(group.day, work.at):
            return True
        return has_another_left(work.use(PAIRINGS).groups_with(me, group.day))

    def _leave(self, work: Work, group: Group, me: Id) -> None:
        """Who did not answer is told without blame, and asked for nothing."""
        if self._end(work, group, me):
            (other,) = group.others(me)
            looks = self.weeks.seeks(group.day, work.at)
            work.post(views.moved_on(group.id, other, looks, work.at, self.weeks.ends(group.day)))
        self._look_for(work, group.round, me)

    def _stands(self, work: Work, round: Round, me: Id) -> View:
        """How things stand for somebody who asked for somebody else."""
        becomes = self._becomes(work, me)
        if becomes is Becomes.NEXT and me not in work.use(PAIRINGS).left_out(round.id):
            return views.said("another-past")
        return views.said(f"another-{becomes}")

    def _becomes(self, work: Work, member: Id) -> Becomes:
        """What becomes of somebody who has lost their partner."""
        if work.use(PAIRINGS).living(member, self.weeks.monday(work.at)):
            return Becomes.FOUND
        return Becomes.LOOKING if is_looked_for(work, self.weeks, member) else Becomes.NEXT

    def _end(self, work: Work, group: Group, because_of: Id) -> bool:
        """End a group. Two of three go on together; True where one of two is left."""
        others = group.others(because_of)
        work.use(PAIRINGS).end(group.id, work.at)
        work.cancel(views.introduction_key(group.id), views.astray_key(group.id))
        work.tell(GroupEnded(group, because_of))
        if len(others) == 1:
            return True
        first = group.first if group.first in others else work.dice.choice(others)
        smaller = replace(group, id=work.new_id(), members=others, first=first)
        work.use(PAIRINGS).add_groups([smaller])
        work.tell(GroupMade(smaller))
        work.post(views.go_on(smaller, people(work, others), work.at, self.weeks.ends(group.day)))
        return False

    def _look_for(self, work: Work, round: Id, member: Id) -> None:
        """Somebody has nobody: they come first in the next round, unless somebody is found now."""
        work.use(PAIRINGS).leave_out(round, [member])
        still = open_round(work, self.weeks)
        if still is None:
            return
        seeking = self._seeking(work, still)
        if len(seeking) > 1:
            self._match(work, still, seeking)

    def _seeking(self, work: Work, round: Round) -> Mapping[Id, Member]:
        """Who looks for somebody now, and may be given one: who waited longest first, and no more than a few."""
        pairings = work.use(PAIRINGS)
        waited, stood = pairings.left_out(round.id), pairings.groups_of_left_out(round.id)
        seek = there(work, self.weeks, round, list(waited))
        free = [one for one in seek if may_meet_another(one.id, stood)]
        first = sorted(free, key=lambda one: (-waited[one.id], one.id))[:SOUGHT_AT_ONCE]
        return {one.id: one for one in first}

    def _match(self, work: Work, round: Round, seeking: Mapping[Id, Member]) -> None:
        """By the same engine as on Monday, and dice of the week's own; but within it nobody meets again whom they met
        lately."""
        pairings = work.use(PAIRINGS)
        waited = pairings.left_out(round.id)
        since = round.day - timedelta(weeks=self.weeks.settings.cooldown_weeks)
        forbidden = pairings.forbidden() | pairings.met_among(seeking, since)
        known = {id: candidate(one, waited[id], self.weeks.zone) for id, one in seeking.items()}
        dice = Dice(f"introductions {round.day} {sorted(seeking)}")
        for match in self.engine.match(list(known.values()), {}, forbidden, dice).groups:
            group = _late(work, round, match)
            reason = why(known, group)
            self._introduce(work, group, [seeking[id] for id in group.members], reason)

    def _introduce(self, work: Work, group: Group, members: Sequence[Member], why: Text) -> None:
        pairings = work.use(PAIRINGS)
        pairings.add_groups([group])
        pairings.found(group.round, group.members)
        work.cancel(*(views.left_out_key(group.day, one) for one in group.members))
        work.post(views.introduce(group, members, why, work.at, self.weeks.ends(group.day)))
        work.tell(GroupMade(group))

    def _is_due(self, work: Work, round: Round, member: Id) -> bool:
        """Whether somebody may be introduced this week, and their last introduction lies long enough ago."""
        found = there(work, self.weeks, round, [member])
        earlier = [week for week in work.use(PAIRINGS).introduced_weeks([member])[member] if week < round.day]
        return bool(found) and is_turn(found[0], max(earlier, default=None), round.day)


def _late(work: Work, round: Round, match: Match) -> Group:
    return Group(work.new_id(), round.id, round.day, match.ids, match.ids[0], made_at=work.at, late=True)
