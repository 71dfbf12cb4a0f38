"""What two people want at once, what was never offered, and what lies in the files while the bot runs."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.chat.form import SEARCHED
from bot.chat.ids import Id, show
from bot.chat.inbound import Inbound, Pressed, Submitted
from bot.chat.view import Select
from bot.core.work import Unit, Work
from bot.members.kinds import Role
from bot.members.schools import School
from bot.members.store import MEMBERS, SCHOOLS
from tests.acting import blocks
from tests.members.people import BECKFORD
from tests.world.process import headsup
from tests.world.test_import import GOOD, codes
from tests.world.world import World, members, opened, organiser, stranger


async def keep(world: World, *schools: School) -> None:
    def run(work: Work) -> None:
        work.use(SCHOOLS).keep(schools)

    await world.parts.storage.write(Unit("schools", world.at, run))


async def test_a_closed_school_is_not_offered_and_cannot_be_chosen(world: World) -> None:
    closed = replace(BECKFORD, urn=100010, name="Gone School", status="Closed")
    await keep(world, BECKFORD, closed)
    (tom,) = await members(world, "Tom Ashdown")
    tom_is = await world.look(tom.account)
    assert tom_is
    head = replace(tom_is, role=Role.HEADTEACHER)
    await world.parts.storage.write(Unit("role", world.at, lambda work: work.use(MEMBERS).keep(head)))
    for words, offered in (("gone school", []), ("beckford", [str(BECKFORD.urn)])):
        reply = await world.receive(Submitted("members.search-school~1", {SEARCHED: (words,)}), tom.account)
        selects = [block for block in blocks(reply.view or reply.replace) if isinstance(block, Select)]
        assert [option.value for select in selects for option in select.options] == offered
    for urn, school in ((100010, None), (BECKFORD.urn, BECKFORD.name)):
        await world.receive(Pressed("members.choose-school~1", (str(urn),)), tom.account)
        member = await world.look(tom.account)
        assert member is not None
        assert member.school == school


def test_one_code_lets_one_person_in(tmp_path: Path) -> None:
    """Many who typed the same code in the same moment: one place, one person."""
    (tmp_path / "people.csv").write_text(GOOD)
    assert headsup(tmp_path, "members", "import", "people.csv", "--codes", "codes.csv").code == 0
    assert asyncio.run(claim_at_once(tmp_path, codes(tmp_path)["A1"])) == ["A1"]


async def claim_at_once(folder: Path, code: str) -> list[str | None]:
    async with opened(folder) as world:
        await organiser(world)
        heads = [await stranger(world, f"Head{n} Someone") for n in range(8)]
        claim = Submitted("onboarding.claim~1", {"code": (code,)})
        inbound = [Inbound(world.space.new_id(), world.at, claim, head.account, head.name) for head in heads]
        await asyncio.gather(*map(world.parts.bot.receive, inbound))
        found = [await world.look(head.account) for head in heads]
        return [member.ref for member in found if member is not None]


async def test_two_organisers_and_one_person_who_waits(world: World) -> None:
    """A vouch, a suspension and a goodbye at the same moment: some order, and all of it whole."""
    anna = await organiser(world)
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    id = (await world.look(tom.account)).id  # type: ignore[union-attr]
    deeds = [
        (anna, f"members.suspend~1~{shown(id)}"),
        (tom, "members.erase~1"),
        (anna, f"members.restore~1~{shown(id)}"),
    ]
    inbound = [Inbound(world.space.new_id(), world.at, Pressed(packed), who.account, who.name) for who, packed in deeds]
    replies = await asyncio.gather(*map(world.parts.bot.receive, inbound))
    assert all(reply.view or reply.replace for reply in replies)
    assert await world.look(tom.account) is None
    assert await world.parts.storage.read(world.at, lambda work: work.use(MEMBERS).get(id)) is None
    assert await world.look(gwen.account)


def shown(id: int) -> str:
    return show(Id(id))
