"""What organisers decide about introductions, and what they are shown; what members ask."""

from datetime import date, datetime, timedelta

from bot.chat.address import ORGANISERS
from bot.chat.command import Tree
from bot.core.feature import Run
from bot.core.outbox import Kind
from bot.pairing.model import IntroductionSettings
from tests.pairing.town import EIGHT, MONDAY, THURSDAY, WEEK, Town, actions, said

WEDNESDAY = EIGHT - timedelta(days=4, hours=16)
FIRST_WAITS = IntroductionSettings()
SEND = Run(Tree.ORGANISER, "intro send").pack()
HOLD = Run(Tree.ORGANISER, "intro hold").pack()


def lines(town: Town) -> list[str]:
    """What organisers read in their channel."""
    letters = [one for one in town.letters.values() if one.to == ORGANISERS]
    assert all(one.kind is Kind.ORGANISER for one in letters)
    return [said(one.view) for one in letters]


async def test_the_first_introductions_wait_for_an_organiser() -> None:
    town = Town(FIRST_WAITS)
    await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    assert not town.groups
    (line,) = lines(town)
    assert line.startswith("This week’s introductions wait for an organiser.")

    town.at = EIGHT + timedelta(hours=1)
    reply = await town.organise("intro send")
    assert said(reply.view).startswith("These introductions are on their way.")
    assert len(town.groups) == 1
    assert lines(town)[1] == "An organiser sent this week’s introductions."

    await town.monday(EIGHT + WEEK)
    assert town.pairs(MONDAY + WEEK), "the second ones go by themselves"


async def test_sent_before_their_day_they_go_out_on_it() -> None:
    town = Town(FIRST_WAITS)
    await town.join("Ann Ash", "Ben Bray")
    town.at = WEDNESDAY
    reply = await town.organise("intro send")
    assert said(reply.view) == "Good. The next introductions go out on Monday 16 November from 08:00."
    assert not town.groups
    await town.monday()
    assert town.pairs()


async def test_sending_twice_sends_once() -> None:
    town = Town(FIRST_WAITS)
    await town.join("Ann Ash", "Ben Bray")
    town.at = EIGHT + timedelta(hours=1)
    replies = [await town.organise("intro send", key) for key in ("one", "one", "two")]
    assert len({said(reply.view) for reply in replies}) == 1
    assert len(town.groups) == 1
    assert len(lines(town)) == 1


async def test_what_is_held_stays_until_it_is_let_go() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    town.at = WEDNESDAY
    held = await town.organise("intro hold")
    await town.organise("intro hold")
    assert "are held back until an organiser lets them go" in said(held.view)
    assert SEND in actions(held.view)
    assert HOLD not in actions(held.view)
    await town.monday()
    assert not town.groups
    assert lines(town)[0] == "An organiser held back the introductions planned for Monday 16 November from 08:00."
    assert len(lines(town)) == 2

    town.at = EIGHT + timedelta(days=1)
    await town.organise("intro send")
    assert town.pairs()


async def test_held_and_forgotten_the_next_week_goes_by_itself() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    town.at = WEDNESDAY
    await town.organise("intro hold")
    await town.monday()
    await town.monday(EIGHT + WEEK)
    assert [group.day for group in town.groups] == [MONDAY + WEEK]


async def test_the_preview_shows_what_is_sent_and_changes_nothing() -> None:
    town = Town()
    names = ["Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale", "Eve East", "Fay Ford"]
    ids = dict(zip(await town.join(*names), names, strict=True))
    (away,) = await town.join("Gus Gray", away=True)
    town.at = WEDNESDAY
    first = said((await town.organise("intro preview")).view)
    second = said((await town.organise("intro preview")).view)
    assert first == second
    assert "Gus" not in first
    assert not town.letters
    assert not town.storage.world.introduced.rounds

    await town.monday()
    for group in town.groups:
        assert " and ".join(sorted(ids[member] for member in group.members)) in first
    assert not town.to(away)


async def test_the_preview_of_many_fits_and_counts_the_rest() -> None:
    town = Town()
    await town.join(*(f"{'N' * 55}{place:05}" for place in range(150)))
    town.at = WEDNESDAY
    text = said((await town.organise("intro preview")).view)
    assert "More introductions, not shown: 50" in text


async def test_who_is_no_organiser_is_refused() -> None:
    town = Town()
    ann, _ben = await town.join("Ann Ash", "Ben Bray")
    for action in (SEND, HOLD, Run(Tree.ORGANISER, "intro preview").pack(), Run(Tree.ORGANISER, "intro status").pack()):
        assert said((await town.press(ann, action)).view) == "That isn’t something I can do for you here."
    assert not town.groups
    assert not town.letters


async def test_status_says_what_comes_and_counts_by_the_one_rule() -> None:
    town = Town()
    assert "go out on Monday 23 November" not in said((await town.organise("intro status")).view)
    await town.join(*(f"Person {place}" for place in range(24)))
    await town.monday()
    town.at = THURSDAY
    text = said((await town.organise("intro status")).view)
    assert "The next introductions go out on Monday 23 November from 08:00, by themselves." in text
    assert "Fewer than five of 12 introductions led to a talk" in text


async def test_partner_says_who_and_where_and_the_same_beginning_as_the_letter() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    text = said((await town.ask(ann, "partner")).view)
    assert text.startswith("This week I’ve introduced you to Ben Bray.")
    (letter,) = town.to(ben)
    assert text.partition("A place to begin: ")[2].splitlines()[0] in said(letter.view)


async def test_partner_is_kind_where_there_is_none() -> None:
    town = Town()
    ann, ben = await town.join("Ann Ash", "Ben Bray")
    town.at = WEDNESDAY
    assert "You’re not meeting anybody this week." in said((await town.ask(ann, "partner")).view)
    await town.change(ben, away=True, back_on=date(2026, 12, 1))
    assert "I’m being quiet for now" in said((await town.ask(ben, "partner")).view)


async def test_in_the_last_week_of_term_the_next_ones_are_those_after_the_holidays() -> None:
    town = Town()
    await town.join("Ann Ash", "Ben Bray")
    town.at = datetime.fromisoformat("2026-12-17T12:00+00:00")
    text = said((await town.organise("intro status")).view)
    assert "Monday 4 January" in text
    assert town.weeks.coming(town.at, None) == date(2027, 1, 4)
