"""The home page: the right parts for whoever opens it, of nobody else, in one view; and nothing comes of looking."""

from datetime import UTC, date, datetime

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Who
from bot.chat.text import plain
from bot.chat.view import Paragraph
from bot.checkins.model import Outcome
from bot.core.feature import Call, Feature, Home, Page, Right
from bot.core.work import Work
from bot.members.model import Identity, Stage
from tests.acting import ANNA, Network, Somebody
from tests.app.people import (
    BEFORE,
    FRIDAY,
    HELP,
    ORGANISER,
    QUESTION,
    THURSDAY,
    Opens,
    answered,
    asked,
    introduced,
    joining,
    labels,
    looked_for,
    meeting,
    member,
    network,
    organising,
    parts,
    questioned,
)
from tests.members.people import anna, kept, somebody

MORE, MENU = "More ways to get help", "What I can do"
NO_GUESTS = "I can only let in people who belong to this workspace themselves"
MEETS = "This week I’ve introduced you to"
ANSWERS = ["We talked", "Not yet", "We need a hand"]
OWN = ["My settings", "My profile", "My data", "Leave"]
LAST_THURSDAY = datetime(2026, 11, 12, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "begin", "press"),
    [
        (lambda here: somebody(here, "Una Low"), ["Here are heads who know"], ["Let’s start", "I have a code", MORE]),
        (joining, ["You’d begun to set things up here, Jo", "[My data]"], ["Go on", *OWN[2:], MORE, MENU]),
        (
            lambda here: member(here, "Wendy Wait", Stage.WAITING),
            ["That’s everything, Wendy.", "[Pause]"],
            ["Pause", *OWN, MORE, MENU],
        ),
        (meeting, [f"{MEETS} Gwen Pugh.", "[Pause]"], ["Pause", *OWN, MORE, MENU]),
        (
            questioned,
            [f"{MEETS} Gwen Pugh.", "Did you and Gwen find", "[Pause]"],
            [*ANSWERS, "Pause", *OWN, MORE, MENU],
        ),
        (
            lambda here: member(here, "Tom Ashdown"),
            ["You’re not meeting anybody this week. The next introductions go out on Monday 23 November", "[Pause]"],
            ["Pause", *OWN, MORE, MENU],
        ),
        (looked_for, ["I’m still looking for somebody for you this week.", "[Pause]"], ["Pause", *OWN, MORE, MENU]),
        (
            lambda here: member(here, "Pau Paused", away=True, back_on=date(2026, 11, 30)),
            ["I’m being quiet until Monday 30 November."],
            ["I’m back", *OWN, MORE, MENU],
        ),
        (
            lambda here: member(here, "Pau Paused", away=True),
            ["I’m being quiet until you say."],
            ["I’m back", *OWN, MORE, MENU],
        ),
        (
            lambda here: member(here, "Bea Back", away=True, back_on=FRIDAY.date()),
            ["You’re not meeting anybody this week.", "[Pause]"],
            ["Pause", *OWN, MORE, MENU],
        ),
        (
            lambda here: member(here, "Lea Left", left_at=FRIDAY),
            ["Good to see you again, Lea.", "[I’m back]"],
            ["I’m back", *OWN, MORE, MENU],
        ),
        (
            lambda here: member(here, "Stan Stopped", Stage.STOPPED),
            ["Hello Stan. You had stopped", "[My settings]"],
            ["I’m back", *OWN, MORE, MENU],
        ),
        (
            lambda here: member(here, "Sue Suspended", Stage.SUSPENDED),
            ["An organiser has put your membership on hold.", "[My settings]"],
            [*OWN, MORE, MENU],
        ),
        (
            anna,
            ["Here are heads who know", "As an organiser, there’s nothing you need to do"],
            ["Let’s start", "I have a code", "How things stand", MORE],
        ),
        (
            organising,
            [f"{MEETS} Gwen Pugh.", "[Pause]", "As an organiser, there’s nothing"],
            ["Pause", *OWN, "How things stand", MORE, MENU],
        ),
    ],
)
async def test_everybody_finds_their_own_parts_and_the_help_line(
    opens: Opens, begin: list[str], press: list[str]
) -> None:
    here = network()
    person = opens(here)
    await person.open_home()
    *before, last = parts(person)
    assert [said[: len(start)] for said, start in zip(before, begin, strict=True)] == begin
    assert last.startswith(HELP)
    assert "Only you see this page." in last
    assert labels(person) == press


async def test_an_organiser_sees_what_needs_one_and_where_it_is_done_and_no_number() -> None:
    here = network(send_first=False)
    here.storage.world.counted.stuck, here.storage.world.counted.lost = 3, 9
    here.storage.world.counted.disk = 91
    member(here, "Wendy Wait", Stage.WAITING)
    person = anna(here)
    await person.open_home()
    assert parts(person)[1].splitlines() == [
        "As an organiser, please look: somebody waits for a vouch, the next introductions wait for an organiser’s yes, "
        "some messages are stuck, the disk is 91% full, several messages couldn’t be delivered, or taken away, last "
        "week.",
        "[See who waits] [How introductions stand] [How things stand]",
    ]
    for label, says in (
        ("See who waits", "Wendy Wait"),
        ("How introductions stand", "The first introductions are planned"),
        ("How things stand", "Please look:"),
    ):
        await person.open_home()
        await person.press(label)
        assert says in person.says


async def test_introductions_that_are_held_back_need_an_organiser_before_their_week_too() -> None:
    here = network()
    introduced(here, member(here, "Tom Ashdown"), member(here, "Gwen Pugh"))
    person = anna(here)
    await person.open_home()
    assert "wait" not in parts(person)[1]
    await person.use("intro hold", Tree.ORGANISER)
    await person.open_home()
    assert "the next introductions wait for an organiser’s yes." in parts(person)[1]
    here.at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    await person.open_home()
    assert parts(person)[1].count("introductions wait") == 1, "nor is it said twice when their week has come"


