"""What all units of work of one network share, picked by the front door and given by value."""

import base64
import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.chat.ids import Dice, Id, Ids
from bot.core.post import Policy
from bot.core.work import Fact, Work
from storage.chance import Draws
from storage.disk import unknown
from storage.seal import Secrets

_MARK_BYTES = 16
_draws = Draws(8)


class RandomIds:
    """63 random bits each."""

    def new(self) -> Id:
        return Id(int.from_bytes(_draws.next()) >> 1)


def tell_nobody(work: Work, fact: Fact) -> None:
    """For a storage without rooms."""


@dataclass(frozen=True)
class Home:
    """Where channels are: a platform, and a workspace on it."""

    platform: str
    workspace: str


@dataclass(frozen=True)
class House:
    """`tell` lets the rooms act on a fact. `seed` and a unit's key give its dice. `home` is where channels are that are
    called by no platform; `workspaces`, by platform, where those are that are.

    Without a `policy` letters are due when they say so. `disk` says how full it is, in percent, where all is kept.
    """

    secrets: Secrets
    ids: Ids = field(default_factory=RandomIds)
    tell: Callable[[Work, Fact], None] = tell_nobody
    policy: Policy | None = None
    seed: str = ""
    home: Home = Home("local", "local")
    workspaces: Mapping[str, str] = field(default_factory=dict)
    disk: Callable[[], int | None] = unknown

    def home_on(self, platform: str) -> Home:
        """Where channels of that platform are ("": at home). Raises KeyError where nobody is on it."""
        if platform in ("", self.home.platform):
            return self.home
        return Home(platform, self.workspaces[platform])

    def mark(self, text: str) -> bytes:
        """The keyed hash of a text: the same for ever, and telling nobody anything (BLAKE2b, keyed)."""
        return hashlib.blake2b(text.encode(), key=self.secrets.mark, digest_size=_MARK_BYTES).digest()

    def name(self, text: str) -> str:
        """`mark` as 22 characters, for platforms (Discord's nonce takes at most 25)."""
        return base64.urlsafe_b64encode(self.mark(text)).rstrip(b"=").decode()

    def lane(self, text: str) -> int:
        """The keyed hash of a text as 63 bits, for a column."""
        return int.from_bytes(self.mark(text)[:8]) >> 1

    def dice(self, key: str) -> Dice:
        """The dice of the unit of that key: a unit run again throws the same."""
        return random.Random(hashlib.sha256(f"{self.seed}\n{key}".encode()).digest())  # noqa: S311 - no secret
