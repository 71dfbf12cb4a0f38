"""An account that was connected only now is no master of the house: for a day, the older ones are."""

from datetime import timedelta

from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.work import Work
from bot.members.store import MEMBERS
from bot.members.views import words

NEW_FOR = timedelta(hours=24)
"""As long as whoever was talked into connecting somebody else has to find out (THREATS, 6)."""


def no_new_account(work: Work, call: Call) -> None:
    """For what opens, or ends, everything: raises Refusal to an account that came to an older one of its owner's less
    than a day ago."""
    known = [] if call.member is None else work.use(MEMBERS).identities(call.member)
    since = next((one.since for one in known if one.account == call.who), None)
    if since is None or work.at >= since + NEW_FOR:
        return
    if any(one.since is not None and one.since < since for one in known):
        raise Refusal(words.text("too-new"))
