"""To look at the home page changes nothing, can be done at any time, and whatever comes together fits into one view."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Joined, Opened, Used
from bot.chat.outbound import NOTHING
from bot.chat.view import View, words_of_view
from bot.core.errors import StorageFailed
from bot.core.feature import Right
from bot.members.model import Identity, Stage
from tests.acting import Network, Somebody
from tests.app.people import (
    BEFORE,
    FRIDAY,
    HELP,
    MONDAY,
    ORGANISER,
    QUESTION,
    Opens,
    asked,
    introduced,
    joining,
    labels,
    looked_for,
    member,
    network,
    organising,
    parts,
    questioned,
)
from tests.members.people import anna, kept, somebody
from tests.reports.keeping import Counted
from tests.twins import World

MORE = "More ways to get help"


@pytest.mark.parametrize(
    "opens", [lambda here: somebody(here, "Una Low"), joining, questioned, organising, anna, looked_for]
)
async def test_to_look_makes_no_transaction_and_counts_as_no_press(opens: Opens) -> None:
    here = network()
    person = opens(here)
    before = here.storage.world
    await person.open_home()
    assert here.storage.world is before, "a transaction was made"
    assert here.storage.world.pressed == {}
    await person.use("start")
    assert here.storage.world is not before, "anything else makes one"


async def test_who_left_the_workspace_and_looks_has_not_come_back() -> None:
    here = network()
    tom = member(here, "Tom Ashdown")
    await tom.go()
    await tom.open_home()
    assert kept(tom).left_at is not None
    await tom.press("I’m back")
    assert kept(tom).left_at is None


async def test_to_look_too_often_leaves_the_page_as_it_is_and_takes_nobody_a_press_away() -> None:
    here, looks, presses = network(), [], []
    tom = member(here, "Tom Ashdown")
    at = here.at + timedelta(minutes=1)
    for _ in range(60):
        here.at = at
        looks.append(await here.receive(Opened(), tom.account, twice=False))
    assert sum(reply != NOTHING for reply in looks) < 60
    assert all(reply == NOTHING or reply == looks[0] for reply in looks)
    for _ in range(60):
        here.at = at
        presses.append(await here.receive(Used(Tree.MEMBER, "profile"), tom.account, twice=False))
    assert "Your profile" in words_of_view(presses[0].view or View(()))
    assert "That was a lot at once" in words_of_view(presses[-1].view or View(()))
    here.at = at + timedelta(minutes=1)
    assert await here.receive(Opened(), tom.account) == looks[0]


async def test_to_be_found_in_a_list_takes_nobody_a_press_away() -> None:
    here = network()
    tom, at = member(here, "Tom Ashdown"), here.at
    for what in [Joined("Tom Ashdown", found=True)] * 60:
        here.at = at
        await here.receive(what, tom.account, twice=False)
    here.at = at
    said = await here.receive(Used(Tree.MEMBER, "profile"), tom.account, twice=False)
    assert "Your profile" in words_of_view(said.view or View(()))


class Broken:
    """A storage on the worst of days."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def read(self, at: object, run: object) -> object:
        raise self._error


@pytest.mark.parametrize(("error", "rings"), [(StorageFailed(), 1), (OSError("the disk is gone"), 0)])
async def test_the_help_line_stands_there_when_nothing_can_be_read(error: Exception, rings: int) -> None:
    here, rung = network(), []
    tom = member(here, "Tom Ashdown")

    async def alarm() -> None:
        rung.append(1)

    here.bot._alarm = alarm
    here.bot._storage = Broken(error)  # type: ignore[assignment]
    tom.view = (await here.receive(Opened(), tom.account, twice=False)).view
    sorry, help = parts(tom)
    assert sorry.startswith("Sorry, I can’t look anything up just now.")
    assert help.startswith(HELP)
    assert labels(tom) == [MORE]
    assert len(rung) == rings


LONG = "Wilhelmina-Alexandrina Featherstonehaugh-Cholmondeley of Ely"
SAID: dict[str, Any] = {"school": "S" * 100, "shows_school": True, "region": "R" * 100, "shows_region": True}


def all_wrong(here: Network) -> None:
    """A new world, in which everything needs an organiser."""
    here.storage.world = World(counted=Counted(stuck=1, lost=9, disk=99))
    member(here, "Wendy Wait", Stage.WAITING)


def in_groups(here: Network, me: Somebody, many: int, week: date, is_asked: bool) -> None:
    """Somebody is in a group with so many others in that week, if any."""
    others = [member(here, f"{week.day}{n}{LONG[2:]}", **SAID) for n in range(many)]
    group = introduced(here, me, *others, week=week) if others else None
    if group and is_asked:
        asked(here, group, week + timedelta(days=3))


@pytest.mark.parametrize("organises", [True, False])
async def test_whatever_comes_together_fits_into_one_view(organises: bool) -> None:
    """All stages, away or not, gone or not, in groups of two and three, this week and last, asked or not, and all wrong
    that can be for an organiser; with names as long as they may be."""
    here, questions = network(send_first=False), set()
    rights = frozenset(Right) if organises else frozenset({Right.ANYONE, Right.MEMBER})
    states = product(Stage, (None, MONDAY, date(2026, 12, 7)), (None, FRIDAY), (0, 1, 2), (0, 1, 2), (True, False))
    for stage, back_on, left_at, now, before, is_asked in states:
        all_wrong(here)
        me = member(here, f"Me{LONG[2:]}", stage, away=back_on is not None, back_on=back_on, left_at=left_at, **SAID)
        here.storage.world.identities[me.account] = Identity(me.account, kept(me).id, rights)
        in_groups(here, me, now, MONDAY, is_asked)
        in_groups(here, me, before, BEFORE, is_asked)
        await me.open_home()
        assert "Sorry" not in me.says
        assert parts(me)[-1].startswith(HELP)
        assert (ORGANISER in me.says) == organises
        questions.add(me.says.count(QUESTION))
    assert questions == {0, 1, 2}
