"""The courier: every way a letter can go, from ready to its end."""

from datetime import timedelta
from random import Random

import pytest

from bot.chat.outbound import Parcel, Receipt, Refused, Why
from bot.chat.platform import AskedToWait
from bot.core.outbox import Kind, Settlement, State
from scheduler.attempt import Hand
from scheduler.courier import Courier
from scheduler.pacing import Pace, Pacing
from scheduler.verdicts import Manners
from tests.scheduler.office import Post, delivered
from tests.scheduler.twins import PLACE, Lost, circle, person
from tests.virtual import START

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
ANN = person("ann")


async def test_a_letter_goes_when_it_is_due_and_not_before() -> None:
    post = Post()
    row = post.outbox.post(ANN, START + HOUR)
    await post.courier.drain()
    assert post.platform.posts == []
    assert await post.courier.next_due() == START + HOUR
    await delivered(post, row)
    assert post.ended == [("mark-0", State.SENT)]


@pytest.mark.parametrize("why", [Why.SLOW_DOWN, Why.TRY_LATER, Why.FORBIDDEN])
async def test_a_letter_refused_for_now_goes_later(why: Why) -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.script = [Refused(why), Refused(why)]
    await delivered(post, row)
    assert len(post.platform.tries) == 3


@pytest.mark.parametrize("why", [Why.CLOSED, Why.GONE, Why.MALFORMED])
async def test_a_letter_refused_for_good_is_dead_with_the_reason(why: Why) -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.script = [Refused(why, "code 7")]
    await post.run_for(timedelta(days=3))
    assert (row.state, row.says) == (State.DEAD, f"{why}: code 7")
    assert len(post.platform.tries) == 1
    assert post.ended == [("mark-0", State.DEAD)]


async def test_being_asked_to_slow_down_is_no_try_and_the_wait_is_honoured_by_all() -> None:
    post = Post()
    rows = [post.outbox.post(person(name), START) for name in ("ann", "ben", "cat")]
    post.platform.script = [Refused(Why.SLOW_DOWN, wait=40 * SECOND)] * 3
    await post.run_for(39 * SECOND)
    assert post.platform.posts == []
    await post.run_for(10 * SECOND)
    assert {row.state for row in rows} == {State.SENT}
    assert {row.tries for row in rows} == {0}
    assert len(post.platform.tries) <= 6


async def test_a_letter_is_tried_fifteen_times_over_about_a_day_and_then_given_up() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.script = [Refused(Why.TRY_LATER)] * 100
    await post.run_for(18 * HOUR)
    assert post.ended == []
    await post.run_for(14 * HOUR)
    assert row.state is State.DEAD
    assert row.says.startswith("given up after 15 tries")
    assert len(post.platform.tries) == 15


async def test_a_platform_that_names_a_longer_wait_is_given_it() -> None:
    post = Post()
    post.outbox.post(ANN, START)
    post.platform.script = [Refused(Why.TRY_LATER, wait=2 * HOUR)]
    await post.run_for(2 * HOUR - SECOND)
    assert len(post.platform.tries) == 1


async def test_an_operator_is_told_once_an_hour_and_no_try_is_counted() -> None:
    post = Post()
    rows = [post.outbox.post(person(str(number)), START) for number in range(5)]
    post.platform.script = [Refused(Why.FORBIDDEN, "chat:write is missing")] * 15
    await post.run_for(2 * HOUR + timedelta(minutes=59))
    assert post.told == [(PLACE, "chat:write is missing")] * 3
    assert {row.tries for row in rows} == {0}
    await post.run_for(HOUR)
    assert {row.state for row in rows} == {State.SENT}


@pytest.mark.parametrize("lost", list(Lost))
async def test_an_unclear_end_is_looked_for_after_five_seconds_and_never_said_twice(lost: Lost) -> None:
    post = Post()
    row = post.outbox.post(circle("c"), START)
    post.platform.script = [lost]
    await post.run_for(4.9 * SECOND)
    assert row.state is State.UNKNOWN
    assert post.platform.looks == []
    await delivered(post, row)
    assert len(post.platform.looks) == 1


async def test_looking_that_fails_is_tried_again_and_given_up_in_the_end() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.script = [Lost.REQUEST]
    post.platform.find = broken_find  # type: ignore[method-assign]
    await post.run_for(10 * SECOND)
    assert (row.state, row.says) == (State.UNKNOWN, "OSError")
    await post.run_for(timedelta(days=3))
    assert (row.state, row.says) == (State.DEAD, "unclear")
    assert len(post.platform.tries) == 1


