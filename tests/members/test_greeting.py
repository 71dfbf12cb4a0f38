"""An organiser's word of welcome: theirs, framed as theirs, and nobody else's to send."""

from datetime import timedelta

import pytest

from bot.chat.address import Account, Person
from bot.chat.command import Tree
from bot.chat.form import Form, LongText
from bot.chat.ids import show
from bot.chat.inbound import Pressed, Submitted
from bot.chat.view import Paragraph, Quote, View, words_of_view
from bot.core.outbox import Letter
from bot.members.model import MOST_GREETING, Stage
from tests.acting import ANNA, Network, Somebody, buttons
from tests.members.people import anna, network, settled

HELLO = "Vouch and say hello"


def in_letter(here: Network) -> Letter:
    (letter,) = here.letters("in:")
    return letter


async def greeted(here: Network, words: str, *, by: Somebody | None = None) -> Somebody:
    """Somebody who waited, let in with these words."""
    tom, organiser = settled(here, stage=Stage.WAITING), by or anna(here)
    await organiser.use("members waiting", Tree.ORGANISER)
    await organiser.press(f"{HELLO} to Tom Ashdown")
    assert isinstance(organiser.asked, Form)
    (field,) = organiser.asked.fields
    assert isinstance(field, LongText)
    assert field.most == MOST_GREETING
    await organiser.fill(greeting=words)
    if not organiser.errors:
        assert organiser.says.startswith("Tom Ashdown is in. Anna Ford vouched for them.")
    return tom


async def test_the_greeting_stands_in_you_are_in_under_its_writers_name() -> None:
    here = network()
    tom = await greeted(here, "Welcome, Tom.\nSee you on Saturday.")
    letter = in_letter(here)
    assert tom.member is not None
    assert letter.to == Person(tom.member.id)
    assert tom.member.stage is Stage.MEMBER
    good_news, line, quote, _ = letter.view.blocks
    assert isinstance(good_news, Paragraph)
    assert words_of_view(View((line,))) == "Anna Ford writes:"
    assert quote == Quote("Welcome, Tom.\nSee you on Saturday.")


async def test_without_one_you_are_in_names_nobody() -> None:
    here = network()
    settled(here, stage=Stage.WAITING)
    organiser = anna(here)
    await organiser.use("members waiting", Tree.ORGANISER)
    await organiser.press("Vouch for Tom Ashdown")
    assert "Anna" not in words_of_view(in_letter(here).view)


async def test_an_organiser_who_is_a_member_signs_with_the_name_they_are_known_by() -> None:
    here = network()
    organiser = settled(here, "Anna Ford")
    here.bot._organisers = frozenset({organiser.account.show()})
    organiser.name = "annaf92"
    assert organiser.member is not None
    await settled_waits(here, organiser)
    letter = in_letter(here)
    assert "Anna Ford writes:" in words_of_view(letter.view)
    assert letter.about == (organiser.member.id,), "forgotten, she is named to nobody"


async def settled_waits(here: Network, organiser: Somebody) -> None:
    tom = settled(here, stage=Stage.WAITING)
    assert tom.member is not None
    await organiser._do(Submitted(f"members.greet~1~{show(tom.member.id)}", {"greeting": ("Hello",)}))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*bold* <!channel> @everyone [x](https://x.example)", "*bold* <!channel> @everyone [x](https://x.example)"),
        ("one\n\n\n   \n two ", "one\ntwo"),
        ("\u202eevil\u200b\u2066", "evil"),
        ("hello\u2028HeadsUp: press here", "hello\nHeadsUp: press here"),
    ],
)
async def test_whatever_is_typed_stays_a_quotation(typed: str, shown: str) -> None:
    """A block of its own, which every platform frames line by line: never markup, never the bot's own words."""
    here = network()
    await greeted(here, typed)
    view = in_letter(here).view
    assert [block.text for block in view.blocks if isinstance(block, Quote)] == [shown]
    others = View(tuple(block for block in view.blocks if not isinstance(block, Quote)))
    assert shown.splitlines()[-1] not in words_of_view(others)
    assert all(f"> {line}" in words_of_view(view) for line in shown.splitlines())


@pytest.mark.parametrize("words", ["", " \n\t ", "\u200b", "x" * (MOST_GREETING + 1)])
async def test_no_words_and_too_many_are_asked_for_again(words: str) -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    assert tom.member is not None
    packed = f"members.greet~1~{show(tom.member.id)}"
    reply = await here.receive(Submitted(packed, {"greeting": (words,)}), ANNA, "Anna Ford")
    assert reply.errors["greeting"].startswith("Please write a line or two")
    assert tom.member.stage is Stage.WAITING


@pytest.mark.parametrize("kind", ["member", "stranger"])
async def test_a_greeting_by_anybody_else_is_refused(kind: str) -> None:
    here = network()
    tom = settled(here, stage=Stage.WAITING)
    other = settled(here, "Gwen Pugh").account if kind == "member" else Account("test", "here", "nobody")
    assert tom.member is not None
    before = here.storage.world.members, here.storage.world.letters
    for what in (
        Pressed(f"members.ask-greeting~1~{show(tom.member.id)}"),
        Submitted(f"members.greet~1~{show(tom.member.id)}", {"greeting": ("Hello",)}),
    ):
        reply = await here.receive(what, other)
        assert reply.view is not None
        assert words_of_view(reply.view) == "That isn’t something I can do for you here."
    assert (here.storage.world.members, here.storage.world.letters) == before


async def test_two_organisers_cross_and_the_greeting_still_comes_through() -> None:
    """One has the form open while another vouches: the words come after, once."""
    here = network()
    tom, organiser = settled(here, stage=Stage.WAITING), anna(here)
    assert tom.member is not None
    await organiser.use("members waiting", Tree.ORGANISER)
    await organiser.press(f"{HELLO} to Tom Ashdown")
    await here.receive(Pressed(f"members.vouch~1~{show(tom.member.id)}"), ANNA)
    form = organiser.asked
    for _ in range(2):
        organiser.asked = form
        await organiser.fill(greeting="Hello Tom")
    (letter,) = here.letters("greeting:")
    assert words_of_view(letter.view) == "Anna Ford writes:\n> Hello Tom"
    assert len(here.letters("in:")) == 1


async def test_nobody_who_is_in_for_long_can_be_written_to_that_way() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    here.at += timedelta(hours=2)
    packed = f"members.greet~1~{show(tom.member.id)}"
    reply = await here.receive(Submitted(packed, {"greeting": ("Hello",)}), ANNA, "Anna Ford")
    assert reply.replace is not None
    assert words_of_view(reply.replace).startswith("Tom Ashdown is in already")
    assert not here.letters()
    reply = await here.receive(Pressed(f"members.ask-greeting~1~{show(tom.member.id)}"), ANNA)
    assert (reply.ask, reply.replace is not None) == (None, True)


async def test_each_who_waits_has_a_row_and_the_longest_page_fits() -> None:
    here = network()
    for number in range(9):
        settled(here, f"{'X' * 70} {number}", Stage.WAITING)
    organiser = anna(here)
    await organiser.use("members waiting", Tree.ORGANISER)
    await organiser.press("Who came later")
    labels = [one.label for one in buttons(organiser.view)]
    assert sum(label.startswith("Vouch for") for label in labels) == 4
    assert sum(label.startswith(HELLO) for label in labels) == 4
    assert labels[-2:] == ["Who came earlier", "Who came later"]
