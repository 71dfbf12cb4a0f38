"""Whether what came over HTTP was signed by Slack, and what the operator reads where it was not.

A wrong secret and a clock that is off look like silence to everybody in Slack, so the log names what mends them.
Anybody can knock at an open address: each reason is said once until something good comes, and no two within a minute.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

from adapters.slack.settings import WHERE, SlackSettings
from bot.core.clock import Clock

SIGNATURE, SIGNED_AT = "X-Slack-Signature", "X-Slack-Request-Timestamp"
OLD = 5 * 60
"""Seconds that the verifier lets a signature and our clock be apart."""
_APART = timedelta(minutes=1)
_UNSIGNED = (
    f"it bears no signature. Where it did come from Slack, whatever leads it here has to pass {SIGNATURE} and "
    f"{SIGNED_AT} on, unchanged"
)
_OFF = (
    "it was signed more than five minutes from now by this machine’s clock. Unless somebody says again what was signed "
    "long ago, `headsup check` says how far that is off, and this sets it right: timedatectl set-ntp true"
)
_OTHER = (
    "it was signed with another secret than slack.signing_secret. Where it did come from Slack: "
    f"{WHERE['signing_secret']}, and restart HeadsUp"
)

log = logging.getLogger("headsup.slack")


class Signatures:
    """Knows Slack's, by the secrets that hold now."""

    def __init__(self, settings: SlackSettings, clock: Clock) -> None:
        wall, secrets = _Wall(clock), (settings.signing_secret, settings.old_signing_secret)
        # An empty one is none.
        self._verifiers = [SignatureVerifier(one, wall) for one in secrets if one and settings.is_http]
        self._clock = clock
        self._said: set[str] = set()
        self._said_at: datetime | None = None

    def vouch_for(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether Slack signed it, and lately; the log says why not."""
        if self._is_signed(body, headers):
            self._said.clear()
            return True
        self._say(_why(headers, self._clock.now()))
        return False

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        try:
            return any(one.is_valid_request(body, headers) for one in self._verifiers)
        except (ValueError, TypeError, OverflowError):  # a time that is none, or letters that are none
            return False

    def _say(self, why: str) -> None:
        now = self._clock.now()
        # Either way: the clock may just have been set right.
        is_soon = self._said_at is not None and abs(now - self._said_at) < _APART
        if why in self._said or is_soon:
            return
        self._said.add(why)
        self._said_at = now
        log.warning("what came over HTTP was refused: %s", why)


class _Wall(SignatureClock):
    """Our clock as the verifier asks for it: by Bolt's own it would be the machine's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


def _why(headers: Mapping[str, str], now: datetime) -> str:
    try:
        off = now.timestamp() - int(headers.get(SIGNED_AT, ""))
    except (ValueError, OverflowError):
        return _UNSIGNED
    if not headers.get(SIGNATURE):
        return _UNSIGNED
    return _OFF if abs(off) > OLD else _OTHER
