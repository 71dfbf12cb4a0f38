"""The profile on a real database file: what is said little by little is there again, and taken along, and forgotten."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.chat.view import View, words_of
from bot.core.work import Work
from bot.members.asking import look_friday
from bot.members.kinds import Time, Topic
from bot.members.model import Member
from bot.members.store import PRIVACY
from tests.acting import Somebody
from tests.members.people import anna
from tests.onboarding.test_real_storage import RealNetwork, join

MONDAYS = [date(2026, 11, 16) + timedelta(weeks=later) for later in range(8)]


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[RealNetwork]:
    network = RealNetwork(tmp_path / "headsup.sqlite3")
    await network.open()
    yield network
    await network.sql.close()


async def known(here: RealNetwork, person: Somebody) -> Member:
    member = await here.member(person)
    assert member is not None
    return member


async def fridays(here: RealNetwork, person: Somebody) -> list[View]:
    """The small questions of eight weeks."""
    me = (await known(here, person)).id

    def look(work: Work) -> list[View]:
        return [View(blocks) for monday in MONDAYS if (blocks := look_friday(work, monday)(me))]

    return await here.sql.read(here.at, look)


async def test_what_is_said_little_by_little_is_kept_taken_along_and_forgotten(here: RealNetwork) -> None:
    ann = anna(here)
    await join(ann)
    asked = await fridays(here, ann)
    assert len(asked) == 4, "every second week"
    ann.view = next(view for view in asked if "usually free" in words_of(view.blocks[0]))
    await ann.press("Say when I’m free")
    await ann.fill(times=["Tuesdays after four"])
    await ann.choose("What I’d like to talk about")
    await ann.fill(topics=["Staffing"])
    await ann.choose("How long I’ve been a head")
    await ann.fill(years="Less than a year as a head")
    await ann.choose("My trust")
    await ann.fill(trust="The Unity Trust")
    await ann.choose("My time zone")
    await ann.search("lisbon")
    await ann.choose("Lisbon, Europe")
    await ann.press("My settings")
    await ann.press("Show my experience")
    member = await known(here, ann)
    assert member.times == {Time.TUESDAY_AFTER}
    assert member.topics == {Topic.STAFFING}
    assert (member.years, member.shows_years, member.trust, member.zone) == (
        0,
        True,
        "The Unity Trust",
        "Europe/Lisbon",
    )
    assert await fridays(here, ann) == [], "all is said"
    taken = str(await here.sql.read(here.at, lambda work: work.use(PRIVACY).export(member.id)))
    assert all(said in taken for said in ("tuesday-after", "staffing", "The Unity Trust", "Europe/Lisbon"))
    await ann.use("leave")
    await ann.press("Forget me")
    assert not any("Unity" in line or "Lisbon" in line for line in here.kept())


async def test_who_wants_no_questions_gets_none_after_a_restart_either(here: RealNetwork) -> None:
    ann = anna(here)
    await join(ann)
    ann.view = (await fridays(here, ann))[0]
    await ann.press("Don’t ask me small questions")
    await here.sql.close()
    await here.open()
    assert not (await known(here, ann)).asks
    assert await fridays(here, ann) == []
