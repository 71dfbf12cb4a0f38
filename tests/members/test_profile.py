"""What members see and change about themselves."""

from dataclasses import replace

import pytest

from bot.chat.address import Account
from bot.chat.ids import show
from bot.chat.inbound import Pressed, Submitted
from bot.chat.text import Plain
from bot.chat.view import Facts, words_of_view
from bot.members.model import Consent, Member, MemberReady, MemberWithdrew, Stage
from bot.members.store import MEMBERS
from tests.acting import ANNA, Network, Somebody, buttons
from tests.members.people import network, settled

MARKUP = [
    "<!channel> <@U123> <https://evil.example|your bank>",
    "@everyone @here <@&42> [x](https://evil.example) ||spoiler||",
    "*bold* _it_ ~no~ `code` ```block``` > quote\n# Heading",
    "\u202eevil\u202c \u2066isolated\u2069 zero\u200bwidth \x1b[31mred",
    "{ $name } { help-line } \ue0000\ue001 **strong**",
]


def consents(here: Network, person: Somebody) -> frozenset[Consent]:
    assert person.member is not None
    return here.work().use(MEMBERS).consents(person.member.id)


async def test_the_profile_is_what_a_partner_sees_and_can_be_changed() -> None:
    tom = settled(network())
    await tom.use("profile")
    assert "Role: Headteacher" in tom.says
    await tom.press("Change this")
    await tom.fill(name="Thomas Ashdown", phase="Special", topics=["Staffing", "Inspection"])
    assert "Thank you, that’s kept." in tom.says
    assert "Would like to talk about: staffing, inspection" in tom.says
    assert tom.member is not None
    assert tom.member.name == "Thomas Ashdown"


async def test_the_school_fills_in_the_rest_and_stays_hidden_until_shown() -> None:
    tom = settled(network())
    await tom.use("profile")
    await tom.press("My school")
    await tom.press("Find my school")
    await tom.search("beckf")
    await tom.choose("Beckford Primary School, London")
    card, _, between_us = tom.says.partition("This stays between us")
    assert "Beckford" in between_us
    assert "Beckford" not in card
    await tom.press("My settings")
    await tom.press("Show my school")
    await tom.use("profile")
    assert "School: Beckford Primary School" in tom.says
    await tom.press("Change this")
    await tom.fill(role="Coach or associate")
    assert "Beckford" not in tom.says
    assert tom.member is not None
    assert (tom.member.urn, tom.member.school, tom.member.authority) == (None, None, None)


@pytest.mark.parametrize("role", ["Trust chief executive", "Former head, or between headships", "Coach or associate"])
async def test_whose_role_has_no_school_gets_none_by_old_messages_either(role: str) -> None:
    here = network()
    tom = settled(here)
    await tom.use("profile")
    profile = tom.view
    await tom.press("My school")
    ways = tom.view
    await tom.press("Find my school")
    await tom.search("beckf")
    found = tom.view
    tom.view = profile
    await tom.press("Change this")
    await tom.fill(role=role)
    now = replace(kept(tom), trust="Unity")
    here.work().use(MEMBERS).keep(now)
    tom.view = profile
    await tom.press("My school")
    assert "Which school" not in tom.says
    tom.view = found
    await tom.choose("Beckford Primary School, London")
    await no_school_in(tom, now)
    tom.view = ways
    await tom.press("Type in my school")
    await tom.fill(school="Elm Lane School")
    await no_school_in(tom, now)
    tom.view = ways
    await tom.press("I have no school")
    await no_school_in(tom, now)


async def no_school_in(tom: Somebody, before: Member) -> None:
    """What is shown now, and their profile, are free of it; nothing has changed."""
    assert tom.says.startswith("Your profile")
    assert "that’s kept" not in tom.says
    for words in ("profile", "settings"):
        await tom.use(words)
        assert not [one.label for one in buttons(tom.view) if "school" in one.label]
    assert kept(tom) == before


def kept(person: Somebody) -> Member:
    assert person.member is not None
    return person.member


async def test_a_school_that_was_not_offered_changes_nothing() -> None:
    here = network()
    tom = settled(here)
    before = tom.member
    for number in ("999999", "-1", "", "1e3", "٣", "9" * 30):
        await here.receive(Pressed("members.choose-school~1", (number,)), tom.account)
    assert tom.member == before


