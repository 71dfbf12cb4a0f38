"""Introductions: what is done when Monday comes, what organisers decide about it, and what members ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.chat.ids import Dice, Id
from bot.chat.outbound import NOTHING, Reply
from bot.chat.text import Text
from bot.chat.view import View
from bot.core.counts import tell_count
from bot.core.errors import Moved
from bot.core.feature import Call
from bot.core.outbox import Letter
from bot.core.parts import Tools, in_parts
from bot.core.work import Work
from bot.members.kinds import Nation
from bot.members.model import Member
from bot.members.store import MEMBERS, have_moved
from bot.pairing import views
from bot.pairing.matcher import SHOWN_BY_DEFAULT, Candidate, Engine, Match, Shown, reasons, time_at
from bot.pairing.model import Coming, Group, GroupMade, Round, RoundState, Weeks, may_meet_another
from bot.pairing.store import PAIRINGS

Figures = Callable[[Work, Round], Sequence[Text]]
"""What another room adds to `intro status`: sentences about introductions that were sent."""

_A_GROUP = 2
"""Letters that an introduction weighs as much as: besides its letter a group is kept, and who is in it."""


@dataclass(frozen=True)
class Seen:
    """All that introducing people depends on. `mark` changes with whatever is known of `members`; `made` counts the
    groups there are already, where a crash came between two parts."""

    coming: Coming
    mark: Mapping[Id, object]
    made: int
    members: Mapping[Id, Member]
    candidates: Sequence[Candidate]
    met: Mapping[frozenset[Id], date]
    forbidden: frozenset[frozenset[Id]]


@dataclass(frozen=True)
class Plan:
    """Who meets whom, and every letter: ready to be kept. Nothing has happened yet.

    `after`: the round as the part before leaves it, with that many groups `made`. `among`: who meets in a part. The
    last of several brings who is left out; what was seen must then still hold of everybody (None).
    """

    seen: Seen
    round: Round
    after: Round | None
    made: int
    groups: tuple[Group, ...]
    left: tuple[Id, ...]
    letters: tuple[Letter, ...]
    among: frozenset[Id] | None = None


@dataclass(frozen=True)
class Introductions:
    """The room's handlers, and what they need by value."""

    weeks: Weeks
    engine: Engine
    figures: Figures

    def look_hour(self, work: Work, call: Call) -> Seen | Coming:
        """When Monday comes: all there is to see, unless an organiser's word is waited for."""
        coming = self._coming(work)
        return coming if coming.waits or not self._is_time(work, coming) else self._look(work, coming)

    def look_send(self, work: Work, call: Call) -> Seen | Coming:
        """When an organiser says so: the same, as soon as the day has come."""
        coming = self._coming(work)
        return self._look(work, coming) if self._is_time(work, coming) else coming

    def look_preview(self, work: Work, call: Call) -> Seen | Coming:
        """All there is to see, whatever the day."""
        return self._look(work, self._coming(work))

    def think(self, seen: Seen | Coming, tools: Tools) -> Plan | Coming:
        """Who meets whom, and every letter. The dice are the week's own: what is previewed is what is sent."""
        if isinstance(seen, Coming):
            return seen
        dice = Dice(f"introductions {seen.coming.week}")
        matching = self.engine.match(seen.candidates, seen.met, seen.forbidden, dice)
        round = _round(seen.coming, tools, bool(matching.groups) or seen.made > 0)
        groups = tuple(_group(match, round, tools.ids.new()) for match in matching.groups)
        left = matching.left if round.state is RoundState.SENT else ()
        letters = self._letters(seen, groups, left, tools.at)
        return Plan(seen, round, seen.coming.round, seen.made, groups, left, letters)

    def parts(self, thought: Plan | Coming) -> Sequence[Plan | Coming]:
        """A round of thousands, so that nobody who presses meanwhile waits for all of it."""
        if isinstance(thought, Coming):
            return (thought,)
        several = in_parts(thought.groups, _A_GROUP)
        if len(several) == 1:
            return (thought,)
        going, first, made = replace(thought.round, state=RoundState.SENDING), 0, thought.made
        parts = list[Plan]()
        for some in several:
            after, letters = going if parts else thought.after, thought.letters[first : first + len(some)]
            own = replace(thought, round=going, after=after, made=made, groups=some, left=(), letters=letters)
            parts.append(replace(own, among=_who_meets(some)))
            first, made = first + len(some), made + len(some)
        return (*parts, replace(thought, after=going, made=made, groups=(), letters=thought.letters[first:]))

    def keep_hour(self, work: Work, call: Call, thought: Plan | Coming) -> Reply:
        """What becomes of a Monday: introductions, or a line to organisers about why there are none."""
        if isinstance(thought, Plan):
            self._keep(work, thought)
            if thought.round.state is RoundState.SKIPPED:
                work.post(views.told_nobody(thought.round.day, work.at))
        elif thought.waits and self._is_time(work, thought):
            work.post(views.told_waits(thought.week, self.weeks.latest(thought.week), work.at))
        return NOTHING

    def keep_send(self, work: Work, call: Call, thought: Plan | Coming) -> Reply:
        """`intro send`: they go out now, or when their day comes."""
        if isinstance(thought, Coming):
            return self._release(work, call, thought)
        self._keep(work, thought)
        if thought.round.state is RoundState.SKIPPED:
            return Reply(view=views.said("sent-nobody"))
        self._tell(work, call, "told-sent")
        return Reply(view=views.said("sent"))

    def show(self, work: Work, call: Call, thought: Plan | Coming) -> Reply:
        """`intro preview`: names of those who would meet, and of nobody else."""
        if isinstance(thought, Coming):
            return NOTHING
        names = thought.seen.members
        groups = sorted(sorted(names[id].name for id in group.members) for group in thought.groups)
        more = tell_count(views.not_shown(groups))
        coming = thought.seen.coming
        when = None if self._is_time(work, coming) else self._when(coming)
        return self._with_buttons(work, views.preview(groups, more, when))

    def hold(self, work: Work, call: Call) -> Reply:
        """`intro hold`: the next ones wait for an organiser's word. Those half told already do not."""
        coming = self._coming(work)
        when, state = self._when(coming), coming.round.state if coming.round else None
        if state is RoundState.SENDING:
            return Reply(view=views.said("sent"))
        if state is not RoundState.HELD:
            self._decide(work, coming, RoundState.HELD)
            self._tell(work, call, "told-held", when)
        return self._with_buttons(work, views.said("held", when=when))

    def status(self, work: Work, call: Call) -> Reply:
        """`intro status`: what comes, and what became of the last."""
        coming, latest = self._coming(work), work.use(PAIRINGS).latest_sent()
        figures = (views.last(latest.day), *self.figures(work, latest)) if latest else ()
        return self._with_buttons(work, views.status(coming, self._is_time(work, coming), self._when(coming), figures))

    def expected(self, work: Work, week: date) -> frozenset[Id]:
        """Who would be introduced in that week as things stand; nobody where it has none, or an organiser decides."""
        coming = self._coming(work)
        if coming.week != week or coming.waits:
            return frozenset()
        members = self._members(work, week).values()
        return frozenset(one.id for one in self._candidates(work, week, members))

    def _coming(self, work: Work) -> Coming:
        return coming(work, self.weeks)

    def _is_time(self, work: Work, coming: Coming) -> bool:
        return work.at >= self.weeks.goes_out(coming.week)

    def _look(self, work: Work, coming: Coming) -> Seen:
        mark = work.use(MEMBERS).introducible_mark(self._day(work, coming.week))
        pairings, members = work.use(PAIRINGS), self._members(work, coming.week)
        made = pairings.groups_of(coming.round.id) if coming.round else ()
        met = {member for group in made if group.ended_at is None for member in group.members}
        free = [one for one in members.values() if one.id not in met]
        return Seen(
            coming=coming,
            mark=mark,
            made=len(made),
            members=members,
            candidates=self._candidates(work, coming.week, free),
            met=pairings.met_since(coming.week - timedelta(weeks=self.weeks.settings.cooldown_weeks)),
            forbidden=pairings.forbidden(),
        )

    def _members(self, work: Work, week: date) -> Mapping[Id, Member]:
        """Who may be introduced on the day itself, or today where that is later, and meets somebody that week."""
        there = work.use(MEMBERS).introducible(self._day(work, week))
        in_term = {nation: self.weeks.in_term(week, nation) for nation in (None, *Nation)}
        return {one.id: one for one in there if in_term[one.nation] and one.skips != week}

    def _day(self, work: Work, week: date) -> date:
        return max(self.weeks.day_of(week), self.weeks.today(work.at))

    def _candidates(self, work: Work, week: date, members: Iterable[Member]) -> Sequence[Candidate]:
        pairings = work.use(PAIRINGS)
        latest, last = pairings.latest_sent(), pairings.last_introduced()
        waited = pairings.left_out(latest.id) if latest else {}
        people = [one for one in members if one.id in waited or is_turn(one, last.get(one.id), week)]
        return [candidate(one, waited.get(one.id, 0), self.weeks.zone) for one in people]

    def _letters(self, seen: Seen, groups: Iterable[Group], left: Iterable[Id], at: datetime) -> tuple[Letter, ...]:
        week, known = seen.coming.week, {one.id: one for one in seen.candidates}
        until = self.weeks.ends(week)
        introduce = [views.introduce(group, _named(seen, group), why(known, group), at, until) for group in groups]
        looks = self.weeks.seeks(week, at)
        return (*introduce, *(views.left_out(week, member, at, until, looks) for member in left))

    def _keep(self, work: Work, plan: Plan) -> None:
        """Keep and post. Raises Moved where somebody came, paused or left, or an organiser decided, meanwhile."""
        pairings, coming = work.use(PAIRINGS), replace(plan.seen.coming, round=plan.after)
        if self._coming(work) != coming or pairings.forbidden() != plan.seen.forbidden:
            raise Moved
        if pairings.made(plan.round.id) != plan.made:
            raise Moved
        if have_moved(work.use(MEMBERS), self._day(work, coming.week), plan.seen.mark, plan.among):
            raise Moved
        pairings.keep_round(plan.round)
        pairings.add_groups(plan.groups)
        if plan.made:
            pairings.found(plan.round.id, sorted(_who_meets(plan.groups)))
        if plan.left:
            pairings.leave_out(plan.round.id, plan.left)
        work.post(*plan.letters)
        for group in plan.groups:
            work.tell(GroupMade(group))

    def _release(self, work: Work, call: Call, coming: Coming) -> Reply:
        """Not yet their day: from now on they go out by themselves."""
        latest = work.use(PAIRINGS).latest_sent()
        when = self._when(coming)
        if coming.waits:
            self._decide(work, coming, RoundState.PLANNED)
            self._tell(work, call, "told-released", when)
        elif coming.round is None and latest and self.weeks.may_go_out(latest.day, work.at):
            return Reply(view=views.said("sent"))
        return Reply(view=views.said("released", when=when))

    def _decide(self, work: Work, coming: Coming, state: RoundState) -> None:
        id = coming.round.id if coming.round else work.new_id()
        work.use(PAIRINGS).keep_round(Round(id, coming.week, state))

    def _when(self, coming: Coming) -> Text:
        return views.say_when(self.weeks.day_of(coming.week), self.weeks.settings.at)

    def _tell(self, work: Work, call: Call, key: str, when: Text = ()) -> None:
        """A line to all organisers about what one of them did."""
        member = work.use(MEMBERS).get(call.member) if call.member else None
        work.post(views.told(work.new_id(), key, member or call.name, when, work.at))

    def _with_buttons(self, work: Work, view: View) -> Reply:
        """A reply to an organiser, with what they can decide now."""
        coming = self._coming(work)
        return Reply(view=views.for_organiser(view, coming, self._is_time(work, coming), self._when(coming)))