async def broken_find(parcel: object) -> None:
    raise OSError


async def test_a_platform_that_wants_to_be_looked_into_less_often_is_obeyed_for_all_and_no_try_is_counted() -> None:
    post, asked = Post(), list[Parcel]()
    rows = [post.outbox.post(person(str(number)), START) for number in range(40)]
    for row in rows:
        row.doubt(START)

    async def find(parcel: Parcel) -> Receipt:
        asked.append(parcel)
        if len(asked) == 1:
            raise AskedToWait(timedelta(hours=1))
        return Receipt("c", "found")

    post.platform.find = find  # type: ignore[method-assign]
    await post.run_for(59 * timedelta(minutes=1))
    assert len(asked) <= 32, "those in hand at one time, and nobody after them"
    waiting = [row for row in rows if row.state is State.UNKNOWN]
    assert waiting
    fresh = post.outbox.post(ANN, post.clock.now())
    await post.courier.drain()
    assert fresh.state is State.SENT, "what is said does not wait"
    await post.run_for(10 * timedelta(minutes=1))
    assert {row.state for row in rows} == {State.SENT}
    assert {row.tries for row in rows} == {1}, "the one that was unclear"
    assert len(asked) == len(rows) + 1


async def test_looking_has_a_pace() -> None:
    post = Post(pacing=Pacing({(PLACE, "look"): Pace(rate=1, burst=1)}))
    for number in range(30):
        post.outbox.post(person(str(number)), START).doubt(START)
    await post.run_for(20 * SECOND)
    assert 14 <= len(post.platform.looks) <= 16, "after the five seconds, one a second"
    await post.run_for(20 * SECOND)
    assert {(row.state, row.tries) for row in post.outbox.rows} == {(State.SENT, 1)}


async def test_what_may_have_arrived_stays_in_doubt_while_its_platform_is_not_running() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.script = [Lost.REPLY]
    await post.courier.drain()
    post.courier = Courier(post.clock, post.outbox, Hand(post.clock, {}, Random(7)))
    await post.run_for(HOUR)
    assert row.state is State.UNKNOWN
    post.courier = post.start()
    await delivered(post, row)


async def test_a_personal_letter_nobody_can_look_for_is_said_once_more_and_counted_as_a_possible_double() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.can_look, post.platform.script = False, [Lost.REPLY]
    await post.run_for(HOUR)
    assert row.state is State.SENT
    assert row.possible_duplicate
    assert post.platform.times(row.parcel) == 2


async def test_the_second_blind_try_is_the_last() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.can_look, post.platform.script = False, [Lost.REPLY, Refused(Why.TRY_LATER), Lost.REPLY]
    await post.run_for(timedelta(days=3))
    assert (row.state, row.says, row.possible_duplicate) == (State.DEAD, "unclear", True)
    assert post.platform.times(row.parcel) == 2


@pytest.mark.parametrize("manners", [Manners(), Manners(recognises={PLACE: timedelta(minutes=2)})])
async def test_what_is_too_late_by_now_is_not_tried_blindly(manners: Manners) -> None:
    post = Post(manners)
    row = post.outbox.post(ANN, START, until=START + timedelta(seconds=3))
    post.platform.can_look, post.platform.script = False, [Lost.REQUEST]
    await post.run_for(HOUR)
    assert (row.state, row.says, row.possible_duplicate) == (State.DEAD, "unclear", False)
    assert post.platform.times(row.parcel) == 0
    assert len(post.platform.tries) == 1


async def test_a_blind_second_try_that_is_asked_to_slow_down_stays_in_doubt() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.platform.can_look, post.platform.script = False, [Lost.REPLY, Refused(Why.SLOW_DOWN)]
    await post.run_for(HOUR)
    assert (row.state, row.possible_duplicate) == (State.SENT, True)


@pytest.mark.parametrize("lost", list(Lost))
async def test_a_circle_nobody_can_look_into_is_never_written_to_twice(lost: Lost) -> None:
    post = Post()
    row = post.outbox.post(circle("c"), START)
    post.platform.can_look, post.platform.script = False, [lost]
    await post.run_for(timedelta(days=3))
    assert (row.state, row.says, row.possible_duplicate) == (State.DEAD, "unclear", False)
    assert len(post.platform.tries) == 1
    assert post.ended == [("mark-0", State.DEAD)], "whoever wrote it can follow up"


async def test_where_the_platform_knows_a_mark_again_a_young_one_is_tried_without_doubt() -> None:
    post = Post(Manners(recognises={PLACE: timedelta(minutes=2)}))
    row = post.outbox.post(circle("c"), START)
    post.platform.can_look, post.platform.script = False, [Lost.REQUEST]
    await delivered(post, row)


