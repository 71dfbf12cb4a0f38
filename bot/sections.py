"""The sections of the config file: each key with its default, and what is wrong with it."""

import re
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from bot.announcements.model import AnnouncementSettings
from bot.calendars.model import CalendarSettings
from bot.chat.address import EVENTS, NEWS, ORGANISERS
from bot.checkins.model import CheckinSettings
from bot.core.helplines import DEFAULTS
from bot.core.hours import QuietRules
from bot.core.terms import Nation
from bot.friday.model import FridaySettings
from bot.pairing.model import IntroductionSettings
from bot.pulse.model import PulseSettings

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Kind(StrEnum):
    """What a network is from birth. A demo holds no real people; a real one never meets simulated ones."""

    DEMO = "demo"
    REAL = "real"


class Vouching(StrEnum):
    """Who may be introduced: whom an organiser has vouched for once, or whoever comes."""

    ORGANISER = "organiser"
    OPEN = "open"


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no such time zone; an example is Europe/London")
    return name


def _account(name: str) -> str:
    if len(name.split(":")) != 3 or not all(name.split(":")):
        raise ValueError("an account is written platform:workspace:user, such as slack:T0123:U0456")
    return name


def help_line(name: str) -> str:
    """A line of help that there is. Raises ValueError."""
    if name not in DEFAULTS:
        raise ValueError(f"no such line; there are {', '.join(DEFAULTS)}")
    return name


def _weekday(name: Any) -> Any:
    if name in range(7):
        return name  # a default, filled in beside the keys that were written
    if not isinstance(name, str) or name.casefold() not in _DAYS:
        raise ValueError(f"a weekday is one of {', '.join(_DAYS)}")
    return _DAYS.index(name.casefold())


