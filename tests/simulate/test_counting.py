"""What the organiser of a rehearsal asks for: whatever could count people; and what she is told is read."""

from dataclasses import replace

import pytest

from bot.chat.inbound import Inbound, Used
from bot.chat.outbound import Reply
from bot.chat.view import words_of_view
from bot.door.simulate import counting
from bot.door.simulate.counting import told_too_small
from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.running import rehearse

PLAN = Plan(members=10, weeks=4, seed=3, faults=Faults.HOSTILE)


def replies(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What was said last to each of her commands."""
    said: dict[str, str] = {}
    asked = counting.asked

    def hear(inbound: Inbound, reply: Reply) -> str:
        is_hers = inbound.account is not None and inbound.account.user == counting.ORGANISER
        if is_hers and isinstance(inbound.what, Used) and reply.view:
            said[inbound.what.words] = words_of_view(reply.view)
        return asked(inbound, reply)

    with monkeypatch.context() as plant:
        plant.setattr(counting, "asked", hear)
        rehearse(plan)
    return said


def test_where_everything_goes_wrong_she_asks_for_all_that_could_count(monkeypatch: pytest.MonkeyPatch) -> None:
    said = replies(PLAN, monkeypatch)
    assert said.keys() >= {*counting.ASKED, *counting.MORE}
    assert any("Coming: " in words for asked, words in said.items() if asked.startswith("event show"))
    calm = replies(replace(PLAN, faults=Faults.NONE), monkeypatch)
    assert calm.keys() & {*counting.ASKED, *counting.MORE} == {*counting.ASKED}


def test_the_name_of_a_trouble_is_no_count() -> None:
    assert told_too_small("Please tell an organiser “D1”: it helps 3 of them find it.") == ["3"]


def test_how_many_places_there_are_is_no_count_and_how_many_are_left_is_one() -> None:
    words = "Breakfast, 2 November. When: Fri 4 Nov, 07:00 UTC, 1 hour, 4 times. Places: 3. Left: 2. Coming: 1, 25 %"
    assert told_too_small(words) == ["2", "1"]


def test_a_scale_is_no_count_and_who_gave_an_answer_is_one() -> None:
    assert told_too_small("1 is not at all, 5 is completely. 1 is left over.") == ["1"]
    words = "1 is very hard, 5 is very good.\nHard (1 or 2): about 15\nIn between (3): 4\nBurnout (3 to 5): about 10"
    assert told_too_small(words) == ["4"]