def coming_week(work: Work, weeks: Weeks) -> date:
    """The week whose introductions go out next, or could go out now."""
    latest = work.use(PAIRINGS).latest_sent()
    return weeks.coming(work.at, latest.day if latest else None)


def coming(work: Work, weeks: Weeks) -> Coming:
    """What there is of the introductions that go out next, or could go out now."""
    week = coming_week(work, weeks)
    first = not weeks.settings.send_first and work.use(PAIRINGS).latest_sent() is None
    return Coming(week, work.use(PAIRINGS).round_on(week), first)


def open_round(work: Work, weeks: Weeks) -> Round | None:
    """This week's round, locked, as long as it went out and new partners are looked for."""
    week = weeks.monday(work.at)
    round = work.use(PAIRINGS).round_on(week) if weeks.seeks(week, work.at) else None
    return round if round and round.state is RoundState.SENT else None


def is_looked_for(work: Work, weeks: Weeks, member: Id) -> bool:
    """Whether somebody may still be given a partner this week."""
    pairings, round = work.use(PAIRINGS), open_round(work, weeks)
    if round is None or member not in pairings.left_out(round.id) or not there(work, weeks, round, [member]):
        return False
    return may_meet_another(member, pairings.groups_with(member, round.day))


def there(work: Work, weeks: Weeks, round: Round, members: Sequence[Id]) -> Sequence[Member]:
    """Those of them who may be introduced today, and did not say "not this week"."""
    found = work.use(MEMBERS).introducible_among(weeks.today(work.at), members)
    return [one for one in found if one.skips != round.day and weeks.in_term(round.day, one.nation)]


