"""The register of schools: what is read of it, what is derived, and what is said of a file that is another."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from bot.core.errors import OperatorError
from bot.members.kinds import Nation, Phase
from bot.members.schools import School, derive_phase, read_register
from bot.members.sheet import Wrong

HEADING = [
    "URN",
    "LA (name)",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "HeadFirstName",
    "HeadLastName",
    "Trusts (name)",
    "GOR (name)",
    "Town",
]
BEACON = [
    "100001",
    "Camden",
    "St Anne’s Café School",
    "Community School",
    "Open",
    "Primary",
    "3",
    "11",
    "Canary",
    "Zephyrine",
    "",
    "London",
    "Kentish Town",
]


def written(*rows: list[str], encoding: str = "cp1252", heading: list[str] = HEADING) -> io.BytesIO:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([heading, *rows])
    return io.BytesIO(text.getvalue().encode(encoding))


def row(**changed: str) -> list[str]:
    return [changed.get(name.split()[0], cell) for name, cell in zip(HEADING, BEACON, strict=True)]


def only(stream: io.BytesIO) -> School | Wrong:
    [found] = read_register(stream)
    return found


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_school_is_read_in_the_encoding_it_came_in(encoding: str) -> None:
    assert only(written(BEACON, encoding=encoding)) == School(
        urn=100001,
        name="St Anne’s Café School",
        type="Community School",
        status="Open",
        phase=Phase.PRIMARY,
        authority="Camden",
        region="London",
        town="Kentish Town",
        low_age=3,
        high_age=11,
    )


def test_no_head_is_ever_read() -> None:
    [school] = read_register(written(BEACON))
    assert "Canary" not in repr(school)
    assert "Zephyrine" not in repr(school)


def test_columns_may_stand_anywhere_and_the_optional_ones_nowhere() -> None:
    needed = [name for name in reversed(HEADING) if name in HEADING[:6]]
    school = only(written([BEACON[HEADING.index(name)] for name in needed], heading=needed))
    assert isinstance(school, School)
    assert (school.name, school.region, school.low_age) == ("St Anne’s Café School", None, None)


def test_another_file_is_named_as_such_at_once() -> None:
    with pytest.raises(OperatorError) as refused:
        read_register(written(["1", "Ann"], heading=["URN", "HeadFirstName"]))
    assert "EstablishmentName, TypeOfEstablishment (name), EstablishmentStatus (name)" in str(refused.value)
    assert "get-information-schools.service.gov.uk" in str(refused.value)
    assert "URN," not in str(refused.value), "what is there is not missing"


@pytest.mark.parametrize("beginning", [b"PK\x03\x04rest", "URN".encode("utf-16"), b""])
def test_what_is_no_csv_is_refused_in_words(beginning: bytes) -> None:
    with pytest.raises(OperatorError, match="This file"):
        read_register(io.BytesIO(beginning))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"URN": "12a"}, "URN: not a number of the register"),
        ({"URN": ""}, "URN: not a number of the register"),
        ({"EstablishmentName": "  "}, "EstablishmentName: empty"),
        ({"EstablishmentStatus": ""}, "EstablishmentStatus (name): empty"),
    ],
)
def test_a_wrong_row_is_reported_with_its_line_and_the_others_are_kept(changed: dict[str, str], why: str) -> None:
    found = list(read_register(written(row(URN="100009"), row(**changed), row(URN="100010"))))
    assert [type(each) for each in found] == [School, Wrong, School]
    assert found[1] == Wrong(3, why)


def test_a_urn_that_stands_twice_is_reported_with_both_lines() -> None:
    assert list(read_register(written(BEACON, row(Town="Elsewhere"))))[1] == Wrong(3, "the same URN stands in line 2")


def test_a_line_that_lost_its_end_costs_no_other() -> None:
    cut = written(BEACON[:3], row(URN="100002"))
    assert [type(each) for each in read_register(cut)] == [Wrong, School]


def test_a_cell_of_several_lines_is_one_and_lines_are_counted_as_an_editor_shows_them() -> None:
    found = list(read_register(written(row(Town="Upper\nTown"), row(URN="x"))))
    assert isinstance(found[0], School)
    assert found[0].town == "Upper Town"
    assert found[1] == Wrong(4, "URN: not a number of the register")


def test_a_cell_without_end_is_a_wrong_row_and_no_stack_trace() -> None:
    endless = written(BEACON).getvalue() + b'100002,"' + b"x" * 200_000
    assert [type(each) for each in read_register(io.BytesIO(endless))] == [School, Wrong]


def test_what_can_hide_or_reorder_text_is_taken_out() -> None:
    school = only(written(row(EstablishmentName="Oak\u202e \u200b Hill\x07"), encoding="utf-8"))
    assert isinstance(school, School)
    assert school.name == "Oak Hill"


@pytest.mark.parametrize(
    ("phase", "type", "low", "high", "expected"),
    [
        ("Primary", "Community School", 4, 11, Phase.PRIMARY),
        ("Middle Deemed Secondary", "Community School", 9, 13, Phase.MIDDLE),
        ("All-through", "Academy Converter", 3, 18, Phase.ALL_THROUGH),
        ("All Through", "Academy Converter", 3, 18, Phase.ALL_THROUGH),
        ("16 plus", "Free Schools - 16-19", 16, 19, Phase.POST_16),
        ("Not applicable", "Community Special School", 2, 19, Phase.SPECIAL),
        ("Not applicable", "Other Independent Special School", 7, 19, Phase.SPECIAL),
        ("Not applicable", "Pupil Referral Unit", 5, 16, Phase.ALTERNATIVE_PROVISION),
        ("Not applicable", "Free Schools - Alternative Provision", 11, 16, Phase.ALTERNATIVE_PROVISION),
        ("Not applicable", "Other Independent School", 2, 5, Phase.NURSERY),
        ("Not applicable", "Other Independent School", 4, 11, Phase.PRIMARY),
        ("Not applicable", "Other Independent School", 3, 13, Phase.PRIMARY),
        ("Not applicable", "Other Independent School", 8, 13, Phase.MIDDLE),
        ("Not applicable", "Other Independent School", 11, 18, Phase.SECONDARY),
        ("Not applicable", "Other Independent School", 16, 19, Phase.POST_16),
        ("Not applicable", "Other Independent School", 4, 18, Phase.ALL_THROUGH),
        ("Not applicable", "Other Independent School", None, None, Phase.ALL_THROUGH),
        ("", "Other Independent School", None, 11, Phase.ALL_THROUGH),
        ("Not applicable", "Children’s Centre", None, None, None),
    ],
)
def test_the_phase_is_the_registers_or_derived(
    phase: str, type: str, low: int | None, high: int | None, expected: Phase | None
) -> None:
    assert derive_phase(phase, type, low, high) is expected


@pytest.mark.parametrize(
    ("status", "is_open"),
    [("Open", True), ("Open, but proposed to close", True), ("Closed", False), ("Proposed to open", False)],
)
def test_a_school_is_open_while_it_has_pupils(status: str, is_open: bool) -> None:
    school = only(written(row(EstablishmentStatus=status)))
    assert isinstance(school, School)
    assert school.is_open is is_open


def test_what_the_register_says_without_saying_anything_is_nothing() -> None:
    welsh = only(written(row(TypeOfEstablishment="Welsh Establishment", GOR="Wales (pseudo)", StatutoryLowAge="x")))
    assert isinstance(welsh, School)
    assert (welsh.nation, welsh.region, welsh.trust, welsh.low_age) == (Nation.WALES, None, None, None)


def test_the_stream_is_read_as_schools_are_asked_for() -> None:
    """So that progress can be shown, and a register of any size fits into memory."""
    stream = written(*(row(URN=str(100000 + place)) for place in range(5000)))
    schools = read_register(stream)
    next(schools)
    assert stream.tell() < len(stream.getvalue()) / 2


def test_the_extract_of_the_real_register_is_read_whole(shared_folder: Path) -> None:
    with (shared_folder / "data" / "schools-2017.csv").open("rb") as stream:
        found = list(read_register(stream))
    schools = [each for each in found if isinstance(each, School)]
    assert len(found) == len(schools) == len({school.urn for school in schools}) == 6022
    assert all(school.phase and school.is_open for school in schools)
    phases = Counter(school.phase for school in schools)
    assert phases[Phase.SPECIAL] == 392
    assert phases[Phase.ALTERNATIVE_PROVISION] == 99
