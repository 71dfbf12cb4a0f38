"""The door plate of support: help now, and the answer to whatever is typed."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.command import Tree
from bot.chat.outbound import Reply
from bot.core.feature import Feature, Finding, Home, Right, Sample, Traceless, Visitor
from bot.core.helplines import CHECKED_FOR, HelpLine, HelpLines, HelpNow
from bot.support import views

_HOME_PLACE = 90


def feature(lines: HelpLines) -> Feature:
    """Support, with the help lines of the config. The replies are made once: asking costs, and leaves, nothing."""
    help_now, typed = Reply(view=views.help_now(lines)), Reply(view=views.typed(lines))
    return Feature(
        name="support",
        package="bot.support",
        traceless=(
            Traceless(do=lambda call: help_now, tree=Tree.HELP_NOW),
            Traceless(do=lambda call: help_now, tree=Tree.MEMBER, word="help now"),
            Traceless(do=lambda call: help_now, tree=Tree.MEMBER, word="helpnow"),
            Traceless(do=lambda call: help_now, action=HelpNow),
        ),
        home=_home(lines),
        typed=lambda call: typed,
        samples=lambda: (Sample("Help now", views.help_now(lines)), Sample("Typed text", views.typed(lines))),
        checks=(lambda at: stale(lines, at),),
    )


def _home(lines: HelpLines) -> Home:
    """The same for everybody, and never missing."""
    stranger, member = views.home(lines, False), views.home(lines, True)
    pages = {one: stranger if one in (Visitor.NEW, Visitor.GUEST) else member for one in Visitor}
    return Home(
        _HOME_PLACE,
        look=lambda work, call: member if call.member else stranger,
        samples=lambda: pages,
        needs=Right.ANYONE,
        fallback=stranger,
    )


def stale(lines: HelpLines, at: datetime) -> Sequence[Finding]:
    """A warning for every number that nobody has checked for half a year."""
    return [_warning(key, line) for key, line in lines.items() if line.is_stale(at.date())]


def _warning(key: str, line: HelpLine) -> Finding:
    return Finding(
        level="warning",
        where=f"help.{key}.verified_on",
        says=f"{line.name} was last checked on {line.verified_on}, more than {CHECKED_FOR.days} days ago",
        mend=f"look the number up, then set verified_on under [help.{key}] in config.toml",
    )
