"""What is counted in a rehearsal, day by day, and put together at its end."""

from datetime import datetime, timedelta
from typing import Any

from bot.core.outbox import State
from bot.core.terms import Terms
from bot.core.walltime import local_day
from bot.door.simulate.losses import settled_unsaid
from bot.door.simulate.onlooker import Look
from bot.door.simulate.plan import Plan
from bot.door.simulate.result import Result, middle, nearly_all
from bot.door.simulate.witness import Witness
from bot.sections import Network
from storage import evidence
from storage.house import House
from storage.mondays import COOLDOWN

_WEEK = timedelta(weeks=1)


class Tally:
    """Counts what somebody else looks at: a rehearsal's figures."""

    def __init__(self, witness: Witness, terms: Terms, network: Network) -> None:
        self._witness, self._terms, self._network = witness, terms, network
        self._unasked: list[int] = []
        self._figures: dict[str, Any] = {}

    async def day(self, look: Look, now: datetime) -> None:
        """At the end of each day."""
        today = local_day(now, self._network.zone)
        monday = today - timedelta(days=today.weekday()) - _WEEK
        if today.weekday() == 0 and self._terms.is_term_week(self._network.nation, monday):
            members = await look(evidence.members_in)
            self._unasked += [self._witness.promises.heard(member, monday) for member in members]

    async def opened(self, look: Look, house: House) -> None:
        """After each start: which letters are declared to be possible duplicates, said by a life that is over."""
        self._witness.declared |= {house.name(f"letter:{key}") for key in await look(evidence.doubled)}

    async def close(self, look: Look, house: House, lost: int) -> None:
        """At the end; `lost`: answers."""
        await self.opened(look, house)
        now, witness = await look(lambda work: work.at), self._witness
        groups = await look(evidence.Groups)
        states, counted = await look(evidence.letters_by_state), await look(evidence.counted)
        witness.object_to(settled_unsaid(witness.never()), now)
        sizes = [len(people) for people in groups.people.values()]
        self._figures = {
            "rounds": counted["rounds"],
            "groups": len(sizes),
            "pairs": sizes.count(2),
            "trios": sizes.count(3),
            "repeats": len(groups.repeats(COOLDOWN)),
            "left_out_twice_running": counted["left_out_twice_running"],
            "events": await look(evidence.events_held),
            "letters_dead": states.get(State.DEAD, 0),
            "answers_lost": lost,
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
