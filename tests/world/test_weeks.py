"""Six generated weeks of a small network: whatever people do, the promises hold for each of them."""

import asyncio
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.space.model import Kind
from bot.chat.command import Tree
from bot.core.flood import Flood
from bot.pairing.model import MOST_A_WEEK
from tests.acting import buttons
from tests.conftest import DRILL
from tests.world.world import DAY, NAMES, Head, World, members, opened, organiser, stranger, words

LONDON = ZoneInfo("Europe/London")
FIRST_MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
WEEKS = 6
"""The last of them is the week of Christmas, which is no term."""
PEOPLE = 6
DEEDS = ("pause", "pause week", "back", "stop", "forget", "suspend", "restore", "answer", "not yet", "partner", "come")

deeds = st.lists(
    st.tuples(st.integers(0, WEEKS * 7 * 24 - 1), st.integers(0, PEOPLE - 1), st.sampled_from(DEEDS)), max_size=25
)


@dataclass
class Lived:
    """What is remembered of the weeks beside the bot: who was there when."""

    world: World
    heads: list[Head]
    anna: Head
    gone: dict[str, list[tuple[datetime, bool]]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[str, int] = field(default_factory=Counter)

    def is_there(self, user: str, at: datetime) -> bool:
        """As the person would say: neither paused nor stopped, suspended or forgotten."""
        return not next((out for when, out in reversed(self.gone[user]) if when <= at), False)

    async def do(self, head: Head, deed: str) -> None:
        at, user = self.world.at, head.account.user
        member = await self.world.look(head.account)
        match deed:
            case "pause" | "pause week" if member and member.stage == "member":
                await head.use("pause")
                await head.press("Until I say" if deed == "pause" else "This week")
                self.gone[user].append((at, True))
                if deed == "pause week":
                    monday = (at - timedelta(days=at.weekday()) + 7 * DAY).replace(hour=7, minute=0, second=0)
                    self.gone[user].append((monday, False))
            case "back" if member and member.stage in ("member", "stopped"):
                await head.use("back")
                self.gone[user] = [*[one for one in self.gone[user] if one[0] <= at], (at, False)]
            case "stop" | "forget" if member:
                await head.use("leave")
                await head.press("Stop, and keep my profile" if deed == "stop" else "Forget me")
                suspended = member.stage == "suspended"
                self.gone[user] = [*[one for one in self.gone[user] if one[0] <= at], (at, True)]
                assert suspended or not (after := await self.world.look(head.account)) or after.stage == "stopped"
            case "suspend" | "restore" if member:
                await self.organise(head, deed, at)
            case "answer" | "not yet":
                await self.answer(head, "We talked" if deed == "answer" else "Not yet")
            case "partner":
                await head.use("partner")
            case _:
                pass

    async def organise(self, head: Head, deed: str, at: datetime) -> None:
        user = head.account.user
        await self.anna.use(f"members suspend {head.name}", Tree.ORGANISER)
        if "No member" in self.anna.says or not any("choose" in str(block) for block in self.anna.view.blocks):  # type: ignore[union-attr]
            return
        await self.anna.choose(head.name)
        label = f"{'Suspend' if deed == 'suspend' else 'Let'} {head.name}"
        press = next((one.label for one in buttons(self.anna.view) if one.label.startswith(label[:9])), "")
        if press.startswith("Suspend"):
            await self.anna.press(press)
            self.gone[user] = [*[one for one in self.gone[user] if one[0] <= at], (at, True)]

    async def answer(self, head: Head, label: str) -> None:
        head.read("time to talk")
        if any(one.label == label for one in buttons(head.view)):
            await head.press(label)
            if (
                "too late" not in head.says
                and head.errors == {}
                and not head.says.startswith(("That button", "You haven"))
            ):
                self.answers[head.account.user] += 1


async def live(plan: list[tuple[int, int, str]], folder: Path) -> Lived:
    async with opened(folder) as world:
        anna = await organiser(world)
        heads = await members(world, *NAMES[:PEOPLE])
        world.parts.bot._flood = Flood(presses=10**9)
        lived = Lived(world, heads, anna)
        for hour, who, deed in sorted(plan):
            await world.go_to(max(world.at, FIRST_MONDAY + timedelta(hours=hour, minutes=29)))
            await lived.do(heads[who], deed)
        await world.go_to(FIRST_MONDAY + WEEKS * 7 * DAY)
        check(lived)
        return lived


def check(lived: Lived) -> None:
    circles_are_whole_and_once(lived)
    nobody_is_introduced_while_away(lived)
    hours_and_budget_hold(lived)


def introductions(lived: Lived) -> list[tuple[datetime, tuple[str, ...]]]:
    """Who met whom and when, as the space shows it; two of three who go on are no new introduction."""
    space = lived.world.space
    places = {
        one.id: one for who in space.everybody() for one in space.conversations(who.user) if one.kind is Kind.CIRCLE
    }
    said = [(message, places[id].people) for id in places for message in space.history(id)]
    return [(one.at, people) for one, people in said if one.mark and "meet" in words(one)]


def circles_are_whole_and_once(lived: Lived) -> None:
    """Two or three in each; nobody twice in one week's round, and one replacement within the week at most."""
    seen: Counter[tuple[str, int]] = Counter()
    twos: Counter[tuple[frozenset[str], int]] = Counter()
    for at, people in introductions(lived):
        assert len(people) in (2, 3)
        week = (at - FIRST_MONDAY).days // 7
        seen.update((user, week) for user in people)
        twos.update((frozenset(two), week) for two in combinations(people, 2))
    assert max(seen.values(), default=0) <= MOST_A_WEEK
    assert max(twos.values(), default=0) <= 1


def nobody_is_introduced_while_away(lived: Lived) -> None:
    for at, people in introductions(lived):
        assert (at - FIRST_MONDAY).days // 7 < 5, "in the holidays nobody is introduced"
        for user in people:
            assert lived.is_there(user, at), f"{user} was introduced at {at}, and had asked to be left alone"


def hours_and_budget_hold(lived: Lived) -> None:
    """No unasked letter in lessons, in the evening or at night or at a weekend; one a day, four a week."""
    for head in lived.heads:
        said = [one for one in lived.world.said(head.account) if one.mark and one.at > FIRST_MONDAY]
        met = [one.at.astimezone(LONDON) for one in said if "meet" in words(one)]
        asked = [one.at.astimezone(LONDON) for one in said if "time to talk" in words(one)]
        for at in met + asked:
            minutes = at.hour * 60 + at.minute
            assert at.weekday() < 5, at
            assert 7 * 60 <= minutes < 8 * 60 + 45 or 15 * 60 + 45 <= minutes < 20 * 60 + 30, at
        # Outside the budget is whoever is met within the week; Monday's own introduction is not.
        mondays = {at.date(): at for at in reversed(met) if at.weekday() == 0}
        unasked = [*mondays.values(), *asked]
        assert max(Counter(at.date() for at in unasked).values(), default=0) <= 1
        assert max(Counter(at.isocalendar()[:2] for at in unasked).values(), default=0) <= 4


@settings(max_examples=40 if DRILL else 4, suppress_health_check=list(HealthCheck), deadline=None)
@given(deeds)
def test_six_weeks(plan: list[tuple[int, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lived = asyncio.run(live(plan, Path(folder)))
        assert lived.world.heard


async def test_six_quiet_weeks_introduce_and_keep_answers(tmp_path: Path) -> None:
    """Without deeds: five rounds of three pairs; and every answer that was given is kept."""
    async with opened(tmp_path) as world:
        await organiser(world)
        heads = await members(world, *NAMES[:PEOPLE])
        lived = Lived(world, heads, heads[0])
        for week in range(5):
            await world.go_to(FIRST_MONDAY + 7 * week * DAY + 3 * DAY + timedelta(hours=19))
            for head in heads:
                await lived.answer(head, "We talked")
        check(lived)
        assert len(introductions(lived)) == 15
        assert world.rows("SELECT count(*) FROM answers") == [(30,)]


async def test_somebody_introduced_while_away_would_be_noticed(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        heads = await members(world, *NAMES[:2])
        new = await stranger(world, "New Person")
        await world.go_to(FIRST_MONDAY + DAY)
        lived = Lived(world, [*heads, new], new)
        assert introductions(lived)
        lived.gone[heads[0].account.user].append((FIRST_MONDAY - DAY, True))
        with pytest.raises(AssertionError, match="had asked to be left alone"):
            nobody_is_introduced_while_away(lived)
