"""Whatever people say of themselves, and whoever pauses or leaves: what holds every week."""

import asyncio
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.address import Circle, Person
from bot.chat.ids import Id, show
from bot.core.terms import Nation, read_terms
from bot.core.walltime import instant
from bot.members.kinds import Often
from bot.members.model import Member, MemberGone, Stage
from tests.pairing.town import Town

MONDAYS = [date(2026, 9, 7) + timedelta(weeks=week) for week in range(44)]
"""A school year of them: half-terms, Christmas and Easter lie in between."""
TERMS = read_terms()


@dataclass(frozen=True)
class Event:
    """Something that happens to the member at that place: on Sunday, or on Wednesday."""

    place: int
    what: str
    is_early: bool
    weeks: int


def people() -> st.SearchStrategy[list[dict[str, object]]]:
    said = st.fixed_dictionaries(
        {
            "nation": st.sampled_from([None, *Nation]),
            "often": st.sampled_from(Often),
            "urn": st.sampled_from([None, 1, 2]),
            "trust": st.sampled_from([None, "North", "South"]),
            "away": st.booleans(),
            "back_on": st.sampled_from([None, *MONDAYS]),
        }
    )
    return st.lists(said, min_size=2, max_size=9)


def events() -> st.SearchStrategy[list[Event]]:
    what = st.sampled_from(["pause", "leave", "come back", "block"])
    return st.lists(st.builds(Event, st.integers(0, 8), what, st.booleans(), st.integers(0, 3)), max_size=6)


@given(people(), events(), st.sampled_from(MONDAYS[:-4]))
def test_every_week_holds(said: list[dict[str, object]], happens: list[Event], first: date) -> None:
    asyncio.run(some_weeks(said, happens, first))


async def some_weeks(said: list[dict[str, object]], happens: list[Event], first: date) -> None:
    town = Town()
    ids = [(await town.join(f"Person {place}", **each))[0] for place, each in enumerate(said)]
    for week in range(4):
        monday = first + timedelta(weeks=week)
        now = [one for one in happens if one.weeks == week and one.place < len(ids)]
        town.at = instant(monday, time(), "Europe/London") - timedelta(hours=10)
        await let(town, ids, [one for one in now if one.is_early])
        before = dict(town.storage.world.members)
        blocked = set(map(frozenset, town.storage.world.introduced.chose))
        at = town.weeks.goes_out(monday)
        await town.monday(at, monday)
        await town.monday(at + timedelta(minutes=5), monday)
        holds(town, monday, before, blocked)
        town.at = at + timedelta(days=2)
        await let(town, ids, [one for one in now if not one.is_early])
        each_in_one_group_at_most(town, monday)


async def let(town: Town, ids: list[Id], happens: list[Event]) -> None:
    for one in happens:
        member = ids[one.place]
        if one.what == "pause":
            await town.pause(member, town.weeks.monday(town.at) + timedelta(weeks=2))
        elif one.what == "leave":
            await town.change(member, stage=Stage.STOPPED)
            await town.tell(MemberGone(member))
        elif one.what == "come back":
            await town.change(member, away=False)
        else:
            await town.forbid(member, ids[0] if member != ids[0] else ids[1])


def holds(town: Town, monday: date, members: dict[Id, Member], blocked: set[frozenset[Id]]) -> None:
    day = town.weeks.day_of(monday)
    groups = [group for group in town.groups if group.day == monday]
    met = [member for group in groups for member in group.members]
    assert len(met) == len(set(met)), "nobody twice"
    if not TERMS.is_term_week(Nation.ENGLAND, monday):
        assert not groups
    for group in groups:
        assert len(group.members) in (2, 3)
        assert group.first in group.members
        assert all(may_be_introduced(members[member], monday, day) for member in group.members)
        for one, other in combinations(group.members, 2):
            assert frozenset({one, other}) not in blocked
            assert members[one].urn is None or members[one].urn != members[other].urn
            assert members[one].trust is None or members[one].trust != members[other].trust
        assert town.letters[f"intro:{show(group.id)}"].to == Circle(group.id, group.members), "both hear, or neither"
    everybody_is_told(town, monday, members, met)


def everybody_is_told(town: Town, monday: date, members: dict[Id, Member], met: list[Id]) -> None:
    """Who could be introduced and was due is in a group, or is told that there was nobody."""
    told = {
        one.to.member
        for key, one in town.letters.items()
        if key.startswith(f"left-out:{monday}") and isinstance(one.to, Person)
    }
    assert not told & set(met)
    assert all(may_be_introduced(members[member], monday, town.weeks.day_of(monday)) for member in told)
    if met:
        fresh = {one for one in members if not any(one in group.members for group in town.groups if group.day < monday)}
        due = {one for one in fresh if may_be_introduced(members[one], monday, town.weeks.day_of(monday))}
        assert due <= told | set(met)


def each_in_one_group_at_most(town: Town, monday: date) -> None:
    living = [member for pair in town.pairs(monday) for member in pair]
    assert len(living) == len(set(living))
    assert all(town.storage.world.members[member].stage is Stage.MEMBER for member in living)


def may_be_introduced(member: Member, monday: date, day: date) -> bool:
    in_term = TERMS.is_term_week(member.nation or Nation.ENGLAND, monday)
    return member.stage is Stage.MEMBER and not member.is_away(day) and in_term
