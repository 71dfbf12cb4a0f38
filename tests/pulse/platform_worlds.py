"""Twin worlds through the real adapters: what the bot sends to Slack and Discord, keeps and logs is the same, whoever
answers, when and what. Presses apart: what answers a press is gathered by itself, and is the same words to all.

Time stands still until it is led on. What runs at once may come in another order, and the platform gives it other
numbers; so what is said between two looks is put in order, and people and their conversations are called by name.
"""

import hashlib
import json
import logging
import random
import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.chat.address import Account
from bot.core.notes import InMemory
from bot.core.work import Unit, Work
from bot.door import real
from bot.door.demo.birth import SeededIds
from bot.door.logs import TALKATIVE
from bot.door.wiring import Makings
from bot.members.model import Consent
from bot.members.store import MEMBERS
from bot.pulse.box import Box
from bot.pulse.questions import questions_of
from storage.seal import KEY_BYTES, Secrets
from tests.bench.work import let_in, member_of
from tests.discord.filling import NotOffered
from tests.discord.permissions import Permission
from tests.discord.person import Person as DiscordPerson
from tests.door import discord_network, slack_network
from tests.door.crowds import lived_until
from tests.door.kills import know_where
from tests.door.slack_kills import account_of, talk_of
from tests.door.slack_network import rows
from tests.pulse.two_worlds import HOUR, OPENS, PEOPLE, POLL, TICKS, Lines, Plan, SeededSeal, Seen, at_tick, listening
from tests.slack.model import Kind
from tests.slack.person import Person as SlackPerson

ASKED = "This week as a leader"
LABELS = {"": ""} | {one.value: one.label for one in questions_of(POLL)[0].options}
_RANDOM = frozenset({"inbox"})
"""Tables of what platforms draw at random: of these the number of rows is compared."""
_PACED = {("letters", name) for name in ("next_at", "fence", "tries", "unclear_since", "ended_at", "message")}
"""Columns that tell how soon the platform took a letter, among others that left at the same moment."""
_NUMBERS = re.compile(r"\d+")
_SLACK_REPLIES = frozenset({"views.open", "views.update", "chat.postEphemeral", "response"})
_AMONG = (Kind.IM, Kind.MPIM)
_PROGRESS = "are going out"
"""In a line that says how far letters have come, by the machine's time."""
_PACE_KEY = "'progress:"
A_LONG_TIME = 600.0
"""Seconds of the machine's time, in which whatever it has to do is done."""
Call = tuple[str, Any]


class Place(ABC):
    """A network on a platform, as a twin lives in it; `people` in order."""

    network: Any
    people: Sequence[Any]

    @abstractmethod
    def account(self, person: Any) -> Account:
        """Theirs."""

    @abstractmethod
    def talk(self, person: Any) -> str:
        """Where the bot writes to them directly: it has done so before."""

    @abstractmethod
    def calls(self) -> list[Call]:
        """Everything that the bot asked of the platform, so far."""

    @abstractmethod
    def is_reply(self, call: Call) -> bool:
        """Whether that may answer a press."""

    @abstractmethod
    def names(self) -> dict[str, str]:
        """What people and conversations are called, by the platform's name for them."""

    @abstractmethod
    async def opens(self) -> None:
        """The organiser sends a poll."""

    @abstractmethod
    async def answers(self, person: Any, choice: str) -> None:
        """They press, choose, and send."""


