"""Check-ins: what is asked on Thursday, and what becomes of an answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.chat.action import Unreadable
from bot.chat.address import Person
from bot.chat.ids import Id, show
from bot.chat.outbound import NOTHING, Reply
from bot.chat.text import Text
from bot.chat.view import Block
from bot.checkins import views
from bot.checkins.actions import ALONE, AnswerCheckin, ChangeAnswer, KeepTrying
from bot.checkins.model import ANSWERED_FOR, Answer, Asked, CheckinAnswered, CheckinSettings, Outcome, talked
from bot.checkins.store import CHECKINS
from bot.checkins.views import Question
from bot.core.counts import tell_count
from bot.core.errors import Moved
from bot.core.feature import Call, Page
from bot.core.outbox import Kind, Letter
from bot.core.parts import Tools, in_parts
from bot.core.work import Work
from bot.members.model import first_name
from bot.members.store import MEMBERS, have_moved
from bot.pairing.model import Group, GroupEnded, Round, Weeks, has_another_left
from bot.pairing.store import PAIRINGS

_WEEK = timedelta(weeks=1)
_SETTLE = timedelta(days=1)
"""Nobody is asked about an introduction that went out less than a day before."""

_FRESH, _AGAIN = "checkin", "checkin-again"
"""Beginnings of letter keys."""


@dataclass(frozen=True)
class Seen:
    """All that a Thursday's questions depend on: the living `groups`, those of them that were asked a week ago, and
    the first names of whoever may be written to today. `mark` changes with whatever is known of members."""

    week: date
    mark: Mapping[Id, object]
    groups: Sequence[Group]
    again: frozenset[Id]
    answers: Mapping[Id, tuple[Answer, ...]]
    names: Mapping[Id, str]


@dataclass(frozen=True)
class Asking:
    """Who is asked what: nothing has happened yet. Each letter with the groups it asks about. `among`: of whom a part
    speaks; with the last, None, it must still hold of everybody."""

    seen: Seen
    asked: tuple[Asked, ...]
    letters: tuple[tuple[Letter, frozenset[Id]], ...]
    among: frozenset[Id] | None = None


@dataclass(frozen=True)
class CheckinRoom:
    """The room's handlers, and what they need by value; `help` stands under every check-in."""

    weeks: Weeks
    settings: CheckinSettings
    help: tuple[Block, ...]

    def look(self, work: Work, call: Call) -> Seen:
        """All that this Thursday's questions depend on."""
        members, today = work.use(MEMBERS), self.weeks.today(work.at)
        mark = members.introducible_mark(today)
        names = {one.id: first_name(one.name) for one in members.introducible(today)}
        return replace(self._see(work, self.weeks.monday(work.at), names), mark=mark)

    def think(self, seen: Seen, tools: Tools) -> Asking:
        """Who is asked what, and every letter: one to each, whatever there is to ask."""
        asked: dict[Id, list[tuple[Group, Question]]] = defaultdict(list)
        for group in seen.groups:
            for member, question in self._questions(seen, group):
                asked[member].append((group, question))
        letters = tuple(
            (self._letter(member, each, seen.week, tools.at), frozenset(group.id for group, _ in each))
            for member, each in asked.items()
        )
        groups = {group for _, each in letters for group in each}
        day = self._day(seen.week)
        return Asking(seen, tuple(Asked(id, day, 2 if id in seen.again else 1) for id in sorted(groups)), letters)

    def parts(self, asking: Asking) -> Sequence[Asking]:
        """Thousands of questions, so that nobody who answers meanwhile waits for all of them."""
        *before, last = (_part(asking, letters) for letters in in_parts(asking.letters))
        return (*before, replace(last, among=None))

    def keep(self, work: Work, call: Call, asking: Asking) -> Reply:
        """Keep and post. Raises Moved where a group ended, somebody answered, paused or left, meanwhile."""
        seen, ids = asking.seen, [group.id for group in asking.seen.groups]
        if have_moved(work.use(MEMBERS), self.weeks.today(work.at), seen.mark, asking.among):
            raise Moved
        if list(work.use(PAIRINGS).among(ids)) != list(seen.groups):
            raise Moved
        if work.use(CHECKINS).answers_of(ids) != seen.answers:
            raise Moved
        work.use(CHECKINS).ask(asking.asked)
        work.post(*(letter for letter, _ in asking.letters))
        return NOTHING

    def answer(self, work: Work, call: Call, action: AnswerCheckin) -> Reply:
        """One press: kept, and the message says so."""
        group = _mine(work, call, action.group)
        if not self._takes(group, work.at):
            return Reply(view=views.too_late())
        answer = Answer(group.id, call.me, action.outcome, work.at)
        work.use(CHECKINS).keep(answer)
        work.tell(CheckinAnswered(answer))
        if action.beside != ALONE:
            return self._both(work, call, (action.group, action.beside))
        return Reply(replace=views.asking((self._answered(work, call.me, group, action.outcome),), self.help))

    def change(self, work: Work, call: Call, action: ChangeAnswer) -> Reply:
        """The question once more, for a mind that changed. What was answered stands until it is answered anew."""
        group = _mine(work, call, action.group)
        if not self._takes(group, work.at):
            return Reply(view=views.too_late())
        if action.beside != ALONE:
            return self._both(work, call, (action.group, action.beside), opened=group.id)
        question = self._question(work, call.me, group, opened=group.id)
        return Reply(replace=views.asking((question,), self.help))

    def keep_trying(self, work: Work, call: Call, action: KeepTrying) -> Reply:
        """A kind word; nothing changes."""
        _mine(work, call, action.group)
        return Reply(view=views.trying())

    def open(self, work: Work, call: Call) -> Reply:
        """`checkin`: this week's question, and last week's where it is still open."""
        week = self.weeks.monday(work.at)
        questions = [one for group, one in self._both_weeks(work, call.me) if group.day == week or one.answer is None]
        if not questions:
            return Reply(view=views.nothing(self._day(week)))
        return Reply(view=views.asking(questions, self.help))

    def home(self, work: Work, call: Call) -> Page:
        """On the home page: what was asked and waits for an answer, as in the message that asked it."""
        member = work.use(MEMBERS).get(call.me)
        if member is None or not member.takes_part(self.weeks.today(work.at)):
            return ()
        asked = [one for group, one in self._both_weeks(work, member.id) if _was_asked(work, group, one)]
        waits = [one for one in asked if one.answer is None]
        return views.waiting(waits) if waits else ()

    def _both_weeks(self, work: Work, me: Id) -> list[tuple[Group, Question]]:
        """This week's group of somebody and last week's, each with its question as it stands now."""
        week = self.weeks.monday(work.at)
        living = [work.use(PAIRINGS).living(me, each) for each in (week, week - _WEEK)]
        return [(group, self._question(work, me, group)) for group in living if group]

    def ended(self, work: Work, fact: GroupEnded) -> None:
        """Nobody is asked about a group that ended before its question went out."""
        work.cancel(*(f"{each}:{show(fact.group.id)}:" for each in (_FRESH, _AGAIN)))

    def _see(self, work: Work, week: date, names: Mapping[Id, str]) -> Seen:
        if not self.weeks.in_term(week):
            return Seen(week, {}, (), frozenset(), {}, names)
        fresh, earlier = self._sent(work, week), self._sent(work, week - _WEEK)
        answers = work.use(CHECKINS).answers_of([group.id for group in (*fresh, *earlier)])
        known = {asked.group for asked in work.use(CHECKINS).asked_on(self._day(week - _WEEK))}
        open_still = [one for one in earlier if one.id not in known or self._asks_again(answers.get(one.id, ()))]
        again = frozenset(one.id for one in open_still if one.id in known)
        return Seen(week, {}, (*fresh, *open_still), again, answers, names)

    def _asks_again(self, answers: tuple[Answer, ...]) -> bool:
        """Whether a group is asked a second time: one "we talked" suffices for all of it."""
        return self.settings.ask_again and bool(answers) and not talked(answers)

    def _sent(self, work: Work, week: date) -> list[Group]:
        """That week's living groups, if they have had a day to settle."""
        round = work.use(PAIRINGS).round_on(week)
        if round is None or round.sent_at is None:
            return []
        living = [group for group in work.use(PAIRINGS).groups_of(round.id) if group.ended_at is None]
        return [group for group in living if work.at - (group.made_at or round.sent_at) >= _SETTLE]

    def _questions(self, seen: Seen, group: Group) -> Iterable[tuple[Id, Question]]:
        """Whom to ask about a group: who has not answered, or said "not yet" a week ago. Who said nothing is not
        asked again."""
        given = {one.member: one for one in seen.answers.get(group.id, ())}
        again = group.id in seen.again
        for member in group.members:
            answer = given.get(member)
            quiet = member not in seen.names or (again and answer is None)
            if not quiet and self._standing(answer, seen.week) is None:
                yield member, Question(group.id, _first_names(seen, group.others(member)), again)

    def _letter(self, member: Id, asked: Sequence[tuple[Group, Question]], week: date, at: datetime) -> Letter:
        first, question = asked[0]
        key = f"{_AGAIN if question.again else _FRESH}:{show(first.id)}:{show(member)}"
        about = tuple(one for group, _ in asked for one in group.others(member))
        view = views.asking([one for _, one in asked], self.help)
        return Letter(key, Person(member), view, Kind.WEEKLY, at, self.weeks.ends(week), about)

    def _both(self, work: Work, call: Call, groups: Iterable[Id], opened: Id = ALONE) -> Reply:
        """Both questions of one message, as they stand now."""
        found = sorted((_mine(work, call, group) for group in groups), key=lambda group: group.day, reverse=True)
        questions = [self._question(work, call.me, group, opened) for group in found]
        return Reply(replace=views.asking(questions, self.help))

    def _question(self, work: Work, me: Id, group: Group, opened: Id = ALONE) -> Question:
        """A question as it stands now; one that is `opened` is asked anew."""
        answer, week = work.use(CHECKINS).answer(group.id, me), self.weeks.monday(work.at)
        standing = None if group.id == opened else self._standing(answer, week)
        again = answer is not None and group.day < week
        answered = self._answered(work, me, group, standing)
        return replace(answered, others=_names(work, group.others(me)), again=again)

    def _answered(self, work: Work, me: Id, group: Group, answer: Outcome | None) -> Question:
        """A question that stands answered so, naming nobody."""
        is_open = answer is Outcome.NOT_YET and self._is_open(work, me, group)
        return Question(group.id, (), False, answer, self._next_day(group, answer, work.at), is_open)

    def _is_open(self, work: Work, me: Id, group: Group) -> bool:
        """Whether the week goes on for a group, and they were not introduced anew in it already."""
        if group.ended_at is not None or group.day != self.weeks.monday(work.at):
            return False
        return has_another_left(work.use(PAIRINGS).groups_with(me, group.day))

    def _standing(self, answer: Answer | None, week: date) -> Outcome | None:
        """What was answered, as long as nothing is left to ask: a "not yet" stands until the week is over."""
        if answer is None or answer.outcome is not Outcome.NOT_YET:
            return answer.outcome if answer else None
        return answer.outcome if self.weeks.monday(answer.at) == week else None

    def _takes(self, group: Group, at: datetime) -> bool:
        """Whether a group may still be answered for."""
        return self.weeks.today(at) < group.day + ANSWERED_FOR

    def _day(self, week: date) -> date:
        """That week's day of questions."""
        return week + timedelta(days=self.settings.day)

    def _next_day(self, group: Group, answer: Outcome | None, at: datetime) -> date | None:
        """When a "not yet" is asked again, if it is; nothing else ever is."""
        if answer is not Outcome.NOT_YET:
            return None
        after = group.day + _WEEK
        again = self.settings.ask_again and self.weeks.today(at) < after and self.weeks.in_term(after)
        return self._day(after) if again else None


