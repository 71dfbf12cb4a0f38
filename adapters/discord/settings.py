"""What an operator says of Discord, given by value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

API = "https://discord.com/api/v10"
CHANNELS = ("organisers", "events", "news", "introductions", "inbox", "start")
"""The channels that the bot knows by name: where organisers are told; where members read what is coming, and what is to
be known; under which people who are introduced get a
private thread; under which somebody who cannot be written to directly gets one of their own; and where newcomers find
a button to begin with."""


@dataclass(frozen=True)
class DiscordSettings:
    """Of one application in the `servers` that it serves, by id; it leaves any other.

    `channels` gives the id of each channel that the bot knows by a name (`CHANNELS`). `opens_an_hour` are first direct
    conversations that are opened at most: Discord quarantines a bot that opens many. With the `members_intent`, which
    is switched on at Discord too, whoever comes and leaves is known at once, and else within a day. With
    `scheduled_events` what is coming stands in the server's own list as well. The token shows in no repr.
    """

    servers: tuple[str, ...]
    token: str = field(repr=False)
    channels: Mapping[str, str] = field(default_factory=dict)
    opens_an_hour: int = 10
    members_intent: bool = False
    scheduled_events: bool = False
    base_url: str = API


PACES: Mapping[str, tuple[float, float, int]] = {
    "all": (40, 20, 5),
    "direct": (20, 10, 5),
    "channel": (1, 4, 0),
    "open": (1, 2, 0),
    "meeting": (0.2, 2, 0),
}
"""How fast letters go, by their way: so many a second for ever, so many at once, so many of these for who waits.

Discord allows 50 requests a second in all (docs/platforms.md), and says by its answers how many each way takes. How
many first conversations are opened an hour is counted apart (`opens_an_hour`).
"""

RECOGNISES = timedelta(minutes=4)
"""For so long a nonce that comes again makes no second message. Discord says "the past few minutes"."""
