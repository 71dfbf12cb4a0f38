"""How Slack reaches an app over HTTP: signed requests, forms for commands and interactions, JSON for events."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.slack.delivery import COMMANDS, EVENTS, Attempt, Outlet
from tests.slack.model import App, Json
from tests.slack.time import Time

PATIENCE = 10.0
"""Real seconds after which a request is given up; by Slack's clock it was late long before."""


@dataclass(frozen=True)
class Signed:
    """A request as it goes out, byte for byte."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What the app said."""

    status: int
    body: str
    headers: dict[str, str]

    @property
    def reply(self) -> Json:
        """The content of the acknowledgement, as Socket Mode would carry it."""
        try:
            said = json.loads(self.body or "{}")
        except ValueError:
            return {"text": self.body}
        return said if isinstance(said, dict) else {}


class Http:
    """The other `Way` of the outlet."""

    def __init__(self, time: Time, outlet: Outlet, app: App, url: str) -> None:
        self.time, self.outlet, self.app, self.url = time, outlet, app, url
        self.sent: list[Signed] = []
        self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE))
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, attempt: Attempt) -> None:
        task = asyncio.ensure_future(self._hand_over(attempt))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def verify(self) -> None:
        """What Slack asks when the URL is entered: the challenge must come back."""
        body = {"token": self.app.verification_token, "challenge": "a-challenge", "type": "url_verification"}
        answer = await self.post(self.sign(json.dumps(body), "application/json"))
        if answer.status != 200 or "a-challenge" not in answer.body:
            raise AssertionError(f"the challenge did not come back: {answer}")

    def sign(self, body: str, content_type: str, at: float | None = None, more: dict[str, str] | None = None) -> Signed:
        """Sign as Slack does, now or at another time (to try an old one)."""
        timestamp = str(int(self.time.now() if at is None else at))
        raw = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(self.app.signing_secret.encode(), raw, hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
        return Signed(body.encode(), {"Content-Type": content_type} | signed | (more or {}))

    async def post(self, signed: Signed) -> Answer:
        """Send these bytes; the same ones again are a replay."""
        async with self._session.post(self.url, data=signed.body, headers=signed.headers) as answer:
            return Answer(answer.status, await answer.text(), dict(answer.headers))

    async def replay(self, number: int = -1) -> Answer:
        """Send the same signed body once more."""
        return await self.post(self.sent[number])

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self._session.close()

    def _signed(self, attempt: Attempt) -> Signed:
        payload, kind = attempt.delivery.payload, attempt.delivery.kind
        retry = {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": self._why(attempt)}
        if kind == EVENTS:
            return self.sign(json.dumps(payload), "application/json", more=retry if attempt.number else {})
        form = payload if kind == COMMANDS else {"payload": json.dumps(payload)}
        return self.sign(urlencode(form), "application/x-www-form-urlencoded")

    def _why(self, attempt: Attempt) -> str:
        before = attempt.delivery.attempts[attempt.number - 1].failure
        return "http_timeout" if before == "timeout" else before

    async def _hand_over(self, attempt: Attempt) -> None:
        signed = self._signed(attempt)
        self.sent.append(signed)
        try:
            answer = await self.post(signed)
        except (ClientError, TimeoutError):
            self.outlet.failed(attempt, "connection_failed")
            return
        if answer.status == 200:
            self.outlet.answered(attempt.envelope, answer.reply)
        else:
            self.outlet.failed(attempt, "http_error", again=answer.headers.get("X-Slack-No-Retry") != "1")
