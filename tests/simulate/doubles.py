"""Parts that break a promise, each in its own way: a checker that finds nothing wrong with them checks nothing."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any

import msgspec
import pytest

from adapters.people import reading
from adapters.people.habit import some_time
from adapters.people.model import Planned, Use
from bot.chat.address import Circle, Person
from bot.chat.ids import Dice, Id
from bot.chat.outbound import NOTHING
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.checkins import feature as checkins
from bot.checkins.model import Answer
from bot.core.errors import StorageFailed
from bot.core.outbox import Kind, Letter
from bot.core.post import Policy, Reader
from bot.core.walltime import Weekly
from bot.core.work import Work
from bot.door.simulate.town import Townsman, _stuff
from bot.door.simulate.witness import Witness
from bot.events.attendance import Attendance
from bot.friday.flow import FridayRoom
from bot.members import away, leaving
from bot.members.model import Member
from bot.onboarding import views as welcoming
from bot.pairing import views
from bot.pairing.engine import Matcher
from bot.pairing.matcher import Candidate, Match, Matching
from storage import members, people, privacy, sqlite
from storage.checkins import SqlCheckins
from storage.letters import to_each
from storage.pairing import SqlPairings
from storage.people import consents

Plant = pytest.MonkeyPatch


def matcher_that_forgets(plant: Plant) -> None:
    """The same two by two, week after week, as long as the same people are there."""

    def match(
        self: Matcher,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        people = sorted(one.id for one in candidates)
        pairs = [Match((a, b)) for a, b in zip(people[::2], people[1::2], strict=False)]
        return Matching(tuple(pairs), tuple(people[len(pairs) * 2 :]))

    plant.setattr(Matcher, "match", match)


def courier_without_quiet_hours(plant: Plant) -> None:
    """Letters leave when they are written, whatever the hour."""
    plant.setattr(Policy, "place", lambda self, letter, readers: letter.due_at)
    plant.setattr(Policy, "is_open", lambda self, kind, at, readers: True)


def checkin_that_calls_itself_urgent(plant: Plant) -> None:
    """Thursday's question is asked at two in the morning, and says that it cannot wait."""

    def urgent(key: str, to: Person, view: View, kind: Kind, at: datetime, *more: Any) -> Letter:
        return Letter(key, to, view, Kind.URGENT, at + timedelta(hours=10), *more)

    plant.setattr("bot.checkins.flow.Letter", urgent)


def checkin_of_an_unknown_sort(plant: Plant) -> None:
    """Its key says nothing that anybody knows."""
    plant.setattr("bot.checkins.flow._FRESH", "hello")


def welcome_that_comes_late(plant: Plant) -> None:
    """Hours after somebody came, in the night, as if it answered them."""
    welcome = welcoming.welcome_letter

    def later(work: Work, *who: Any) -> Letter:
        return replace_struct(welcome(work, *who), due_at=work.at + timedelta(hours=11))

    plant.setattr(welcoming, "welcome_letter", later)


def courier_without_a_budget(plant: Plant) -> None:
    """What somebody has heard counts for nothing; and Thursday's question is asked on Monday."""
    place = Policy.place

    def unheard(self: Policy, letter: Letter, readers: Sequence[Reader]) -> datetime:
        return place(self, letter, [one._replace(heard=()) for one in readers])

    plant.setattr(Policy, "place", unheard)
    plant.setattr("bot.checkins.flow._SETTLE", -checkins._LATEST)
    plant.setattr(checkins, "Weekly", lambda day, at, closed: Weekly(0, time(16, 15), closed))


def erase_that_skips_a_table(plant: Plant) -> None:
    """What somebody agreed to stays, and the database does not mind."""
    generally, prepare = privacy._generally, sqlite._prepare
    plant.setattr(privacy, "_generally", lambda: tuple(one for one in generally() if one.table is not consents))
    plant.setattr(sqlite, "_prepare", lambda engine, pragmas, begin: prepare(engine, {**pragmas, **_OFF}, begin))


_OFF = {"foreign_keys": "OFF"}


def erase_all_of_nothing(plant: Plant) -> None:
    """Everybody who leaves asks for all of it to go, what was written to them too; and nothing goes."""
    plant.setattr("adapters.people.reading.FORGET", "forget me, and delete")
    plant.setattr(leaving, "erase", lambda *more: NOTHING)


def leavers_that_are_kept(plant: Plant) -> None:
    """Nobody is forgotten who has not asked for it, though many walk out."""
    town_of_leavers(plant)
    plant.setattr(members.SqlMembers, "left_before", lambda self, at: ())


def town_of_leavers(plant: Plant) -> None:
    """Nothing is broken, but nearly everybody leaves the workspace some time, and many do not come back."""
    plant.setattr("bot.door.simulate.town._GOES", 5.0)


def erase_of_nothing(plant: Plant) -> None:
    plant.setattr(privacy.SqlPrivacy, "erase", lambda self, *more: None)


def pause_that_stops_nothing(plant: Plant) -> None:
    """Whoever asked to be left alone is introduced, and asked on Thursday, like everybody else."""
    everybody = members._at_stage.where(*members._agreed).order_by(people.members.c.id)
    plant.setattr(members, "_introducible", everybody)


def pause_that_takes_back_too_much(plant: Plant) -> None:
    """Whoever asks to be left alone hears nothing of what they asked for either; and nor does anybody else."""
    leave_alone = away.leave_alone

    def everything(work: Work, member: Member, *more: Any, **named: Any) -> None:
        leave_alone(work, member, *more, **named)
        work.cancel("event-remind:", "friday:", "checkin:")

    plant.setattr(away, "leave_alone", everything)


