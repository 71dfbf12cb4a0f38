"""Yes, maybe and no; places, the line of those who wait, and what becomes of an offer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.ids import Id
from bot.core.outbox import Kind
from bot.events.actions import AgreeEvent, JoinSeries, LeaveSeries, TakePlace
from bot.events.attending import Attending
from bot.events.model import Answer, AnswersChanged, Place, Series, Sort, Status
from bot.members.model import Audience, By, MemberGone, Stage
from tests.events.hall import COFFEE, DAY, HOUR, NEXT_SATURDAY, NOW, POLICY, SATURDAY, Hall, id_of, reminds, words

SMALL = replace(COFFEE, capacity=1)
LONG_AGO = NEXT_SATURDAY + 10 * DAY
"""A Tuesday far enough away for an offer to run out first."""
FAR = replace(SMALL, starts_at=LONG_AGO)


async def test_a_yes_is_a_place_and_the_reply_says_so() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    assert "You have a place at Saturday coffee." in await hall.say(ann)
    assert hall.place(ann) is Place.HELD
    assert AnswersChanged(COFFEE.id) in hall.storage.world.told


async def test_a_maybe_holds_no_place_and_a_no_gives_it_back() -> None:
    hall = Hall(SMALL)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    assert "No place is kept" in await hall.say(ann, Answer.MAYBE)
    await hall.say(ben)
    assert (hall.place(ann), hall.place(ben)) == (Place.NONE, Place.HELD)
    assert "that’s all right" in await hall.say(ben, Answer.NO)
    assert hall.place(ben) is Place.NONE


async def test_the_menu_the_page_and_one_event_lead_to_the_same_press() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await ann.use("events")
    assert "Saturday coffee" in ann.says
    await ann.press("More about Saturday coffee")
    await ann.press("Yes to Saturday coffee")
    assert "I’ll remind you an hour before." in ann.says
    await ann.use("events")
    await ann.press("My events")
    assert "You have a place." in ann.says


async def test_five_rows_are_enough_for_any_number_of_events() -> None:
    hall = Hall(*(replace(COFFEE, id=Id(800 + n), title=f"Evening {n}") for n in range(9)))
    ann = hall.member("Ann")
    seen = []
    await ann.use("events")
    for _ in range(3):
        seen.append(ann.says)
        if "Later events" in ann.says:
            await ann.press("Later events")
    assert [sum(f"Yes to Evening {n}]" in page for n in range(9)) for page in seen] == [4, 4, 1]


async def test_what_is_for_others_and_what_there_is_not_are_one_sentence() -> None:
    draft, others = replace(COFFEE, status=Status.DRAFT), Audience(By.PHASE, "special")
    for event in (draft, replace(COFFEE, audience=others), replace(COFFEE, id=Id(9))):
        hall = Hall(event)
        ann = hall.member("Ann")
        assert "isn’t open to answer" in await hall.say(ann, event=COFFEE)
        await ann.use("events")
        assert "Saturday coffee" not in ann.says or event.id == 9
        assert not hall.diary.rsvps


async def test_nobody_answers_what_has_begun_or_is_called_off_or_before_they_are_let_in() -> None:
    hall = Hall(replace(COFFEE, starts_at=NOW))
    assert "has begun" in await hall.say(hall.member("Ann"))
    hall = Hall(replace(COFFEE, status=Status.CANCELLED))
    assert "doesn’t take place" in await hall.say(hall.member("Ann"))
    hall = Hall()
    assert "who have been let in" in await hall.say(hall.member("Wes", stage=Stage.WAITING))
    assert not hall.diary.rsvps


async def test_the_link_is_for_those_with_a_place_and_from_an_hour_before_where_the_host_likes() -> None:
    late = replace(COFFEE, link_late=True)
    hall = Hall(late)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    assert "meet.example.org" not in await hall.say(ben, Answer.MAYBE)
    said = await hall.say(ann)
    assert "from an hour before" in said
    assert "meet.example.org" not in said
    hall.at = late.starts_at - HOUR
    assert "meet.example.org" in await hall.say(ann)
    (reminder,) = hall.to(ann, "event-remind:")
    assert "meet.example.org" in words(reminder)


async def test_a_place_that_comes_free_is_offered_to_whoever_waits_longest_and_taken_with_a_press() -> None:
    hall = Hall(FAR)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    await hall.say(ann)
    assert "waiting list" in await hall.say(ben)
    await hall.say(cat)
    assert reminds(hall, ben) == []
    await hall.say(ann, Answer.NO)
    assert [hall.place(one) for one in (ann, ben, cat)] == [Place.NONE, Place.OFFERED, Place.WAITING]
    (offer,) = hall.to(ben, "event-offer:")
    assert "Would you like it?" in words(offer)
    assert offer.kind is Kind.NOTICE
    assert "You have a place" in await hall.press(ben, TakePlace(FAR.id))
    assert hall.place(ben) is Place.HELD
    assert reminds(hall, ben) == [FAR.starts_at - HOUR]
    assert hall.to(ben, "event-offer:") == []


async def test_no_thank_you_passes_it_on_at_once() -> None:
    hall = Hall(FAR)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    for one in (ann, ben, cat):
        await hall.say(one)
    await hall.say(ann, Answer.NO)
    await hall.say(ben, Answer.NO)
    assert [hall.place(one) for one in (ann, ben, cat)] == [Place.NONE, Place.NONE, Place.OFFERED]


async def test_whoever_changes_their_mind_goes_to_the_end_of_the_line() -> None:
    hall = Hall(FAR)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    for one in (ann, ben, cat):
        await hall.say(one)
    await hall.say(ben, Answer.MAYBE)
    await hall.say(ben)
    await hall.say(ann, Answer.NO)
    assert [hall.place(one) for one in (ben, cat)] == [Place.WAITING, Place.OFFERED]


async def test_the_clock_of_an_offer_stands_still_in_lessons_at_night_and_at_weekends() -> None:
    """24 hours of open time: from Wednesday 16:00 that is 4½ on Wednesday, and 6½ on each school day after."""
    hall = Hall(FAR)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    for one in (ann, ben, cat):
        await hall.say(one)
    await hall.say(ann, Answer.NO)
    offered = hall.at
    (timer,) = hall.storage.world.timers.values()
    left = 24 * HOUR - (datetime(2026, 11, 11, 20, 30, tzinfo=UTC) - offered) - 3 * 6.5 * HOUR
    assert timer == datetime(2026, 11, 17, 7, tzinfo=UTC) + left
    await hall.until(timer - timedelta(seconds=1))
    assert hall.place(ben) is Place.OFFERED
    await hall.until(timer)
    assert [hall.place(one) for one in (ben, cat)] == [Place.NONE, Place.OFFERED]


async def test_an_offer_that_was_not_taken_goes_on_and_the_person_hears_kindly_and_can_say_yes_again() -> None:
    hall = Hall(FAR)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    for one in (ann, ben, cat):
        await hall.say(one)
    await hall.say(ann, Answer.NO)
    await hall.until(next(iter(hall.storage.world.timers.values())))
    (letter,) = hall.to(ben, "event-offer:")
    assert "if you’d still like to come, say yes again" in words(letter)
    assert "went to somebody else" in await hall.press(ben, TakePlace(FAR.id))
    assert hall.place(cat) is Place.OFFERED
    assert "waiting list" in await hall.say(ben)
    await hall.say(cat, Answer.NO)
    assert hall.place(ben) is Place.OFFERED


async def test_a_press_that_comes_before_the_timer_finds_the_offer_ended_all_the_same() -> None:
    hall = Hall(FAR)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    for one in (ann, ben, cat):
        await hall.say(one)
    await hall.say(ann, Answer.NO)
    hall.at = next(iter(hall.storage.world.timers.values()))
    assert "went to somebody else" in await hall.press(ben, TakePlace(FAR.id))
    assert [hall.place(one) for one in (ben, cat)] == [Place.NONE, Place.OFFERED]


async def test_within_two_days_an_offer_stands_two_hours() -> None:
    soon = replace(SMALL, starts_at=datetime(2026, 11, 13, 12, tzinfo=UTC))
    hall = Hall(soon)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    for one in (ann, ben, cat):
        await hall.say(one)
    await hall.say(ann, Answer.NO)
    assert list(hall.storage.world.timers.values()) == [hall.at + 2 * HOUR]


async def test_within_two_hours_the_next_is_moved_up_and_told_and_in_quiet_hours_an_hour_before() -> None:
    for starts, told in ((NOW + 90 * timedelta(minutes=1), None), (SATURDAY, SATURDAY - HOUR)):
        event = replace(SMALL, starts_at=starts)
        hall = Hall(event)
        ann, ben = hall.member("Ann"), hall.member("Ben")
        await hall.say(ann)
        await hall.say(ben)
        hall.at = max(hall.at, starts - 90 * timedelta(minutes=1))
        await hall.say(ann, Answer.NO)
        assert hall.place(ben) is Place.HELD
        (letter,) = hall.to(ben, "event-offer:")
        assert (letter.kind, letter.due_at) == (Kind.URGENT, told or hall.at)
        assert "it’s yours" in words(letter)
        assert reminds(hall, ben) == ([] if told else [starts - HOUR])


async def test_an_offer_still_open_two_hours_before_is_a_place() -> None:
    """Nobody who waited loses it to the clock that stood still for them."""
    event = replace(SMALL, starts_at=SATURDAY)
    hall = Hall(event)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    await hall.say(ben)
    hall.at = datetime(2026, 11, 13, 20, tzinfo=UTC)
    await hall.say(ann, Answer.NO)
    assert list(hall.storage.world.timers.values()) == [SATURDAY - 2 * HOUR]
    await hall.until(SATURDAY - 2 * HOUR)
    assert hall.place(ben) is Place.HELD


async def test_more_places_are_offered_and_fewer_take_nobodys() -> None:
    hall = Hall(FAR)
    ann, ben, cat, dan = (hall.member(name) for name in ("Ann", "Ben", "Cat", "Dan"))
    for one in (ann, ben, cat):
        await hall.say(one)
    more = await hall.change(FAR, capacity=3)
    assert [hall.place(one) for one in (ann, ben, cat)] == [Place.HELD, Place.OFFERED, Place.OFFERED]
    await hall.press(ben, TakePlace(FAR.id))
    await hall.press(cat, TakePlace(FAR.id))
    fewer = await hall.change(more, capacity=1)
    await hall.say(dan)
    assert [hall.place(one) for one in (ann, ben, cat, dan)] == [Place.HELD] * 3 + [Place.WAITING]
    await hall.say(ann, Answer.NO)
    await hall.say(ben, Answer.NO)
    assert hall.place(dan) is Place.WAITING
    await hall.say(cat, Answer.NO)
    assert hall.place(dan) is Place.OFFERED
    assert hall.to(ann, "event-changed:") == []
    assert fewer.capacity == 1


@pytest.mark.parametrize("how", ["stop", "erase", "gone"])
async def test_whoever_leaves_leaves_their_place_to_the_next(how: str) -> None:
    hall = Hall(FAR)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    await hall.say(ben)
    if how == "gone":
        await ann.go()
    else:
        await ann.use("leave")
        await ann.press("Stop, and keep my profile" if how == "stop" else "Forget me")
    assert hall.place(ben) is Place.OFFERED
    assert hall.letters("event-remind:") == []
    hall.promised()


async def test_a_suspended_member_keeps_no_place_and_cannot_say_yes() -> None:
    hall = Hall(FAR)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    await hall.say(ben)
    hall.keep(ann, stage=Stage.SUSPENDED)
    await hall.tell(MemberGone(id_of(ann)))
    assert hall.place(ben) is Place.OFFERED
    assert "let in" in await hall.say(ann)


async def test_who_pauses_is_passed_over_and_offered_a_place_when_they_are_back() -> None:
    hall = Hall(FAR)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    for one in (ann, ben, cat):
        await hall.say(one)
    await hall.say(ann, Answer.NO)
    await ben.use("pause")
    await ben.press("Until I say")
    assert [hall.place(one) for one in (ben, cat)] == [Place.WAITING, Place.OFFERED]
    await hall.say(cat, Answer.NO)
    assert hall.place(ben) is Place.WAITING
    await ben.use("back")
    assert hall.place(ben) is Place.OFFERED
    assert len(hall.to(ben, "event-offer:")) == 1


async def test_before_a_support_group_its_promises_are_read_first() -> None:
    group = replace(COFFEE, sort=Sort.SUPPORT, title="Support", capacity=7)
    hall = Hall(group)
    ann = hall.member("Ann")
    await ann.use("events")
    await ann.press("Yes to Support")
    assert "What is said there stays there." in ann.says
    assert hall.place(ann) is None
    await ann.press("I agree, and yes to Support")
    assert hall.place(ann) is Place.HELD
    assert "You have a place" in await hall.press(ann, AgreeEvent(group.id))


SERIES = Series(Id(50), "FREQ=WEEKLY", SATURDAY.date(), SATURDAY.time(), "Europe/London")


async def test_yes_to_all_of_a_series_holds_for_those_to_come_in_the_order_they_joined() -> None:
    weekly = [replace(COFFEE, id=Id(750 + n), series=SERIES.id, starts_at=SATURDAY + n * 7 * DAY) for n in range(3)]
    hall = Hall(*weekly[:2])
    hall.diary.series[SERIES.id] = SERIES
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    await hall.say(cat, Answer.NO, weekly[0])
    for one in (cat, ann, ben):
        await hall.press(one, JoinSeries(SERIES.id))
    assert [hall.place(cat, each) for each in weekly[:2]] == [Place.NONE, Place.HELD]
    await hall.press(ben, LeaveSeries(SERIES.id))
    last = replace(weekly[2], capacity=1)
    hall.plan(last)
    await hall.do(lambda work: Attending(POLICY).join_all(work, last))
    assert [hall.place(one, last) for one in (ann, ben, cat)] == [Place.WAITING, None, Place.HELD]
    hall.promised()


async def test_a_series_gives_no_place_to_somebody_who_is_not_there() -> None:
    one, new = (replace(COFFEE, id=Id(750 + n), series=SERIES.id, starts_at=SATURDAY + n * 7 * DAY) for n in range(2))
    hall = Hall(one)
    hall.diary.series[SERIES.id] = SERIES
    ann, ben = hall.member("Ann"), hall.member("Ben")
    for each in (ann, ben):
        await hall.press(each, JoinSeries(SERIES.id))
    await ann.go()
    hall.plan(new)
    await hall.do(lambda work: Attending(POLICY).join_all(work, new))
    assert [hall.place(each, new) for each in (ann, ben)] == [None, Place.HELD]
