"""`headsup run` on a real network, in a process of its own: started, spoken to, told to stop."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from socket import socket

import pytest

from tests.adapters.slack.installed import installed
from tests.door.program import spoken_to
from tests.house.reading import ROOT
from tests.packaging.deploy import is_healthy, minutes_ago
from tests.slack.server import SlackServer

SECRET = "zqcanary0 private words"


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(app=installed()) as server:
        yield server


def configure(slack: SlackServer, folder: Path, more: str = "", **other: str) -> dict[str, str]:
    """The config file with `more` under [slack], and the environment that names the secrets, and the `other` ones."""
    organisers = slack.channel("organisers", private=True)
    (folder / "config.toml").write_text(
        f"""
        [network]
        kind = "real"
        [slack]
        workspaces = ["{slack.team.id}"]
        channels = {{ organisers = "{organisers.id}" }}
        base_url = "{slack.api_url}"
        {more}
        """
    )
    named = {"BOT_TOKEN": slack.app.bot_token, "APP_TOKEN": slack.app.app_token} | other
    for key, secret in named.items():
        (folder / key).write_text(secret)
        (folder / key).chmod(0o600)
    files = {f"HEADSUP_SLACK__{key}_FILE": str(folder / key) for key in named}
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | files


async def test_it_answers_until_it_is_told_to_stop_and_its_log_holds_no_secret(
    slack: SlackServer, tmp_path: Path
) -> None:
    tom = slack.person("Tom Reed")
    process = await spoken_to(tmp_path, configure(slack, tmp_path))
    try:
        await slack.until(lambda: len(slack.sockets.open) == 2, patience=60)
        await tom.types(f"/headsup {SECRET}")
        assert len(tom.draws()) == 1, "an answer to a word that is none"
        await slack.uninstall()
        sent = await tom.command("/headsup", "start", wait=False)
        await sent.settle()
        assert sent.acked
    finally:
        process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), 30)
    said = (out + err).decode()
    assert process.returncode == 0, said
    assert "app_uninstalled" in said, "the operator can read why letters stop"
    for secret in (slack.app.bot_token, slack.app.app_token, SECRET, "Tom", "Traceback", "ticket="):
        assert secret not in said
    assert slack.sockets.open == []


def free_port() -> int:
    """One that nobody listens on; a moment later somebody may."""
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def is_open(port: int) -> bool:
    with socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


async def test_over_http_it_answers_what_is_signed_and_says_once_why_it_refuses_what_is_not(
    slack: SlackServer, tmp_path: Path
) -> None:
    """It needs no app-level token. The URL is verified as the manifest for HTTP is saved."""
    tom, port, secret = slack.person("Tom Reed"), free_port(), slack.app.signing_secret
    more = f'mode = "http"\nport = {port}'
    environment = configure(slack, tmp_path, more, APP_TOKEN="", SIGNING_SECRET=secret)
    process = await spoken_to(tmp_path, environment)
    try:
        await slack.until(lambda: is_open(port) or process.returncode is not None)
        way = await slack.use_http(f"http://127.0.0.1:{port}/slack/events")
        await tom.types(f"/headsup {SECRET}")
        assert len(tom.draws()) == 1, "an answer to a word that is none"
        slack.app.signing_secret = "somebody-elses"
        for _ in range(3):
            assert (await way.post(way.sign(f"text={SECRET}", "application/x-www-form-urlencoded"))).status == 401
    finally:
        process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), 30)
    said = (out + err).decode()
    assert process.returncode == 0, said
    (line,) = [line for line in said.splitlines() if "was refused" in line]
    assert "HEADSUP_SLACK__SIGNING_SECRET_FILE" in line
    for private in (secret, slack.app.signing_secret, SECRET, "Tom", "Traceback"):
        assert private not in said


async def test_a_process_that_hangs_is_no_longer_healthy_and_one_that_goes_on_is(
    slack: SlackServer, tmp_path: Path
) -> None:
    heartbeat = tmp_path / "heartbeat"
    process = await spoken_to(tmp_path, configure(slack, tmp_path) | {"HEARTBEAT_FILE": str(heartbeat)})
    try:
        await slack.until(lambda: is_healthy(heartbeat))
        process.send_signal(signal.SIGSTOP)
        minutes_ago(heartbeat, 6)
        assert not is_healthy(heartbeat)
        process.send_signal(signal.SIGCONT)
        await slack.until(lambda: is_healthy(heartbeat))
    finally:
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("key", "click"),
    [
        ("BOT_TOKEN", "under Install App, copy"),
        ("APP_TOKEN", "App-Level Tokens, press Generate, add connections:write"),
    ],
)
async def test_without_a_token_it_says_what_mends_it(slack: SlackServer, tmp_path: Path, key: str, click: str) -> None:
    environment = configure(slack, tmp_path)
    (tmp_path / key).write_text("")
    process = await spoken_to(tmp_path, environment)
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    for told in (f"slack.{key.casefold()}: there is none", click, f"HEADSUP_SLACK__{key}_FILE", "headsup check"):
        assert told in err.decode()


async def test_nothing_of_a_real_network_is_begun_anew(slack: SlackServer, tmp_path: Path) -> None:
    process = await spoken_to(tmp_path, configure(slack, tmp_path), "--fresh")
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert b"for a demo" in err
