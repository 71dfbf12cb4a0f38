"""The config file as one frozen value. Every mistake is reported at once, by its key and never by its value."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.core.errors import OperatorError
from bot.core.helplines import DEFAULTS, HelpLine, HelpLines
from bot.sections import (
    AnnouncementsSection,
    CalendarSection,
    CheckinsSection,
    Discord,
    FridaySection,
    HelpSection,
    HoursSection,
    IntroductionsSection,
    Kind,
    Local,
    Network,
    PulseSection,
    Slack,
    StorageSection,
    SupportSection,
    help_line,
)

LOCAL = "local"
"""The platform of a demo: the community space in the browser."""
_PREFIX, _GAP = "HEADSUP_", "__"
_SECRETS = (
    ("slack", "bot_token"),
    ("slack", "app_token"),
    ("slack", "signing_secret"),
    ("slack", "old_signing_secret"),
    ("discord", "token"),
)
"""Keys that come from the environment, or from files that it names, alone."""


class WrongConfig(OperatorError):
    """The config cannot be used; `mistakes` are all that was found, each beginning with its key."""

    def __init__(self, mistakes: list[str], file: Path | None = None) -> None:
        where = f"{file} cannot be used:" if file else "The settings cannot be used:"
        super().__init__("\n  ".join([where, *mistakes]))
        self.mistakes = mistakes


class _Environment(EnvSettingsSource):
    """`HEADSUP_SECTION__KEY`, and `HEADSUP_SECTION__KEY_FILE` for what stands in a file, as secrets do."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        found = {name: value for name, value in os.environ.items() if name.startswith(_PREFIX)}
        files = {name: path for name, path in found.items() if name.endswith("_FILE")}
        read = {name.removesuffix("_FILE"): _read_secret(name, Path(path)) for name, path in files.items()}
        return {name.lower(): value for name, value in {**found, **read}.items() if name not in files}


