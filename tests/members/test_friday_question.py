"""The small question of a Friday: rarely, one at a time, never the same twice running; and never again, at a press."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.ids import Id
from bot.chat.view import Block, Buttons, Paragraph, View, words_of
from bot.core.feature import Friday
from bot.members import feature as members
from bot.members.actions import Question
from bot.members.kinds import Role, Time, Topic
from bot.members.model import Member, Stage
from bot.members.questions import on_friday, suits
from bot.members.store import MEMBERS
from tests.acting import Network, Somebody
from tests.members.people import network, settled

MONDAY = date(2026, 11, 16)
WEEKS = [MONDAY + timedelta(weeks=later) for later in range(24)]
SAID: dict[str, Any] = {"topics": frozenset({Topic.SEND}), "times": frozenset({Time.FRIDAY_AFTER}), "years": 3}
SAID["trust"] = "Unity"
EMPTY: dict[str, Any] = {"topics": frozenset(), "times": frozenset(), "years": None, "trust": None}
CHANGES = [{}, *({one: each[one]} for each in (SAID, EMPTY) for one in each)]
ASKED = [Question.TOPICS, Question.TIMES, Question.YEARS, Question.TRUST]

people = st.builds(
    Member,
    id=st.integers(0, 2**63 - 1).map(Id),
    name=st.just("Tom"),
    stage=st.just(Stage.MEMBER),
    role=st.sampled_from(Role),
    **{one: st.sampled_from([EMPTY[one], SAID[one]]) for one in SAID},
)


def friday() -> Friday:
    part = members.feature("Europe/London").friday
    assert part is not None
    return part


def news(here: Network, person: Somebody, monday: date) -> tuple[Block, ...]:
    """What Friday brings them of this room."""
    assert person.member is not None
    return friday().look(here.work(), monday)(person.member.id)


def asks(here: Network, person: Somebody) -> list[date]:
    return [monday for monday in WEEKS if news(here, person, monday)]


@given(people, st.lists(st.sampled_from(CHANGES), min_size=24, max_size=24))
def test_every_second_week_at_most_and_never_the_same_twice_running(member: Member, changes: list[Any]) -> None:
    """Whatever they say or take back meanwhile."""
    asked = []
    for monday, change in zip(WEEKS, changes, strict=True):
        member = replace(member, **change)
        asked.append(on_friday(member, monday))
    assert not any(one and other for one, other in pairwise(asked))
    assert not any(one and one is other for one, other in zip(asked, asked[2:], strict=False))


@given(people)
def test_all_that_is_unanswered_and_suits_them_is_asked_in_time_and_nothing_else(member: Member) -> None:
    said = {one for one in ASKED if getattr(member, one) not in (None, frozenset())}
    asked = {question for monday in WEEKS if (question := on_friday(member, monday))}
    assert asked == {one for one in ASKED if suits(one, member)} - said


@given(people)
def test_who_would_rather_not_be_asked_is_not(member: Member) -> None:
    assert not any(on_friday(replace(member, asks=False), monday) for monday in WEEKS)


def test_half_of_the_members_are_asked_in_one_week_and_half_in_the_next() -> None:
    bare = [Member(Id(number), "Tom", Stage.MEMBER) for number in range(100)]
    assert [sum(on_friday(one, monday) is not None for one in bare) for monday in WEEKS[:2]] == [50, 50]


def test_it_comes_last_and_is_worth_no_letter_of_its_own() -> None:
    assert friday().place >= 90
    assert not friday().alone


async def test_one_sentence_and_two_buttons_and_the_first_leads_to_the_form() -> None:
    here = network()
    tom = settled(here)
    blocks = news(here, tom, asks(here, tom)[0])
    assert [type(block) for block in blocks] == [Paragraph, Buttons]
    tom.view = View(blocks)
    await tom.press("Say when I’m free")
    await tom.fill(times=["Friday evenings"])
    assert "Thank you, that’s kept." in tom.says
    later = [words_of(block) for monday in WEEKS for block in news(here, tom, monday)]
    assert later
    assert not any("are you usually free" in one for one in later)


async def test_one_press_ends_the_questions_and_another_brings_them_back() -> None:
    here = network()
    tom = settled(here)
    tom.view = View(news(here, tom, asks(here, tom)[0]))
    await tom.press("Don’t ask me small questions")
    assert "I won’t ask small questions any more" in tom.says
    assert asks(here, tom) == []
    await tom.press("My settings")
    assert "Small questions on Fridays: never" in tom.says
    await tom.press("Ask me small questions")
    assert "Small questions on Fridays: now and then" in tom.says
    assert asks(here, tom)


async def test_who_is_away_suspended_or_not_yet_in_is_asked_nothing() -> None:
    here = network()
    tom, ann = settled(here), settled(here, "Ann Ash", stage=Stage.WAITING)
    assert asks(here, ann) == []
    assert tom.member is not None
    here.work().use(MEMBERS).keep(replace(tom.member, away=True))
    assert asks(here, tom) == []
