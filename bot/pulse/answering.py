"""Answering a poll: from the button to the box, without a trace.

Everything here is done in memory. The one refusal is said to whoever was not asked, came too late, or sent something
forged; the one thank-you to whoever answered, whatever they said and however often.
"""

from dataclasses import dataclass

from bot.chat.outbound import Reply
from bot.chat.view import Block
from bot.core.feature import Call
from bot.pulse import views
from bot.pulse.actions import GivePulse, OpenPulse
from bot.pulse.box import Box, Choices
from bot.pulse.model import Poll
from bot.pulse.questions import questions_of


@dataclass(frozen=True)
class Answering:
    """The room's traceless handlers; `help` stands under every poll."""

    box: Box
    help: tuple[Block, ...]

    def open(self, call: Call) -> Reply:
        """The button: the form, empty, whatever somebody said before."""
        poll = self._poll(call)
        return Reply(ask=views.form(poll)) if poll else self._not_now()

    def give(self, call: Call) -> Reply:
        """The form: the last answer of each counts. What was not offered is not taken."""
        poll = self._poll(call)
        choices = _choices(poll, call) if poll else None
        if poll is None or choices is None or call.account is None:
            return self._not_now()
        self.box.put(poll.id, call.account, choices)
        return Reply(view=views.thanks(self.help))

    def page(self, call: Call) -> Reply:
        """`pulse`: what there is to answer, and what is kept."""
        return Reply(view=views.page(self.box.open_to(call.account, call.at), self.help))

    def _poll(self, call: Call) -> Poll | None:
        if not isinstance(call.action, OpenPulse | GivePulse):
            return None
        return self.box.asks(call.account, call.at, call.action.poll)

    def _not_now(self) -> Reply:
        return Reply(view=views.not_now(self.help))


def _choices(poll: Poll, call: Call) -> Choices | None:
    """What was chosen, question by question; None where any of it was not offered."""
    said = tuple(call.value(name) for name in views.FIELDS)
    questions = questions_of(poll)
    if any(said[len(questions) :]):
        return None
    offered = [{"", *(option.value for option in question.options)} for question in questions]
    fits = all(one in values for one, values in zip(said, offered, strict=False))
    return said[: len(questions)] if fits else None
