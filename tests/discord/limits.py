"""Discord's limits: a bucket for each route and its channel, fifty a second for all, and the ban for bad calls."""

from collections import Counter, deque
from dataclasses import dataclass, field

from tests.discord.model import Json, Refusal

BAN_WINDOW = 600.0
EXEMPT = ("/interactions/", "/webhooks/")
"""Not bound by the limit of all calls."""
MAJOR = ("channels", "guilds", "webhooks", "interactions")


@dataclass
class Limits:
    """What the application may. Discord publishes only the global one and the ban; buckets are told by headers."""

    buckets: dict[str, tuple[int, float]] = field(
        default_factory=lambda: {
            "POST /channels/{channel}/messages": (5, 5.0),
            "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
            "DELETE /channels/{channel}/messages/{message}": (5, 1.0),
            "POST /users/@me/channels": (10, 10.0),
            "POST /channels/{channel}/threads": (10, 10.0),
            "PUT /channels/{channel}/thread-members/{user}": (5, 5.0),
        }
    )
    """Calls and seconds, by method and path."""
    otherwise: tuple[int, float] = (50, 1.0)
    a_second: int = 50
    ban_after: int = 10_000
    """Answers of 401, 403 and 429 in ten minutes."""


@dataclass
class Openings:
    """How many new direct conversations may be opened in a while, before 40003."""

    most: int | None = None
    """None: as many as one likes. Discord publishes no number."""
    window: float = 3600.0
    status: int = 400
    """Seen as 400 and as 403."""
    opened: list[float] = field(default_factory=list)
    refused: int = 0

    def count(self, now: float) -> None:
        """Count one more, or refuse it."""
        recent = [at for at in self.opened if at > now - self.window]
        if self.most is not None and len(recent) >= self.most:
            self.refused += 1
            raise Refusal(self.status, 40003, "You are opening direct messages too fast")
        self.opened.append(now)


@dataclass
class Bucket:
    """So many calls until an instant."""

    left: int
    until: float


@dataclass(frozen=True)
class TooMany:
    """A call is refused: for how long, and whether for every route."""

    seconds: float
    everywhere: bool

    @property
    def body(self) -> Json:
        return {
            "message": "You are being rate limited.",
            "retry_after": round(self.seconds, 3),
            "global": self.everywhere,
        }

    @property
    def headers(self) -> dict[str, str]:
        scope = "global" if self.everywhere else "user"
        made = {"Retry-After": str(max(1, int(self.seconds + 0.999))), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
        return made | ({"X-RateLimit-Global": "true"} if self.everywhere else {})


class Throttle:
    """Says of each call whether it may go on, and what its headers say."""

    def __init__(self, limits: Limits | None) -> None:
        self.limits = limits
        self.refused: Counter[str] = Counter()
        """How many 429s, by method and route."""
        self.invalid: deque[float] = deque()
        self.most_in_a_second = 0
        self._buckets: dict[str, Bucket] = {}
        self._all: deque[float] = deque()

    def wait(self, method: str, route: str, path: str, now: float) -> tuple[TooMany | None, dict[str, str]]:
        """Count the call in, or say how long it must wait."""
        if self.limits is None:
            return None, {}
        name = f"{method} {route}"
        if not path.startswith(EXEMPT) and (seconds := self._in_all(now)):
            self.refused[name] += 1
            return TooMany(seconds, True), {}
        most, window = self.limits.buckets.get(name, self.limits.otherwise)
        bucket = self._buckets.get(f"{name} {major(path)}")
        if bucket is None or bucket.until <= now:
            bucket = self._buckets[f"{name} {major(path)}"] = Bucket(most, now + window)
        headers = {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(0, bucket.left - 1)),
            "X-RateLimit-Reset": f"{bucket.until:.3f}",
            "X-RateLimit-Reset-After": f"{bucket.until - now:.3f}",
            "X-RateLimit-Bucket": f"{sum(name.encode()) * 2654435761 % 2**64:016x}",
        }
        if bucket.left < 1:
            self.refused[name] += 1
            return TooMany(bucket.until - now, False), headers
        bucket.left -= 1
        return None, headers

    def _in_all(self, now: float) -> float:
        assert self.limits
        while self._all and self._all[0] <= now - 1:
            self._all.popleft()
        if len(self._all) >= self.limits.a_second:
            return self._all[0] + 1 - now
        self._all.append(now)
        self.most_in_a_second = max(self.most_in_a_second, len(self._all))
        return 0.0

    def answered(self, status: int, now: float) -> None:
        """Count what goes towards the ban."""
        if status in (401, 403, 429):
            self.invalid.append(now)

    def banned(self, now: float) -> bool:
        """Whether the address is shut out."""
        while self.invalid and self.invalid[0] <= now - BAN_WINDOW:
            self.invalid.popleft()
        return self.limits is not None and len(self.invalid) >= self.limits.ban_after


def major(path: str) -> str:
    """The channel, server or webhook that has a bucket of its own."""
    parts = path.strip("/").split("/")
    return "/".join(parts[:3] if parts[0] in ("webhooks", "interactions") else parts[:2]) if parts[0] in MAJOR else ""
