"""Two on two platforms write to each other through the bot: only if both want it, and only by presses that name who."""

from datetime import timedelta

import pytest

from bot.chat.form import Form
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Pressed, Submitted, Typed
from bot.chat.view import words_of_view
from bot.pairing.actions import WriteTo
from bot.relay.actions import AskReport, LetNotWrite, LetWrite, Report, SendTo, Stop
from tests.world.relaying import WORDS, Pair, labels, pair, quoted, told
from tests.world.test_forged import MONDAY
from tests.world.world import DAY, Head, World, members, organiser, stranger

HOUR = timedelta(hours=1)


async def test_nothing_is_sent_before_both_say_yes(world: World) -> None:
    two = await pair(world)
    two.priya.read("aren’t in the same place")
    await two.priya.press("Write to Tom")
    assert "I’ve asked Tom" in two.priya.says
    assert two.priya.asked is None
    await two.after_lessons()
    two.tom.read("Priya Shah would like to write to you")
    assert labels(two.tom) == ["Yes, that’s fine", "Rather not"]
    await two.tom.press("Yes, that’s fine")
    two.priya.read("You and Tom Ashdown can write to each other")
    for one, other in ((two.priya, "Tom"), (two.tom, "Priya")):
        await one.press(f"Write to {other}")
        assert isinstance(one.asked, Form)
        assert (one.asked.title, one.asked.send) == (f"Write to {other}", f"Send to {other}")


async def test_a_no_stays_a_no_and_gives_no_reason(world: World) -> None:
    two = await pair(world)
    two.priya.read("aren’t in the same place")
    await two.priya.press("Write to Tom")
    await two.after_lessons()
    two.tom.read("would like to write")
    asked = two.tom.view
    await two.tom.press("Rather not")
    assert "Of course" in two.tom.says
    assert two.of(two.priya)[-1] == "I’m sorry: you and Tom Ashdown can’t write to each other through me this time."
    for head, label in ((two.priya, "Write to Tom"), (two.tom, "Write to Priya")):
        await head.use("partner")
        await head.press(label)
        assert "can’t write to each other" in head.says
        assert head.asked is None
    two.tom.view = asked
    await two.tom.press("Yes, that’s fine")
    assert "can’t write to each other" in two.tom.says


async def test_whoever_was_asked_can_say_yes_by_writing_themselves(world: World) -> None:
    two = await pair(world)
    two.priya.read("aren’t in the same place")
    await two.priya.press("Write to Tom")
    await two.tom.use("partner")
    await two.tom.press("Write to Priya")
    await two.tom.fill(words=WORDS)
    await two.after_lessons()
    assert not any("would like to write" in letter for letter in two.of(two.tom)), "he has answered before it came"
    assert quoted(two.of(two.priya)[-1]) == [WORDS]


async def test_what_is_sent_arrives_framed_and_can_be_answered(world: World) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya)
    assert "It’s on its way to Tom" in two.priya.says
    two.tom.read("writes to you")
    assert two.tom.says.startswith("Priya Shah writes to you, through me:\n> Zqprivate")
    assert labels(two.tom) == ["Answer Priya", "Stop this", "Report this", "I’d rather not meet Priya again"]
    await two.tom.press("Answer Priya")
    await two.tom.fill(words="Gladly")
    assert quoted(two.of(two.priya)[-1]) == ["Gladly"]


@pytest.mark.parametrize(
    "forged",
    [
        "x\nAnna Ford writes to you, through me:\nCome to my office",
        "x\u2028HeadsUp: your account is closed\u2029> y",
        "> x\r\n*HeadsUp*\x0bsays",
        "\u202eHeadsUp\u202c <@U123> <https://example.org|click> @everyone",
    ],
)
async def test_a_frame_cannot_be_forged(world: World, forged: str) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya, forged)
    arrived = two.of(two.tom)[-1].splitlines()
    assert arrived[0] == "Priya Shah writes to you, through me:"
    inside = [line for line in arrived[1:] if not line.startswith(("> ", "Between these two", "[Answer"))]
    assert inside == []
    assert "\u202e" not in two.of(two.tom)[-1]


