"""What is promised to everybody in every term, each as a list of where it was broken."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from bot.core.terms import Nation, Terms, read_terms
from tests.world.living import Lived, Told, Traits

NETWORK = "Europe/London"
TERMS: Terms = read_terms()
COUNTED = {"friday", "checkin", "checkin-again", "left-out"}
"""What VOICE counts as unasked, besides Monday's introduction: at most one a day and four a week. The word that a pause
ends counts where it stands in for the Friday letter; on the day itself it keeps what was said when the pause began."""
OUTSIDE = {"welcome", "again", "nudge", "in", "greeting", "ended", "data", "remove", "return"}
"""What it leaves out: replies, a welcome, a nudge, "you are in", "your partner can't continue"; and a replacement."""
AT_ONCE = {"welcome", "again", "ended", "data", "remove"}
"""What answers somebody, or cannot wait, in whatever hour."""
A_DAY, A_WEEK = 1, 4


def broken(lived: Lived) -> list[str]:
    """Every promise that was broken to anybody."""
    promises: tuple[Callable[[Lived], Iterator[str]], ...] = (
        quiet_hours, the_budget, left_alone, whole_groups, once_a_week, never_again, nothing_left, nothing_failed,
        no_messages, all_known,
    )  # fmt: skip
    return [f"{promise.__name__}: {fault}" for promise in promises for fault in promise(lived)]


def quiet_hours(lived: Lived) -> Iterator[str]:
    """Nobody is written to at night, in lessons, at weekends or in holidays, unless they chose so."""
    for user, told in _heard(lived):
        asked = lived.asked(user, told.at)
        is_exempt = told.sort in AT_ONCE or (told.sort == "intro" and not told.is_introduction)
        if asked and not is_exempt and is_quiet(told.at, asked.traits, told.sort in ("friday", "return")):
            yield f"{user} heard {told.sort} at {told.at} ({asked.traits})"


def is_quiet(at: datetime, traits: Traits, is_friday: bool) -> bool:
    """VOICE's quiet hours, worked out anew: 20:30 to 07:00, lessons on school days, weekends and holidays."""
    local = at.astimezone(ZoneInfo(traits.zone or NETWORK))
    minutes, day, nation = local.hour * 60 + local.minute, local.date(), traits.nation
    if not 7 * 60 <= minutes < 20 * 60 + 30:
        return True
    is_holiday = not TERMS.in_term(nation, day) or TERMS.is_bank_holiday(nation, day)
    spoken = is_friday and day.weekday() == 4 and TERMS.is_term_week(nation, day + timedelta(days=3))
    if not spoken and ((day.weekday() > 4 and not traits.weekends) or (is_holiday and not traits.holidays)):
        return True
    return day.weekday() < 5 and not is_holiday and 8 * 60 + 45 <= minutes < 15 * 60 + 45


def the_budget(lived: Lived) -> Iterator[str]:
    """One unasked letter a day, four a week, by each reader's own days."""
    days: Counter[tuple[str, date]] = Counter()
    weeks: Counter[tuple[str, date]] = Counter()
    for user, told in _heard(lived):
        asked = lived.asked(user, told.at)
        if asked and is_counted(lived, told):
            day = told.at.astimezone(ZoneInfo(asked.traits.zone or NETWORK)).date()
            days[user, day] += 1
            weeks[user, day - timedelta(days=day.weekday())] += 1
    yield from (f"{user} heard {count} on {day}" for (user, day), count in days.items() if count > A_DAY)
    yield from (f"{user} heard {count} in the week of {day}" for (user, day), count in weeks.items() if count > A_WEEK)


def is_counted(lived: Lived, told: Told) -> bool:
    is_late = lived.groups.get(told.group, (frozenset(), False))[1]
    is_friday = told.sort == "return" and told.at.astimezone(ZoneInfo(NETWORK)).weekday() == 4
    return told.sort in COUNTED or is_friday or (told.is_introduction and not is_late)


