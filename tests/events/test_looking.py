"""What members see without pressing anything: the Friday letter, the home page, and where they were."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.chat.ids import Id
from bot.chat.view import Buttons, View, words_of_view
from bot.core.counts import THRESHOLD
from bot.events.actions import MyEvents
from bot.events.model import Answer, Came
from bot.members.model import Audience, By
from tests.acting import Somebody
from tests.events.hall import COFFEE, DAY, NEXT_SATURDAY, SATURDAY, Hall, id_of

MONDAY = date(2026, 11, 16)
FRIDAY = datetime(2026, 11, 13, 16, 15, tzinfo=UTC)


def part(hall: Hall, who: Somebody) -> View:
    """What the Friday letter has of events for somebody."""
    assert hall.plate.friday is not None
    hall.at = FRIDAY
    return View(hall.plate.friday.look(hall.work(), MONDAY)(id_of(who)))


async def test_the_friday_letter_names_what_one_said_yes_to_and_what_one_could_say_yes_to() -> None:
    evening = replace(COFFEE, id=Id(701), title="Wednesday evening", starts_at=NEXT_SATURDAY - 3 * DAY)
    hall = Hall(COFFEE, evening)
    ann, ben, cat = (hall.member(name) for name in ("Ann", "Ben", "Cat"))
    await hall.say(ann)
    await hall.say(ben, Answer.NO)
    await hall.say(ben, Answer.NO, evening)
    said = words_of_view(part(hall, ann))
    assert "You said yes to:\nSaturday coffee" in said
    assert "You could come to:\nWednesday evening" in said
    assert "[Yes to Wednesday evening]" in said
    assert part(hall, ben).blocks == ()
    assert "[Yes to Wednesday evening] [Yes to Saturday coffee]" in words_of_view(part(hall, cat))


async def test_three_buttons_at_most_in_one_row_and_none_for_what_is_full_or_for_others() -> None:
    many = [replace(COFFEE, id=Id(710 + n), title=f"Evening {n}") for n in range(5)]
    full = replace(COFFEE, id=Id(719), title="Full", capacity=1, starts_at=NEXT_SATURDAY - 2 * DAY)
    others = replace(full, id=Id(720), title="Others", audience=Audience(By.PHASE, "special"))
    hall = Hall(full, others, *many)
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ben, event=full)
    rows = [block for block in part(hall, ann).blocks if isinstance(block, Buttons)]
    assert [[one.label for one in row.row] for row in rows] == [[f"Yes to Evening {n}" for n in range(3)]]


async def test_who_had_a_place_is_thanked_once_on_friday_and_who_missed_it_is_not() -> None:
    hall = Hall(replace(COFFEE, starts_at=SATURDAY - 2 * DAY))
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    await hall.say(ben)
    hall.diary.rsvps[COFFEE.id, id_of(ben)] = replace(hall.diary.rsvps[COFFEE.id, id_of(ben)], came=Came.MISSED)
    assert "Thank you for being part of Saturday coffee this week." in words_of_view(part(hall, ann))
    assert part(hall, ben).blocks == ()


async def test_the_home_page_shows_what_one_said_yes_to_also_in_a_pause() -> None:
    hall = Hall()
    ann = hall.member("Ann")
    await ann.open_home()
    assert "Saturday coffee" not in ann.says
    await hall.say(ann)
    hall.keep(ann, away=True)
    await ann.open_home()
    assert "Saturday coffee, Sat 21 Nov, 09:30 UTC. You have a place." in ann.says


async def test_where_one_was_is_ones_own_to_see() -> None:
    hall = Hall()
    ann, ben = hall.member("Ann"), hall.member("Ben")
    await hall.say(ann)
    hall.diary.rsvps[COFFEE.id, id_of(ann)] = replace(hall.diary.rsvps[COFFEE.id, id_of(ann)], came=Came.CAME)
    hall.at = NEXT_SATURDAY + 2 * DAY
    assert "you were there" in await hall.press(ann, MyEvents())
    assert "Where you had a place" not in await hall.press(ben, MyEvents())


async def test_no_member_is_shown_who_comes_or_how_many() -> None:
    hall = Hall()
    for one in hall.crowd(THRESHOLD + 1):
        await hall.say(one)
    ann = hall.member("Ann")
    await ann.use("events")
    await ann.press("More about Saturday coffee")
    assert "Guest" not in ann.says
    assert str(THRESHOLD + 1) not in ann.says.replace("60 minutes", "")
