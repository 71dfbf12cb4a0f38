"""Reminders to the second, what members choose about them, and letters when an event changed or was cancelled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.ids import Id
from bot.chat.inbound import Pressed
from bot.core.outbox import Kind
from bot.events.actions import AskChoices
from bot.events.model import Answer, Before, Choices, Place
from bot.events.reminders import reminder_key
from bot.members.model import MemberAway
from tests.acting import Somebody
from tests.events.hall import COFFEE, DAY, HOUR, NEXT_SATURDAY, NOW, Hall, id_of, reminds, words

MINUTE = timedelta(minutes=1)
THURSDAY_EVENING = datetime(2026, 11, 26, 19, tzinfo=UTC)
EVENING = replace(COFFEE, id=Id(701), title="Thursday evening", starts_at=THURSDAY_EVENING)


async def choose(hall: Hall, who: Somebody, *when: Before, away: str = "Yes, remind me of what I said yes to") -> None:
    labels = {
        Before.WEEK: "A week before",
        Before.DAY: "A day before",
        Before.HOUR: "An hour before",
        Before.MINUTES: "Ten minutes before",
    }
    who.asked = (await hall.receive(Pressed(AskChoices().pack()), who.account)).ask
    await who.fill(reminds=[labels[one] for one in when], when_away=away)
    hall.promised()


async def test_one_reminder_an_hour_before_whatever_the_hour() -> None:
    early = replace(COFFEE, starts_at=NEXT_SATURDAY.replace(hour=6))
    hall = Hall(early)
    ann = hall.member("Ann")
    await hall.say(ann)
    (reminder,) = hall.to(ann, "event-remind:")
    assert (reminder.due_at, reminder.kind, reminder.until) == (early.starts_at - HOUR, Kind.URGENT, early.starts_at)
    assert "Saturday coffee begins at Sat 21 Nov, 06:30" in words(reminder)
    assert "Join here (https://meet.example.org/c)" in words(reminder)


async def test_earlier_ones_come_in_the_last_minute_before_their_time_that_is_not_quiet() -> None:
    """A day and a week before a Saturday morning are a Friday in lessons and a Saturday; a day before an evening is an
    evening."""
    hall = Hall(COFFEE, EVENING)
    ann, sat = hall.member("Ann"), hall.member("Sat", weekends=True)
    for one in (ann, sat):
        await choose(hall, one, *Before)
        await hall.say(one)
        await hall.say(one, event=EVENING)
    friday = datetime(2026, 11, 20, 8, 44, tzinfo=UTC)
    coffee = [friday, COFFEE.starts_at - HOUR, COFFEE.starts_at - 10 * MINUTE]
    evening = [EVENING.starts_at - each for each in (7 * DAY, DAY, HOUR, 10 * MINUTE)]
    assert reminds(hall, ann) == sorted([datetime(2026, 11, 13, 20, 29, tzinfo=UTC), *coffee, *evening])
    assert reminds(hall, sat) == sorted([COFFEE.starts_at - 7 * DAY, *coffee, *evening])
    kinds = [one.kind for one in hall.to(ann, reminder_key(EVENING.id))]
    assert kinds == [Kind.PROMISED, Kind.PROMISED, Kind.URGENT, Kind.URGENT]


async def test_one_whose_time_has_passed_is_not_made_up_for() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    hall.at = NEXT_SATURDAY - 30 * MINUTE
    await choose(hall, ann, *Before)
    await hall.say(ann)
    assert reminds(hall, ann) == [NEXT_SATURDAY - 10 * MINUTE]


async def test_who_said_maybe_or_waits_is_not_reminded() -> None:
    hall = Hall(replace(COFFEE, capacity=1))
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    await hall.say(ann)
    await hall.say(ben)
    await hall.say(cat, Answer.MAYBE)
    assert [reminds(hall, one) for one in (ann, ben, cat)] == [[NEXT_SATURDAY - HOUR], [], []]


async def test_a_reminder_that_was_taken_back_is_promised_again_and_one_that_was_due_never() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await choose(hall, ann, Before.DAY, Before.HOUR)
    for answer in (Answer.YES, Answer.NO, Answer.YES):
        await hall.say(ann, answer)
    assert len(reminds(hall, ann)) == 2
    hall.at = NEXT_SATURDAY - 2 * HOUR
    await hall.say(ann, Answer.NO)
    await hall.say(ann)
    assert reminds(hall, ann) == [NEXT_SATURDAY - HOUR]


async def test_choices_hold_for_what_was_said_already() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await hall.say(ann)
    await choose(hall, ann, Before.MINUTES)
    assert reminds(hall, ann) == [NEXT_SATURDAY - 10 * MINUTE]
    assert "I’ll remind you ten minutes before" in ann.says
    await choose(hall, ann)
    assert reminds(hall, ann) == []
    await choose(hall, ann, Before.HOUR)
    assert reminds(hall, ann) == [NEXT_SATURDAY - HOUR]


async def four(hall: Hall) -> list[Somebody]:
    """Who said yes and has the place, said yes and waits, said maybe, and said no."""
    ann, ben, cat, dan = people = [hall.member(name) for name in ("Ann", "Ben", "Cat", "Dan")]
    for who, answer in ((ann, Answer.YES), (ben, Answer.YES), (cat, Answer.MAYBE), (dan, Answer.NO)):
        await hall.say(who, answer)
    return people


async def test_a_moved_event_reminds_anew_and_tells_everybody_who_said_yes_or_maybe() -> None:
    hall = Hall(replace(COFFEE, capacity=1))
    ann, ben, cat, dan = await four(hall)
    later = NEXT_SATURDAY + DAY
    await hall.change(hall.diary.events[COFFEE.id], starts_at=later)
    assert reminds(hall, ann) == [later - HOUR]
    told = {who.name: hall.to(who, "event-changed:") for who in (ann, ben, cat, dan)}
    assert {name: len(some) for name, some in told.items()} == {"Ann": 1, "Ben": 1, "Cat": 1, "Dan": 0}
    assert "When: Sun 22 Nov, 09:30 UTC, 1 hour" in words(told["Ann"][0])
    assert "Link" not in words(told["Ann"][0])


async def test_of_another_link_only_those_with_a_place_hear() -> None:
    hall = Hall()
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    await hall.say(ben, Answer.MAYBE)
    await hall.change(COFFEE, link="https://meet.example.org/other")
    assert len(hall.to(ann, "event-changed:")) == 1
    assert hall.to(ben, "event-changed:") == []
    (reminder,) = hall.to(ann, "event-remind:")
    assert "meet.example.org/other" in words(reminder)


@pytest.mark.parametrize(
    ("at", "kind", "due"),
    [
        (NOW, Kind.PROMISED, None),
        (datetime(2026, 11, 12, 22, tzinfo=UTC), Kind.PROMISED, datetime(2026, 11, 13, 7, tzinfo=UTC)),
        (datetime(2026, 11, 20, 10, tzinfo=UTC), Kind.URGENT, None),
        (datetime(2026, 11, 19, 21, tzinfo=UTC), Kind.PROMISED, datetime(2026, 11, 20, 7, tzinfo=UTC)),
        (datetime(2026, 11, 14, 12, tzinfo=UTC), Kind.PROMISED, datetime(2026, 11, 16, 7, tzinfo=UTC)),
    ],
)
async def test_a_change_is_told_outside_quiet_hours_or_within_a_day_at_once(
    at: datetime, kind: Kind, due: datetime | None
) -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await hall.say(ann)
    hall.at = at
    await hall.change(COFFEE, place="Leeds")
    (letter,) = hall.to(ann, "event-changed:")
    assert (letter.kind, letter.due_at) == (kind, due or hall.at)


async def test_a_weekend_does_not_swallow_a_change() -> None:
    """Of a Sunday evening, changed on Friday night: quiet until Monday, and so told a day before."""
    sunday = replace(COFFEE, starts_at=datetime(2026, 11, 15, 20, tzinfo=UTC))
    hall = Hall(sunday)
    ann = hall.member("Ann")
    await hall.say(ann)
    hall.at = datetime(2026, 11, 13, 20, 45, tzinfo=UTC)
    await hall.change(sunday, place="Leeds")
    (letter,) = hall.to(ann, "event-changed:")
    assert (letter.kind, letter.due_at) == (Kind.URGENT, sunday.starts_at - DAY)


async def test_that_it_does_not_take_place_is_said_at_once_to_the_paused_and_the_waiting_too() -> None:
    hall = Hall(replace(COFFEE, capacity=1))
    ann, ben, cat, dan = await four(hall)
    await ann.use("pause")
    await ann.press("Until I say")
    hall.at = NOW.replace(hour=23)
    await hall.cancel(COFFEE)
    told = {who.name: hall.to(who, "event-cancelled:") for who in (ann, ben, cat, dan)}
    assert {name: [one.kind for one in some] for name, some in told.items()} == {
        "Ann": [Kind.URGENT],
        "Ben": [Kind.URGENT],
        "Cat": [Kind.URGENT],
        "Dan": [],
    }
    assert hall.letters("event-remind:") == []
    assert not hall.storage.world.timers


async def test_a_pause_keeps_what_was_promised_and_asks_once() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await hall.say(ann)
    for _ in range(2):
        await ann.use("pause")
        await ann.press("Until I say")
        await ann.use("back")
    assert reminds(hall, ann) == [NEXT_SATURDAY - HOUR]
    (asked,) = hall.to(ann, "event-still:")
    assert "Shall I still remind you while you’re pausing?" in words(asked)
    assert asked.kind is Kind.ANSWER
    assert hall.diary.choices[id_of(ann)].when_away is True, "it outlives the letter, whose key is forgotten one day"


async def test_who_would_rather_not_be_reminded_in_a_pause_is_not_and_is_again_when_back() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await hall.say(ann)
    await ann.use("pause")
    await ann.press("Until I say")
    ann.read("event-still:")
    await ann.press("No reminders, please")
    assert "No reminders while you’re pausing" in ann.says
    assert reminds(hall, ann) == []
    assert hall.place(ann) is Place.HELD
    await ann.use("back")
    assert reminds(hall, ann) == [NEXT_SATURDAY - HOUR]
    await ann.use("pause")
    await ann.press("Until I say")
    assert reminds(hall, ann) == []


async def test_who_changes_that_answer_is_reminded_after_all() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await hall.say(ann)
    await choose(hall, ann, Before.HOUR, away="No, stay quiet")
    await ann.use("pause")
    await ann.press("Until I say")
    assert reminds(hall, ann) == []
    assert hall.to(ann, "event-still:") == []
    await choose(hall, ann, Before.HOUR)
    assert reminds(hall, ann) == [NEXT_SATURDAY - HOUR]


async def test_nobody_is_asked_who_has_nothing_to_be_reminded_of_or_did_not_pause_themselves() -> None:
    hall = Hall()
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await ann.use("pause")
    await ann.press("Until I say")
    await hall.say(ben)
    hall.keep(ben, away=True)
    await hall.tell(MemberAway(id_of(ben), said=False))
    assert hall.letters("event-still:") == []
    assert hall.diary.choices.get(id_of(ben), Choices(id_of(ben))).when_away is None
