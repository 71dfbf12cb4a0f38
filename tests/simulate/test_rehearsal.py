"""Lives of a network with everything going wrong: nothing is broken, lost or said twice; and a seed lives one life."""

import os
import subprocess
import sys
from dataclasses import replace

import msgspec
import pytest

from bot.door.simulate.plan import Db, Faults, Plan
from bot.door.simulate.result import Result
from bot.door.simulate.running import rehearse
from tests.conftest import DRILL
from tests.door.commands import Headsup
from tests.simulate import doubles

SEEDS = 1_000 if DRILL else 20
FIGURES = (
    "seed members weeks rounds groups pairs trios repeats left_out_twice_running letters_sent letters_dead "
    "letters_lost letters_twice possible_duplicates answers_acked answers_lost unasked_per_week_median "
    "unasked_per_week_p95 events event_answers reminders places_offered crashes violations event_log_sha256 wall_s"
)
"""What scripts read; never fewer."""


def hostile(seed: int) -> Plan:
    """Every seed another size, another length, another number of deaths."""
    return Plan(members=8 + seed % 9, weeks=3 + seed % 3, seed=seed, faults=Faults.HOSTILE, crashes=1 + seed % 4)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_hostile_lives(seed: int) -> None:
    plan = hostile(seed)
    result = rehearse(plan)
    assert result.violations == (), plan.command
    assert result.is_well, plan.command
    assert result.crashes == plan.crashes
    assert result.letters_sent


def test_a_seed_lives_one_life_in_any_process() -> None:
    plan = Plan(members=14, weeks=4, seed=5, faults=Faults.HOSTILE, crashes=3)
    words = plan.command.split()[1:]
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-m", "bot", *words, "--json"]
    elsewhere = subprocess.run(command, env=environment, capture_output=True, check=True)
    there = msgspec.json.decode(elsewhere.stdout, type=Result)
    here = rehearse(plan)
    assert msgspec.structs.replace(there, wall_s=0.0) == msgspec.structs.replace(here, wall_s=0.0)
    assert rehearse(replace(plan, seed=6)).event_log_sha256 != here.event_log_sha256


def test_on_postgresql(postgres_url: str) -> None:
    plan = Plan(members=8, weeks=3, seed=4, faults=Faults.HOSTILE, crashes=2, db=Db.POSTGRESQL)
    result = rehearse(plan, server=postgres_url)
    assert result.violations == ()
    assert result.is_well
    assert (result.crashes, bool(result.groups)) == (2, True)


def test_the_command_answers_a_machine(headsup: Headsup) -> None:
    ran = headsup("simulate", "--members", "6", "--weeks", "2", "--json")
    assert set(ran.json) >= set(FIGURES.split())
    assert (ran.code, ran.json["violations"], ran.json["groups"]) == (0, [], ran.json["pairs"] + ran.json["trios"])


def test_the_command_says_what_was_broken(headsup: Headsup, monkeypatch: pytest.MonkeyPatch) -> None:
    doubles.courier_without_quiet_hours(monkeypatch)
    ran = headsup("simulate", "--members", "6", "--weeks", "2", "--watch")
    assert ran.code == 1
    assert "quiet hours" in ran.err
    assert "Live it again with: headsup simulate --members 6 --weeks 2 --seed 7" in ran.err


def test_a_database_of_its_own_needs_a_server(headsup: Headsup) -> None:
    ran = headsup("simulate", "--members", "2", "--weeks", "1", "--db", "postgresql")
    assert ran.code == 1
    assert "HEADSUP_STORAGE__URL" in ran.err


@pytest.mark.parametrize("seed", range(SEEDS // 4))
def test_hostile_lives_in_small_parts(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a network of thousands: a Monday, a Thursday and a Friday are kept in many transactions, and deaths come in
    between."""
    monkeypatch.setattr("bot.core.parts.A_PART", 2)
    plan = replace(hostile(seed), members=24, crashes=6)
    result = rehearse(plan)
    assert result.crashes == 6
    assert result.violations == (), plan.command
    assert result.is_well, plan.command