@pytest.mark.parametrize("stage", Stage)
async def test_what_organisers_see_nobody_else_does(stage: Stage) -> None:
    here = network(send_first=False)
    person = member(here, "Tom Ashdown", stage)
    await person.open_home()
    assert ORGANISER not in person.says
    assert Right.ORGANISER not in here.storage.world.identities[person.account].rights
    here.storage.world.identities[person.account] = Identity(person.account, kept(person).id, frozenset(Right))
    await person.open_home()
    assert ORGANISER in person.says, "so it is the right that shows it"


async def test_a_room_is_not_asked_for_whom_it_is_not_there() -> None:
    def never(work: Work, call: Call) -> Page:
        raise AssertionError(f"asked, for {call.rights}")

    def says(words: str, place: int, needs: Right = Right.ANYONE) -> Feature:
        home = Home(place, lambda work, call: (Paragraph(plain(words)),), dict, needs)
        return Feature(words, "bot.core", home=home)

    forbidden = [Feature(right, "bot.core", home=Home(1, never, dict, right)) for right in list(Right)[1:]]
    here = Network(says("Last.", 9), *forbidden, says("First.", 2), says("For organisers.", 5, Right.ORGANISER))
    una = somebody(here, "Una Low")
    await una.open_home()
    assert parts(una) == ["First.", "Last."]
    ann = Somebody(Network(says("Last.", 9), says("For organisers.", 5, Right.ORGANISER)), ANNA)
    await ann.open_home()
    assert parts(ann) == ["For organisers.", "Last."]


@pytest.mark.parametrize("sort", [Who.GUEST, Who.BOT])
@pytest.mark.parametrize("opens", [lambda here: somebody(here, "Vic Visitor"), joining, questioned, organising, anna])
async def test_guests_and_bots_read_one_kind_refusal_whoever_they_were(opens: Opens, sort: Who) -> None:
    here = network()
    person = opens(here)
    person.sort = sort
    await person.open_home()
    refusal, help = parts(person)
    assert refusal.startswith(NO_GUESTS)
    assert help.startswith(HELP)
    assert labels(person) == [MORE]


async def test_who_was_forgotten_sees_what_anybody_new_sees() -> None:
    here = network()
    una, tom = somebody(here, "Una Low"), questioned(here)
    await una.open_home()
    await tom.use("leave")
    await tom.press("Forget me")
    await tom.open_home()
    assert tom.view == una.view


async def test_nobody_reads_of_anybody_but_whom_they_meet() -> None:
    here = network()
    tom, gwen, omar, ruth = (member(here, name) for name in ("Tom Ashdown", "Gwen Pugh", "Omar Aziz", "Ruth Cole"))
    asked(here, introduced(here, tom, gwen))
    member(here, "Wendy Wait", Stage.WAITING)
    names = {"Tom", "Gwen", "Omar", "Ruth", "Wendy"}
    for person, known in ((tom, {"Gwen"}), (gwen, {"Tom"}), (omar, set()), (ruth, set()), (anna(here), set())):
        await person.open_home()
        assert {name for name in names if name in str(person.view)} == known


async def test_whom_others_would_rather_not_meet_nobody_can_tell() -> None:
    """Before any introduction, Tom's page is the same page."""
    pages = []
    for blocks in (True, False):
        here = network()
        tom, gwen = member(here, "Tom Ashdown"), member(here, "Gwen Pugh")
        if blocks:
            await gwen.use("block Tom Ashdown")
            assert here.storage.world.introduced.said
        await tom.open_home()
        pages.append(tom.view)
    assert pages[0] == pages[1]


async def test_a_question_is_on_the_page_from_when_it_is_asked_until_it_is_answered() -> None:
    here = network()
    tom, gwen = member(here, "Tom Ashdown"), member(here, "Gwen Pugh")
    group = introduced(here, tom, gwen)
    await tom.open_home()
    assert QUESTION not in tom.says, "it comes on Thursday"
    asked(here, group)
    await tom.open_home()
    await tom.press("We talked")
    assert tom.says.startswith("You talked.")
    await tom.open_home()
    assert QUESTION not in tom.says
    await gwen.open_home()
    assert QUESTION in gwen.says, "hers is her own"


async def test_what_was_not_answered_for_waits_next_week_too_and_what_is_asked_again_not_before_it_is() -> None:
    here = network()
    tom, gwen = member(here, "Tom Ashdown"), member(here, "Gwen Pugh")
    group = introduced(here, tom, gwen, week=BEFORE)
    asked(here, group, LAST_THURSDAY.date())
    answered(here, group, tom, Outcome.NOT_YET, LAST_THURSDAY)
    await tom.open_home()
    assert "Have you talked since?" not in tom.says
    await gwen.open_home()
    assert QUESTION in gwen.says
    asked(here, group, THURSDAY, times=2)
    await tom.open_home()
    assert "Last time you and Gwen hadn’t found time to talk. Have you talked since?" in tom.says


async def test_what_is_pressed_on_the_page_does_what_it_says() -> None:
    here = network()
    tom = questioned(here)
    for label, says in (
        ("Not yet", "Thank you for telling me."),
        ("Pause", "For how long shall I leave you alone?"),
        ("My settings", "Your settings"),
        ("My profile", "Your profile"),
        ("My data", "Your data"),
        ("Leave", "You can stop"),
        (MORE, "Somebody to talk to, now"),
        (MENU, "What would you like to do?"),
    ):
        await tom.open_home()
        await tom.press(label)
        assert says in tom.says
