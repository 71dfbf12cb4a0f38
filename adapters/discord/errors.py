"""What each of Discord's errors means for a letter: one table, and how a call that failed is read by it.

After an answer of 4xx nothing was done: an error that the table does not know is a refusal, by its status. After one of
5xx, and where no answer came, nobody knows.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError, InvalidURL
from discord.errors import (
    ConnectionClosed,
    DiscordException,
    HTTPException,
    LoginFailure,
    PrivilegedIntentsRequired,
    RateLimited,
)

from bot.chat.outbound import Refused, Unclear, Why

TOO_MANY_OPENED = 40003
"""Direct conversations were opened too fast: nothing more is to be opened for hours."""
NO_DIRECT_MESSAGES, NO_SHARED_SERVER = 50007, 50278
"""Somebody takes no direct messages from the bot: in words of their own settings, and since they share no server."""
THREADS_FULL = 160006
ANSWERED_ALREADY = 40060

_RENEW = "at discord.com/developers, under Bot, press Reset Token, and put the new token where it is read from"
_INVITE = "invite the bot to that server: `headsup invite discord` prints the address"
_ACCESS = "in Discord, let the bot's role see that channel (Edit Channel, Permissions, View Channel)"
_PERMISSION = "let the bot's role do what `headsup check` names (Server Settings, Roles), also in that channel"
_MODERATION = "under Server Settings, Safety Setup, AutoMod, let the bot's role pass the rule that stopped it"
_LOCKED = "a moderator has locked that thread; unlock it there, or let it be"
_SETTINGS = "somebody who manages the server has to allow it, in Discord's own settings"
_SUSPECTED = "Discord takes the bot for a nuisance: look for its message at discord.com/developers, and appeal there"
_INTENTS = "at discord.com/developers, under Bot, switch on Server Members Intent, or switch members_intent off"
_NEWER = "install a newer HeadsUp"
_A_PROXY = "is something between this machine and Discord that answers for it? look at discord.base_url and the proxy"

_WHY = {
    Why.SLOW_DOWN: "20016 20022 20028 20029 30046 40062",
    Why.TRY_LATER: "30034 30037 30040 30042 40004 40006 40043 50083 110000 110001 130000 160006 160007 500000",
    Why.CLOSED: "20009 40003 50007 50033 50278",
    Why.GONE: """
        10003 10007 10008 10012 10013 10015 10020 10026 10062 10063 10065 10066 10070 40007 40060 50027 50146
    """,
    Why.MALFORMED: """
        10001 10005 10006 10009 10010 10011 10014 10016 10021 10027 10028 10029 10030 10031 10032 10033 10036 10038
        10049 10050 10057 10059 10060 10061 10067 10068 10069 10071 10087 10097 10124 10129 20001 20002 20018
        20024 20031 20035 30001 30002 30003 30004 30005 30007 30008 30010 30011 30013 30015 30016 30018 30019 30030
        30031 30032 30033 30035 30038 30039 30045 30047 30048 30052 30056 30058 30060 30061 40005 40009 40012 40018
        40019 40032 40033 40041 40058 40061 40066 40067 40074 40094 50002 50003 50004 50005 50006 50008 50011 50012
        50015 50016 50017 50019 50020 50021 50024 50028 50034 50035 50036 50039 50045 50046 50054 50055 50057 50067
        50068 50070 50073 50074 50080 50081 50084 50085 50086 50091 50097 50101 50109 50110 50123 50124 50131 50132
        50138 50144 50145 50151 50159 50160 50161 50162 50163 50167 50173 50192 50600 80004 90001 90002 150006 160004
        160014 170001 170002 170003 170004 170005 170006 170007 180000 180002 200001 220001 220002 220003 220004
        340015 350000 350001 520000 520001 520002 520003 520004 520006 530000 530001 530002 530003 530004 530006
        530007
    """,
}

_OPERATOR = {
    _RENEW: "10002 20012 40001 50010 50014 50025 50026",
    _INVITE: "10004",
    _ACCESS: "50001",
    _PERMISSION: "50013 160002",
    _MODERATION: "200000 240000",
    _LOCKED: "160005",
    _SETTINGS: "20015 40002 50009 50095 50178 60003 400001",
    _SUSPECTED: "20026 40333",
    _NEWER: "50041",
}

TABLE: Mapping[int, Why] = {
    **{int(code): why for why, codes in _WHY.items() for code in codes.split()},
    **{int(code): Why.FORBIDDEN for codes in _OPERATOR.values() for code in codes.split()},
}
"""Each documented code, and its class. 0 is none: it says no more than the status does."""

MENDS: Mapping[int, str] = {int(code): mend for mend, codes in _OPERATOR.items() for code in codes.split()}
"""What mends an error that only the operator can mend."""

CLOSES: Mapping[int, str] = {4004: _RENEW, 4010: _NEWER, 4011: _NEWER, 4012: _NEWER, 4013: _NEWER, 4014: _INTENTS}
"""With which codes Discord closes a connection for good, and what mends it; after any other one may connect again."""

_STATUSES = {400: Why.MALFORMED, 404: Why.GONE, 405: Why.MALFORMED, 413: Why.MALFORMED, 429: Why.SLOW_DOWN}
"""What a status means of which the code says nothing; any other of 4xx is the operator's."""
_TIMED_OUT = 408
_LONGEST = timedelta(days=2)
"""Of a wait: more would be no wait, but a mistake."""


