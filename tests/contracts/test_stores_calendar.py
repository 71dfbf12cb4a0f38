"""What is remembered of rules, on every engine."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest

from bot.core.calendar import OCCURRENCES, Marker, Occurrence, Planned, Rule, Verdict
from bot.core.walltime import Weekly
from tests.storage.stands import AT, MINUTE, Pen

DAY = date(2026, 11, 12)
MONDAYS, THURSDAYS = Rule("mondays", Weekly(0, time(8))), Rule("thursdays", Weekly(3, time(16)))


def planned(
    rule: str = "mondays", verdict: Verdict = Verdict.RUN, late: timedelta = MINUTE, reason: str = ""
) -> Planned:
    return Planned(Occurrence(rule, DAY, AT + late), verdict, reason)


async def markers(pen: Pen, rules: Sequence[Rule], at: timedelta) -> dict[str, Marker]:
    return dict(await pen.storage.calendar.markers(rules, AT + at))


async def test_a_new_rule_does_not_run_for_the_past(pen: Pen) -> None:
    assert await markers(pen, [MONDAYS], MINUTE) == {"mondays": Marker(AT + MINUTE)}
    assert await markers(pen, [MONDAYS, THURSDAYS], 2 * MINUTE) == {
        "mondays": Marker(AT + MINUTE),
        "thursdays": Marker(AT + 2 * MINUTE),
    }


async def test_another_schedule_is_another_rule(pen: Pen) -> None:
    await markers(pen, [MONDAYS], MINUTE)
    moved = Rule("mondays", Weekly(0, time(9)))
    assert await markers(pen, [moved], 5 * MINUTE) == {"mondays": Marker(AT + 5 * MINUTE)}


async def test_a_rule_nobody_names_is_forgotten_and_its_dates_are_not(pen: Pen) -> None:
    await markers(pen, [MONDAYS], timedelta())
    await pen.storage.calendar.record([planned()], AT)
    await markers(pen, [THURSDAYS], MINUTE)
    found = await markers(pen, [MONDAYS], timedelta())
    assert found == {"mondays": Marker(AT, frozenset({DAY}))}


async def test_recorded_dates_are_those_due_later_than_the_marker(pen: Pen) -> None:
    await markers(pen, [MONDAYS, THURSDAYS], timedelta())
    await pen.storage.calendar.record([planned(), planned("thursdays", late=-MINUTE)], AT)
    found = await markers(pen, [MONDAYS, THURSDAYS], timedelta())
    assert found == {"mondays": Marker(AT, frozenset({DAY})), "thursdays": Marker(AT)}


async def test_markers_move_on_and_never_back(pen: Pen) -> None:
    await markers(pen, [MONDAYS], timedelta())
    for minutes in (5, 3):
        await pen.storage.calendar.settle(["mondays"], AT + minutes * MINUTE)
    assert await markers(pen, [MONDAYS], timedelta()) == {"mondays": Marker(AT + 5 * MINUTE)}


async def test_an_occurrence_is_recorded_once_whoever_records_it(pen: Pen) -> None:
    def record(late: timedelta = MINUTE) -> object:
        return pen.write(lambda work: work.use(OCCURRENCES).record(planned(late=late), AT))

    assert await record() is True  # type: ignore[misc]
    await pen.storage.calendar.record([planned(verdict=Verdict.SKIPPED, reason="too late")], AT)
    assert await record(5 * MINUTE) is False  # type: ignore[misc]


async def test_an_occurrence_of_a_unit_that_failed_was_not(pen: Pen) -> None:
    def fail(work: object) -> None:
        work.use(OCCURRENCES).record(planned(), AT)  # type: ignore[attr-defined]
        raise LookupError

    with pytest.raises(LookupError):
        await pen.write(fail)
    assert await pen.write(lambda work: work.use(OCCURRENCES).record(planned(), AT)) is True