def left_alone(lived: Lived) -> Iterator[str]:
    """Nobody is introduced who is paused, skipping, gone, suspended, blocked, or out of term."""
    for told in _introductions(lived):
        week = _monday(told.at)
        for user in told.readers:
            asked = lived.asked(user, told.at)
            if asked is None or not asked.is_there(told.at):
                yield f"{user} was introduced at {told.at}, and had asked to be left alone ({asked})"
            elif not TERMS.is_term_week(asked.traits.nation, week):
                yield f"{user} was introduced at {told.at}, out of term"
            if (user, week) in lived.skipped:
                yield f"{user} was introduced at {told.at}, and had skipped that week"
        users = lived.groups.get(told.group, (told.readers, False))[0]
        if any(at <= told.at and two <= users for at, two in lived.blocked):
            yield f"{sorted(users)} were introduced at {told.at}, and one had said never"


def no_messages(lived: Lived) -> Iterator[str]:
    """Who agrees to no messages hears nothing they have not asked for."""
    for user, told in _heard(lived):
        asked = lived.asked(user, told.at)
        if asked and "messages" in asked.withdrawn and (told.sort in COUNTED or told.is_introduction):
            yield f"{user} heard {told.sort} at {told.at}, and wants no messages"


def whole_groups(lived: Lived) -> Iterator[str]:
    """Both sides hear of an introduction, or neither; and it is of two or three."""
    heard: dict[str, set[str]] = {}
    for told in lived.told:
        if told.sort == "intro":
            heard.setdefault(told.group, set()).update(told.readers)
    for group, readers in heard.items():
        users = lived.groups.get(group, (frozenset(readers), False))[0]
        half = readers != users and group not in lived.ended
        if half or not readers <= users or len(users) not in (2, 3):
            yield f"{sorted(readers)} heard of an introduction of {sorted(users)}"


def once_a_week(lived: Lived) -> Iterator[str]:
    """One introduction a week, and one replacement; never the same two twice within it."""
    heard = Counter((user, _monday(told.at)) for told in _introductions(lived) for user in told.readers)
    yield from (f"{user} was introduced {count} times in the week of {week}"
                for (user, week), count in heard.items() if count > 2)  # fmt: skip
    groups = {told.group: _monday(told.at) for told in _introductions(lived)}
    met = Counter((two, week) for group, week in groups.items()
                  for two in combinations(sorted(lived.groups.get(group, (frozenset(), False))[0]), 2))  # fmt: skip
    yield from (f"{two} met {count} times in the week of {week}" for (two, week), count in met.items() if count > 1)


def never_again(lived: Lived) -> Iterator[str]:
    """Nothing is said twice."""
    for key, count in Counter(told.key for told in lived.told).items():
        if count > 1:
            yield f"{key} came {count} times"


def nothing_left(lived: Lived) -> Iterator[str]:
    """What stands after an erasure is what may."""
    yield from lived.left_behind


def nothing_failed(lived: Lived) -> Iterator[str]:
    """Nobody was told that something could not be saved, and no hour struck in vain."""
    yield from lived.failures.said


def all_known(lived: Lived) -> Iterator[str]:
    """Of each sort of letter it is said above whether it counts."""
    for sort in {told.sort for told in lived.told} - COUNTED - OUTSIDE - {"intro"}:
        yield f"does {sort} count?"


def _heard(lived: Lived) -> Iterator[tuple[str, Told]]:
    """Who read what, since they were in."""
    for told in lived.told:
        for user in told.readers:
            yield user, told


def _introductions(lived: Lived) -> list[Told]:
    return [told for told in lived.told if told.is_introduction]


def _monday(at: datetime) -> date:
    """Of the network's week."""
    day = at.astimezone(ZoneInfo(NETWORK)).date()
    return day - timedelta(days=day.weekday())


def start_of(day: date) -> datetime:
    """When a term is entered: at four on that day."""
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


NATIONS = tuple(Nation)
