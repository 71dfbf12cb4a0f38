"""`headsup check` of a network on Discord, or on two platforms: each is asked, and organisers need one channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.discord.commands import draw_commands
from bot import front
from bot.config import read_config
from bot.door.plates import plates
from tests.adapters.discord.looked_at import ANNA, IDS, SERVER, TOKEN, LookedAt, looked_at
from tests.adapters.slack.installed import installed
from tests.door.commands import Headsup, beside
from tests.slack.server import SlackServer

CHANNELS = ", ".join(f'{name} = "{id}"' for name, id in IDS.items())
WITHOUT = ", ".join(f'{name} = "{id}"' for name, id in IDS.items() if name != "organisers")


@pytest.fixture
async def discord(headsup: Headsup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LookedAt]:
    """The application, and its token in a file."""
    (tmp_path / "token").write_text(TOKEN)
    (tmp_path / "token").chmod(0o600)
    monkeypatch.setenv("HEADSUP_DISCORD__TOKEN_FILE", str(tmp_path / "token"))
    async with looked_at() as given:
        given.commands = draw_commands(front.table(plates(read_config(None))))
        yield given


@pytest.fixture
async def slack(headsup: Headsup, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackServer]:
    async with SlackServer(app=installed()) as server:
        monkeypatch.setenv("HEADSUP_SLACK__BOT_TOKEN", server.app.bot_token)
        monkeypatch.setenv("HEADSUP_SLACK__APP_TOKEN", server.app.app_token)
        yield server


def configure(folder: Path, *sections: str, organiser: str = ANNA) -> None:
    network = f'[network]\nkind = "real"\norganisers = ["discord:{SERVER}:{organiser}"]\n'
    (folder / "config.toml").write_text("\n".join([network, *sections]))


def on_discord(discord: LookedAt, channels: str = CHANNELS) -> str:
    return f'[discord]\nservers = ["{SERVER}"]\nbase_url = "{discord.url}/"\nchannels = {{ {channels} }}\n'


def on_slack(slack: SlackServer, organisers: bool = False) -> str:
    names = ["events", "news", *(["organisers"] if organisers else [])]
    channels = ", ".join(f'{name} = "{slack.channel(name, private=True).id}"' for name in names)
    return f'[slack]\nworkspaces = ["{slack.team.id}"]\nbase_url = "{slack.api_url}"\nchannels = {{ {channels} }}\n'


async def places(headsup: Headsup) -> list[str]:
    """Where something is not well; the example's term dates are none of ours, and nobody reads worries here."""
    ran = await beside(headsup, "check", "--json")
    return [one["where"] for one in ran.json["findings"] if one["where"] not in ("hours.terms", "support.concern")]


async def test_a_network_on_discord_alone_is_looked_at(headsup: Headsup, discord: LookedAt, tmp_path: Path) -> None:
    configure(tmp_path, on_discord(discord))
    assert await places(headsup) == []
    assert discord.touched == 0
    configure(tmp_path, on_discord(discord), organiser="999999999999999999")
    assert await places(headsup) == ["network.organisers"]
    configure(tmp_path, on_discord(discord, WITHOUT))
    assert await places(headsup) == ["discord.channels.organisers"]


async def test_on_two_platforms_both_are_looked_at_and_organisers_need_one_channel(
    headsup: Headsup, discord: LookedAt, slack: SlackServer, tmp_path: Path
) -> None:
    configure(tmp_path, on_slack(slack), on_discord(discord))
    assert await places(headsup) == []
    configure(tmp_path, on_slack(slack, organisers=True), on_discord(discord, WITHOUT))
    assert await places(headsup) == []
    configure(tmp_path, on_slack(slack), on_discord(discord, WITHOUT))
    assert await places(headsup) == ["slack.channels.organisers"]
    slack.app.token_error, discord.application["bot_public"] = "token_revoked", True
    assert await places(headsup) == ["slack.bot_token", "discord.application"]


async def test_a_token_that_others_can_read_is_found(headsup: Headsup, discord: LookedAt, tmp_path: Path) -> None:
    configure(tmp_path, on_discord(discord))
    (tmp_path / "token").chmod(0o644)
    assert await places(headsup) == ["HEADSUP_DISCORD__TOKEN_FILE"]


def test_a_real_network_that_is_nowhere_is_told_of_both(headsup: Headsup, tmp_path: Path) -> None:
    configure(tmp_path)
    ran = headsup("check", "--json")
    (finding,) = [one for one in ran.json["findings"] if one["where"] == "network.kind"]
    assert "nowhere to listen" in finding["says"]
    assert "[slack]" in finding["mend"]
    assert "[discord]" in finding["mend"]
