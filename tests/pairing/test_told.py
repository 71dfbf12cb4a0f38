"""What people read of each other when they meet: of both what they share and show, of each what they ticked."""

import asyncio
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.ids import Id
from bot.chat.view import words_of_text, words_of_view
from bot.members.kinds import Often, Phase, Role, Time, Topic
from bot.members.model import Member, Stage
from bot.members.speech import say, say_once
from bot.members.views import card
from tests.pairing.town import Town

NAMES = ("Ann Ash", "Ben Bray", "Cat Cole")
SAYS = {
    "topics": st.frozensets(st.sampled_from([Topic.SEND, Topic.BUDGETS, Topic.EARLY_HEADSHIP])),
    "times": st.frozensets(st.sampled_from([Time.TUESDAY_AFTER, Time.SUNDAY_EVENING])),
    "phase": st.sampled_from([None, Phase.PRIMARY, Phase.SPECIAL]),
    "region": st.sampled_from([None, "London"]),
    "shows_region": st.booleans(),
}
TELLS_NOTHING = {
    "years": st.sampled_from([None, 0, 3, 30]),
    "role": st.sampled_from([None, *Role]),
    "often": st.sampled_from(Often),
    "shows_years": st.booleans(),
    "authority": st.sampled_from([None, "Kent"]),
    "asks": st.booleans(),
    "weekends": st.booleans(),
}
THINGS = [say(topic) for topic in Topic] + [say_once(time) for time in Time] + [say(phase) for phase in Phase]
THING = "(?:" + "|".join(map(re.escape, [*THINGS, "London"])) + ")"
SENTENCE = (
    rf"You both want to talk about {THING}( and {THING})?\."
    rf"|You both know {THING} schools\."
    r"|You’re both in the same part of the country: London\."
    rf"|{THING}( and {THING})? suits? you both\."
    r"|I can’t say yet what you have in common\.|I hope you’ll find out\."
)
ALLOWED = re.compile(f"(?:{SENTENCE})(?: (?:{SENTENCE}))*")


async def reads(one: dict[str, Any], other: dict[str, Any], *more: dict[str, Any]) -> str:
    """What people read when they meet who say this of themselves."""
    town = Town()
    people = [(await town.join(name, **said))[0] for name, said in zip(NAMES, (one, other, *more), strict=False)]
    await town.monday()
    return words_of_view(town.to(people[0])[0].view)


async def reason(one: dict[str, Any], other: dict[str, Any], *more: dict[str, Any]) -> str:
    """Of that, what stands between the names and who says hello."""
    text = await reads(one, other, *more)
    return text.splitlines()[0].partition(". ")[2]


TUESDAY = {"times": frozenset({Time.TUESDAY_AFTER})}
MANY = {"times": frozenset({Time.TUESDAY_AFTER, Time.SATURDAY_MORNING, Time.MONDAY_BEFORE, Time.SUNDAY_EVENING})}
NORTH = {"region": "North West", "shows_region": True}


async def test_a_time_that_suits_both_is_told_and_of_many_two() -> None:
    assert await reason(TUESDAY, TUESDAY) == "Tuesday after four suits you both."
    assert await reason(TUESDAY, MANY) == "Tuesday after four suits you both."
    assert await reason(MANY, MANY) == "Monday before school and Saturday morning suit you both."
    assert await reason(TUESDAY, MANY, TUESDAY) == "Tuesday after four suits you all."


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (None, None, True),
        (None, "Europe/London", True),
        ("Asia/Dubai", "Asia/Dubai", True),
        (None, "Asia/Dubai", False),
        ("Europe/Lisbon", "Asia/Dubai", False),
    ],
)
async def test_a_time_is_shared_on_the_same_wall_alone(one: str | None, other: str | None, shared: bool) -> None:
    told = await reason({**TUESDAY, "zone": one}, {**TUESDAY, "zone": other})
    assert ("Tuesday after four" in told) is shared


async def test_a_part_of_the_country_is_told_where_both_show_it() -> None:
    assert await reason(NORTH, NORTH) == "You’re both in the same part of the country: North West."
    assert await reason(NORTH, NORTH, NORTH) == "You’re all in the same part of the country: North West."
    hidden = {**NORTH, "shows_region": False}
    assert "North West" not in await reason(NORTH, hidden)
    assert "North West" not in await reads(hidden, hidden)


async def test_a_partner_sees_of_somebody_what_is_on_their_own_card() -> None:
    everything = {"role": Role.HEADTEACHER, "phase": Phase.SPECIAL, "school": "Elm Lane School", **NORTH, "years": 7}
    ticked = {**everything, "shows_school": True, "shows_years": True}
    assert "Headteacher, special, Elm Lane School, North West, 6 to 10 years as a head" in await reads(ticked, {})
    hidden = await reads({**everything, "shows_region": False}, {})
    assert not [one for one in ("Elm Lane", "North West", "years") if one in hidden]


@given(st.fixed_dictionaries(SAYS), st.fixed_dictionaries(SAYS), *[st.fixed_dictionaries(TELLS_NOTHING)] * 4)
@settings(max_examples=60, deadline=None)
def test_a_reason_says_nothing_but_what_is_allowed(one: Any, other: Any, a: Any, b: Any, c: Any, d: Any) -> None:
    told = asyncio.run(reason(one | a, other | b))
    assert ALLOWED.fullmatch(told)
    assert told == asyncio.run(reason(one | c, other | d)), "nothing else changes what is told"


async def test_the_card_one_sees_of_oneself_says_what_a_partner_reads() -> None:
    said: dict[str, Any] = {"role": Role.DEPUTY, "phase": Phase.MIDDLE, "school": "Elm Lane", "years": 2, **NORTH}
    for ticked in ({}, {"shows_school": True}, {"shows_years": True}, {"shows_school": True, "shows_years": True}):
        view = await reads({**said, **ticked}, {})
        own = card(Member(Id(1), NAMES[0], Stage.MEMBER, **{**said, **ticked}))
        name, *rows, _ = [words_of_text(row.text) for row in own.rows]
        assert f"{name}: {', '.join(rows)}".casefold() in view.casefold().splitlines()
