"""The config file: every mistake at once, by its key, and never a value."""

import re
import tomllib
from pathlib import Path

import pytest

from adapters.discord.settings import API, CHANNELS
from bot.config import Config, WrongConfig, read_config
from bot.sections import DISCORD_CHANNELS

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.toml"


def test_the_example_is_exactly_the_defaults() -> None:
    example, plain = read_config(EXAMPLE).config, Config()
    assert example.help_lines == plain.help_lines
    assert example.model_copy(update={"help": {}}) == plain


def test_whoever_reads_a_worry_is_an_organiser(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[network]\norganisers = ["test:here:anna"]\n[support]\nconcern = ["test:here:anna"]\n')
    assert read_config(path).config.support.concern == ("test:here:anna",)
    path.write_text('[network]\norganisers = ["test:here:anna"]\n[support]\nconcern = ["test:here:canary"]\n')
    with pytest.raises(WrongConfig, match=r"support\.concern: whoever reads what members worry about") as wrong:
        read_config(path)
    assert "canary" not in str(wrong.value)


def test_the_example_names_every_setting() -> None:
    written = tomllib.loads(EXAMPLE.read_text("utf-8"))
    for section, field in Config.model_fields.items():
        keys = getattr(field.annotation, "model_fields", None)
        if keys is not None:
            assert written[section].keys() == keys.keys(), section
    assert written["help"].keys() == {key for key, line in Config().help_lines.items() if line.number}


def test_five_mistakes_are_told_at_once_and_no_value_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        """
        [network]
        kind = "CANARY-1"
        zone = "CANARY-2"
        organisers = ["CANARY-3"]
        [introductions]
        dya = "CANARY-4"
        [hours]
        evening = "06:00"
        [discord]
        opens_an_hour = 1000
        """
    )
    with pytest.raises(WrongConfig) as wrong:
        read_config(path)
    keys = [mistake.split(":")[0] for mistake in wrong.value.mistakes]
    assert keys == [
        "network.kind",
        "network.zone",
        "network.organisers.0",
        "discord.opens_an_hour",
        "hours",
        "introductions.dya",
    ]
    assert "did you mean day?" in str(wrong.value)
    assert "CANARY" not in str(wrong.value)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('support = { concern = "CANARY" }', "support.concern: a list is expected"),
        (
            'announcements = { second_organiser = "CANARY" }',
            "announcements.second_organiser: true or false is expected",
        ),
        ('calendar = { port = "CANARY" }', "calendar.port: a whole number is expected"),
        ('pulse = "CANARY"', "pulse: a section of its own is expected"),
    ],
)
def test_what_is_expected_is_said_in_the_words_of_a_config_file(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(line)
    with pytest.raises(WrongConfig) as wrong:
        read_config(path)
    assert says in str(wrong.value)
    assert not re.search("CANARY|tuple|boolean|dictionary|instance", str(wrong.value))


def test_the_environment_wins_and_secrets_come_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, secret = tmp_path / "config.toml", tmp_path / "token"
    path.write_text('[network]\nname = "From the file"\nnation = "wales"\n')
    secret.write_text("hush\n")
    monkeypatch.setenv("HEADSUP_NETWORK__NAME", "From outside")
    monkeypatch.setenv("HEADSUP_DISCORD__TOKEN_FILE", str(secret))
    config = read_config(path).config
    assert (config.network.name, config.network.nation) == ("From outside", "wales")
    assert config.discord.token.get_secret_value() == "hush"
    assert "hush" not in repr(config)


def test_a_secret_in_the_config_file_is_a_mistake_beside_the_others(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[slack]\nbot_token = "xoxb-CANARY"\nworkspaces = ["somewhere"]\nchannels = { staff = "C01" }\n')
    with pytest.raises(WrongConfig, match="HEADSUP_SLACK__BOT_TOKEN_FILE") as wrong:
        read_config(path)
    assert [mistake.split(":")[0] for mistake in wrong.value.mistakes] == [
        "slack.bot_token",
        "slack.workspaces.0",
        "slack.channels.staff",
    ]
    assert "CANARY" not in str(wrong.value)


def test_each_mistake_about_discord_is_told_by_its_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        """
        [network]
        kind = "real"
        [discord]
        token = "CANARY-1"
        servers = ["CANARY-2", 12345, 123456789012345678]
        channels = { staff = "123456789012345679", start = "#CANARY-3" }
        opens_an_hour = 0
        base_url = "CANARY-4"
        """
    )
    with pytest.raises(WrongConfig, match="HEADSUP_DISCORD__TOKEN_FILE") as wrong:
        read_config(path)
    assert [mistake.split(":")[0] for mistake in wrong.value.mistakes] == [
        "discord.token",
        "discord.servers.0",
        "discord.servers.1",
        "discord.channels.staff",
        "discord.channels.start",
        "discord.opens_an_hour",
        "discord.base_url",
    ]
    assert "Copy ID" in str(wrong.value)
    assert "CANARY" not in str(wrong.value)


def test_ids_of_discord_may_be_written_as_the_numbers_they_are(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[network]\nkind = "real"\n[discord]\nservers = [123456789012345678]\n')
    assert read_config(path).config.discord.servers == ("123456789012345678",)


@pytest.mark.parametrize("name", ["events", "news", "introductions", "inbox", "start"])
def test_organisers_on_discord_share_their_channel_with_nobody(name: str, tmp_path: Path) -> None:
    path, one, other = tmp_path / "config.toml", "123456789012345678", "123456789012345679"
    path.write_text(f'[discord]\nchannels = {{ organisers = "{one}", {name} = "{one}" }}\n')
    with pytest.raises(WrongConfig, match=r"discord\.channels: organisers and .* of their own"):
        read_config(path)
    path.write_text(f'[discord]\nchannels = {{ organisers = "{one}", {name} = "{other}" }}\n')
    assert read_config(path).config.discord.channels[name] == other


@pytest.mark.parametrize("name", ["events", "news"])
def test_organisers_on_slack_share_their_channel_with_nobody(name: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[slack]\nchannels = {{ organisers = "C0123", {name} = "C0123" }}\n')
    with pytest.raises(WrongConfig, match=r"slack\.channels: organisers and .* of their own"):
        read_config(path)


TWO = """
[network]
kind = "real"
[slack]
workspaces = ["T0123"]
channels = { organisers = "C0123", events = "C0234" }
[discord]
servers = ["123456789012345678"]
channels = { events = "123456789012345679", news = "123456789012345680" }
"""


def test_rooms_are_told_on_which_platforms_there_is_a_channel_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(TWO)
    config = read_config(path).config
    found = {name: config.places(name) for name in ("organisers", "events", "news")}
    assert found == {"organisers": ("slack",), "events": ("slack", "discord"), "news": ("discord",)}
    assert config.workspaces == {"slack": "T0123", "discord": "123456789012345678"}
    assert config.calendars == ()
    assert Config().places("events") == ("local",)
    path.write_text(TWO.replace('workspaces = ["T0123"]', "workspaces = []"))
    assert read_config(path).config.places("events") == ("discord",)


def test_scheduled_events_are_shown_only_where_events_have_a_channel(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"{TWO}scheduled_events = true\n")
    assert read_config(path).config.calendars == ("discord",)
    path.write_text(TWO.replace('events = "1', 'start = "1') + "scheduled_events = true\n")
    with pytest.raises(WrongConfig, match=r"discord: .*channels has to name events"):
        read_config(path)


def test_the_adapter_knows_discords_channels_by_the_same_names() -> None:
    assert DISCORD_CHANNELS == CHANNELS
    assert Config().discord.base_url == API


def test_a_secret_file_that_is_not_there_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADSUP_DISCORD__TOKEN_FILE", "/nowhere/token")
    with pytest.raises(WrongConfig, match="HEADSUP_DISCORD__TOKEN_FILE"):
        read_config(None)


@pytest.mark.parametrize("named", ['[slack]\nworkspaces = ["T1"]\n', "[discord]\nservers = [123456789012345678]\n"])
def test_real_platforms_are_refused_on_a_demo_network(named: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(named)
    with pytest.raises(WrongConfig, match="demo network never meets real people"):
        read_config(path)


@pytest.mark.parametrize("text", ["[network", "\x00", "network = 3"])
def test_what_is_no_toml_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(WrongConfig):
        read_config(path)
