"""Tables that other programs wrote as CSV: decoded line by line, columns found by name, nothing odd let through."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from bot.chat.text import one_line
from bot.core.errors import OperatorError

UNREADABLE = "\ufffd"
_BOM = b"\xef\xbb\xbf"
_OTHERS = (b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff")
"""How workbooks (xlsx, ods) and UTF-16 begin."""

R = TypeVar("R")


@dataclass(frozen=True)
class Wrong:
    """A row that could not be read: its first line in the file (the heading is 1), and why, for who can mend it.

    The reason repeats nothing that stands in the row.
    """

    line: int
    why: str


@dataclass(frozen=True)
class Sheet:
    """An open table: its `columns` as written, and its rows, each with the line it begins on."""

    columns: Sequence[str]
    rows: Iterator[tuple[int, list[str]]]

    def place(self, name: str) -> int | None:
        """Where a column stands, however it is capitalised."""
        wanted = name.casefold()
        return next((place for place, column in enumerate(self.columns) if column.casefold() == wanted), None)


def open_sheet(stream: BinaryIO, needed: Iterable[str], expected: str) -> Sheet:
    """The table in `stream`. `expected` says which file is wanted, in words.

    A line is UTF-8 if it can be, Windows-1252 otherwise: the one is what spreadsheets save today, the other what the
    register is published in. Raises OperatorError naming the columns that are missing.
    """
    rows = _rows(_lines(stream))
    _, heading = next(rows, (1, []))
    sheet = Sheet([one_line(cell) for cell in heading], rows)
    missing = [name for name in needed if sheet.place(name) is None]
    if missing:
        raise OperatorError(f"This file has no column {', '.join(missing)} in its first line. Expected is {expected}.")
    return sheet


def read_rows(sheet: Sheet, names: Iterable[str], read: Callable[[int, Mapping[str, str]], R]) -> Iterator[R | Wrong]:
    """Each row through `read`, which gets its line and, for each column there is, its cleaned cell.

    What `read` raises as ValueError becomes the reason why the row is wrong.
    """
    places = [(name, place) for name in names if (place := sheet.place(name)) is not None]
    for line, row in sheet.rows:
        try:
            yield read(line, _cells(row, places, len(sheet.columns)))
        except ValueError as error:
            yield Wrong(line, str(error))


def _cells(row: list[str], places: list[tuple[str, int]], width: int) -> dict[str, str]:
    if any(row[width:]):
        raise ValueError("more cells than columns: is there a comma in a cell without quotation marks around it?")
    cells = {name: _tidy(row[place]) if place < len(row) else "" for name, place in places}
    for name, cell in cells.items():
        if UNREADABLE in cell:
            raise ValueError(f"{name}: a character cannot be read; save the file as CSV UTF-8")
    return cells


def _tidy(cell: str) -> str:
    """What `one_line` says, without its price for the millions of cells that hold nothing to be taken out."""
    return " ".join(cell.split()) if cell.isprintable() else one_line(cell)


def _lines(stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(stream):
        raw = line if number else _first(line)
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError:
            yield raw.decode("cp1252", errors="replace")


def _first(line: bytes) -> bytes:
    if line.startswith(_OTHERS):
        raise OperatorError("This file is a workbook, or in an encoding not read here: save it as CSV UTF-8.")
    return line.removeprefix(_BOM)


def _rows(lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with its first line. What is no CSV (a cell without end) is an unreadable cell."""
    reader = csv.reader(lines)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = [UNREADABLE]
        if any(cell.strip() for cell in row):
            yield line, row
