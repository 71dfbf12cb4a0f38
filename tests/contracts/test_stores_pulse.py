"""What is kept of the pulse, on every engine: polls and whom an open one asks; no answer, nowhere."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.chat.ids import Id
from bot.core.work import Work
from bot.members.kinds import Nation, Phase
from bot.members.model import Consent, Member, Stage
from bot.members.store import MEMBERS, PRIVACY
from bot.pulse.model import Cut, Eligible, Item, Poll, Series, State
from bot.pulse.store import PULSE
from storage.columns import metadata
from tests.storage.stands import AT, Pen, account, add_member

DAY = date(2026, 11, 12)
DRAFT = Poll(Id(2**62), Series.ORGANISERS, (Item("week"), Item("leaving", "How “useful” was it?")))
OPEN = Poll(Id(5), Series.ROTA, (Item("week"),), State.OPEN, DAY, AT + timedelta(days=2), again=1)
CLOSED = Poll(Id(6), Series.ROTA, (Item("week"),), State.CLOSED, DAY, AT, 0, "{}", DAY, "We did.", DAY, Cut.REGION)


def keep(work: Work) -> None:
    for poll in (DRAFT, OPEN, CLOSED):
        work.use(PULSE).keep(poll)


async def test_a_poll_comes_back_whole_and_is_found_by_how_far_it_is(pen: Pen) -> None:
    await pen.write(keep)
    for poll in (DRAFT, OPEN, CLOSED):
        assert await pen.read(lambda work, poll=poll: work.use(PULSE).get(poll.id)) == poll  # type: ignore[misc]
        assert await pen.read(lambda work, poll=poll: work.use(PULSE).at(poll.state)) == [poll]  # type: ignore[misc]
    assert await pen.read(lambda work: work.use(PULSE).told_in(DAY)) == [CLOSED]
    await pen.write(lambda work: work.use(PULSE).drop(DRAFT.id))
    assert await pen.read(lambda work: work.use(PULSE).get(DRAFT.id)) is None


def people(work: Work) -> None:
    """Ann agreed, Ben did not, Cas is away, Dot stopped."""
    for number, stage, away in (
        (1, Stage.MEMBER, False),
        (2, Stage.MEMBER, False),
        (3, Stage.MEMBER, True),
        (4, Stage.STOPPED, False),
    ):
        work.use(MEMBERS).keep(Member(Id(number), f"Head {number}", stage, nation=Nation.WALES, away=away))
        work.use(MEMBERS).agree(Id(number), Consent.MESSAGES, True, AT)
        work.use(MEMBERS).agree(Id(number), Consent.PULSE, number != 2, AT)


async def test_who_may_be_asked_and_who_still_is(pen: Pen) -> None:
    await pen.write(keep)
    await pen.write(people)
    assert await pen.read(lambda work: work.use(PULSE).eligible(DAY)) == [Eligible(Id(1), Nation.WALES)]
    await pen.write(lambda work: work.use(PULSE).ask(OPEN.id, [Id(3), Id(1), Id(4)]))
    assert await pen.read(lambda work: work.use(PULSE).asked(OPEN.id)) == [Id(1), Id(3), Id(4)]
    assert await pen.read(lambda work: work.use(PULSE).still_asked(OPEN.id)) == [Id(1), Id(3)]
    await pen.write(lambda work: work.use(PULSE).forget_asked(OPEN.id))
    assert await pen.read(lambda work: work.use(PULSE).asked(OPEN.id)) == []


async def test_in_which_part_of_a_cut_those_are_whom_it_still_asks(pen: Pen) -> None:
    def sort(work: Work) -> None:
        for number, phase, region in ((1, Phase.PRIMARY, None), (3, None, "London"), (4, Phase.SPECIAL, "London")):
            member = work.use(MEMBERS).get(Id(number))
            assert member is not None
            work.use(MEMBERS).keep(replace(member, phase=phase, region=region))

    await pen.write(keep)
    await pen.write(people)
    await pen.write(sort)
    await pen.write(lambda work: work.use(PULSE).ask(OPEN.id, [Id(3), Id(1), Id(4)]))
    parts = {cut: await pen.read(lambda work, cut=cut: work.use(PULSE).parts(OPEN.id, cut)) for cut in Cut}  # type: ignore[misc]
    assert parts == {Cut.PHASE: {1: "primary", 3: ""}, Cut.REGION: {1: "", 3: "London"}}, "Dot stopped"


async def test_whose_accounts_an_open_poll_takes_and_what_is_left_of_who_is_forgotten(pen: Pen) -> None:
    await pen.write(keep)
    ann = await pen.write(partial(add_member, name="ann"))
    await pen.write(lambda work: work.use(PULSE).ask(OPEN.id, [ann.id]))
    assert await pen.read(lambda work: work.use(PULSE).accounts(OPEN.id)) == {account("ann"): ann.id}
    export = await pen.read(lambda work: work.use(PRIVACY).export(ann.id))
    assert [row["poll"] for row in export["pulse_asked"]]
    await pen.write(lambda work: work.use(PRIVACY).erase(ann.id, AT))
    assert await pen.read(lambda work: work.use(PULSE).asked(OPEN.id)) == []


def test_no_table_has_a_place_for_an_answer() -> None:
    """What the room keeps, column by column: another one has to be looked at here."""
    kept = {
        name: {column.name for column in table.columns} for name, table in metadata.tables.items() if "pulse" in name
    }
    assert kept == {
        "pulse_polls": {
            "id", "series", "items", "state", "day", "closes_at", "again", "told", "told_in", "reply", "reply_in",
            "cut",
        },
        "pulse_asked": {"poll", "member"},
    }  # fmt: skip
