"""People find their way by labels alone, in what the rooms really show; and are puzzled rather than guess."""

from datetime import date

import pytest

from adapters.people import reading
from adapters.people.habit import dice
from adapters.people.model import Head
from adapters.people.reading import Outcome, Puzzled
from bot.chat.form import Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.ids import Id
from bot.chat.text import plain
from bot.chat.view import Button, Buttons, Option, Paragraph, Select, View
from bot.checkins import views as checkins
from bot.checkins.model import Outcome as Answered
from bot.checkins.views import Question
from bot.core.terms import Nation
from bot.members import picker, question_views
from bot.members.actions import Question as Small
from bot.members.model import Member, Stage
from bot.members.questions import answered
from bot.members.zones import find_zones
from bot.onboarding import views as door
from bot.pairing import views as pairing

GRACE = Head("g", "Grace Adeyemi", "", "head of school", "Wales", "primary", "Bell Farm Primary School", "Walton")
CHANCE = dice("seed", "g")


def test_every_step_at_the_door_leads_on() -> None:
    home = Head("h", "Huw", school="Ysgol Bryn Celyn")
    nowhere = Head("n", "Nell")
    steps = {
        "start": (door.welcome("Grace"), GRACE),
        "find": (picker.ask_view(door.STEPS, None), GRACE),
        "type": (picker.ask_view(door.STEPS, None), home),
        "skip": (picker.ask_view(door.STEPS, None), nowhere),
        "consents": (door.consent(Member(Id(1), "Grace", Stage.JOINING)), GRACE),
    }
    found = {name: reading.way_in(view, head) for name, (view, head) in steps.items()}
    actions = {name: way and way[0].split("~")[0] for name, way in found.items()}
    assert actions == {
        "start": "onboarding.start",
        "find": "onboarding.find-school",
        "type": "onboarding.type-school",
        "skip": "onboarding.skip-school",
        "consents": "onboarding.ask-consents",
    }


def test_the_forms_at_the_door_are_filled_in_with_who_one_is() -> None:
    who = reading.filled(door.who_form("", Nation.ENGLAND), GRACE, CHANCE)
    agreed = reading.filled(door.consent_form(Member(Id(1), "Grace", Stage.JOINING)), GRACE, CHANCE)
    assert who == {"name": ("Grace Adeyemi",), "nation": ("wales",), "role": ("head-of-school",)}
    assert agreed == {"consents": ("introductions", "messages")}


def test_one_chooses_ones_own_school_and_types_it_where_it_is_not_offered() -> None:
    again = Buttons((Button("Look again", "again"), Button("Type in my school", "type")))
    options = (Option("1", "Bell Lane Primary School, Ackworth"), Option("2", "Bell Farm Primary School, Walton"))
    offered = View((Select("Your school", "choose", options), again))
    missing = View((Select("Your school", "choose", options[:1]), again))
    assert reading.way_in(offered, GRACE) == ("choose", ("2",))
    assert reading.way_in(missing, Head("x", "X", school="Nant y Felin", town="Bala")) == ("type", ())


@pytest.mark.parametrize("again", [False, True])
def test_both_ways_of_asking_whether_people_talked_are_understood(again: bool) -> None:
    asked = checkins.asking((Question(Id(1), ("Tom",), again),), ())
    answers = reading.checkin(asked)
    assert answers is not None
    meant = {outcome: button.action.split("~")[3] for outcome, button in answers.items()}
    assert meant == {Outcome.TALKED: "talked", Outcome.NOT_YET: "not-yet", Outcome.HAND: "hand"}


def test_an_answered_checkin_is_none_any_more() -> None:
    answered = Question(Id(1), ("Tom",), answer=Answered.TALKED)
    assert reading.checkin(checkins.asking((answered,), ())) is None


def test_one_finds_what_can_be_chosen_about_introductions() -> None:
    tried = checkins.asking((Question(Id(1), (), answer=Answered.NOT_YET, is_open=True),), ())
    friday = View(pairing.announced(date(2026, 11, 16), date(2026, 11, 16)))
    found = [
        reading.labelled(reading.buttons(view), label)
        for view, label in ((friday, reading.SKIP), (tried, reading.KEEP_TRYING), (tried, reading.ANOTHER))
    ]
    meant = [button and button.action.split("~")[0] for button in found]
    assert meant == ["pairing.skip", "checkin.keep-trying", "pairing.find-another"]


def test_one_knows_whether_one_is_asked_to_say_hello_first() -> None:
    tom, grace = (Member(Id(n), name, Stage.MEMBER) for n, name in enumerate(("Tom Ashworth", "Grace Adeyemi"), 1))
    view = pairing.introduction((tom, grace), plain("You both want to talk about staffing."), Id(3))
    assert reading.asked_to_begin(view, "Tom Ashworth")
    assert not reading.asked_to_begin(view, "Grace Adeyemi")


def test_a_title_is_no_first_name() -> None:
    assert [reading.first_name(name) for name in ("Grace Adeyemi", "Dr Huw Pritchard")] == ["Grace", "Dr Huw Pritchard"]


def test_an_option_that_says_something_else_is_not_taken() -> None:
    options = (Option("a", "Deputy head"), Option("b", "Chair of governors"))
    assert reading.like(options, "headteacher") is None
    assert reading.like((), "headteacher") is None


@pytest.mark.parametrize(
    "field",
    [
        ShortText("x", "Favourite colour"),
        LongText("x", "Anything else?"),
        OneOf("x", "Shoe size", (Option("1", "Forty"),)),
        OneOf("x", "Your role", (Option("1", "Astronaut"),)),
        ManyOf("x", "Tick what you like", (Option("1", "Sell my data"),)),
    ],
)
def test_what_nobody_could_guess_is_not_answered(field: ShortText | LongText | OneOf | ManyOf) -> None:
    head = Head("g", "Grace", role="headteacher", topics=("staffing",))
    with pytest.raises(Puzzled):
        reading.filled(Form("A form", "send", (field,), "Send"), head, CHANCE)


def test_a_search_is_for_ones_own_school() -> None:
    assert reading.filled(Search("Find", "search", "A few letters", "Look"), GRACE, CHANCE) == {
        "q": ("Bell Farm Primary School",)
    }


def test_a_view_without_anything_to_press_leads_nowhere() -> None:
    assert reading.way_in(View((Paragraph(plain("Good morning.")),)), GRACE) is None


@pytest.mark.parametrize("question", [one for one in Small if one not in (Small.ZONE, Small.LANGUAGE)])
def test_every_small_question_is_answered_so_that_it_can_be_kept(question: Small) -> None:
    member = Member(Id(1), GRACE.name, Stage.MEMBER)
    values = reading.filled(question_views.form(question, member), GRACE, CHANCE)
    assert answered(member, question, values) is not None


def test_a_city_that_keeps_ones_own_time_is_searched_and_found() -> None:
    head = Head("n", "Nell", zone="America/New_York")
    assert reading.filled(question_views.zone_search(), head, CHANCE) == {"q": ("New York",)}
    assert find_zones("New York", 25) == ["America/New_York"]


@pytest.mark.parametrize("question", [Small.TOPICS, Small.TIMES, Small.YEARS, Small.TRUST])
def test_the_small_question_of_a_friday_is_found_and_no_way_in(question: Small) -> None:
    news = View((Buttons((Button("Not this week", "skip"),)), *question_views.small(question)))
    found = reading.small_question(news)
    assert found is not None
    assert found.action == f"members.ask-one~1~{question}"
    assert reading.way_in(news, GRACE) is None
    assert reading.small_question(door.welcome("Grace")) is None
