"""Joining, as whoever joins sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.address import ORGANISERS
from bot.chat.ids import Id
from bot.chat.inbound import Pressed, Submitted
from bot.chat.text import Plain
from bot.chat.view import Note, Paragraph, words_of_view
from bot.members.kinds import Nation, Role
from bot.members.model import Member, MemberNamed, MemberReady, MemberWaits, Stage, read_who
from bot.members.store import MEMBERS
from bot.onboarding import views
from tests.acting import ANNA, Network, Somebody
from tests.members.people import BECKFORD, anna, network, somebody

MOST_PRESSES = 12
"""The voice document: at most twelve presses, and no typing but the school."""


def priya(network: Network) -> Somebody:
    return somebody(network, "Priya Shah")


async def say_who(person: Somebody, role: str = "Headteacher") -> None:
    await person.join()
    await person.press("Let’s start")
    await person.fill(role=role)


async def consent(person: Somebody, *ticked: str) -> None:
    await person.press("Choose what HeadsUp may do")
    await person.fill(consents=ticked)


INTRODUCE = "Yes, introduce me to other members"
WRITE = "Yes, write to me here: introductions, check-ins"
SHOW = "Yes, show my school to those I’m introduced to"


async def test_a_head_joins_with_their_school_and_is_vouched_for() -> None:
    here = network()
    head = priya(here)
    await head.join()
    assert "Hello Priya, and welcome." in head.says
    await head.press("Let’s start")
    await head.fill(nation="England", role="Headteacher")
    await head.press("Find my school")
    await head.search("beckford")
    await head.choose("Beckford Primary School, London")
    assert "Phase: Primary" in head.says
    assert "School:" not in head.says, "shown before it was ticked"
    await consent(head, INTRODUCE, WRITE, SHOW)
    assert "Somebody who knows this network lets each newcomer in" in head.says
    assert head.presses <= MOST_PRESSES
    assert head.typed == ["beckford"]

    letter = here.letters("waits:")[0]
    assert letter.to == ORGANISERS
    organiser = anna(here)
    organiser.view = letter.view
    await organiser.press("Vouch for Priya Shah")
    assert organiser.says.startswith("Priya Shah is in. Anna Ford vouched for them.")
    head.read("in:")
    assert "Good news, Priya" in head.says
    member = head.member
    assert member is not None
    assert (member.stage, member.urn, member.shows_school) == (Stage.MEMBER, BECKFORD.urn, True)
    assert here.storage.world.told == [MemberNamed(member.id), MemberWaits(member.id), MemberReady(member.id)]
    assert here.work().use(MEMBERS).introducible(here.at.date()) == [member]


@pytest.mark.parametrize("role", ["Trust chief executive", "Former head, or between headships", "Coach or associate"])
async def test_roles_without_a_school_never_see_it_and_type_nothing(role: str) -> None:
    head = priya(network())
    await say_who(head, role)
    assert "school" not in head.says.replace("your school only if you tick it", "")
    await consent(head, INTRODUCE, WRITE)
    assert head.typed == []
    assert head.presses <= MOST_PRESSES


async def test_an_old_message_gives_no_school_to_a_role_without_one() -> None:
    head = priya(network())
    await head.join()
    await head.press("Let’s start")
    who = head.asked
    await head.fill(role="Headteacher")
    ways, head.asked = head.view, who
    await head.fill(role="Coach or associate")
    now = head.member
    head.view = ways
    await head.press("Find my school")
    await head.search("beckf")
    await head.choose("Beckford Primary School, London")
    assert "This is what another member sees" in head.says
    head.view = ways
    await head.press("Type in my school")
    await head.fill(school="Elm Lane School")
    assert "This is what another member sees" in head.says
    assert head.member == now


async def test_nothing_is_ticked_beforehand_and_nothing_unticked_is_agreed() -> None:
    here = network()
    head = priya(here)
    await say_who(head)
    await head.press("Skip")
    await consent(head)
    assert head.member is not None
    assert here.work().use(MEMBERS).consents(head.member.id) == frozenset()
    assert not head.member.shows_school


async def test_steps_can_be_left_and_taken_up_again_with_the_same_word() -> None:
    head = priya(network())
    await say_who(head)
    assert "Which school are you at?" in head.says
    head.view = None
    await head.use("start")
    assert "Which school are you at?" in head.says
    await head.press("Type in my school")
    await head.fill(school="Ysgol Glan Clwyd")
    head.view = None
    await head.use("start")
    assert "This is what another member sees" in head.says
    await consent(head, INTRODUCE)
    await head.use("start")
    assert "That’s everything, Priya" in head.says


async def test_a_school_outside_england_is_typed_first() -> None:
    head = priya(network())
    await head.join()
    await head.press("Let’s start")
    await head.fill(nation="Scotland", role="Deputy head")
    assert head.says.index("Type in my school") < head.says.index("Find my school")


async def test_an_open_network_and_an_organiser_need_no_vouch() -> None:
    for here, person in [(there := network(open=True), priya(there)), (there := network(), anna(there))]:
        await say_who(person)
        await person.press("Skip")
        await consent(person, INTRODUCE, WRITE)
        assert "You’re in." in person.says
        assert not here.letters("waits:")
        assert person.member is not None
        assert here.storage.world.told == [MemberNamed(person.member.id), MemberReady(person.member.id)]


async def test_a_form_with_nonsense_in_it_comes_back_with_a_sentence_for_each_field() -> None:
    head = priya(network())
    await head.join()
    await head.press("Let’s start")
    assert head.asked is not None
    sent = {"name": ("\u202e\u200b ",), "nation": ("atlantis",), "role": ()}
    reply = await head.network.receive(Submitted(head.asked.action, sent), head.account, head.name)
    assert reply.errors == {
        "name": "Please tell me your name: any way you like to be called.",
        "nation": "Please choose one from the list.",
        "role": "Please choose one from the list.",
    }
    assert head.member is None


async def test_buttons_of_a_step_that_is_over_change_nothing() -> None:
    head = priya(network())
    await say_who(head)
    old = head.view
    await head.press("Skip")
    consents = head.view
    await consent(head, INTRODUCE)
    done = head.member
    for view, label in [(old, "Skip"), (consents, "Choose what HeadsUp may do")]:
        head.view = view
        await head.press(label)
        assert "That’s everything, Priya" in head.says
    assert head.member == done


async def test_the_welcome_is_said_once_and_never_to_those_who_were_here() -> None:
    here = network()
    head = priya(here)
    await say_who(head)
    await head.join()
    assert len(here.letters("welcome:")) == 1
    await head.use("leave")
    await head.press("Forget me")
    here.storage.world.letters.clear()
    await head.join()
    assert not here.letters()


async def test_an_organiser_button_does_nothing_for_anybody_else() -> None:
    here = network()
    head = priya(here)
    await say_who(head)
    await head.press("Skip")
    await consent(head, INTRODUCE)
    head.view = here.letters("waits:")[0].view
    await head.press("Vouch for Priya Shah")
    assert head.says == "That isn’t something I can do for you here."
    assert head.member is not None
    assert head.member.stage is Stage.WAITING


@pytest.mark.parametrize("member", ["0000000000002", "00000000000ZZ"])
async def test_vouching_for_nobody_and_for_somebody_who_has_not_finished_is_one_sentence(member: str) -> None:
    here = network()
    head = priya(here)
    await say_who(head)
    reply = await here.receive(Pressed(f"members.vouch~1~{member}"), ANNA)
    assert reply.view is not None
    assert words_of_view(reply.view) == "I can’t find that person. Perhaps they’ve left meanwhile."


@given(st.text(max_size=80))
def test_nothing_in_a_name_becomes_markup(name: str) -> None:
    """Whatever is typed is either refused, or stands in plain spans only."""
    who = read_who({"name": (name,), "nation": (Nation.WALES,), "role": (Role.DEPUTY,)})
    if who.wrong:
        assert who.wrong == {"name": "error-name"}
        return
    member = Member(Id(7), who.name, Stage.JOINING, who.role, who.nation)
    shown = (views.consent(member), views.waiting(member), views.waits_view(member), views.welcome(name))
    texts = [block.text for view in shown for block in view.blocks if isinstance(block, Paragraph | Note)]
    assert all(isinstance(span, Plain) for text in texts for span in text)
