"""Made-up heads among themselves and with somebody real: who writes when, and for whom nobody ever acts."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.people.habit import awake, dice
from adapters.people.model import Head
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Joined, Pressed, Submitted
from bot.chat.outbound import NOTHING, Reply
from bot.chat.text import plain
from bot.chat.view import Button, Buttons, Paragraph, View
from bot.core.walltime import zone_of
from bot.members import question_views
from bot.members.actions import Question
from bot.members.model import Member, Stage
from tests.people.scripted import ANNA, BEN, MONDAY, Town

MINUTES = timedelta(minutes=1)
CHECKIN = View(
    (
        Paragraph(plain("Did you and Ben find time to talk?")),
        Buttons((Button("We talked", "talked"), Button("Not yet", "not-yet"), Button("We need a hand", "hand"))),
    )
)


def somebody_real(town: Town) -> Account:
    return town.space.join("Rosa Real")


async def test_whoever_is_asked_says_hello_and_the_other_writes_back() -> None:
    town = Town(ANNA, BEN)
    place = town.introduce(town.account(ANNA), town.account(BEN), first=BEN.name)
    await town.live(timedelta(days=2))
    assert [author for author, _ in town.said(place)][:2] == [BEN.user, ANNA.user]


async def test_to_somebody_real_a_partner_writes_back_within_two_minutes() -> None:
    town = Town(ANNA)
    real = somebody_real(town)
    place = town.introduce(town.account(ANNA), real, first="Rosa Real")
    await town.live(10 * MINUTES)
    assert town.said(place) == [], "Rosa was to say hello"
    at = town.space.say(real, place, "Hello Anna").at
    await town.live(2 * MINUTES)
    assert [author for author, _ in town.said(place)] == [real.user, ANNA.user]
    assert town.said(place)[-1][1] - at <= 2 * MINUTES
    assert "Rosa" in town.space.history(place)[-1].text


async def test_a_partner_goes_on_answering_and_never_repeats_themselves() -> None:
    town = Town(ANNA)
    real = somebody_real(town)
    place = town.introduce(town.account(ANNA), real, first=ANNA.name)
    for _ in range(8):
        await town.live(5 * MINUTES)
        town.space.say(real, place, "And then?")
    await town.live(5 * MINUTES)
    lines = [one.text for one in town.space.history(place) if one.author == ANNA.user]
    assert len(lines) == 9
    assert len(set(lines)) == len(lines)


async def test_two_lines_in_a_row_get_one_answer() -> None:
    town = Town(ANNA)
    real = somebody_real(town)
    place = town.introduce(town.account(ANNA), real, first="Rosa Real")
    for words in ("Hello Anna", "How are things?"):
        town.space.say(real, place, words)
    await town.live(5 * MINUTES)
    assert [author for author, _ in town.said(place)].count(ANNA.user) == 1


async def test_at_night_people_sleep_and_answer_in_the_morning() -> None:
    town = Town(ANNA, at=MONDAY.replace(hour=23))
    real = somebody_real(town)
    place = town.introduce(town.account(ANNA), real, first="Rosa Real")
    town.space.say(real, place, "Still up?")
    await town.live(timedelta(hours=7))
    assert len(town.said(place)) == 1
    await town.live(timedelta(hours=4))
    assert [author for author, _ in town.said(place)] == [real.user, ANNA.user]


async def test_between_two_alone_a_partner_writes_back_too() -> None:
    town = Town(ANNA)
    real = somebody_real(town)
    place = town.space.direct(real, town.account(ANNA)).id
    town.space.say(real, place, "Hello Anna, just us two")
    await town.live(2 * MINUTES)
    assert [author for author, _ in town.said(place)] == [real.user, ANNA.user]


async def test_if_the_visitor_says_nothing_the_partner_begins_a_day_later() -> None:
    town = Town(ANNA)
    real = somebody_real(town)
    place = town.introduce(town.account(ANNA), real, first="Rosa Real")
    await town.live(timedelta(hours=18))
    assert town.said(place) == []
    await town.live(timedelta(days=1))
    assert [author for author, _ in town.said(place)] == [ANNA.user]


async def test_a_made_up_head_moved_by_a_visitor_is_answered_like_a_visitor() -> None:
    town = Town(ANNA, BEN)
    place = town.introduce(town.account(ANNA), town.account(BEN), first=ANNA.name)
    town.space.say(town.account(ANNA), place, "I am Anna for a moment")
    await town.live(2 * MINUTES)
    assert [author for author, _ in town.said(place)] == [ANNA.user, BEN.user]


async def test_nobody_acts_for_somebody_real() -> None:
    town = Town(ANNA, BEN)
    real = somebody_real(town)
    for account in (real, town.account(ANNA)):
        town.space.post(town.space.bot_conversation(account).id, CHECKIN)
    town.introduce(town.account(ANNA), real, first="Rosa Real")
    await town.live(timedelta(days=9))
    assert {inbound.account for inbound in town.heard} == {town.account(ANNA)}
    authors = {author for place in town.space.conversations(real.user) for author, _ in town.said(place.id)}
    assert real.user not in authors
    assert ANNA.user in authors


async def test_a_newcomer_who_says_hello_to_everybody_is_greeted_once_by_each_who_greets() -> None:
    town = Town(*(one_of_many(number) for number in range(60)))
    real = somebody_real(town)
    channel = town.space.channel("welcome").id
    for words in ("Hello all", "Lovely weather"):
        town.space.say(real, channel, words)
        await town.live(10 * MINUTES)
    greeters = [author for author, _ in town.said(channel) if author != real.user]
    assert 1 <= len(greeters) <= 10
    assert len(set(greeters)) == len(greeters)


async def test_a_checkin_is_answered_by_its_label_and_not_again_after_a_restart() -> None:
    town = Town(*(one_of_many(number) for number in range(20)))
    town.answer = answered
    for number in range(20):
        town.space.post(f"bot-{one_of_many(number).user}", CHECKIN)
    await town.live(timedelta(hours=3))
    early = pressed(town)
    town.restart()
    await town.live(timedelta(days=3))
    late = pressed(town)[len(early) :]
    assert early, "somebody was to be early"
    assert late, "somebody was to be late"
    assert not set(early) & set(late), "nobody presses again what they pressed before the restart"


async def test_after_a_restart_the_same_is_meant_at_the_same_time() -> None:
    towns = [Town(*(one_of_many(number) for number in range(20))) for _ in range(2)]
    for town, restarts in zip(towns, (False, True), strict=True):
        for number in range(20):
            town.space.post(f"bot-{one_of_many(number).user}", CHECKIN)
        await town.live(timedelta(hours=2))
        if restarts:
            town.restart()
        await town.live(timedelta(days=3))
    once, again = (sorted((one.at, one.account.user) for one in town.heard if one.account) for town in towns)
    assert once == again


@pytest.mark.parametrize("crowd", [True, False])
async def test_what_was_meant_when_everything_died_is_done_once_all_is_back(crowd: bool) -> None:
    heads = [one_of_many(number) for number in range(20)]
    lucky, unlucky = (Town(*heads, together=timedelta(days=3), crowd=crowd) for _ in range(2))
    for town in (lucky, unlucky):
        town.answer = answered
        for head in heads * 3:
            town.space.post(f"bot-{head.user}", CHECKIN)
    unlucky.answer = died
    with pytest.raises(asyncio.CancelledError):
        await unlucky.live(timedelta(days=3))
    unlucky.answer = answered
    for town in (lucky, unlucky):
        await town.live(timedelta(days=3))
    done = still_open(lucky)
    assert still_open(unlucky) == done
    assert [] in done.values(), "somebody meant several things at once"


def still_open(town: Town) -> dict[str, list[int]]:
    """Which questions nobody has answered yet, by whom they were asked."""
    said = {head.user: town.space.history(f"bot-{head.user}") for head in town.heads}
    return {user: [at for at, one in enumerate(asked) if one.view == CHECKIN] for user, asked in said.items()}


def died(inbound: Inbound) -> Reply:
    raise asyncio.CancelledError


async def test_who_never_came_comes_when_it_is_their_day_and_only_once() -> None:
    town = Town()
    town.heads = (ANNA,)
    town.restart()
    await town.live(timedelta(days=1))
    town.restart()
    await town.live(timedelta(days=1))
    assert [one.account and one.account.user for one in town.heard if isinstance(one.what, Joined)] == [ANNA.user]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), st.integers())  # noqa: DTZ001
def test_nobody_does_anything_at_night(when: datetime, seed: int) -> None:
    then = awake(when, "Europe/London", dice(str(seed), "anna"))
    wall = then.astimezone(zone_of("Europe/London"))
    assert 7 <= wall.hour < 22
    assert timedelta() <= then - when <= timedelta(hours=11)


def one_of_many(number: int) -> Head:
    return Head(f"head-{number}", f"Head Number{number}")


def answered(inbound: Inbound) -> Reply:
    return Reply(replace=View((Paragraph(plain("Thank you.")),)))


def pressed(town: Town) -> list[str]:
    return [one.account.user for one in town.heard if isinstance(one.what, Pressed) and one.account]


async def test_a_small_question_is_answered_by_some_and_left_by_others() -> None:
    town = Town(*(one_of_many(number) for number in range(20)))
    form = question_views.form(Question.TIMES, Member(Id(1), "Anna", Stage.MEMBER))
    town.answer = lambda inbound: Reply(ask=form) if isinstance(inbound.what, Pressed) else NOTHING
    for number in range(20):
        town.space.post(f"bot-{one_of_many(number).user}", View(question_views.small(Question.TIMES)))
    await town.live(timedelta(days=4))
    sent = [one.what for one in town.heard if isinstance(one.what, Submitted)]
    assert 5 <= len(sent) <= 15
    assert all(one.action == form.action and one.values["times"] for one in sent)
