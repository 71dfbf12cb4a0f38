"""Pacing: how fast a platform may be spoken to. Buckets of tokens by platform, workspace and route.

Nothing waits here. A letter that cannot go yet is told when to come back, and goes back to the outbox until then.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.chat.outbound import Parcel, Removes, ToAccount, ToChannel, ToCircle
from bot.core.outbox import Kind

WAITING = frozenset({Kind.ANSWER, Kind.URGENT})
"""Kinds behind which a person waits: they may use the tokens that a bucket keeps back."""

HORIZON = timedelta(minutes=2)
"""No letter is told to wait longer because of others: after that the outbox chooses anew who is next."""

ASKED_TO_WAIT = timedelta(seconds=30)
"""How long a bucket is closed when a platform says "slow down" and not for how long."""

_HAIR = timedelta(milliseconds=1)
_SLOWEST = 1 / 16
_RECOVERS = 1.01


@dataclass(frozen=True)
class Pace:
    """`rate` letters a second for ever, `burst` at once, of which `kept` are for people who wait.

    Both endless, or neither. Raises ValueError for a pace at which a letter could never go.
    """

    rate: float = math.inf
    burst: float = math.inf
    kept: int = 0

    def __post_init__(self) -> None:
        if self.rate <= 0 or self.burst < self.kept + 1 or math.isinf(self.rate) != math.isinf(self.burst):
            raise ValueError("a pace has a rate above 0, and a burst that leaves one letter beside those kept")


FREE = Pace()

Route: TypeAlias = tuple[str, str, str]
"""Platform, workspace and way: `all` of it; to a place, `direct`, `open`, `circle`, `channel:{name}` or `meeting`; and
`edit`, `removal` or `look`, for what is done with a message that is there already, or may be."""

LOOK = "look"


def routes(parcel: Parcel) -> tuple[Route, Route]:
    """Those that a parcel needs a token of: its workspace, and its way. `open` is for a first conversation."""
    match parcel.to:
        case ToAccount(account, conversation):
            workspace, way = account.workspace, "direct" if conversation else "open"
        case ToChannel(workspace, name):
            way = "meeting" if parcel.meeting else f"channel:{name}"
        case ToCircle(workspace=workspace, conversation=conversation):
            way = "circle" if conversation else "open"
    return (parcel.platform, workspace, "all"), (parcel.platform, workspace, way)


def deeds(parcel: Parcel) -> tuple[str, ...]:
    """What is done with a message that is there already. One whose name is not known is looked for before it goes."""
    if parcel.removes:
        return ("removal",) if parcel.instead_of else (LOOK, "removal")
    return ("edit",) if parcel.instead_of else ()


class Bucket:
    """The tokens of one route. Every `at` is UTC; one that lies before the last means that the clock was set back."""

    def __init__(self, pace: Pace, at: datetime) -> None:
        self._pace, self._rate, self._tokens = pace, pace.rate, pace.burst
        self._seen = self._closed = self._queue = at

    def has(self, at: datetime, waiting: bool) -> bool:
        """Whether a letter may go; `waiting` where somebody waits for it."""
        self._fill(at)
        return at >= self._closed and self._tokens >= self._needs(waiting)

    def take(self) -> None:
        self._tokens -= 1
        self._rate = min(self._pace.rate, self._rate * _RECOVERS)

    def later(self, at: datetime, waiting: bool) -> datetime:
        """When one that may not go should come back: bulk behind bulk, a person's at the next token."""
        lacks = max(0.0, self._needs(waiting) - self._tokens)
        first = max(at, self._closed) + timedelta(seconds=lacks / self._rate) + _HAIR
        if waiting:
            return first
        self._queue = max(first, self._queue + timedelta(seconds=1 / self._rate))
        return min(self._queue, max(at, self._closed) + HORIZON)

    def close(self, at: datetime, wait: timedelta, learns: bool = True) -> datetime:
        """Nothing goes until `wait` is over, and then, if it `learns`, more slowly, quickening with each that goes."""
        self._fill(at)
        self._closed = max(self._closed, at + wait)
        if learns:
            self._rate = max(self._rate / 2, self._pace.rate * _SLOWEST)
        if math.isfinite(self._rate):
            self._tokens = min(self._tokens, self._pace.kept + 1)
        return self._closed

    def _needs(self, waiting: bool) -> int:
        return 1 if waiting else 1 + self._pace.kept

    def _fill(self, at: datetime) -> None:
        gone = at - self._seen
        if gone < timedelta():
            self._closed, self._queue = self._closed + gone, self._queue + gone
        elif self._tokens < self._pace.burst:
            self._tokens = min(self._pace.burst, self._tokens + gone.total_seconds() * self._rate)
        self._seen, self._queue = at, min(self._queue, max(at, self._closed) + HORIZON)


class Pacing:
    """All buckets. `paces` is by platform and way (all channels are `channel`); what is not named is not paced.

    A platform that counts `edit` or `removal` apart has a pace for it: such a letter then goes that way alone, and
    holds up no other. Where there is none, it goes the way of what is said. To look is always a way of its own.
    """

    def __init__(self, paces: Mapping[tuple[str, str], Pace] | None = None) -> None:
        self._paces = paces or {}
        self._buckets: dict[Route, Bucket] = {}

    def ask(self, parcel: Parcel, kind: Kind, at: datetime, *, looks: bool = False) -> datetime | None:
        """None: go, now, or look for it. Otherwise when to ask again; nothing was taken."""
        buckets, waiting = [self._bucket(route, at) for route in self._routes(parcel, looks)], kind in WAITING
        full = [bucket for bucket in buckets if not bucket.has(at, waiting)]
        if full:
            return max(bucket.later(at, waiting) for bucket in full)
        for bucket in buckets:
            bucket.take()
        return None

    def slow_down(self, parcel: Parcel, at: datetime, wait: timedelta | None, *, looks: bool = False) -> datetime:
        """A platform asked for it: close exactly the parcel's route in its workspace. Says until when.

        A way that is let go as fast as its whole workspace has no measure of its own: the refusal is the workspace's.
        To take everything away can be more than a minute's calls by itself: that tells nothing of the pace.
        """
        wait, learns = ASKED_TO_WAIT if wait is None else wait, parcel.removes is not Removes.EVERYTHING
        platform, workspace, way = own = self._routes(parcel, looks)[-1]
        closed = [own, (platform, workspace, "all")] if self._is_as_wide(platform, way) else [own]
        return max(self._bucket(route, at).close(at, wait, learns) for route in closed)

    def _routes(self, parcel: Parcel, looks: bool) -> tuple[Route, ...]:
        """The last one is its own. Whoever is not known yet has to be opened for, whatever is done there."""
        said = routes(parcel)
        platform, workspace, way = said[-1]
        apart = [deed for deed in ((LOOK,) if looks else deeds(parcel)) if (platform, deed) in self._paces]
        if not apart:
            return ((platform, workspace, LOOK),) if looks else said
        ways = ["open", *apart] if way == "open" else apart
        return tuple((platform, workspace, each) for each in ways)

    def _is_as_wide(self, platform: str, way: str) -> bool:
        pace, whole = (self._paces.get((platform, each)) for each in (way, "all"))
        return pace is not None and whole is not None and pace.rate >= whole.rate

    def _bucket(self, route: Route, at: datetime) -> Bucket:
        if route not in self._buckets:
            platform, _, way = route
            self._buckets[route] = Bucket(self._paces.get((platform, way.partition(":")[0]), FREE), at)
        return self._buckets[route]
