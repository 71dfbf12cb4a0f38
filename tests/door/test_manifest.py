"""`headsup manifest slack` on the command line: to be pasted as it is, and nothing beside it."""

import json
from pathlib import Path

import pytest

from tests.adapters.slack.installed import ADDRESS, made
from tests.adapters.slack.test_manifest import FOLDER
from tests.door.commands import Headsup


def test_it_prints_what_is_to_be_pasted_and_touches_nothing(headsup: Headsup, tmp_path: Path) -> None:
    ran = headsup("manifest", "slack")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (FOLDER / "manifest.yaml").read_text("utf-8")
    assert headsup("manifest", "slack", "--http", ADDRESS).out == (FOLDER / "manifest.http.yaml").read_text("utf-8")
    assert list(tmp_path.iterdir()) == []


def test_a_machine_gets_the_same_as_json(headsup: Headsup) -> None:
    ran = headsup("manifest", "slack", "--http", ADDRESS, "--json")
    assert (ran.code, ran.json) == (0, json.loads(json.dumps(made(ADDRESS))))


@pytest.mark.parametrize("address", ["http://bot.example.org", "bot.example.org", "https://", "https://a.org/?x=1"])
def test_an_address_that_slack_cannot_reach_is_a_sentence(headsup: Headsup, address: str) -> None:
    ran = headsup("manifest", "slack", "--http", address)
    assert (ran.code, ran.out) == (1, "")
    assert "https://bot.example.org" in ran.err
    assert "Traceback" not in ran.err
