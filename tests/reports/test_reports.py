"""What organisers read of the network as a whole: nothing small, nothing of one person, and the same for everybody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.address import ORGANISERS, Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.view import words_of_view
from bot.checkins.model import Answer, Outcome
from bot.core.counts import Shown
from bot.core.outbox import Kind
from bot.core.terms import Nation, read_terms
from bot.members import feature as members
from bot.members.model import Identity, Member, Stage
from bot.pairing import feature as pairing
from bot.pairing.engine import Matcher
from bot.pairing.model import Group, IntroductionSettings, Round, RoundState, Weeks
from bot.reports import feature as reports
from bot.reports.model import Month, Way, month_after, month_before, settled_months, told
from tests.acting import ANNA, Network, Somebody, buttons

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
BANK_HOLIDAY = datetime(2027, 5, 3, 8, tzinfo=UTC)
HOLIDAYS = datetime(2026, 12, 28, 9, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def network(**settings: object) -> Network:
    """Nobody in it; introductions need no organiser's yes."""
    wanted = IntroductionSettings(**{"send_first": True, **settings})  # type: ignore[arg-type]
    weeks = Weeks(wanted, read_terms(), Nation.ENGLAND, "Europe/London")
    return Network(pairing.feature(weeks, Matcher()), members.feature("Europe/London"), reports.feature(weeks))


def populate(made: Network, people: int, joined: datetime = MARCH) -> list[Id]:
    ids = [Id(1000 + number) for number in range(people)]
    for id in ids:
        made.storage.world.members[id] = Member(id, f"M{id}", Stage.MEMBER, joined_at=joined)
    return ids


def introduce(made: Network, day: date, ids: list[Id], talked: int = 0) -> None:
    """Two and two; the first groups of them talked."""
    tables = made.storage.world.introduced
    round = Round(made.storage.new(), day, RoundState.SENT, NINE)
    tables.rounds[day] = round
    for number, two in enumerate(zip(ids[::2], ids[1::2], strict=True)):
        group = Group(made.storage.new(), round.id, day, two, two[0])
        tables.groups[group.id] = group
        if number < talked:
            tables.answers[group.id, two[0]] = Answer(group.id, two[0], Outcome.TALKED, NINE)


async def line(made: Network, at: datetime = NINE) -> str:
    """What organisers are told that Monday."""
    await made.strike("reports.monday", at)
    (letter,) = made.letters("monday:")
    assert (letter.to, letter.kind) == (ORGANISERS, Kind.ORGANISER)
    return words_of_view(letter.view)


async def ask(made: Network, words: str) -> Somebody:
    anna = Somebody(made, ANNA, "Anna")
    await anna.use(words, Tree.ORGANISER)
    return anna


async def test_all_is_well() -> None:
    made = network()
    introduce(made, MONDAY, populate(made, 428))
    assert await line(made) == "All well: 214 introductions, nothing stuck, disk 61% full."


async def test_few_introductions_are_not_counted_out_and_an_unknown_disk_is_not_named() -> None:
    made = network()
    introduce(made, MONDAY, populate(made, 8))
    made.storage.world.counted.disk = None
    assert await line(made) == "All well: fewer than five introductions, nothing stuck."


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (HOLIDAYS, "no introductions this week (it’s the holidays)"),
        (BANK_HOLIDAY, "introductions go out on Tuesday 4 May"),
    ],
)
async def test_the_line_comes_in_holidays_and_on_bank_holidays_too(at: datetime, says: str) -> None:
    assert await line(network(), at) == f"All well: {says}, nothing stuck, disk 61% full."


async def test_every_other_week_it_says_when_the_next_go_out() -> None:
    made = network(every=2)
    introduce(made, MONDAY - timedelta(days=7), populate(made, 10))
    assert "no introductions this week (the next go out on Monday 23 November)" in await line(made)


async def test_nobody_to_introduce_is_said() -> None:
    made = network()
    made.storage.world.introduced.rounds[MONDAY] = Round(Id(7), MONDAY, RoundState.SKIPPED)
    assert "no introductions this week (there was nobody to introduce)" in await line(made)


async def test_introductions_that_wait_are_something_to_look_at() -> None:
    first, held = network(send_first=False), network()
    held.storage.world.introduced.rounds[MONDAY] = Round(Id(7), MONDAY, RoundState.HELD)
    for made in (first, held):
        said = await line(made)
        assert said.startswith("Please look: this week’s introductions wait for an organiser’s yes.")
        assert "[How introductions stand]" in said


