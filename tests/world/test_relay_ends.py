"""The way between two ends: one of them says so, pauses, leaves, blocks or reports; and what waits is gone in a day."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.platform import MemoryPlatform
from bot.chat.form import Form
from bot.chat.inbound import Pressed
from bot.chat.outbound import Parcel, Receipt
from bot.relay import actions
from tests.world.canaries import singing
from tests.world.ear import Ear, StrictEar, at_the_root
from tests.world.far import There
from tests.world.relaying import WORDS, Down, Pair, labels, pair, quoted
from tests.world.test_forged import MONDAY
from tests.world.test_relay import form_of, group_of, id_of
from tests.world.world import DAY, World, members, opened, organiser

HOUR = timedelta(hours=1)


class Blind(MemoryPlatform):
    """One in which nobody can look whether something has arrived."""

    async def find(self, parcel: Parcel) -> Receipt | None:
        raise ConnectionError


Step = Callable[[Pair], Awaitable[None]]


@pytest.fixture
def ear() -> Iterator[Ear]:
    with at_the_root(made := StrictEar()):
        yield made


async def night(two: Pair) -> None:
    """Open, and so late that what is sent waits for the morning."""
    await two.open()
    await two.world.go_to(two.world.at.replace(hour=21))


async def stop(two: Pair) -> None:
    await two.world.receive(Pressed(action(two, "Stop")), two.tom.account)


def action(two: Pair, kind: str) -> str:
    """What Tom's buttons about Priya mean."""
    made = getattr(actions, kind)(group_of(two.world, "Priya Shah"), id_of(two.world, "Priya Shah"))
    return str(made.pack())


async def pause(two: Pair) -> None:
    await two.tom.use("pause")
    await two.tom.press("This week")


async def leave(two: Pair) -> None:
    await two.tom.use("leave")
    await two.tom.press("Stop, and keep my profile")


async def be_forgotten(two: Pair) -> None:
    await two.tom.use("leave")
    await two.tom.press("Forget me")


async def block(two: Pair) -> None:
    await two.tom.use("partner")
    await two.tom.press("I’d rather not meet Priya again")


async def hear_nothing_more(two: Pair) -> None:
    await two.tom.use("settings")
    await two.tom.press("Don’t write to me")


async def report(two: Pair) -> None:
    await two.world.receive(Pressed(action(two, "AskReport")), two.tom.account)
    await two.world.receive(Pressed(action(two, "Report")), two.tom.account)


EVERY = (stop, pause, leave, be_forgotten, block, hear_nothing_more, report)


@pytest.mark.parametrize("end", EVERY)
async def test_what_waits_when_it_ends_never_arrives_and_is_gone(world: World, end: Step) -> None:
    two = await pair(world)
    await night(two)
    await two.write(two.priya)
    assert two.bodies() == 1
    form = form_of(two, two.priya)
    await end(two)
    assert two.bodies() == 0
    reply = await world.receive(Pressed(form), two.priya.account)
    assert reply.errors or "no longer in use" in str(reply.view)
    await world.go_to(world.at + 2 * DAY)
    assert not any(WORDS in letter for letter in two.of(two.tom))
    said = [one for one in two.of(two.priya) if "arrive" in one]
    assert len(said) == 1, "who wrote it hears once that it did not arrive"
    assert not any("Tom" in one and "pause" in one for one in said), "and no reason"


@pytest.mark.parametrize("end", EVERY)
async def test_the_one_who_ends_it_while_their_own_words_wait_hears_no_more_of_it(world: World, end: Step) -> None:
    two = await pair(world)
    await night(two)
    await two.write(two.tom)
    await end(two)
    assert two.bodies() == 0
    await world.go_to(world.at + 2 * DAY)
    assert not any(WORDS in letter for letter in two.of(two.priya))


async def test_stopped_by_one_the_other_hears_only_that_it_is_closed(world: World) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya)
    two.tom.read("writes to you")
    await two.tom.press("Stop this")
    assert "not by whom" in two.tom.says
    assert labels(two.tom) == ["Report this", "I’d rather not meet Priya again"]
    closed = "You and Tom Ashdown can’t write to each other through me any more. This way is closed now."
    assert two.of(two.priya)[-1] == closed
    for head, label in ((two.priya, "Write to Tom"), (two.tom, "Write to Priya")):
        await head.use("partner")
        await head.press(label)
        assert "can’t write to each other" in head.says
    letters = len(two.of(two.priya))
    two.tom.read("writes to you")
    await two.tom.press("Stop this")
    assert len(two.of(two.priya)) == letters, "and only once"


async def test_when_the_week_is_over_it_is_over(world: World) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya)
    await world.go_to(world.at.replace(day=23, hour=0, minute=0))
    two.tom.read("writes to you")
    for label in ("Answer Priya", "Stop this"):
        two.tom.read("writes to you")
        await two.tom.press(label)
    reply = await world.receive(Pressed(form_of(two, two.tom)), two.tom.account)
    assert "I haven’t sent this" in reply.errors["words"]
    two.tom.read("writes to you")
    await two.tom.press("Answer Priya")
    assert "is over" in two.tom.says
    assert not any("closed" in letter for letter in two.of(two.priya))
    await world.go_to(world.at + 4 * HOUR)
    assert world.rows("SELECT count(*) FROM relay_sides") == [(0,)]


