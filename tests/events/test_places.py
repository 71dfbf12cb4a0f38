"""The rules of places: whatever is pressed, lapses and changes, in whatever order, they hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.chat.ids import Id
from bot.events.model import Answer, Event, Place, Rsvp, Status
from bot.events.places import Places, eve, places, stands_for

START = datetime(2026, 11, 11, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
EVENT = Event(Id(1), "Coffee", START + 60 * HOUR, 60, "Europe/London", Status.PLANNED)
MEMBERS = [Id(n) for n in range(10, 17)]


class Line(RuleBasedStateMachine):
    """One event and seven people; the time of the event comes nearer."""

    def __init__(self) -> None:
        super().__init__()
        self.at, self.deaf = START, set[Id]()
        self.places = places(2, ())
        self.is_lowered = False

    @rule(member=st.sampled_from(MEMBERS), answer=st.sampled_from(Answer))
    def say(self, member: Id, answer: Answer) -> None:
        before = self.places
        self._settle()
        self.places = self.places.answered(EVENT.id, member, answer, self.at)
        was, now = before.of(member), self.places.of(member)
        assert now is not None
        assert now.answer is answer
        if answer is Answer.YES:
            assert now.place in (Place.HELD, Place.WAITING)
            assert not (was and was.place is Place.OFFERED and self._before_eve(was) and now.place is Place.WAITING)
        else:
            assert now.place is Place.NONE
        self._settle()

    @rule(hours=st.integers(0, 20))
    def later(self, hours: int) -> None:
        self.at = min(self.at + hours * HOUR, EVENT.starts_at - timedelta(minutes=1))
        self._settle()

    @rule(capacity=st.one_of(st.none(), st.integers(1, 5)))
    def resize(self, capacity: int | None) -> None:
        taken = self.places.taken
        self.places = Places(capacity, self.places.rsvps)
        self.is_lowered = capacity is not None and (taken > capacity)
        self._settle()

    @rule(member=st.sampled_from(MEMBERS))
    def pause(self, member: Id) -> None:
        self.deaf.add(member)
        self.places = self.places.back_in_line(member)
        self._settle()

    @precondition(lambda self: self.deaf)
    @rule()
    def back(self) -> None:
        self.deaf.pop()
        self._settle()

    def _settle(self) -> None:
        """As the room does; who was offered a place stood before all who can hear and still wait."""
        before = self.places.lapsed(self.at, eve(EVENT))
        self.places = before.filled(self.at, eve(EVENT), self._until)
        line = [one.member for one in before.waiting if one.member not in self.deaf]
        given = [one for one in line if self._place(one) is not Place.WAITING]
        assert given == line[: len(given)], "somebody was passed over who could hear"
        if self.places.capacity is not None and self.places.taken <= self.places.capacity:
            self.is_lowered = False

    def _until(self, member: Id) -> datetime | None:
        return None if member in self.deaf else self.at + stands_for(EVENT, self.at)

    def _place(self, member: Id) -> Place:
        found = self.places.of(member)
        return found.place if found else Place.NONE

    def _before_eve(self, one: Rsvp) -> bool:
        return self.at < min(one.offered_until or eve(EVENT), eve(EVENT))

    @invariant()
    def no_more_than_there_are(self) -> None:
        if self.places.capacity is not None and not self.is_lowered:
            assert self.places.taken <= self.places.capacity

    @invariant()
    def nobody_waits_in_vain(self) -> None:
        if self.places.has_room:
            assert all(one.member in self.deaf for one in self.places.waiting)

    @invariant()
    def one_place_each(self) -> None:
        assert len({one.member for one in self.places.rsvps}) == len(self.places.rsvps)

    @invariant()
    def offers_end(self) -> None:
        for one in self.places.rsvps:
            assert (one.place is Place.OFFERED) == (one.offered_until is not None)
            assert one.offered_until is None or self.at < one.offered_until <= eve(EVENT)
            assert one.answer is Answer.YES or one.place is Place.NONE
            assert not one.lapsed or one.place is Place.NONE


TestLine = Line.TestCase
TestLine.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)


def test_an_offer_stands_a_day_two_hours_or_not_at_all() -> None:
    starts = EVENT.starts_at
    assert stands_for(EVENT, starts - 49 * HOUR) == 24 * HOUR
    assert stands_for(EVENT, starts - 48 * HOUR) == 2 * HOUR
    assert eve(EVENT) == starts - 2 * HOUR


def test_who_waits_and_presses_yes_again_keeps_their_turn() -> None:
    one = places(1, ()).answered(EVENT.id, MEMBERS[0], Answer.YES, START)
    two = one.answered(EVENT.id, MEMBERS[1], Answer.YES, START + HOUR)
    assert two.answered(EVENT.id, MEMBERS[1], Answer.YES, START + 2 * HOUR) == two


def test_an_event_that_is_moved_nearer_keeps_no_offer_longer_than_its_eve() -> None:
    waits = places(1, ()).answered(EVENT.id, MEMBERS[0], Answer.YES, START)
    waits = waits.answered(EVENT.id, MEMBERS[1], Answer.YES, START).answered(EVENT.id, MEMBERS[0], Answer.NO, START)
    offered = waits.filled(START, eve(EVENT), lambda member: START + 24 * HOUR)
    near = replace(EVENT, starts_at=START + 10 * HOUR)
    assert offered.next_lapse == START + 24 * HOUR
    assert offered.by(eve(near)).next_lapse == START + 8 * HOUR