class Failed(Exception):
    """A call that did not do what it should. `outcome` is what it means for a letter, `code` Discord's own for it (0
    where it gave none), `status` the answer's (0 where none came)."""

    def __init__(self, outcome: Refused | Unclear, code: int = 0, status: int = 0) -> None:
        super().__init__(outcome.says)
        self.outcome, self.code, self.status = outcome, code, status


def read_failure(what: str, error: BaseException) -> Failed:
    """What it means that `what` (a call, without anybody's id) raised that. No word of what was sent is in it."""
    match error:
        case HTTPException():
            return _answered(what, error)
        case RateLimited(retry_after=seconds):
            return Failed(Refused(Why.SLOW_DOWN, f"{what}: told to wait", _wait(seconds)), status=429)
        case ClientConnectorError() | ConnectionTimeoutError():
            return Failed(Refused(Why.TRY_LATER, f"{what}: Discord cannot be reached ({type(error).__name__})"))
        case InvalidURL():
            return Failed(Refused(Why.FORBIDDEN, f"{what}: discord.base_url is no address"))
        case ConnectionClosed(code=code) if code in CLOSES:
            return Failed(Refused(Why.FORBIDDEN, f"{what}: closed with {code}; {CLOSES[code]}"), code)
        case PrivilegedIntentsRequired():
            return Failed(Refused(Why.FORBIDDEN, f"{what}: {_INTENTS}"), 4014)
        case LoginFailure():
            return Failed(Refused(Why.FORBIDDEN, f"{what}: the token is not taken; {_RENEW}"), status=401)
        case ClientError() | TimeoutError() | asyncio.TimeoutError() | OSError() | DiscordException():
            return Failed(Unclear(f"{what}: {type(error).__name__}"))
        case _:
            raise error


def _answered(what: str, error: HTTPException) -> Failed:
    code = error.code if isinstance(error.code, int) else 0
    return Failed(_meaning(what, error.status, code, error.response), code, error.status)


def _meaning(what: str, status: int, code: int, response: Any) -> Refused | Unclear:
    if status == _TIMED_OUT or not 400 <= status < 500:
        return Unclear(f"{what}: HTTP {status}")
    if status == 401:
        return Refused(Why.FORBIDDEN, f"{what}: HTTP {status}; {_RENEW}")
    why = Why.SLOW_DOWN if status == 429 and code != TOO_MANY_OPENED else _why(status, code)
    wait = _told(response) if why is Why.SLOW_DOWN else None
    says = f"HTTP {status}, code {code}" if code else f"HTTP {status}"
    mend = MENDS.get(code, "") or (_A_PROXY if why is Why.FORBIDDEN else "")
    return Refused(why, "; ".join(filter(None, (f"{what}: {says}", mend))), wait)


def _why(status: int, code: int) -> Why:
    """By the code; by the status where that says more. Without a code Discord did not look for anything: the address
    itself is not there."""
    if code in TABLE:
        return TABLE[code]
    return Why.FORBIDDEN if status == 404 and not code else _STATUSES.get(status, Why.FORBIDDEN)


def _told(response: Any) -> timedelta | None:
    headers = getattr(response, "headers", None) or {}
    given = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return _wait(float(given))
    except ValueError:
        return None


def _wait(seconds: float) -> timedelta | None:
    """So many seconds; None for what is no wait."""
    return timedelta(seconds=seconds) if 0 <= seconds < _LONGEST.total_seconds() else None
