"""Slack's rate limits: each method a tier, chat.postMessage its channel and the workspace; every 429 is counted."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

MINUTE = 60.0


@dataclass
class Limits:
    """What the workspace allows. Where Slack publishes no number, ours is a guess a test may change."""

    channel_burst: int = 4
    """Messages a channel takes at once before one a second holds."""
    channel_rate: float = 1.0
    posting_a_minute: int = 300
    """Of all chat.postMessage calls of the app in the workspace: Slack says `several hundred`."""
    a_minute: dict[str, int] = field(default_factory=dict)
    """Methods that have another limit than their tier's."""
    off: bool = False


@dataclass
class Bucket:
    """So many at once, then so many a second."""

    left: float
    at: float


class Throttle:
    """Says for each call how long the app must wait, or that it may go on."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.refused: Counter[str] = Counter()
        self.called: Counter[str] = Counter()
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._channels: dict[str, Bucket] = {}

    def wait(self, method: str, tier: int | None, now: float) -> int:
        """Whole seconds to wait before this method may be called again; 0 counts the call in."""
        allowed = self.limits.a_minute.get(method, tier)
        if self.limits.off or allowed is None:
            return 0
        return self._window(method, allowed, now)

    def wait_to_post(self, channel: str, now: float) -> int:
        """The same for a message: the channel first, then the workspace."""
        if self.limits.off:
            return 0
        bucket = self._channels.setdefault(channel, Bucket(self.limits.channel_burst, now))
        filled = bucket.left + (now - bucket.at) * self.limits.channel_rate
        bucket.left, bucket.at = min(filled, self.limits.channel_burst), now
        if bucket.left < 1:
            return max(1, ceil((1 - bucket.left) / self.limits.channel_rate))
        seconds = self._window("posting", self.limits.posting_a_minute, now)
        bucket.left -= 0 if seconds else 1
        return seconds

    def _window(self, name: str, allowed: int, now: float) -> int:
        calls = self._calls[name]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= allowed:
            return max(1, ceil(calls[0] + MINUTE - now))
        calls.append(now)
        return 0
