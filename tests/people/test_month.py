"""The four weeks before anybody enters a demo, lived through the real rooms: when a wording changes so that people no
longer find their button, this fails."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from adapters.space.model import BOT
from bot.chat.inbound import Due, Pressed, Typed
from bot.core.walltime import zone_of
from bot.members.model import monday
from tests.people.lived import CAST, Month, lived_month, opened

LONDON = zone_of("Europe/London")


def introductions(month: Month) -> list[tuple[date, set[str]]]:
    return [
        (at.date(), set(where.split())) for at, where, author, text in month.said if author == BOT and ", meet " in text
    ]


def asked(month: Month) -> list[str]:
    """What stands where people were asked whether they talked."""
    beginnings = ("Did you and", "Last time you and", "You talked.", "Thank you for telling me.")
    return [text for _, _, author, text in month.said if author == BOT and text.startswith(beginnings)]


def test_everybody_finds_their_way_in(month: Month) -> None:
    told = Counter(where for _, where, author, text in month.said if author == BOT and "You are in" in text)
    assert month.puzzled == {}
    assert set(told) == {head.user for head in CAST.heads}
    assert set(told.values()) == {1}


def test_introductions_go_out_on_mondays_in_term_once_the_organiser_says_so(month: Month) -> None:
    days = Counter(day for day, _ in introductions(month))
    mondays = {date(2026, 10, 19), date(2026, 11, 2), date(2026, 11, 9)}
    assert {day for day in days if day.weekday() == 0} == mondays
    late = {day: count for day, count in days.items() if day not in mondays}
    assert all(monday(day) in mondays and day.weekday() <= 4 for day in late), "none in half-term"
    assert 0 < sum(late.values()) < 10, "within the week, a few who lost their partner or came late"
    assert Counter(len(people) for _, people in introductions(month)).most_common(1)[0][0] == 2


def test_nobody_meets_the_same_person_twice(month: Month) -> None:
    pairs = Counter(frozenset(people) for _, people in introductions(month) if len(people) == 2)
    assert max(pairs.values()) == 1


def test_most_checkins_are_answered_and_most_of_them_with_we_talked(month: Month) -> None:
    texts = asked(month)
    answered = [text for text in texts if "find time to talk?" not in text and "Have you talked since?" not in text]
    assert len(texts) > 80
    assert 0.6 < len(answered) / len(texts) < 0.97
    assert 0.5 < sum(text.startswith("You talked.") for text in answered) / len(answered) < 0.95


def test_people_write_to_those_they_meet_and_whoever_is_asked_begins(month: Month) -> None:
    said: dict[str, list[str]] = {}
    begins: dict[str, str] = {}
    names = {head.name: head.user for head in CAST.heads}
    for _, where, author, text in month.said:
        if author == BOT and ", meet " in text:
            begins[where] = names[text.split(", meet ")[0]]
        elif author and " " in where:
            said.setdefault(where, []).append(author)
    silent = [where for where in begins if where not in said]
    first = [said[where][0] == user for where, user in begins.items() if where in said]
    assert len(silent) < len(begins) / 10
    assert sum(first) > 0.9 * len(first)
    assert sum(len(set(authors)) > 1 for authors in said.values()) > 0.7 * len(said)


def test_one_or_two_are_away_and_one_is_gone(month: Month) -> None:
    pressed = Counter(
        one.what.action.split("~")[0] for one in month.heard if isinstance(one.what, Pressed) and one.account
    )
    assert pressed["members.ask-until"] + pressed["members.pause-week"] >= 3
    assert pressed["members.erase"] >= 1


def test_people_are_clumsy_too(month: Month) -> None:
    actions = Counter((one.account, one.what.action) for one in month.heard if isinstance(one.what, Pressed))
    assert [count for (_, action), count in actions.items() if count > 1 and action.startswith("checkin.answer")]
    assert [one for one in month.heard if isinstance(one.what, Typed)]


def test_nobody_made_up_does_anything_at_night(month: Month) -> None:
    hours = {one.at.astimezone(LONDON).hour for one in month.heard if not isinstance(one.what, Due)}
    assert hours <= set(range(7, 22))


def test_only_the_cast_acts(month: Month) -> None:
    users = {one.account.user for one in month.heard if one.account}
    assert users == {CAST.organiser.user, *(head.user for head in CAST.heads)}


async def test_the_same_seed_lives_the_same_life_and_another_seed_another(month: Month, tmp_path: Path) -> None:
    week = replace(CAST, until=CAST.opening + timedelta(days=6))
    once = await lived_month(tmp_path / "once", week)
    again = await lived_month(tmp_path / "again", week)
    other = await lived_month(tmp_path / "other", replace(week, seed="spring"))
    assert once.said == again.said
    assert once.said == [line for line in month.said if line[0] <= week.until]
    assert once.said != other.said


async def test_a_restart_in_the_middle_of_a_week_changes_nothing_that_is_said(month: Month, tmp_path: Path) -> None:
    short = replace(CAST, until=CAST.opening + timedelta(days=6, hours=4))
    await lived_month(tmp_path, short)
    longer = replace(CAST, until=short.until + timedelta(days=3))
    async with opened(tmp_path, longer) as demo:
        before = len(demo.heard)
        await demo.be_born()
        said = demo.transcript()
        twice = Counter((one.account, one.what.action) for one in demo.heard[before:] if isinstance(one.what, Pressed))
    # Whoever comes after the restart has another identifier than in the life before, and so have those they meet late.
    known = {where for at, where, _, _ in said if at <= short.until}
    whole = [line for line in month.said if line[0] <= longer.until and line[1] in known]
    said = [line for line in said if line[1] in known]
    assert len([line for line in who_spoke(said) if line[0] > short.until]) > 5
    assert who_spoke(said) == who_spoke(whole)
    assert max(twice.values()) <= 2


def who_spoke(lines: list[tuple[datetime, str, str, str]]) -> list[tuple[datetime, str, str]]:
    return [(at, where, author) for at, where, author, _ in lines if author != BOT]
