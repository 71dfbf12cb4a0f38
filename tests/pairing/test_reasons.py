"""What two people are told they share: only what both show, and never anything but the kinds allowed."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.ids import Id
from bot.pairing.matcher import SHOWN_BY_DEFAULT, Candidate, Reason, Shown, reasons

words = st.sampled_from(["send", "budgets", "lunch", "primary", "London"])
people = st.builds(
    Candidate,
    id=st.integers(1, 2**63 - 1).map(Id),
    school=st.none() | st.integers(100000, 100002),
    trust=st.none() | words,
    phase=st.none() | words,
    region=st.none() | words,
    tags=st.frozensets(words),
    times=st.frozensets(words),
    waited=st.integers(0, 3),
    shows=st.frozensets(st.sampled_from(Shown)),
)


def said(person: Candidate, kind: Shown) -> frozenset[str | None]:
    everything: dict[Shown, frozenset[str | None]] = {
        Shown.TOPIC: frozenset(person.tags),
        Shown.TIME: frozenset(person.times),
        Shown.PHASE: frozenset({person.phase}),
        Shown.REGION: frozenset({person.region}),
    }
    return everything[kind]


@given(st.lists(people, min_size=2, max_size=3))
def test_a_reason_is_shared_and_shown_by_all_and_none_is_missing(group: list[Candidate]) -> None:
    told = reasons(*group)
    assert len(set(told)) == len(told)
    assert set(told) == {
        Reason(kind, value)
        for kind in Shown
        for value in said(group[0], kind)
        if value and all(kind in person.shows and value in said(person, kind) for person in group)
    }


@given(people, people)
def test_what_is_not_shown_changes_nothing_that_is_told(one: Candidate, other: Candidate) -> None:
    hidden = Candidate(one.id, phase=one.phase, region=one.region, tags=one.tags, times=one.times, shows=one.shows)
    assert reasons(one, other) == reasons(hidden, other), "waiting, school and trust tell nothing"


def test_nothing_but_phase_topics_and_times_is_shown_unless_ticked() -> None:
    twins = [Candidate(Id(place), 100001, "North", "primary", "London", frozenset({"send"})) for place in (1, 2)]
    assert {Shown.PHASE, Shown.TOPIC, Shown.TIME} == SHOWN_BY_DEFAULT
    assert reasons(*twins) == (Reason(Shown.TOPIC, "send"), Reason(Shown.PHASE, "primary"))


def test_a_candidate_carries_nothing_that_could_be_told_by_mistake() -> None:
    known = {"id", "school", "trust", "phase", "region", "tags", "times", "waited", "shows"}
    assert {field.name for field in fields(Candidate)} == known
