"""Every generated term: people of all nations, under other clocks, do whatever they like; what was promised holds."""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.core.hours import _Policy
from bot.core.outbox import Kind
from bot.members.kinds import Nation
from bot.pairing.model import Weeks
from bot.pairing.replacing import Replacing
from storage import members as storage_members
from storage.pairing import SqlPairings
from storage.people import members as members_table
from tests.conftest import DRILL
from tests.world.living import DEEDS, PEOPLE, ZONES, Asked, Lived, Traits, come_in
from tests.world.promises import broken, start_of
from tests.world.world import opened, organiser

WEEKS = 14 if DRILL else 5
BEGIN = (
    date(2026, 9, 2), date(2026, 10, 7), date(2026, 12, 2), date(2027, 1, 6), date(2027, 3, 3), date(2027, 4, 14),
    date(2027, 6, 16),
)  # fmt: skip
"""Wednesdays before half-terms, Christmas, Easter, summer, and both changes of the clock."""

TRAITS = st.builds(Traits, st.sampled_from(Nation), st.sampled_from(ZONES), st.booleans(), st.booleans())
DEED = st.tuples(st.integers(0, WEEKS * 7 * 24 - 1), st.integers(0, PEOPLE - 1), st.sampled_from(DEEDS))


@dataclass(frozen=True)
class Plan:
    """A term: when it begins, who is there, and who does what in which hour."""

    begin: date
    people: list[Traits]
    deeds: list[tuple[int, int, str]]


PLANS = st.builds(
    Plan,
    st.sampled_from(BEGIN),
    st.lists(TRAITS, min_size=PEOPLE, max_size=PEOPLE),
    st.lists(DEED, max_size=80 if DRILL else 30),
)


async def lived(plan: Plan, folder: Path, weeks: int = WEEKS, **sections: Any) -> Lived:
    start = start_of(plan.begin)
    async with opened(folder, at=start, **sections) as world:
        term = await come_in(world, await organiser(world), plan.people)
        with term.failures:
            for hour, who, deed in sorted(plan.deeds):
                await term.go_to(max(world.at, start + timedelta(hours=hour, minutes=29)))
                await term.do(who, deed)
            await term.go_to(start + timedelta(weeks=weeks))
        return term


