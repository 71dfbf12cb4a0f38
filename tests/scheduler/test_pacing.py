"""Pacing: tokens by route, Retry-After for exactly one route, and people who wait before bulk."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.chat.address import Account
from bot.chat.outbound import Meeting, Parcel, Removes, Target, ToAccount, ToChannel
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.core.outbox import Kind
from scheduler.pacing import HORIZON, Pace, Pacing, routes
from tests.scheduler.twins import circle, person
from tests.virtual import START

SECOND = timedelta(seconds=1)
HELLO = View((Paragraph(plain("hello")),))


def parcel(to: Target, platform: str = "chat") -> Parcel:
    return Parcel("mark", platform, to, HELLO)


ANN, BEN = parcel(person("ann")), parcel(person("ben"))
STRANGER = parcel(ToAccount(Account("chat", "w", "zed")))
EDIT = replace(ANN, instead_of="message")
REMOVALS = [replace(EDIT, removes=Removes.MESSAGE), replace(ANN, removes=Removes.EVERYTHING)]
APART = {("chat", "all"): Pace(4, 4), ("chat", "direct"): Pace(4, 4)}
APART |= {("chat", way): Pace(1, 1) for way in ("edit", "removal", "look", "channel", "open")}


def paced(rate: float = 4, burst: int = 4, kept: int = 0, way: str = "all") -> Pacing:
    return Pacing({("chat", way): Pace(rate, burst, kept)})


def sent_in_order(
    pacing: Pacing, kinds: Mapping[int, Kind], step: timedelta = timedelta()
) -> list[tuple[int, datetime]]:
    """A courier without an outbox: each letter asks, and asks again when told to; waiting people ask first."""
    asking, gone = {number: START + number * step for number in kinds}, []
    while asking:
        at = min(asking.values())
        for number in sorted((n for n in asking if asking[n] == at), key=lambda n: (kinds[n] is not Kind.ANSWER, n)):
            again = pacing.ask(ANN, kinds[number], at)
            if again is None:
                gone.append((number, at))
                del asking[number]
            else:
                assert again > at
                asking[number] = again
    return gone


def test_the_routes_of_a_parcel_are_its_workspace_and_its_way_there() -> None:
    assert [routes(each)[1][2] for each in (ANN, STRANGER, parcel(circle("c")))] == ["direct", "open", "open"]
    assert routes(parcel(ToChannel("w", "staff"))) == (("chat", "w", "all"), ("chat", "w", "channel:staff"))
    meeting = Meeting("Coffee", START, START + SECOND, "By video")
    assert routes(replace(parcel(ToChannel("w", "staff")), meeting=meeting))[1] == ("chat", "w", "meeting")


def test_what_is_not_paced_goes_at_once() -> None:
    pacing = Pacing()
    assert all(pacing.ask(ANN, Kind.WEEKLY, START) is None for _ in range(10_000))


def test_a_bulk_goes_at_its_rate_after_the_burst() -> None:
    gone = sent_in_order(paced(rate=4, burst=4), dict.fromkeys(range(40), Kind.WEEKLY))
    assert [at for _, at in gone[:4]] == [START] * 4
    last = gone[-1][1]
    assert START + 9 * SECOND <= last <= START + 9.5 * SECOND
    assert [number for number, _ in gone] == list(range(40))


def test_a_channel_has_a_bucket_of_its_own_and_a_workspace_one_over_all() -> None:
    pacing = paced(rate=1, burst=1, way="channel")
    staff, other = parcel(ToChannel("w", "staff")), parcel(ToChannel("w", "other"))
    assert pacing.ask(staff, Kind.WEEKLY, START) is None
    assert pacing.ask(staff, Kind.WEEKLY, START) is not None
    assert pacing.ask(other, Kind.WEEKLY, START) is None


def test_a_token_is_taken_of_no_route_while_another_is_empty() -> None:
    pacing = Pacing({("chat", "all"): Pace(1, 2), ("chat", "open"): Pace(0.1, 1)})
    assert pacing.ask(STRANGER, Kind.WEEKLY, START) is None
    assert pacing.ask(STRANGER, Kind.WEEKLY, START) is not None
    assert pacing.ask(ANN, Kind.WEEKLY, START) is None


def test_retry_after_is_honoured_for_exactly_that_route() -> None:
    pacing = Pacing()
    assert pacing.slow_down(ANN, START, 30 * SECOND) == START + 30 * SECOND
    again = pacing.ask(BEN, Kind.ANSWER, START + SECOND)
    assert again is not None
    assert again >= START + 30 * SECOND, "all letters of the route slow down together"
    assert pacing.ask(STRANGER, Kind.WEEKLY, START + SECOND) is None, "another route of the same workspace"
    assert pacing.ask(parcel(person("ann"), "other"), Kind.WEEKLY, START + SECOND) is None, "another platform"
    assert pacing.ask(BEN, Kind.ANSWER, again) is None


@pytest.mark.parametrize("one", [EDIT, *REMOVALS])
def test_what_is_done_with_a_message_that_is_there_goes_its_own_way_where_it_is_counted_apart(one: Parcel) -> None:
    pacing = Pacing(APART)
    assert pacing.ask(one, Kind.NOTICE, START) is None
    assert pacing.ask(one, Kind.NOTICE, START) is not None, "its own tokens"
    pacing.slow_down(one, START, 30 * SECOND)
    assert [pacing.ask(BEN, Kind.WEEKLY, START) for _ in range(4)] == [None] * 4, "and none of what is said"


@pytest.mark.parametrize("one", [EDIT, *REMOVALS])
def test_it_goes_as_what_is_said_where_it_is_counted_with_it(one: Parcel) -> None:
    pacing = paced(rate=1, burst=1, way="direct")
    assert pacing.ask(one, Kind.NOTICE, START) is None
    assert pacing.ask(BEN, Kind.WEEKLY, START) is not None


def test_what_is_refused_to_one_that_takes_everything_away_closes_its_way_and_slows_no_other() -> None:
    pacing, (named, everything) = Pacing(APART), REMOVALS
    for _ in range(5):
        pacing.slow_down(everything, START, 30 * SECOND)
    assert pacing.ask(named, Kind.REMOVAL, START) is not None
    gone = [pacing.ask(named, Kind.REMOVAL, START + second * SECOND) for second in range(31, 40)]
    assert gone == [None] * 9


def test_what_is_taken_away_by_no_name_is_looked_for_first() -> None:
    pacing, (named, unnamed) = Pacing(APART), REMOVALS
    assert pacing.ask(BEN, Kind.WEEKLY, START, looks=True) is None
    assert pacing.ask(unnamed, Kind.REMOVAL, START) is not None
    assert pacing.ask(named, Kind.REMOVAL, START) is None


@pytest.mark.parametrize("paces", [APART, {}])
def test_looking_is_told_to_wait_by_itself(paces: Mapping[tuple[str, str], Pace]) -> None:
    pacing = Pacing(paces)
    assert pacing.slow_down(ANN, START, 30 * SECOND, looks=True) == START + 30 * SECOND
    again = pacing.ask(BEN, Kind.ANSWER, START, looks=True)
    assert again is not None
    assert again >= START + 30 * SECOND
    assert pacing.ask(BEN, Kind.ANSWER, START) is None


def test_a_way_as_wide_as_its_workspace_is_refused_for_all_of_it_and_a_narrower_one_for_itself() -> None:
    pacing, staff = Pacing(APART), parcel(ToChannel("w", "staff"))
    pacing.slow_down(staff, START, 30 * SECOND)
    pacing.slow_down(STRANGER, START, 30 * SECOND)
    assert pacing.ask(BEN, Kind.WEEKLY, START) is None
    pacing.slow_down(BEN, START, 30 * SECOND)
    other = pacing.ask(parcel(ToChannel("w", "other")), Kind.WEEKLY, START)
    assert other is not None
    assert other >= START + 30 * SECOND


def test_after_being_asked_to_slow_down_it_is_slower_and_recovers() -> None:
    pacing = paced(rate=8, burst=1, way="direct")
    pacing.slow_down(ANN, START, SECOND)
    gone = sent_in_order(pacing, dict.fromkeys(range(1_500), Kind.WEEKLY))
    gaps = [(later - earlier).total_seconds() for (_, earlier), (_, later) in pairwise(gone)]
    assert min(gaps[:100]) > 0.22
    assert sum(gaps[-100:]) < 16


@given(st.lists(st.sampled_from([Kind.WEEKLY, Kind.WEEKLY, Kind.WEEKLY, Kind.ANSWER]), min_size=1, max_size=60))
def test_never_faster_than_the_pace_and_everybody_goes(kinds: list[Kind]) -> None:
    gone = sent_in_order(paced(rate=2, burst=5, kept=2), dict(enumerate(kinds)), timedelta(milliseconds=100))
    assert sorted(number for number, _ in gone) == list(range(len(kinds)))
    for index, (_, at) in enumerate(gone):
        within_ten = [late for _, late in gone[index:] if late - at < 10 * SECOND]
        assert len(within_ten) <= 5 + 2 * 10 + 1


def test_somebody_who_waits_goes_at_once_in_the_middle_of_a_bulk() -> None:
    pacing = paced(rate=4, burst=10, kept=3)
    for _ in range(1_000):
        pacing.ask(BEN, Kind.WEEKLY, START)
    assert pacing.ask(ANN, Kind.ANSWER, START) is None


def test_nobody_is_put_off_beyond_the_horizon_because_of_others() -> None:
    pacing = paced(rate=1, burst=1)
    again = [pacing.ask(BEN, Kind.WEEKLY, START) for _ in range(1_000)]
    assert max(each for each in again if each) <= START + HORIZON


def test_a_clock_set_back_closes_nothing_for_longer() -> None:
    pacing = paced(rate=1, burst=1)
    pacing.slow_down(ANN, START, 30 * SECOND)
    back = START - timedelta(hours=1)
    again = pacing.ask(ANN, Kind.ANSWER, back)
    assert again is not None
    assert again <= back + 32 * SECOND


@pytest.mark.parametrize(("rate", "burst", "kept"), [(0, 1, 0), (1, 0.5, 0), (1, 3, 3), (inf, 5, 0), (5, inf, 0)])
def test_a_pace_at_which_a_letter_could_never_go_is_refused(rate: float, burst: float, kept: int) -> None:
    with pytest.raises(ValueError, match="pace"):
        Pace(rate, burst, kept)
