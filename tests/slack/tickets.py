"""What an interaction lets the app do afterwards: open one modal with its trigger, answer by its response URL."""

from dataclasses import dataclass
from uuid import uuid4

from tests.slack.model import Refusal

TRIGGER_LIVES = 3.0
RESPONSE_URL_LIVES = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """What an interaction gives the app to open one modal with."""

    user: str
    given: float
    used: bool = False


class Triggers:
    """Each trigger id: for whom, since when, and whether it was used."""

    def __init__(self) -> None:
        self._all: dict[str, Trigger] = {}

    def new(self, user: str, now: float) -> str:
        made = f"{int(now)}.{len(self._all)}.{uuid4().hex}"
        self._all[made] = Trigger(user, now)
        return made

    def exchange(self, trigger_id: str, now: float) -> str:
        """Who it was for. It works once, for three seconds."""
        trigger = self._all.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if now - trigger.given > TRIGGER_LIVES:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger.user


@dataclass
class Hook:
    """A response URL: where and to whom it answers, and the message it may replace."""

    user: str
    channel: str
    given: float
    origin: str | None = None
    uses: int = 0


class Hooks:
    """Each response URL by its last part."""

    def __init__(self) -> None:
        self.all: dict[str, Hook] = {}

    def new(self, hook: Hook) -> str:
        made = uuid4().hex
        self.all[made] = hook
        return made

    def use(self, part: str, now: float) -> Hook:
        """Five times in thirty minutes."""
        hook = self.all.get(part)
        if hook is None:
            raise Refusal("no_service", status=404)
        if now - hook.given > RESPONSE_URL_LIVES:
            raise Refusal("expired_url", status=404)
        if hook.uses >= RESPONSE_URL_USES:
            raise Refusal("used_url", status=404)
        hook.uses += 1
        return hook
