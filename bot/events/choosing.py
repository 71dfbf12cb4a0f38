"""What members choose about reminders: when they come, and whether also during a pause."""

from dataclasses import dataclass, replace

from bot.chat.address import Person
from bot.chat.ids import show
from bot.chat.outbound import Reply
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.events import member_letters, member_views
from bot.events.actions import AskChoices, KeepChoices, Still
from bot.events.attending import let_in
from bot.events.member_views import NO, REMINDS, WHEN_AWAY
from bot.events.model import Before, Choices
from bot.events.reminders import Reminders
from bot.events.store import EVENTS
from bot.members.model import MemberAway, MemberReady

_NAMED = 3
"""So many events are named in the question."""


@dataclass(frozen=True)
class Choosing:
    """The handlers."""

    reminders: Reminders

    def ask(self, work: Work, call: Call, action: AskChoices) -> Reply:
        """The form, as it stands."""
        return Reply(ask=member_views.choices_form(work.use(EVENTS).choices(let_in(work, call).id)))

    def keep(self, work: Work, call: Call, action: KeepChoices) -> Reply:
        """The form, sent: it is true for what they said yes to already, too."""
        member = let_in(work, call).id
        reminds = frozenset(one for one in Before if one.value in call.values.get(REMINDS, ()))
        chosen = replace(work.use(EVENTS).choices(member), reminds=reminds, when_away=call.value(WHEN_AWAY) != NO)
        self._choose(work, chosen)
        return Reply(view=member_views.chosen(chosen))

    def still(self, work: Work, call: Call, action: Still) -> Reply:
        """The answer to what was asked at the beginning of a pause."""
        member = let_in(work, call).id
        self._choose(work, replace(work.use(EVENTS).choices(member), when_away=bool(action.yes)))
        return Reply(replace=member_letters.still(bool(action.yes)))

    def away(self, work: Work, fact: MemberAway) -> None:
        """What was promised still comes, unless they said no; who never said is asked, once."""
        chosen = work.use(EVENTS).choices(fact.member)
        held = self.reminders.of(work, fact.member)
        if chosen.when_away is False:
            self.reminders.all_again(work, chosen.member)
        elif chosen.when_away is None and fact.said:
            coming = [event for event, rsvp in held if any(self.reminders.expected(work, event, rsvp, work.at))]
            if coming:
                view, to = member_letters.ask_still(coming[:_NAMED]), Person(fact.member)
                work.post(Letter(f"event-still:{show(fact.member)}", to, view, Kind.ANSWER, work.at))
                # Kept, since the letter's key is forgotten one day: they would be asked anew.
                work.use(EVENTS).choose(replace(chosen, when_away=True))

    def ready(self, work: Work, fact: MemberReady) -> None:
        """Back from a pause in which no reminders came: they come again."""
        chosen = work.use(EVENTS).choices(fact.member)
        if chosen.when_away is False:
            self.reminders.all_again(work, chosen.member)

    def _choose(self, work: Work, chosen: Choices) -> None:
        if chosen != work.use(EVENTS).choices(chosen.member):
            work.use(EVENTS).choose(chosen)
            self.reminders.all_again(work, chosen.member)
