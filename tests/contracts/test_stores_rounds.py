"""What is kept of rounds, groups and check-ins, on every engine."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from bot.chat.ids import Id
from bot.checkins.model import Answer, Asked, Outcome
from bot.checkins.store import CHECKINS
from bot.core.work import Work
from bot.pairing.model import Group, Round, RoundState
from bot.pairing.store import PAIRINGS
from tests.storage.stands import AT, MINUTE, Pen

MONDAY = date(2026, 11, 9)
WEEK = timedelta(days=7)


async def introduce(pen: Pen, number: int, day: date, *groups: tuple[Id, ...]) -> list[Group]:
    """A round that was sent, with those groups; the last of each says hello first."""
    round = Round(Id(number), day, RoundState.SENT, AT)
    made = [Group(Id(number * 100 + n), round.id, day, who, who[-1]) for n, who in enumerate(groups)]

    def run(work: Work) -> None:
        work.use(PAIRINGS).keep_round(round)
        work.use(PAIRINGS).add_groups(made)

    await pen.write(run)
    return made


async def test_rounds_are_known_by_their_monday(pen: Pen) -> None:
    planned = Round(Id(1), MONDAY, RoundState.PLANNED)
    await pen.write(lambda work: work.use(PAIRINGS).keep_round(planned))
    assert await pen.write(lambda work: work.use(PAIRINGS).round_on(MONDAY)) == planned
    assert await pen.read(lambda work: work.use(PAIRINGS).round_on(MONDAY)) == planned, "beside the writer"
    assert await pen.write(lambda work: work.use(PAIRINGS).round_on(MONDAY + WEEK)) is None
    assert await pen.read(lambda work: work.use(PAIRINGS).latest_sent()) is None
    await pen.write(lambda work: work.use(PAIRINGS).keep_round(replace(planned, state=RoundState.SENT, sent_at=AT)))
    await pen.write(lambda work: work.use(PAIRINGS).keep_round(Round(Id(2), MONDAY + WEEK, RoundState.HELD)))
    sent = await pen.read(lambda work: work.use(PAIRINGS).latest_sent())
    assert sent == Round(Id(1), MONDAY, RoundState.SENT, AT)


async def test_groups_come_back_whole_and_end_once(pen: Pen) -> None:
    a, b, c, d, e = await pen.crowd(5)
    pair, trio = await introduce(pen, 1, MONDAY, (a, b), (c, d, e))
    assert await pen.read(lambda work: work.use(PAIRINGS).groups_of(Id(1))) == [pair, trio]
    assert await pen.read(lambda work: work.use(PAIRINGS).living(d, MONDAY)) == trio
    assert await pen.read(lambda work: work.use(PAIRINGS).living(d, MONDAY + WEEK)) is None
    for at in (AT, AT + MINUTE):
        await pen.write(partial(lambda at, work: work.use(PAIRINGS).end(trio.id, at), at))
    assert await pen.read(lambda work: work.use(PAIRINGS).group(trio.id)) == replace(trio, ended_at=AT)
    assert await pen.read(lambda work: work.use(PAIRINGS).living(d, MONDAY)) is None


async def test_who_met_whom_counts_a_three_thrice(pen: Pen) -> None:
    a, b, c = await pen.crowd(3)
    await introduce(pen, 1, MONDAY, (a, b, c))
    await introduce(pen, 2, MONDAY + WEEK, (b, a))
    met = await pen.read(lambda work: work.use(PAIRINGS).met_since(MONDAY))
    assert met == {frozenset({a, b}): MONDAY + WEEK, frozenset({a, c}): MONDAY, frozenset({b, c}): MONDAY}
    assert await pen.read(lambda work: work.use(PAIRINGS).met_since(MONDAY + WEEK)) == {
        frozenset({a, b}): MONDAY + WEEK
    }
    introduced = await pen.read(lambda work: work.use(PAIRINGS).last_introduced())
    assert introduced == {a: MONDAY + WEEK, b: MONDAY + WEEK, c: MONDAY}


async def test_who_is_left_out_again_is_counted_on(pen: Pen) -> None:
    a, b = await pen.crowd(2)
    for number, left in enumerate([(a, b), (a,), (a, b)], 1):
        await introduce(pen, number, MONDAY + number * WEEK)
        await pen.write(partial(lambda n, left, work: work.use(PAIRINGS).leave_out(Id(n), left), number, left))
    counts = [await pen.read(partial(lambda n, work: work.use(PAIRINGS).left_out(Id(n)), n)) for n in (1, 2, 3)]
    assert counts == [{a: 1, b: 1}, {a: 2}, {a: 3, b: 1}]


async def test_who_is_looked_for_within_the_week(pen: Pen) -> None:
    a, b, c, d = await pen.crowd(4)
    pair, _ = await introduce(pen, 1, MONDAY, (a, b), (c, d))
    await introduce(pen, 2, MONDAY + WEEK, (a, c))

    def lose(work: Work) -> None:
        work.use(PAIRINGS).end(pair.id, AT)
        work.use(PAIRINGS).leave_out(Id(1), [a, b])

    await pen.write(lose)
    ended = replace(pair, ended_at=AT)
    assert await pen.read(lambda work: work.use(PAIRINGS).groups_of_left_out(Id(1))) == [ended]
    assert await pen.read(lambda work: work.use(PAIRINGS).groups_of_left_out(Id(2))) == []
    assert await pen.read(lambda work: work.use(PAIRINGS).groups_with(b, MONDAY)) == [ended]
    assert await pen.read(lambda work: work.use(PAIRINGS).groups_with(b, MONDAY + WEEK)) == []
    late = Group(Id(300), Id(1), MONDAY, (b, d), d, made_at=AT + MINUTE, late=True)

    def find(work: Work) -> None:
        work.use(PAIRINGS).add_groups([late])
        work.use(PAIRINGS).found(Id(1), [b, d])
        assert work.use(PAIRINGS).left_out(Id(1)) == {a: 1}, "within the transaction too"

    await pen.write(find)
    assert await pen.read(lambda work: work.use(PAIRINGS).left_out(Id(1))) == {a: 1}
    assert await pen.read(lambda work: work.use(PAIRINGS).group(late.id)) == late
    assert await pen.read(lambda work: work.use(PAIRINGS).groups_with(b, MONDAY)) == [ended, late]


async def test_the_groups_of_who_is_left_out_come_whole(pen: Pen) -> None:
    """Also those of whom the others are not left out."""
    a, b, c = await pen.crowd(3)
    (trio,) = await introduce(pen, 1, MONDAY, (a, b, c))
    await pen.write(lambda work: work.use(PAIRINGS).leave_out(Id(1), [a]))
    assert await pen.read(lambda work: work.use(PAIRINGS).groups_of_left_out(Id(1))) == [trio]


async def test_who_of_a_few_met_and_in_which_weeks(pen: Pen) -> None:
    a, b, c, d = await pen.crowd(4)
    await introduce(pen, 1, MONDAY, (a, b, c))
    await introduce(pen, 2, MONDAY + WEEK, (a, b), (c, d))
    await introduce(pen, 3, MONDAY + 2 * WEEK, (c, a))

    def met(*members: Id, since: date) -> Any:
        return pen.read(lambda work: work.use(PAIRINGS).met_among(members, since))

    assert await met(a, b, d, since=MONDAY) == {frozenset({a, b})}
    assert await met(a, b, c, since=MONDAY) == {frozenset({a, b}), frozenset({a, c}), frozenset({b, c})}
    assert await met(b, a, c, since=MONDAY + WEEK) == {frozenset({a, b}), frozenset({a, c})}
    assert await met(since=MONDAY) == frozenset()
    weeks = await pen.read(lambda work: work.use(PAIRINGS).introduced_weeks([a, d, Id(9)]))
    assert weeks == {a: [MONDAY + 2 * WEEK, MONDAY + WEEK, MONDAY], d: [MONDAY + WEEK], Id(9): []}


async def test_an_introduction_that_ended_counts_only_for_whom_nobody_else_was_looked_for(pen: Pen) -> None:
    a, b, c = await pen.crowd(3)
    (trio,) = await introduce(pen, 1, MONDAY, (a, b, c))
    await introduce(pen, 2, MONDAY + WEEK, (a, b))

    def weeks() -> Any:
        return pen.read(lambda work: work.use(PAIRINGS).introduced_weeks([a, b, c]))

    both = [MONDAY + WEEK, MONDAY]
    await pen.write(lambda work: work.use(PAIRINGS).leave_out(Id(2), [b, c]))
    assert await weeks() == {a: both, b: both, c: [MONDAY]}, (
        "this week’s still stands, and another week is not this one"
    )
    await pen.write(lambda work: work.use(PAIRINGS).end(trio.id, AT))
    assert await weeks() == {a: both, b: both, c: [MONDAY]}
    await pen.write(lambda work: work.use(PAIRINGS).leave_out(Id(1), [a]))
    assert await weeks() == {a: both[:1], b: both, c: [MONDAY]}


async def test_a_block_holds_in_both_directions(pen: Pen) -> None:
    a, b, c = await pen.crowd(3)
    for by, whom in ((a, b), (b, a), (a, b), (c, a)):
        await pen.write(partial(lambda by, whom, work: work.use(PAIRINGS).forbid(by, whom, AT), by, whom))
    forbidden = await pen.read(lambda work: work.use(PAIRINGS).forbidden())
    assert forbidden == {frozenset({a, b}), frozenset({a, c})}


async def test_answers_and_changes_of_mind(pen: Pen) -> None:
    a, b = await pen.crowd(2)
    (pair,) = await introduce(pen, 1, MONDAY, (a, b))
    for member, outcome, minute in ((a, Outcome.NOT_YET, 0), (b, Outcome.HAND, 1), (a, Outcome.TALKED, 2)):
        said = Answer(pair.id, member, outcome, AT + minute * MINUTE)
        await pen.write(partial(lambda said, work: work.use(CHECKINS).keep(said), said))
    answers = await pen.read(lambda work: work.use(CHECKINS).answers(pair.id))
    assert [(one.member, one.outcome) for one in answers] == [(b, Outcome.HAND), (a, Outcome.TALKED)]
    assert await pen.read(lambda work: work.use(CHECKINS).answer(pair.id, b)) == answers[0]
    assert await pen.read(lambda work: work.use(CHECKINS).answer(pair.id, Id(9))) is None
    many = await pen.read(lambda work: work.use(CHECKINS).answers_of([pair.id, Id(7)]))
    assert many == {pair.id: answers}


async def test_a_group_is_asked_once_a_day(pen: Pen) -> None:
    a, b = await pen.crowd(2)
    (pair,) = await introduce(pen, 1, MONDAY, (a, b))
    thursday = MONDAY + timedelta(days=3)
    asked = [Asked(pair.id, thursday, 1), Asked(pair.id, thursday, 2), Asked(pair.id, thursday + WEEK, 2)]
    await pen.write(lambda work: work.use(CHECKINS).ask(asked))
    assert await pen.read(lambda work: work.use(CHECKINS).asked(pair.id)) == [asked[2], asked[0]]
    assert await pen.read(lambda work: work.use(CHECKINS).asked_on(thursday)) == [asked[0]]
