"""Organisers keep the rota; nobody is on it who has not said yes, and nobody else touches it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.chat.inbound import Pressed
from bot.core.feature import Right
from bot.members.model import Stage
from bot.members.store import MEMBERS
from bot.support.actions import Agree, KeepHours, TakeOff
from bot.support.model import Duty, Listener, with_hours
from bot.support.store import LISTENING
from tests.acting import Network, Somebody
from tests.members.people import anna, kept, settled
from tests.support.people import (
    EVERY_DAY,
    account_of,
    asks,
    id_of,
    listener,
    network,
    organise,
    requests,
)

LONDON = "Europe/London"


async def put_on(here: Network, person: Somebody) -> Somebody:
    """Anna puts them on the rota, Wednesdays and Saturdays."""
    organiser = anna(here)
    await organise(organiser, f"members listeners {person.name.split()[0]}")
    await organiser.choose(person.name)
    await organiser.press("Set hours")
    await organiser.fill(days=["Wednesday", "Saturday"], begins="15:00", ends="18:00", most="Two people at a time")
    return organiser


def on_rota(here: Network, person: Somebody) -> Listener | None:
    return here.work().use(LISTENING).listener(id_of(person))


async def test_whom_an_organiser_puts_on_the_rota_is_asked_and_shown_to_nobody_before() -> None:
    here = network()
    ann, priya = settled(here, "Ann Hughes"), settled(here, "Priya Shah")
    organiser = await put_on(here, ann)
    assert "Ann Hughes hasn’t said yes so far" in organiser.says
    assert "Two people at a time" in organiser.says
    (told,) = here.letters("told-rota")
    await priya.use("listener")
    assert "Nobody is free" in priya.says
    ann.read("listen-rota")
    assert "An organiser would like to have you as a listener" in ann.says
    await ann.press("What listening is")
    assert "What it is not" in ann.says
    ann.read("listen-rota")
    await ann.press("Yes, I’ll listen")
    assert "15:00–18:00" in ann.says
    await priya.use("listener")
    assert "Ann Hughes" in priya.says
    assert on_rota(here, ann) == Listener(id_of(ann), 2, True, (Duty(2, 15, 18), Duty(5, 15, 18)))
    await organise(organiser, "members listeners")
    assert "Wednesday 15:00–18:00, Saturday 15:00–18:00" in organiser.says
    assert told.about == (id_of(ann),)


async def test_whoever_pauses_is_asked_when_they_are_back_and_no_organiser_learns_of_it() -> None:
    here = network()
    ann, priya = settled(here, "Ann Hughes"), settled(here, "Priya Shah")
    await ann.use("pause")
    await ann.press("Until I say")
    said = [(await put_on(here, one)).says.replace(one.name, "They") for one in (ann, priya)]
    assert said[0] == said[1]
    assert [letter.to for letter in here.letters("listen-rota")] == [Person(id_of(priya))]
    await ann.use("back")
    ann.read("listen-rota")
    assert "An organiser would like to have you as a listener" in ann.says
    await ann.press("Yes, I’ll listen")
    await ann.use("pause")
    await ann.press("Until I say")
    await ann.use("back")
    assert [letter.to for letter in here.letters("listen-rota")] == [Person(id_of(priya))], "who said yes is not asked"


async def test_whoever_pauses_does_not_hear_that_they_are_taken_off() -> None:
    here = network()
    ann = listener(here, "Ann Hughes")
    await ann.use("pause")
    await ann.press("Until I say")
    organiser = anna(here)
    await organise(organiser, "members listeners Ann")
    await organiser.choose("Ann Hughes")
    await organiser.press("Take off the list")
    assert on_rota(here, ann) is None
    assert here.letters("listen-rota") == []


async def test_who_would_rather_not_is_not() -> None:
    here = network()
    ann = settled(here, "Ann Hughes")
    await put_on(here, ann)
    ann.read("listen-rota")
    await ann.press("Rather not")
    assert on_rota(here, ann) is None
    await here.receive(Pressed(Agree().pack()), ann.account)
    assert on_rota(here, ann) is None, "an old button makes nobody a listener"


async def test_the_right_is_the_account_s_that_said_yes_and_a_new_account_must_wait() -> None:
    here = network()
    ann = listener(here, "Ann Hughes")
    here.at += timedelta(days=2)
    other = account_of(ann, "ann2", frozenset({Right.ANYONE, Right.MEMBER}))
    await other.use("listener")
    assert "Requests are for the account" in other.says
    await other.press("Show me requests here too")
    assert Right.LISTENER not in rights(here, other), "connected only now"
    here.at += timedelta(hours=24)
    await other.use("listener")
    await other.press("Show me requests here too")
    assert Right.LISTENER in rights(here, other)
    assert "I need someone too" in other.says


async def test_hours_change_and_end() -> None:
    here = network()
    ann, organiser = listener(here, "Ann Hughes"), anna(here)
    await organise(organiser, "members listeners")
    await organiser.choose("Ann Hughes")
    await organiser.press("Clear all hours")
    assert "none so far" in organiser.says
    ann.read("listen-rota")
    assert "Your hours as a listener have changed" in ann.says
    await organiser.press("Take off the list")
    ann.read("listen-rota")
    assert "You’re no longer on the list" in ann.says
    assert on_rota(here, ann) is None
    assert Right.LISTENER not in rights(here, ann)


@pytest.mark.parametrize(("begins", "ends", "days"), [("18:00", "15:00", ["Monday"]), ("15:00", "15:00", ["Monday"])])
async def test_hours_that_are_none_go_back(begins: str, ends: str, days: list[str]) -> None:
    here = network()
    ann, organiser = settled(here, "Ann Hughes"), anna(here)
    await organise(organiser, "members listeners Ann")
    await organiser.choose("Ann Hughes")
    await organiser.press("Set hours")
    await organiser.fill(days=days, begins=begins, ends=ends)
    assert organiser.errors
    assert on_rota(here, ann) is None


async def test_no_member_touches_the_rota() -> None:
    here = network()
    ann, tom = listener(here, "Ann Hughes"), settled(here, "Tom Ashdown")
    before = on_rota(here, ann)
    await organise(tom, "members listeners")
    assert "That isn’t something I can do for you here" in tom.says
    for forged in (TakeOff(id_of(ann)), KeepHours(id_of(tom))):
        await here.receive(Pressed(forged.pack()), tom.account)
    assert on_rota(here, ann) == before
    assert on_rota(here, tom) is None


async def test_who_is_suspended_is_off_the_rota_and_cannot_be_put_on_it() -> None:
    here = network()
    ann, organiser = listener(here, "Ann Hughes"), anna(here)
    await organise(organiser, "members suspend Ann")
    await organiser.choose("Ann Hughes")
    await organiser.press("Suspend Ann Hughes")
    assert kept(ann).stage is Stage.SUSPENDED
    assert on_rota(here, ann) is None
    await organise(organiser, "members listeners Ann")
    assert "I couldn’t find a member of that name" in organiser.says


async def test_at_home_it_is_said_quietly() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await ann.open_home()
    assert "asked you for some time" not in ann.says
    await priya.use("listener")
    await priya.choose("Ann Hughes")
    await priya.fill(words="A canary")
    await priya.press("Send to Ann")
    for person, says in ((ann, "Somebody has asked you for some time."), (priya, "You’ve asked a listener")):
        await person.open_home()
        assert says in person.says
        assert "canary" not in person.says
        await person.press("See how it stands")
        assert "Priya" in person.says or "Ann" in person.says


async def test_who_is_to_listen_to_fewer_keeps_those_they_have() -> None:
    here = network()
    priya, tom, ann = settled(here, "Priya Shah"), settled(here, "Tom Ashdown"), listener(here, "Ann Hughes", most=2)
    await asks(priya, "Ann Hughes")
    await asks(tom, "Ann Hughes")
    organiser = anna(here)
    await organise(organiser, "members listeners Ann")
    await organiser.choose("Ann Hughes")
    await organiser.press("Set hours")
    await organiser.fill(days=["Monday"], begins="15:00", ends="18:00", most="One person at a time")
    assert on_rota(here, ann) == Listener(id_of(ann), 1, True, (Duty(0, 15, 18), *EVERY_DAY[1:]))
    assert len([one for one in requests(here) if one.is_open]) == 2


def test_duty_is_by_the_listener_s_own_clock() -> None:
    wednesday = Listener(Id(1), 1, True, (Duty(2, 15, 18),))
    before, during = datetime(2026, 11, 11, 14, 59, tzinfo=UTC), datetime(2026, 11, 11, 15, tzinfo=UTC)
    assert wednesday.until(before, LONDON) is None
    assert wednesday.next(before, LONDON) == during
    assert wednesday.until(during, LONDON) == datetime(2026, 11, 11, 18, tzinfo=UTC)
    assert wednesday.until(datetime(2026, 11, 11, 18, tzinfo=UTC), LONDON) is None
    assert wednesday.next(during, LONDON) == datetime(2026, 11, 18, 15, tzinfo=UTC)
    assert wednesday.until(during, "Australia/Sydney") is None
    in_summer = datetime(2026, 6, 10, 14, tzinfo=UTC)
    assert wednesday.until(in_summer, LONDON) == datetime(2026, 6, 10, 17, tzinfo=UTC)


def test_the_newest_hours_of_a_day_stand_and_those_of_other_days_stay() -> None:
    week = with_hours((Duty(2, 9, 10), Duty(0, 9, 10)), [Duty(2, 17, 19)])
    assert week == (Duty(0, 9, 10), Duty(2, 17, 19))


def rights(here: Network, person: Somebody) -> frozenset[Right]:
    found = here.work().use(MEMBERS).identity(person.account)
    assert found is not None
    return found.rights
