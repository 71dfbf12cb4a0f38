"""First direct conversations are counted, and none is opened for hours after a warning."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.mistakes import WINDOW, Mistakes
from adapters.discord.opening import HOUR, SHUT, Opening, note_of, read_note
from tests.adapters.scripted import START


def test_so_many_an_hour_and_then_a_wait_until_the_first_is_an_hour_old() -> None:
    opening = Opening(2)
    for minute in (0, 10):
        assert opening.wait(START + timedelta(minutes=minute)) is None
        opening.opened(START + timedelta(minutes=minute))
    assert opening.wait(START + timedelta(minutes=20)) == timedelta(minutes=40)
    assert opening.wait(START + HOUR) is None


def test_a_warning_shuts_it_for_hours() -> None:
    opening = Opening(10)
    opening.trip(START)
    assert opening.wait(START + SHUT - timedelta(seconds=1)) == timedelta(seconds=1)
    assert opening.wait(START + SHUT) is None


@given(st.lists(st.tuples(st.integers(0, 600), st.booleans()), max_size=60), st.integers(1, 5))
def test_no_hour_ever_holds_more_whatever_restarts_there_are(steps: list[tuple[int, bool]], most: int) -> None:
    opening, at, opened = Opening(most), START, []
    for step, restarts in steps:
        at += timedelta(seconds=step)
        if restarts:
            opening = Opening(most, read_note(note_of(opening.so_far())))
        if opening.wait(at) is None:
            opening.opened(at)
            opened.append(at)
    assert all(sum(one <= other < one + HOUR for other in opened) <= most for one in opened)


def test_too_many_refusals_stop_all_calls_until_the_first_is_ten_minutes_old() -> None:
    mistakes = Mistakes(3)
    for second in range(3):
        assert mistakes.wait(START + timedelta(seconds=second)) is None
        mistakes.note(403, START + timedelta(seconds=second))
        mistakes.note(404, START + timedelta(seconds=second))
    assert mistakes.wait(START + timedelta(seconds=10)) == WINDOW - timedelta(seconds=10)
    assert mistakes.wait(START + WINDOW) is None
