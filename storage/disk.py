"""How full the disk is."""

import shutil
from pathlib import Path


def percent_full(folder: Path) -> int | None:
    """As `df` says it: of what may be used at all, rounded up. None where it cannot be told."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    return -(-100 * usage.used // max(usage.used + usage.free, 1))


def unknown() -> int | None:
    """For a database on another machine."""
    return None
