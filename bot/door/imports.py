"""Bringing in schools and people, in short transactions, so that a running bot is held up by none of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, TypeAlias, TypeVar

from bot.chat.ids import Id, Ids
from bot.core.clock import Clock
from bot.core.errors import OperatorError
from bot.core.work import Storage, Unit, Work
from bot.members import picker
from bot.members.codes import code_of, tidy
from bot.members.model import Member, Stage
from bot.members.roster import Row, read_roster
from bot.members.schools import School, read_register
from bot.members.sheet import Wrong
from bot.members.store import MEMBERS, SCHOOLS

Progress: TypeAlias = Callable[[int], None]
"""Told how many rows were dealt with since it was told before."""

SCHOOLS_AT_ONCE = 1000
PEOPLE_AT_ONCE = 100
"""Rows a transaction: each is over in some tens of milliseconds."""

T = TypeVar("T")


@dataclass
class Summary:
    """What an import did. `wrong` rows were left out, the right ones kept."""

    read: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    wrong: list[Wrong] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """`{read, added, changed, same, wrong: [{line, why}]}`."""
        counts = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**counts, "wrong": [{"line": wrong.line, "why": wrong.why} for wrong in self.wrong]}

    def count(self, done: Mapping[str, int]) -> None:
        """Add what became of some rows."""
        self.added += done.get("added", 0)
        self.changed += done.get("changed", 0)
        self.same += done.get("same", 0)


@dataclass(frozen=True)
class Codes:
    """How personal codes are made and handed over.

    `secrets` must be unguessable. `hash` is the keyed hash under which they are kept. `give` gets them by ref as soon
    as they are in force: they can never be read again, not even after an import that failed half-way.
    """

    secrets: Ids
    hash: Callable[[str], bytes]
    give: Callable[[Mapping[str, str]], None]

    def new(self) -> str:
        """Another code, as it is told to a person."""
        return code_of(self.secrets.new())

    def keep(self, work: Work, member: Id, code: str) -> None:
        """Make it this member's; an earlier one ends."""
        work.use(MEMBERS).set_code(member, self.hash(tidy(code)))


async def import_schools(storage: Storage, stream: BinaryIO, clock: Clock, progress: Progress) -> Summary:
    """Read the register. Raises OperatorError when it is another file, StorageFailed when the database fails."""
    summary = Summary()
    for number, chunk in enumerate(_chunks(read_register(stream), SCHOOLS_AT_ONCE)):
        keep = partial(_keep_schools, _right(chunk, summary))
        summary.count(await storage.write(Unit(f"import:schools:{number}", clock.now(), keep)))
        progress(len(chunk))
    return summary


async def import_roster(storage: Storage, stream: BinaryIO, clock: Clock, codes: Codes, progress: Progress) -> Summary:
    """Read the people an organiser brings along, matched by their `ref`.

    Who has claimed their place speaks for themselves: their row changes nothing any more. Raises as `import_schools`.
    """
    summary = Summary()
    for number, chunk in enumerate(_chunks(read_roster(stream), PEOPLE_AT_ONCE)):
        keeping = _Keeping([(row, codes.new()) for row in _right(chunk, summary)], codes)
        kept = await storage.write(Unit(f"import:members:{number}", clock.now(), keeping.run))
        codes.give({one.row.ref: one.code for one in kept if one.became == "added"})
        summary.count(Counter(one.became for one in kept))
        summary.wrong += [Wrong(one.row.line, one.why) for one in kept if one.why]
        progress(len(chunk))
    summary.wrong.sort(key=lambda wrong: wrong.line)
    return summary


async def new_code(storage: Storage, ref: str, clock: Clock, codes: Codes) -> None:
    """Give this ref another personal code; the one before ends. Raises OperatorError where none is of use."""
    code = codes.new()

    def keep(work: Work) -> None:
        member = work.use(MEMBERS).by_ref(ref)
        if member is None:
            raise OperatorError(f"Nobody was imported as {ref}: look at the column ref of your file.")
        if member.stage is not Stage.INVITED:
            raise OperatorError(f"{ref} has joined already, and needs no code.")
        codes.keep(work, member.id, code)

    await storage.write(Unit(f"import:code:{ref}", clock.now(), keep))
    codes.give({ref: code})


def _keep_schools(schools: list[School], work: Work) -> Mapping[str, int]:
    return work.use(SCHOOLS).keep(schools)


@dataclass(frozen=True)
class _Kept:
    """What became of a row: "added", "changed", "same", or wrong, and then why."""

    row: Row
    code: str
    became: str
    why: str = ""


@dataclass(frozen=True)
class _Keeping:
    """Some rows, each with the code it gets if it is new."""

    rows: list[tuple[Row, str]]
    codes: Codes

    def run(self, work: Work) -> list[_Kept]:
        """Keep them. May run twice: it only looks, and writes."""
        return [self._keep(work, row, code) for row, code in self.rows]

    def _keep(self, work: Work, row: Row, code: str) -> _Kept:
        members, school = work.use(MEMBERS), work.use(SCHOOLS).get(row.urn) if row.urn else None
        if row.urn and school is None:
            return _Kept(row, code, "wrong", "urn: not in the register; has `headsup schools import` been run?")
        known = members.by_ref(row.ref)
        if known is None:
            member = Member(work.new_id(), row.name, Stage.INVITED, vouched_at=work.at, ref=row.ref)
            members.keep(_told(member, row, school))
            self.codes.keep(work, member.id, code)
            return _Kept(row, code, "added")
        told = _told(known, row, school) if known.stage is Stage.INVITED else known
        if told == known:
            return _Kept(row, code, "same")
        members.keep(told)
        return _Kept(row, code, "changed")


def _told(member: Member, row: Row, school: School | None) -> Member:
    """The member as the row tells of them; what it leaves empty, the register of schools may know. A role without a
    school gets none."""
    member = replace(picker.at_no_school(member), role=row.role)
    return replace(
        picker.at_school(member, school) if school else member,
        name=row.name,
        nation=row.nation or (school.nation if school else None),
        phase=row.phase or (school.phase if school else None),
        region=row.region or (school.region if school else None),
        authority=row.authority or (school.authority if school else None),
        trust=row.trust or (school.trust if school else None),
        years=row.years,
        topics=row.topics,
        often=row.often or Member.often,
    )


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(rows)
    return iter(lambda: list(islice(source, size)), [])


def _right(rows: Iterable[T | Wrong], summary: Summary) -> list[T]:
    """Those of the rows that could be read; the others are put down in the summary."""
    right = []
    for row in rows:
        summary.read += 1
        if isinstance(row, Wrong):
            summary.wrong.append(row)
        else:
            right.append(row)
    return right