def is_turn(member: Member, last: date | None, week: date) -> bool:
    """Whether their last introduction lies as long ago as they asked for."""
    return last is None or last + timedelta(weeks=member.often.weeks) <= week


def candidate(member: Member, waited: int, zone: str) -> Candidate:
    """What matching may know of somebody; `zone` is the network's, for whoever said none."""
    return Candidate(
        id=member.id,
        school=member.urn,
        trust=member.trust,
        phase=member.phase,
        region=member.region,
        tags=frozenset(member.topics),
        times=frozenset(time_at(time, member.zone or zone) for time in member.times),
        waited=waited,
        shows=SHOWN_BY_DEFAULT | {Shown.REGION} if member.shows_region else SHOWN_BY_DEFAULT,
    )


def _round(coming: Coming, tools: Tools, anybody: bool) -> Round:
    id = coming.round.id if coming.round else tools.ids.new()
    state = RoundState.SENT if anybody else RoundState.SKIPPED
    return Round(id, coming.week, state, tools.at if anybody else None)


def _group(match: Match, round: Round, id: Id) -> Group:
    return Group(id, round.id, round.day, match.ids, match.ids[0])


def _who_meets(groups: Iterable[Group]) -> frozenset[Id]:
    return frozenset(member for group in groups for member in group.members)


def _named(seen: Seen, group: Group) -> list[Member]:
    return [seen.members[member] for member in group.members]


def why(known: Mapping[Id, Candidate], group: Group) -> Text:
    """What is told them as the reason."""
    return views.why(reasons(*(known[member] for member in group.members)), len(group.members))


def people(work: Work, members: Iterable[Id]) -> list[Member]:
    """Those of them we still know."""
    found = [work.use(MEMBERS).get(member) for member in members]
    return [one for one in found if one is not None]
