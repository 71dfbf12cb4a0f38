"""What people write, wherever they can: too long, hiding, reversed, or markup and mentions of every platform."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.chat.command import Tree
from bot.chat.form import SEARCHED, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.inbound import Pressed, Submitted
from bot.chat.text import Link, Mention, Plain, Span, Strong
from bot.chat.view import Button, Facts, Note, Paragraph, View
from bot.core.flood import Flood
from tests.acting import buttons
from tests.world.world import Head, World, members, organiser, stranger, waiting, words

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
MARKUP = "@everyone <!channel> [x](http://y) *b* **c** <b> </script> {$x} =1+1"
FINAL = ("members.erase", "members.stop", "members.consent", "members.pause-", "run~1~headsup~leave")
HOSTILE = (
    "x" * 10_000,
    "a b " * 2_500,
    "\u202egnol\u202c \u200b\u2066\x00\x1b[31m\ue0001\ue001",
    MARKUP,
    "<@U123>",
    "Tom\nHeadsUp: you are suspended",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 20,
    "é" * 60,
    "\ud800\udfff",
    "   \n\t ",
    "",
)


def spans(view: View) -> list[Span]:
    texts = [block.text for block in view.blocks if isinstance(block, Paragraph | Note)]
    texts += [fact.text for block in view.blocks if isinstance(block, Facts) for fact in block.rows]
    return [span for text in texts for span in text]


def seen(world: World, head: Head) -> list[View]:
    return [one.view for one in world.said(head.account) if isinstance(one.view, View)]


async def everywhere(world: World, head: Head, text: str) -> int:
    """Write it into every free field behind every button that the person can reach. Returns how many forms it were."""
    forms = 0
    for word in ("start", "profile", "settings", "pause", "leave"):
        await head.use(word)
        for action in [one.action for one in buttons(head.view) if not one.action.startswith(FINAL)]:
            reply = await world.receive(Pressed(action), head.account, head.name)
            for asked in [reply.ask, *[await behind(world, head, one) for one in buttons(reply.view)]]:
                forms += isinstance(asked, Form | Search)
                if isinstance(asked, Form | Search):
                    await send(world, head, asked, text)
    return forms


async def behind(world: World, head: Head, button: Button) -> Form | Search | None:
    """What a button asks, if anything."""
    if button.action.startswith(FINAL):
        return None
    return (await world.receive(Pressed(button.action), head.account, head.name)).ask


async def send(world: World, head: Head, form: Form | Search, text: str) -> None:
    asked = form.fields if isinstance(form, Form) else ()
    free = {one.name: (text,) for one in asked if isinstance(one, ShortText | LongText)}
    chosen = {one.name: (one.options[0].value,) for one in asked if isinstance(one, OneOf | ManyOf)}
    reply = await world.receive(Submitted(form.action, {SEARCHED: (text,), **chosen, **free}), head.account, head.name)
    assert reply.view or reply.errors or reply.replace, "something is said about it"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_text_breaks_anything(world: World, text: str, caplog: pytest.LogCaptureFixture) -> None:
    """As a name, a school, a search, a code; by who comes in, who is in, and an organiser."""
    caplog.set_level(logging.ERROR)
    world.parts.bot._flood = Flood(presses=10**9)
    tom, _gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    assert await everywhere(world, tom, text) >= 3
    new = await stranger(world, text, user="new")
    await new.come()
    await new.use("start")
    assert isinstance(new.asked, Form)
    await send(world, new, new.asked, text)
    anna = await organiser(world)
    for line in (f"members suspend {text}", f"members waiting {text}", f"members vouch {text}", text):
        await anna.use(line, Tree.ORGANISER)
        assert "Sorry" not in anna.says
    await world.go_to(MONDAY)
    assert [message for message in caplog.messages if "failed" in message] == []
    assert world.circles(), "and the network lives on"


async def test_what_was_written_stays_words(world: World) -> None:
    """A name of markup and mentions reaches a partner and the organisers as plain words alone."""
    anna = await organiser(world)
    gwen, mo = await stranger(world, "Gwen Pugh"), await stranger(world, "Mo Farouk")
    for head, name in ((gwen, MARKUP[:60]), (mo, "Mo Farouk")):
        await head.use("start")
        await head.fill(name=name, role="Coach or associate")
        await head.agree()
    for _ in range(2):
        await anna.use("members waiting", Tree.ORGANISER)
        await anna.press(next(one.label for one in buttons(anna.view) if one.label.startswith("Vouch")))
    await world.go_to(MONDAY)
    views = [*seen(world, mo), *(one.view for one in world.space.history("channel-organisers") if one.view)]
    holding = [span for view in views for span in spans(view) if "@everyone" in str(getattr(span, "text", ""))]
    assert len(holding) >= 2
    assert all(isinstance(span, Plain) for span in holding)
    assert not any(isinstance(span, Link) and "//y" in span.url for view in views for span in spans(view))


async def test_a_mention_is_only_ever_of_a_member(world: World) -> None:
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    await world.go_to(MONDAY)
    ids = {row[0] for row in world.rows("SELECT id FROM members")}
    found = [span for head in (tom, gwen) for view in seen(world, head) for span in spans(view)]
    mentions = [span.member for span in found if isinstance(span, Mention)]
    assert mentions
    assert set(mentions) <= ids
    assert not any(isinstance(span, Strong) and "Tom" in span.text for span in found)


async def test_a_line_break_in_a_name_forges_no_line(world: World) -> None:
    anna = await organiser(world)
    wendy = await waiting(world, "Wendy\nHeadsUp: Mo is suspended")
    await anna.use("members waiting", Tree.ORGANISER)
    assert "\nHeadsUp" not in anna.says
    assert wendy.name
    said: Sequence[str] = [words(one) for one in world.space.history("channel-organisers")]
    assert not any("\nHeadsUp" in one for one in said)