async def test_introductions_that_should_have_gone_out_are_something_to_look_at() -> None:
    assert (await line(network())).startswith("Please look: this week’s introductions haven’t gone out.")


async def test_what_is_not_well_is_said_first_with_what_mends_it() -> None:
    made = network()
    introduce(made, MONDAY, populate(made, 20))
    counted = made.storage.world.counted
    counted.stuck, counted.lost, counted.disk = 1, 5, 85
    said = await line(made)
    assert said.startswith(
        "Please look: some messages are stuck, the disk is 85% full, several messages couldn’t be delivered, or taken "
        "away, last week."
    )
    for mend in ("“headsup check”", "make room", "Otherwise: 10 introductions.", "[How things stand]"):
        assert mend in said


async def test_single_closed_doors_and_a_disk_with_room_alarm_nobody() -> None:
    made = network()
    introduce(made, MONDAY, populate(made, 20))
    made.storage.world.counted.lost, made.storage.world.counted.disk = 4, 84
    assert (await line(made)).startswith("All well:")


async def test_the_line_is_said_once_a_monday() -> None:
    made = network()
    await line(made)
    before = made.kept()
    await line(made)
    assert made.kept() == before


async def test_status_says_what_waits_and_where_to_press() -> None:
    made = network()
    introduce(made, date(2026, 11, 9), populate(made, 20))
    anna = await ask(made, "status")
    assert anna.says.startswith("How things stand\nAll well: 10 introductions, nothing stuck, disk 61% full.")
    assert "Nobody waits for a vouch." in anna.says
    assert "couldn’t be delivered, or taken away, in the last seven days: 0." in anna.says
    made.storage.world.members[Id(1)] = Member(Id(1), "Tom", Stage.WAITING)
    made.storage.world.counted.lost = 3
    anna = await ask(made, "status")
    assert "Somebody waits for a vouch." in anna.says
    assert "seven days: fewer than five." in anna.says
    await anna.press("See who waits")
    assert "Tom" in anna.says
    for label, title in (
        ("How introductions stand", "How introductions stand"),
        ("The report", "How the network is doing"),
    ):
        anna = await ask(made, "status")
        await anna.press(label)
        assert anna.says.startswith(f"{title}\n")


async def test_who_has_left_the_workspace_waits_for_no_vouch() -> None:
    made = network()
    tom = Somebody(made, Account("test", "here", "tom"), "Tom")
    made.storage.world.members[Id(1)] = Member(Id(1), "Tom", Stage.WAITING)
    made.storage.world.identities[tom.account] = Identity(tom.account, Id(1))
    assert "Somebody waits for a vouch." in (await ask(made, "status")).says
    await tom.go()
    anna = await ask(made, "status")
    assert "Nobody waits for a vouch." in anna.says
    assert "See who waits" not in anna.says


async def test_only_organisers_read_any_of_it() -> None:
    made = network()
    (tom,) = populate(made, 1)
    account = Account("test", "here", "tom")
    made.storage.world.identities[account] = Identity(account, tom)
    for word in ("report", "status"):
        somebody = Somebody(made, account, "Tom")
        await somebody.use(word, Tree.ORGANISER)
        assert somebody.says == "That isn’t something I can do for you here."


async def test_the_report_counts_this_month_so_far_and_names_where_people_are() -> None:
    made = network()
    ids = populate(made, 40)
    introduce(made, date(2026, 11, 2), ids, talked=8)
    introduce(made, date(2026, 11, 9), ids[:20], talked=1)
    made.storage.world.counted.reached = {Way.SLACK: 20, Way.DIRECT: 9, Way.THREAD: 6, Way.NOT: 5}
    made.storage.world.counted.months[date(2026, 9, 1)] = Month(date(2026, 9, 1), 38, 20, 30, 9)
    said = (await ask(made, "report")).says
    assert said.startswith(
        "How the network is doing\nNovember 2026 so far:\n"
        "Members: 40\nActive: 16\nIntroductions: 30\nLed to a talk: 9\n"
    )
    assert (
        "How I reach members:\nOn Slack: 20\nOn Discord, by direct message: 9\n"
        "On Discord, in a private thread of their own: 6\nNot at all just now: 5\n"
    ) in said
    assert "October 2026: Members: 40. Active: " in said, "not kept yet, it is told too"
    assert "September 2026: Members: 38. Active: 20." in said


async def test_everybody_reads_the_same_figures() -> None:
    made = network()
    introduce(made, date(2026, 11, 2), populate(made, 40), talked=8)
    other = Account("test", "here", "bea")
    made.bot._organisers = frozenset({ANNA.show(), other.show()})
    bea = Somebody(made, other, "Bea")
    await bea.use("report", Tree.ORGANISER)
    assert bea.view == (await ask(made, "report")).view


