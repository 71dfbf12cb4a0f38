"""School terms: what the example file knows, what holds beyond it, and every mistake in a file at once."""

import os
import subprocess
import sys
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from bot.core.terms import Nation, WrongTerms, parse_terms, read_terms, reckoned

ENGLAND, WALES, SCOTLAND, NI = Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND
TERMS = read_terms()
DAY = timedelta(days=1)
YEARS = range(2020, 2041)
HEAD = """\
# Bank and public holidays, as the library `holidays` has them: written by tests/core/test_terms.py, which compares them
# whenever it runs. A year that does not stand here is asked of the library.

"""


def school_days(nation: Nation, first: date, last: date) -> int:
    return sum(TERMS.is_school_day(nation, first + DAY * later) for later in range((last - first).days + 1))


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("year", [2026, 2027])
def test_a_school_year_has_about_190_school_days_in_every_nation(nation: Nation, year: int) -> None:
    assert 180 <= school_days(nation, date(year, 8, 1), date(year + 1, 7, 31)) <= 198


def test_school_days_are_weekdays_in_term_without_half_terms_and_bank_holidays() -> None:
    assert TERMS.is_school_day(ENGLAND, date(2026, 11, 11))
    assert not TERMS.is_school_day(ENGLAND, date(2026, 11, 14))
    assert TERMS.in_term(ENGLAND, date(2026, 11, 14))
    assert not TERMS.in_term(ENGLAND, date(2026, 10, 28))
    assert TERMS.in_term(SCOTLAND, date(2026, 10, 28))
    assert TERMS.in_term(ENGLAND, date(2027, 5, 3))
    assert not TERMS.is_school_day(ENGLAND, date(2027, 5, 3))


def test_the_bank_holidays_in_the_file_are_those_of_the_library() -> None:
    """`HEADSUP_GOLDEN=1` writes them anew, when the library knows of others."""
    days = {one: sorted({day for year in YEARS for day in reckoned(one, year) if day.year == year}) for one in Nation}
    lines = [f"{one} = [\n{''.join(f'    {day},{chr(10)}' for day in days[one])}]\n" for one in Nation]
    file = files("bot.core").joinpath("bank_holidays.toml")
    if os.environ.get("HEADSUP_GOLDEN"):
        Path(str(file)).write_text(HEAD + "\n".join(lines), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == HEAD + "\n".join(lines)
    assert all(reckoned(one, year) for one in Nation for year in YEARS), "a year without any would be asked for anew"


def test_the_library_is_not_loaded_for_a_year_in_the_file() -> None:
    asks = "import sys; from datetime import date; from bot.core.terms import Nation, read_terms; "
    asks += "read_terms().is_bank_holiday(Nation.ENGLAND, date({}, 12, 25)); print('holidays' in sys.modules)"
    for year, loads in ((YEARS[0], False), (YEARS[-1], False), (YEARS[-1] + 1, True)):
        told = subprocess.run([sys.executable, "-c", asks.format(year)], check=True, capture_output=True, text=True)
        assert told.stdout.strip() == str(loads), year


def test_bank_holidays_are_each_nation_s_own() -> None:
    assert [TERMS.is_bank_holiday(nation, date(2026, 11, 30)) for nation in Nation] == [False, False, True, False]
    assert [TERMS.is_bank_holiday(nation, date(2027, 3, 17)) for nation in Nation] == [False, False, False, True]
    assert [TERMS.is_bank_holiday(nation, date(2027, 3, 29)) for nation in Nation] == [True, True, False, True]


def test_a_term_week_has_a_school_day() -> None:
    assert TERMS.is_term_week(ENGLAND, date(2027, 5, 9))
    assert not TERMS.is_term_week(ENGLAND, date(2026, 10, 28))
    assert TERMS.is_term_week(ENGLAND, date(2027, 1, 9))
    assert not TERMS.is_term_week(ENGLAND, date(2027, 1, 1))


@pytest.mark.parametrize("nation", list(Nation))
def test_beyond_the_file_a_rule_of_thumb_holds(nation: Nation) -> None:
    horizon = TERMS.horizon(nation)
    assert horizon is not None
    assert date(2028, 6, 1) < horizon < date(2028, 8, 1)
    assert TERMS.in_term(nation, date(2031, 3, 5))
    assert not TERMS.in_term(nation, date(2031, 8, 1))
    assert not TERMS.in_term(nation, date(2030, 12, 30))
    assert not TERMS.in_term(nation, date(2031, 1, 2))


def test_beyond_the_file_each_nation_has_its_own_summer() -> None:
    assert [TERMS.in_term(nation, date(2029, 7, 9)) for nation in Nation] == [True, True, False, False]
    assert [TERMS.in_term(nation, date(2029, 8, 20)) for nation in Nation] == [False, False, True, False]


def test_a_nation_left_out_of_the_file_lives_by_the_rule_of_thumb() -> None:
    terms = parse_terms("[[england]]\nfirst = 2026-09-01\nlast = 2026-12-18\n")
    assert terms.horizon(WALES) is None
    assert terms.is_school_day(WALES, date(2026, 11, 11))


def mistakes(text: str) -> list[str]:
    with pytest.raises(WrongTerms) as caught:
        parse_terms(text)
    return caught.value.mistakes


def test_every_mistake_is_reported_at_once_with_its_key() -> None:
    text = """
        [[england]]
        first = "1 September"
        last = 2026-12-18
        [[england]]
        first = 2027-04-01
        last = 2027-03-01
        halfterm = []
        [[wales]]
        first = 2027-01-04
        last = 2027-03-19
        half_term = [2027-03-18, 2027-03-20]
        [[cornwall]]
        first = 2027-01-04
        [scotland]
        first = 2027-01-04
    """
    keys = [mistake.split(":")[0] for mistake in mistakes(text)]
    assert keys == [
        "england[1].first",
        "england[2].halfterm",
        "england[2].last",
        "wales[1].half_term",
        "cornwall",
        "scotland",
    ]


@pytest.mark.parametrize(
    ("days", "why"),
    [("3", "first and last day"), ("[2026-10-30, 2026-10-26]", "before"), ("[2026-08-01, 2026-08-02]", "inside")],
)
def test_a_half_term_is_two_days_inside_its_term(days: str, why: str) -> None:
    (only,) = mistakes(f"[[wales]]\nfirst = 2026-09-01\nlast = 2026-12-18\nhalf_term = {days}")
    assert why in only


def test_terms_stand_in_order_and_a_hole_of_months_is_a_mistake() -> None:
    head = "[[wales]]\nfirst = 2026-09-01\nlast = 2026-12-18\n[[wales]]\n"
    assert "wales[2].first" in mistakes(head + "first = 2026-12-01\nlast = 2027-03-01")[0]
    assert "more than 100 days" in mistakes(head + "first = 2027-04-12\nlast = 2027-07-01")[0]


def test_a_file_that_is_not_there_or_is_no_text_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "terms.toml"
    wrong.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.toml", wrong):
        with pytest.raises(WrongTerms, match=path.name):
            read_terms(path)
    assert "not TOML" in mistakes("[[england")[0]


def test_an_operator_s_own_file_is_read(tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    spring = "[[england]]\nfirst = 2027-01-06\nlast = 2027-03-25\n"
    own.write_text("[[england]]\nfirst = 2026-09-03\nlast = 2026-12-15\n" + spring, encoding="utf-8")
    assert TERMS.in_term(ENGLAND, date(2026, 12, 16))
    assert not read_terms(own).in_term(ENGLAND, date(2026, 12, 16))
    assert read_terms(own).horizon(NI) is None
