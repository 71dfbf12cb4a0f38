"""An organiser's own people, at real schools: imported, claimed with their codes, introduced and asked; nothing twice.

Only through the doors that people use: the command line, what a screen shows, and time that passes.
"""

import asyncio
import csv
import io
import stat
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from random import Random

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Inbound
from bot.chat.outbound import Reply
from bot.config import read_config
from bot.door.demo.cast import demo_cast
from bot.door.run import Demo, open_demo
from bot.members.roster import COLUMNS
from scheduler.clocks import SteppableClock
from tests.door.commands import Headsup, Ran, beside
from tests.house.reading import ROOT
from tests.world.world import CONSENTS, Head, World, dump, head_of, words

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
"""A Monday in term: introductions have gone out at eight."""
EVENING = datetime(2026, 11, 19, 18, tzinfo=UTC)
"""The Thursday after it, past the question."""
LABELS = {"We talked": "talked", "Not yet": "not-yet", "We need a hand": "hand"}
NOTHING_NEW = {"added": 0, "changed": 0, "wrong": []}
FIRST = ("Ada", "Ben", "Cara", "Dev", "Ewan", "Fay", "Gita", "Huw", "Ines", "Jo")
LAST = ("Ashe", "Bloom", "Cole", "Dunn", "Eley", "Frost", "Gray", "Hart", "Irwin", "Jay")
ROLES, TOPICS = ("headteacher", "executive head", "deputy"), ("staffing", "inspection; attendance", "")

Rows = Sequence[Mapping[str, str]]


class Community(World):
    """The demo that `headsup run --empty` opens, and whose time is led on."""

    def __init__(self, demo: Demo) -> None:
        self.parts, self.space, self.life = demo.parts, demo.space, demo.life
        assert isinstance(demo.clock, SteppableClock)
        self.clock = demo.clock
        self.file, self.heard = demo.parts.configured.data / "demo.sqlite3", []

    async def hand_in(self, inbound: Inbound) -> Reply:
        """What it posted is carried when time is led on: two hundred do this at once."""
        return await self.parts.bot.receive(inbound)


@asynccontextmanager
async def community(config: Path) -> AsyncIterator[Community]:
    """No time passes in it by itself."""
    async with open_demo(read_config(config), empty=True) as demo:
        with demo.watch.held():
            try:
                yield Community(demo)
            finally:
                await demo.local.close()