async def test_a_year_of_months_is_told_and_no_more() -> None:
    made = network()
    populate(made, 40)
    first = date(2026, 10, 1)
    for _ in range(15):
        made.storage.world.counted.months[first] = Month(first, 40, 20, 30, 9)
        first = month_before(first)
    said = (await ask(made, "report")).says
    assert "November 2025: Members: 40. Active: 20. Introductions: 30. Led to a talk: 9." in said
    assert "October 2025" not in said


@pytest.mark.parametrize(
    ("month", "active", "talked"),
    [
        (Month(MONDAY, 40, 20, 30, 9), Shown.EXACT, Shown.EXACT),
        (Month(MONDAY, 40, 8, 30, 4), Shown.WITHHELD, Shown.WITHHELD),
        (Month(MONDAY, 40, 38, 30, 20), Shown.WITHHELD, Shown.WITHHELD),
        (Month(MONDAY, 40, 6, 3, 3), Shown.WITHHELD, Shown.WITHHELD),
        (Month(MONDAY, 40, 2, 30, 1), Shown.FEW, Shown.FEW),
        (Month(MONDAY, 12, 12, 6, 6), Shown.WITHHELD, Shown.WITHHELD),
        (Month(MONDAY, 40, 40, 20, 20), Shown.MOST, Shown.MOST),
        (Month(MONDAY, 40, 0, 0, 0), Shown.EXACT, Shown.EXACT),
        (Month(MONDAY, 0, 0, 0, 0), Shown.EXACT, Shown.EXACT),
    ],
)
def test_what_one_number_hides_the_other_does_not_tell(month: Month, active: Shown, talked: Shown) -> None:
    found = told(month)
    assert (found.active.shown, found.talked.shown) == (active, talked)


small = st.integers(0, 30)


@given(small, small, small, small)
def test_no_month_tells_who_was_active_beside_a_hidden_talk(one: int, two: int, three: int, four: int) -> None:
    members, active = max(one, two), min(one, two)
    introductions, talked = max(three, four), min(three, four)
    found = told(Month(MONDAY, members, active, introductions, talked))
    assert found.active.shown is found.talked.shown
    assert all(count.n is None or count.shown is Shown.EXACT for count in (found.active, found.talked))


async def test_a_month_is_kept_once_nobody_can_answer_for_it_any_more() -> None:
    made = network()
    ids = populate(made, 40)
    introduce(made, date(2026, 11, 30), ids, talked=7)
    await made.strike("reports.months", datetime(2026, 12, 14, 4, tzinfo=UTC))
    assert date(2026, 11, 1) not in made.storage.world.counted.months
    await made.strike("reports.months", datetime(2026, 12, 15, 4, tzinfo=UTC))
    assert made.storage.world.counted.months[date(2026, 11, 1)] == Month(date(2026, 11, 1), 40, 14, 20, 7)


async def test_months_are_kept_from_the_first_that_had_members_and_made_up_for_after_an_outage() -> None:
    made = network()
    populate(made, 5, joined=datetime(2026, 9, 20, tzinfo=UTC))
    await made.strike("reports.months", datetime(2027, 1, 20, 4, tzinfo=UTC))
    assert sorted(made.storage.world.counted.months) == [date(2026, month, 1) for month in (9, 10, 11, 12)]


async def test_a_month_kept_stays_as_it_was() -> None:
    made = network()
    ids = populate(made, 10)
    at = datetime(2026, 12, 15, 4, tzinfo=UTC)
    await made.strike("reports.months", at)
    kept = dict(made.storage.world.counted.months)
    members = made.storage.world.members
    members[ids[0]] = replace(members[ids[0]], stage=Stage.STOPPED)
    await made.strike("reports.months", at + timedelta(days=1))
    assert made.storage.world.counted.months == kept
    assert len(kept) == 9


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_every_month_is_settled_in_its_turn(today: date) -> None:
    months = list(settled_months(today))
    assert all(month_after(earlier) == later for later, earlier in pairwise(months))
    last_day = month_after(months[0]) - timedelta(days=1)
    assert last_day + timedelta(days=14) < today <= month_after(month_after(months[0])) + timedelta(days=14)


async def test_the_line_has_no_button_while_all_is_well() -> None:
    made = network()
    introduce(made, MONDAY, populate(made, 20))
    await line(made)
    (letter,) = made.letters("monday:")
    assert list(buttons(letter.view)) == []
