"""Each broken part is reported by the rule it breaks."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.promises import told_too_small
from bot.door.simulate.running import rehearse
from tests.simulate import doubles, outboxes
from tests.simulate.doubles import Plant

PLAN = Plan(members=14, weeks=4, seed=3, faults=Faults.HOSTILE)
FORGETS = Plan(members=8, weeks=3, seed=193)
"""One of them asks to be forgotten."""
PAUSES = Plan(members=40, weeks=4, seed=3)
COMES_BACK = Plan(members=24, weeks=3, seed=2)
"""Somebody pauses in the middle of a week, and is back before it ends."""
LEAVES = Plan(members=14, weeks=10, seed=3)
"""Long enough that whoever leaves in the first weeks is forgotten."""
BLOCKS = Plan(members=60, weeks=4, seed=3)

BREACHES: list[tuple[Callable[[Plant], None], str, Plan]] = [
    (doubles.matcher_that_forgets, "repeat", PLAN),
    (doubles.courier_without_quiet_hours, "quiet hours", PLAN),
    (doubles.checkin_that_calls_itself_urgent, "called otherwise", PLAN),
    (doubles.checkin_that_calls_itself_urgent, "quiet hours", PLAN),
    (doubles.checkin_of_an_unknown_sort, "unknown letter", PLAN),
    (doubles.welcome_that_comes_late, "quiet hours", PLAN),
    (doubles.courier_without_a_budget, "budget", PLAN),
    (doubles.erase_that_skips_a_table, "erased", FORGETS),
    (doubles.erase_of_nothing, "erased", FORGETS),
    (doubles.erase_all_of_nothing, "erased", FORGETS),
    (doubles.leavers_that_are_kept, "erased", LEAVES),
    (doubles.pause_that_stops_nothing, "paused", PAUSES),
    (doubles.pause_that_is_not_kept, "paused", PAUSES),
    (doubles.counts_that_are_told, "small count", FORGETS),
    (doubles.home_page_that_counts, "small count", FORGETS),
    (doubles.groups_that_never_end, "two at once", COMES_BACK),
    (doubles.blocks_that_bar_nobody, "blocked", PLAN),
    (doubles.matcher_that_asks_nobody, "blocked", BLOCKS),
    (doubles.introduction_of_one_side, "one side told", PLAN),
    (doubles.introductions_to_one_of_each, "one side told", PLAN),
    (doubles.astray_and_never_told, "one side told", replace(PLAN, members=60)),
    (doubles.answers_that_are_dropped, "answer lost", PLAN),
]


@pytest.mark.parametrize(("plant", "rule", "plan"), BREACHES)
def test_the_rule_that_is_broken_reports_it(
    plant: Callable[[Plant], None], rule: str, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    result = rehearse(plan)
    assert rule in {one.rule for one in result.violations}
    assert not result.is_well


def test_the_name_of_a_trouble_is_no_count() -> None:
    assert told_too_small("Please tell an organiser “D1”: it helps 3 of them find it.") == ["3"]


def test_a_naive_outbox_says_things_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    outboxes.naive_outbox(monkeypatch)
    result = rehearse(replace(PLAN, members=40))
    assert result.letters_twice
    assert not result.is_well


def test_a_hasty_outbox_loses_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    outboxes.hasty_outbox(monkeypatch)
    result = rehearse(PLAN)
    assert result.letters_lost
    assert not result.is_well


@pytest.mark.parametrize("plant", [outboxes.dropping_outbox, outboxes.postponing_outbox, outboxes.hopeless_outbox])
def test_letters_that_never_arrive_are_lost(plant: Callable[[Plant], None], monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    result = rehearse(replace(PLAN, members=30))
    assert "letter lost" in {one.rule for one in result.violations}
    assert result.letters_lost


@pytest.mark.parametrize("plant", [outboxes.forgetful_outbox, doubles.pause_that_takes_back_too_much])
def test_what_is_taken_back_without_a_reason_is_missed(
    plant: Callable[[Plant], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert "letter taken back" in {one.rule for one in rehearse(PAUSES).violations}


FAULTS = [
    (doubles.friday_letter_that_raises, "KeyError: friday"),
    (doubles.home_page_that_raises, "KeyError: opened"),
    (doubles.timer_that_raises, "KeyError: events.over"),
    (doubles.storage_that_fails, "StorageFailed: checkin.answer"),
    (doubles.witness_that_raises, "KeyError: outbox witness"),
]


@pytest.mark.parametrize(("plant", "detail"), FAULTS)
def test_a_fault_is_no_success(plant: Callable[[Plant], None], detail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put down for the operator, or taken for a storage that failed, is read in a rehearsal."""
    plant(monkeypatch)
    result = rehearse(Plan(members=8, weeks=2, seed=3))
    assert detail in {one.detail for one in result.violations if one.rule == "failed"}


@pytest.mark.parametrize("plan", [PLAN, FORGETS, PAUSES])
def test_nothing_is_reported_where_nothing_is_broken(plan: Plan) -> None:
    result = rehearse(plan)
    assert result.violations == ()
    assert result.is_well


@pytest.mark.parametrize(
    ("plant", "plan"),
    [
        (doubles.town_of_many_blocks, BLOCKS),
        (doubles.town_of_leavers, LEAVES),
        (doubles.town_of_pauses, PAUSES),
        (doubles.town_of_second_thoughts, PAUSES),
    ],
)
def test_much_of_what_is_seldom_breaks_nothing(
    plant: Callable[[Plant], None], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert rehearse(replace(plan, faults=Faults.HOSTILE, crashes=4)).violations == ()
