"""A heart whose beats are to be seen from outside."""

import asyncio
from pathlib import Path

from bot.door.alive import NAMED, shown
from scheduler.heartbeat import Heart, StepHeart
from tests.virtual import START, settle_down, virtual_clock, virtually


class Beat:
    """Ends when it is let, well or with an error."""

    def __init__(self) -> None:
        self.ends, self.error = asyncio.Event(), False

    async def __call__(self) -> None:
        await self.ends.wait()
        if self.error:
            raise OSError


def beating(beat: Beat, file: Path) -> Heart:
    heart = shown(StepHeart(virtual_clock()), {NAMED: str(file)})
    heart.start(beat)
    return heart


@virtually
async def test_a_beat_is_seen_once_it_has_ended_and_one_that_fails_never(tmp_path: Path) -> None:
    file, beat = tmp_path / "heartbeat", Beat()
    heart = beating(beat, file)
    heart.beat_at(START)
    await settle_down()
    assert not file.exists(), "it may never end"
    beat.ends.set()
    await settle_down()
    assert file.exists()
    file.unlink()
    beat.error = True
    heart.beat_at(START)
    await settle_down()
    assert not file.exists()
    await heart.stop()


@virtually
async def test_a_file_that_cannot_be_written_keeps_no_heart_from_beating(tmp_path: Path) -> None:
    beat = Beat()
    failures: list[Exception] = []
    heart = shown(StepHeart(virtual_clock(), failed=failures.append), {NAMED: str(tmp_path / "no" / "folder")})
    heart.start(beat)
    beat.ends.set()
    heart.beat_at(START)
    await settle_down()
    await heart.stop()
    assert failures == []


@virtually
async def test_where_nobody_looks_nothing_is_shown() -> None:
    heart = StepHeart(virtual_clock())
    assert shown(heart, {}) is heart
