"""What is left of somebody forgotten is exactly what may be, and an erasure that forgets a table is seen."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from adapters.space.space import Space
from bot.announcements.model import Announcement
from bot.announcements.store import ANNOUNCEMENTS
from bot.calendars.store import CALENDARS
from bot.chat.ids import Id
from bot.core.work import Unit, Work
from bot.events.model import Answer, Choices, Event, Place, Rsvp, Series, Status
from bot.events.store import EVENTS
from bot.members.model import monday
from bot.pulse.model import Entry, Item, Poll, State
from bot.pulse.model import Series as PollSeries
from bot.pulse.store import DIARIES, PULSE
from storage.columns import metadata
from storage.privacy import person_columns
from tests.world.boris import MONDAY, WEEK, Story, careless, forgotten, told
from tests.world.remains import TRIES, traces
from tests.world.world import DAY, opened

PERSONAL = sorted(table.name for table in metadata.sorted_tables if list(person_columns(table)))
OTHERS = {"blocked_accounts"}
"""Tables that tell of somebody only once they are forgotten."""
BY_THEIR_ROOM = {"listener_hours", "listeners"}
"""Tables that are empty of somebody before the erasure: whoever is gone is off the rota."""
TOUCHED = sorted({*PERSONAL, "members", "letters", "conversations", "former_accounts"} - OTHERS - BY_THEIR_ROOM)


async def test_what_is_left_is_exactly_what_may_be(tmp_path: Path) -> None:
    async with told(tmp_path) as story:
        await story.live()
        marks = await story.marks()
        assert await forgotten(story) == []
        assert not any("Zqblocked" in one or "boris" in one for one in story.world.state())
        await story.world.go_to(story.world.at + 2 * DAY)
        assert traces(story.world, marks)[TRIES] == 0, "tries at codes are forgotten the night after the day"


async def fill(story: Story) -> None:
    """Rows that no life leaves where Boris has lived: each personal table must have one, or its walk proves nothing."""
    member = (await story.marks()).member
    rounds, groups = story.world.rows("SELECT id FROM rounds"), story.world.rows("SELECT id FROM groups")
    rows = {
        "codes": {"member": member, "code": b"a hash"},
        "blocks": {"by": await other(story), "whom": member, "at": story.world.at},
        "connections": {"member": member, "id": 1, "code": b"a hash", "by": "local:space:zqborisxacct0"}
        | {"state": "open", "at": story.world.at},
        "relay_sides": {"group": groups[0][0], "member": member, "other": await other(story), "wish": "wants"}
        | {"ends_at": story.world.at + WEEK, "sent": 0, "reports": 0, "last": 0},
        "left_out": {"round": rounds[0][0], "member": member, "running": 1},
        "listeners": {"member": member, "most": 1, "agreed": True},
        "listener_hours": {"member": member, "weekday": 2, "begins": 17, "ends": 19},
        "listener_requests": {"id": 2, "member": await other(story), "listener": member, "state": "asked"}
        | {"words": b"sealed", "may_hand_on": False, "handed_on": False, "at": story.world.at}
        | {"answer_by": None, "ended_at": None},
        "worries": {"id": 3, "by": await other(story), "about": member, "named": None, "words": b"sealed"}
        | {"at": story.world.at},
    }

    def put(work: Any) -> None:
        for name, row in rows.items():
            work.keep(metadata.tables[name], row)
        attend(work, member)
        announce(work, member)
        ask(work, member)

    await story.world.parts.storage.write(Unit("fill", story.world.at, put))


def attend(work: Work, member: Id) -> None:
    """Hosts an event and comes to it."""
    events, day = work.use(EVENTS), work.at.date()
    series = Series(Id(5), "FREQ=WEEKLY", day, work.at.time(), "Europe/London")
    events.keep_series(series)
    starts = work.at + WEEK
    events.keep(Event(Id(6), "Coffee", starts, 60, series.zone, Status.PLANNED, host=member, series=series.id))
    events.answer(Rsvp(Id(6), member, Answer.YES, Place.HELD, work.at))
    events.join(series.id, member, work.at)
    events.choose(Choices(member))
    work.use(CALENDARS).new_address(member, 7)


def announce(work: Work, member: Id) -> None:
    """Says something to many, and reads it."""
    work.use(ANNOUNCEMENTS).keep(Announcement(Id(7), member, "", "Office hours", "On Tuesday.", work.at))
    work.use(ANNOUNCEMENTS).saw(Id(7), member)


def ask(work: Work, member: Id) -> None:
    """Is asked by a pulse that is open, and has written a diary."""
    work.use(PULSE).keep(Poll(Id(8), PollSeries.ROTA, (Item("week"),), State.OPEN))
    work.use(PULSE).ask(Id(8), [member])
    work.use(DIARIES).keep(Entry(member, monday(work.at.date()), 4, "Zqdiary"))


async def other(story: Story) -> Id:
    adele = await story.world.look(story.heads["Adele"].account)
    assert adele is not None
    return adele.id


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Space]:
    """A folder in which Boris has left a row in every personal table, and the space he lived in."""
    folder = tmp_path_factory.mktemp("boris")

    async def live() -> Space:
        async with told(folder) as story:
            await story.live()
            await fill(story)
            before = traces(story.world, await story.marks())
            assert [each for each in PERSONAL if each not in OTHERS and not before[each]] == []
            return story.world.space

    return folder, asyncio.run(live())


@pytest.mark.parametrize("table", ["no table", *TOUCHED])
async def test_an_erasure_that_skips_a_table_is_seen(
    lived: tuple[Path, Space], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    careless(monkeypatch, table)
    folder, space = lived
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    async with opened(tmp_path, at=MONDAY + WEEK, space=space) as world:
        wrong = await forgotten(Story(world, with_block=True))
    assert bool(wrong) is (table != "no table"), wrong
