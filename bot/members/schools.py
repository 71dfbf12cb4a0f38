"""Schools, and how the register of England is read: Get Information About Schools, the daily `edubasealldata` file.

Only the columns named here are looked at. The file also names heads and governors: they are never read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from bot.members.kinds import Nation, Phase
from bot.members.sheet import Wrong, open_sheet, read_rows

_URN, _NAME, _TYPE = "URN", "EstablishmentName", "TypeOfEstablishment (name)"
_STATUS, _PHASE, _AUTHORITY = "EstablishmentStatus (name)", "PhaseOfEducation (name)", "LA (name)"
_TRUST, _REGION, _TOWN = "Trusts (name)", "GOR (name)", "Town"
_LOW, _HIGH = "StatutoryLowAge", "StatutoryHighAge"

NEEDED = (_URN, _NAME, _TYPE, _STATUS, _PHASE, _AUTHORITY)
OPTIONAL = (_TRUST, _REGION, _TOWN, _LOW, _HIGH)
EXPECTED = (
    'the register\'s "all establishment data" as CSV (edubasealldata, and a date), '
    "from get-information-schools.service.gov.uk/Downloads"
)

_PHASES = {
    "nursery": Phase.NURSERY,
    "primary": Phase.PRIMARY,
    "middle deemed primary": Phase.MIDDLE,
    "middle deemed secondary": Phase.MIDDLE,
    "secondary": Phase.SECONDARY,
    "all-through": Phase.ALL_THROUGH,
    "all through": Phase.ALL_THROUGH,
    "16 plus": Phase.POST_16,
}
_BY_TYPE = (
    ("special", Phase.SPECIAL),
    ("alternative provision", Phase.ALTERNATIVE_PROVISION),
    ("pupil referral", Phase.ALTERNATIVE_PROVISION),
    ("nursery", Phase.NURSERY),
    ("16-19", Phase.POST_16),
    ("sixth form", Phase.POST_16),
    ("further education", Phase.POST_16),
)
_NOTHING = {"", "not applicable", "not recorded", "none", "wales (pseudo)"}


@dataclass(frozen=True)
class School:
    """A school of the register. `type` and `status` are the register's own words; ages are the statutory ones.

    `phase` is the register's, or derived where it says "Not applicable"; None where nothing tells.
    """

    urn: int
    name: str
    type: str
    status: str
    phase: Phase | None
    authority: str
    trust: str | None = None
    region: str | None = None
    town: str | None = None
    nation: Nation = Nation.ENGLAND
    low_age: int | None = None
    high_age: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has pupils now; one that is proposed to close still has."""
        return self.status.casefold().startswith("open")


def read_register(stream: BinaryIO) -> Iterator[School | Wrong]:
    """The schools in the register's CSV, one after the other as the stream is read. Raises OperatorError at once when
    it is another file."""
    sheet = open_sheet(stream, NEEDED, EXPECTED)
    seen: dict[int, int] = {}

    def read(line: int, cells: Mapping[str, str]) -> School:
        school = _school(cells)
        first = seen.setdefault(school.urn, line)
        if first != line:
            raise ValueError(f"the same URN stands in line {first}")
        return school

    return read_rows(sheet, NEEDED + OPTIONAL, read)


def derive_phase(phase: str, type: str, low: int | None, high: int | None) -> Phase | None:
    """The phase of a school by the register's words, else by its type, else by its ages.

    An independent school of unknown ages counts as all-through; of any other kind nothing is made up.
    """
    kind = type.casefold()
    by_type = (found for word, found in _BY_TYPE if word in kind)
    found = _PHASES.get(phase.casefold()) or next(by_type, None) or _by_ages(low, high)
    return found or (Phase.ALL_THROUGH if "independent" in kind else None)


def _by_ages(low: int | None, high: int | None) -> Phase | None:
    """Thirteen is where preparatory and middle schools end; a school that begins at ten or later is a secondary."""
    if low is None or high is None:
        return None
    if low >= 16:
        return Phase.POST_16
    if high <= 5:
        return Phase.NURSERY
    if high <= 13:
        return Phase.MIDDLE if low >= 8 else Phase.PRIMARY
    return Phase.SECONDARY if low >= 10 else Phase.ALL_THROUGH


def _school(cells: Mapping[str, str]) -> School:
    _check(cells)
    low, high = _age(cells.get(_LOW, "")), _age(cells.get(_HIGH, ""))
    return School(
        urn=int(cells[_URN]),
        name=cells[_NAME],
        type=cells[_TYPE],
        status=cells[_STATUS],
        phase=derive_phase(cells[_PHASE], cells[_TYPE], low, high),
        authority=cells[_AUTHORITY],
        trust=_said(cells.get(_TRUST, "")),
        region=_said(cells.get(_REGION, "")),
        town=_said(cells.get(_TOWN, "")),
        nation=Nation.WALES if cells[_TYPE].casefold().startswith("welsh") else Nation.ENGLAND,
        low_age=low,
        high_age=high,
    )


def _check(cells: Mapping[str, str]) -> None:
    urn = cells[_URN]
    if not (urn.isascii() and urn.isdigit() and len(urn) <= 7):
        raise ValueError("URN: not a number of the register")
    empty = [name for name in (_NAME, _TYPE, _STATUS) if not cells[name]]
    if empty:
        raise ValueError(", ".join(empty) + ": empty")


def _age(cell: str) -> int | None:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= 2 else None


def _said(cell: str) -> str | None:
    return None if cell.casefold() in _NOTHING else cell
