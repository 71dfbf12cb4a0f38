"""What members agree to and choose, each with one press, and what follows from it."""

from dataclasses import dataclass, replace

from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.feature import Call
from bot.core.work import Work
from bot.members import actions, views
from bot.members.actions import Choice
from bot.members.flow import mine
from bot.members.kinds import Often
from bot.members.model import Consent, Member, MemberReady, MemberWithdrew, NewsUnwanted, Stage, one_of
from bot.members.store import MEMBERS
from bot.members.zones import is_zone, suggested


@dataclass(frozen=True)
class Settling:
    """The handlers; `zone` is the network's, in which whoever says nothing lives."""

    zone: str

    def settings(self, work: Work, call: Call) -> Reply:
        """The command: what is agreed and chosen."""
        return Reply(view=self._shown(work, call, mine(work, call)))

    def set_consent(self, work: Work, call: Call, action: actions.SetConsent) -> Reply:
        """Give or withdraw a consent. Without messages nothing that waits is sent either."""
        member, members = mine(work, call), work.use(MEMBERS)
        if action.consent in views.OFFERED:
            had = members.consents(member.id)
            members.agree(member.id, action.consent, action.yes == 1, work.at)
            _consequences(work, member, had, members.consents(member.id))
        return Reply(replace=self._shown(work, call, member))

    def set_choice(self, work: Work, call: Call, action: actions.SetChoice) -> Reply:
        """What is shown of the member or not, whether to ask, weekends and holidays."""
        member, yes = mine(work, call), action.yes == 1
        match action.choice:
            case Choice.SCHOOL:
                member = replace(member, shows_school=yes and member.school is not None)
            case Choice.REGION:
                member = replace(member, shows_region=yes and member.region is not None)
            case Choice.YEARS:
                member = replace(member, shows_years=yes and member.years is not None)
            case Choice.ASKS:
                member = replace(member, asks=yes)
            case Choice.WEEKENDS:
                member = replace(member, weekends=yes)
            case Choice.HOLIDAYS:
                member = replace(member, holidays=yes)
        work.use(MEMBERS).keep(member)
        return Reply(replace=self._shown(work, call, member))

    def set_often(self, work: Work, call: Call, action: actions.SetOften) -> Reply:
        """How often to be introduced; what was not offered changes nothing."""
        member = mine(work, call)
        member = replace(member, often=one_of(Often, (call.value(),)) or member.often)
        work.use(MEMBERS).keep(member)
        return Reply(replace=self._shown(work, call, member))

    def take_zone(self, work: Work, call: Call, action: actions.TakeZone) -> Reply:
        """The one that was offered; one that is none changes nothing."""
        member = mine(work, call)
        member = replace(member, zone=action.zone) if is_zone(action.zone) else member
        work.use(MEMBERS).keep(member)
        return Reply(replace=self._shown(work, call, member))

    def _shown(self, work: Work, call: Call, member: Member) -> View:
        zone = suggested(member.zone, call.zone, self.zone, work.at)
        return views.settings(member, work.use(MEMBERS).consents(member.id), zone)


def _consequences(work: Work, member: Member, had: frozenset[Consent], has: frozenset[Consent]) -> None:
    """Who withdraws what introductions need is introduced to nobody, and without messages hears nothing more that they
    did not ask for; who agrees to all of it can be introduced."""
    if had.issuperset(views.SETTLED) and not has.issuperset(views.SETTLED):
        work.tell(MemberWithdrew(member.id))
    if Consent.MESSAGES in had - has:
        work.cancel_to(member.id, unasked=True)
    if Consent.NEWS in had - has:
        work.tell(NewsUnwanted(member.id))
    if member.stage is Stage.MEMBER and has.issuperset(views.SETTLED) and not had.issuperset(views.SETTLED):
        work.tell(MemberReady(member.id))