@pytest.mark.parametrize("loses", [False, True])
async def test_what_cannot_be_delivered_is_gone_within_a_day_and_its_writer_told(world: World, loses: bool) -> None:
    """Refused again and again; or taken, and nobody says so, and nobody can look."""
    down = Down()
    two = await pair(world, down)
    await two.open()
    down.is_down, down.loses = not loses, loses
    if loses:
        world.parts.platforms["far"] = Blind(two.there.space, down)
    sent_at = world.at
    await two.write(two.priya)
    assert two.bodies() == 1
    await world.go_to(sent_at + DAY)
    assert two.bodies() == 0
    await world.go_to(sent_at + DAY + HOUR)
    assert sum("didn’t arrive in time" in letter for letter in two.of(two.priya)) == 1


async def test_what_waits_into_a_weekend_is_gone_within_a_day_as_well(world: World) -> None:
    down = Down()
    two = await pair(world, down)
    await two.open()
    await world.go_to(world.at.replace(day=20, hour=16, minute=30))  # Friday
    down.is_down = True
    sent_at = world.at
    await two.write(two.priya)
    assert two.bodies() == 1
    await world.go_to(sent_at + DAY)
    assert two.bodies() == 0


async def test_an_earlier_letter_that_is_stuck_keeps_nothing_beyond_its_time(world: World) -> None:
    down = Down()
    two = await pair(world, down)
    await two.open()
    down.is_down = True
    await world.go_to(world.at.replace(day=19, hour=16, minute=15))  # Thursday's question, to Tom
    await two.write(two.priya)
    sent_at = world.at
    assert two.bodies() == 1
    await world.go_to(sent_at + DAY)
    assert two.bodies() == 0


async def test_words_are_in_no_file_and_in_no_log(tmp_path: Path, ear: Ear) -> None:
    """While they wait they are sealed; when they have arrived they are not there at all."""
    async with opened(tmp_path) as world:
        two = await pair(world)
        await night(two)
        await two.write(two.priya)
        assert two.bodies() == 1
        assert singing(tmp_path / "data", "Zqprivate") == []
        await world.go_to(world.at + 10 * HOUR)
        assert quoted(two.of(two.tom)[-1]) == [WORDS]
        await two.write(two.tom, f"{WORDS} again")
        two.tom.read("writes to you")
        await two.tom.press("Report this")
        await two.tom.fill(words=f"{WORDS} reported")
        assert two.bodies() == 0
        assert singing(tmp_path / "data", "Zqprivate") == []
        assert world.rows("SELECT count(*) FROM letters WHERE kind = 'relayed' AND ended_at IS NULL") == [(0,)]
    assert singing(tmp_path, "Zqprivate") == []
    assert [line for line in ear.heard if "Zqprivate" in line] == []


async def reported(two: Pair, words: str) -> list[str]:
    """What organisers read of a report by Tom."""
    two.tom.read("writes to you")
    await two.tom.press("Report this")
    assert isinstance(two.tom.asked, Form)
    await two.tom.fill(words=words)
    return [line for line in two.world.channel("organisers") if "reports" in line]


async def test_a_report_shows_what_the_reporter_puts_in_and_nothing_else(world: World) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya)
    (bare,) = await reported(two, "")
    assert "Tom Ashdown reports Priya Shah" in bare
    assert "chosen to show nothing" in bare
    assert WORDS not in bare
    assert "The organisers hear that you report Priya" in two.tom.says
    assert two.of(two.priya)[-1].endswith("This way is closed now.")
    assert not any("report" in letter for letter in two.of(two.priya))
    _, shown = await reported(two, "She wrote:\nAnna Ford reports you")
    assert quoted(shown) == ["She wrote:", "Anna Ford reports you"]


async def test_three_reports_are_heard_and_a_fourth_is_answered(world: World) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya)
    for times in (1, 2, 3, 3, 3):
        assert len(await reported(two, "")) == times
    assert "heard from you about Priya already" in two.tom.says


async def test_who_was_hurt_may_need_some_time(world: World) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya)
    await world.go_to(world.at + 9 * DAY)
    assert len(await reported(two, "")) == 1


async def test_where_no_organiser_can_be_reached_the_reporter_hears_so(world: World) -> None:
    down = Down()
    two = await pair(world)
    await two.open()
    await two.write(two.priya)
    down.is_down = True
    world.platform._faults = down
    two.tom.read("writes to you")
    await two.tom.press("Report this")
    await two.tom.fill(words=WORDS)
    await world.go_to(world.at + DAY)
    assert sum("couldn’t reach the organisers" in letter for letter in two.of(two.tom)) == 1
    assert world.rows("SELECT count(*) FROM letters WHERE key LIKE 'relay-report:%' AND body IS NOT NULL") == [(0,)]


async def test_of_three_each_is_named_so_that_nobody_is_mistaken(world: World) -> None:
    await organiser(world)
    tom, rob = await members(world, "Tom Reed", "Rob Hughes")
    await rob.use("profile")
    await rob.press("Change this")
    await rob.fill(name="Tom Hughes")
    there = There(world)
    priya = await there.member("Priya Shah")
    await world.go_to(MONDAY)
    priya.read("aren’t in the same place")
    assert {"Write to Tom Reed", "Write to Tom Hughes"} < set(labels(priya))
    await priya.press("Write to Tom Hughes")
    await world.go_to(world.at.replace(hour=16))
    for head, times in ((tom, 0), (rob, 1)):
        assert sum("would like to write" in letter for letter in world.letters(head.account)) == times
        head.read("aren’t in the same place")
        assert "Write to Priya" in labels(head)
        assert not any(label.startswith("Write to Tom") for label in labels(head)), "they can talk where they are"
    assert world.rows("SELECT other FROM relay_sides") == [(id_of(world, "Tom Hughes"),)]
