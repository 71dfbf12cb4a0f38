"""An introduction of which nobody knows whether it arrived: each of them hears alone whom they meet."""

from dataclasses import dataclass

from bot.core.astray import WentAstray
from bot.core.outbox import Kind
from bot.core.work import Work
from bot.pairing import views
from bot.pairing.flow import people
from bot.pairing.model import Weeks
from bot.pairing.store import PAIRINGS


@dataclass(frozen=True)
class Astray:
    """The handler, and what it needs by value."""

    weeks: Weeks

    def heard(self, work: Work, fact: WentAstray) -> None:
        """Write to each, unless they are no longer to meet. Where all were to hear at once, each does: by an hour that
        suits the one it may be too late for the other."""
        group = work.use(PAIRINGS).group(fact.circle.id)
        if group is None or group.ended_at is not None or fact.key != views.introduction_key(group.id):
            return
        until, kind = self.weeks.ends(group.day), Kind.URGENT if fact.kind is Kind.URGENT else Kind.NOTICE
        for member in group.members:
            if others := people(work, group.others(member)):
                work.post(views.went_astray(group.id, member, others, kind, work.at, until))
