"""What a test can make go wrong with a call, a number of times or for a share of all calls."""

from dataclasses import dataclass
from enum import Enum, auto
from fnmatch import fnmatch
from random import Random


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
    LIMITED = auto()
    """Not done; 429 with Retry-After."""
    ERROR = auto()
    """Not done; `ok: false` with the error named."""
    DONE_ERROR = auto()
    """Done, and answered with the error named: Slack's fatal_error says it may have been."""


@dataclass
class Fault:
    """One thing that goes wrong."""

    method: str
    """A method's name; `chat.*` for all of a group, `*` for all; `upload` and `response_url` are names too."""
    wrong: Wrong
    times: int | None = 1
    share: float = 1.0
    status: int = 503
    error: str = "internal_error"
    seconds: float = 1.0
    happened: int = 0


class Faults:
    """What is planted; the first that fits happens."""

    def __init__(self, rng: Random) -> None:
        self.planted: list[Fault] = []
        self._rng = rng

    def plant(self, method: str, wrong: Wrong, *, times: int | None = 1, share: float = 1.0, **how: object) -> Fault:
        """From now on: `times` calls (None: for ever), each with the chance `share`."""
        fault = Fault(method, wrong, times, share)
        for name, value in how.items():
            if not hasattr(fault, name):
                raise TypeError(name)
            setattr(fault, name, value)
        self.planted.append(fault)
        return fault

    def due(self, method: str) -> Fault | None:
        for fault in self.planted:
            used_up = fault.times is not None and fault.happened >= fault.times
            if not used_up and fnmatch(method, fault.method) and self._rng.random() < fault.share:
                fault.happened += 1
                return fault
        return None
