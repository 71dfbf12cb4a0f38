"""One question at a time, or never: asked for by whoever likes, or at the end of Friday's news."""

from dataclasses import dataclass, replace
from datetime import date

from bot.chat.form import SEARCHED
from bot.chat.ids import Id
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.chat.view import Block
from bot.core.feature import Call, Part
from bot.core.work import Work
from bot.members import question_views, views
from bot.members.actions import Ask, AskOne, ChooseZone, KeepAnswer, Question, SameZone, SearchZone, StopAsking
from bot.members.flow import kept, mine
from bot.members.model import Member, one_of
from bot.members.questions import answered, on_friday, suits
from bot.members.store import MEMBERS
from bot.members.zones import find_zones, is_zone, suggested


@dataclass(frozen=True)
class Asking:
    """The handlers; `zone` is the network's, in which whoever says nothing lives."""

    zone: str

    def ask(self, work: Work, call: Call, action: Ask) -> Reply:
        """The question that was chosen; what was not offered changes nothing."""
        question = one_of(Question, (call.value(),))
        member = mine(work, call)
        zone = suggested(member.zone, call.zone, self.zone, work.at)
        if question is Question.ZONE and zone:
            return Reply(view=question_views.zone_offered(zone))
        return _asked(question, member) if question else Reply(view=views.profile(member))

    def ask_one(self, work: Work, call: Call, action: AskOne) -> Reply:
        """That question."""
        return _asked(action.question, mine(work, call))

    def keep(self, work: Work, call: Call, action: KeepAnswer) -> Reply:
        """Its form, sent."""
        member, question = mine(work, call), action.question
        if not suits(question, member):
            return Reply(view=views.profile(member))
        changed = answered(member, question, call.values)
        return kept(work, changed) if changed else Reply(errors=views.errors({question: "error-choice"}))

    def search_zone(self, work: Work, call: Call, action: SearchZone) -> Reply:
        """The zones of a city."""
        return Reply(view=question_views.zones_found(find_zones(call.value(SEARCHED), OPTIONS)))

    def choose_zone(self, work: Work, call: Call, action: ChooseZone) -> Reply:
        """One of them; the network's own need not be kept, and one that is none changes nothing."""
        member, zone = mine(work, call), call.value()
        return kept(work, replace(member, zone=zone if zone != self.zone else None) if is_zone(zone) else member)

    def same_zone(self, work: Work, call: Call, action: SameZone) -> Reply:
        """By the network's clock."""
        return kept(work, replace(mine(work, call), zone=None))

    def stop(self, work: Work, call: Call, action: StopAsking) -> Reply:
        """Not asked again, until they say so in their settings."""
        work.use(MEMBERS).keep(replace(mine(work, call), asks=False))
        return Reply(view=question_views.no_more())


def look_friday(work: Work, monday: date) -> Part:
    """A question for each who may be asked one."""
    members = work.use(MEMBERS).introducible(monday)
    asked = {member.id: question for member in members if (question := on_friday(member, monday))}

    def part(member: Id) -> tuple[Block, ...]:
        return question_views.small(asked[member]) if member in asked else ()

    return part


def _asked(question: Question, member: Member) -> Reply:
    if not suits(question, member):
        return Reply(view=views.profile(member))
    match question:
        case Question.ZONE:
            return Reply(ask=question_views.zone_search())
        case Question.LANGUAGE:
            return Reply(view=question_views.language())
        case _:
            return Reply(ask=question_views.form(question, member))
