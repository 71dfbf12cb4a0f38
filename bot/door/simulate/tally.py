"""What is counted in a rehearsal, day by day, and put together at its end."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.outbox import State
from bot.core.terms import Terms
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.door.simulate.losses import long_ago, settled_unsaid
from bot.door.simulate.plan import Plan
from bot.door.simulate.result import Result, middle, nearly_all
from bot.door.simulate.takings import A_DAY
from bot.door.simulate.witness import Witness
from bot.sections import Network
from storage import evidence
from storage.house import House
from storage.unsaid import unsaid

Look = Callable[[Callable[[Work], Any]], Awaitable[Any]]

_COOLDOWN = timedelta(weeks=13)
_WEEK = timedelta(weeks=1)
_FORGOTTEN = timedelta(days=32)
"""After leaving: thirty days, the night that follows, and a day for a machine that was dead that night."""
_FRIDAY = 4
"""By then a week's introductions have come, or do not come any more."""


class Tally:
    """`forgotten` are members who asked to be, or left long ago, with their account: on the next day nothing of them
    may be left."""

    def __init__(self, witness: Witness, terms: Terms, network: Network) -> None:
        self._witness, self._terms, self._network = witness, terms, network
        self.forgotten: list[tuple[Id, Account]] = []
        self.rounds = self.groups = self.trios = 0
        self._left: dict[tuple[Id, Account], datetime] = {}
        self._unasked: list[int] = []
        self._figures: dict[str, Any] = {}

    async def day(self, look: Look, now: datetime) -> None:
        """At the end of each day."""
        today = local_day(now, self._network.zone)
        if self._witness.polls.waits:
            self._witness.object_to(self._witness.polls.closed(await look(evidence.told_of_polls)), now)
        await self._leavers(look, now)
        found = await look(partial(unsaid, before=long_ago(now)))
        self._witness.object_to(self._witness.losses.found(found, self._witness.said), now)
        await self._taken_back(look, now)
        forgotten, self.forgotten = self.forgotten, []
        known = await look(evidence.whose) if forgotten else {}
        for member, account in forgotten:
            gone = None if account.show() in known else account
            self._witness.object_to(await look(partial(_remains, member=member, account=gone)), now)
        if today.weekday() == _FRIDAY:
            await self._meetings(look, now, today - 2 * _WEEK)
        monday = today - timedelta(days=today.weekday()) - _WEEK
        if today.weekday() == 0 and self._terms.is_term_week(self._network.nation, monday):
            members = await look(evidence.members_in)
            self._unasked += [self._witness.promises.heard(member, monday) for member in members]

    async def _leavers(self, look: Look, now: datetime) -> None:
        """Who left the workspace and did not come back is forgotten in a night after thirty days, unasked."""
        here, gone = await look(evidence.leavers)
        self._left = {one: at for one, at in self._left.items() if one[0] not in here} | gone
        due = [one for one, at in self._left.items() if at + _FORGOTTEN <= now]
        self.forgotten += due
        for one in due:
            del self._left[one]

    async def _taken_back(self, look: Look, now: datetime) -> None:
        """Whether letters were taken back that somebody should have read."""
        witness, whose = self._witness, await look(evidence.whose)
        lately = witness.wishes.bore_on_a_pause(now - A_DAY)
        quiet = {whose[account][0] for account in lately if account in whose}
        witness.object_to(await look(partial(witness.takings.found, said=witness.said, quiet=quiet)), now)

    async def _meetings(self, look: Look, now: datetime, since: date) -> None:
        """Whether all heard of an introduction of whom one did."""
        introduced = await look(partial(evidence.introduced, since=since))
        whose = await look(evidence.whose)
        unseen = self._witness.losses.unseen
        self._witness.object_to(self._witness.meetings.half_told(introduced, whose, unseen), now)

    async def opened(self, look: Look, house: House) -> None:
        """After each start: which letters are declared to be possible duplicates, said by a life that is over."""
        self._witness.declared |= {house.name(f"letter:{key}") for key in await look(evidence.doubled)}

    async def close(self, look: Look, house: House) -> None:
        """At the end."""
        await self.opened(look, house)
        now, witness = await look(lambda work: work.at), self._witness
        await self._meetings(look, now, date.min)
        groups = await look(evidence.Groups)
        states, counted = await look(evidence.letters_by_state), await look(evidence.counted)
        whose = await look(evidence.whose)
        lost = list(witness.lost_answers(whose, await look(evidence.answers_kept)))
        lost += witness.gatherings.lost(whose, await look(evidence.events_answered))
        witness.object_to([*lost, *settled_unsaid(witness.never())], now)
        witness.object_to(groups.needless(_COOLDOWN, await look(evidence.forbidden)), now)
        sizes = [len(people) for people in groups.people.values()]
        self._figures = {
            "rounds": counted["rounds"],
            "groups": len(sizes),
            "pairs": sizes.count(2),
            "trios": sizes.count(3),
            "repeats": len(groups.repeats(_COOLDOWN)),
            "left_out_twice_running": counted["left_out_twice_running"],
            "events": await look(evidence.events_held),
            "letters_dead": states.get(State.DEAD, 0),
            "answers_lost": len(lost),
        }

    def result(self, plan: Plan, crashes: int, wall: float) -> Result:
        """All of it."""
        witness = self._witness
        return Result(
            seed=plan.seed,
            members=plan.members,
            weeks=plan.weeks,
            **self._figures,
            letters_sent=len(witness.sent),
            letters_lost=len(witness.never()) + len(witness.losses.keys),
            letters_twice=len(witness.twice()),
            possible_duplicates=len(witness.declared),
            answers_acked=len(witness.answers),
            event_answers=len(witness.gatherings.answers),
            reminders=witness.happened["event-remind"],
            places_offered=witness.happened["event-offer"],
            polls=len(witness.polls.asked),
            poll_answers=witness.polls.answers,
            polls_lost=witness.polls.lost,
            polls_handed_over=witness.polls.handed_over,
            unasked_per_week_median=middle(self._unasked),
            unasked_per_week_p95=nearly_all(self._unasked),
            crashes=crashes,
            violations=tuple(witness.violations),
            event_log_sha256=witness.digest(),
            wall_s=round(wall, 2),
        )


def _remains(work: Work, member: Id, account: Account | None) -> Sequence[Any]:
    return list(evidence.remains(work, member, account))
