"""docs/slack.md says what is so: its rights, its commands, its settings."""

import re
import shlex
import tomllib
from pathlib import Path
from textwrap import dedent

import pytest

from adapters.slack.ear import PATH
from adapters.slack.manifest import EVENTS, SCOPES
from bot import front
from bot.chat.command import Tree
from bot.config import Config, read_config
from bot.door.plates import plates
from bot.door.platforms import set_up
from bot.sections import Mode
from tests.door.commands import Headsup, in_folder
from tests.house.reading import ROOT

GUIDE = (ROOT / "docs/slack.md").read_text("utf-8")


def table(head: str) -> dict[str, str]:
    rows = GUIDE.partition(f"| {head} | why |\n|---|---|\n")[2].partition("\n\n")[0].splitlines()
    return dict(re.fullmatch(r"\| `(.+?)` \| (.+) \|", row).groups() for row in rows)  # type: ignore[union-attr, misc]


def test_it_lists_every_right_with_its_reason() -> None:
    assert table("scope") == SCOPES
    assert table("event") == EVENTS


def test_it_names_only_commands_that_there_are() -> None:
    words = {(one.tree.value, one.word) for one in front.table(plates(read_config(None)))}
    named = re.findall(r"`/(headsup(?:-organise)?)((?: [a-z]+)*)`", GUIDE)
    assert len(named) >= 4
    for tree, word in named:
        assert not word or (tree, word.strip()) in words, f"/{tree}{word}"
    assert Tree.MEMBER.value in dict(named)


@pytest.fixture
def headsup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Headsup:
    return in_folder(tmp_path, monkeypatch, capsys)


def test_its_commands_that_start_nothing_work_as_they_are_written(headsup: Headsup) -> None:
    lines = re.findall(r"^ *(?: {4}|\$ )\.venv/bin/headsup (.+)$", GUIDE, re.MULTILINE)
    assert {line.split()[0] for line in lines} == {"manifest", "check", "run"}
    for line in lines:
        words = shlex.split(line)
        ran = headsup(*words) if words[0] != "run" else headsup("run", "--help")
        assert ran.code == 0, f"{line}: {ran.err}"


def known(section: str, key: str) -> bool:
    return key in type(getattr(Config(), section)).model_fields


def test_its_settings_are_settings(tmp_path: Path) -> None:
    toml, by_http = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    both = [*tomllib.loads(toml).items(), *tomllib.loads(dedent(by_http)).items()]
    named = {(section, key) for section, keys in both for key in keys}
    variables = re.findall(r"HEADSUP_([A-Z]+)__([A-Z_]+)_FILE", GUIDE)
    named |= {(section.casefold(), key.casefold()) for section, key in variables}
    assert [f"{section}.{key}" for section, key in named if not known(section, key)] == []
    file = tmp_path / "config.toml"
    file.write_text(toml)
    config = read_config(file).config
    assert (config.is_demo, config.slack.workspaces, config.slack.mode) == (False, ("T0123ABCD",), Mode.SOCKET)
    file.write_text(toml + dedent(by_http).replace("[slack]\n", ""))
    slack = read_config(file).config.slack
    assert (slack.mode, slack.workspaces, slack.port) == (Mode.HTTP, ("T0123ABCD",), Config().slack.port)


def test_by_http_it_starts_with_what_the_guide_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lacking that only Socket Mode needs, and the path is the one that is listened for."""
    toml, by_http = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    section = GUIDE.partition("## By HTTP instead of a socket")[2]
    named = re.findall(r"(HEADSUP_SLACK__[A-Z_]+_FILE)=(secrets/[a-z-]+)", section)
    for variable, path in named:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("secret")
        monkeypatch.setenv(variable, str(tmp_path / path))
    (tmp_path / "config.toml").write_text(toml + dedent(by_http).replace("[slack]\n", ""))
    configured = read_config(tmp_path / "config.toml")
    assert [one.name for one in set_up(configured)] == ["slack"]
    assert f"reverse_proxy {configured.config.slack.host}:{configured.config.slack.port}" in section
    assert f"https://headsup.example.org{PATH}" in section
    assert f"handle {PATH} " in section


@pytest.mark.parametrize("heading", ["## 2. The app", "## 3. The places"])
def test_what_is_pressed_on_slacks_pages_stands_marked(heading: str) -> None:
    steps = re.findall(r"^\d\. (.)", GUIDE.partition(heading)[2].partition("\n## ")[0], re.MULTILINE)
    assert len(steps) >= 3
    assert set(steps) == {"◇"}


@pytest.mark.parametrize("said", ["The bot token got out", "The app-level token got out", "The app is removed"])
def test_a_new_token_is_put_into_its_file_and_the_bot_restarted(said: str) -> None:
    section = GUIDE.partition("## When something changes")[2].partition("\n## ")[0]
    step = section.partition(f"- **{said}**")[2].partition("\n- ")[0]
    assert "into its file" in " ".join(step.split())
    assert "restart" in step
