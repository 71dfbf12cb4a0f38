"""What a preview tells of how many gives nobody away, whatever audiences are compared (threat 27)."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.announcements import pages
from bot.announcements.model import IN, Announcement, Chosen, Reach, Sort, Where, is_enough, told
from bot.announcements.views import words
from bot.chat.ids import Id
from bot.chat.view import words_of_view
from bot.core.counts import Shown, tell_counts
from bot.members.model import By
from tests.storage.stands import AT

AUDIENCES = ("everyone", "phase:primary", "phase:secondary", "nation:wales", "role:deputy", "events.yes:1")
PRIVATE = sorted(IN)
"""What somebody chose, and nobody else can see: whoever reads knows all the rest."""

CORE = [(frozenset(AUDIENCES[1:]), Reach.GETS)] * 12
"""In every audience, so that there are enough to be told of."""

people = st.lists(st.tuples(st.frozensets(st.sampled_from(AUDIENCES[1:])), st.sampled_from(list(Reach))), max_size=60)


def found(audience: str, crowd: list[tuple[frozenset[str], Reach]]) -> Counter[Reach]:
    return Counter(reach for audiences, reach in crowd if audience == "everyone" or audience in audiences)


def chosen(audience: str) -> Chosen:
    if audience == "everyone":
        return Chosen(By.EVERYONE, "", None, Sort.NOTICE.needs, date(2026, 11, 12))
    by, _, of = audience.partition(":")
    if by == "events.yes":
        return Chosen(By.EVERYONE, "", frozenset({Id(1)}), Sort.NOTICE.needs, date(2026, 11, 12))
    return Chosen(By(by), of, None, Sort.NOTICE.needs, date(2026, 11, 12))


def read(audience: str, crowd: list[tuple[frozenset[str], Reach]]) -> str:
    """All that an organiser reads of that audience, a refusal too."""
    counts = found(audience, crowd)
    if not is_enough(counts):
        return "too few"
    one = Announcement(Id(7), None, "", "T", "W", AT, where=Where.DIRECT, audience=audience)
    seen = pages.Preview("them", told(chosen(audience), counts), AT - AT, ())
    return words_of_view(pages.preview(one, pages.said("thanks"), seen, second=False, ask=False))


@given(people, st.data())
def test_of_some_nothing_told_depends_on_what_anybody_chose(
    crowd: list[tuple[frozenset[str], Reach]], data: st.DataObject
) -> None:
    """Whatever members choose for themselves, every narrower audience reads the same: so none can be set against
    another, nor against everybody, to learn what a single one of them chose."""
    crowd = CORE + crowd
    other = [(audiences, data.draw(st.sampled_from(PRIVATE)) if reach in IN else reach) for audiences, reach in crowd]
    for audience in AUDIENCES[1:]:
        assert read(audience, crowd) == read(audience, other)


@given(people)
def test_of_everybody_small_numbers_and_what_would_give_them_away_are_told_together(
    crowd: list[tuple[frozenset[str], Reach]],
) -> None:
    crowd = CORE + crowd
    counts = found("everyone", crowd)
    reasons = told(chosen("everyone"), counts).reasons
    shown = tell_counts({str(one): n for one, n in reasons.items()}, sum(reasons.values()))
    said = read("everyone", crowd)
    for one, count in shown.items():
        label = words.line(f"reason-{one}")
        exact = count.shown is Shown.EXACT and bool(count.n)
        assert (f"{label}: " in said) == (exact and said != "too few")


def test_the_numbers_of_some_would_be_noticed() -> None:
    """The planted fault: reasons of a narrower audience."""
    crowd = [(frozenset({"phase:primary"}), Reach.GETS)] * 20 + [(frozenset({"phase:primary"}), Reach.AWAY)] * 6
    asked = replace(chosen("phase:primary"), by=By.EVERYONE)
    assert told(asked, found("phase:primary", crowd)).reasons[Reach.AWAY] == 6
    assert told(chosen("phase:primary"), found("phase:primary", crowd)).reasons == {}
