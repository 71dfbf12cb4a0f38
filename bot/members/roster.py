"""The members an organiser brings along: a CSV file with one row a person, read and checked before anything is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from bot.chat.limits import LABEL
from bot.core.errors import OperatorError
from bot.members.kinds import Nation, Often, Phase, Role, Topic, read_kind
from bot.members.sheet import Sheet, Wrong, open_sheet, read_rows

NEEDED = ("ref", "name")
COLUMNS = (*NEEDED, "role", "nation", "urn", "phase", "region", "authority", "trust", "years", "tags", "often")
EXPECTED = "a CSV file whose first line names its columns: " + ", ".join(COLUMNS)

_FORMULA = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for a formula, also in the wide forms of some keyboards (OWASP, "CSV injection")."""
_LONGEST = {"ref": 64, "name": LABEL, "tags": 500}
_LONG = 100
_MOST_YEARS = 60

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """A person to be registered beforehand, by the organiser's own `ref`. None: not said. `years` in headship."""

    line: int
    ref: str
    name: str
    role: Role | None = None
    nation: Nation | None = None
    urn: int | None = None
    phase: Phase | None = None
    region: str | None = None
    authority: str | None = None
    trust: str | None = None
    years: int | None = None
    topics: frozenset[Topic] = frozenset()
    often: Often | None = None


def read_roster(stream: BinaryIO) -> list[Row | Wrong]:
    """Every row of the file, in order. Raises OperatorError when a needed column is missing, or one is not known."""
    sheet = open_sheet(stream, NEEDED, EXPECTED)
    _refuse_unknown(sheet)
    seen: dict[str, int] = {}

    def read(line: int, cells: Mapping[str, str]) -> Row:
        first = seen.setdefault(cells.get("ref", ""), line)
        row = _row(line, cells)
        if first != line:
            raise ValueError(f"ref: the same stands in line {first}")
        return row

    return list(read_rows(sheet, COLUMNS, read))


def _refuse_unknown(sheet: Sheet) -> None:
    """A misspelt column, left out in silence, would be missed by nobody and by everybody."""
    unknown = [name for name in sheet.columns if name and name.casefold() not in COLUMNS]
    if unknown:
        raise OperatorError(f"This file has columns not known here: {', '.join(unknown)}. Expected is {EXPECTED}.")


def _row(line: int, cells: Mapping[str, str]) -> Row:
    faults: list[str] = []

    def cell(name: str, read: Callable[[str], T]) -> T | None:
        """One cell's value; what is wrong with it is put down, so that a row's faults are told together."""
        try:
            return read(_safe(name, text)) if (text := cells.get(name, "")) else None
        except ValueError as error:
            faults.append(f"{name}: {error}")
            return None

    row = Row(
        line=line,
        ref=cell("ref", str) or "",
        name=cell("name", str) or "",
        role=cell("role", lambda text: read_kind(Role, text)),
        nation=cell("nation", lambda text: read_kind(Nation, text)),
        urn=cell("urn", lambda text: _number(text, 9_999_999)),
        phase=cell("phase", lambda text: read_kind(Phase, text)),
        region=cell("region", str),
        authority=cell("authority", str),
        trust=cell("trust", str),
        years=cell("years", lambda text: _number(text, _MOST_YEARS)),
        topics=cell("tags", _topics) or frozenset(),
        often=cell("often", lambda text: read_kind(Often, text)),
    )
    faults += [f"{name}: empty" for name in NEEDED if not cells.get(name)]
    if faults:
        raise ValueError("; ".join(faults))
    return row


def _safe(name: str, text: str) -> str:
    if text.startswith(_FORMULA):
        raise ValueError("begins like a formula")
    if len(text) > _LONGEST.get(name, _LONG):
        raise ValueError(f"longer than {_LONGEST.get(name, _LONG)} characters")
    return text


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise ValueError(f"a whole number up to {most}")
    return int(text)


def _topics(text: str) -> frozenset[Topic]:
    return frozenset(read_kind(Topic, part) for part in text.replace(";", ",").split(",") if part.strip())
