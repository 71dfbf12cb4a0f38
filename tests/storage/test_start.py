"""Before a bot stands on a database: keys, lock, copies, tables, and what it is from birth."""

import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, insert

from bot.chat.ids import Id
from bot.checkins.model import Outcome
from bot.checkins.store import CHECKINS
from bot.core.errors import OperatorError
from bot.members.kinds import Topic
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS
from bot.pairing.store import PAIRINGS
from storage import rooms  # noqa: F401 - whoever has the rooms has all tables
from storage.columns import metadata
from storage.copies import copy_aside, forget_old
from storage.engine import open_database
from storage.group import Group
from storage.house import House
from storage.lock import locked
from storage.migrate import migrate, revisions
from storage.notes import SqlNotes
from storage.seal import Seal, Unsealable, read_secrets
from storage.start import make_ready, open_network
from storage.upgrade import scripts
from tests.adapters.scripted import Standing
from tests.storage.stands import AT, HOUSE, Pen, file_url, opened

DAY = timedelta(days=1)


def test_a_seal_opens_only_what_it_was_closed_for() -> None:
    seal = Seal(b"a" * 32)
    sealed = seal.close(b"body", "letter:1")
    assert seal.open(sealed, "letter:1") == b"body"
    assert b"body" not in sealed
    assert seal.close(b"body", "letter:1") != sealed
    broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for wrong, about in ((sealed, "letter:2"), (broken, "letter:1"), (b"", "letter:1"), (sealed[:9], "letter:1")):
        with pytest.raises(Unsealable):
            seal.open(wrong, about)


def test_two_keys_open_and_the_first_closes() -> None:
    old, new = Seal(b"o" * 32), Seal(b"n" * 32)
    both = Seal(b"n" * 32, b"o" * 32)
    assert both.open(old.close(b"x", "k"), "k") == b"x"
    assert new.open(both.close(b"x", "k"), "k") == b"x"
    with pytest.raises(Unsealable):
        new.open(old.close(b"x", "k"), "k")


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        first = read_secrets(tmp_path / "keys")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}
    again = read_secrets(tmp_path / "keys")
    assert again.mark == first.mark
    assert again.seal.open(first.seal.close(b"x", "k"), "k") == b"x"


def test_a_key_is_replaced_by_moving_it_aside(tmp_path: Path) -> None:
    sealed = read_secrets(tmp_path).seal.close(b"x", "k")
    (tmp_path / "seal.key").rename(tmp_path / "seal.old.key")
    secrets = read_secrets(tmp_path)
    assert secrets.seal.open(sealed, "k") == b"x"
    (tmp_path / "seal.old.key").unlink()
    with pytest.raises(Unsealable):
        read_secrets(tmp_path).seal.open(sealed, "k")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_reach_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    read_secrets(tmp_path)
    (tmp_path / "mark.key").chmod(mode)
    with pytest.raises(OperatorError, match=r"chmod 600 .*mark\.key"):
        read_secrets(tmp_path)


def test_a_broken_key_is_refused(tmp_path: Path) -> None:
    read_secrets(tmp_path)
    (tmp_path / "seal.key").write_text("not a key")
    with pytest.raises(OperatorError, match=r"seal\.key is no key"):
        read_secrets(tmp_path)


@contextmanager
def files_hold(most: int) -> Iterator[None]:
    """As a disk with so many bytes left would do."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_where_a_full_disk_took_no_key_the_next_start_makes_one(tmp_path: Path) -> None:
    with files_hold(10), pytest.raises(OperatorError, match="cannot be used for keys"):
        read_secrets(tmp_path / "keys")
    assert list((tmp_path / "keys").iterdir()) == []
    first = read_secrets(tmp_path / "keys")
    assert read_secrets(tmp_path / "keys").mark == first.mark


def test_all_who_start_at_once_have_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: read_secrets(tmp_path / "keys"), range(8)))
    sealed = found[0].seal.close(b"x", "k")
    assert {(one.mark, one.seal.open(sealed, "k")) for one in found} == {(found[0].mark, b"x")}
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["mark.key", "seal.key"]


def test_a_second_process_is_refused_and_a_killed_one_is_not_missed(tmp_path: Path) -> None:
    lock = tmp_path / "data" / "demo.lock"
    program = f"""
