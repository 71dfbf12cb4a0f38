"""What only a file can suffer: a full disk, a killed process, somebody beside us, and thieves."""

import asyncio
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.chat.outbound import Receipt
from bot.core.errors import OperatorError, StorageFailed
from bot.core.outbox import Kind, Letter, Settlement, State
from bot.core.work import Work
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS, PRIVACY
from storage.engine import Manner, SqlStorage, open_storage
from storage.house import House
from storage.seal import Seal, Secrets
from storage.start import make_ready
from tests.storage.stands import AT, HOUSE, MINUTE, Pen, file_url, letter, opened, says

CANARY = "CANARY-c41d"


def keep(work: Work, id: int, name: str = "x") -> None:
    work.use(MEMBERS).keep(Member(Id(id), name, Stage.MEMBER))


def there(work: Work) -> int:
    return len(work.use(MEMBERS).find("", most=100_000))


async def names(pen: Pen) -> int:
    return await pen.read(there)


def limit_pages(storage: SqlStorage, pages: int) -> None:
    """As a disk with that many pages left would do."""
    connection = storage._database._connection  # type: ignore[attr-defined]
    connection.connection.driver_connection.execute(f"PRAGMA max_page_count={pages}")


async def test_a_full_disk_is_said_to_everybody_and_loses_nothing(url: str) -> None:
    await make_ready(url, Path("none"), AT)
    storage = await open_storage(url, HOUSE, Manner(inline=True))
    pen = Pen(storage)
    await pen.write(lambda work: keep(work, 1))
    limit_pages(storage, 1)
    large = [pen.write(partial(keep, id=id, name="x" * 20_000)) for id in range(2, 30)]
    outcomes = await asyncio.gather(*large, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {StorageFailed}
    assert "FULL" in str(outcomes[0])
    assert await names(pen) == 1
    limit_pages(storage, 2**30)
    await pen.write(lambda work: keep(work, 2))
    assert await names(pen) == 2
    await storage.close()


def run_and_kill(program: str, lines: int) -> int:
    """The last number it said before it was killed, after so many lines."""
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        return int([*said, *process.stdout][-1])


async def test_what_was_answered_outlives_kill_9(tmp_path: Path) -> None:
    """A process commits, says so, and is killed while it writes on."""
    url = file_url(tmp_path / "killed.sqlite3")
    await make_ready(url, tmp_path, AT)
    program = textwrap.dedent(f"""
        import asyncio
        from tests.storage.stands import HOUSE, Pen
        from tests.storage.test_sqlite import keep
        from storage.engine import open_storage

        async def main():
            pen = Pen(await open_storage({url!r}, HOUSE))
            for id in range(1, 10_000):
                await pen.write(lambda work: keep(work, id))
                print(id, flush=True)

        asyncio.run(main())
    """)
    acknowledged = run_and_kill(program, lines=20)
    async with opened(url) as storage:
        assert await names(Pen(storage)) >= acknowledged >= 20


async def test_an_import_beside_a_running_bot_waits_for_its_turn(storage: SqlStorage, url: str) -> None:
    async with opened(url) as other:
        pens = (Pen(storage), Pen(other))
        await asyncio.gather(
            *(pen.write(partial(keep, id=100 * n + id))
              for id in range(50) for n, pen in enumerate(pens))
        )  # fmt: skip
        assert await names(pens[0]) == 100


async def test_readers_see_one_state_while_the_writer_goes_on(storage: SqlStorage) -> None:
    pen = Pen(storage)
    await pen.write(lambda work: keep(work, 1))

    def look(work: Work) -> tuple[int, int]:
        return there(work), there(work)

    writes = asyncio.gather(*(pen.write(partial(keep, id=id)) for id in range(2, 40)))
    seen = await asyncio.gather(*(pen.read(look) for _ in range(20)))
    assert all(before == after for before, after in seen)
    await writes


def files_of(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


async def test_no_word_of_a_letter_lies_in_any_file(tmp_path: Path) -> None:
    url = file_url(tmp_path / "x" / "test.sqlite3")
    async with opened(url) as storage:
        pen = Pen(storage)
        ann = await pen.member("Ann")
        sent, dead, waits = (Letter(f"k{n}", Person(ann.id), says(CANARY), Kind.NOTICE, AT) for n in range(3))
        await pen.post(sent, dead, waits)
        for state in (State.SENT, State.DEAD):
            (claim,) = await storage.outbox.claim(AT, 1)
            assert CANARY in repr(claim.parcel.view)
            receipt = Receipt("c", "m")
            await storage.outbox.settle(AT, [Settlement(claim.letter, claim.fence, state, receipt=receipt)])
            assert not any(CANARY.encode() in file for file in files_of(tmp_path))
    with closing(sqlite3.connect(tmp_path / "x" / "test.sqlite3")) as database:
        bodies = dict(database.execute("SELECT key, body IS NULL FROM letters").fetchall())
    assert bodies == {"k0": 1, "k1": 1, "k2": 0}


async def test_a_name_that_was_erased_lies_in_no_file_once_the_bot_has_stopped(tmp_path: Path) -> None:
    url = file_url(tmp_path / "x" / "test.sqlite3")
    async with opened(url) as storage:
        pen = Pen(storage)
        ann = await pen.member(CANARY)
        assert any(CANARY.encode() in file for file in files_of(tmp_path))
        await pen.write(lambda work: work.use(PRIVACY).erase(ann.id, AT))
    assert not any(CANARY.lower().encode() in file.lower() for file in files_of(tmp_path))


async def test_a_letter_sealed_under_a_lost_key_ends_and_the_next_goes(url: str) -> None:
    async with opened(url) as storage:
        ann = await Pen(storage).member("Ann")
        await Pen(storage).post(letter("old", ann.id))
    async with opened(url, House(Secrets(Seal(b"n" * 32), b"m" * 32))) as storage:
        await Pen(storage).post(letter("new", ann.id))
        (claim,) = await storage.outbox.claim(AT, 10)
        assert "new" in repr(claim.parcel.view)


async def test_a_letter_sealed_under_the_old_key_of_a_rotation_goes(url: str) -> None:
    async with opened(url) as storage:
        ann = await Pen(storage).member("Ann")
        await Pen(storage).post(letter("old", ann.id))
    async with opened(url, House(Secrets(Seal(b"n" * 32, b"s" * 32), b"m" * 32))) as storage:
        assert len(await storage.outbox.claim(AT, 10)) == 1


async def test_inline_everything_is_done_at_once(url: str) -> None:
    async with opened(url, manner=Manner(inline=True, synchronous="OFF")) as storage:
        pen = Pen(storage)
        await asyncio.gather(*(pen.write(partial(keep, id=id)) for id in range(1, 20)))
        assert await names(pen) == 19
        assert await storage.outbox.next_due() is None
        assert await storage.outbox.claim(AT + MINUTE, 1) == []


@pytest.mark.parametrize("url", ["mysql://x@y/z", "sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_another_database_is_refused_by_its_key(url: str) -> None:
    with pytest.raises(OperatorError, match=r"storage\.url"):
        await open_storage(url, HOUSE)