async def test_a_delivery_that_comes_twice_is_one_message(world: World) -> None:
    two = await pair(world)
    await two.open()
    await two.tom.use("partner")
    await two.tom.press("Write to Priya")
    assert isinstance(two.tom.asked, Form)
    sent = Submitted(two.tom.asked.action, {"words": (WORDS,)})
    once = Inbound("the same", world.at, sent, two.tom.account, "Tom")
    replies = [await world.hand_in(once) for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert sum(WORDS in letter for letter in two.of(two.priya)) == 1
    assert world.rows("SELECT sent FROM relay_sides ORDER BY sent") == [(0,), (1,)]


async def test_the_last_of_a_day_that_comes_twice_is_answered_alike(world: World) -> None:
    two = await pair(world)
    await two.open()
    for number in range(9):
        await two.write(two.priya, f"{number}")
    tenth = Submitted(form_of(two, two.priya), {"words": ("tenth",)})
    once = Inbound("the tenth", world.at, tenth, two.priya.account, "Priya")
    first, again = await world.hand_in(once), await world.hand_in(once)
    assert first == again
    assert not again.errors, "or they would write it once more tomorrow"


async def test_who_has_asked_and_has_no_answer_cannot_send(world: World) -> None:
    two = await pair(world)
    two.priya.read("aren’t in the same place")
    await two.priya.press("Write to Tom")
    reply = await world.receive(Submitted(form_of(two, two.priya), {"words": (WORDS,)}), two.priya.account)
    assert "I haven’t sent this" in reply.errors["words"]
    assert two.bodies() == 0


async def test_what_is_typed_is_never_relayed(world: World) -> None:
    """THREATS, 8: in every state there is."""
    two = await pair(world)
    await typed_goes_nowhere(two)
    await two.open()
    await typed_goes_nowhere(two)
    await two.write(two.priya, "first")
    await typed_goes_nowhere(two)
    await two.tom.use("partner")
    await two.tom.press("Write to Priya")
    assert isinstance(two.tom.asked, Form)
    await typed_goes_nowhere(two)


async def typed_goes_nowhere(two: Pair) -> None:
    before = (two.of(two.priya), two.of(two.tom), two.world.state())
    for head in (two.priya, two.tom):
        reply = await two.world.receive(Typed(), head.account, head.name)
        assert reply.view is not None
    assert (two.of(two.priya), two.of(two.tom), two.world.state()) == before


async def test_ten_a_day_each_way_and_the_next_day_anew(world: World) -> None:
    two = await pair(world)
    await two.open()
    for number in range(10):
        await two.write(two.priya, f"{number}")
    await two.priya.use("partner")
    await two.priya.press("Write to Tom")
    assert "10 messages to Tom today" in two.priya.says
    packed = form_of(two, two.priya)
    reply = await world.receive(Submitted(packed, {"words": ("one more",)}), two.priya.account)
    assert "10 messages" in reply.errors["words"], "a form that was open before sends no more either"
    assert [quoted(letter) for letter in two.of(two.tom)[-10:]] == [[str(number)] for number in range(10)]
    await two.write(two.tom, "and back")
    assert quoted(two.of(two.priya)[-1]) == ["and back"]
    await world.go_to(world.at + DAY)
    await two.write(two.priya, "tomorrow")
    assert quoted(two.of(two.tom)[-1]) == ["tomorrow"]


def form_of(two: Pair, by: Head) -> str:
    """What the form of one means, as it would be forged."""
    other = "Tom Ashdown" if by is two.priya else "Priya Shah"
    return SendTo(group_of(two.world, other), id_of(two.world, other)).pack()


def id_of(world: World, name: str) -> Id:
    return Id(world.rows("SELECT id FROM members WHERE name = ?", name)[0][0])


def group_of(world: World, name: str) -> Id:
    return Id(world.rows('SELECT "group" FROM group_members WHERE member = ?', id_of(world, name))[0][0])


async def test_at_night_it_waits_for_the_morning_and_before_a_weekend_it_is_not_taken(world: World) -> None:
    two = await pair(world)
    await two.open()
    await world.go_to(world.at.replace(hour=21))
    await two.write(two.priya)
    assert not any(WORDS in letter for letter in two.of(two.tom))
    await world.go_to(world.at + 10 * HOUR)
    assert quoted(two.of(two.tom)[-1]) == [WORDS]
    await world.go_to(world.at.replace(day=20, hour=21))  # Friday
    await two.priya.use("partner")
    await two.priya.press("Write to Tom")
    assert "couldn’t bring it to Tom within a day" in two.priya.says
    reply = await world.receive(Submitted(form_of(two, two.priya), {"words": (WORDS,)}), two.priya.account)
    assert "within a day" in reply.errors["words"], "and what was typed stays in the form"
    assert two.bodies() == 0


@pytest.mark.parametrize("words", ["", " \n\t ", "x" * 1001])
async def test_nothing_and_too_much_are_sent_back(world: World, words: str) -> None:
    two = await pair(world)
    await two.open()
    await two.write(two.priya, words)
    assert "at most 1,000 characters" in told(two.priya)
    assert two.bodies() == 0
    await two.write(two.priya, "y" * 1000)
    assert quoted(two.of(two.tom)[-1]) == ["y" * 1000]


async def test_forged_presses_of_everybody_else_change_nothing(world: World) -> None:
    """THREATS, 1: each action there is, with each group and member there is, by all who are no part of it; and by both
    themselves, before either has said yes."""
    two = await pair(world)
    gwen, omar = await members(world, "Gwen Pugh", "Omar Aziz")
    nobody = await stranger(world, "Nobody Here")
    group = group_of(world, "Priya Shah")
    ids = [row[0] for row in world.rows("SELECT id FROM members")]
    await gwen.use("menu")
    await omar.use("menu")
    before = world.state()
    for kind in (WriteTo, LetWrite, LetNotWrite, SendTo, Stop, AskReport, Report):
        for member in ids:
            packed = kind(group, member).pack()
            for head in (gwen, omar, nobody):
                for what in (Pressed(packed), Submitted(packed, {"words": (WORDS,)})):
                    reply = await world.receive(what, head.account, head.name)
                    assert reply.ask is None
                    assert not reply.errors
    priya, tom = id_of(world, "Priya Shah"), id_of(world, "Tom Ashdown")
    for head, me, other in ((two.priya, priya, tom), (two.tom, tom, priya)):
        for kind in (LetWrite, LetNotWrite, SendTo, Stop):
            for member in (me, other):
                await world.receive(Submitted(kind(group, member).pack(), {"words": (WORDS,)}), head.account)
    assert world.state() == before


async def test_who_shares_a_place_needs_no_relay(world: World) -> None:
    await organiser(world)
    gwen, _ = await members(world, "Gwen Pugh", "Omar Aziz")
    await world.go_to(MONDAY)
    before = world.state()
    press = WriteTo(group_of(world, "Omar Aziz"), id_of(world, "Omar Aziz"))
    reply = await world.receive(Pressed(press.pack()), gwen.account)
    assert reply.view is not None
    assert "in the same place" in words_of_view(reply.view)
    assert world.state() == before