def _part(asking: Asking, letters: Sequence[tuple[Letter, frozenset[Id]]]) -> Asking:
    """These letters, and what they depend on."""
    about = frozenset[Id]().union(*(groups for _, groups in letters))
    seen, asked = asking.seen, tuple(one for one in asking.asked if one.group in about)
    groups = sorted((one for one in seen.groups if one.id in about), key=lambda one: one.id)
    answers = {group: each for group, each in seen.answers.items() if group in about}
    among = frozenset(member for group in groups for member in group.members)
    return Asking(replace(seen, groups=groups, answers=answers), asked, tuple(letters), among)


def _mine(work: Work, call: Call, id: Id) -> Group:
    """The group, if it is the caller's. Raises Unreadable otherwise: "not yours" and "no such thing" sound the same."""
    group = work.use(PAIRINGS).group(id)
    if group is None or call.me not in group.members:
        raise Unreadable("no group of theirs")
    return group


def _was_asked(work: Work, group: Group, question: Question) -> bool:
    """Whether this question has come; what is asked once more, for the second time."""
    return any(one.times > 1 or not question.again for one in work.use(CHECKINS).asked(group.id))


def _first_names(seen: Seen, members: Iterable[Id]) -> tuple[str, ...]:
    return tuple(seen.names.get(member) or views.somebody() for member in members)


def _names(work: Work, members: Iterable[Id]) -> tuple[str, ...]:
    found = [work.use(MEMBERS).get(member) for member in members]
    return tuple(first_name(one.name) if one else views.somebody() for one in found)


def figures(work: Work, round: Round) -> Sequence[Text]:
    """For `intro status`: how many of a round's groups talked."""
    groups = [group.id for group in work.use(PAIRINGS).groups_of(round.id) if group.ended_at is None]
    answers = work.use(CHECKINS).answers_of(groups)
    return (views.figures(tell_count(sum(talked(each) for each in answers.values()), len(groups))),)
