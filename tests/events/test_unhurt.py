"""What could hurt a member, tried through the door: said twice, not said at all, or said as it no longer is."""

from dataclasses import replace
from datetime import UTC, datetime, time

from bot.chat.ids import Id
from bot.events.actions import JoinSeries
from bot.events.attending import Attending
from bot.events.model import Before, Place, Series
from tests.events.hall import COFFEE, DAY, HOUR, NEXT_SATURDAY, POLICY, Hall, reminds
from tests.events.test_reminding import choose

RULE = Series(Id(90), "FREQ=WEEKLY;BYDAY=SA", NEXT_SATURDAY.date(), time(9, 30), "Europe/London")


async def test_who_joined_a_series_is_reminded_of_what_is_made_later_and_not_told_that_a_place_came_free() -> None:
    first = replace(COFFEE, series=RULE.id, slot=COFFEE.starts_at)
    hall = Hall(first)
    hall.diary.series[RULE.id] = RULE
    ann = hall.member("Ann")
    await choose(hall, ann, Before.DAY, Before.HOUR)
    await hall.say(ann)
    await hall.press(ann, JoinSeries(RULE.id))
    later = replace(first, id=Id(701), starts_at=NEXT_SATURDAY + 7 * DAY, slot=NEXT_SATURDAY + 7 * DAY)
    hall.plan(later)
    await hall.do(lambda work: Attending(POLICY).join_all(work, later))
    hall.promised()
    assert hall.place(ann, later) is Place.HELD
    assert hall.letters("event-offer:") == []
    friday = datetime(2026, 11, 27, 8, 44, tzinfo=UTC)
    assert reminds(hall, ann)[2:] == [friday, later.starts_at - HOUR]