@dataclass(frozen=True)
class Files:
    """What an operator has in front of them."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def codes(self) -> Path:
        return self.folder / "codes.csv"

    def register(self, text: bytes) -> Path:
        return self._file("register.csv", text)

    def people(self, rows: Rows) -> Path:
        lines = io.StringIO()
        sheet = csv.DictWriter(lines, COLUMNS)
        sheet.writeheader()
        sheet.writerows(rows)
        return self._file("people.csv", lines.getvalue().encode())

    def read_codes(self) -> dict[str, str]:
        return {row["ref"]: row["code"] for row in _table(self.codes.read_bytes())}

    def _file(self, name: str, text: bytes) -> Path:
        (self.folder / name).write_bytes(text)
        return self.folder / name


def _table(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("cp1252"))))


def heads_of(register: bytes, count: int) -> Rows:
    """So many made-up people, each tenth at the school of the one before."""
    schools = [row["URN"] for row in _table(register) if row["EstablishmentStatus (name)"] == "Open"]
    Random(2017).shuffle(schools)
    rows: list[dict[str, str]] = []
    for number in range(count):
        urn = rows[-1]["urn"] if number % 10 == 9 else schools[number]
        name = f"{FIRST[number % 10]} {LAST[number // 10 % 10]}"
        row = {"ref": f"R{number:03}", "name": name, "urn": urn, "role": ROLES[number % 3]}
        rows.append({**row, "nation": "england", "tags": TOPICS[number % 3], "years": str(number % 30)})
    return rows


async def imported(headsup: Headsup, files: Files, register: Path, people: Path) -> tuple[Ran, Ran]:
    """Both imports, as the README has them."""
    schools = await beside(headsup, "schools", "import", register, "--config", files.config, "--json")
    told = ("members", "import", people, "--codes", files.codes, "--config", files.config, "--json")
    return schools, await beside(headsup, *told)


async def come(world: Community, rows: Rows, codes: Mapping[str, str]) -> list[Head]:
    """Everybody comes into the workspace at once, finds a letter there, and claims their place."""
    heads = [head_of(world, world.space.join(row["name"], user=row["ref"]), row["name"]) for row in rows]
    await asyncio.gather(*(head.come() for head in heads))
    await world.go_to(world.at)
    await asyncio.gather(*(claim(head, codes[head.account.user]) for head in heads))
    return heads


async def claim(head: Head, code: str) -> None:
    """Somebody types their code, and ticks what is all right with them."""
    head.read()
    await head.press("I have a code")
    await head.fill(code=code)
    assert f"That’s you, {head.first}." in head.says
    await head.press("Go on")
    await head.press("Choose what HeadsUp may do")
    await head.fill(consents=CONSENTS)
    assert "You’re in." in head.says


async def let_them_go(world: Community) -> None:
    """The organiser looks who would meet, and says yes to Monday."""
    cast = demo_cast().organiser
    amina = head_of(world, Account("local", "space", cast.user), cast.name)
    await amina.use("intro preview", Tree.ORGANISER)
    assert "would go out" in amina.says
    await amina.use("intro send", Tree.ORGANISER)
    assert "Good." in amina.says


def all_meet(world: Community, rows: Rows) -> None:
    """Everybody is introduced once, and nobody to somebody of their own school."""
    circles = world.circles()
    assert Counter(user for circle in circles for user in circle) == Counter(row["ref"] for row in rows)
    threes = len(rows) % 2
    assert sorted(map(len, circles)) == [2] * (len(rows) // 2 - threes) + [3] * threes
    school = {row["ref"]: row["urn"] for row in rows}
    assert not [circle for circle in circles if len({school[user] for user in circle}) < len(circle)]


async def answer(world: Community, head: Head, label: str) -> None:
    """Somebody was asked once, and presses."""
    asked = [one for one in world.said(head.account) if "find time to talk" in words(one)]
    assert len(asked) == 1, f"{head.name} was asked {len(asked)} times"
    head.read("find time to talk")
    await head.press(label)
    assert "hank you for telling me" in head.says


def kept_answers(world: Community) -> dict[str, str]:
    query = "SELECT members.ref, answers.outcome FROM answers JOIN members ON members.id = answers.member"
    rows = world.rows(query)
    assert len(rows) == len(dict(rows)), "an answer is kept twice"
    return dict(rows)


async def a_week(files: Files, rows: Rows) -> None:
    """They come on a Wednesday, meet on Monday and answer on Thursday."""
    async with community(files.config) as world:
        heads = await come(world, rows, files.read_codes())
        await let_them_go(world)
        await world.go_to(NOON)
        all_meet(world, rows)
        await world.go_to(EVENING)
        pressed = list(zip(heads, cycle(LABELS)))
        await asyncio.gather(*(answer(world, head, label) for head, label in pressed))
        assert kept_answers(world) == {head.account.user: LABELS[label] for head, label in pressed}
        assert len(pressed) == len(rows)


async def live_with(headsup: Headsup, folder: Path, text: bytes, count: int) -> None:
    """Import, live a week, and import again."""
    files, rows = Files(folder), heads_of(text, count)
    files.config.write_text('[network]\nname = "Two hundred"\n')
    register, people = files.register(text), files.people(rows)
    schools, members = await imported(headsup, files, register, people)
    assert (schools.code, members.code) == (0, 0)
    assert schools.json == {"read": len(_table(text)), "added": len(_table(text)), **_same(0)}
    assert members.json == {"read": count, "added": count, **_same(0)}
    codes = files.codes.read_bytes()
    assert stat.S_IMODE(files.codes.stat().st_mode) == 0o600
    assert len(set(files.read_codes().values())) == count
    before = dump(folder / "data" / "demo.sqlite3")
    await again(headsup, files, register, people, before)
    await a_week(files, rows)
    lived = dump(folder / "data" / "demo.sqlite3")
    await again(headsup, files, register, people, lived)
    assert files.codes.read_bytes() == codes, "an import that added nobody gave codes"


async def again(headsup: Headsup, files: Files, register: Path, people: Path, before: list[str]) -> None:
    """Both imports once more: they say that all is the same, and so it is."""
    for ran in await imported(headsup, files, register, people):
        assert ran.code == 0
        assert ran.json == {"read": ran.json["same"], "same": ran.json["read"], **NOTHING_NEW}
    assert dump(files.folder / "data" / "demo.sqlite3") == before


def _same(count: int) -> dict[str, object]:
    return {"changed": 0, "same": count, "wrong": []}


async def test_the_register_imports_and_two_hundred_are_introduced_and_answer(
    headsup: Headsup, tmp_path: Path, shared_folder: Path
) -> None:
    await live_with(headsup, tmp_path, (shared_folder / "data" / "schools-2017.csv").read_bytes(), 200)


async def test_so_do_thirty_one_at_schools_of_the_demo_with_one_group_of_three(
    headsup: Headsup, tmp_path: Path
) -> None:
    await live_with(headsup, tmp_path, (ROOT / "bot/door/demo/schools.csv").read_bytes(), 31)


async def test_a_new_code_is_another_one_and_ends_the_old_one(headsup: Headsup, tmp_path: Path) -> None:
    text = (ROOT / "bot/door/demo/schools.csv").read_bytes()
    files, rows = Files(tmp_path), heads_of(text, 3)
    files.config.write_text("")
    people = files.people(rows)
    await imported(headsup, files, files.register(text), people)
    old = files.read_codes()
    told = ("members", "import", people, "--codes", files.codes, "--config", files.config)
    renewed = await beside(headsup, *told, "--new-codes", "R001")
    assert (renewed.code, renewed.out) == (0, "")
    new = files.read_codes()
    assert stat.S_IMODE(files.codes.stat().st_mode) == 0o600
    assert {ref for ref in old if old[ref] != new[ref]} == {"R001"}
    assert old.keys() == new.keys()
    async with community(files.config) as world:
        head = head_of(world, world.space.join(rows[1]["name"], user="R001"), rows[1]["name"])
        await head.come()
        await world.go_to(world.at)
        head.read()
        await head.press("I have a code")
        await head.fill(code=old["R001"])
        assert head.errors
        await head.fill(code=new["R001"])
        assert f"That’s you, {head.first}." in head.says
    refused = await beside(headsup, *told, "--new-codes", "R001")
    assert refused.code == 1
    assert "R001 has joined already" in refused.err
    assert files.read_codes() == new
