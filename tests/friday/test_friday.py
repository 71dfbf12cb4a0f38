"""The Friday letter: who gets one, what stands in it and in which order, and when it is not worth sending."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.chat.address import ORGANISERS, Account, Person
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.chat.text import plain
from bot.chat.view import Block, Buttons, Paragraph, button, words_of_view
from bot.core.feature import Friday, Part, Run
from bot.core.hours import Hours
from bot.core.outbox import Kind, Letter
from bot.core.post import Policy
from bot.core.terms import Nation, read_terms
from bot.core.work import Work
from bot.friday.feature import feature
from bot.friday.model import FridaySettings
from bot.members import feature as members
from bot.members.model import Consent, Identity, Member, Stage
from tests.acting import Network, Somebody

FRIDAY = datetime(2026, 11, 13, 16, 15, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
POLICY = Policy(Hours("Europe/London", Nation.ENGLAND), read_terms())


def part(place: int, said: str, only: str = "", alone: bool = True, rows: int = 0) -> Friday:
    """Says one sentence, to one member or to all, with so many rows of buttons under it."""

    def look(work: Work, monday: date) -> Part:
        assert monday == MONDAY
        return lambda member: blocks if not only or member == ids[only] else ()

    row = Buttons((button("Press", Run(Tree.MEMBER, "menu")),))
    blocks: tuple[Block, ...] = (Paragraph(plain(said)), *(row for _ in range(rows)))
    return Friday(place, look, alone)


ids = {"Ann": Id(101), "Ben": Id(102)}


def network(*parts: Friday, **said: object) -> Network:
    """Ann and Ben, who agreed to everything; `said` is true of Ben."""
    made = Network(feature(FridaySettings(), POLICY, parts), members.feature("Europe/London"))
    world = made.storage.world
    for name, id in ids.items():
        account = Account("test", "here", name.casefold())
        world.members[id] = replace(Member(id, name, Stage.MEMBER), **(said if name == "Ben" else {}))  # type: ignore[arg-type]
        world.identities[account] = Identity(account, id)
        for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
            world.agreed[id, consent] = True
    return made


def words(letter: Letter) -> str:
    return words_of_view(letter.view)


async def heard(made: Network, at: datetime = FRIDAY) -> dict[str, Letter]:
    """Who gets a letter when the hour strikes, that Friday or late."""
    made.at = at
    await made.receive(Due("friday", FRIDAY.date(), FRIDAY), None)
    names = {Person(id): name for name, id in ids.items()}
    return {names[one.to]: one for one in made.letters("friday:") if isinstance(one.to, Person)}


async def test_the_parts_stand_in_the_order_of_their_places() -> None:
    letters = await heard(network(part(9, "Last."), part(1, "First."), part(5, "Between.", only="Ann")))
    assert words(letters["Ann"]) == "The week to come\nFirst.\nBetween.\nLast."
    assert words(letters["Ben"]) == "The week to come\nFirst.\nLast."


async def test_a_letter_is_the_members_own_and_worth_reading_until_monday() -> None:
    (letter, _) = (await heard(network(part(1, "News.")))).values()
    assert (letter.kind, letter.due_at.date()) == (Kind.FRIDAY, FRIDAY.date())
    assert letter.key.startswith(f"friday:{MONDAY}:")
    assert letter.until == datetime(2026, 11, 16, tzinfo=UTC)


async def test_who_has_nothing_to_hear_gets_no_letter() -> None:
    assert set(await heard(network(part(1, "For Ann.", only="Ann")))) == {"Ann"}
    assert await heard(network()) == {}


async def test_a_small_question_is_worth_no_letter_of_its_own() -> None:
    small = part(1, "May I ask?", alone=False)
    assert await heard(network(small)) == {}
    letters = await heard(network(small, part(2, "News.", only="Ben")))
    assert {name: words(one) for name, one in letters.items()} == {"Ben": "The week to come\nMay I ask?\nNews."}


async def test_what_no_longer_fits_is_left_out_and_what_still_fits_is_not() -> None:
    letters = await heard(network(part(1, "Three.", rows=3), part(2, "Too many.", rows=3), part(3, "Two.", rows=2)))
    assert [block.text[0].text for block in letters["Ann"].view.blocks if isinstance(block, Paragraph)] == [  # type: ignore[union-attr]
        "Three.",
        "Two.",
    ]


async def test_who_is_away_or_did_not_agree_to_messages_gets_none() -> None:
    everybody = part(1, "News.")
    assert set(await heard(network(everybody, away=True))) == {"Ann"}
    assert set(await heard(network(everybody, away=True, back_on=MONDAY))) == {"Ann"}
    assert set(await heard(network(everybody, stage=Stage.SUSPENDED))) == {"Ann"}
    made = network(everybody)
    made.storage.world.agreed[ids["Ben"], Consent.MESSAGES] = False
    assert set(await heard(made)) == {"Ann"}


async def test_who_pauses_before_their_letter_has_left_does_not_hear_it() -> None:
    made = network(part(1, "News."))
    await heard(made)
    ben = Somebody(made, Account("test", "here", "ben"), "Ben")
    await ben.use("pause")
    await ben.press("Until I say")
    assert [one.to for one in made.letters("friday:")] == [Person(ids["Ann"])]


async def test_an_hour_that_strikes_twice_writes_once() -> None:
    made = network(part(1, "News."))
    await heard(made)
    before = made.kept()
    await heard(made)
    assert made.kept() == before


async def test_on_saturday_only_those_hear_who_hear_from_us_at_weekends_and_organisers_are_told() -> None:
    made = network(part(1, "News."), weekends=True)
    assert set(await heard(made, FRIDAY + timedelta(hours=18))) == {"Ben"}
    (told,) = made.letters("friday-late")
    assert told.to == ORGANISERS
    assert "only reached those who hear from me at weekends" in words(told)


async def test_late_on_the_same_friday_is_early_enough_for_all() -> None:
    made = network(part(1, "News."))
    assert set(await heard(made, FRIDAY + timedelta(hours=2))) == {"Ann", "Ben"}
    assert made.letters("friday-late") == []


async def test_in_the_middle_of_the_holidays_nobody_could_hear_it_in_time_and_nobody_is_told() -> None:
    """Summer in England; Ben lives where schools are open the week after."""
    friday = datetime(2026, 8, 14, 15, 15, tzinfo=UTC)
    part_of_august = Friday(1, lambda work, monday: lambda member: (Paragraph(plain("News.")),))
    made = network(part_of_august, nation=Nation.SCOTLAND)
    made.at = friday
    await made.receive(Due("friday", friday.date(), friday), None)
    assert [one.to for one in made.letters()] == [Person(ids["Ben"])]


async def test_settings_move_the_hour() -> None:
    (timed,) = feature(FridaySettings(3, time(17)), POLICY, ()).rules
    assert timed.rule.schedule.key == "weekly 3 17:00:00"
