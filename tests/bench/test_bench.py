"""`make bench` runs: a yardstick that has broken says nothing, and nobody hears that it does."""

import subprocess
import sys

from tests.house.reading import ROOT

PARTS = ["writer", "start", "letters"]


def test_the_bench_measures() -> None:
    """To the end, whatever it finds on a machine that is busy with tests."""
    command = [sys.executable, "-m", "tests.bench", "--turns", "1", "--only", *PARTS]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.endswith(("all bars are passed\n", "some bars are not passed\n")), told.stderr
