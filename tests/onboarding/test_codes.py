"""Personal codes: how somebody who was imported claims their place."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Pressed
from bot.chat.view import words_of_view
from bot.members.codes import code_of, tidy
from bot.members.kinds import Nation, Phase, Role, Topic
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS
from bot.onboarding.views import welcome
from tests.acting import START, Network, Somebody, scramble
from tests.members.people import anna, network, settled, somebody

CODE = "7K3MQ-9TDXA"
UNKNOWN = (
    "I don’t know that code. Please look at it again: each works once. "
    "If another account of yours showed it, say “/headsup connect” with the code behind it. "
    "After five tries, please wait an hour, or ask your organiser for a new one."
)


def invited(here: Network, **known: Any) -> Member:
    member = Member(here.storage.new(), "Priya Shah", Stage.INVITED, vouched_at=START, ref="0042", **known)
    kept = here.work().use(MEMBERS)
    kept.keep(member)
    kept.set_code(member.id, scramble(tidy(CODE)))
    return member


async def type_code(person: Somebody, code: str) -> None:
    person.read("welcome:")
    await person.press("I have a code")
    await person.fill(code=code)


async def test_a_code_leads_to_what_was_imported_and_nobody_needs_to_vouch() -> None:
    here = network()
    invited(here, role=Role.EXECUTIVE_HEAD, nation=Nation.WALES, school="Ysgol Glan Clwyd", phase=Phase.SECONDARY)
    priya = somebody(here, "p.shah")
    await priya.join()
    await type_code(priya, " 7k3mq 9tdxa ")
    assert priya.says.startswith("That’s you, Priya. Welcome.")
    await priya.press("Go on")
    assert "Role: Executive head" in priya.says
    await priya.press("Choose what HeadsUp may do")
    await priya.fill(consents=["Yes, introduce me to other members", "Yes, write to me here: introductions, check-ins"])
    assert "You’re in." in priya.says
    assert priya.member is not None
    assert priya.member.stage is Stage.MEMBER
    assert not here.letters("waits:")


async def test_what_the_file_left_open_is_asked() -> None:
    here = network()
    invited(here)
    priya = somebody(here, "p.shah")
    await priya.join()
    await type_code(priya, CODE)
    await priya.press("Go on")
    await priya.fill(role="Coach or associate")
    assert "Name: Priya Shah" in priya.says


async def test_a_code_works_once_and_used_and_wrong_ones_sound_the_same() -> None:
    here = network()
    invited(here)
    priya, thief = somebody(here, "Priya Shah"), somebody(here, "Thief Nobody")
    for person in (priya, thief):
        await person.join()
    await type_code(priya, CODE)
    await type_code(thief, CODE)
    assert thief.errors == {"code": UNKNOWN}
    await thief.fill(code="AAAAA-AAAAA")
    assert thief.errors == {"code": UNKNOWN}
    assert thief.member is None


async def test_five_wrong_codes_and_even_the_right_one_has_to_wait_an_hour() -> None:
    here = network()
    invited(here)
    priya, other = somebody(here, "Priya Shah"), somebody(here, "Other Person")
    await priya.join()
    await other.join()
    priya.read("welcome:")
    await priya.press("I have a code")
    for last in "12345":
        await priya.fill(code=f"AAAAA-AAAA{last}")
        assert priya.errors == {"code": UNKNOWN}
    await priya.fill(code=CODE)
    assert priya.errors == {"code": UNKNOWN}, "nor does one learn by trying on that it was right"
    assert priya.member is None
    await type_code(other, "AAAAA-AAAAA")
    assert other.errors == {"code": UNKNOWN}, "one account's tries are not another's"
    here.at += timedelta(hours=1)
    await priya.fill(code=CODE)
    assert not priya.errors
    assert priya.says.startswith("That’s you, Priya.")


async def test_who_had_begun_keeps_their_own_words_and_gains_the_rest() -> None:
    here = network()
    known = invited(here, role=Role.DEPUTY, nation=Nation.WALES, trust="A Trust", topics=frozenset({Topic.STAFFING}))
    priya = somebody(here, "Priya S.")
    await priya.join()
    await priya.press("Let’s start")
    await priya.fill(role="Headteacher", nation="Scotland")
    own = priya.member
    await type_code(priya, CODE)
    member = priya.member
    assert own is not None
    assert member is not None
    assert (member.id, member.name, member.role, member.nation) == (own.id, own.name, own.role, own.nation)
    assert (member.ref, member.trust, member.topics) == ("0042", "A Trust", known.topics)
    assert known.id not in here.storage.world.members


async def test_who_had_said_they_have_no_school_is_given_none_by_the_file() -> None:
    here = network()
    invited(here, role=Role.HEADTEACHER, school="Elm Lane School", trust="A Trust")
    priya = somebody(here, "Priya S.")
    await priya.join()
    await priya.press("Let’s start")
    await priya.fill(role="Coach or associate")
    await type_code(priya, CODE)
    await priya.press("Go on")
    assert "Elm Lane" not in priya.says
    assert priya.member is not None
    assert (priya.member.school, priya.member.trust) == (None, None)


async def test_who_waits_for_a_vouch_is_in_with_a_code() -> None:
    here = network()
    invited(here)
    priya = settled(here, "Priya S.", Stage.WAITING)
    priya.view = welcome(priya.name)
    await priya.press("I have a code")
    await priya.fill(code=CODE)
    assert priya.member is not None
    assert priya.member.stage is Stage.MEMBER
    assert len(here.letters("in:")) == 1


async def test_the_invited_are_not_listed_and_cannot_be_vouched_for() -> None:
    here = network()
    known = invited(here)
    organiser = anna(here)
    await organiser.use("members suspend priya", Tree.ORGANISER)
    assert "couldn’t find anybody" in organiser.says
    reply = await here.receive(Pressed(f"members.vouch~1~{show(known.id)}"), organiser.account)
    assert reply.view is not None
    assert "I can’t find that person" in words_of_view(reply.view)


@given(st.integers(0, 2**63 - 1), st.randoms())
def test_a_code_is_known_however_it_is_typed(secret: int, random: Any) -> None:
    code = code_of(Id(secret))
    assert len(tidy(code)) == 10
    shown = code.replace("0", random.choice("0Oo")).replace("1", random.choice("1IiLl"))
    assert tidy(" ".join(shown.lower())) == tidy(code)


@pytest.mark.parametrize("text", ["", "-", "x" * 10_000, "\u202e7K3MQ", "🙂"])
def test_what_is_no_code_is_short_and_harmless(text: str) -> None:
    assert len(tidy(text)) <= 11