class OnSlack(Place):
    """A workspace."""

    def __init__(self, network: slack_network.Network) -> None:
        self.network = network
        self.people: list[SlackPerson] = [network.slack.person(f"Head {number:02}") for number in range(PEOPLE)]

    def account(self, person: SlackPerson) -> Account:
        return account_of(person)

    def talk(self, person: SlackPerson) -> str:
        return talk_of(person)

    def calls(self) -> list[Call]:
        return [(name, given) for name, given, _ in self.network.slack.api.calls if name != "apps.connections.open"]

    def is_reply(self, call: Call) -> bool:
        return call[0] in _SLACK_REPLIES

    def names(self) -> dict[str, str]:
        workspace = self.network.slack.workspace
        people = {one.id: one.account.name for one in (*self.people, self.network.anna)}
        return people | {
            id: _among(people, one.members) for id, one in workspace.channels.items() if one.kind in _AMONG
        }

    async def opens(self) -> None:
        anna, until = self.network.anna, self.network.until
        await until(lambda: rows(self.network, "SELECT count(*) FROM inbox")[0][0] > PEOPLE)  # everybody is found
        await anna.types("/headsup-organise pulse new")
        await until(lambda: anna.modal)
        await anna.submit({"A first question": ASKED})
        await until(lambda: "Send it now" in (anna.modal.shown if anna.modal else "".join(anna.draws())))
        await anna.press("Send it now")

    async def answers(self, person: SlackPerson, choice: str) -> None:
        await person.press("Answer")
        await self.network.until(lambda: person.modal)
        assert person.modal
        await person.submit({ASKED: choice} if choice else {})
        thanked = lambda: "added up" in (person.modal.shown if person.modal else "".join(person.draws()))  # noqa: E731
        await self.network.until(thanked)
        if person.modal:
            await person.closes(everything=True)


class OnDiscord(Place):
    """A server."""

    def __init__(self, network: discord_network.Network) -> None:
        self.network = network
        self.people: list[DiscordPerson] = [network.discord.person(f"Head {number:02}") for number in range(PEOPLE)]

    def account(self, person: DiscordPerson) -> Account:
        return Account("discord", person.guild.id, person.id)

    def talk(self, person: DiscordPerson) -> str:
        return str(self.network.discord.network.dm(person.id).id)

    def calls(self) -> list[Call]:
        made = self.network.discord.api.calls
        return [(f"{one.method} {one.path}", (one.body, one.query)) for one in made if "gateway" not in one.path]

    def is_reply(self, call: Call) -> bool:
        return "/interactions/" in call[0] or "/webhooks/" in call[0]

    def names(self) -> dict[str, str]:
        people = {one.id: one.user.username for one in (*self.people, self.network.anna)}
        channels = self.network.discord.network.channels
        among = {id: one.thread.members if one.thread else one.recipients for id, one in channels.items()}
        return people | {id: _among(people, who) for id, who in among.items() if who}

    async def opens(self) -> None:
        anna, until = self.network.anna, self.network.until
        role = anna.guild.role(anna.discord.network.new_id(), "keepers", Permission.MANAGE_GUILD)
        await anna.changes(roles=[role.id])
        await anna.use("headsup-organise", "pulse", "new")
        await anna.submit({"A first question": ASKED})
        await until(lambda: _offered(anna, "Send it now"))
        await anna.press(None, "Send it now")
        await until(lambda: _offered(anna, "No, leave it as it is"))
        await anna.press(None, "Send it now")

    async def answers(self, person: DiscordPerson, choice: str) -> None:
        await person.press(None, "Answer")
        await self.network.until(lambda: person.modal)
        await person.submit({ASKED: choice} if choice else {})


def _among(people: dict[str, str], members: Iterable[str]) -> str:
    return f"among {sorted(people.get(one, '') for one in members)}"


def _offered(person: DiscordPerson, label: str) -> bool:
    try:
        return bool(person.find(label))
    except NotOffered:
        return False


@dataclass
class PlatformLife:
    """One life on a platform."""

    place: Place
    lines: Lines
    seen: list[Seen] = field(default_factory=list)
    replies: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)
    _ids: re.Pattern[str] = re.compile("")
    _read: int = 0
    _heard: int = 0

    def look(self, event: str, presses: bool = False) -> None:
        """What an attacker with everything has after this event."""
        calls, self._read = self.place.calls()[self._read :], len(self.place.calls())
        self._names = self.place.names()
        self._ids = re.compile("|".join(self._names))
        if presses:
            self.replies |= {_SOMEBODY.sub("somebody", self._shown(one)) for one in calls if self.place.is_reply(one)}
            calls = [one for one in calls if not self.place.is_reply(one)]
        calls = [one for one in calls if _PROGRESS not in repr(one)]
        lines, self._heard = self.lines.heard[self._heard :], len(self.lines.heard)
        has = {
            "transcripts": _hash(map(self._shown, calls)),
            "log": _hash(_NUMBERS.sub("#", line) for line in lines),
            "rows": _hash(map(self._named, _rows(next((self.place.network.folder / "data").glob("*.sqlite3"))))),
        }
        self.seen.append(Seen(event, has))

    def _shown(self, call: Call) -> str:
        return self._named(json.dumps(call, sort_keys=True, default=repr))

    def _named(self, said: str) -> str:
        return _LONG.sub("#", self._ids.sub(lambda id: self._names[id[0]], said))


