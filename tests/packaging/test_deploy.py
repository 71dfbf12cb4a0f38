"""docs/deploy: what keeps the bot alive is checked by those who will run it, as far as they are at hand."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from signal import SIGUSR1

import pytest

from bot.config import _SECRETS, Config, read_config
from bot.door.alive import NAMED
from tests.house.reading import ROOT
from tests.packaging.deploy import DOCKERFILE, FOLDERS, Bench, Step, is_healthy, minutes_ago

DEPLOY = ROOT / "docs/deploy"
UNIT = (DEPLOY / "headsup.service").read_text("utf-8")
PROGRAM = "/opt/headsup/.venv/bin/headsup"
EXPOSED = 15
"""Tenths of a point that `systemd-analyze security` may find; ten points are a service without any hedge."""

systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
systemd_may_be_missing = pytest.mark.may_skip("only machines with systemd can look at its units")


def all_of(what: str) -> list[str]:
    return [step.rest for step in DOCKERFILE if step.what == what]


# systemd


def analysed(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What systemd says of the unit; its program is where this environment has it."""
    unit = tmp_path / "headsup.service"
    unit.write_text(UNIT.replace(PROGRAM, str(Path(sys.executable).parent / "headsup")))
    command = ["systemd-analyze", *words, str(unit)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@systemd
@systemd_may_be_missing
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    told = analysed(tmp_path, "verify", "--man=no")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


@systemd
@systemd_may_be_missing
def test_a_mistake_in_the_unit_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "headsup.service").write_text(UNIT.replace("RestartSec=15", "RestartSecs=soon"))
    told = subprocess.run(["systemd-analyze", "verify", tmp_path / "headsup.service"], capture_output=True, text=True)
    assert "RestartSecs" in told.stderr


@systemd
@systemd_may_be_missing
def test_the_unit_may_do_little(tmp_path: Path) -> None:
    told = analysed(tmp_path, "security", "--offline=true", f"--threshold={EXPOSED}")
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_unit_hands_over_secrets_in_files_that_the_config_reads() -> None:
    named = [line.partition("=")[2] for line in UNIT.splitlines() if line.startswith("Environment=")]
    credentials = {line.partition("=")[2].split(":")[0] for line in UNIT.splitlines() if line.startswith("LoadCred")}
    empty = {line.partition("=")[2].removesuffix(":\\n") for line in UNIT.splitlines() if line.startswith("SetCred")}
    assert len(named) == len(credentials) == 5
    assert empty == credentials, "where the network is not on a platform, there is no file"
    for setting in named:
        name, _, file = setting.partition("=")
        section, key = name.removeprefix("HEADSUP_").removesuffix("_FILE").casefold().split("__")
        assert key in type(getattr(Config(), section)).model_fields
        assert file.removeprefix("%d/") in credentials


def test_a_reload_is_asked_for_by_the_signal_that_means_one() -> None:
    assert f"ExecReload=/bin/kill -{SIGUSR1.name.removeprefix('SIG')} $MAINPID" in UNIT.splitlines()