def _read_secret(name: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongConfig([f"{name}: the file it names cannot be read ({type(problem).__name__})"]) from None


class Config(BaseSettings):
    """Everything an operator can set. `at` is the folder that relative paths start from."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        env_prefix=_PREFIX,
        env_nested_delimiter=_GAP,
        nested_model_default_partial_update=True,
    )

    network: Network = Network()
    storage: StorageSection = StorageSection()
    local: Local = Local()
    slack: Slack = Slack()
    discord: Discord = Discord()
    hours: HoursSection = HoursSection()
    introductions: IntroductionsSection = IntroductionsSection()
    checkins: CheckinsSection = CheckinsSection()
    pulse: PulseSection = PulseSection()
    friday: FridaySection = FridaySection()
    support: SupportSection = SupportSection()
    calendar: CalendarSection = CalendarSection()
    announcements: AnnouncementsSection = AnnouncementsSection()
    help: dict[Annotated[str, AfterValidator(help_line)], HelpSection] = {}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        return _Environment(settings_cls), init_settings

    @property
    def help_lines(self) -> HelpLines:
        """The lines of help, with the numbers and dates that this network confirmed."""
        return {key: _confirmed(line, self.help.get(key)) for key, line in DEFAULTS.items()}

    @property
    def workspaces(self) -> Mapping[str, str]:
        """The platforms that a real network is on, the first to be asked first, and the workspace of each that holds
        its channels."""
        named = {"slack": self.slack.workspaces, "discord": self.discord.servers}
        return {platform: served[0] for platform, served in named.items() if served}

    def places(self, channel: str) -> tuple[str, ...]:
        """The platforms on which there is a channel of that name, such as "events": what is meant for every member is
        posted in each. The space of a demo has them all."""
        if self.is_demo:
            return (LOCAL,)
        return tuple(one for one in self.workspaces if channel in getattr(self, one).channels)

    @property
    def calendars(self) -> tuple[str, ...]:
        """The platforms whose own calendar of what is coming is filled (`Letter.meeting`): Discord, or none."""
        return ("discord",) if self.discord.servers and self.discord.scheduled_events else ()

    @property
    def is_demo(self) -> bool:
        """Whether this network is a demo."""
        return self.network.kind is Kind.DEMO


@dataclass(frozen=True)
class Configured:
    """A config, and the folder it was found in, from which relative paths start."""

    config: Config
    folder: Path

    @property
    def data(self) -> Path:
        """Where databases are kept."""
        return self.folder / self.config.storage.folder

    @property
    def keys(self) -> Path:
        """Where keys are kept: never under `data`, so that no copy of it holds them."""
        return self.folder / "keys"

    @property
    def url(self) -> str:
        """The database."""
        name = "demo" if self.config.is_demo else "headsup"
        return self.config.storage.url.get_secret_value() or f"sqlite+aiosqlite:///{self.data / name}.sqlite3"

    @property
    def terms(self) -> Path | None:
        """The operator's own file of term dates; None for the example."""
        return self.folder / self.config.hours.terms if self.config.hours.terms else None


def read_config(path: Path | None) -> Configured:
    """The config in `path`, or the defaults where it is None. Raises WrongConfig naming every mistake."""
    tables = _read_toml(path) if path else {}
    mistakes = list(_secrets_in(tables))
    try:
        config = Config(**tables)
    except SettingsError as error:
        raise WrongConfig([_not_json(error)], path) from None
    except ValidationError as error:
        found = [_mistake(one) for one in error.errors(include_input=False, include_url=False)]
        raise WrongConfig([*mistakes, *found], path) from None
    mistakes += _contradictions(config)
    if mistakes:
        raise WrongConfig(mistakes, path)
    return Configured(config, (path.parent if path else Path()).resolve())


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise WrongConfig([f"{path.name}: not TOML: {problem}"]) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongConfig([f"{path}: cannot be read ({type(problem).__name__})"]) from None


_EXPECTED = {
    "tuple_type": 'a list is expected, such as ["one", "another"]',
    "bool_parsing": "true or false is expected, without quotes",
    "bool_type": "true or false is expected, without quotes",
    "int_parsing": "a whole number is expected, without quotes",
    "int_type": "a whole number is expected, without quotes",
    "model_type": "a section of its own is expected: its name in brackets on a line, and its keys below",
}
"""What pydantic calls by names of its own."""


def _mistake(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"] if part != "[key]")
    kind, says = error["type"], error["msg"].removeprefix("Value error, ")
    return f"{key}: {_unknown_key(error['loc']) if kind == 'extra_forbidden' else _EXPECTED.get(kind, says)}"


def _not_json(error: SettingsError) -> str:
    """Pydantic's own sentence names the section and no value, nor the variable."""
    section = str(error).split('"')[1]
    return f'{_PREFIX}{section.upper()}…: a list is written as JSON in the environment, such as ["slack:T0123:U0456"]'


def _unknown_key(place: tuple[str | int, ...]) -> str:
    """A sentence for a key that does not exist, with the one that was probably meant."""
    model: Any = Config
    for part in place[:-1]:
        model = model.model_fields[part].annotation if part in getattr(model, "model_fields", {}) else model
    keys = [str(key) for key in getattr(model, "model_fields", {})]
    near = get_close_matches(str(place[-1]), keys, n=1)
    return f"no such key; did you mean {near[0]}?" if near else f"no such key; there are {', '.join(keys)}"


def _secrets_in(tables: Mapping[str, Any]) -> Iterator[str]:
    """Secrets that stand in the config file, which is shown around and copied."""
    for section, key in _SECRETS:
        table = tables.get(section)
        if isinstance(table, dict) and table.get(key):
            variable = f"{_PREFIX}{section}{_GAP}{key}_FILE".upper()
            says = "a secret does not belong here: put it in a file of its own (chmod 600)"
            yield f"{section}.{key}: {says}, and say where that is in {variable}"


def _contradictions(config: Config) -> Iterator[str]:
    """Mistakes that only show when keys are seen together."""
    for name, named in (("slack", config.slack.workspaces), ("discord", config.discord.servers)):
        if named and config.is_demo:
            yield f"{name}: a demo network never meets real people; set network.kind to real in a folder of its own"
    if not set(config.support.concern) <= set(config.network.organisers):
        yield "support.concern: whoever reads what members worry about stands in network.organisers, too"


def _confirmed(line: HelpLine, own: HelpSection | None) -> HelpLine:
    return replace(line, number=own.number, verified_on=own.verified_on) if own else line
