"""The question bank: word for word what may be asked, whose words they are, and nothing that may not be shipped."""

import re
from importlib.resources import files

import pytest

from bot.pulse.bank import MOST_BANDS, HowOften, WrongBank, parse_bank, read_bank
from tests.house.reading import ROOT

WRITTEN = files("bot.pulse").joinpath("bank.toml").read_text(encoding="utf-8")
BANK = read_bank()
WORDINGS = {
    "week": "How has this week been for you as a leader?",
    "satisfied": "Overall, how satisfied are you with your life nowadays?",
    "worthwhile": "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
    "happy": "Overall, how happy did you feel yesterday?",
    "anxious": "On a scale where 0 is ‘not at all anxious’ and 10 is ‘completely anxious’, overall, "
    "how anxious did you feel yesterday?",
    "lonely": "How often do you feel lonely?",
    "burnout": "Overall, based on your definition of burnout, how would you rate your level of burnout?",
    "leaving": "How likely are you to leave headship within the next two years, for reasons other than retirement?",
    "heard": "I felt heard today",
}
NOT_TO_BE_SHIPPED = [
    r"feeling (optimistic|useful|relaxed|close to other)",
    r"dealing with problems well",
    r"thinking clearly",
    r"(make|made) up my own mind",
    r"cheerful and in good spirits",
    r"calm and relaxed",
    r"active and vigorous",
    r"woke up feeling fresh",
    r"filled with things that interest me",
    r"make a mistake (on|in) this team",
    r"bring up problems and tough issues",
    r"reject others for being different",
    r"safe to take a risk",
    r"undermines my efforts",
]
"""Of the Warwick-Edinburgh scales, the WHO's five and Edmondson's scale."""


def test_every_question_is_asked_word_for_word() -> None:
    assert {one.id: one.wording for one in BANK.questions} == WORDINGS


@pytest.mark.parametrize(
    ("id", "labels"),
    [
        ("week", ["1, very hard", "2", "3", "4", "5, very good"]),
        ("lonely", ["Often or always", "Some of the time", "Occasionally", "Hardly ever", "Never"]),
        ("heard", ["1, not at all", "2", "3", "4", "5, completely"]),
        ("happy", ["0, not at all", *"123456789", "10, completely"]),
    ],
)
def test_choices_have_words_where_a_reader_needs_them(id: str, labels: list[str]) -> None:
    scale = BANK.scale_of(id)
    assert [scale.label(option) for option in scale.options] == labels


def test_leaving_is_asked_from_very_unlikely_to_very_likely() -> None:
    assert BANK.scale_of("leaving").labels[::4] == ("Very unlikely", "Very likely")


def test_burnout_is_answered_by_five_sentences_of_which_the_last_three_count() -> None:
    sentences, burnout = BANK.scale_of("burnout").sentences, BANK.get("burnout")
    assert sentences[0] == "I enjoy my work. I have no symptoms of burnout."
    assert sentences[4].endswith("I may need some changes or may need to seek some sort of help.")
    assert [band.options for band in burnout.bands if band.name == burnout.counts] == [("3", "4", "5")]
    assert burnout.told({"2": 4, "3": 1, "5": 2}) == (4, 3)


def test_every_question_says_whose_words_it_is_in() -> None:
    own = {one.id for one in BANK.questions if one.source == "Our own words"}
    open_government = {one.id for one in BANK.questions if one.licence == "Open Government Licence v3.0"}
    assert own == {"week", "leaving", "heard"}
    assert open_government == {"satisfied", "worthwhile", "happy", "anxious", "lonely"}
    assert BANK.get("burnout").licence == "Non-proprietary"


def test_one_published_figure_is_held_beside_ours_with_its_source() -> None:
    compared = {one.id: one.comparator for one in BANK.questions if one.comparator}
    assert [(id, each.share) for id, each in compared.items()] == [("leaving", 23)]
    sources = [each.source for each in BANK.get("leaving").comparators]
    assert sources[0].startswith("HeadsUp4HTs")
    assert sources[1].startswith("Education Support, Teacher Wellbeing Index 2022"), "of another question, and said so"
    assert [each.comparable for each in BANK.get("leaving").comparators] == [True, False]
    assert BANK.get("leaving").counts == "Likely to leave"


def test_how_often_each_is_asked() -> None:
    assert {how_often: BANK.asked(how_often) for how_often in HowOften} == {
        HowOften.WEEKLY: ("week",),
        HowOften.BY_TURNS: ("happy", "anxious"),
        HowOften.HALF_TERMLY: ("burnout",),
        HowOften.MONTHLY: ("lonely",),
        HowOften.TERMLY: ("leaving", "satisfied", "worthwhile"),
        HowOften.AFTER_SESSIONS: ("heard",),
    }


@pytest.mark.parametrize("phrase", NOT_TO_BE_SHIPPED)
def test_no_scale_is_shipped_that_may_not_be(phrase: str) -> None:
    words = [path for path in (ROOT / "bot").rglob("*") if path.suffix in {".ftl", ".toml"}]
    assert ROOT / "bot/pulse/bank.toml" in words
    assert not [path for path in words if re.search(phrase, path.read_text(encoding="utf-8"), re.IGNORECASE)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[scales", "[[scales", "not TOML"),
        ('id = "week"\n', "", "missing required field `id`"),
        ('id = "happy"', 'id = "week"', "week: stands twice"),
        ('how_often = "weekly"', 'how_often = "daily"', "daily"),
        ('how_often = "weekly"', 'how_often = "termly"', "nothing is asked weekly"),
        ('how_often = "monthly"', 'how_often = "weekly"', "one question is asked weekly"),
        ('scale = "often"', 'scale = "seldom"', "lonely: there is no scale 'seldom'"),
        ('source = "Our own words"', 'source = " "', "week: source is missing"),
        ('licence = "Non-proprietary"', 'licence = ""', "burnout: licence is missing"),
        ('label = "Leaving headship"', f'label = "{"x" * 46}"', "leaving: its label is longer than 45"),
        ('options = ["2", "3"] }', 'options = ["2"] }', "anxious: its bands need each option once, in order"),
        ('name = "Often or always"', 'name = "Hardly ever or never"', "each with its own name"),
        ('counts = "Burnout (3 to 5)"', 'counts = "Burnt"', "burnout: counts names no band"),
        ("share = 23", "share = 123", "a comparator needs"),
        (", comparable = false", "", "one figure at most answers the same question"),
        ('ends = ["very hard", "very good"]', "", "scales.hard_good: needs two ends"),
        ('options = ["1", "2", "3", "4", "5"]', 'options = ["1"]', "scales.hard_good: needs two options"),
        ("bands = [", 'reminder = "x"\nbands = [', "unknown field `reminder`"),
    ],
)
def test_a_broken_bank_is_the_operator_s_to_mend(old: str, new: str, says: str) -> None:
    assert old in WRITTEN
    with pytest.raises(WrongBank) as wrong:
        parse_bank(WRITTEN.replace(old, new, 1))
    assert says in str(wrong.value)


def test_every_mistake_is_named_at_once() -> None:
    twice = WRITTEN.replace('licence = "Non-proprietary"', 'licence = ""').replace('scale = "often"', 'scale = "no"')
    with pytest.raises(WrongBank) as wrong:
        parse_bank(twice)
    assert len(wrong.value.mistakes) == 2


def test_no_question_is_told_in_more_bands_than_most_can_be_said_of() -> None:
    assert all(len(one.bands) <= MOST_BANDS for one in BANK.questions)
