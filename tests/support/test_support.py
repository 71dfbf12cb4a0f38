"""Help, at any time, without a trace; and the answer to whatever is typed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Pressed, Typed, Used
from bot.chat.text import Link
from bot.chat.view import Facts, words_of_view
from bot.core.feature import Call
from bot.core.helplines import DEFAULTS, HelpNow, more_ways, short_line
from bot.core.terms import Nation
from bot.support import feature as support
from bot.support.feature import stale
from tests.acting import START
from tests.members.people import change, network, settled, somebody

ASKING = [
    Used(Tree.HELP_NOW),
    Used(Tree.HELP_NOW, "I can't go on"),
    Used(Tree.MEMBER, "help now"),
    Used(Tree.MEMBER, "HelpNow"),
    Pressed(HelpNow().pack()),
    Pressed("support.helpnow~99~of another year"),
]


class Broken:
    """A storage on the worst of days."""

    async def write(self, unit: object) -> object:
        raise OSError("the disk is gone")

    async def read(self, at: object, run: object) -> object:
        raise OSError("the disk is gone")


@pytest.mark.parametrize("asking", ASKING)
async def test_help_comes_with_the_database_down_however_often_one_asks(asking: Used | Pressed) -> None:
    here = network()
    here.bot._storage = Broken()  # type: ignore[assignment]
    person = somebody(here, "Anybody")
    replies = [await here.receive(asking, person.account, twice=False) for _ in range(100)]
    assert all(reply == replies[0] for reply in replies)
    assert replies[0].view is not None
    words = words_of_view(replies[0].view)
    for number in ("116 123", "85258", "08000 562 561", "111, then option 2", "0808 808 8000", "999"):
        assert number in words


@pytest.mark.parametrize("asking", [*ASKING, Typed()])
async def test_nothing_anywhere_changes_when_somebody_asks_or_types(asking: Used | Pressed | Typed) -> None:
    here = network()
    tom = settled(here)
    before = here.storage.world
    await here.receive(asking, tom.account)
    assert here.storage.world is before, "a transaction was made"


async def test_the_bare_command_is_a_menu_and_no_cry_for_help() -> None:
    here = network()
    tom = settled(here)
    await tom.use("")
    assert tom.says.startswith("What would you like to do?")


async def test_typed_text_is_answered_with_the_help_line_and_ways_on() -> None:
    here = network()
    tom = settled(here)
    await tom.type()
    assert tom.says.startswith("I’m a bot, and nobody reads what is written here.")
    assert "Samaritans 116 123" in tom.says
    typed = tom.view
    for label, says in [
        ("More ways to get help", "You don’t have to carry this alone"),
        ("What I can do", "What would you like to do?"),
        ("Pause", "For how long"),
        ("Leave", "You can stop"),
    ]:
        tom.view = typed
        await tom.press(label)
        assert says in tom.says


def test_the_short_line_says_the_configured_numbers() -> None:
    lines = {**DEFAULTS, "samaritans": replace(DEFAULTS["samaritans"], number="1 2 3")}
    said = "".join(span.text for span in short_line(lines) if not isinstance(span, Link) and hasattr(span, "text"))
    assert said == (
        "If things are heavy, you can talk to somebody now: Samaritans 1 2 3, Education Support 08000 562 561, "
        "free, day and night. In danger, 999."
    )
    assert more_ways().label == "More ways to get help"


def test_every_nation_has_a_line_of_its_own_or_for_all() -> None:
    for nation in Nation:
        assert sum(nation in line.nations for line in DEFAULTS.values() if line.number) >= 5


def test_a_line_without_a_number_is_a_link() -> None:
    view = support.feature(DEFAULTS).traceless[0].do(Call(START)).view
    assert view is not None
    facts = next(block for block in view.blocks if isinstance(block, Facts))
    links = [span for row in facts.rows for span in row.text if isinstance(span, Link)]
    assert [link.url for link in links] == [DEFAULTS["headrest"].url]


@pytest.mark.parametrize(("day", "found"), [(180, 0), (181, 1)])
def test_a_number_unchecked_for_half_a_year_is_found(day: int, found: int) -> None:
    lines = {"samaritans": replace(DEFAULTS["samaritans"], verified_on=date(2026, 1, 1))}
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    findings = stale(lines, at)
    assert len(findings) == found
    assert all(finding.where == "help.samaritans.verified_on" for finding in findings)


async def test_one_s_own_nation_comes_first_where_it_is_in_memory_and_nothing_is_looked_up() -> None:
    here = network()
    olwen = settled(here, "Olwen Rees")
    change(here, olwen, nation=Nation.SCOTLAND)

    async def names() -> list[str]:
        reply = await here.receive(Used(Tree.HELP_NOW), olwen.account)
        assert reply.view is not None
        return [row.label for block in reply.view.blocks if isinstance(block, Facts) for row in block.rows]

    everything = await names()
    assert everything.index("NHS 111") < everything.index("NHS 24"), "the network's nation, as long as none is known"
    await olwen.use("profile")
    here.bot._storage = Broken()  # type: ignore[assignment]
    known = await names()
    assert known.index("NHS 24") < known.index("NHS 111")
    assert known[-2:] == ["NHS 111", "Lifeline"], "those of other nations come last"
    assert sorted(known) == sorted(everything), "and none is missing"
    here.at += timedelta(days=1)
    assert await names() == everything, "after a day it is forgotten"
