"""Leaving the workspace stops everything and keeps it as it was; coming back picks it up; thirty days on it is gone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.chat.address import Account, Person
from bot.chat.command import Tree
from bot.chat.ids import show
from bot.chat.inbound import Joined, Left, Pressed, Used
from bot.chat.view import View, words_of_view
from bot.core.outbox import Kind, Letter
from bot.members.leaving import FORGET_LEAVERS, KEPT_AFTER_LEAVING
from bot.members.model import Identity, Member, MemberGone, MemberReady, MemberWaits, Stage
from bot.members.store import MEMBERS
from tests.acting import ANNA, START, Network, Somebody, buttons
from tests.members.people import change, kept, network, settled, somebody

DAY = timedelta(days=1)


def introducible(here: Network) -> list[Member]:
    return list(here.work().use(MEMBERS).introducible(here.at.date()))


def said_again(here: Network) -> int:
    """How often somebody was welcomed back."""
    return sum(key.startswith("again:") for key in here.storage.world.keys)


async def test_everything_stops_and_stays_as_it_was() -> None:
    here = network()
    tom = settled(here)
    before = kept(tom)
    waits = Letter("weekly", Person(before.id), View(()), Kind.WEEKLY, due_at=START)
    here.storage.world.letters["weekly"] = waits
    await tom.go()
    assert kept(tom) == replace(before, left_at=here.at)
    assert here.storage.world.told == [MemberGone(before.id)]
    assert not here.letters()
    assert introducible(here) == []
    left_at = here.at
    await tom.go()
    assert kept(tom).left_at == left_at, "the days are counted from the first word of it"
    assert len(here.storage.world.told) == 1


async def test_coming_back_picks_it_up_each_time() -> None:
    here = network()
    tom = settled(here)
    before = kept(tom)
    for times in (1, 2):
        await tom.go()
        await tom.join()
        assert kept(tom) == before
        assert tom.says.startswith("Good to see you again, Tom. Everything is as you left it.")
        assert [one.label for one in buttons(tom.view)] == ["My profile", "Pause"]
        assert here.storage.world.told[-1] == MemberReady(before.id)
        assert [one.kind for one in here.letters("again:")] == [Kind.ANSWER]
        assert said_again(here) == times
    await tom.join()
    assert said_again(here) == 2, "who never left is not seen again"
    assert introducible(here) == [before]


@pytest.mark.parametrize(
    ("stage", "says", "labels"),
    [
        (Stage.JOINING, "You’d begun to set things up here", ["Go on", "Later", "Help now"]),
        (Stage.WAITING, "Everything is as you left it.", ["My profile", "Pause"]),
        (Stage.STOPPED, "You had stopped, and your profile is still here.", ["I’m back"]),
        (Stage.SUSPENDED, "An organiser has put your membership on hold.", ["Help now"]),
    ],
)
async def test_each_finds_what_they_left(stage: Stage, says: str, labels: list[str]) -> None:
    here = network()
    tom = settled(here, stage=stage)
    before = kept(tom)
    await tom.go()
    await tom.join()
    assert kept(tom) == before
    assert says in tom.says
    assert [one.label for one in buttons(tom.view)] == labels
    assert MemberReady(before.id) not in here.storage.world.told


async def test_organisers_are_asked_again_about_somebody_who_waits() -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    for _ in range(2):
        await tom.go()
        assert not here.letters("waits:")
        assert list(here.work().use(MEMBERS).waiting()) == []
        await tom.join()
        (letter,) = here.letters("waits:")
        assert here.storage.world.told[-1] == MemberWaits(kept(tom).id)
    organiser = Somebody(here, ANNA, "Anna Ford", letter.view)
    await organiser.press("Vouch for Tom Ashdown")
    assert kept(tom).stage is Stage.MEMBER


async def test_who_stopped_while_waiting_and_is_back_is_asked_about_again_too() -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    await tom.use("leave")
    await tom.press("Stop, and keep my profile")
    await tom.press("I’m back")
    assert len(here.letters("waits:")) == 1


@pytest.mark.parametrize("words", ["vouch", "ask-greeting"])
async def test_nobody_can_vouch_for_who_is_not_there(words: str) -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    await tom.go()
    reply = await here.receive(Pressed(f"members.{words}~1~{show(kept(tom).id)}"), ANNA)
    assert reply.view is not None
    assert words_of_view(reply.view) == "I can’t find that person. Perhaps they’ve left meanwhile."
    assert kept(tom).stage is Stage.WAITING


async def test_a_suspension_outlives_leaving_and_can_be_lifted_meanwhile_without_any_introduction() -> None:
    here = network()
    tom = settled(here)
    await tom.go()
    for word in ("suspend", "restore"):
        await here.receive(Pressed(f"members.{word}~1~{show(kept(tom).id)}"), ANNA)
    assert kept(tom).stage is Stage.MEMBER
    assert MemberReady(kept(tom).id) not in here.storage.world.told


async def test_a_pause_goes_on_and_ends_on_its_day_whoever_is_away() -> None:
    here = network()
    tom = settled(here)
    change(here, tom, away=True, back_on=date(2026, 11, 23))
    before = kept(tom)
    await tom.go()
    await tom.join()
    assert kept(tom) == before
    assert [one.label for one in buttons(tom.view)] == ["My profile", "I’m back"]
    assert MemberReady(before.id) not in here.storage.world.told

    await tom.go()
    here.storage.world.letters.clear()
    await here.strike("members.returning", here.at.replace(day=23, hour=7))
    assert not here.letters(), "nobody is there to be told that their pause ends"
    await tom.join()
    assert kept(tom) == replace(before, away=False, back_on=None)
    assert here.storage.world.told[-1] == MemberReady(before.id)


async def test_with_a_second_account_one_is_still_here() -> None:
    here = network()
    tom = settled(here)
    other = Account("test", "elsewhere", "tom")
    here.work().use(MEMBERS).keep_identity(Identity(other, kept(tom).id))
    await tom.go()
    assert kept(tom).left_at is None
    assert not here.storage.world.told
    await here.receive(Left(), other)
    assert kept(tom).left_at is not None
    await here.receive(Joined("Tom"), other)
    assert kept(tom).left_at is None
    await tom.join()
    assert len(here.letters("again:")) == 1


async def test_who_is_found_in_a_list_is_back_if_they_were_here_and_is_not_welcomed_otherwise() -> None:
    here = network()
    tom = settled(here)
    await tom.go()
    await here.receive(Joined("Tom", found=True), tom.account)
    assert kept(tom).left_at is None
    assert len(here.letters("again:")) == 1
    stranger = Account("test", "here", "stranger")
    await here.receive(Joined("Una", found=True), stranger)
    assert not here.letters("welcome:")
    await here.receive(Joined("Una"), stranger)
    assert len(here.letters("welcome:")) == 1


@pytest.mark.parametrize("words", ["profile", "pause", "leave"])
async def test_a_press_proves_that_somebody_is_here(words: str) -> None:
    """Events can come out of order, or not at all: nobody is forgotten who still presses."""
    here = network()
    tom = settled(here)
    before = kept(tom)
    await tom.go()
    await here.receive(Used(Tree.MEMBER, words), tom.account)
    assert kept(tom) == before
    assert here.storage.world.told[-1] == MemberReady(before.id)
    assert len(here.letters("again:")) == 1
    await tom.join()
    assert len(here.letters("again:")) == 1


async def test_who_merely_looks_leaves_no_trace_and_what_they_send_counts() -> None:
    here = network()
    tom = settled(here)
    await tom.use("profile")
    await tom.go()
    here.storage.world.pressed.clear()
    before = here.kept()
    await tom.press("Change this")
    assert tom.asked is not None
    assert here.kept() == before
    await tom.fill()
    assert list(here.storage.world.pressed) == [kept(tom).id]
    assert kept(tom).left_at is None


@pytest.mark.parametrize(
    ("at", "monday"),
    [
        (datetime(2027, 6, 13, 23, 30, tzinfo=UTC), date(2027, 6, 14)),
        (datetime(2027, 6, 13, 22, 30, tzinfo=UTC), date(2027, 6, 7)),
    ],
    ids=["Monday already, in London", "still Sunday, in London"],
)
async def test_the_week_of_a_press_is_that_of_the_networks_day(at: datetime, monday: date) -> None:
    here = network()
    tom = settled(here)
    here.at = at
    await tom.use("profile")
    assert here.storage.world.pressed == {kept(tom).id: monday}


async def test_after_thirty_days_they_are_forgotten_and_nobody_else() -> None:
    here = network()
    tom, gwen, ines = settled(here), settled(here, "Gwen Pugh"), settled(here, "Ines Marsh")
    invited = Member(here.storage.new(), "Invited Person", Stage.INVITED, ref="A1")
    here.work().use(MEMBERS).keep(invited)
    id = kept(tom).id
    await tom.go()
    left_at = kept(tom).left_at
    assert left_at is not None
    here.at += DAY
    await gwen.go()
    await here.strike(FORGET_LEAVERS.name, left_at + KEPT_AFTER_LEAVING - timedelta(seconds=6))
    assert tom.member is not None
    here.storage.world.recorded.clear()
    here.storage.world.told.clear()
    await here.strike(FORGET_LEAVERS.name, left_at + KEPT_AFTER_LEAVING)
    assert tom.member is None
    assert here.storage.world.told == [MemberGone(id)]
    assert here.work().use(MEMBERS).was_here(tom.account)
    assert gwen.member is not None
    assert ines.member is not None
    assert here.work().use(MEMBERS).by_ref("A1") == invited
    await tom.join()
    assert not here.letters("welcome:"), "greeted as new"


@pytest.mark.parametrize("forgotten", [True, False])
async def test_who_was_forgotten_needs_a_vouch_even_where_nobody_else_does(forgotten: bool) -> None:
    """Or else who is suspended could be forgotten, and walk in again."""
    here = network(open=True)
    sue = somebody(here, "Sue Marsh")
    if forgotten:
        await settled(here, "Sue Marsh", Stage.SUSPENDED).use("leave")
        sue.account = Account("test", "here", "sue")
        await sue.use("leave")
        await sue.press("Forget me")
    await sue.use("start")
    await sue.fill(role="Coach or associate")
    await sue.press("Choose what HeadsUp may do")
    await sue.fill(consents=[])
    assert kept(sue).stage is (Stage.WAITING if forgotten else Stage.MEMBER)
    assert bool(here.letters("waits:")) is forgotten