@settings(
    max_examples=60 if DRILL else 2,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(PLANS)
def test_every_generated_term(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert broken(asyncio.run(lived(plan, Path(folder)))) == []


HOME = Traits(Nation.ENGLAND)
FAR = Traits(Nation.SCOTLAND, "Pacific/Auckland")


def plan(*deeds: tuple[int, int, str], begin: date = BEGIN[3], people: list[Traits] | None = None) -> Plan:
    return Plan(begin, people or [HOME] * PEOPLE, list(deeds))


async def test_a_quiet_term_introduces_everybody_every_week(tmp_path: Path) -> None:
    """So the promises are not kept by doing nothing. One press a week, or they are left alone after three."""
    presses = [(week * 7 * 24 + 34, who, "partner") for week in range(WEEKS) for who in range(PEOPLE)]
    term = await lived(plan(*presses), tmp_path)
    assert broken(term) == []
    introduced = [told for told in term.told if told.is_introduction]
    assert len(introduced) == 3 * WEEKS
    assert {told.sort for told in term.told} >= {"intro", "checkin"}


async def test_heads_on_two_sides_of_an_ocean_hear_alone_each_in_their_own_hours(tmp_path: Path) -> None:
    """London and New York have no hour in common in term; nobody else's introduction waits for theirs."""
    far = Traits(Nation.ENGLAND, "America/New_York")
    term = await lived(plan(people=[HOME, HOME, HOME, far, far, far]), tmp_path, weeks=3)
    assert broken(term) == []
    heard = [(told.group, user) for told in term.told if told.is_introduction for user in told.readers]
    assert len(heard) == len(set(heard)) == 3 * PEOPLE
    assert any(len(told.readers) == 1 for told in term.told if told.is_introduction)


WIDE = [HOME] * 3 + [Traits(Nation.ENGLAND, "Asia/Dubai")] * 3
MONDAY_NOON = 4 * 24 + 20
"""In hours of the term. Whoever is introduced to somebody in the Gulf hears of it when lessons are over in London."""


@pytest.mark.parametrize("deed", ["no introductions", "no messages"])
async def test_who_withdraws_before_an_introduction_is_heard_is_not_introduced(tmp_path: Path, deed: str) -> None:
    """Of three and three, one pair at least is of both places."""
    term = await lived(plan(*((MONDAY_NOON, who, deed) for who in range(3)), people=WIDE), tmp_path, weeks=1)
    assert broken(term) == []
    assert {told.sort for told in term.told} >= {"intro", "ended"}
    assert "carry on" in next(told.words for told in term.told if told.sort == "ended")


@pytest.mark.parametrize("first", ["stop", "suspend"])
async def test_who_stopped_is_left_alone_when_an_organiser_lets_them_back_in(tmp_path: Path, first: str) -> None:
    then = {"stop": "suspend", "suspend": "stop"}[first]
    term = await lived(plan((1, 0, first), (2, 0, then), (3, 0, "restore")), tmp_path, weeks=2)
    assert broken(term) == []
    user = term.heads[0].account.user
    introduced = {reader for told in term.told if told.is_introduction for reader in told.readers}
    assert introduced == {head.account.user for head in term.heads[1:]}
    assert term.asked(user, term.world.at) == Asked(HOME, stopped=True)


def deaf_to_hours(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(_Policy, "holds", lambda self, at: False)


def without_budget(patch: pytest.MonkeyPatch) -> None:
    """And a check-in on the day of the introduction."""
    patch.setattr("bot.core.post.BUDGETED", frozenset())
    patch.setattr("bot.checkins.flow._SETTLE", timedelta())


def deaf_to_pauses(patch: pytest.MonkeyPatch) -> None:
    _introduce_all(patch, members_table.c.stage == "member", members_table.c.left_at.is_(None))


def deaf_to_stops(patch: pytest.MonkeyPatch) -> None:
    _introduce_all(patch, members_table.c.stage.in_(["member", "stopped", "suspended"]), ~members_table.c.away)


def _introduce_all(patch: pytest.MonkeyPatch, *those: Any) -> None:
    def introducible(self: Any, on: date) -> Any:
        return self._all(select(members_table).where(*those))

    patch.setattr(storage_members.SqlMembers, "introducible", introducible)


def deaf_to_terms(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Weeks, "in_term", lambda self, week, nation=None: True)
    patch.setattr(_Policy, "_is_left_alone", lambda self, day: False)


def deaf_to_blocks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SqlPairings, "forbidden", lambda self: frozenset())


def deaf_to_consents(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Replacing, "withdrew", lambda self, work, fact: None)


def one_sided(patch: pytest.MonkeyPatch) -> None:
    """Introductions of which only one of them hears."""
    from bot.chat.address import Person
    from bot.core.outbox import Letter
    from bot.pairing import views

    def introduce(group: Any, people: Any, why: Any, at: Any, until: Any) -> Letter:
        view = views.introduction(people, why, group.id)
        return Letter(views.introduction_key(group.id), Person(group.first), view, Kind.WEEKLY, at, until)

    patch.setattr(views, "introduce", introduce)


@pytest.mark.parametrize(
    ("plant", "deeds", "people", "sections", "report"),
    [
        (deaf_to_hours, (), [HOME, FAR] * 3, {}, "quiet_hours"),
        (without_budget, (), [HOME] * 6, {"checkins": {"day": "monday", "at": "16:15"}}, "the_budget"),
        (deaf_to_pauses, ((1, 0, "pause"),), [HOME] * 6, {}, "left_alone"),
        (deaf_to_stops, ((1, 0, "stop"),), [HOME] * 6, {}, "left_alone"),
        (deaf_to_stops, ((1, 0, "suspend"),), [HOME] * 6, {}, "left_alone"),
        (deaf_to_terms, (), [HOME] * 6, {}, "out of term"),
        (deaf_to_blocks, ((1, 0, "block"), (2, 2, "pause"), (3, 3, "pause"), (4, 4, "pause"), (5, 5, "pause")),
         [HOME] * 6, {}, "never"),
        (deaf_to_consents, [(MONDAY_NOON, who, "no introductions") for who in range(3)], WIDE, {}, "left_alone"),
        (one_sided, (), [HOME] * 6, {}, "whole_groups"),
    ],
)  # fmt: skip
async def test_a_broken_promise_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Any, deeds: Any, people: Any, sections: Any, report: str
) -> None:
    plant(monkeypatch)
    begin = date(2026, 12, 9) if report == "out of term" else BEGIN[3]
    term = await lived(Plan(begin, people, list(deeds)), tmp_path, weeks=2, **sections)
    assert any(report in fault for fault in broken(term)), broken(term)[:5]
