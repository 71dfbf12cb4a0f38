"""Lists of people as offices make them: wrong encodings, missing columns, doubles, formulas; beside a running bot."""

import asyncio
import csv
import json
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.chat.command import Tree
from bot.members.model import Member
from tests.world.process import browser, headsup, headsup_beside, running
from tests.world.world import opened, organiser, stranger

GOOD = "ref,name,role\nA1,Priya Shah,headteacher\nA2,Tom Ashdown,headteacher\n"


def people(folder: Path, content: bytes | str, *more: str) -> tuple[int, dict[str, Any], str]:
    """Import a list. Returns the exit code, what it did, and what it said to a person."""
    (folder / "people.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    ended = headsup(folder, "members", "import", "people.csv", "--codes", "codes.csv", "--json", *more)
    assert "Traceback" not in ended.err
    return ended.code, json.loads(ended.out) if ended.out else {}, ended.err


def codes(folder: Path) -> dict[str, str]:
    with (folder / "codes.csv").open() as file:
        return {row["ref"]: row["code"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    "content",
    [
        "ref,name\nA1,Zoë Müller\n".encode("utf-16"),
        b"\xff\xfe\x00\x01" * 200,
        b"",
        b"\x00" * 1000,
        "name,role\nPriya Shah,headteacher\n",
        "ref;name\nA1;Priya Shah\n",
        "PK\x03\x04 not a table at all",
        "ref,name\n" + '"' + "x" * 300_000,
    ],
    ids=["utf-16", "noise", "nothing", "zeros", "no ref", "semicolons", "a spreadsheet", "an open quote"],
)
def test_what_is_no_list_is_a_sentence_and_changes_nothing(tmp_path: Path, content: bytes | str) -> None:
    code, did, err = people(tmp_path, content)
    assert code == 1
    assert err or did.get("wrong") or did.get("read") == 0
    assert did.get("added", 0) == 0


def test_wrong_rows_are_told_with_line_and_reason_and_the_right_ones_kept(tmp_path: Path) -> None:
    rows = ["A1,Priya Shah,headteacher", "A2,,headteacher", "A1,Priya Again,headteacher", ",No Ref,headteacher",
            "A3,Tom Ashdown,wizard", "A4,=HYPERLINK(\"http://x\"),headteacher", f"A5,{'x' * 10_000},headteacher",
            "A6,Gwen Pugh,headteacher,too,many,cells", "A7,Omar Aziz,headteacher"]  # fmt: skip
    code, did, _ = people(tmp_path, "ref,name,role\n" + "\n".join(rows) + "\n")
    assert code == 1
    assert {one["line"] for one in did["wrong"]} >= {3, 4, 5, 6, 8}
    assert all(one["why"] for one in did["wrong"])
    assert {"A1", "A7"} <= set(codes(tmp_path))
    assert stat.S_IMODE((tmp_path / "codes.csv").stat().st_mode) == 0o600


def test_again_and_again_changes_nothing(tmp_path: Path) -> None:
    assert people(tmp_path, GOOD)[1]["added"] == 2
    first = codes(tmp_path)
    for content in (GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n")):
        code, did, _ = people(tmp_path, content)
        assert (code, did["added"], did["changed"], did["same"]) == (0, 0, 0, 2)
    assert codes(tmp_path) == first


@asynccontextmanager
async def newcomer(folder: Path, code: str) -> AsyncIterator[str]:
    """What somebody reads who comes with this code."""
    async with opened(folder) as world:
        await organiser(world)
        head = await stranger(world, "Whoever")
        await head.come()
        await head.press("I have a code")
        await head.fill(code=code)
        yield head.says + str(head.errors)


def test_a_formula_in_a_cell_stays_words(tmp_path: Path) -> None:
    """In the file of codes, which people open in a spreadsheet, no cell begins a formula."""
    rows = ('=1+1,"=cmd|calc"', "@A2,+Tom", "-A3,Gwen Pugh", "A4,Omar Aziz")
    people(tmp_path, "ref,name,role\n" + "".join(f"{row},headteacher\n" for row in rows))
    cells = [cell for row in csv.reader((tmp_path / "codes.csv").read_text().splitlines()) for cell in row]
    assert "A4" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells), cells


async def test_beside_a_running_bot(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        (tmp_path / "people.csv").write_text(GOOD)
        ended = await headsup_beside(tmp_path, "members", "import", "people.csv", "--codes", "codes.csv", "--json")
        assert (ended.code, json.loads(ended.out)["added"]) == (0, 2), ended.err
        async with browser() as session, session.get(bot.url) as page:
            assert page.status == 200
    async with newcomer(tmp_path, codes(tmp_path)["A1"]) as says:
        assert "Priya" in says


def test_an_imported_name_is_nobody_until_the_code_is_typed(tmp_path: Path) -> None:
    people(tmp_path, GOOD)
    assert asyncio.run(come_without_a_code(tmp_path)) is None, "a place is not claimed by a name"


async def come_without_a_code(folder: Path) -> Member | None:
    """Somebody of an imported name comes; an organiser looks for her meanwhile."""
    async with opened(folder) as world:
        anna = await organiser(world)
        await anna.use("members suspend priya", Tree.ORGANISER)
        assert "Priya" not in anna.says, "who has not come is shown to nobody"
        head = await stranger(world, "Priya Shah")
        await head.come()
        return await world.look(head.account)
