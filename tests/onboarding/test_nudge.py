"""One nudge to who began to join and stopped, and none to anybody else."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.address import Account, Guest
from bot.core.outbox import Kind
from bot.onboarding import views
from tests.acting import Network, Somebody, buttons
from tests.members.people import anna, network, settled, somebody

NEXT_DAY = datetime(2026, 11, 12, 16, 15, tzinfo=UTC)


async def begun(here: Network) -> Somebody:
    """Pressed [Let's start], and put the phone away."""
    priya = somebody(here, "Priya Shah")
    await priya.join()
    await priya.press("Let’s start")
    return priya


async def finish(priya: Somebody) -> None:
    await priya.use("start")
    await priya.fill(role="Coach or associate")
    await priya.press("Choose what HeadsUp may do")
    await priya.fill(consents=[])


async def test_who_began_and_stopped_hears_once_the_next_day_after_lessons() -> None:
    here = network()
    priya = await begun(here)
    await priya.use("start")
    await priya.fill(role="Headteacher")
    await priya.use("start")
    (nudge,) = here.letters("nudge:")
    assert (nudge.to, nudge.kind) == (Guest(priya.account), Kind.NOTICE)
    assert nudge.due_at == NEXT_DAY
    assert nudge.until == NEXT_DAY + timedelta(days=7), "weeks later it would only puzzle"
    assert [one.label for one in buttons(nudge.view)] == ["Let’s go on", "Later", "Help now"]
    priya.view = nudge.view
    assert priya.says.startswith("Hello Priya. You’d begun")
    await priya.press("Let’s go on")
    assert "Which school are you at?" in priya.says


async def test_the_next_day_is_the_networks_and_its_clock_too() -> None:
    here = network()
    here.at = datetime(2027, 6, 14, 23, 30, tzinfo=UTC)
    await begun(here)
    (nudge,) = here.letters("nudge:")
    assert nudge.due_at == datetime(2027, 6, 16, 15, 15, tzinfo=UTC), "in London it was Tuesday already"


async def test_who_never_pressed_is_not_nudged() -> None:
    here = network()
    priya = somebody(here, "Priya Shah")
    await priya.join()
    await priya.press("I have a code")
    assert not here.letters("nudge:")


async def test_who_finishes_is_not_nudged() -> None:
    here = network()
    priya = await begun(here)
    assert here.letters("nudge:")
    await finish(priya)
    assert not here.letters("nudge:")
    await priya.use("start")
    assert not here.letters("nudge:")


async def test_who_is_in_and_starts_again_is_not_nudged() -> None:
    here = network()
    organiser, tom = anna(here), settled(here)
    await finish(organiser)
    here.storage.world.letters.clear()
    here.storage.world.keys.clear()
    for one in (organiser, tom):
        await one.use("start")
        assert one.says.startswith("You’re in already")
    assert not here.letters("nudge:")


@pytest.mark.parametrize("first", [True, False], ids=["after beginning", "before beginning"])
async def test_later_means_never_by_itself(first: bool) -> None:
    here = network()
    priya = somebody(here, "Priya Shah")
    await priya.join()
    welcome = priya.view
    if first:
        await priya.press("Let’s start")
        priya.view = welcome
    await priya.press("Later")
    assert priya.says.startswith("Of course. I won’t ask again.")
    await priya.press("Let’s start")
    assert not here.letters("nudge:")


async def test_who_leaves_the_workspace_is_not_nudged_nor_welcomed_any_more() -> None:
    here = network()
    priya = await begun(here)
    assert {letter.key.partition(":")[0] for letter in here.letters()} == {"welcome", "nudge"}
    await priya.go()
    assert not here.letters()


@pytest.mark.parametrize("said_who", [True, False])
async def test_who_stops_before_they_are_in_is_not_nudged_nor_welcomed_any_more(said_who: bool) -> None:
    here = network()
    priya, tom = await begun(here), somebody(here, "Tom Ashdown")
    await tom.use("start")
    if said_who:
        await priya.fill(role="Headteacher")
    await priya.use("leave")
    await priya.press("Stop, and keep my profile")
    assert priya.says.startswith("Done. I won’t write again.")
    assert [letter.to for letter in here.letters()] == [Guest(tom.account)]


@pytest.mark.parametrize("said_who", [True, False])
async def test_who_is_forgotten_is_not_nudged(said_who: bool) -> None:
    here = network()
    priya = await begun(here)
    if said_who:
        await priya.fill(role="Headteacher")
    await priya.use("leave")
    await priya.press("Forget me")
    assert not here.letters()
    priya.view = views.welcome("Priya")
    await priya.press("Later")
    assert not here.letters(), "of who was forgotten nothing is kept"
    assert not any("priya" in key for key in here.storage.world.keys)


async def test_an_account_whose_name_begins_anothers_takes_nothing_from_it() -> None:
    here = network()
    tom, tommy = (Somebody(here, Account("test", "here", user), user) for user in ("tom", "tommy"))
    for one in (tom, tommy):
        await one.use("start")
    await tom.go()
    (nudge,) = here.letters("nudge:")
    assert nudge.to == Guest(tommy.account)
