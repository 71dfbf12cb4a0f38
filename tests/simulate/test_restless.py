"""What people do in hostile lives alone really happens there, and nowhere else."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from bot.chat.address import Account
from bot.chat.inbound import Inbound, Pressed
from bot.chat.outbound import Reply
from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.rehearsal import Rehearsal
from bot.door.simulate.running import rehearse
from bot.door.simulate.seconds import ALSO
from bot.door.simulate.wishes import Said, Wishes
from bot.members.actions import PauseOpen
from bot.members.away import paused


@cache
def lived(faults: Faults) -> Rehearsal:
    """A life that is well."""
    seen: list[Rehearsal] = []
    result = rehearse(Plan(members=40, weeks=4, seed=10, faults=faults, crashes=2), seen.append)
    assert result.violations == ()
    assert result.is_well
    return seen[-1]


def test_some_come_back_before_the_day_they_named() -> None:
    assert lived(Faults.HOSTILE).witness.wishes.back_early >= 3


def test_some_choose_the_hours_they_live_by() -> None:
    counts = lived(Faults.HOSTILE).witness.choices.counts
    assert (counts["zone"] >= 3, counts["weekends"] > 0, counts["holidays"] > 0) == (True, True, True)


def test_some_are_one_person_with_two_accounts_and_go_on_from_either() -> None:
    witness = lived(Faults.HOSTILE).witness
    assert witness.connections.counts["connected"] >= 3
    assert witness.connections.counts["parted"]
    answered = [account for _, account in witness.answers]
    assert any(account.endswith(ALSO) for account in answered)


def test_some_ask_a_listener_worry_about_somebody_or_are_told_something_with_everybody() -> None:
    witness = lived(Faults.HOSTILE).witness
    assert len(witness.hearings.sent) >= 5
    assert len(witness.hearings.taken) >= 3
    said = witness.said_of(("worry", "announce", "announced", "gone"))
    assert (said["worry"] >= 2, said["announce"] >= 20, said["announced"] >= 2) == (True, True, True)


@pytest.mark.parametrize("faults", [Faults.NONE, Faults.SOME])
def test_nobody_is_restless_where_less_goes_wrong(faults: Faults) -> None:
    witness = lived(faults).witness
    assert (witness.wishes.back_early, witness.choices.waits, witness.connections.waits) == (0, False, False)
    assert not witness.hearings.sent
    assert not witness.said_of(("announce", "worry"))


def test_who_was_somebody_else_before_asked_for_nothing() -> None:
    """Forgotten and back, or parted with: what was asked for with that account was another's wish."""
    wishes, at, ana = Wishes("Europe/London"), datetime(2026, 10, 15, 7, tzinfo=UTC), Account("local", "space", "ana")
    pause = Inbound("1", at, Pressed(PauseOpen().pack()), ana)
    wishes.acted(pause, at)
    wishes.heard(pause, Reply(view=paused(None)))
    last = wishes.last({ana.show(): at - timedelta(days=9)})
    assert last is not None
    assert last.said is Said.PAUSED
    assert wishes.last({ana.show(): at + timedelta(days=6)}) is None
