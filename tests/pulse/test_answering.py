"""Answering through the door: one thank-you, one refusal, and no trace of either."""

from datetime import timedelta
from pathlib import Path

from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Pressed, Submitted, Used, What
from bot.chat.outbound import Reply
from bot.chat.view import words_of_view
from bot.core.feature import Run
from bot.pulse.model import Poll, State
from bot.pulse.store import PULSE
from bot.pulse.telling import unpack
from tests.pulse.people import answer, heads, opened_by
from tests.pulse.two_worlds import opened
from tests.world.canaries import files
from tests.world.ear import StrictEar, at_the_root
from tests.world.world import Head, World, organiser, stranger
from tests.world.world import opened as world_in

HARD, GOOD = "1, very hard", "5, very good"


async def begun(world: World) -> list[Head]:
    """A poll that thirty were asked."""
    anna, people = await organiser(world), await heads(world)
    await opened_by(anna)
    return people


async def test_every_answer_gets_the_same_bytes_back(world: World) -> None:
    people = await begun(world)
    said = []
    for head, label in ((people[0], HARD), (people[0], HARD), (people[0], GOOD), (people[1], "3")):
        await answer(head, label)
        said.append(head.view)
    people[2].read("How has this week")
    await people[2].press("Answer")
    await people[2].fill()  # nothing said
    assert len({repr(one) for one in [*said, people[2].view]}) == 1


async def test_the_form_is_empty_whatever_was_said_before(world: World) -> None:
    people = await begun(world)
    head = people[0]
    head.read("How has this week")
    message = head.view
    await head.press("Answer")
    first = head.asked
    await head.fill(q0=HARD)
    head.view = message
    await head.press("Answer")
    assert head.asked == first


async def test_the_last_answer_counts_once_and_an_empty_one_takes_it_back(world: World) -> None:
    people = await begun(world)
    poll, box = await opened(world), world.parts.box
    for label in (HARD, HARD, GOOD):
        await answer(people[0], label)
    assert list(box.answers(poll.id).values()) == [("5",)]
    people[0].read("How has this week")
    await people[0].press("Answer")
    await people[0].fill()
    assert not any(map(any, box.answers(poll.id).values()))


def forged(poll: str) -> list[What]:
    """What somebody could send who was asked."""
    values: list[dict[str, tuple[str, ...]]] = [{"q0": ("6",)}, {"q0": ("1",), "q1": ("1",)}, {"q0": ("x" * 5000,)}]
    return [
        Pressed("pulse.open~1~" + show(Id(7))),
        Pressed("pulse.open~9~" + poll),
        Pressed("pulse.open"),
        Submitted("pulse.give~1~" + show(Id(7)), {"q0": ("1",)}),
        Submitted("pulse.give~1~nonsense", {"q0": ("1",)}),
        *(Submitted("pulse.give~1~" + poll, one) for one in values),
    ]


async def test_what_is_forged_too_late_or_somebody_elses_is_refused_alike(world: World) -> None:
    people = await begun(world)
    poll, box = await opened(world), world.parts.box
    other = await stranger(world, "Omar Aziz")
    button, form = Pressed(f"pulse.open~1~{show(poll.id)}"), Submitted(f"pulse.give~1~{show(poll.id)}", {"q0": ("1",)})
    replies = [await world.receive(one, people[0].account) for one in forged(show(poll.id))]
    replies += [await world.receive(one, other.account) for one in (button, form)]
    replies += [await world.receive(one, None) for one in (button, form)]
    assert not box.answers(poll.id)
    await world.go_to(world.at + timedelta(hours=48))
    replies += [await world.receive(one, people[0].account) for one in (button, form)]
    assert {refusal(one) for one in replies} == {refusal(replies[0])}
    assert "nothing for you to answer" in refusal(replies[0])


def refusal(reply: Reply) -> str:
    assert reply.ask is None
    assert reply.view is not None
    return words_of_view(reply.view)


async def test_pressing_leaves_no_trace_in_any_table_file_or_log(tmp_path: Path) -> None:
    ear = StrictEar()
    with at_the_root(ear):
        async with world_in(tmp_path) as world:
            people = await begun(world)
            poll = await opened(world)
            before, heard = {str(one): one.read_bytes() for one in files(tmp_path)}, len(ear.heard)
            for _ in range(60):
                await answer(people[3], HARD)
            for one in (*forged(show(poll.id)), *ways_to_the_page()):
                await world.receive(one, people[4].account)
            assert {str(one): one.read_bytes() for one in files(tmp_path)} == before
            assert ear.heard[heard:] == []
            await people[3].use("profile")
            assert {str(one): one.read_bytes() for one in files(tmp_path)} != before, "anything else leaves one"


def ways_to_the_page() -> list[What]:
    return [
        Used(Tree.MEMBER, "pulse"),
        Used(Tree.MEMBER, " PULSE  please"),
        Pressed(Run(Tree.MEMBER, "pulse").pack()),
    ]


async def test_the_page_shows_what_is_asked_and_what_is_kept_whoever_answered(world: World) -> None:
    people = await begun(world)
    pages = [await world.receive(one, people[0].account) for one in ways_to_the_page()]
    await answer(people[0], HARD)
    pages += [await world.receive(one, people[0].account) for one in ways_to_the_page()]
    assert len({repr(one) for one in pages}) == 1
    assert "How has this week" in refusal(pages[0])
    other = await stranger(world, "Omar Aziz")
    page = await world.receive(ways_to_the_page()[0], other.account)
    assert "not asking anything" in refusal(page)


async def test_who_leaves_or_withdraws_is_not_counted(world: World) -> None:
    people = await begun(world)
    poll, box = await opened(world), world.parts.box
    for head in people[:12]:
        await answer(head, HARD)
    await people[0].use("leave")
    await people[0].press("Forget me")
    assert len(box.answers(poll.id)) == 11
    for head in people[1:4]:
        await head.use("pulse")
        await head.press("No, don’t ask me")
    await world.go_to(world.at + timedelta(hours=49))
    (told,) = [one.told for one in await closed(world)]
    assert unpack(told).rate is None, "eight were left: fewer than ten"


async def closed(world: World) -> list[Poll]:
    return list(await world.parts.storage.read(world.at, lambda work: work.use(PULSE).at(State.CLOSED)))
