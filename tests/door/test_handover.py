"""A planned restart: what is in memory goes from one process to the next, and no file holds it on the way."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.errors import OperatorError
from bot.core.notes import InMemory
from bot.door.handover import NAME, Memory, handing_over, take_over
from bot.door.renewal import asked_to, inherited, renew
from bot.pulse.model import Item, Poll, Series, State
from tests.world.process import PATIENCE, running

ANN, TOM = Account("local", "space", "ann"), Account("local", "space", "tom")
POLL = Poll(Id(7), Series.ROTA, (Item("week"),), State.OPEN, closes_at=datetime(2026, 11, 14, 16, tzinfo=UTC))


def written(folder: Path) -> list[str]:
    """Every file there, sockets apart."""
    return [path.name for path in folder.rglob("*") if path.is_file()]


def full() -> Memory:
    memory = Memory(notes=InMemory({"session": b"zqheard"}))
    memory.box.open(POLL, {ANN: Id(1), TOM: Id(2)})
    memory.box.put(POLL.id, TOM, ("zqsecret",))
    return memory


async def test_the_next_process_gets_all_of_it_and_no_file_does(tmp_path: Path) -> None:
    stop = asyncio.Event()
    async with handing_over(tmp_path, stop) as heir:
        taking = asyncio.create_task(take_over(tmp_path))
        await stop.wait()
        assert written(tmp_path) == []
        await heir.give(full())
        taken = await taking
    box = taken.box
    assert taken.notes.notes == {"session": b"zqheard"}
    assert box.answers(POLL.id) == {Id(2): ("zqsecret",)}
    assert box.asks(ANN, datetime(2026, 11, 13, tzinfo=UTC)) == POLL
    assert written(tmp_path) == []


async def test_where_nobody_runs_the_box_is_empty(tmp_path: Path) -> None:
    assert not (await take_over(tmp_path)).box.holds(POLL.id)
    (tmp_path / NAME).touch()
    assert not (await take_over(tmp_path)).box.holds(POLL.id)


async def test_what_is_cut_short_is_an_empty_box(tmp_path: Path) -> None:
    """As after a crash: everybody asked is asked once more."""

    async def dies(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(full().pack()[:-3])
        writer.close()

    server = await asyncio.start_unix_server(dies, tmp_path / NAME)
    assert not (await take_over(tmp_path)).box.holds(POLL.id)
    server.close()


async def test_only_the_first_who_comes_is_given_anything(tmp_path: Path) -> None:
    stop = asyncio.Event()
    async with handing_over(tmp_path, stop) as heir:
        first = asyncio.create_task(take_over(tmp_path))
        await stop.wait()
        second = await take_over(tmp_path)
        await heir.give(full())
        assert (await first).box.holds(POLL.id)
        assert not second.box.holds(POLL.id)


async def test_the_socket_is_ours_alone(tmp_path: Path) -> None:
    async with handing_over(tmp_path, asyncio.Event()):
        assert (tmp_path / NAME).is_socket()
        assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


async def test_two_programs_change_places(tmp_path: Path) -> None:
    async with running(tmp_path) as old, running(tmp_path, "--empty", "--take-over") as new:
        async with asyncio.timeout(30):
            assert await old.process.wait() == 0
        assert new.url


async def test_a_reload_begins_anew_in_the_same_process(tmp_path: Path) -> None:
    async with running(tmp_path, "--empty", "--fresh") as bot:
        for _ in range(2):
            bot.process.send_signal(signal.SIGUSR1)
            assert bot.process.stdout
            async with asyncio.timeout(PATIENCE):
                line = (await bot.process.stdout.readline()).decode().strip()
            assert line.partition("?")[2] == bot.url.partition("?")[2]  # another test may have its port meanwhile
        assert bot.process.returncode is None
    assert bot.process.returncode == 0


def test_what_is_left_by_a_program_is_inherited_once(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, words: began.append(words))
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "headsup", "run", "--fresh", "--take-over", "--empty"])
    before = signal.getsignal(signal.SIGUSR1)
    try:
        renew(full())
    finally:
        signal.signal(signal.SIGUSR1, before)
    memory = inherited()
    assert memory.box.answers(POLL.id) == {Id(2): ("zqsecret",)}
    assert memory.notes.notes == {"session": b"zqheard"}
    assert not inherited().box.holds(POLL.id)
    assert began == [[sys.executable, "-m", "headsup", "run", "--empty"]]


async def test_a_config_that_cannot_be_read_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    looked = asyncio.Event()

    def look() -> None:
        looked.set()
        raise OperatorError("network.zone: Input should be a valid string")

    stop = asyncio.Event()
    asked = asked_to(stop, look)
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        await asyncio.wait_for(looked.wait(), PATIENCE)
        assert not stop.is_set()
        assert not asked.is_set()
        assert "Not reloaded; it runs on as before. network.zone" in capsys.readouterr().err
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1)
