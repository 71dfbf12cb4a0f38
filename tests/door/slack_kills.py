"""What the drill of a killed program needs to know of Slack: what is true of a letter is told by its list of calls."""

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass

from bot.chat.address import Account
from tests.door.kills import LONG, Drill, Said
from tests.door.slack_network import TALK, Network, asked
from tests.slack.faults import Wrong
from tests.slack.model import Json
from tests.slack.person import Person

POST = "chat.postMessage"


@dataclass
class SlackDrill(Drill[Person]):
    """A workspace, and a bot that dies."""

    network: Network

    def comes(self, name: str) -> Person:
        return self.network.slack.person(name)

    def account_of(self, head: Person) -> Account:
        return account_of(head)

    def talk_of(self, head: Person) -> str:
        return talk_of(head)

    def is_asked(self, head: Person) -> bool:
        return asked(head)

    async def presses(self, head: Person) -> bool:
        return (await head.press(TALK)).acked

    def hold_next(self) -> None:
        self.network.slack.faults.plant(POST, Wrong.SLOW, seconds=LONG)

    def let_go(self) -> None:
        self.network.slack.faults.planted.clear()

    @property
    def posts(self) -> Sequence[Said]:
        return [Said(_mark_of(given), given["channel"], given["text"]) for given in self._taken(POST)]

    @property
    def changed(self) -> Set[str]:
        return {_mark_of(given) for given in self._taken("chat.update") if "metadata" in given}

    @property
    def refused(self) -> int:
        return self.network.slack.throttle.refused.total()

    def _taken(self, method: str) -> list[Json]:
        return [given for name, given, answer in self.network.slack.api.calls if name == method and answer["ok"]]


def account_of(head: Person) -> Account:
    """Theirs."""
    return Account("slack", head.slack.team.id, head.id)


def talk_of(head: Person) -> str:
    """Their direct conversation with the bot, opened if it never was."""
    return head.slack.workspace.im(head.id).id


def _mark_of(given: Json) -> str:
    metadata = given["metadata"]
    return str((json.loads(metadata) if isinstance(metadata, str) else metadata)["event_payload"]["mark"])