def test_an_empty_secret_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the unit hands over of a platform that the network is not on."""
    (tmp_path / "config.toml").write_text('[network]\nkind = "real"\n[slack]\nworkspaces = ["T0123ABCD"]\n')
    for name, text in (("SLACK__BOT_TOKEN", "xoxb-1"), ("SLACK__APP_TOKEN", "xapp-1"), ("DISCORD__TOKEN", "\n")):
        secret = tmp_path / name
        secret.write_text(text)
        secret.chmod(0o400)
        monkeypatch.setenv(f"HEADSUP_{name}_FILE", str(secret))
    config = read_config(tmp_path / "config.toml").config
    assert (config.slack.bot_token.get_secret_value(), config.discord.token.get_secret_value()) == ("xoxb-1", "")


def test_every_secret_that_there_is_can_be_handed_over() -> None:
    for section, key in _SECRETS:
        assert f"HEADSUP_{section}__{key}_FILE=%d/".upper().replace("%D", "%d") in UNIT


# Docker


def test_what_is_said_to_reach_a_port_in_the_container_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """By default it would listen to the container alone."""
    readme = (DEPLOY / "README.md").read_text("utf-8")
    secrets = re.findall(r"--env HEADSUP_([A-Z_]+?)__([A-Z_]+)_FILE=/run/secrets/([a-z-]+)", readme)
    assert {(section.casefold(), key.casefold()) for section, key, _ in secrets} <= set(_SECRETS)
    for name, value in re.findall(r"--env (HEADSUP_\w+__HOST)=([\d.]+)", readme):
        monkeypatch.setenv(name, value)
    config = read_config(None).config
    published = re.findall(r"--publish 127\.0\.0\.1:(\d+):(\d+)", readme)
    assert published == [(str(one.port), str(one.port)) for one in (config.slack, config.calendar)]
    assert (config.slack.host, config.calendar.host) == ("0.0.0.0", "0.0.0.0")  # noqa: S104 - in a container


def test_the_container_runs_as_nobody_in_particular() -> None:
    assert DOCKERFILE[0].what == "FROM"
    assert all_of("USER") == ["10001"]
    later = DOCKERFILE[DOCKERFILE.index(Step("USER", "10001")) :]
    done = {"USER", "WORKDIR", "VOLUME", "ENV", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    assert {step.what for step in later} == done, "nothing is done as root"


def test_only_what_the_bot_is_made_of_gets_into_the_container() -> None:
    copied = {source for rest in all_of("COPY") for source in rest.split()[:-1]}
    let_in = {line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line[0] == "!"}
    assert (
        copied
        == let_in
        == {"requirements.lock", "pyproject.toml", "README.md", "LICENSE"}
        | {
            "adapters",
            "bot",
            "scheduler",
            "storage",
        }
    )


def test_unit_and_container_start_the_same() -> None:
    program, words = json.loads(all_of("ENTRYPOINT")[0]), json.loads(all_of("CMD")[0])
    assert f"ExecStart={' '.join([*program, *words])}" in UNIT.splitlines()
    assert all_of("WORKDIR") == list(FOLDERS)
    assert all_of("VOLUME") == [FOLDERS[1]]


def test_the_health_of_a_container_is_that_its_heart_beat_lately(tmp_path: Path) -> None:
    beats = tmp_path / "heartbeat"
    assert not is_healthy(beats), "not before the first beat"
    beats.touch()
    assert is_healthy(beats)
    minutes_ago(beats, 4)
    assert is_healthy(beats)
    minutes_ago(beats, 6)
    assert not is_healthy(beats)
    assert all_of("ENV") == [f"{NAMED}=/tmp/heartbeat"], "what the bot reads, where anybody can write"


def bench(root: Path) -> Bench:
    """A root to take the steps in, with stand-ins for the two programs that only root can use."""
    stands = root / "stand-ins"
    stands.mkdir()
    for name in ("useradd", "install"):
        (stands / name).write_text(f'#!/bin/sh\necho {name} "$@" >> {root}/asked\n')
        (stands / name).chmod(0o755)
    base = Path(sys.executable).resolve().parent
    (stands / "python").symlink_to(base / "python3" if (base / "python3").exists() else sys.executable)
    return Bench(root, f"{stands}:/usr/bin:/bin")


def test_what_is_copied_is_enough_to_build_it(tmp_path: Path) -> None:
    """All steps but the fetching of packages: those of this environment stand in for them."""
    container, entrypoint = bench(tmp_path), Step("ENTRYPOINT", all_of("ENTRYPOINT")[0])
    for step in DOCKERFILE:
        if "requirements.lock --" not in step.rest and "--require-hashes" not in step.rest:
            container.take(step)
        else:
            subprocess.run([sys.executable, "-m", "venv", container.at / ".venv"], check=True)
            here = Path(next(path for path in sys.path if path.endswith("site-packages")))
            there = next((container.at / ".venv/lib").glob("python*/site-packages"))
            (there / "packages.pth").write_text(f"{here}\n")
    told = container.start(entrypoint, "manifest", "slack")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == (ROOT / "adapters/slack/manifest.yaml").read_text("utf-8")
    assert "useradd --system" in (tmp_path / "asked").read_text()


@pytest.mark.drill
def test_every_step_of_the_container_works_as_it_is_written(tmp_path: Path) -> None:
    """Fetches every package, as an engine would."""
    container = bench(tmp_path)
    for step in DOCKERFILE:
        container.take(step)
    told = container.start(Step("ENTRYPOINT", all_of("ENTRYPOINT")[0]), "check", "--json")
    assert json.loads(told.stdout) == {"ok": True, "findings": []}