_SOMEBODY = re.compile(r"[Hh]ead[ .]?\d\d")
_LONG = re.compile(r"127\.0\.0\.1:\d+|\d{10}\.\d+\.[0-9a-f]{32}|[0-9a-f]{32}|\d{10}\.\d{6}|\d{17,20}|V0[A-Z0-9]{6,}")
"""Numbers that the platform gives to what is said and pressed. The longest first: one in 3,000 of thirty-two
hexadecimal digits begins with seventeen decimal ones."""


def _hash(said: Iterator[str] | Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()


def _rows(file: Path) -> Iterator[str]:
    """Every row of the database, read beside the bot; but for letters that say how far letters have come."""
    with closing(sqlite3.connect(file)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            found = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            kept = [place for place, column in enumerate(found.description) if (table, column[0]) not in _PACED]
            lines = [f"{table} {[row[place] for place in kept]!r}" for row in found if _PACE_KEY not in repr(row)]
            yield from [f"{table} {len(lines)}"] if table in _RANDOM else lines


@contextmanager
def _as_the_program_logs() -> Iterator[None]:
    """At DEBUG, and libraries as quiet as ever: theirs would say every answer."""
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)


async def live_on(place: Place, plan: Plan) -> list[Seen]:
    """The poll from its opening to the Friday letter with its figures."""
    network = place.network
    with _as_the_program_logs(), listening() as lines:
        life = PlatformLife(place, lines)
        async with network.running():
            await network.parts.storage.write(Unit("settle", network.clock.now(), partial(_settle, place)))
            await place.opens()
            await lived_until(network, at_tick(0))
            life.look("it is open")
            for tick in range(TICKS):
                await lived_until(network, at_tick(tick))
                life.look(f"time passes, {tick}")
                for who, choices in plan.presses[tick]:
                    await place.answers(place.people[who], LABELS[choices[0]])
                life.look(f"presses, {tick}", presses=True)
            await lived_until(network, OPENS + timedelta(days=2) + HOUR)
            life.look("it is closed")
            await lived_until(network, OPENS + timedelta(days=8) + HOUR)
            life.look("everybody reads the figures")
        return [*life.seen, Seen("all replies", {"replies": _hash([*life.replies])})]


def _settle(place: Place, work: Work) -> None:
    members = work.use(MEMBERS)
    accounts = [place.account(one) for one in place.people]
    know_where(accounts, [place.talk(one) for one in place.people], place.network.parts.house, work)
    for number, account in enumerate(accounts):
        let_in(members, number, account)
        members.agree(member_of(number), Consent.PULSE, True, work.at)


def seeded(monkeypatch: pytest.MonkeyPatch, box: Box) -> None:
    """What the bot draws at random is drawn from one seed, and it begins with that box. No answer is late, and so given
    in another way, because this machine has other things to do."""
    monkeypatch.setattr("adapters.slack.platform.LATE", A_LONG_TIME)
    monkeypatch.setattr("adapters.discord.platform.HOLD", A_LONG_TIME)
    secrets = Secrets(SeededSeal(bytes(KEY_BYTES)), bytes(KEY_BYTES))

    def made(lasts: Any, box: Box, notes: InMemory) -> Makings:
        ids, dice = SeededIds("bot", OPENS), random.Random("jitter")
        return Makings(ids, dice, secrets=secrets, disk=lambda: 61, lasts=lasts, box=given, notes=notes)

    given = box
    monkeypatch.setattr(real, "Makings", made)
