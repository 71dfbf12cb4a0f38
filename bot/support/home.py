"""At the end of every home page: help, and quietly whether a request waits for somebody, or is theirs."""

from dataclasses import dataclass

from bot.core.feature import Call, Page
from bot.core.helplines import HelpLines
from bot.core.work import Work
from bot.support import views
from bot.support.store import LISTENING


@dataclass(frozen=True)
class AtHome:
    """The handler."""

    lines: HelpLines

    def home(self, work: Work, call: Call) -> Page:
        """The help line for everybody; the rest for those whom it is about."""
        if call.member is None:
            return views.home(self.lines, False)
        store = work.use(LISTENING)
        return views.home(
            self.lines,
            True,
            has_asked=store.open_of(call.member) is not None,
            is_asked=bool(store.open_with(call.member)),
        )
