"""Stop, be forgotten, or stay."""

import pytest

from bot.chat.address import Account, Guest, Person
from bot.chat.inbound import Pressed
from bot.chat.view import View
from bot.core.outbox import Kind, Letter
from bot.members.model import AccountStopped, MemberGone, MemberReady, Stage
from bot.members.store import MEMBERS
from tests.acting import START, Network, Somebody, buttons
from tests.members.people import network, settled, somebody


def with_a_letter(here: Network, person: Somebody) -> None:
    assert person.member is not None
    letter = Letter("weekly", Person(person.member.id), View(()), Kind.WEEKLY, due_at=START)
    here.storage.world.letters["weekly"] = letter


async def test_to_be_forgotten_leaves_nothing_but_a_mark() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    gone = MemberGone(tom.member.id)
    with_a_letter(here, tom)
    await tom.use("leave")
    await tom.press("Forget me")
    assert tom.says.startswith("Done. I’ve deleted what I held about you and won’t write again.")
    assert tom.says.endswith("Look after yourself.")
    assert here.storage.world.told == [gone]
    assert not here.letters()
    assert tom.member is None
    assert here.work().use(MEMBERS).was_here(tom.account)


async def test_the_goodbye_names_all_that_the_mark_is_kept_for() -> None:
    here = network(open=True)
    tom = settled(here)
    await tom.use("leave")
    await tom.press("Forget me")
    for kept_for in (
        "I don’t greet you as new",
        "an organiser lets you in again",
        "nobody meets whom they’d rather not",
    ):
        assert kept_for in tom.says
    here.storage.world.letters.clear()
    await tom.join()
    assert not here.letters(), "not greeted as new"
    await tom.use("start")
    await tom.fill(role="Coach or associate")
    await tom.press("Choose what HeadsUp may do")
    await tom.fill(consents=[])
    assert tom.member is not None
    assert tom.member.stage is Stage.WAITING, "in an open network too"


async def test_to_stop_keeps_the_profile_and_one_press_brings_it_back() -> None:
    here = network()
    tom = settled(here)
    before = tom.member
    assert before is not None
    with_a_letter(here, tom)
    await tom.use("stop")
    await tom.press("Stop, and keep my profile")
    assert not here.letters()
    assert here.work().use(MEMBERS).introducible(START.date()) == []
    await tom.press("I’m back")
    assert tom.member == before
    assert here.storage.world.told == [AccountStopped(tom.account), MemberGone(before.id), MemberReady(before.id)]


async def test_who_stopped_and_starts_again_is_offered_their_profile() -> None:
    here = network()
    tom = settled(here, stage=Stage.STOPPED)
    await tom.use("start")
    assert tom.says.startswith("Hello Tom. You had stopped")


async def test_to_stay_changes_nothing() -> None:
    here = network()
    tom = settled(here)
    before = tom.member
    await tom.use("leave")
    await tom.press("Stay")
    assert tom.member == before
    assert not here.storage.world.told


async def test_stopping_twice_or_while_suspended_changes_nothing_more() -> None:
    here = network()
    tom = settled(here, stage=Stage.SUSPENDED)
    await here.receive(Pressed("members.stop~1"), tom.account)
    assert tom.member is not None
    assert tom.member.stage is Stage.SUSPENDED
    assert here.storage.world.told == [AccountStopped(tom.account)]


async def test_no_organiser_waits_for_somebody_who_left() -> None:
    here = network()
    priya = somebody(here, "Priya Shah")
    await priya.join()
    await priya.press("Let’s start")
    await priya.fill(role="Coach or associate")
    await priya.press("Choose what HeadsUp may do")
    await priya.fill(consents=[])
    assert here.letters("waits:")
    await priya.use("leave")
    await priya.press("Forget me")
    assert not here.letters("waits:")


@pytest.mark.parametrize("word", ["leave", "stop", "delete", "unsubscribe", "delete me", "forget me"])
async def test_near_words_lead_out_too_and_strangers_learn_nothing(word: str) -> None:
    here = network()
    tom, stranger = settled(here), Somebody(here, Account("test", "here", "nobody"))
    for person in (tom, stranger):
        await person.use(word)
    assert tom.view == stranger.view
    for person in (tom, stranger):
        await person.press("Forget me")
    assert tom.view == stranger.view


async def test_buttons_of_a_year_ago_do_nothing_for_the_forgotten() -> None:
    here = network()
    tom = settled(here)
    views = []
    for word in ("profile", "settings", "pause", "leave"):
        await tom.use(word)
        views.append(tom.view)
    await tom.use("leave")
    await tom.press("Forget me")
    kept = here.storage.world
    for view in views:
        assert view is not None
        for label in [one.label for one in buttons(view)]:
            tom.view = view
            await tom.press(label)
            assert tom.says, f"{label} was answered by nothing"
    here.storage.world.seen, here.storage.world.told = kept.seen, kept.told
    orders = here.letters()
    assert {one.to for one in orders} <= {Guest(tom.account)}, "what I wrote to them can be taken away at any time"
    assert {one.kind for one in orders} <= {Kind.REMOVAL}
    here.storage.world.letters, here.storage.world.keys = kept.letters, kept.keys
    assert here.storage.world == kept