Weekday = Annotated[int, BeforeValidator(_weekday)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Network(_Section):
    """`[network]`. The first organisers are named by account id: `platform:workspace:user`."""

    kind: Kind = Kind.DEMO
    name: str = Field(default="HeadsUp", min_length=1, max_length=40)
    nation: Nation = Nation.ENGLAND
    zone: Annotated[str, AfterValidator(_zone)] = "Europe/London"
    vouching: Vouching = Vouching.ORGANISER
    organisers: tuple[Annotated[str, AfterValidator(_account)], ...] = ()


class StorageSection(_Section):
    """`[storage]`. Without a `url`, an SQLite file in `folder`, which a relative path sets beside the config file."""

    url: SecretStr = SecretStr("")
    folder: Path = Path("data")


class Local(_Section):
    """`[local]`. The community space in the browser; a port that is taken means the next one."""

    port: int = Field(default=8600, ge=1024, le=65535)


class Mode(StrEnum):
    """How Slack is heard: by sockets that we open, or by requests that it sends to an address of ours."""

    SOCKET = "socket"
    HTTP = "http"


def _workspace(id: str) -> str:
    if not re.fullmatch(r"T[A-Z0-9]+", id):
        raise ValueError("a workspace is named by its id, which begins with T; `headsup check` says which it is")
    return id


def _channel(id: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}", id):
        raise ValueError(
            "a channel is named by its id, such as C0123ABCD: it stands at the very end of what Slack shows about it"
        )
    return id


def _api(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise ValueError("an address such as https://slack.com/api/ or https://discord.com/api/v10")
    return url


SLACK_CHANNELS = (ORGANISERS.name, EVENTS, NEWS)
"""The names by which the bot knows channels of a Slack workspace."""


def known_channel(name: str) -> str:
    """A name by which the bot knows a channel. Raises ValueError."""
    return _one_of(SLACK_CHANNELS, name)


def _one_of(names: tuple[str, ...], name: str) -> str:
    if name not in names:
        raise ValueError(f"no such channel; there are {', '.join(names)}")
    return name


def _organisers_apart(channels: dict[str, str]) -> dict[str, str]:
    """What organisers are told stands where no member reads; members see what stands in the others."""
    shared = [name for name, id in channels.items() if id == channels.get(ORGANISERS.name)]
    if len(shared) > 1:
        raise ValueError(f"{' and '.join(shared)} are the same; {ORGANISERS.name} need a channel of their own")
    return channels


class Slack(_Section):
    """`[slack]`. Only the workspaces named here are served. Secrets come from the environment or from files of their
    own. `host` and `port` are where Slack comes to in mode "http", signing with the `signing_secret` or, while it
    changes, with the old one; `welcome`: whoever joins is greeted once."""

    workspaces: tuple[Annotated[str, AfterValidator(_workspace)], ...] = ()
    channels: dict[Annotated[str, AfterValidator(known_channel)], Annotated[str, AfterValidator(_channel)]] = {}
    welcome: bool = False
    mode: Mode = Mode.SOCKET
    host: str = "127.0.0.1"
    port: int = Field(default=8601, ge=1, le=65535)
    base_url: Annotated[str, AfterValidator(_api)] = "https://slack.com/api/"
    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    old_signing_secret: SecretStr = SecretStr("")

    _apart = field_validator("channels")(_organisers_apart)


DISCORD_CHANNELS = (ORGANISERS.name, EVENTS, NEWS, "introductions", "inbox", "start")
"""The names by which the bot knows channels of a Discord server."""


def _place(name: str) -> str:
    return _one_of(DISCORD_CHANNELS, name)


def _snowflake(id: Any) -> str:
    """An id of Discord's, which somebody may have written as the number that it is."""
    if not re.fullmatch(r"[0-9]{15,20}", str(id)):
        raise ValueError(
            "servers and channels are named by their ids, of 15 to 20 digits: in Discord, under Settings, Advanced, "
            "switch on Developer Mode; then right-click a name, Copy ID"
        )
    return str(id)


Snowflake = Annotated[str, BeforeValidator(_snowflake)]


class Discord(_Section):
    """`[discord]`. Only the servers named here are served. `opens_an_hour` first direct conversations at most; with the
    `members_intent`, which is switched on at Discord too, whoever comes and leaves is known at once.
    `scheduled_events`: what is coming stands in the server's own list of events too."""

    servers: tuple[Snowflake, ...] = ()
    channels: dict[Annotated[str, AfterValidator(_place)], Snowflake] = {}
    opens_an_hour: int = Field(default=10, ge=1, le=100)
    members_intent: bool = False
    scheduled_events: bool = False
    base_url: Annotated[str, AfterValidator(_api)] = "https://discord.com/api/v10"
    token: SecretStr = SecretStr("")

    _apart = field_validator("channels")(_organisers_apart)

    @model_validator(mode="after")
    def _shows_events_where_they_are(self) -> Self:
        if self.scheduled_events and EVENTS not in self.channels:
            raise ValueError(f"scheduled_events belong to the channel of that name, so channels has to name {EVENTS}")
        return self


def _calendar_url(url: str) -> str:
    if url and not re.fullmatch(r"https://[^\s/]+(/\S*)?", url):
        raise ValueError("an address that members reach, such as https://calendar.example.org")
    return url


class HoursSection(_Section):
    """`[hours]`. When nobody is written to; `terms` is a file of term dates, the example that travels along without."""

    evening: time = time(20, 30)
    morning: time = time(7)
    lessons_start: time = time(8, 45)
    lessons_end: time = time(15, 45)
    terms: str = ""

    @property
    def rules(self) -> QuietRules:
        """As every letter is held to them."""
        return QuietRules(self.evening, self.morning, self.lessons_start, self.lessons_end)

    @model_validator(mode="after")
    def _stand_in_order(self) -> Self:
        _ = self.rules
        return self


class IntroductionsSection(_Section):
    """`[introductions]`. `every` weeks on `day` from `at`; nobody twice in `cooldown_weeks` while there is a choice."""

    every: int = Field(default=1, ge=1, le=8)
    day: Weekday = 0
    at: time = time(8)
    cooldown_weeks: int = Field(default=13, ge=0, le=104)
    send_first: bool = False

    @property
    def settings(self) -> IntroductionSettings:
        """As the room takes them."""
        return IntroductionSettings(**dict(self))


class CheckinsSection(_Section):
    """`[checkins]`. On `day` at `at`; `ask_again`: a "not yet" is asked once more a week later."""

    day: Weekday = 3
    at: time = time(16, 15)
    ask_again: bool = True

    @property
    def settings(self) -> CheckinSettings:
        """As the room takes them."""
        return CheckinSettings(**dict(self))


class PulseSection(_Section):
    """`[pulse]`. On `day` at `at` in term weeks, open for so many `hours`; not `on`: only what organisers send."""

    on: bool = True
    day: Weekday = 3
    at: time = time(16, 15)
    hours: int = Field(default=48, ge=1, le=72)

    @property
    def settings(self) -> PulseSettings:
        """As the room takes them."""
        return PulseSettings(**dict(self))


class FridaySection(_Section):
    """`[friday]`. The letter about the week to come, on `day` at `at`."""

    day: Weekday = 4
    at: time = time(16, 15)

    @property
    def settings(self) -> FridaySettings:
        """As the room takes them."""
        return FridaySettings(**dict(self))


class CalendarSection(_Section):
    """`[calendar]`. Where members' calendars are fetched: `url` as seen from outside, `host` and `port` as listened to,
    behind your own https. Without a `url` there is none, and nothing listens."""

    url: Annotated[str, AfterValidator(_calendar_url)] = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8602, ge=1, le=65535)

    @property
    def settings(self) -> CalendarSettings:
        """As the room takes them."""
        return CalendarSettings(self.url)


class AnnouncementsSection(_Section):
    """`[announcements]`. `second_organiser`: direct messages to everybody need another organiser's word."""

    second_organiser: bool = True

    @property
    def settings(self) -> AnnouncementSettings:
        """As the room takes them."""
        return AnnouncementSettings(**dict(self))


class SupportSection(_Section):
    """`[support]`. `concern`: the organisers who read what members worry about, by account. Two, and better three:
    nobody reads what is about themselves."""

    concern: tuple[Annotated[str, AfterValidator(_account)], ...] = ()


class HelpSection(_Section):
    """`[help.NAME]`. A help line's number, and the day somebody last checked that it is right."""

    number: str = Field(min_length=1, max_length=60)
    verified_on: date
