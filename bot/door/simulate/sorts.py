"""What a letter is, by what its key and the tables say of it: how urgent it calls itself is not believed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.core.outbox import Kind

_KINDS: Mapping[Kind, str] = {
    Kind.ANSWER: "welcome again data connect accounts calendar event-still progress event-post event-meeting",
    Kind.URGENT: "event-cancelled listen-ask listen-together listen-over listen-news worry worry-lost relay-report",
    Kind.PROMISED: "event-changed event-group",
    Kind.NOTICE: (
        "nudge in greeting ended left-out return event-came event-host listen-rota relay-asks relay-yes "
        "relay-closed relay-lost"
    ),
    Kind.WEEKLY: "checkin checkin-again",
    Kind.PULSE: "pulse pulse-again",
    Kind.FRIDAY: "friday",
    Kind.ORGANISER: (
        "waits told intro-told intro-waits intro-nobody friday-late monday announced skipped event-no-host told-rota "
        "told-off-rota"
    ),
    Kind.RELAYED: "relay",
    Kind.REMOVAL: "remove data-gone gone",
}
_IS = {first: kind for kind, words in _KINDS.items() for first in words.split()}
_OR: Mapping[str, Kind] = {
    "ended": Kind.URGENT,
    "return": Kind.FRIDAY,
    "event-changed": Kind.URGENT,
    "event-post": Kind.ORGANISER,
    "event-meeting": Kind.REMOVAL,
}
"""What else it may be: somebody's partner cannot go on at all, a pause ends with the week, an event is changed on the
day before, a post is drawn anew by nobody's hand, a meeting does not take place."""
LATE, SMALLER = "late", "smaller"
"""How a group was made that is no round's: of those who looked for somebody, or of two who were three."""
_MEETS = {"": Kind.WEEKLY, LATE: Kind.NOTICE, SMALLER: Kind.URGENT}
_SLOW = timedelta(minutes=1)
_AT_ONCE = timedelta(hours=1, minutes=1)
"""From so long before an event on, no hour is too late to be reminded."""


def is_called(key: str, kind: Kind, made: str, at: datetime) -> Kind | None:
    """What a letter is: what it calls itself, where it may. None for one that nobody has heard of."""
    first, *more = key.split(":")
    match first:
        case "intro":
            return _MEETS[made]
        case "astray":
            return Kind.URGENT if made == SMALLER else Kind.NOTICE
        case "event-remind":
            return Kind.URGENT if at >= _starts(more[3]) - _AT_ONCE else Kind.PROMISED
        case "event-offer":
            return Kind.URGENT if more[-1] == "yours" else Kind.NOTICE
        case "announce":
            return _announced(more, kind)
        case _:
            return kind if kind is _OR.get(first) else _IS.get(first)


def _announced(more: list[str], kind: Kind) -> Kind:
    """Into a channel; to somebody; or the correction of what they have, or would have."""
    if more[1].startswith("in-"):
        return Kind.ORGANISER
    return Kind.NOTICE if len(more) > len(("announcement", "member")) and kind is Kind.NOTICE else Kind.WEEKLY


def is_over(key: str, at: datetime) -> bool:
    """Whether a letter of that key reminds of what has begun: not counting for how long a platform may take for one."""
    first, *more = key.split(":")
    return first == "event-remind" and _starts(more[3]) < at - _SLOW


def _starts(said: str) -> datetime:
    return datetime.strptime(said, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
