"""Polls in a rehearsal: with deaths and planned restarts while answers wait, and each broken part is reported."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.chat.outbound import Reply
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.core.feature import Call
from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.running import rehearse
from bot.pulse.answering import Answering
from bot.pulse.friday import PulseFriday
from storage import pulse
from storage.people import members
from tests.simulate.doubles import Plant

PLAN = Plan(members=60, weeks=2, seed=3)


def test_answers_wait_through_deaths_and_planned_restarts() -> None:
    result = rehearse(replace(PLAN, weeks=4, faults=Faults.HOSTILE, crashes=4))
    assert (result.violations, result.is_well) == ((), True)
    assert result.polls >= 3
    assert result.poll_answers > 50
    assert result.polls_lost
    assert result.polls_handed_over


def asks_everybody(plant: Plant) -> None:
    """Whoever is in is asked, agreed or not."""
    everybody = select(members.c.id, members.c.nation).where(members.c.stage == "member", members.c.left_at.is_(None))
    plant.setattr(pulse, "_eligible", everybody.order_by(members.c.id))


def reminds_some(plant: Plant) -> None:
    """Every second one hears of it again."""
    look = PulseFriday.look

    def sometimes(self: PulseFriday, *given: object) -> object:
        part = look(self, *given)  # type: ignore[arg-type]
        return lambda member: part(member) if member % 2 else ()

    plant.setattr(PulseFriday, "look", sometimes)


def thanks_differently(plant: Plant) -> None:
    """Each answer is answered in words of its own."""
    give = Answering.give

    def differently(self: Answering, call: Call) -> Reply:
        reply, who = give(self, call), call.account
        view = View((*reply.view.blocks, Paragraph(plain(who.user)))) if reply.view and who else reply.view
        return Reply(view=view)

    plant.setattr(Answering, "give", differently)


def tells_of_few(plant: Plant) -> None:
    """Four answers are enough."""
    plant.setattr("bot.pulse.telling.K", 1)
    plant.setattr("bot.pulse.telling._leave_room", lambda rows, asked: True)
    plant.setattr("bot.door.simulate.town._ANSWER_POLLS", (0.0, 0.0, 0.25))


@pytest.mark.parametrize(
    ("plant", "rule"),
    [
        (asks_everybody, "asked without consent"),
        (reminds_some, "reminded or not"),
        (thanks_differently, "answers are answered differently"),
        (tells_of_few, "too few are told"),
    ],
)
def test_the_rule_that_is_broken_reports_it(
    plant: Callable[[Plant], None], rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert rule in {one.rule for one in rehearse(PLAN).violations}
