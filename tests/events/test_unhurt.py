"""What could hurt a member, tried through the door: said twice, not said at all, or said as it no longer is."""

from dataclasses import replace
from datetime import UTC, datetime, time

from bot.chat.ids import Id
from bot.chat.inbound import Pressed
from bot.events.actions import CancelEvent, JoinSeries, Scope
from bot.events.attending import Attending
from bot.events.model import Answer, Before, Place, Series
from tests.acting import ANNA
from tests.events.hall import COFFEE, DAY, HOUR, NEXT_SATURDAY, NOW, POLICY, Hall, reminds, words
from tests.events.test_reminding import choose

RULE = Series(Id(90), "FREQ=WEEKLY;BYDAY=SA", NEXT_SATURDAY.date(), time(9, 30), "Europe/London")


async def test_who_joined_a_series_is_reminded_of_what_is_made_later_and_not_told_that_a_place_came_free() -> None:
    first = replace(COFFEE, series=RULE.id, slot=COFFEE.starts_at)
    hall = Hall(first)
    hall.diary.series[RULE.id] = RULE
    ann = hall.member("Ann")
    await choose(hall, ann, Before.DAY, Before.HOUR)
    await hall.say(ann)
    await hall.press(ann, JoinSeries(RULE.id))
    later = replace(first, id=Id(701), starts_at=NEXT_SATURDAY + 7 * DAY, slot=NEXT_SATURDAY + 7 * DAY)
    hall.plan(later)
    await hall.do(lambda work: Attending(POLICY).join_all(work, later))
    hall.promised()
    assert hall.place(ann, later) is Place.HELD
    assert hall.letters("event-offer:") == []
    friday = datetime(2026, 11, 27, 8, 44, tzinfo=UTC)
    assert reminds(hall, ann)[2:] == [friday, later.starts_at - HOUR]


async def test_all_that_follow_are_called_off_while_one_is_running_and_everybody_hears_of_it() -> None:
    running = replace(COFFEE, series=RULE.id, slot=COFFEE.starts_at)
    later = [replace(running, id=Id(701 + n), starts_at=NEXT_SATURDAY + 7 * n * DAY) for n in (1, 2)]
    hall = Hall(running, *(replace(one, slot=one.starts_at) for one in later))
    hall.diary.series[RULE.id] = RULE
    ann = hall.member("Ann")
    await hall.say(ann)
    await hall.press(ann, JoinSeries(RULE.id))
    hall.at = NEXT_SATURDAY + HOUR / 2
    await hall.receive(Pressed(CancelEvent(COFFEE.id, Scope.FOLLOWING).pack()), ANNA)
    (told,) = hall.to(ann, "event-cancelled:")
    assert "on Sat 28 Nov, 09:30 UTC doesn’t take place, and neither do those after it" in words(told)


async def test_what_was_said_is_not_said_again_because_somebody_has_other_quiet_hours_now() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await choose(hall, ann, Before.WEEK)
    await hall.say(ann)
    (reminder,) = hall.to(ann, "event-remind:")
    hall.storage.world.sent.add(reminder.key)
    del hall.storage.world.letters[reminder.key]
    hall.at = reminder.due_at + HOUR
    hall.keep(ann, weekends=True)
    await choose(hall, ann, Before.WEEK, Before.HOUR)
    assert reminds(hall, ann) == [NEXT_SATURDAY - HOUR]


async def test_two_that_quiet_hours_bring_to_the_same_minute_are_one() -> None:
    """The last open minute before a day and a week before the 1st of January is the same in December."""
    hall = Hall(replace(COFFEE, starts_at=datetime(2027, 1, 1, 19, tzinfo=UTC)))
    ann = hall.member("Ann")
    await choose(hall, ann, Before.WEEK, Before.DAY)
    await hall.say(ann)
    assert len(reminds(hall, ann)) == 1


async def test_an_offer_that_waits_for_the_morning_says_how_it_is_by_then() -> None:
    far = replace(COFFEE, capacity=1, starts_at=NEXT_SATURDAY + 10 * DAY)
    hall = Hall(far)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    await hall.say(ben)
    hall.at = NOW.replace(hour=22)
    await hall.say(ann, Answer.NO)
    await hall.change(hall.diary.events[far.id], starts_at=far.starts_at + DAY)
    (offer,) = hall.to(ben, "event-offer:")
    assert "2 Dec" in words(offer)


async def test_word_of_a_place_that_is_given_at_night_says_how_it_is_by_then_and_is_the_reminder() -> None:
    early = replace(COFFEE, capacity=1, starts_at=datetime(2026, 11, 19, 6, 30, tzinfo=UTC))
    hall = Hall(early)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    await hall.say(ben)
    hall.at = early.starts_at - 1.5 * HOUR
    await hall.say(ann, Answer.NO)
    await hall.change(hall.diary.events[early.id], link="https://meet.example.org/other")
    await choose(hall, ben, Before.HOUR, Before.MINUTES)
    (told,) = hall.to(ben, "event-offer:")
    assert "meet.example.org/other" in words(told)
    assert told.due_at == early.starts_at - HOUR
    assert reminds(hall, ben) == [early.starts_at - HOUR / 6]
