"""Agreeing to be asked, and taking that back: a consent of its own."""

from bot.chat.outbound import Reply
from bot.core.feature import Call
from bot.core.work import Work
from bot.members.model import Consent
from bot.members.store import MEMBERS
from bot.pulse import views
from bot.pulse.actions import AgreePulse


def agree(work: Work, call: Call, action: AgreePulse) -> Reply:
    """From the next question on; whoever takes it back is not counted in what is open."""
    yes = action.yes == 1
    work.use(MEMBERS).agree(call.me, Consent.PULSE, yes, work.at)
    return Reply(view=views.agreed(yes))
