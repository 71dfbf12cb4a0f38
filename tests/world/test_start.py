"""Everything an operator can get wrong at the start: a sentence and an exit code, and never a traceback."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.world.process import browser, headsup, headsup_beside, running

FIVE_MISTAKES = """
[network]
kind = "demoo"
zone = "Mars"
[storag]
url = "x"
[local]
port = 1
[introductions]
day = "Monda"
"""


def config(folder: Path, text: str) -> None:
    (folder / "config.toml").write_text(text)


def file(folder: Path, name: str, text: str = "x", mode: int = 0o600) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def database(folder: Path, *statements: str) -> None:
    (folder / "data").mkdir()
    with closing(sqlite3.connect(folder / "data/demo.sqlite3")) as made:
        for statement in statements:
            made.execute(statement)
        made.commit()


def bad_terms(folder: Path) -> None:
    config(folder, '[hours]\nterms = "my.toml"\n')
    file(folder, "my.toml", "england = 3")


NEWER = ("CREATE TABLE alembic_version (version_num VARCHAR(32))", "INSERT INTO alembic_version VALUES ('9999_later')")
MISTAKES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "five": (
        lambda f: config(f, FIVE_MISTAKES),
        ("network.kind", "network.zone", "storag:", "local.port", "introductions.day"),
    ),
    "no TOML": (lambda f: config(f, "[network\n"), ("config.toml", "not TOML")),
    "no terms": (lambda f: config(f, '[hours]\nterms = "no.toml"\n'), ("no.toml", "cannot be read")),
    "bad terms": (
        bad_terms,
        ("my.toml", "england"),
    ),
    "no database's address": (lambda f: config(f, '[storage]\nurl = "n0 url"\n'), ("storage.url",)),
    "another database": (lambda f: config(f, '[storage]\nurl = "mysql://h/x"\n'), ("storage.url",)),
    "nobody answers there": (
        lambda f: config(f, '[storage]\nurl = "postgresql+asyncpg://me:hush@127.0.0.1:1/x"\n'),
        ("storage.url", "ConnectionRefused"),
    ),
    "no database": (lambda f: file(f, "data/demo.sqlite3", "no database " * 99), ("data/demo.sqlite3", "NOTADB")),
    "no space": (lambda f: file(f, "data/demo-space.sqlite3", "no database " * 99), ("demo-space.sqlite3", "--fresh")),
    "a newer database": (lambda f: database(f, *NEWER), ("newer HeadsUp", "9999_later")),
    "data is no folder": (lambda f: file(f, "data"), ("data", "storage.folder")),
    "keys are no folder": (lambda f: file(f, "keys"), ("keys",)),
    "a key for all to read": (lambda f: file(f, "keys/seal.key", mode=0o644), ("keys/seal.key", "chmod 600")),
    "a broken key": (lambda f: file(f, "keys/mark.key"), ("keys/mark.key", "no key")),
    "a real network": (lambda f: config(f, '[network]\nkind = "real"\n'), ("network.kind",)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_a_sentence(tmp_path: Path, mistake: str) -> None:
    prepare, named = MISTAKES[mistake]
    prepare(tmp_path)
    ended = headsup(tmp_path, "run", "--empty")
    assert ended.code == 1
    assert "Traceback" not in ended.err
    assert "hush" not in ended.err, "a password is not shown"
    assert all(word in ended.err.replace("\n", "") for word in named), ended.err


@pytest.mark.parametrize("mistake", ["no database", "nobody answers there", "bad terms", "five", "a newer database"])
def test_check_finds_it_too(tmp_path: Path, mistake: str) -> None:
    MISTAKES[mistake][0](tmp_path)
    ended = headsup(tmp_path, "check", "--json")
    assert ended.code == 1
    assert "Traceback" not in ended.err
    found = json.loads(ended.out)
    assert not found["ok"]
    assert found["findings"]
    assert all(one["where"] and one["says"] and one["mend"] for one in found["findings"])


async def test_one_bot_on_one_folder(tmp_path: Path) -> None:
    async with running(tmp_path) as first:
        second = await headsup_beside(tmp_path, "run", "--empty", "--fresh")
        assert (second.code, "Traceback" in second.err) == (1, False)
        assert "is running on this database already" in second.err
        assert (tmp_path / "data/demo.sqlite3").exists(), "nor is it deleted under a running bot"
        async with browser() as session, session.get(first.url) as page:
            assert page.status == 200, "the first one never noticed"


async def test_one_bot_on_one_database_whichever_machine_it_runs_on(tmp_path: Path, fresh_postgres: str) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        config(folder, f'[storage]\nurl = "{fresh_postgres}"\n')
    (there / "people.csv").write_text("ref,name\n1,Tom Ashdown\n")
    async with running(here):
        shutil.copytree(here / "keys", there / "keys")
        second = await headsup_beside(there, "run", "--empty")
        assert (second.code, "Traceback" in second.err) == (1, False)
        assert "HeadsUp is running already on the database" in second.err
        imported = await headsup_beside(there, "members", "import", "people.csv", "--codes", "codes.csv")
        assert imported.code == 0, "an import goes on beside it"
    async with running(there) as second_start:
        assert second_start.url, "it is let go of"


def test_beginning_anew_deletes_no_real_network(tmp_path: Path) -> None:
    config(tmp_path, '[storage]\nurl = "sqlite+aiosqlite:///data/demo.sqlite3"\n')
    database(tmp_path, "CREATE TABLE settings (name TEXT, value TEXT)", "INSERT INTO settings VALUES ('kind', 'real')")
    before = (tmp_path / "data/demo.sqlite3").read_bytes()
    ended = headsup(tmp_path, "run", "--fresh")
    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert "Nothing was deleted" in ended.err
    assert (tmp_path / "data/demo.sqlite3").read_bytes() == before


def test_a_real_network_never_starts_on_a_demo(tmp_path: Path) -> None:
    config(tmp_path, "")
    (tmp_path / "people.csv").write_text("ref,name\n1,Tom Ashdown\n")
    assert headsup(tmp_path, "members", "import", "people.csv", "--codes", "codes.csv").code == 0
    (tmp_path / "data/demo.sqlite3").rename(tmp_path / "data/headsup.sqlite3")
    config(tmp_path, '[network]\nkind = "real"\n')
    as_real = headsup(tmp_path, "members", "import", "people.csv", "--codes", "codes.csv")
    assert as_real.code == 1
    assert "belongs to a demo network" in as_real.err


def test_a_demo_never_starts_on_a_real_database(tmp_path: Path) -> None:
    config(tmp_path, '[network]\nkind = "real"\n')
    (tmp_path / "people.csv").write_text("ref,name\n1,Tom Ashdown\n")
    born = headsup(tmp_path, "members", "import", "people.csv", "--codes", "codes.csv")
    assert born.code == 0, born.err
    (tmp_path / "data/headsup.sqlite3").rename(tmp_path / "data/demo.sqlite3")
    config(tmp_path, "")
    ended = headsup(tmp_path, "run", "--empty")
    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert "belongs to a real network" in ended.err


async def test_an_empty_key_opens_the_space_to_nobody(tmp_path: Path) -> None:
    """A disk that was full when the key was written leaves an empty file: it must not become an empty password."""
    file(tmp_path, "keys/space.key", "")
    async with running(tmp_path) as bot:
        assert len(bot.url.partition("?k=")[2]) >= 32
        async with browser() as session, session.get(f"http://127.0.0.1:{bot.port}/?k=") as page:
            assert page.status == 403