async def test_each_consent_is_withdrawn_and_given_with_one_press() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    await tom.use("settings")
    presses = tom.presses
    await tom.press("Don’t introduce me")
    assert "Introductions: No" in tom.says
    assert consents(here, tom) == {Consent.MESSAGES}
    assert here.work().use(MEMBERS).introducible(here.at.date()) == []
    await tom.press("Introduce me")
    assert consents(here, tom) == {Consent.MESSAGES, Consent.INTRODUCTIONS}
    assert tom.presses - presses == 2
    assert here.storage.world.told == [MemberWithdrew(tom.member.id), MemberReady(tom.member.id)]


async def test_without_messages_nothing_that_waits_is_sent() -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    assert tom.member is not None
    await here.receive(Pressed(f"members.vouch~1~{show(tom.member.id)}"), ANNA)
    assert here.letters("in:")
    await tom.use("settings")
    await tom.press("Don’t write to me")
    assert not here.letters("in:")
    assert "I need to be able to write to you here" in tom.says


@pytest.mark.parametrize("consent", ["pulse", "diary"])
async def test_a_consent_nobody_asked_for_cannot_be_forged(consent: str) -> None:
    here = network()
    tom = settled(here)
    before = consents(here, tom)
    await here.receive(Pressed(f"members.consent~1~{consent}~1"), tom.account)
    assert consents(here, tom) == before


async def test_hours_and_how_often() -> None:
    here = network()
    tom = settled(here)
    await tom.use("settings")
    await tom.press("Weekends too")
    await tom.press("Holidays too")
    await tom.choose("Every four weeks")
    assert "How often: every four weeks" in tom.says
    await here.receive(Pressed("members.often~1", ("hourly",)), tom.account)
    member = tom.member
    assert member is not None
    assert (member.weekends, member.holidays, member.often) == (True, True, "monthly")


@pytest.mark.parametrize("text", MARKUP)
@pytest.mark.parametrize("field", ["name", "school"])
async def test_markup_in_free_text_stays_plain_words(field: str, text: str) -> None:
    here = network()
    tom = settled(here)
    action = {"name": "members.profile~1", "school": "members.keep-school~1"}[field]
    values = {"name": ("Tom",), "nation": ("wales",), "role": ("deputy",)} | {field: (text[:60],)}
    await here.receive(Submitted(action, values), tom.account)
    await tom.use("settings")
    if field == "school":
        await tom.press("Show my school")
    await tom.use("profile")
    assert tom.view is not None
    facts = next(block for block in tom.view.blocks if isinstance(block, Facts))
    assert all(isinstance(span, Plain) for row in facts.rows for span in row.text)
    shown = words_of_view(tom.view)
    assert not set(shown) & set("\u202e\u202c\u2066\u2069\u200b\x1b\ue000\ue001")
    assert getattr(tom.member, field).split()[0] in shown


@pytest.mark.parametrize(
    ("action", "values", "says"),
    [
        ("members.profile~1", {"name": ("",), "nation": ("wales",), "role": ("deputy",)}, "Please tell me your name"),
        ("members.profile~1", {"name": ("x" * 10_000,), "nation": ("wales",), "role": ("deputy",)}, "Please tell me"),
        ("members.profile~1", {"name": ("Tom",), "nation": ("moon",), "role": ("deputy",)}, "Please choose one"),
        ("members.profile~1", {}, "Please tell me your name"),
        ("members.keep-school~1", {"school": ("x" * 10_000,)}, "Please write the name of your school"),
        ("members.keep-school~1", {}, "Please write the name of your school"),
        ("members.pause-until~1", {"day": ("2026-11-12",)}, "Please choose one of the days"),
        ("members.pause-until~1", {"day": ("never",)}, "Please choose one of the days"),
    ],
)
async def test_a_form_that_cannot_be_kept_comes_back_with_one_kind_sentence(
    action: str, values: dict[str, tuple[str, ...]], says: str
) -> None:
    here = network()
    tom = settled(here)
    before = tom.member
    reply = await here.receive(Submitted(action, values), tom.account)
    assert next(iter(reply.errors.values())).startswith(says)
    assert tom.member == before


async def test_a_stranger_is_told_how_to_begin() -> None:
    here = network()
    tom = settled(here)
    tom.account = Account("test", "here", "stranger")
    await tom.use("profile")
    assert tom.says.startswith("You haven’t joined yet.")
