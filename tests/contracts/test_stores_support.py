"""Listeners, requests to them and worries, on every engine: words sealed, and gone with their request."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.chat.ids import Id, show
from bot.core.work import Work
from bot.members.model import Member
from bot.members.store import PRIVACY
from bot.support.model import Duty, Listener, Request, State, Worry
from bot.support.store import LISTENING, WORRIES
from storage.parcels import circle_place, conversations
from storage.support import requests
from storage.trouble import RowRefused
from storage.work import sql
from tests.contracts.test_stores_privacy import everything, export
from tests.storage.stands import AT, Pen

WORDS = "words-canary"


class Lived:
    """Ann, who listens; Bob, who asks her; and a worry of his about Cleo."""

    ann: Member
    bob: Member
    cleo: Member
    request: Request
    worry: Worry


@pytest.fixture
async def lived(pen: Pen) -> Lived:
    lived = Lived()
    lived.ann, lived.bob, lived.cleo = [await pen.member(f"{name}-canary") for name in ("Ann", "Bob", "Cleo")]
    who = (Id(90), lived.bob.id, lived.ann.id)
    lived.request = Request(*who, State.ASKED, WORDS, True, AT, answer_by=AT + timedelta(hours=2))
    lived.worry = Worry(Id(91), lived.bob.id, lived.cleo.id, "", f"worry-{WORDS}", AT)

    def keep(work: Work) -> None:
        work.use(LISTENING).keep_listener(Listener(lived.ann.id, 2, True, (Duty(2, 17, 19), Duty(5, 9, 11))))
        work.use(LISTENING).keep(lived.request)
        work.use(WORRIES).keep(lived.worry)
        place = circle_place(sql(work).house, lived.request.id)
        sql(work).keep(conversations, {"place": place, "conversation": "C-canary"})

    await pen.write(keep)
    return lived


async def test_they_are_found_as_they_were_kept(pen: Pen, lived: Lived) -> None:
    def look(work: Work) -> list[Any]:
        store = work.use(LISTENING)
        return [
            store.listener(lived.ann.id),
            [one.member for one in store.listeners()],
            store.request(Id(90)),
            store.open_of(lived.bob.id),
            list(store.open_with(lived.ann.id)),
            list(store.all()),
            work.use(WORRIES).get(Id(91)),
            store.open_of(lived.ann.id),
            store.request(Id(1)),
        ]

    ann, one = Listener(lived.ann.id, 2, True, (Duty(2, 17, 19), Duty(5, 9, 11))), lived.request
    assert await pen.read(look) == [ann, [lived.ann.id], one, one, [one], [one], lived.worry, None, None]
    assert await pen.write(lambda work: work.use(LISTENING).request(Id(90))) == one, "and locked"


async def test_words_lie_sealed_and_are_gone_once_it_is_closed(pen: Pen, lived: Lived) -> None:
    assert WORDS not in await everything(pen)
    closed = replace(lived.request, state=State.CLOSED, words="", ended_at=AT)
    await pen.write(lambda work: work.use(LISTENING).keep(closed))
    assert await pen.read(lambda work: work.use(LISTENING).request(Id(90))) == closed
    assert await pen.read(lambda work: work.use(LISTENING).open_of(lived.bob.id)) is None
    assert await pen.read(lambda work: [row.words for row in sql(work).rows(select(requests))]) == [None]


async def test_nobody_has_two_open_requests_at_once(pen: Pen, lived: Lived) -> None:
    second = replace(lived.request, id=Id(92))
    with pytest.raises(RowRefused):
        await pen.write(lambda work: work.use(LISTENING).keep(second))
    draft = replace(second, state=State.DRAFT)
    await pen.write(lambda work: work.use(LISTENING).keep(draft))
    assert len(await pen.read(lambda work: work.use(LISTENING).all())) == 2


async def test_hours_are_those_that_were_said_last(pen: Pen, lived: Lived) -> None:
    other = Listener(lived.ann.id, 1, True, (Duty(0, 7, 8),))
    await pen.write(lambda work: work.use(LISTENING).keep_listener(other))
    assert await pen.read(lambda work: work.use(LISTENING).listeners()) == [other]
    await pen.write(lambda work: work.use(LISTENING).drop_listener(lived.ann.id))
    assert await pen.read(lambda work: work.use(LISTENING).listeners()) == []


async def test_what_is_dropped_leaves_nothing_not_even_where_they_talked(pen: Pen, lived: Lived) -> None:
    await pen.write(lambda work: work.use(LISTENING).drop(Id(90)))
    await pen.write(lambda work: work.use(WORRIES).drop_of(lived.bob.id))
    said = await everything(pen)
    assert "C-canary" not in said
    assert await pen.read(lambda work: work.use(WORRIES).get(Id(91))) is None


async def test_who_wrote_it_is_given_their_words_and_nobody_else_is_given_anything(pen: Pen, lived: Lived) -> None:
    bob, ann, cleo = [await export(pen, one) for one in (lived.bob, lived.ann, lived.cleo)]
    assert [row["words"] for row in bob["listener_requests"]] == [WORDS]
    assert [row["words"] for row in bob["worries"]] == [f"worry-{WORDS}"]
    assert show(lived.ann.id) not in str(bob["listener_requests"])
    assert show(lived.cleo.id) not in str(bob)
    assert WORDS not in str(ann)
    assert "Bob" not in str(ann)
    assert len(ann["listener_hours"]) == 2
    assert set(cleo) == {"members", "identities"}


@pytest.mark.parametrize("who", ["ann", "bob", "cleo"])
async def test_with_either_of_them_it_is_forgotten(pen: Pen, lived: Lived, who: str) -> None:
    member = getattr(lived, who)
    await pen.write(lambda work: work.use(PRIVACY).erase(member.id, AT))
    assert member.name not in await everything(pen)
    asked = await pen.read(lambda work: work.use(LISTENING).all())
    worry = await pen.read(lambda work: work.use(WORRIES).get(Id(91)))
    assert len(asked) == (who == "cleo")
    assert ("C-canary" in await everything(pen)) == (who == "cleo")
    assert (worry is not None) == (who == "ann")
