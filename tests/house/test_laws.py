"""The laws that can be read off the pages: kept by the tree, and each shown to catch a planted breach.

Laws that need the running bot (commands, person columns, renderers, words for errors, logs) have files of their own.
"""

from pathlib import Path

import pytest

from tests.house.code_laws import (
    LONGEST_FILE,
    LONGEST_FUNCTION,
    data_and_keys_are_ignored,
    empty_init_files,
    functions_stay_short,
    no_clock_or_dice,
    no_drawer_for_everything,
    no_long_file,
    no_long_function,
    no_question_in_vain,
    no_sentence_in_code,
    rooms_look_alike,
)
from tests.house.reading import ROOT, Law
from tests.house.testing_laws import no_mocks, no_toothless_test, no_waiting_in_tests
from tests.house.text_laws import nothing_beside_the_project, nothing_of_one_machine

LAWS = [
    data_and_keys_are_ignored,
    empty_init_files,
    functions_stay_short,
    no_clock_or_dice,
    no_drawer_for_everything,
    no_long_file,
    no_long_function,
    no_mocks,
    no_question_in_vain,
    no_sentence_in_code,
    no_toothless_test,
    no_waiting_in_tests,
    nothing_beside_the_project,
    nothing_of_one_machine,
    rooms_look_alike,
]

# Each breach: the law, the file it stands in, and the text. Split strings keep this file itself lawful.
BREACHES: list[tuple[Law, str, str]] = [
    (data_and_keys_are_ignored, ".gitignore", ".venv/\n/config.toml\n/data/\n"),
    (empty_init_files, "bot/pairing/__init__.py", "from bot.pairing.model import Pair"),
    (functions_stay_short, "storage/tables.py", ("def f():\n" + "    x = 1\n" * 8) * 20),
    (no_clock_or_dice, "bot/core/a.py", "from datetime import datetime\nx = datetime.now()"),
    (no_clock_or_dice, "bot/core/a.py", "import datetime as dt\nx = dt.datetime.now(dt.UTC)"),
    (no_clock_or_dice, "bot/core/a.py", "from datetime import date\nx = date.today()"),
    (no_clock_or_dice, "bot/core/a.py", "from time import monotonic\ndef f(clock=monotonic): ..."),
    (no_clock_or_dice, "bot/core/a.py", "import time\nx = time.time_ns()"),
    (no_clock_or_dice, "bot/core/a.py", "import random\nx = random.choice([1, 2])"),
    (no_clock_or_dice, "bot/core/a.py", "from random import Random\nx = Random()"),
    (no_clock_or_dice, "bot/core/a.py", "from uuid import uuid4\nx = uuid4()"),
    (no_clock_or_dice, "bot/core/a.py", "import secrets\nx = secrets.token_hex()"),
    (no_clock_or_dice, "bot/core/a.py", "import os\nx = os.urandom(8)"),
    (no_clock_or_dice, "scheduler/courier.py", "import asyncio\nasync def f():\n    await asyncio.sleep(1)"),
    (no_drawer_for_everything, "bot/core/utils.py", ""),
    (no_long_file, "adapters/local/static/space.js", "let it\n" * (LONGEST_FILE + 1)),
    (no_long_file, "bot/pairing/words.ftl", "hello = Hello\n" * (LONGEST_FILE + 1)),
    (no_long_function, "tests/test_a.py", "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
    (no_mocks, "tests/test_a.py", "from unittest.mock import patch"),
    (no_question_in_vain, "bot/pairing/store.py", "class Pairs:\n    def any_sent(self): ..."),
    (no_sentence_in_code, "bot/pairing/flow.py", "x = f('{name} would love to meet you.')"),
    (no_sentence_in_code, "bot/pairing/views.py", "x = ['Did you two talk?']"),
    (no_sentence_in_code, "bot/pairing/views.py", "x = f'Good morning {name}, how is your week?'"),
    (no_sentence_in_code, "bot/pairing/views.py", "x = 'Nobody was left over this week'"),
    (no_toothless_test, "tests/test_a.py", "def test_it() -> None:\n    print('done')"),
    (no_toothless_test, "tests/test_a.py", "def helper():\n    return 1\n\ndef test_it():\n    helper()"),
    (no_toothless_test, "tests/test_a.py", "class TestIt:\n    async def test_it(self):\n        assert True"),
    (no_waiting_in_tests, "tests/test_a.py", "import time\n\ndef test_it():\n    time.sleep(1)"),
    (no_waiting_in_tests, "tests/test_a.py", "from asyncio import sleep as doze\nasync def f():\n    await doze(0.1)"),
    (no_waiting_in_tests, "tests/test_a.py", "async def f(page):\n    await page.wait_for_timeout(100)"),
    (nothing_beside_the_project, "docs/a.md", "See ../" + "shared/data"),
    (nothing_beside_the_project, "tests/test_a.py", "x = ROOT.parent / 'sha" + "red'"),
    (nothing_of_one_machine, "Makefile", "\tpip install --index" + "-url x"),
    (nothing_of_one_machine, "a.lock", "# https://py" + "pi.org/simple"),
    (nothing_of_one_machine, "docs/a.md", "Look in /" + "home/ann/headsup"),
    (rooms_look_alike, "bot/pulse/handlers.py", ""),
]

HARMLESS = {
    "bot/door/wiring.py": "import random, time\nx = random.SystemRandom()\ny = time.monotonic()",
    "scheduler/clocks.py": "from datetime import UTC, datetime\nx = datetime.now(UTC)",
    "bot/core/dice.py": "from random import Random\ndef shuffled(dice: Random): ...\ndef seeded(n): return Random(n)",
    "bot/core/clock.py": "from datetime import UTC, datetime\nx = datetime.fromtimestamp(0, UTC)",
    "bot/pairing/flow.py": '"""Pairs people. It is kind."""\nx = words.text("pair-made")\n'
    "def f():\n    raise LookupError('There is no such round here.')",
    "bot/pairing/store.py": "class Pairs:\n    def all(self): ...",
    "bot/core/work.py": "def f(pairs): return pairs.all()",
    "bot/pairing/views.py": "x = 'introductions preview'\ny = 'pair:{}:{}'\nz = 'Europe/London'",
    "tests/test_by_helper.py": "def shows(it):\n    assert it\n\ndef test_it():\n    shows(2)",
    "tests/office.py": "def delivered(letter):\n    assert letter",
    "tests/test_by_office.py": "from tests.office import delivered\n\ndef test_it():\n    delivered(2)",
    "tests/test_by_refusal.py": "import asyncio, pytest\n\nasync def test_it():\n    await asyncio.sleep(0)\n"
    "    with pytest.raises(ValueError):\n        int('x')",
    ".gitignore": ".venv/\n/data/\n/keys/\n/config.toml\n",
}


@pytest.mark.parametrize("law", LAWS)
def test_the_house_keeps_it(law: Law) -> None:
    findings = law(ROOT)
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize(("law", "file", "text"), BREACHES)
def test_a_planted_breach_is_caught(tmp_path: Path, law: Law, file: str, text: str) -> None:
    write(tmp_path, {file: text})
    assert law(tmp_path) != []


@pytest.mark.parametrize("law", [law for law in LAWS if law is not rooms_look_alike])
def test_what_is_harmless_is_left_alone(tmp_path: Path, law: Law) -> None:
    write(tmp_path, HARMLESS)
    assert law(tmp_path) == []


def test_every_law_has_a_breach_planted() -> None:
    assert {law for law, _, _ in BREACHES} == set(LAWS)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
