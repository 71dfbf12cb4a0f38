"""What organisers do for members, and what nobody else can."""

import pytest

from bot.chat.address import ORGANISERS, Person
from bot.chat.command import Tree
from bot.chat.ids import show
from bot.chat.inbound import Pressed, Used
from bot.chat.view import words_of_view
from bot.core.walltime import local_day
from bot.members.model import MemberGone, MemberReady, Stage
from tests.acting import ANNA, Somebody, buttons
from tests.members.people import anna, network, settled

WAITING = "members waiting"


def stage(person: Somebody) -> Stage | None:
    return person.member.stage if person.member else None


async def test_those_who_wait_are_shown_a_few_at_a_time_and_let_in_with_one_press() -> None:
    here = network()
    names = [f"Person{number} Number" for number in range(12)]
    people = [settled(here, name, Stage.WAITING) for name in names]
    organiser = anna(here)
    await organiser.use(WAITING, Tree.ORGANISER)
    seen = []
    for _ in range(3):
        labels = [one.label for one in buttons(organiser.view)]
        seen += [label for label in labels if label.startswith("Vouch for ")]
        if "Who came later" in labels:
            await organiser.press("Who came later")
    assert seen == [f"Vouch for {name}" for name in names]
    await organiser.use("members vouch number person11", Tree.ORGANISER)
    await organiser.press("Vouch for Person11 Number")
    member = people[11].member
    assert member is not None
    assert member.stage is Stage.MEMBER
    await organiser.press("See who waits")
    assert "Person11" not in organiser.says


async def test_nobody_waits() -> None:
    organiser = anna(network())
    await organiser.use(WAITING, Tree.ORGANISER)
    assert organiser.says.endswith("Nobody is waiting for a vouch.")


async def test_not_now_tells_nobody_and_changes_nothing() -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    assert tom.member is not None
    before = here.storage.world.members, here.storage.world.letters
    reply = await here.receive(Pressed(f"members.not-now~1~{show(tom.member.id)}"), ANNA)
    assert reply.view is not None
    assert "Tom Ashdown keeps waiting" in words_of_view(reply.view)
    assert (here.storage.world.members, here.storage.world.letters) == before


async def test_two_organisers_vouch_at_once_and_it_is_done_once() -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    assert tom.member is not None
    for _ in range(2):
        reply = await here.receive(Pressed(f"members.vouch~1~{show(tom.member.id)}"), ANNA)
        assert reply.replace is not None
        assert words_of_view(reply.replace).startswith("Tom Ashdown is in.")
    assert len(here.letters("in:")) == 1
    assert here.storage.world.told == [MemberReady(tom.member.id)]


async def test_suspending_stops_everything_at_once_and_other_organisers_see_it() -> None:
    here = network()
    tom, organiser = settled(here), anna(here)
    assert tom.member is not None
    await organiser.use("members suspend", Tree.ORGANISER)
    await organiser.search("ashd")
    await organiser.choose("Tom Ashdown")
    await organiser.press("Suspend Tom Ashdown")
    assert stage(tom) is Stage.SUSPENDED
    assert here.storage.world.told == [MemberGone(tom.member.id)]
    (told,) = here.letters("told:")
    assert told.to == ORGANISERS
    assert words_of_view(told.view) == "Anna Ford suspended Tom Ashdown."
    await organiser.press("Let Tom Ashdown back in")
    assert stage(tom) is Stage.MEMBER
    assert here.storage.world.told[-1] == MemberReady(tom.member.id)
    assert len(here.letters("told:")) == 2


async def test_a_name_nobody_has_is_said_plainly() -> None:
    here = network()
    organiser = anna(here)
    await organiser.use("members suspend zebedee", Tree.ORGANISER)
    assert organiser.says == "I couldn’t find anybody of that name who has joined."


async def test_a_very_long_name_fits_on_every_button() -> None:
    here = network()
    settled(here, "X" * 75, Stage.WAITING)
    organiser = anna(here)
    await organiser.use(WAITING, Tree.ORGANISER)
    await organiser.use("members suspend x", Tree.ORGANISER)
    await organiser.choose("X" * 75)
    assert "would be introduced to nobody" in organiser.says


@pytest.mark.parametrize("words", ["members waiting", "members vouch", "members suspend", "members suspend tom"])
async def test_organisers_words_are_refused_to_everybody_else(words: str) -> None:
    here = network()
    tom = settled(here)
    reply = await here.receive(Used(Tree.ORGANISER, words), tom.account)
    assert reply.view is not None
    assert words_of_view(reply.view) == "That isn’t something I can do for you here."


@pytest.mark.parametrize("action", ["vouch", "not-now", "suspend", "restore"])
async def test_organisers_buttons_are_refused_to_everybody_else(action: str) -> None:
    here = network()
    tom, target = settled(here), settled(here, "Priya Shah", Stage.WAITING)
    assert target.member is not None
    before = here.storage.world.members
    reply = await here.receive(Pressed(f"members.{action}~1~{show(target.member.id)}"), tom.account)
    assert reply.view is not None
    assert words_of_view(reply.view) == "That isn’t something I can do for you here."
    assert here.storage.world.members == before


@pytest.mark.parametrize("chosen", ["", "nobody", "0000000000000", "ZZZZZZZZZZZZZ", "0000000000009~1"])
async def test_a_forged_choice_is_nobody(chosen: str) -> None:
    here = network()
    organiser = Somebody(here, ANNA)
    reply = await here.receive(Pressed("members.choose~1", (chosen,)), organiser.account)
    assert reply.view is not None
    assert words_of_view(reply.view) == "I can’t find that person. Perhaps they’ve left meanwhile."


async def test_who_is_left_alone_while_they_wait_hears_that_they_are_in_when_they_are_back() -> None:
    here = network()
    tom, sue = settled(here, stage=Stage.WAITING), settled(here, "Sue Park", Stage.WAITING)
    for who, how in ((tom, "This week"), (sue, "Until I say")):
        await who.use("pause")
        await who.press(how)
        assert who.member is not None
        await here.receive(Pressed(f"members.vouch~1~{show(who.member.id)}"), ANNA)
        assert stage(who) is Stage.MEMBER
    (letter,) = here.letters("in:")
    assert tom.member is not None
    assert letter.to == Person(tom.member.id)
    assert tom.member.back_on == local_day(letter.due_at, "Europe/London")
    await sue.use("back")
    assert sue.says.startswith("Good to have you here. Nothing is paused")
