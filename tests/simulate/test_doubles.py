"""Each broken part is reported by the rule it breaks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.running import rehearse
from bot.door.simulate.sorts import is_over
from tests.simulate import asked, doubles, matchers, outboxes
from tests.simulate.doubles import Plant

PLAN = Plan(members=14, weeks=4, seed=3, faults=Faults.HOSTILE)
MANY = replace(PLAN, members=30)
FORGETS = Plan(members=8, weeks=3, seed=193)
"""One of them asks to be forgotten."""
PAUSES = Plan(members=40, weeks=4, seed=3)
COMES_BACK = Plan(members=24, weeks=3, seed=2)
"""Somebody pauses in the middle of a week, and is back before it ends."""
LEAVES = Plan(members=14, weeks=10, seed=3)
"""Long enough that whoever leaves in the first weeks is forgotten."""
GROUPS = Plan(members=16, weeks=4, seed=1, faults=Faults.HOSTILE, later=1)
"""Many join a peer support group; and the first letters that open its place are lost."""
BLOCKS = Plan(members=60, weeks=4, seed=3)

BREACHES: list[tuple[Callable[[Plant], None], str, Plan]] = [
    (doubles.matcher_that_forgets, "repeat", PLAN),
    (matchers.two_of_three_who_stay_together, "repeat", COMES_BACK),
    (matchers.pair_that_meets_beside_somebody_left, "repeat", COMES_BACK),
    (doubles.courier_without_quiet_hours, "quiet hours", PLAN),
    (doubles.checkin_that_calls_itself_urgent, "called otherwise", PLAN),
    (doubles.checkin_that_calls_itself_urgent, "quiet hours", PLAN),
    (doubles.checkin_of_an_unknown_sort, "unknown letter", PLAN),
    (doubles.welcome_that_comes_late, "quiet hours", PLAN),
    (doubles.reminder_of_what_has_begun, "reminded in vain", PLAN),
    (doubles.courier_without_a_budget, "budget", PLAN),
    (doubles.erase_that_skips_a_table, "erased", FORGETS),
    (doubles.erase_of_nothing, "erased", FORGETS),
    (doubles.erase_all_of_nothing, "erased", FORGETS),
    (doubles.leavers_that_are_kept, "erased", LEAVES),
    (asked.pause_that_stops_nothing, "paused", PAUSES),
    (asked.pause_that_is_not_kept, "paused", PAUSES),
    (asked.back_that_is_not_kept, "still paused", PAUSES),
    (asked.hours_that_are_not_kept, "choice lost", MANY),
    (asked.hours_that_stay_the_networks, "quiet hours", MANY),
    (asked.connection_that_is_not_kept, "connection lost", MANY),
    (asked.connection_after_one_yes, "connected without two times yes", MANY),
    (asked.parting_that_is_not_kept, "still connected", MANY),
    (asked.listener_who_is_not_kept, "a request that nobody took", MANY),
    (asked.listener_who_is_silent, "asked, and told nothing", MANY),
    (asked.rota_that_disturbs, "paused", MANY),
    (doubles.counts_that_are_told, "small count", FORGETS),
    (doubles.home_page_that_counts, "small count", FORGETS),
    (doubles.event_page_that_counts, "small count", PLAN),
    (doubles.letter_that_counts, "small count", FORGETS),
    (doubles.post_that_counts, "small count", PLAN),
    (doubles.groups_that_never_end, "two at once", COMES_BACK),
    (doubles.blocks_that_bar_nobody, "blocked", PLAN),
    (doubles.matcher_that_asks_nobody, "blocked", BLOCKS),
    (doubles.introduction_of_one_side, "one side told", PLAN),
    (doubles.introductions_to_one_of_each, "one side told", PLAN),
    (doubles.astray_and_never_told, "one side told", replace(PLAN, members=60, seed=4)),
    (doubles.group_of_which_one_hears, "one side told", GROUPS),
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


@pytest.mark.parametrize(("minutes", "over"), [(-10, False), (0, False), (1, False), (2, True)])
def test_a_reminder_said_when_it_has_begun_is_over(minutes: int, over: bool) -> None:
    at = datetime(2026, 9, 17, 17, tzinfo=UTC) + timedelta(minutes=minutes)
    assert is_over("event-remind:4F0Z9X5QY95KW:1A376SFH6JP2X:10min:20260917T170000:1", at) is over
    assert not is_over("checkin:4F0Z9X5QY95KW:1A376SFH6JP2X", at)


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


@pytest.mark.parametrize("plant", [outboxes.forgetful_outbox, asked.pause_that_takes_back_too_much])
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
        (asked.town_of_pauses, PAUSES),
        (asked.town_of_second_thoughts, PAUSES),
        (doubles.town_of_lost_places, GROUPS),
    ],
)
def test_much_of_what_is_seldom_breaks_nothing(
    plant: Callable[[Plant], None], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert rehearse(replace(plan, faults=Faults.HOSTILE, crashes=4)).violations == ()
