"""The profile, little by little: one question at a time, each answer kept, and emptied again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Form, ManyOf, OneOf, Search
from bot.chat.ids import Id
from bot.chat.inbound import Pressed, Submitted
from bot.chat.view import Select, words_of_view
from bot.members.actions import Choice, Question, SetChoice
from bot.members.kinds import THEMES, WITHOUT_TRUST, Often, Phase, Role, Time, Topic, Years
from bot.members.model import Member, Stage
from bot.members.question_views import form
from bot.members.views import settings
from bot.members.zones import find_zones, is_zone, say_zone
from tests.acting import Somebody
from tests.members.people import change, kept, network, settled


def offered(person: Somebody) -> list[str]:
    assert person.view is not None
    select = next(block for block in person.view.blocks if isinstance(block, Select))
    return [option.label for option in select.options]


async def asked(person: Somebody, label: str) -> None:
    await person.use("profile")
    await person.choose(label)


async def test_when_one_is_free_takes_a_choice_and_some_ticks_and_can_be_emptied() -> None:
    tom = settled(network())
    await asked(tom, "When I’m free")
    await tom.fill(times=["Tuesdays after four", "Saturday mornings"])
    assert tom.says.startswith("Your profile\nThank you, that’s kept.")
    assert "Usually free: Tuesdays after four, Saturday mornings" in tom.says
    assert kept(tom).times == {Time.TUESDAY_AFTER, Time.SATURDAY_MORNING}
    assert (tom.presses, tom.typed) == (4, [])
    await asked(tom, "When I’m free")
    await tom.fill(times=[])
    assert "Usually free" not in tom.says
    assert kept(tom).times == frozenset()


async def test_topics_have_the_five_themes_first() -> None:
    tom = settled(network())
    await asked(tom, "What I’d like to talk about")
    assert isinstance(tom.asked, Form)
    field = tom.asked.fields[0]
    assert isinstance(field, ManyOf)
    assert [option.value for option in field.options][:5] == list(THEMES)
    await tom.fill(topics=["Peer coaching", "Staffing"])
    assert "Would like to talk about: peer coaching, staffing" in tom.says
    await asked(tom, "What I’d like to talk about")
    await tom.fill(topics=[])
    assert "Would like to talk about: anything" in tom.says


async def test_years_are_chosen_and_shown_only_when_ticked_and_unsaid_again() -> None:
    tom = settled(network())
    await asked(tom, "How long I’ve been a head")
    await tom.fill(years="3 to 5 years as a head")
    card, _, between_us = tom.says.partition("This stays between us")
    assert "3 to 5 years" in between_us
    assert "3 to 5 years" not in card
    await tom.press("My settings")
    await tom.press("Show my experience")
    await tom.use("profile")
    assert "Experience: 3 to 5 years as a head" in tom.says.partition("[")[0]
    assert "between us" not in tom.says
    await tom.choose("How long I’ve been a head")
    await tom.fill(years="I’d rather not say")
    assert (kept(tom).years, kept(tom).shows_years) == (None, False)
    assert tom.typed == []


async def test_a_trust_is_typed_trimmed_seen_by_nobody_else_and_emptied() -> None:
    tom = settled(network())
    await asked(tom, "My trust")
    await tom.fill(trust="  The\tUnity\u202e Trust " + "x" * 200)
    assert kept(tom).trust is not None
    assert str(kept(tom).trust).startswith("The Unity Trust xxx")
    assert len(str(kept(tom).trust)) == 100
    card, _, between_us = tom.says.partition("This stays between us")
    assert "Unity" in between_us
    assert "Unity" not in card
    await asked(tom, "My trust")
    await tom.fill(trust=" ")
    assert kept(tom).trust is None


@pytest.mark.parametrize("role", sorted(WITHOUT_TRUST))
async def test_who_has_no_trust_is_not_asked_for_one_and_a_forged_answer_is_not_kept(role: Role) -> None:
    here = network()
    tom = settled(here)
    change(here, tom, role=role)
    await tom.use("profile")
    assert "My trust" not in offered(tom)
    for what in (Pressed("members.ask~1", ("trust",)), Pressed("members.ask-one~1~trust")):
        assert (await here.receive(what, tom.account)).ask is None
    await here.receive(Submitted("members.answer~1~trust", {"trust": ("Unity",)}), tom.account)
    assert kept(tom).trust is None


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.ASPIRING_HEAD])
async def test_who_was_never_a_head_is_not_asked_for_how_long_but_can_take_back_what_stands(role: Role) -> None:
    here = network()
    tom = settled(here)
    change(here, tom, role=role)
    await tom.use("profile")
    assert "How long I’ve been a head" not in offered(tom)
    change(here, tom, years=2)
    await tom.use("profile")
    assert "How long I’ve been a head" in offered(tom)


async def test_a_role_without_a_trust_loses_it_and_a_trust_chief_executive_keeps_the_one_they_typed() -> None:
    here = network()
    tom = settled(here)
    change(here, tom, role=Role.TRUST_CHIEF_EXECUTIVE, trust="Unity")
    await tom.use("profile")
    await tom.press("Change this")
    await tom.fill(name="Thomas Ashdown")
    assert kept(tom).trust == "Unity"
    await tom.press("Change this")
    await tom.fill(role="Coach or associate")
    assert kept(tom).trust is None


async def test_a_trust_that_was_imported_is_not_lost_at_the_door() -> None:
    here = network()
    tom = settled(here)
    change(here, tom, stage=Stage.JOINING, role=None, trust="Unity", region="London")
    await tom.use("start")
    await tom.fill(role="Trust chief executive")
    assert (kept(tom).trust, kept(tom).region) == ("Unity", "London")


async def test_a_time_zone_is_found_by_a_city_and_given_back() -> None:
    tom = settled(network())
    await asked(tom, "My time zone")
    assert isinstance(tom.asked, Search)
    await tom.search("nowhere at all")
    assert "I couldn’t find a city like that" in tom.says
    await tom.press("Look for another city")
    await tom.search("new york")
    await tom.choose("New York, America")
    assert kept(tom).zone == "America/New_York"
    assert "Time zone: New York, America" in tom.says
    await tom.press("My settings")
    assert "Time zone: New York, America" in tom.says
    await tom.press("Change my time zone")
    await tom.search("london")
    await tom.press("Same time as the network")
    assert kept(tom).zone is None
    await tom.use("settings")
    assert "Time zone: the same as the network’s" in tom.says


async def test_the_zone_of_ones_account_is_offered_kept_on_a_press_and_not_offered_again() -> None:
    tom = settled(network())
    tom.zone = "Europe/Madrid"
    await tom.use("settings")
    assert "Time zone: the same as the network’s" in tom.says
    assert "Your account here keeps the time of Madrid, Europe. I keep it too only if you say so." in tom.says
    assert kept(tom).zone is None
    await tom.press("Use the time of Madrid, Europe")
    assert kept(tom).zone == "Europe/Madrid"
    assert "Time zone: Madrid, Europe" in tom.says
    assert "Your account here" not in tom.says
    tom.zone = "Europe/Rome"
    await tom.use("settings")
    assert "Rome" not in tom.says, "who has said one is not asked again, wherever they travel"


async def test_who_is_asked_for_their_zone_sees_their_accounts_first_and_can_choose_another() -> None:
    tom = settled(network())
    tom.zone = "Europe/Madrid"
    await asked(tom, "My time zone")
    assert "Your account here keeps the time of Madrid, Europe" in tom.says
    assert kept(tom).zone is None
    await tom.press("Choose another city")
    await tom.search("new york")
    await tom.choose("New York, America")
    assert kept(tom).zone == "America/New_York"


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Belfast", "Mars/Olympus", "../../secret", "Etc/GMT+3", ""])
async def test_a_zone_that_is_none_or_keeps_the_networks_time_is_not_offered(zone: str) -> None:
    tom = settled(network())
    tom.zone = zone
    await tom.use("settings")
    assert "Your account here" not in tom.says
    await asked(tom, "My time zone")
    assert isinstance(tom.asked, Search)


async def test_an_offer_that_was_made_up_changes_nothing() -> None:
    here = network()
    tom = settled(here)
    await here.receive(Pressed("members.take-zone~1~Mars/Olympus"), tom.account)
    assert kept(tom).zone is None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Etc/GMT+3", "../../secret", "", "Europe/London"])
async def test_a_zone_that_is_none_changes_nothing_and_the_networks_own_is_not_kept(zone: str) -> None:
    here = network()
    tom = settled(here)
    await here.receive(Pressed("members.choose-zone~1", (zone,)), tom.account)
    assert kept(tom).zone is None


async def test_there_is_one_language_and_nothing_is_kept_of_it() -> None:
    here = network()
    tom = settled(here)
    before = here.storage.world.members
    await asked(tom, "My language")
    assert tom.says == "I write in English; it’s the only language I know so far."
    assert tom.asked is None
    await here.receive(Submitted("members.answer~1~language", {"language": ("cy",)}), tom.account)
    assert here.storage.world.members == before


async def test_how_often_is_one_of_the_questions() -> None:
    tom = settled(network())
    await asked(tom, "How often I’m introduced")
    await tom.fill(often="Every two weeks")
    assert kept(tom).often is Often.FORTNIGHTLY


@pytest.mark.parametrize("value", ["", "name", "wages", "topics~1", "TOPICS"])
async def test_a_question_nobody_offered_changes_nothing(value: str) -> None:
    here = network()
    tom = settled(here)
    before = kept(tom)
    reply = await here.receive(Pressed("members.ask~1", (value,)), tom.account)
    assert reply.ask is None
    assert reply.view is not None
    assert words_of_view(reply.view).startswith("Your profile")
    assert kept(tom) == before


@pytest.mark.parametrize(
    ("question", "given"),
    [("years", "7"), ("years", "forever"), ("often", ""), ("often", "hourly"), ("zone", "Europe/Lisbon")],
)
async def test_an_answer_that_was_not_offered_is_one_kind_sentence(question: str, given: str) -> None:
    here = network()
    tom = settled(here)
    before = kept(tom)
    reply = await here.receive(Submitted(f"members.answer~1~{question}", {question: (given,)}), tom.account)
    assert reply.errors == {question: "Please choose one from the list."}
    assert kept(tom) == before


async def test_ticks_that_were_not_offered_are_left_out() -> None:
    here = network()
    tom = settled(here)
    given = {"times": ("tuesday-after", "always", "wednesday-noon")}
    await here.receive(Submitted("members.answer~1~times", given), tom.account)
    assert kept(tom).times == {Time.TUESDAY_AFTER}


@pytest.mark.parametrize("choice", [Choice.SCHOOL, Choice.REGION, Choice.YEARS])
async def test_what_is_not_there_cannot_be_shown(choice: Choice) -> None:
    here = network()
    tom = settled(here)
    before = kept(tom)
    await here.receive(Pressed(SetChoice(choice, 1).pack()), tom.account)
    assert kept(tom) == before


async def test_region_school_and_experience_are_each_shown_and_hidden_with_one_press() -> None:
    here = network()
    tom = settled(here)
    change(here, tom, school="Elm Lane School", region="North West", years=7)
    for label in ("Show my school", "Show my part of the country", "Show my experience"):
        await tom.use("settings")
        await tom.press(label)
        assert label not in tom.says
    await tom.use("profile")
    assert "School: Elm Lane School\nPart of the country: North West\nExperience: 6 to 10 years as a head" in tom.says
    for label in ("Hide my school", "Hide my part of the country", "Hide my experience"):
        await tom.use("settings")
        await tom.press(label)
    assert (kept(tom).shows_school, kept(tom).shows_region, kept(tom).shows_years) == (False, False, False)


async def test_what_was_shown_of_a_school_that_is_gone_is_not_shown_of_the_next() -> None:
    here = network()
    tom = settled(here)
    change(here, tom, school="Elm Lane School", region="North West", shows_school=True, shows_region=True)
    await tom.use("profile")
    await tom.press("My school")
    await tom.press("I have no school")
    assert (kept(tom).shows_school, kept(tom).shows_region) == (False, False)


def test_every_form_fits_and_says_what_stands() -> None:
    member = Member(
        Id(1), "Tom", Stage.MEMBER, topics=frozenset(Topic), times=frozenset(Time), years=12, trust="x" * 300
    )
    for question in Question:
        if question not in (Question.ZONE, Question.LANGUAGE):
            assert form(question, member).fields[0].name == question
    years = form(Question.YEARS, member).fields[0]
    assert isinstance(years, OneOf)
    assert years.value == Years.FROM_ELEVEN


def test_settings_fit_when_everything_is_said() -> None:
    member = Member(
        Id(1), "Tom", Stage.MEMBER, Role.HEADTEACHER, phase=Phase.SPECIAL, region="London", school="Elm Lane", years=3
    )
    assert settings(replace(member, zone="America/Argentina/Buenos_Aires"), frozenset())


@given(st.integers(0, 80))
def test_years_belong_where_their_number_is_said(years: int) -> None:
    band = Years.of(years)
    assert band.first <= years
    assert Years.of(band.first) is band
    assert all(other.first <= band.first or other.first > years for other in Years)


def test_cities_are_found_by_any_of_their_words() -> None:
    assert find_zones("LISB", 25) == ["Europe/Lisbon"]
    assert "America/Argentina/Buenos_Aires" in find_zones("aires america", 25)
    assert find_zones("  ", 25) == []
    assert len(find_zones("a", 25)) == 25
    assert all(is_zone(zone) and len(say_zone(zone)) <= 75 for zone in find_zones("a", 1000))
