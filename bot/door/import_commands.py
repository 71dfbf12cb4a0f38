"""`headsup schools import`, `members import` and `events import`: beside a running bot, in short transactions."""

import csv
import io
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from bot.calendars.bringing import Bringing, bringing
from bot.calendars.components import MOST_BYTES
from bot.calendars.importing import read_calendar
from bot.chat.address import EVENTS
from bot.chat.ids import Id
from bot.config import Configured
from bot.core.errors import OperatorError
from bot.core.hours import Hours
from bot.core.post import Policy
from bot.core.terms import read_terms
from bot.door import ground, terminal
from bot.door.demo.clockwork import InDatabase, kept_time
from bot.door.import_events import import_calendar
from bot.door.imports import Codes, Progress, import_roster, import_schools, new_code
from bot.door.platforms import home_of
from bot.door.wiring import Parts, code_hash, open_parts
from bot.events.attending import Attending
from bot.events.model import EventSettings
from scheduler.clocks import SystemClock
from storage.house import Home, House, RandomIds

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


async def events(configured: Configured, file: Path, *, quiet: bool) -> dict[str, Any]:
    """Bring in a calendar. Raises OperatorError for another file."""
    with _stream(file, "calendar") as stream:
        content = stream.read(MOST_BYTES + 1)
    async with _inhabited(configured) as parts:
        kept = await kept_time(InDatabase(parts.storage, parts.clock)) if configured.config.is_demo else None
        at = kept or parts.clock.now()
        calendar = read_calendar(content, configured.config.network.zone, at)
        brings = bringing_for(configured, parts.house, calendar.name or file.stem)
        with _counting("Reading events", quiet) as progress:
            return (await import_calendar(parts.storage, calendar, brings, at, progress)).as_json()


@asynccontextmanager
async def _inhabited(configured: Configured) -> AsyncIterator[Parts]:
    """The storage as `ground.opened` has it, and its rooms: they hear what is changed, and write to whom it
    concerns."""
    home = _home(configured)
    await ground.brought_up(configured)
    parts = await open_parts(configured, SystemClock(), home, frozenset())
    try:
        yield parts
    finally:
        await parts.storage.close()


def _home(configured: Configured) -> Home:
    if not configured.config.is_demo:
        return home_of(configured)
    from bot.door.run import HOME  # the whole space in the browser comes with it

    return HOME


def bringing_for(configured: Configured, house: House, calendar: str) -> Bringing:
    """What brings a calendar of that name into this network."""
    config, terms = configured.config, read_terms(configured.terms)
    network, places = config.network, config.places(EVENTS)
    settings = EventSettings(network.zone, network.nation, terms, places, config.calendars)
    attending = Attending(Policy(Hours(network.zone, network.nation), terms, config.hours.rules))
    return bringing(settings, lambda text: Id(house.lane(text)), calendar, attending.join_all)


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
def _stream(file: Path, kind: str = "CSV") -> Iterator[BinaryIO]:
    try:
        stream = file.open("rb")
    except OSError as problem:
        raise OperatorError(f"{file}: cannot be read ({problem.strerror}). Name a {kind} file that is there.") from None
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
