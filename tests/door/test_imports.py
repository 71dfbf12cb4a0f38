"""Bringing in schools and people: again and again without doubling, wrong rows told, right ones kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from bot.chat.ids import Id
from bot.core.errors import OperatorError, StorageFailed
from bot.core.work import Unit
from bot.door.imports import Codes, Summary, import_roster, import_schools, new_code
from bot.members.codes import tidy
from bot.members.kinds import Nation, Often, Phase, Role, Topic
from bot.members.model import Member, Stage
from bot.members.roster import COLUMNS
from bot.members.store import MEMBERS
from tests.acting import START, scramble
from tests.twins import MemoryStorage, MemoryWork

REGISTER = (
    "URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),"
    "LA (name),Trusts (name),GOR (name),Town\r\n"
    "100009,Beckford Primary School,Community School,Open,Primary,Camden,,London,London\r\n"
    "100010,École St Mary’s,Community Special School,Open,Not applicable,Camden,A Trust,London,London\r\n"
)
ROSTER = (
    "ref,name,role,nation,urn,phase,region,authority,trust,years,tags,often\n"
    "A1,Priya Shah,headteacher,,100009,,,,,7,staffing; inspection,fortnightly\n"
    "A2,Tom Ashdown,coach or associate,Wales,,special,North,,,,,\n"
)


T = TypeVar("T")


class Standing:
    def now(self) -> datetime:
        return START

    async def sleep_until(self, instant: datetime) -> None:
        raise AssertionError("an import waits for nothing")


class Chance:
    """Identifiers by chance, the same in every run."""

    def __init__(self) -> None:
        self._random = Random(7)

    def new(self) -> Id:
        return Id(self._random.getrandbits(63))


def unseen(codes: Mapping[str, str]) -> None:
    """Nobody gets them."""


def silent(done: int) -> None:
    """Nobody looks."""


async def schools(storage: MemoryStorage, text: str = REGISTER) -> Summary:
    return await import_schools(storage, BytesIO(text.encode("cp1252")), Standing(), silent)


@dataclass
class Imported:
    summary: Summary
    codes: dict[str, str]


async def people(storage: MemoryStorage, text: str = ROSTER) -> Imported:
    given: dict[str, str] = {}
    codes = Codes(Chance(), scramble, given.update)
    return Imported(await import_roster(storage, BytesIO(text.encode()), Standing(), codes, silent), given)


def kept(storage: MemoryStorage, ref: str) -> Member:
    member = MemoryWork(storage, storage.world, START, "look").use(MEMBERS).by_ref(ref)
    assert member is not None
    return member


async def test_the_register_is_read_in_its_own_encoding_and_a_second_time_changes_nothing() -> None:
    storage = MemoryStorage()
    assert (await schools(storage)).as_json() == {"read": 2, "added": 2, "changed": 0, "same": 0, "wrong": []}
    assert storage.world.schools[100010].name == "École St Mary’s"
    assert storage.world.schools[100010].phase is Phase.SPECIAL
    before = storage.world.schools
    assert (await schools(storage)).as_json() == {"read": 2, "added": 0, "changed": 0, "same": 2, "wrong": []}
    assert storage.world.schools == before
    assert (await schools(storage, REGISTER.replace("Beckford", "Kingsgate"))).changed == 1


async def test_a_roster_is_kept_with_what_the_register_knows_and_each_person_gets_a_code() -> None:
    storage = MemoryStorage()
    await schools(storage)
    imported = await people(storage)
    assert imported.summary.as_json() == {"read": 2, "added": 2, "changed": 0, "same": 0, "wrong": []}
    priya = kept(storage, "A1")
    assert priya == Member(
        id=priya.id,
        name="Priya Shah",
        stage=Stage.INVITED,
        role=Role.HEADTEACHER,
        nation=Nation.ENGLAND,
        phase=Phase.PRIMARY,
        region="London",
        authority="Camden",
        urn=100009,
        school="Beckford Primary School",
        years=7,
        topics=frozenset({Topic.STAFFING, Topic.INSPECTION}),
        often=Often.FORTNIGHTLY,
        vouched_at=START,
        ref="A1",
    )
    assert imported.codes.keys() == {"A1", "A2"}
    codes = MemoryWork(storage, storage.world, START, "look").use(MEMBERS)
    assert codes.by_code(scramble(tidy(imported.codes["A1"]))) == priya
    assert not any(code.encode() in storage.world.codes for code in imported.codes.values()), "kept as it is"


async def test_a_role_without_a_school_gets_none_by_its_number_either() -> None:
    storage = MemoryStorage()
    await schools(storage)
    head = ROSTER + "A3,Una Low,headteacher,,100010,,,,,,,\n"
    await people(storage, head)
    assert kept(storage, "A3").school == "École St Mary’s"
    await people(storage, head.replace("Una Low,headteacher", "Una Low,trust chief executive"))
    una = kept(storage, "A3")
    assert (una.school, una.urn) == (None, None)
    assert (una.trust, una.region, una.phase) == ("A Trust", "London", Phase.SPECIAL), "what else the register knows"


async def test_a_second_run_changes_nothing_and_gives_no_codes() -> None:
    storage = MemoryStorage()
    await schools(storage)
    first = await people(storage)
    before = storage.world
    again = await people(storage)
    assert again.summary.as_json() == {"read": 2, "added": 0, "changed": 0, "same": 2, "wrong": []}
    assert again.codes == {}
    assert (storage.world.members, storage.world.codes) == (before.members, before.codes)
    assert len(set(first.codes.values())) == 2


async def test_a_changed_row_changes_whoever_has_not_come_yet_and_nobody_else() -> None:
    storage = MemoryStorage()
    await schools(storage)
    await people(storage)
    tom = kept(storage, "A2")
    storage.world.members[tom.id] = Member(tom.id, "Tom, by his own hand", Stage.MEMBER, ref="A2")
    changed = await people(storage, ROSTER.replace("Priya Shah", "Priya Rao").replace("Tom Ashdown", "Thomas"))
    assert changed.summary.as_json() == {"read": 2, "added": 0, "changed": 1, "same": 1, "wrong": []}
    assert kept(storage, "A1").name == "Priya Rao"
    assert kept(storage, "A2").name == "Tom, by his own hand"


async def test_wrong_rows_are_told_with_their_line_and_the_right_ones_kept() -> None:
    storage = MemoryStorage()
    await schools(storage)
    text = ROSTER + (
        "A3,,headteacher,,,,,,,,,\n"
        "A1,Somebody Else,,,,,,,,,,\n"
        "A4,=HYPERLINK(1),,,,,,,,,,\n"
        "A5,Jo Bloggs,king,atlantis,,,,,,,,\n"
        "A6,Jo Bloggs,,,555555,,,,,,,\n"
        "A7,Jo Bloggs,,,,,,,,,,\n"
    )
    imported = await people(storage, text)
    assert imported.summary.read == 8
    assert imported.codes.keys() == {"A1", "A2", "A7"}
    assert [wrong.line for wrong in imported.summary.wrong] == [4, 5, 6, 7, 8]
    whys = [wrong.why for wrong in imported.summary.wrong]
    assert "name: empty" in whys[0]
    assert "line 2" in whys[1]
    assert "name: begins like a formula" in whys[2]
    assert "role: one of" in whys[3]
    assert "nation: one of" in whys[3]
    assert whys[4] == "urn: not in the register; has `headsup schools import` been run?"
    assert not any("Bloggs" in why or "HYPERLINK" in why for why in whys), "a reason repeats what stands in the row"


@pytest.mark.parametrize("text", ["", "name\nPriya\n", "ref,name,shoe size\nA1,Priya,39\n"])
async def test_a_file_of_another_kind_is_refused_and_nothing_kept(text: str) -> None:
    storage = MemoryStorage()
    with pytest.raises(OperatorError, match="column"):
        await people(storage, text)
    assert not storage.world.members


async def test_a_new_code_ends_the_one_before() -> None:
    storage = MemoryStorage()
    await schools(storage)
    old = (await people(storage)).codes["A1"]
    secrets = Chance()
    for _ in range(10):
        secrets.new()
    given: dict[str, str] = {}
    await new_code(storage, "A1", Standing(), Codes(secrets, scramble, given.update))
    members = MemoryWork(storage, storage.world, START, "look").use(MEMBERS)
    assert members.by_code(scramble(tidy(old))) is None
    assert members.by_code(scramble(tidy(given["A1"]))) == kept(storage, "A1")


async def test_a_new_code_for_nobody_or_for_somebody_who_has_joined_is_refused() -> None:
    storage = MemoryStorage()
    await people(storage, "ref,name\nA1,Priya\n")
    with pytest.raises(OperatorError, match="Nobody was imported as A9"):
        await new_code(storage, "A9", Standing(), Codes(Chance(), scramble, unseen))
    storage.world.members[kept(storage, "A1").id] = Member(kept(storage, "A1").id, "Priya", Stage.WAITING, ref="A1")
    with pytest.raises(OperatorError, match="A1 has joined already"):
        await new_code(storage, "A1", Standing(), Codes(Chance(), scramble, unseen))


async def test_what_was_kept_before_the_database_failed_stays_and_a_second_run_completes_it() -> None:
    class Failing(MemoryStorage):
        async def write(self, unit: Unit[T]) -> T:
            if unit.key.endswith(":1"):
                raise StorageFailed("no room")
            return await super().write(unit)

    text = "ref,name\n" + "".join(f"A{number},Person {number}\n" for number in range(150))
    failing, well = Failing(), MemoryStorage()
    given: dict[str, str] = {}
    codes = Codes(Chance(), scramble, given.update)
    with pytest.raises(StorageFailed):
        await import_roster(failing, BytesIO(text.encode()), Standing(), codes, silent)
    assert len(given) == 100, "who was kept has a code that nobody knows"
    well.world, well._last = failing.world, 1000
    assert (await people(well, text)).summary.as_json() | {"wrong": 0} == {
        "read": 150,
        "added": 50,
        "changed": 0,
        "same": 100,
        "wrong": 0,
    }


async def test_progress_adds_up() -> None:
    seen: list[int] = []
    text = REGISTER + "".join(f"{urn},A School,Academy,Open,Primary,Camden,,,\n" for urn in range(2000, 4500))
    await import_schools(MemoryStorage(), BytesIO(text.encode("cp1252")), Standing(), seen.append)
    assert sum(seen) == 2502
    assert len(seen) == 3


async def test_the_real_register_and_two_hundred_people_with_real_schools(shared_folder: Path) -> None:
    """Six thousand schools; the people are made up."""
    storage = MemoryStorage()
    register = (shared_folder / "data" / "schools-2017.csv").read_bytes()
    summary = await import_schools(storage, BytesIO(register), Standing(), silent)
    assert summary.added == summary.read > 6000
    numbers = count()
    rows = [f"R{next(numbers)},Made Up,headteacher,,{urn},,,,,,," for urn in list(storage.world.schools)[:200]]
    imported = await people(storage, ",".join(COLUMNS) + "\n" + "\n".join(rows) + "\n")
    assert imported.summary.as_json() == {"read": 200, "added": 200, "changed": 0, "same": 0, "wrong": []}
    assert len(set(imported.codes.values())) == 200
