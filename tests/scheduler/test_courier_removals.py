"""What is to be taken away: done twice it does no harm, and it is never given up."""

from datetime import timedelta

import pytest

from bot.chat.outbound import Refused, Removes, Why
from bot.core.outbox import Kind, State
from tests.scheduler.office import Post
from tests.scheduler.twins import Lost, Row, person
from tests.virtual import START

ANN = person("ann")


def order(post: Post) -> Row:
    return post.outbox.post(ANN, START, Kind.REMOVAL, removes=Removes.MESSAGE)


async def test_what_is_gone_already_counts_as_taken_away() -> None:
    post = Post()
    row = order(post)
    post.platform.script = [Refused(Why.GONE)]
    await post.courier.drain()
    assert (row.state, len(post.platform.tries)) == (State.SENT, 1)


@pytest.mark.parametrize("lost", list(Lost))
@pytest.mark.parametrize("can_look", [True, False])
async def test_an_unclear_end_is_tried_again_and_nobody_looks(lost: Lost, can_look: bool) -> None:
    post = Post()
    row, post.platform.can_look = order(post), can_look
    post.platform.script = [lost, lost, lost]
    await post.run_for(timedelta(days=1))
    assert (row.state, row.possible_duplicate) == (State.SENT, False)
    assert (len(post.platform.tries), post.platform.looks) == (4, [])


async def test_after_a_crash_it_is_tried_again_and_nobody_looks() -> None:
    post = Post()
    row = order(post)
    await post.outbox.claim(START, 1)
    post.courier = post.start()
    await post.run_for(timedelta(minutes=1))
    assert (row.state, len(post.platform.tries), post.platform.looks) == (State.SENT, 1, [])


async def test_a_platform_that_is_away_for_days_gets_it_all_the_same() -> None:
    post = Post()
    row = order(post)
    post.platform.script = [Refused(Why.TRY_LATER)] * 40
    await post.run_for(timedelta(days=14))
    assert row.state is State.SENT
    assert len(post.platform.tries) == 41


async def test_what_a_platform_will_never_do_is_dead() -> None:
    post = Post()
    row = order(post)
    post.platform.script = [Refused(Why.MALFORMED)]
    await post.courier.drain()
    assert row.state is State.DEAD
