"""How a command may go on is told while it is typed: to whom it is theirs, of nothing that cannot be read, without a
trace."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Completes, Used
from bot.chat.limits import OPTIONS
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import Option, View, words_of_view
from bot.core.errors import StorageFailed
from bot.core.feature import Answers, Call, Feature, Right
from bot.core.work import Work
from tests.acting import Network, Somebody
from tests.app.people import member, network
from tests.app.test_looking import Broken
from tests.members.people import anna, kept, rooms, settled, somebody


async def offers(person: Somebody, words: str, tree: Tree = Tree.MEMBER) -> list[str]:
    reply = await person.network.receive(Completes(tree, words), person.account, person.name)
    assert Reply(offers=reply.offers) == reply, "nothing else is told there"
    return [one.label for one in reply.offers]


async def test_a_pause_is_offered_as_its_buttons_have_it() -> None:
    tom = settled(network())
    offered = await offers(tom, "pause")
    assert offered[:4] == ["This week", "Until I say", "Monday 23 November", "Monday 30 November"]
    assert len(offered) == OPTIONS
    assert await offers(tom, "pause ") == await offers(tom, "Holiday") == offered


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("THIS", ["This week"]),
        ("i say", ["Until I say"]),
        ("30 nov", ["Monday 30 November"]),
        ("2026-12-07", ["Monday 7 December"]),
        ("never", []),
        ("*" * 4000, []),
    ],
)
async def test_what_does_not_go_with_what_was_typed_is_left_out(typed: str, expected: list[str]) -> None:
    assert await offers(settled(network()), f"pause {typed}") == expected


async def test_whatever_is_offered_can_be_sent() -> None:
    for place in range(OPTIONS):
        here = network()
        tom = settled(here)
        reply = await here.receive(Completes(Tree.MEMBER, "pause"), tom.account)
        await tom.use(f"pause {reply.offers[place].value}")
        assert kept(tom).away


@pytest.mark.parametrize("words", ["", "block Pri", "connect 1", "nonsense", "settings x", "back", "@everyone"])
async def test_of_anything_else_nothing_is_offered(words: str) -> None:
    """Least of all names: whom the network knows is nothing to be tried out letter by letter."""
    here = network()
    tom, _ = settled(here), settled(here, "Priya Shah")
    assert await offers(tom, words) == []
    assert await offers(tom, words, Tree.HELP_NOW) == []


@pytest.mark.parametrize("words", ["members vouch Tom", "members suspend Tom", "members"])
async def test_nor_are_members_names_to_organisers(words: str) -> None:
    here = network()
    settled(here)
    assert await offers(anna(here), words, Tree.ORGANISER) == []


async def test_who_has_not_joined_is_told_nothing() -> None:
    here = network()
    assert await offers(somebody(here, "Jo March"), "pause") == []
    assert await offers(anna(here), "pause") == []


def titles(work: Work, call: Call) -> Iterator[Option]:
    return (Option(str(n), f"Coffee morning {n}") for n in range(100))


def room(offers: object) -> Feature:
    """A room whose one command is for organisers."""
    words = Answers(Tree.ORGANISER, "menu", lambda work, call: NOTHING, Right.ORGANISER, offers=offers)  # type: ignore[arg-type]
    return Feature("titles", "bot.core", commands=(words,))


async def test_what_is_organisers_is_offered_to_organisers_alone() -> None:
    here = Network(*rooms(), room(titles))
    tom, organiser = settled(here), anna(here)
    assert await offers(tom, "menu", Tree.ORGANISER) == []
    assert len(await offers(organiser, "menu", Tree.ORGANISER)) == OPTIONS
    assert await offers(organiser, "menu coffee 99", Tree.ORGANISER) == ["Coffee morning 99"]


def fails(work: Work, call: Call) -> Iterator[Option]:
    raise RuntimeError("a fault of ours")


async def test_a_fault_of_ours_offers_nothing_and_is_put_down(caplog: pytest.LogCaptureFixture) -> None:
    here = Network(*rooms(), room(fails))
    assert await offers(anna(here), "menu", Tree.ORGANISER) == []
    assert "a handler failed" in caplog.text
    assert "a fault of ours" not in caplog.text


@pytest.mark.parametrize("error", [StorageFailed(), OSError("the disk is gone")])
async def test_where_nothing_can_be_read_nothing_is_offered(error: Exception) -> None:
    here = network()
    tom = settled(here)
    here.bot._storage = Broken(error)  # type: ignore[assignment]
    assert await offers(tom, "pause") == []


async def test_to_type_leaves_no_trace_and_takes_nobody_a_press_away() -> None:
    here = network()
    tom = member(here, "Tom Ashdown")
    await tom.go()
    before = deepcopy(here.kept())
    at = here.at
    for _ in range(60):
        here.at = at
        await here.receive(Completes(Tree.MEMBER, "pause th"), tom.account, twice=False)
    assert here.kept() == before
    here.at = at
    asked = await here.receive(Used(Tree.MEMBER, "pause"), tom.account)
    assert "For how long" in words_of_view(asked.view or View(()))