import sys, time
from pathlib import Path
from storage.lock import locked
with locked(Path({str(lock)!r})):
    print("held", flush=True)
    time.sleep(600)
"""
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(OperatorError, match="running on this database already"), locked(lock):
            pass
        process.kill()
    with locked(lock):
        pass


def test_a_lock_that_cannot_be_made_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(OperatorError, match=r"demo\.lock cannot be written"), locked(tmp_path / "data" / "demo.lock"):
        pass


def test_copies_are_whole_private_and_forgotten_after_thirty_days(tmp_path: Path) -> None:
    database, folder = tmp_path / "demo.sqlite3", tmp_path / "copies"
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE t (x)")
        writer.execute("INSERT INTO t VALUES ('in the WAL')")
        writer.commit()
        copies = [copy_aside(database, folder, AT + n * DAY) for n in (0, 1)]
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("SELECT x FROM t").fetchall() == [("in the WAL",)]
    assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
    (folder / "mine.sqlite3").touch()
    assert forget_old(folder, AT + 30 * DAY) == []
    assert forget_old(folder, AT + 30 * DAY + timedelta(seconds=1)) == [copies[0]]
    assert sorted(path.name for path in folder.iterdir()) == sorted([copies[1].name, "mine.sqlite3"])


def test_a_copy_for_which_there_is_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    database, folder = tmp_path / "demo.sqlite3", tmp_path / "copies"
    with closing(sqlite3.connect(database)) as source:
        source.execute("CREATE TABLE letters AS SELECT zeroblob(1000000)")
        source.commit()
    with files_hold(500_000), pytest.raises(sqlite3.OperationalError):
        copy_aside(database, folder, AT)
    assert list(folder.iterdir()) == []
    copy = copy_aside(database, folder, AT)
    assert list(folder.iterdir()) == [copy]
    assert copy.stat().st_size == database.stat().st_size


def copies_in(folder: Path) -> list[Path]:
    return list(folder.glob("copies/*"))


async def test_a_new_database_is_not_copied_and_a_ready_one_not_again(tmp_path: Path) -> None:
    url = file_url(tmp_path / "data" / "demo.sqlite3")
    assert await make_ready(url, tmp_path / "copies", AT) == []
    assert await make_ready(url, tmp_path / "copies", AT) == []
    assert copies_in(tmp_path) == []


async def test_an_older_database_is_copied_before_it_is_touched(tmp_path: Path, url: str) -> None:
    path = Path(url.partition("///")[2])
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE precious (x)")
        old.commit()
    (note,) = await make_ready(url, tmp_path / "copies", AT)
    with closing(sqlite3.connect(note.removeprefix("copied aside to "))) as aside:
        assert [name for (name,) in aside.execute("SELECT name FROM sqlite_master")] == ["precious"]


async def test_a_newer_database_is_refused_and_left_alone(url: str, tmp_path: Path) -> None:
    async with opened(url):
        pass
    path = Path(url.partition("///")[2])
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    with pytest.raises(OperatorError, match="made by a newer HeadsUp"):
        await make_ready(url, tmp_path / "copies", AT)
    assert copies_in(tmp_path) == []


async def test_a_network_is_demo_or_real_from_birth(url: str) -> None:
    await make_ready(url, Path("none"), AT)
    for _ in range(2):
        await (await open_network(url, HOUSE, "demo", AT)).close()
    with pytest.raises(OperatorError, match=r"belongs to a demo network, and network\.kind says real"):
        await open_network(url, HOUSE, "real", AT)


async def test_a_database_is_opened_with_the_key_of_its_marks_alone(url: str, tmp_path: Path) -> None:
    """With another one blocks would no longer hold against who was forgotten, and nobody would know."""
    keys = tmp_path / "keys"

    async def starts() -> None:
        await (await open_network(url, House(read_secrets(keys)), "demo", AT)).close()

    await make_ready(url, Path("none"), AT)
    for _ in range(2):
        await starts()
    (keys / "mark.key").rename(keys / "put-aside")
    for _ in range(2):
        with pytest.raises(OperatorError, match=r"keys/mark\.key is not the key .* Put back the one from your copy"):
            await starts()
    (keys / "put-aside").replace(keys / "mark.key")
    await starts()
    (keys / "mark.key").unlink()
    (keys / "mark.lost").touch()
    await starts()
    (keys / "mark.lost").unlink()
    await starts()


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_the_migrations_make_the_tables_that_the_code_wants(
    engine: str, url: str, request: pytest.FixtureRequest
) -> None:
    url = url if engine == "sqlite" else request.getfixturevalue("fresh_postgres")
    database = open_database(url, Group.idle())
    await migrate(database)
    await migrate(database)
    assert await database.alter(differences) == []
    await database.close()


FIRST_ROWS: dict[str, dict[str, object]] = {
    "members": {"id": 7, "name": "Ann", "sought": "ann", "stage": "member", "topics": "send", "often": "weekly"}
    | dict.fromkeys(("shows_school", "weekends", "holidays", "away"), False),
    "identities": {"account": "local:a:ann", "platform": "local", "workspace": "a", "user": "ann", "member": 7}
    | {"rights": "anyone member", "since": 5},
    "consents": {"member": 7, "consent": "messages", "yes": True, "at": 5},
    "rounds": {"id": 1, "day": date(2026, 11, 9), "state": "sent", "sent_at": 5},
    "groups": {"id": 2, "round": 1, "day": date(2026, 11, 9), "first": 0},
    "group_members": {"group": 2, "place": 0, "member": 7},
    "asks": {"group": 2, "day": date(2026, 11, 12), "times": 1},
    "answers": {"group": 2, "member": 7, "outcome": "talked", "at": 9},
}
"""What a network of the first tables holds, parents before their children."""


def fill(connection: Connection) -> None:
    """Those rows, written as the first tables want them."""
    known = MetaData()
    known.reflect(connection)
    for table, row in FIRST_ROWS.items():
        connection.execute(insert(known.tables[table]), row)
    connection.commit()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_updating_keeps_what_is_there(engine: str, url: str, request: pytest.FixtureRequest) -> None:
    """From the first tables, with people, an introduction and an answer in them."""
    url = url if engine == "sqlite" else request.getfixturevalue("fresh_postgres")
    database = open_database(url, Group.idle())
    await migrate(database, "0001")
    await database.alter(fill)
    await database.close()
    async with opened(url) as storage:
        notes = SqlNotes(storage, Standing(AT), "discord")
        assert await notes.read("session") is None
        await notes.write("session", b"how far we have heard")
        assert await notes.read("session") == b"how far we have heard"
        ann, pressed, group, answer = await Pen(storage).read(
            lambda work: (
                work.use(MEMBERS).get(Id(7)),
                work.use(MEMBERS).last_pressed(),
                work.use(PAIRINGS).group(Id(2)),
                work.use(CHECKINS).answer(Id(2), Id(7)),
            )
        )
    assert ann == Member(Id(7), "Ann", Stage.MEMBER, topics=frozenset({Topic.SEND}))
    assert pressed == {Id(7): date(2026, 11, 9)}, "nobody is found silent for what was not counted then"
    assert group is not None
    assert (group.members, group.made_at, group.late) == ((Id(7),), None, False)
    assert answer is not None
    assert answer.outcome is Outcome.TALKED


def test_the_shapes_of_the_tables_are_those_that_alembic_finds() -> None:
    found = scripts()
    assert revisions() == [one.revision for one in reversed(list(found.walk_revisions()))]
    assert revisions()[-1] == found.get_current_head()
