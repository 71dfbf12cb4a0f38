"""`headsup run` on Discord, in a process of its own: started, spoken to, told to stop."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.clocks import SystemClock
from tests.discord.faults import Wrong
from tests.discord.interactions import Reply
from tests.discord.server import DiscordServer
from tests.door.program import spoken_to
from tests.house.reading import ROOT

ANSWER = "POST /interactions/*/callback"


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(SystemClock()) as server:
        yield server


def configure(discord: DiscordServer, folder: Path) -> dict[str, str]:
    """The config file, and the environment that names the secret."""
    organisers = discord.channel("organisers")
    (folder / "config.toml").write_text(
        f"""
        [network]
        kind = "real"
        [discord]
        servers = ["{discord.guild.id}"]
        channels = {{ organisers = "{organisers.id}" }}
        base_url = "{discord.api_url}"
        members_intent = true
        """
    )
    token = folder / "TOKEN"
    token.write_text(discord.app.token)
    token.chmod(0o600)
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HEADSUP_DISCORD__TOKEN_FILE": str(token)}


async def test_told_to_stop_it_gives_the_answer_that_is_being_given_and_its_log_holds_no_secret(
    discord: DiscordServer, tmp_path: Path
) -> None:
    tom = discord.person("Tom Reed")
    process = await spoken_to(tmp_path, configure(discord, tmp_path))
    try:
        await discord.until(lambda: discord.gateway.ready == 1, patience=60)
        await tom.use("headsup", "menu")
        assert tom.troubles == []
        failing = discord.faults.plant(ANSWER, Wrong.STATUS)
        using = await tom.use("headsup", "menu", wait=False)
        await discord.until(lambda: failing.happened)
    finally:
        process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), 60)
    said = (out + err).decode()
    assert process.returncode == 0, said
    assert using.reply is Reply.MESSAGE
    assert tom.troubles == []
    for secret in (discord.app.token, using.token, "Tom", "Traceback"):
        assert secret not in said
    assert discord.gateway.ready == 0


async def test_a_token_that_discord_does_not_know_ends_it_with_what_mends_it(
    discord: DiscordServer, tmp_path: Path
) -> None:
    environment = configure(discord, tmp_path)
    (tmp_path / "TOKEN").write_text("not.the.token")
    process = await spoken_to(tmp_path, environment)
    _, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"discord.token: Discord does not know it" in err
    assert b"Reset Token" in err
    assert not {word for word in (b"Traceback", b"not.the.token") if word in err}


async def test_a_token_that_is_taken_back_ends_it_when_the_line_is_opened_again(
    discord: DiscordServer, tmp_path: Path
) -> None:
    process = await spoken_to(tmp_path, configure(discord, tmp_path))
    await discord.until(lambda: discord.gateway.ready == 1, patience=60)
    discord.app.token_revoked = True
    discord.gateway.drop()
    _, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"discord.token: Discord does not know it" in err
    assert b"Traceback" not in err


async def test_without_a_token_it_says_what_mends_it(discord: DiscordServer, tmp_path: Path) -> None:
    environment = configure(discord, tmp_path)
    (tmp_path / "TOKEN").write_text("")
    process = await spoken_to(tmp_path, environment)
    _, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"headsup check" in err
