"""People who were introduced and share no place: how they can reach each other all the same."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.core.astray import Apart
from bot.core.work import Work
from bot.members.model import Member
from bot.members.store import MEMBERS
from bot.pairing import apart_views
from bot.pairing.flow import people
from bot.pairing.store import PAIRINGS
from bot.pairing.views import introduction_key


def heard(work: Work, fact: Apart) -> None:
    """An introduction goes to each of them alone: it says so, and how to reach those who are elsewhere."""
    group = work.use(PAIRINGS).group(fact.circle.id)
    if group is None or group.ended_at is not None or fact.key != introduction_key(group.id):
        return
    for letter in fact.each:
        me = work.use(MEMBERS).get(letter.to.member) if isinstance(letter.to, Person) else None
        if me is not None and (far := far_from(work, me.id, people(work, group.others(me.id)))):
            work.post(replace(letter, view=apart_views.introduction(letter.view, me, far, group.id)))


def far_from(work: Work, me: Id, others: Sequence[Member]) -> list[Member]:
    """Those of them with whom one shares no workspace, whichever accounts either has."""
    here = places(work, me)
    return [one for one in others if here and (there := places(work, one.id)) and here.isdisjoint(there)]


def places(work: Work, member: Id) -> frozenset[tuple[str, str]]:
    """The workspaces somebody is in."""
    accounts = [one.account for one in work.use(MEMBERS).identities(member) if one.left_at is None]
    return frozenset((account.platform, account.workspace) for account in accounts)