async def test_what_is_known_no_more_when_its_turn_comes_is_in_doubt_still() -> None:
    post = Post(Manners(recognises={PLACE: timedelta(minutes=2)}))
    row = post.outbox.post(ANN, START)
    post.platform.can_look, post.platform.script = (
        False,
        [Lost.REPLY, Refused(Why.SLOW_DOWN, wait=timedelta(minutes=9))],
    )
    await post.run_for(HOUR)
    assert (row.state, row.possible_duplicate) == (State.SENT, True)


async def test_a_blind_second_try_that_the_platform_would_know_again_is_not_given_up() -> None:
    post = Post(Manners(recognises={PLACE: timedelta(minutes=2)}))
    row = post.outbox.post(ANN, START)
    too_long = Refused(Why.SLOW_DOWN, wait=timedelta(minutes=9))
    post.platform.can_look, post.platform.script = False, [Lost.REPLY, too_long, Lost.REQUEST, Lost.REQUEST]
    await post.run_for(timedelta(days=3))
    assert (row.state, row.possible_duplicate) == (State.SENT, True)
    assert (len(post.platform.tries), post.platform.times(row.parcel)) == (5, 2)


async def test_no_third_is_said_where_the_second_is_known_no_more() -> None:
    post = Post(Manners(recognises={PLACE: timedelta(minutes=2)}))
    row = post.outbox.post(ANN, START)
    too_long = Refused(Why.SLOW_DOWN, wait=timedelta(minutes=9))
    post.platform.can_look, post.platform.script = False, [Lost.REPLY, too_long, Lost.REPLY, too_long]
    await post.run_for(timedelta(days=3))
    assert (row.state, row.says, row.possible_duplicate) == (State.DEAD, "unclear", True)
    assert post.platform.times(row.parcel) == 2


async def test_a_letter_for_a_platform_that_is_not_here_waits_for_it() -> None:
    post = Post()
    row = post.outbox.post(ANN, START, platform="elsewhere")
    await post.run_for(24 * HOUR)
    assert (row.state, row.tries) == (State.READY, 0)
    assert "not running" in row.says


async def test_what_is_past_its_time_is_not_sent() -> None:
    post = Post()
    row = post.outbox.post(ANN, START, until=START + HOUR)
    post.platform.script = [Refused(Why.TRY_LATER, wait=2 * HOUR)]
    await post.run_for(timedelta(days=1))
    assert (row.state, row.says) == (State.DEAD, "too late")


async def test_order_is_kept_for_each_recipient_while_one_letter_is_tried_again() -> None:
    post = Post()
    for _ in range(3):
        post.outbox.post(ANN, START)
    post.outbox.post(person("ben"), START)
    post.platform.script = [Refused(Why.TRY_LATER), Refused(Why.SLOW_DOWN), Lost.REPLY]
    await post.run_for(timedelta(days=1))
    assert [mark for mark in post.platform.marks() if mark != "mark-3"] == ["mark-0", "mark-1", "mark-2"]
    assert {row.state for row in post.outbox.rows} == {State.SENT}


async def test_people_who_wait_go_before_a_bulk() -> None:
    post = Post(pacing=Pacing({(PLACE, "all"): Pace(rate=2, burst=4, kept=2)}))
    for number in range(100):
        post.outbox.post(person(str(number)), START, Kind.WEEKLY)
    await post.run_for(5 * SECOND)
    row = post.outbox.post(ANN, post.clock.now(), Kind.ANSWER)
    await post.courier.drain()
    assert row.state is State.SENT
    assert len(post.platform.posts) < 20
    await post.run_for(timedelta(minutes=5))
    assert len(post.platform.posts) == 101


async def test_a_claim_that_was_outlived_settles_nothing() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    old = (await post.outbox.claim(START, 1))[0]
    await post.clock.reach(START + HOUR)
    await post.courier.drain()
    await post.outbox.settle(post.clock.now(), [Settlement(old.letter, old.fence, State.DEAD, says="long ago")])
    await delivered(post, row)


async def test_after_a_restart_what_was_under_way_is_looked_for() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    claim = (await post.outbox.claim(START, 1))[0]
    await post.platform.deliver(claim.parcel)
    post.courier = post.start()
    await post.run_for(4.9 * SECOND)
    assert post.platform.looks == []
    await post.run_for(SECOND)
    assert len(post.platform.looks) == 1, "without waiting for the lease to end"
    await delivered(post, row)
