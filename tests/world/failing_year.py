"""Steps of the year in which everything fails once, and says in its error all that it was told."""

from dataclasses import replace
from typing import Any

from adapters.memory.platform import Fine
from bot.chat.inbound import Due, What
from bot.chat.outbound import Parcel, Refused, Unclear
from bot.core.feature import Slow, Timed
from bot.core.work import Fact, Work
from storage.columns import metadata
from tests.world.canaries import word
from tests.world.cast import WEEK, SchoolYear, Step
from tests.world.sabotage import breaks_a_constraint, forbidden_row, put_twice, raises, sabotaged

FIELDS = {"name": (word("omar", "typed"),), "code": (word("omar", "typed"),), "q": (word("omar", "typed"),)}


async def handlers_failed(year: SchoolYear) -> None:
    """Everything that anybody can do, while it raises."""
    await _everything(year, raises)


async def constraints_broke(year: SchoolYear) -> None:
    """Everything that anybody can do, while the database refuses it; each table refuses something once."""
    await _everything(year, breaks_a_constraint)
    for table in metadata.sorted_tables:
        row = forbidden_row(table, word("omar", "typed"))

        def do(work: Work, call: Any, *more: Any, table: Any = table, row: Any = row) -> Any:
            return put_twice(work, table, row)

        with sabotaged(year.world, do, word("omar", "typed"), FIELDS) as asked:
            await _ask(year, asked[:1])


async def one_constraint_broke(year: SchoolYear) -> None:
    """One command, refused by the database."""
    with sabotaged(year.world, breaks_a_constraint, word("omar", "typed"), FIELDS) as asked:
        await _ask(year, asked[:1])


async def one_handler_failed(year: SchoolYear) -> None:
    """One command, while it raises."""
    with sabotaged(year.world, raises, word("omar", "typed"), FIELDS) as asked:
        await _ask(year, asked[:1])


async def facts_failed(year: SchoolYear) -> None:
    """A room that fails while it hears what happened in another."""
    heard: Any = year.world.parts.bot.directory._hears
    before = {fact: list(do) for fact, do in heard.items()}
    for fact in heard:
        heard[fact] = [_raises_facts]
    for words, press in (("pause", "Until I say"), ("leave", "Forget me")):
        await year.heads["omar"].use(words)
        await year.heads["omar"].press(press)
        assert "Sorry" in year.heads["omar"].says
    heard.update(before)


async def hours_failed(year: SchoolYear) -> None:
    """Every hour that strikes in a week fails the first time."""
    timed: Any = year.world.parts.bot.directory._timed
    before = dict(timed)
    for name, one in before.items():
        timed[name] = replace(one, do=_fails_once(one, name))
    await year.world.go_to(year.world.at + WEEK)
    timed.update(before)


async def letters_failed(year: SchoolYear) -> None:
    """A week in which the platform fails with each letter, quoting it."""
    world = year.world
    world.platform._faults = Quoting()
    await world.go_to(world.at + WEEK)
    world.platform._faults = Fine()
    await world.go_to(world.at + WEEK)


class Quoting:
    """A platform that raises, refuses, or loses what it took."""

    def __init__(self) -> None:
        self.seen = 0

    def before(self, parcel: Parcel) -> Refused | Unclear | None:
        self.seen += 1
        if self.seen % 2:
            raise RuntimeError(str(parcel))
        return None

    def after(self, parcel: Parcel) -> Unclear | None:
        return Unclear("a time-out") if self.seen % 4 else None


def _raises_facts(work: Work, fact: Fact) -> None:
    raise ValueError(f"{fact} {word('omar', 'typed')}")


def _fails_once(timed: Timed, name: str) -> Any:
    failed: list[str] = []

    def fail() -> None:
        if not failed:
            failed.append(name)
            raise ValueError(word("omar", "typed"))

    if isinstance(slow := timed.do, Slow):

        def look(work: Work, call: Any) -> Any:
            fail()
            return slow.look(work, call)

        return replace(slow, look=look)

    def do(work: Work, due: Due) -> None:
        fail()
        timed.do(work, due)  # type: ignore[operator]  # not Slow, as we have just seen

    return do


async def _everything(year: SchoolYear, do: Any) -> None:
    with sabotaged(year.world, do, word("omar", "typed"), FIELDS) as asked:
        await _ask(year, asked)


async def _ask(year: SchoolYear, asked: list[What]) -> None:
    for what in asked:
        for who in ("anna", "omar"):
            reply = await year.world.receive(what, year.heads[who].account, word("omar", "shown"))
            assert reply.view or reply.errors, "each is answered"


FAILING: tuple[Step, ...] = (handlers_failed, constraints_broke, facts_failed, hours_failed, letters_failed)
