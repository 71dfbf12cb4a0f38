"""A session goes on after a restart: what happened meanwhile is told then. Where it cannot, a new one is begun."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec
import pytest

from adapters.discord.session import A_FEW_MINUTES, Session
from bot.chat.inbound import Joined, Left, Pressed
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.test_life import asked, presses
from tests.adapters.scripted import words

QUESTION = "Did you talk?\nWe talked\nNot yet"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one


def written(stage: Stage) -> Session | None:
    """What is left of the session for whoever takes the memory over."""
    note = stage.memory.notes.get("session")
    return msgspec.msgpack.decode(note, type=Session) if note else None


def begun(stage: Stage) -> tuple[int, int]:
    """How many sessions were begun, and how often one was resumed."""
    return stage.discord.gateway.identified, stage.discord.gateway.resumed


def heard(stage: Stage) -> list[object]:
    return [type(one.what) for one in stage.script.heard]


async def comes_back(stage: Stage) -> None:
    """And has heard all there is to be told."""
    await stage.start(waits=False)
    await stage.discord.connected()
    (session,) = stage.discord.gateway.sessions.values()

    def caught_up() -> bool:
        heard = stage.platform.gateway.session
        return heard is not None and heard.sequence == session.sequence

    await stage.discord.until(caught_up)
    await stage.platform.listed()
    await stage.settled()


async def test_what_was_pressed_while_it_restarted_is_answered(stage: Stage) -> None:
    await stage.start()
    ann = await asked(stage)
    await stage.stop()
    pressing = asyncio.create_task(ann.press(None, "talked~1"))
    await comes_back(stage)
    await pressing
    assert ann.reads() == ["Thank you."]
    assert begun(stage) == (1, 1)


async def test_what_was_pressed_too_long_ago_is_kept_though_nothing_can_be_shown(stage: Stage) -> None:
    await stage.start()
    ann = await asked(stage)
    await stage.stop()
    pressing = asyncio.create_task(ann.press(None, "talked~1"))
    await stage.discord.until(lambda: stage.discord.interactions.open)
    stage.clock.advance(timedelta(seconds=4))
    await pressing
    await comes_back(stage)
    assert Pressed in heard(stage)
    assert ann.reads() == [QUESTION]
    ann.troubles.clear()
    await presses(ann)


async def test_who_came_and_left_meanwhile_is_known(stage: Stage) -> None:
    """Whoever left is in no list: without the session nobody would know until the day they come back."""
    ann, bob = stage.discord.person("Ann Bell"), stage.discord.person("Bob Hill", member=False)
    await stage.start()
    await stage.stop()
    await ann.leaves()
    await bob.joins()
    await comes_back(stage)
    came = {one.account.user: type(one.what) for one in stage.script.heard if one.account}
    assert (came[ann.id], came[bob.id]) == (Left, Joined)
    assert begun(stage) == (1, 1)


async def test_what_happens_while_it_hangs_up_is_told_to_the_next(stage: Stage) -> None:
    await stage.start()
    ann, gate = await asked(stage), asyncio.Event()
    bob = await asked(stage)
    stage.script.gate = gate
    first = asyncio.create_task(ann.press(None, "talked~1"))
    await stage.discord.until(lambda: stage.script.heard)
    stopping = asyncio.create_task(stage.stop())
    await stage.discord.until(lambda: not stage.discord.gateway.ready)
    second = asyncio.create_task(bob.press(None, "talked~1"))
    await stage.discord.until(lambda: len(stage.discord.interactions.open) == 2)
    gate.set()
    await asyncio.gather(stopping, first)
    assert (ann.reads(), bob.reads()) == (["Thank you."], [QUESTION])
    await comes_back(stage)
    await second
    assert bob.reads() == ["Thank you."]


@pytest.mark.parametrize("how", ["over", "long ago", "asked for something else", "no note"])
async def test_where_it_cannot_go_on_a_new_one_is_begun_and_people_are_listed(stage: Stage, how: str) -> None:
    await stage.start()
    await stage.stop()
    stage.keeps = True
    bob = stage.discord.person("Bob Hill")
    match how:
        case "over":
            stage.discord.gateway.forget_sessions()
        case "long ago":
            stage.clock.advance(A_FEW_MINUTES + timedelta(seconds=1))
        case "asked for something else":
            stage.discord.app.members_intent = True
        case "no note":
            stage.memory.notes.clear()
    more = {"members_intent": False} if how == "asked for something else" else {}
    await stage.start(waits=False, **more)

    def let_pass() -> bool:
        stage.clock.advance(timedelta(seconds=1))
        return stage.discord.gateway.identified == 2

    await stage.discord.until(let_pass)
    await stage.platform.listed()
    assert (stage.discord.gateway.resumed, stage.discord.gateway.resumes_asked) == (0, int(how == "over"))
    if not more:
        assert bob.id in [one.account.user for one in stage.script.heard if one.account]
    await presses(await asked(stage))


async def test_a_session_that_times_out_while_it_is_listened_to_is_followed_by_another(stage: Stage) -> None:
    await stage.start()
    await stage.discord.gateway.hang_up(4009)

    def let_pass() -> bool:
        stage.clock.advance(timedelta(seconds=1))
        return stage.discord.gateway.identified == 2

    await stage.discord.until(let_pass)
    assert stage.discord.gateway.resumed == 0
    await presses(await asked(stage))


async def test_how_far_it_has_heard_is_in_no_file_and_is_left_at_the_end_alone(stage: Stage) -> None:
    """It counts presses: of two files one could tell how many came between them."""
    await stage.start()
    ann = await asked(stage)
    kept = dict(stage.notes.notes)
    await presses(ann)
    stage.clock.advance(timedelta(hours=1))
    await stage.settled()
    assert written(stage) is None
    await stage.stop()
    assert written(stage) is not None
    assert stage.notes.notes == kept
    assert set(kept) <= {"opened"}


async def test_a_line_that_the_library_gave_up_goes_on_with_the_same_session(stage: Stage) -> None:
    await stage.start()
    ann, gateway = stage.discord.person("Ann Bell"), stage.discord.gateway
    gateway.refuse_next = 1
    gateway.drop()
    await ann.leaves()

    def let_pass() -> bool:
        stage.clock.advance(timedelta(seconds=0.5))
        return gateway.resumed == 1

    await stage.discord.until(let_pass)
    await stage.discord.until(lambda: Left in heard(stage))
    assert (gateway.identified, stage.platform.gateway.starts) == (1, 2)


async def test_a_note_that_another_version_wrote_is_none(stage: Stage) -> None:
    stage.memory.notes["session"] = stage.notes.notes["opened"] = b"\xc1"
    await stage.start()
    ann = stage.discord.person("Ann Bell")
    await stage.platform.deliver(stage.parcel(ann, words("hello")))
    assert ann.reads() == ["hello"]
