"""What a platform notes down for after a restart, on every engine."""

import logging
from functools import partial
from typing import Any

import pytest

from storage.notes import SqlNotes, notes
from storage.seal import Seal
from tests.adapters.scripted import Standing
from tests.storage.stands import AT, Pen


def on(pen: Pen, platform: str = "discord") -> SqlNotes:
    return SqlNotes(pen.storage, Standing(AT), platform)


async def test_a_note_is_read_as_it_was_written_last_and_by_its_platform_alone(pen: Pen) -> None:
    assert await on(pen).read("session") is None
    for note in (b"one", b"two", b""):
        await on(pen).write("session", note)
        assert await on(pen).read("session") == note
    await on(pen, "slack").write("session", b"another")
    await on(pen).write("opened", b"three")
    read = [await on(pen, platform).read(name) for platform, name in (("discord", "session"), ("slack", "session"))]
    assert read == [b"", b"another"]


async def test_it_lies_sealed_and_opens_in_no_other_place(pen: Pen) -> None:
    await on(pen).write("session", b"a key to listen by")
    (row,) = await pen.read(lambda work: _rows(work))
    assert b"listen" not in row.note
    await pen.write(partial(_put, name="opened", note=row.note))
    assert await on(pen).read("opened") is None


async def test_one_whose_key_is_gone_counts_as_never_written(pen: Pen) -> None:
    await pen.write(partial(_put, name="session", note=Seal(b"o" * 32).close(b"old", "note:discord:session")))
    assert await on(pen).read("session") is None


async def test_where_nothing_can_be_kept_it_is_lost_and_nobody_falls_over_it(
    pen: Pen, caplog: pytest.LogCaptureFixture
) -> None:
    await pen.storage.close()
    with caplog.at_level(logging.WARNING):
        await on(pen).write("session", b"lost")
    assert [one.message for one in caplog.records] == ["a note of discord could not be kept (session)"]


def _rows(work: Any) -> list[Any]:
    return list(work.rows(notes.select()))


def _put(work: Any, name: str, note: bytes) -> None:
    work.keep(notes, {"platform": "discord", "name": name, "note": note})
