"""One bot on one database: a lock file beside it, which the system lets go of however the process ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import OperatorError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file. Raises OperatorError while another process holds it, and where it cannot be made."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("w")
    except OSError as problem:
        raise OperatorError(
            f"{path} cannot be written ({problem.strerror}). Make the folder writable for the user that runs HeadsUp, "
            "or set storage.folder to one that is."
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OperatorError(
                f"HeadsUp is running on this database already ({path} is held). Stop that one first, or use it."
            ) from None
        yield
