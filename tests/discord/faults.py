"""What a test can make go wrong with a call, a number of times or for a share of all calls."""

from dataclasses import dataclass
from enum import Enum, auto
from fnmatch import fnmatch
from random import Random

from tests.discord.model import Refusal


class Wrong(Enum):
    """How a call goes wrong."""

    REQUEST_LOST = auto()
    """The connection ends before anything is done."""
    REPLY_LOST = auto()
    """It is done, and the connection ends before the answer."""
    RESET = auto()
    """A reset before anything is done."""
    SLOW = auto()
    """Done, and the answer held back for `seconds` by the clock."""
    STATUS = auto()
    """Not done; an HTTP status with a page of HTML, as a proxy gives it."""
    DONE_STATUS = auto()
    """Done, and a proxy's page all the same."""
    LIMITED = auto()
    """Not done; 429 with `retry_after` seconds, of this route only."""
    LIMITED_GLOBALLY = auto()
    """The same for every route."""
    REFUSED = auto()
    """Not done; refused with `status`, `code` and `message`."""


@dataclass
class Fault:
    """One thing that goes wrong."""

    route: str
    """`POST /channels/*/messages`: a method and a path, either with wildcards; `*` for all."""
    wrong: Wrong
    times: int | None = 1
    share: float = 1.0
    status: int = 502
    code: int = 0
    message: str = "Something is broken"
    seconds: float = 1.0
    happened: int = 0

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.status, self.code, self.message)


class Faults:
    """What is planted; the first that fits happens."""

    def __init__(self, rng: Random) -> None:
        self.planted: list[Fault] = []
        self._rng = rng

    def plant(self, route: str, wrong: Wrong, *, times: int | None = 1, share: float = 1.0, **how: object) -> Fault:
        """From now on: `times` calls (None: for ever), each with the chance `share`."""
        fault = Fault(route, wrong, times, share)
        for name, value in how.items():
            if not hasattr(fault, name):
                raise TypeError(name)
            setattr(fault, name, value)
        self.planted.append(fault)
        return fault

    def due(self, method: str, path: str) -> Fault | None:
        for fault in self.planted:
            used_up = fault.times is not None and fault.happened >= fault.times
            if not used_up and fnmatch(f"{method} {path}", fault.route) and self._rng.random() < fault.share:
                fault.happened += 1
                return fault
        return None
