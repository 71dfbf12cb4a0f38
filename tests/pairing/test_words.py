"""Every sentence that can be put together from what people say of themselves."""

from itertools import product

import pytest

from bot.chat.ids import Id
from bot.chat.view import View, words_of_text, words_of_view
from bot.members.kinds import Phase, Topic
from bot.pairing.feature import samples
from bot.pairing.matcher import Reason, Shown
from bot.pairing.views import STARTERS, starter, why
from tests.checkins.test_flow import introduced


def test_there_are_many_places_to_begin_each_a_question_and_each_another() -> None:
    said = {words_of_text(starter(Id(group))) for group in range(STARTERS)}
    assert len(said) == STARTERS >= 30
    assert all(one.endswith("?") and one[0].islower() for one in said)
    assert words_of_text(starter(Id(STARTERS + 3))) == words_of_text(starter(Id(3)))


@pytest.mark.parametrize(("topic", "people"), list(product(Topic, (2, 3))))
def test_every_topic_can_be_a_reason(topic: Topic, people: int) -> None:
    assert " to talk about " in words_of_text(why([Reason(Shown.TOPIC, topic)], people))


@pytest.mark.parametrize(("phase", "people"), list(product(Phase, (2, 3))))
def test_every_phase_can_be_a_reason(phase: Phase, people: int) -> None:
    assert words_of_text(why([Reason(Shown.PHASE, phase)], people)).endswith(" schools.")


def test_of_many_reasons_two_topics_and_the_phase_are_told() -> None:
    shared = [Reason(Shown.TOPIC, topic) for topic in (Topic.BUDGETS, Topic.PARENTS, Topic.SEND)]
    said = words_of_text(why([*shared, Reason(Shown.PHASE, Phase.MIDDLE)], 2))
    assert said == "You both want to talk about budgets and parents. You both know middle schools."


def test_every_sample_can_be_read_aloud() -> None:
    shown = {one.name: words_of_view(one.shows) for one in samples() if isinstance(one.shows, View)}
    assert len(shown) == len(samples())
    assert not [name for name, text in shown.items() if "{" in text or not text.strip()]


async def test_members_never_read_our_own_words_for_things() -> None:
    town, people, _ = await introduced("Ann Ash", "Ben Bray", "Cat Cole")
    read = {word for member in people for letter in town.to(member) for word in words_of_view(letter.view).split()}
    assert not read & {"round", "circle", "letter", "pair", "trio", "match", "matched"}
