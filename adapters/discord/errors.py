"""What each of Discord's errors means for a letter: one table, and how a call that failed is read by it.

Discord counts its errors by numbers, and more may come: what the table does not know is read by its status. After a 4xx
nothing was done; a 5xx, a reset or a time-out leaves it open.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import aiohttp
import discord

from bot.chat.outbound import Refused, Unclear, Why

_INVITE = "invite the bot again by the link that `headsup invite discord` prints"
_TOKEN = "put the token of the application into its file; `headsup check` says where it is found"  # noqa: S105
_MAY = "in Discord, open that channel's settings, Permissions, and let HeadsUp do what `headsup check` says is missing"
_CHANNEL = "name a channel that is there, and that HeadsUp may see; `headsup check` says more"
_NEWER = "install a newer HeadsUp"
_THREADS = "archive threads that nobody uses any more: Discord lets a thousand be open at once"

_WHY: Mapping[Why, frozenset[int]] = {
    Why.SLOW_DOWN: frozenset({20016, 20022, 20028, 20029, 31001, 31002}),
    Why.TRY_LATER: frozenset({0, 130000, 20031}),
    Why.CLOSED: frozenset({40003, 50007, 50278, 160006, 50033, 40007, 50009}),
    Why.GONE: frozenset(
        {10003, 10004, 10007, 10008, 10013, 10015, 10062, 40060, 50027, 10026, 30033, 160005, 50083, 10070, 50024}
    ),
    Why.MALFORMED: frozenset(
        {50006, 50035, 50109, 50005, 50016, 50019, 50021, 50034, 50045, 50046, 50055, 50068, 50085, 50086, 50138, 50146}
        | {30003, 30007, 30010, 30032, 30040, 30046, 40005, 40002, 40006, 50008, 50010, 160002, 160004, 160007, 200000}
    ),
}
_OPERATOR: Mapping[str, frozenset[int]] = {
    _TOKEN: frozenset({40001, 50014, 50025}),
    _MAY: frozenset({50013, 240000, 200001}),
    _CHANNEL: frozenset({50001}),
    _INVITE: frozenset({20012, 10002, 30001}),
    _NEWER: frozenset({50041, 20001, 50003}),
    _THREADS: frozenset(),
}

TABLE: Mapping[int, Why] = {
    **{code: why for why, codes in _WHY.items() for code in codes},
    **{code: Why.FORBIDDEN for codes in _OPERATOR.values() for code in codes},
}
"""Each error that is a definite refusal, and its class."""

MENDS: Mapping[int, str] = {code: mend for mend, codes in _OPERATOR.items() for code in codes}
"""What mends an error that only the operator can mend."""


class Failed(Exception):
    """A call that did not do what it should. `outcome` is what it means for a letter, `code` Discord's own number of it
    (0 where it gave none)."""

    def __init__(self, outcome: Refused | Unclear, code: int = 0) -> None:
        super().__init__(outcome.says)
        self.outcome, self.code = outcome, code


def read_failure(what: str, error: BaseException) -> Failed:
    """What it means that a call raised that. No word of what was sent is in it."""
    match error:
        case Failed():
            return error
        case discord.RateLimited(retry_after=seconds):
            return Failed(Refused(Why.SLOW_DOWN, f"{what}: rate limited", timedelta(seconds=seconds)))
        case discord.HTTPException(status=status, code=code):
            return Failed(_refusal(what, status, code), code)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Failed(Refused(Why.TRY_LATER, f"{what}: Discord cannot be reached ({type(error).__name__})"))
        case aiohttp.InvalidURL():
            return Failed(Refused(Why.FORBIDDEN, f"{what}: discord.base_url is no address"))
        case aiohttp.ClientError() | TimeoutError() | asyncio.TimeoutError() | OSError():
            return Failed(Unclear(f"{what}: {type(error).__name__}"))
        case _:
            raise error


def _refusal(what: str, status: int, code: int) -> Refused | Unclear:
    says = f"{what}: {code or f'HTTP {status}'}"
    why = TABLE.get(code) if code else None
    if why is not None:
        return Refused(why, "; ".join(filter(None, (says, MENDS.get(code)))))
    if status == 429:
        return Refused(Why.SLOW_DOWN, says)
    if status == 401:
        return Refused(Why.FORBIDDEN, f"{says}; {_TOKEN}")
    if status == 403:
        return Refused(Why.FORBIDDEN, f"{says}; {_MAY}")
    if status == 404:
        return Refused(Why.GONE, says)
    if 400 <= status < 500:
        return Refused(Why.MALFORMED, says)
    return Unclear(says)
