"""`headsup schools import` and `headsup members import`: beside a running bot, in short transactions."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from bot.config import Configured
from bot.core.errors import OperatorError
from bot.door import ground, terminal
from bot.door.imports import Codes, Progress, import_roster, import_schools, new_code
from bot.door.wiring import code_hash
from scheduler.clocks import SystemClock
from storage.house import RandomIds

_HEADING = ("ref", "code")


async def schools(configured: Configured, file: Path, *, quiet: bool) -> dict[str, Any]:
    """Read the register. Raises OperatorError for another file."""
    async with ground.opened(configured) as (_, storage):
        with _stream(file) as stream, _counting("Reading schools", quiet) as progress:
            return (await import_schools(storage, stream, SystemClock(), progress)).as_json()


async def members(configured: Configured, file: Path, codes: Path | None, renew: str, *, quiet: bool) -> dict[str, Any]:
    """Register people, and write the codes of the new ones to a file for the operator alone."""
    if codes is None:
        raise OperatorError("Say where the personal codes are to be written, for you alone: --codes codes.csv")
    async with ground.opened(configured) as (house, storage):
        clock, given = SystemClock(), Codes(RandomIds(), code_hash(house), partial(_add_codes, codes))
        given.give({})  # what cannot be written must show before anybody's code is in force
        with _stream(file) as stream, _counting("Reading people", quiet) as progress:
            summary = await import_roster(storage, stream, clock, given, progress)
        if renew:
            await new_code(storage, renew, clock, given)
        return summary.as_json()


def _add_codes(path: Path, codes: Mapping[str, str]) -> None:
    """Write new codes behind those in the file: a second run, which makes none, takes none away.

    Raises OperatorError where they cannot be kept there.
    """
    lines = io.StringIO()
    try:
        csv.writer(lines, lineterminator="\n").writerows([_HEADING, *({**_codes_in(path), **codes}).items()])
        ground.write_private(path, lines.getvalue())
    except OSError as problem:
        raise OperatorError(
            f"{path}: personal codes cannot be kept there ({problem.strerror}). Name a file that can be written: "
            "--codes codes.csv"
        ) from None


def _codes_in(path: Path) -> dict[str, str]:
    """The codes of earlier runs. Raises OperatorError for a file of another kind, which must not be written over."""
    if not path.exists():
        return {}
    heading, _, rest = path.read_text("utf-8-sig", errors="replace").partition("\n")
    if heading.strip() not in ("", ",".join(_HEADING)):
        raise OperatorError(
            f"{path}: holds something other than personal codes, which would be lost. Name a file of their own: "
            "--codes codes.csv"
        )
    return {row[0]: row[1] for row in csv.reader(io.StringIO(rest)) if len(row) == len(_HEADING)}


@contextmanager
def _stream(file: Path) -> Iterator[BinaryIO]:
    try:
        stream = file.open("rb")
    except OSError as problem:
        raise OperatorError(f"{file}: cannot be read ({problem.strerror}). Name a CSV file that is there.") from None
    with stream:
        yield stream


@contextmanager
def _counting(words: str, quiet: bool) -> Iterator[Progress]:
    """A line that counts rows, for people; nothing for machines."""
    if quiet:
        yield lambda rows: None
        return
    done = 0
    with terminal.progress(words) as tell:

        def count(rows: int) -> None:
            nonlocal done
            done += rows
            tell(done)

        yield count
