"""The members an organiser brings along: right rows are kept, wrong ones are told with their line and every fault."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.text import one_line
from bot.core.errors import OperatorError
from bot.members.kinds import Nation, Often, Phase, Role, Topic
from bot.members.roster import COLUMNS, Row, read_roster
from bot.members.sheet import Wrong

HEADING = ",".join(COLUMNS)
TOM = "T-1,Tom Okafor,Headteacher,England,100001,Special,London,Camden,Beacon Trust,7,staffing; SEND,Fortnightly"


def read(*lines: str, heading: str = HEADING, encoding: str = "utf-8") -> list[Row | Wrong]:
    return read_roster(io.BytesIO("\r\n".join([heading, *lines]).encode(encoding)))


def why(line: str, heading: str = HEADING) -> str:
    [found] = read(line, heading=heading)
    assert isinstance(found, Wrong)
    return found.why


def test_a_whole_row_is_read() -> None:
    assert read(TOM) == [
        Row(
            line=2,
            ref="T-1",
            name="Tom Okafor",
            role=Role.HEADTEACHER,
            nation=Nation.ENGLAND,
            urn=100001,
            phase=Phase.SPECIAL,
            region="London",
            authority="Camden",
            trust="Beacon Trust",
            years=7,
            topics=frozenset({Topic.STAFFING, Topic.SEND}),
            often=Often.FORTNIGHTLY,
        )
    ]


def test_what_is_empty_was_not_said() -> None:
    assert read("T-1,Tom,,,,,,,,,,") == [Row(2, "T-1", "Tom")]
    assert read("T-1,Tom") == [Row(2, "T-1", "Tom")]
    assert read("T-1,Tom", heading="ref,name") == [Row(2, "T-1", "Tom")]
    assert read("Tom,T-1", heading=" Name ,REF") == [Row(2, "T-1", "Tom")]


def test_rows_that_hold_nothing_are_no_rows_but_lines_are_counted() -> None:
    assert read("", ",,,", "T-1,Tom") == [Row(4, "T-1", "Tom")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_name_is_read_in_the_encoding_it_came_in(encoding: str) -> None:
    assert read("T-1,Zoë O’Brien", encoding=encoding) == [Row(2, "T-1", "Zoë O’Brien")]


def test_a_character_that_cannot_be_read_is_said_to_be_so_and_costs_no_other_row() -> None:
    found = read_roster(io.BytesIO(b"ref,name\nT-1,Zo\x81\nT-2,Ann\n"))
    assert found == [Wrong(2, "name: a character cannot be read; save the file as CSV UTF-8"), Row(3, "T-2", "Ann")]


@pytest.mark.parametrize("content", [b"PK\x03\x04...", "ref,name".encode("utf-16"), b"", b"\n\n"])
def test_what_is_no_csv_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(OperatorError, match="This file"):
        read_roster(io.BytesIO(content))


def test_missing_columns_are_named_together() -> None:
    with pytest.raises(OperatorError, match=r"no column ref, name in its first line\. Expected is a CSV file"):
        read("Ann", heading="role")


def test_a_misspelt_column_is_not_left_out_in_silence() -> None:
    with pytest.raises(OperatorError, match=r"columns not known here: natoin\. .*nation"):
        read("T-1,Tom,Wales", heading="ref,name,natoin")


def test_a_ref_that_stands_twice_is_told_with_the_line_of_the_first() -> None:
    assert read("T-1,Tom", "T-2,Ann", "T-1,Tim") == [
        Row(2, "T-1", "Tom"),
        Row(3, "T-2", "Ann"),
        Wrong(4, "ref: the same stands in line 2"),
    ]


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("ref", "", "ref: empty"),
        ("name", "  ", "name: empty"),
        ("role", "boss", "role: one of: headteacher, executive-head, head-of-school"),
        ("nation", "France", "nation: one of: england, wales, scotland, northern_ireland"),
        ("phase", "big", "phase: one of: nursery, primary"),
        ("often", "daily", "often: one of: weekly, fortnightly, monthly"),
        ("tags", "staffing; gossip", "tags: one of: ethical-leadership"),
        ("urn", "12x", "urn: a whole number up to 9999999"),
        ("urn", "²", "urn: a whole number up to 9999999"),
        ("years", "61", "years: a whole number up to 60"),
        ("years", "9" * 90, "years: a whole number up to 60"),
        ("name", "x" * 76, "name: longer than 75 characters"),
        ("name", "x" * 10_000, "name: longer than 75 characters"),
        ("trust", "x" * 101, "trust: longer than 100 characters"),
    ],
)
def test_a_wrong_cell_is_named_with_what_is_allowed(column: str, cell: str, expected: str) -> None:
    cells = {"ref": "T-1", "name": "Tom", column: cell}
    assert why(",".join(cells.get(name, "") for name in COLUMNS)).startswith(expected)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", " =", "\u202e=", "\t@"])
@pytest.mark.parametrize("column", ["ref", "name", "region", "trust", "tags"])
def test_a_formula_is_refused_wherever_it_stands(sign: str, column: str) -> None:
    cells = {"ref": "T-1", "name": "Tom", column: f"{sign}cmd|'/C calc'!A0"}
    assert why(",".join(cells.get(name, "") for name in COLUMNS)) == f"{column}: begins like a formula"


def test_all_faults_of_a_row_are_told_together_and_none_of_its_words() -> None:
    told = why("T-1,=Canary,boss,,,,,,,many,,")
    assert [fault.partition(":")[0] for fault in told.split("; ")] == ["name", "role", "years"]
    assert not any(word in told for word in ("Canary", "boss", "many"))


def test_a_comma_too_many_is_not_taken_for_the_next_cell() -> None:
    assert "more cells than columns" in why("T-1,Okafor, Tom", heading="ref,name")


def test_what_can_hide_or_reorder_a_name_is_taken_out() -> None:
    assert read("T-1,Tom\u202e \u200b\x07Okafor") == [Row(2, "T-1", "Tom Okafor")]


def test_topics_stand_apart_by_semicolon_or_comma() -> None:
    [found] = read('T-1,Tom,"SEND, budgets;; Change leadership"', heading="ref,name,tags")
    assert isinstance(found, Row)
    assert found.topics == {Topic.SEND, Topic.BUDGETS, Topic.CHANGE_LEADERSHIP}


@given(st.binary(max_size=300))
def test_no_bytes_at_all_are_met_with_anything_but_rows(content: bytes) -> None:
    found = read_roster(io.BytesIO(b"ref,name,role,years,tags\n" + content))
    refs = [row.ref for row in found if isinstance(row, Row)]
    assert len(refs) == len(set(refs))
    assert all(row.name and row.name == one_line(row.name) for row in found if isinstance(row, Row))