def town_of_pauses(plant: Plant) -> None:
    """Nothing is broken, but everybody pauses this way and that, and is back before it ends."""
    ways: tuple[tuple[str, ...], ...] = (reading.PAUSE_WEEK,), (reading.PAUSE_DATE,), (reading.PAUSE_OPEN,)
    gestures = [(0.2, Use("pause", way)) for way in ways] + [(0.4, Use("back"))]
    plant.setattr(Townsman, "_whims", lambda self, chance: gestures)


def town_of_second_thoughts(plant: Plant) -> None:
    """Nothing is broken, but everybody pauses each week, and within minutes of that wants to be back; or the other way
    round."""
    plant.setattr(Townsman, "week", lambda self, *when: [*_week(self, *when), *_second_thoughts(self, *when)])


_week = Townsman.week


def _second_thoughts(townsman: Townsman, monday: date, midnight: datetime) -> list[Planned]:
    chance = townsman.chance("second thoughts", monday)
    at = some_time(midnight, townsman.head.zone, chance)
    pause = Use("pause", (chance.choice((reading.PAUSE_WEEK, reading.PAUSE_OPEN)),))
    first, second = chance.sample([pause, Use("back")], 2)
    return [Planned(at, first), Planned(at + timedelta(minutes=chance.uniform(1, 6)), second)]


def pause_that_is_not_kept(plant: Plant) -> None:
    """It is acknowledged, and stored nowhere."""
    plant.setattr("bot.members.away.leave_alone", lambda *more, **named: None)


def introduction_of_one_side(plant: Plant) -> None:
    introduce = views.introduce

    def to_the_first(*args: Any) -> Letter:
        letter = introduce(*args)
        assert isinstance(letter.to, Circle)
        return replace_struct(letter, to=Person(letter.to.members[0]))

    plant.setattr(views, "introduce", to_the_first)


def astray_and_never_told(plant: Plant) -> None:
    """Of an introduction that nobody can look for, nobody hears."""
    plant.setattr("bot.pairing.astray.people", lambda work, others: ())


def introductions_to_one_of_each(plant: Plant) -> None:
    """Where each of them is written alone, the others hear of nothing."""
    for place in ("storage.post.to_each", "storage.claims.to_each"):
        plant.setattr(place, lambda letter: to_each(letter)[:1])


def replace_struct(letter: Letter, **changes: Any) -> Letter:
    return msgspec.structs.replace(letter, **changes)


def counts_that_are_told(plant: Plant) -> None:
    """Every number is told as it is, however small."""
    plant.setattr("bot.core.counts.THRESHOLD", 0)


def home_page_that_counts(plant: Plant) -> None:
    """An organiser's page says how many wait."""
    said = (Paragraph(plain("3 people wait for a vouch.")),)
    plant.setattr("bot.reports.views.home", lambda standing, waits: said)


def groups_that_never_end(plant: Plant) -> None:
    """Who pauses is taken out of nothing, and is given somebody else all the same."""
    plant.setattr(SqlPairings, "end", lambda self, group, at: None)


def blocks_that_bar_nobody(plant: Plant) -> None:
    """The matcher hears of no block; whoever looks at the tables does."""
    plant.setattr(Matcher, "match", _heedless(Matcher.match))
    plant.setattr(SqlPairings, "forbidden", _everybody)


def matcher_that_asks_nobody(plant: Plant) -> None:
    """Nobody is asked whom they would rather not meet, though many say so."""
    plant.setattr(SqlPairings, "forbidden", lambda self: frozenset())
    town_of_many_blocks(plant)


def town_of_many_blocks(plant: Plant) -> None:
    """Nothing is broken, but every other week everybody says of somebody that they would rather not meet them."""
    plant.setattr(Townsman, "_whims", lambda self, chance: [(0.5, Use(f"block {chance.choice(_stuff()['last'])}"))])


def _heedless(match: Any) -> Any:
    return lambda self, candidates, history, forbidden, dice: match(self, candidates, history, frozenset(), dice)


def _everybody(self: SqlPairings) -> frozenset[frozenset[Id]]:
    """As if everybody had blocked everybody."""
    people = sorted({one for group in self.living_on(_monday(self)) for one in group.members})
    return frozenset(map(frozenset, combinations(people, 2)))


def _monday(pairings: SqlPairings) -> date:
    latest = pairings.latest_sent()
    return latest.day if latest else date.min


def answers_that_are_dropped(plant: Plant) -> None:
    """Every third answer is acknowledged, and kept nowhere."""
    keep, count = SqlCheckins.keep, [0]

    def sometimes(self: SqlCheckins, answer: Answer) -> None:
        count[0] += 1
        if count[0] % 3:
            keep(self, answer)

    plant.setattr(SqlCheckins, "keep", sometimes)


def friday_letter_that_raises(plant: Plant) -> None:
    plant.setattr(FridayRoom, "look", _raises)


def home_page_that_raises(plant: Plant) -> None:
    """Whoever opens it reads a kind sentence with a code."""
    plant.setattr("bot.reports.views.home", _raises)


def timer_that_raises(plant: Plant) -> None:
    """It is tried again, and again."""
    plant.setattr(Attendance, "over", _raises)


def storage_that_fails(plant: Plant) -> None:
    """No answer to a check-in can be kept, though the disk has room."""
    plant.setattr(SqlCheckins, "keep", _fails)


def witness_that_raises(plant: Plant) -> None:
    """Once; the courier takes it for the storage that failed, and rests."""
    claimed, count = Witness.claimed, [0]

    def once(self: Witness, *args: Any) -> None:
        count[0] += 1
        if count[0] == 1:
            raise KeyError
        claimed(self, *args)

    plant.setattr(Witness, "claimed", once)


def _raises(*args: Any) -> Any:
    raise KeyError(args)


def _fails(*args: Any) -> Any:
    raise StorageFailed
