"""Lines to Slack: two at a time, each replaced before it ends; what is being answered when all ends is answered."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from adapters.slack.sockets import SILENCE
from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Used
from bot.chat.outbound import NOTHING, Reply
from bot.chat.platform import NotKept
from tests.adapters.scripted import START, words
from tests.adapters.slack.stage import Stage, staged
from tests.slack.delivery import AGAIN_AFTER, Delivery
from tests.slack.faults import Wrong
from tests.slack.person import Person
from tests.slack.sockets import Socket
from tests.slack.test_server_sockets import Raw


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


@pytest.fixture
async def tom(stage: Stage) -> Person:
    tom = stage.slack.person("Tom Reed")
    await stage.start()
    return tom


def fresh(stage: Stage, *old: Socket) -> list[Socket]:
    return [one for one in stage.slack.sockets.open if one not in old]


async def test_two_lines_are_open_and_either_is_heard(stage: Stage, tom: Person) -> None:
    for number in (0, 1):
        stage.slack.sockets.pick = lambda sockets, number=number: sockets[number]  # type: ignore[misc]
        assert (await tom.shortcut("helpnow")).acked
    assert [one.envelopes for one in stage.slack.sockets.open] == [1, 1]
    assert len(stage.script.heard) == 2


async def test_a_line_that_is_warned_is_replaced_before_it_is_closed(stage: Stage, tom: Person) -> None:
    old = list(stage.slack.sockets.open)
    least: list[int] = []
    stage.slack.sockets.time.moved = _noting(stage, least)  # type: ignore[method-assign]
    await stage.slack.sockets.warn()
    await stage.slack.until(lambda: len(fresh(stage, *old)) == 2 and len(stage.slack.sockets.open) == 2)
    assert min(least) == 2, "never fewer than two"
    assert (await tom.shortcut("helpnow")).acked


def _noting(stage: Stage, least: list[int]) -> Callable[[], None]:
    ring = stage.slack.time.moved

    def moved() -> None:
        least.append(len(stage.slack.sockets.open))
        ring()

    return moved


async def test_what_is_being_answered_on_a_line_that_ends_is_answered_there(stage: Stage, tom: Person) -> None:
    stage.script.gate = asyncio.Event()
    stage.script.answers["headsup pause"] = Reply(words("Of course."))
    sent = await tom.command("/headsup", "pause", wait=False)
    await stage.slack.until(lambda: stage.script.heard)
    old = list(stage.slack.sockets.open)
    await stage.slack.sockets.warn()
    await stage.slack.until(lambda: len(fresh(stage, *old)) == 2)
    stage.script.gate.set()
    await sent.settle()
    assert tom.draws() == ["Of course."]
    await stage.slack.until(lambda: len(stage.slack.sockets.open) == 2)
    assert not set(map(id, old)) & set(map(id, stage.slack.sockets.open))


async def test_what_was_kept_when_its_line_broke_is_said_without_it(stage: Stage, tom: Person) -> None:
    stage.script.gate = asyncio.Event()
    stage.script.answers["headsup pause"] = Reply(words("Of course."))
    sent = await tom.command("/headsup", "pause", wait=False)
    await stage.slack.until(lambda: stage.script.heard)
    stage.slack.sockets.drop()
    await stage.slack.until(lambda: len(stage.slack.sockets.open) == 2)
    stage.script.gate.set()
    await stage.slack.until(tom.draws)
    assert tom.draws() == ["Of course."]
    assert not sent.acked


async def test_a_line_that_breaks_is_opened_again_however_often_that_fails(stage: Stage, tom: Person) -> None:
    old = list(stage.slack.sockets.open)
    stage.slack.sockets.refuse_next = 1
    stage.slack.sockets.drop()
    await stage.slack.until(lambda: len(fresh(stage, *old)) == 2)
    assert stage.slack.sockets.refused == 1
    assert (await tom.shortcut("helpnow")).acked


async def test_the_operator_hears_once_that_nobody_is_heard_and_why(stage: Stage, tom: Person) -> None:
    """Letters go on all the same: without a word of it every press would come to nothing for days."""
    old = list(stage.slack.sockets.open)
    stage.slack.faults.plant("apps.connections.open", Wrong.STATUS, times=1)
    stage.slack.sockets.drop()
    await stage.slack.until(lambda: len(fresh(stage, *old)) == 2)
    assert stage.told == [], "what passes by itself"
    stage.slack.faults.plant("apps.connections.open", Wrong.ERROR, times=3, error="token_revoked")
    stage.slack.sockets.drop()
    await stage.slack.until(lambda: len(fresh(stage, *old)) == 2)
    (told,) = stage.told
    assert "nothing that anybody presses is heard" in told
    assert "token_revoked" in told


@pytest.mark.parametrize("error", ["invalid_auth", "missing_scope"])
async def test_what_is_wrong_with_the_token_for_lines_is_mended_on_its_own_page(
    stage: Stage, tom: Person, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = stage.slack.app
    if error == "invalid_auth":
        app.app_token = "xapp-the-next-one"
    else:
        app.app_scopes = frozenset()
    stage.slack.sockets.drop()
    await stage.slack.until(lambda: error in caplog.text)
    assert "App-Level Tokens, generate one with connections:write" in caplog.text
    assert "restart HeadsUp" in caplog.text
    assert "OAuth & Permissions" not in caplog.text


async def test_a_line_that_has_gone_deaf_is_replaced(stage: Stage, tom: Person) -> None:
    old = list(stage.slack.sockets.open)
    old[0].deaf = True
    stage.slack.sockets.pick = lambda sockets: sockets[0]
    await tom.shortcut("helpnow", wait=False)
    assert stage.script.heard == []
    stage.clock.advance(SILENCE - timedelta(seconds=1))
    assert fresh(stage, *old) == []
    stage.clock.advance(timedelta(seconds=1))
    await stage.slack.until(lambda: len(fresh(stage, *old)) == 2 and len(stage.slack.sockets.open) == 2)
    assert (await tom.shortcut("helpnow")).acked


async def test_a_line_that_is_turned_away_is_not_taken_for_one(stage: Stage, tom: Person) -> None:
    """Slack lets ten in at a time: an eleventh is opened, told so without a hello, and closed."""
    async with ClientSession() as session:
        others = [await Raw(stage.slack, session).connect() for _ in range(8)]
        ours = stage.slack.sockets.open[0]
        await stage.slack.sockets.warn(ours)
        await stage.slack.until(lambda: len(stage.slack.called("apps.connections.open")) == 11)
        await stage.slack.until(lambda: stage.slack.sockets.turned_away == 1)
        assert ours in stage.slack.sockets.open, "not let go while there is no other"
        await others[0].ws.close()
        await stage.slack.until(lambda: ours not in stage.slack.sockets.open)
        assert len(stage.slack.sockets.open) == 9
        stage.slack.sockets.pick = lambda sockets: sockets[-1]
        assert (await tom.shortcut("helpnow")).acked


async def test_closing_finishes_the_answers_being_given_and_what_follows_them(stage: Stage, tom: Person) -> None:
    stage.script.gate = asyncio.Event()
    stage.script.answers["headsup pause"] = Reply(words("Of course."), replace=words("Quiet until Monday."))
    sent = await tom.command("/headsup", "pause", wait=False)
    await stage.slack.until(lambda: stage.script.heard)
    closing = asyncio.create_task(stage.platform.close())
    late = await tom.command("/headsup", "partner", wait=False)
    assert not closing.done()
    stage.script.gate.set()
    await closing
    assert sent.acked
    assert tom.draws() == ["Quiet until Monday.", "Of course."]
    heard = [one.what for one in stage.script.heard]
    assert late.acked is (Used(Tree.MEMBER, "partner") in heard), "what was heard is answered"
    assert stage.slack.sockets.open == []
    assert not (await tom.shortcut("helpnow")).acked


async def test_an_event_that_nobody_acknowledged_is_heard_after_a_restart(stage: Stage, tom: Person) -> None:
    await stage.stop()
    una = stage.slack.person("Una Newhead")
    sent = await una.joins(wait=False)
    assert sent
    await stage.start(welcome=True)
    stage.clock.advance(timedelta(seconds=60))
    await sent.settle()
    assert sent.acked


BOTH = pytest.mark.parametrize("way", ["sockets", "http"])


async def start(stage: Stage, way: str) -> None:
    http = {"is_http": True, "app_token": "", "signing_secret": stage.slack.app.signing_secret}
    await stage.start(welcome=True, **(http if way == "http" else {}))


def forgetful(stage: Stage, times: int) -> None:
    """So often the bot cannot keep what nobody waits for."""
    left = iter(range(times))

    def answer(inbound: Inbound) -> Reply:
        if next(left, None) is not None:
            raise NotKept
        return NOTHING

    stage.script.answers[""] = answer


async def come_again(stage: Stage, sent: Delivery, number: int) -> None:
    """That attempt is in vain, since Slack hears no or nothing for three seconds; later it says it again."""
    assert not sent.acked
    stage.clock.advance(timedelta(seconds=3))
    await stage.slack.until(lambda: sent.attempts[number].failure)
    stage.clock.advance(timedelta(seconds=AGAIN_AFTER[number]))
    await stage.slack.until(lambda: len(stage.script.heard) > number + 1)


@BOTH
@pytest.mark.parametrize("change", ["comes", "leaves", "is back"])
async def test_what_could_not_be_kept_is_not_acknowledged_and_kept_when_it_comes_again(
    stage: Stage, way: str, change: str
) -> None:
    una = stage.slack.person("Una New", deleted=change == "is back")
    await start(stage, way)
    forgetful(stage, times=2)
    sent = await (una.joins(wait=False) if change == "comes" else una.changes(deleted=change == "leaves", wait=False))
    assert sent
    await stage.slack.until(lambda: stage.script.heard)
    await come_again(stage, sent, 0)
    await come_again(stage, sent, 1)
    await sent.settle()
    assert sent.acked
    assert len(stage.script.heard) == 3, "twice in vain"
    assert len({one.key for one in stage.script.heard}) == 1


async def test_what_was_not_kept_of_a_list_is_listed_anew_and_soon(stage: Stage) -> None:
    stage.slack.person("Tom Reed")
    stage.slack.person("Una Gone", deleted=True)
    forgetful(stage, times=2)
    stage.keeps = True
    await stage.start()
    first = {one.account: one.what for one in stage.script.heard}
    stage.script.heard.clear()
    await stage.passes(lambda: len(stage.script.heard) == 2)
    assert {one.account: one.what for one in stage.script.heard} == first
    assert stage.clock.now() - START < timedelta(hours=1), "not only at night"


async def test_an_event_that_comes_again_while_it_is_answered_is_acknowledged_only_when_it_is_kept(
    stage: Stage,
) -> None:
    await start(stage, "sockets")
    una, gate = stage.slack.person("Una New"), asyncio.Event()
    stage.script.gate = gate
    forgetful(stage, times=1)
    sent = await una.joins(wait=False)
    assert sent
    await stage.slack.until(lambda: stage.script.heard)
    stage.clock.advance(timedelta(seconds=3))
    await stage.slack.until(lambda: sum(one.envelopes for one in stage.slack.sockets.open) == 2)
    again = asyncio.create_task(stage.platform.hear(sent.payload))
    await asyncio.wait([again], timeout=0.1)
    too_early = again.done()
    gate.set()
    assert not too_early
    with pytest.raises(NotKept):
        await again
    assert len(stage.script.heard) == 1
    assert not sent.acked
    stage.clock.advance(timedelta(seconds=3))
    await stage.slack.until(lambda: sent.attempts[1].failure)
    stage.clock.advance(timedelta(seconds=AGAIN_AFTER[1]))
    await sent.settle()
    assert sent.acked
    assert len(stage.script.heard) == 2
