"""`headsup preview`: everything the bot can say, on one page to be read by whoever answers for its words."""

import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.local.preview import draw_preview
from bot import front
from bot.config import Configured
from bot.core.errors import OperatorError
from bot.core.feature import Sample
from bot.door.plates import plates

STANDARD_OUTPUT = Path("-")


def write_preview(configured: Configured, out: Path) -> dict[str, int]:
    """Write the page; how many samples each room shows. Needs no database. Raises OperatorError."""
    samples = all_samples(configured)
    page = draw_preview(samples)
    if out == STANDARD_OUTPUT:
        sys.stdout.write(page)
    else:
        _write(out, page)
    return {room: len(contributed) for room, contributed in samples.items()}


def all_samples(configured: Configured) -> dict[str, Sequence[Sample]]:
    """What each room that says anything can say, after what is said before any room does."""
    directory = plates(configured)
    rooms = {room.name: room.samples() for room in directory.features if room.samples}
    return {"everywhere": front.samples(directory), **rooms}


def _write(out: Path, page: str) -> None:
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as problem:
        raise OperatorError(
            f"{out} cannot be written ({problem.strerror}). Name a file in a folder that you may write to: "
            "headsup preview --out FILE"
        ) from None
