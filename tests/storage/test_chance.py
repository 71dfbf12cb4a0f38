"""Random bytes that are fetched ahead: a nonce that is used twice would open what it seals."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from storage.chance import AHEAD, Draws

MANY = 3 * AHEAD + 1


def test_no_draw_is_given_twice() -> None:
    draws = Draws(12)
    drawn = [draws.next() for _ in range(MANY)]
    assert {len(one) for one in drawn} == {12}
    assert len(set(drawn)) == MANY


def test_threads_that_draw_at_once_are_given_different_ones() -> None:
    draws = Draws(12)
    with ThreadPoolExecutor(4) as threads:
        drawn = [one for each in threads.map(lambda _: [draws.next() for _ in range(MANY)], range(4)) for one in each]
    assert len(set(drawn)) == 4 * MANY


FORKS = """
import os
from storage.chance import AHEAD, Draws
draws = Draws(12)
draws.next()
reads, writes = os.pipe()
if not (child := os.fork()):
    os.write(writes, draws.next())
    os._exit(0)
os.waitpid(child, 0)
assert os.read(reads, 99) not in [draws.next() for _ in range(AHEAD)]
"""


def test_a_forked_process_draws_its_own() -> None:
    """In a process without threads, which alone may fork in peace."""
    assert subprocess.run([sys.executable, "-c", FORKS], check=False).returncode == 0
