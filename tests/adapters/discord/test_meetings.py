"""Meetings stand in the server's own list of events: put up once, changed, taken away, and looked for when in doubt."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.discord.meetings import draw_meeting
from bot.chat.limits import MEETING_ABOUT, MEETING_TITLE, MEETING_WHERE, TooLarge
from bot.chat.outbound import Delivered, Meeting, Outcome, Receipt, Refused, Removes, ToChannel, Unclear, Why
from bot.chat.view import View
from tests.adapters.discord.stage import Stage, allowed_the_least, staged
from tests.adapters.scripted import START
from tests.discord.faults import Wrong
from tests.discord.model import Scheduled
from tests.discord.permissions import Permission

HOUR = timedelta(hours=1)
COFFEE = Meeting("Saturday coffee", START + 24 * HOUR, START + 25 * HOUR, "Online", "Bring a cup. *No* agenda.")
MAKES = "POST /guilds/*/scheduled-events"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        allowed_the_least(one.discord, scheduled_events=True)
        await one.start(channels=one.channels())
        yield one


async def shown(stage: Stage, meeting: Meeting = COFFEE, mark: str = "m", **more: Any) -> Outcome:
    return await stage.platform.deliver(parcel(stage, meeting, mark, **more))


def parcel(stage: Stage, meeting: Meeting = COFFEE, mark: str = "m", **more: Any) -> Any:
    to = ToChannel(stage.discord.guild.id, "events")
    return stage.parcel(to, View(()), mark, meeting=meeting, **more)


def receipt(outcome: Outcome) -> Receipt:
    assert isinstance(outcome, Delivered), outcome
    return outcome.receipt


def refused(outcome: Outcome) -> Refused:
    assert isinstance(outcome, Refused), outcome
    return outcome


def stands(stage: Stage) -> list[Scheduled]:
    return list(stage.discord.guild.scheduled.values())


async def test_a_meeting_is_put_up_changed_and_taken_away(stage: Stage) -> None:
    first = receipt(await shown(stage))
    (event,) = stands(stage)
    assert first == Receipt(stage.discord.guild.id, event.id)
    assert (event.name, event.location, event.description) == (
        "Saturday coffee",
        "Online",
        r"Bring a cup. \*No\* agenda.",
    )
    assert (event.starts_at, event.ends_at) == (COFFEE.starts_at.timestamp(), COFFEE.ends_at.timestamp())
    moved = replace(COFFEE, starts_at=COFFEE.starts_at + HOUR, ends_at=COFFEE.ends_at + HOUR, about="")
    assert receipt(await shown(stage, moved, "m2", instead_of=event.id)) == first
    assert (event.starts_at, event.description) == (moved.starts_at.timestamp(), None)
    gone = {"instead_of": event.id, "removes": Removes.MESSAGE}
    assert receipt(await shown(stage, moved, "m2", **gone)) == first
    assert stands(stage) == []
    assert refused(await shown(stage, moved, "m2", **gone)).why is Why.GONE
    assert all(not one.messages for one in stage.discord.network.channels.values())


async def test_one_that_somebody_took_away_is_put_up_anew_when_it_is_changed(stage: Stage) -> None:
    first = receipt(await shown(stage))
    stage.discord.guild.scheduled.clear()
    second = receipt(await shown(stage, mark="m2", instead_of=first.message))
    assert [one.id for one in stands(stage)] == [second.message] != [first.message]


@pytest.mark.parametrize("wrong", [Wrong.REPLY_LOST, Wrong.DONE_STATUS])
@pytest.mark.parametrize("looks", [True, False])
async def test_one_in_doubt_is_recognised_and_never_put_up_twice(stage: Stage, wrong: Wrong, looks: bool) -> None:
    """Also by a process that remembers nothing."""
    stage.discord.faults.plant(MAKES, wrong)
    assert isinstance(await shown(stage), Unclear)
    assert len(stands(stage)) == 1, "the library did not try again by itself"
    await stage.stop()
    await stage.start(channels={"events": next(one.id for one in channels(stage) if one.name == "events")})
    if looks:
        assert await stage.platform.find(parcel(stage)) == Receipt(stage.discord.guild.id, stands(stage)[0].id)
    receipt(await shown(stage))
    assert len(stands(stage)) == 1


def channels(stage: Stage) -> list[Any]:
    return list(stage.discord.network.channels.values())


async def test_one_that_never_arrived_is_not_found(stage: Stage) -> None:
    stage.discord.faults.plant(MAKES, Wrong.REQUEST_LOST)
    assert isinstance(await shown(stage), Unclear)
    assert await stage.platform.find(parcel(stage)) is None


async def test_a_change_in_doubt_is_looked_for_by_what_it_says(stage: Stage) -> None:
    first = receipt(await shown(stage))
    moved = replace(COFFEE, title="Sunday coffee")
    assert await stage.platform.find(parcel(stage, moved, "m2", instead_of=first.message)) is None
    stage.discord.faults.plant("PATCH /guilds/*/scheduled-events/*", Wrong.REPLY_LOST)
    assert isinstance(await shown(stage, moved, "m2", instead_of=first.message), Unclear)
    assert await stage.platform.find(parcel(stage, moved, "m2", instead_of=first.message)) == first


async def test_two_that_say_the_same_are_two(stage: Stage) -> None:
    assert receipt(await shown(stage)) != receipt(await shown(stage, mark="m2"))


async def test_what_others_put_up_is_none_of_ours(stage: Stage) -> None:
    receipt(await shown(stage))
    stands(stage)[0].creator = stage.discord.owner.id
    await stage.stop()
    await stage.start(channels={"events": next(one.id for one in channels(stage) if one.name == "events")})
    assert await stage.platform.find(parcel(stage)) is None
    receipt(await shown(stage))
    assert len(stands(stage)) == 2


async def test_a_removal_finds_what_nobody_knows_by_name(stage: Stage) -> None:
    receipt(await shown(stage))
    await stage.stop()
    await stage.start(channels={"events": next(one.id for one in channels(stage) if one.name == "events")})
    receipt(await shown(stage, removes=Removes.MESSAGE))
    assert stands(stage) == []


async def test_what_has_begun_is_changed_but_not_put_up(stage: Stage) -> None:
    first = receipt(await shown(stage))
    stage.clock.advance(timedelta(hours=24, minutes=30))
    longer = replace(COFFEE, ends_at=COFFEE.ends_at + HOUR)
    assert receipt(await shown(stage, longer, "m2", instead_of=first.message)) == first
    assert stands(stage)[0].ends_at == longer.ends_at.timestamp()
    assert refused(await shown(stage, longer, "m3")).why is Why.GONE
    stage.clock.advance(2 * HOUR)
    assert refused(await shown(stage, longer, "m4", instead_of=first.message)).why is Why.GONE
    assert len(stands(stage)) == 1


async def test_without_the_right_the_operator_is_told_which(stage: Stage) -> None:
    allowed_the_least(stage.discord)
    outcome = refused(await shown(stage))
    assert (outcome.why, "Create Events" in outcome.says) == (Why.FORBIDDEN, True)
    allowed_the_least(stage.discord, scheduled_events=True)
    first = receipt(await shown(stage))
    role = next(one for one in stage.discord.guild.roles.values() if one.name == stage.discord.app.name)
    assert not role.permissions & Permission.MANAGE_EVENTS
    receipt(await shown(stage, mark="m2", instead_of=first.message, removes=Removes.MESSAGE))


async def test_a_full_list_is_said_so(stage: Stage) -> None:
    stage.discord.faults.plant(MAKES, Wrong.REFUSED, status=400, code=30038)
    outcome = refused(await shown(stage))
    assert (outcome.why, "(100)" in outcome.says) == (Why.MALFORMED, True)


async def test_of_several_servers_it_is_that_of_the_channel(stage: Stage) -> None:
    other = stage.discord.add_guild("Another")
    role = next(one for one in other.roles.values() if one.name == stage.discord.app.name)
    role.permissions |= Permission.CREATE_EVENTS
    channel = stage.discord.channel("events", guild=other)
    await stage.stop()
    await stage.start(servers=(stage.discord.guild.id, other.id), channels={"events": channel.id})
    assert receipt(await shown(stage)).conversation == other.id
    assert (stands(stage), len(other.scheduled)) == ([], 1)


async def test_nowhere_is_gone(stage: Stage) -> None:
    for to in (ToChannel("1", "events"), ToChannel(stage.discord.guild.id, "elsewhere")):
        assert refused(await stage.platform.deliver(stage.parcel(to, View(()), meeting=COFFEE))).why is Why.GONE


def test_a_meeting_that_exists_can_be_shown() -> None:
    fits = Meeting("t" * MEETING_TITLE, START, START + HOUR, "w" * MEETING_WHERE, "a" * MEETING_ABOUT)
    for wrong in ({"title": "t" * 101}, {"where": "w" * 101}, {"about": "a" * 1001}):
        with pytest.raises(TooLarge):
            replace(fits, **wrong)
    for empty in ({"title": " "}, {"where": ""}, {"ends_at": START}):
        with pytest.raises(ValueError, match="a title and a place"):
            replace(fits, **empty)


@given(st.text(max_size=MEETING_ABOUT))
def test_whatever_is_written_fits_and_means_nothing_to_discord(about: str) -> None:
    drawn = draw_meeting(replace(COFFEE, about=about), START)
    assert len(drawn["description"] or "") <= MEETING_ABOUT


def test_a_thousand_signs_are_cut_to_what_fits() -> None:
    drawn = draw_meeting(replace(COFFEE, about="*" * MEETING_ABOUT), START)
    assert drawn["description"].startswith(r"\*\*\*")
    assert MEETING_ABOUT - 3 <= len(drawn["description"]) <= MEETING_ABOUT
