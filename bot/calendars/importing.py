"""What the entries of a calendar file mean as events: read strictly, and nothing is fetched that they point to.

A meeting is what can be answered: it has a title and a time of day, and is not over. Whatever else a calendar holds is
left out, and said so by its line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.calendars.components import MOST_ENTRIES, Component, Read, conferences, dates, open_file, texts
from bot.chat.limits import clip
from bot.chat.text import clean, one_line
from bot.core.terms import Terms
from bot.core.walltime import instant, zone_of
from bot.events import recurring
from bot.events.model import MOST_DESCRIPTION, MOST_PLACE, MOST_TITLE, is_link
from bot.events.recurring import Refused, Rule, RuleText, read_rule
from bot.events.when import FARTHEST
from bot.members.sheet import Wrong

_HOUR, _DAY, _SECOND = 60, timedelta(days=1), timedelta(seconds=1)
_MOST_ALSO = 100
"""Dates of one entry outside its rule, each of which is an event: they come in one short transaction."""
_YEARS = range(1970, 2200)
_UTC = ("UTC", "Etc/UTC")
_LINK = re.compile(r"https://[^\s<>\"]+")
_MEETS = re.compile(
    r"https://[^\s<>\"]*\b(?:zoom\.us|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|webex\.com|whereby\.com)/"
    r"[^\s<>\"]+"
)
"""Where people meet on screen. Such a link is for those who said yes, and stands in no description."""
_KEYS = re.compile(r"^.*\b(?:pass ?code|password|meeting id|pin)\b.*$", re.IGNORECASE | re.MULTILINE)
_UNREADABLE = "cannot be read"
_RULES = {
    Refused.TOO_OFTEN: "comes more often than once a day",
    Refused.TOO_MANY: "comes too many times",
    Refused.NOT_KNOWN: "comes again by a rule that HeadsUp does not know",
}


@dataclass(frozen=True)
class Rhythm:
    """How an entry comes again, as `bot.events.model.Series` has it."""

    rule: RuleText
    first: date
    at: time
    zone: str
    excluded: frozenset[date] = frozenset()

    def holds(self, at: datetime) -> bool:
        """Whether the rule brings it at that instant."""
        rule = Rule(self.rule, self.first, self.at, self.zone)
        return next(recurring.dates(rule, _NO_TERMS, at - _SECOND, at, 1), None) is not None


_NO_TERMS = Terms({})


@dataclass(frozen=True)
class Item:
    """An entry that can be read. `starts_at` is UTC, `zone` where it is shown. `slot`: of a single one in a series,
    when the rule would have it. `also`: further times at which it takes place by itself (RDATE)."""

    line: int
    uid: str
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    description: str = ""
    place: str = ""
    link: str = ""
    is_cancelled: bool = False
    slot: datetime | None = None
    rhythm: Rhythm | None = None
    also: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Group:
    """All entries of one UID: the one that says how it comes, and those of its times that are otherwise."""

    uid: str
    main: Item | None = None
    single: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, the one that says how it comes in front."""
        return (*((self.main,) if self.main else ()), *self.single)

    @property
    def begins(self) -> datetime:
        """When the earliest of them begins."""
        return min(one.starts_at for one in self.items)


@dataclass
class Calendar:
    """A file, read. `read` entries stood in it; `wrong` cannot be taken, `left` are not meant for here, `notes` are of
    what was taken. `uids`: of all of them."""

    name: str
    groups: list[Group] = field(default_factory=list)
    read: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    left: list[Wrong] = field(default_factory=list)
    notes: list[Wrong] = field(default_factory=list)
    uids: set[str] = field(default_factory=set)


class _NotTakenError(Exception):
    """Why an entry is not taken. `is_left`: there is nothing wrong with it."""

    def __init__(self, why: str, is_left: bool = False) -> None:
        super().__init__(why)
        self.why, self.is_left = why, is_left


def read_calendar(content: bytes, zone: str, at: datetime) -> Calendar:
    """All that can be taken from a file; times without a zone are read in `zone`, the network's. Raises OperatorError
    where it is no calendar at all."""
    file = open_file(content)
    calendar, items, more = Calendar(file.name), list[Item](), 0
    for component in file.components:
        calendar.read += 1
        calendar.uids.add(component.uid)
        try:
            item = _Reading(component, zone, calendar.notes).item(at)
            more += len(item.also)
            if len(item.also) > _MOST_ALSO or more > MOST_ENTRIES:
                raise _NotTakenError("names too many dates by themselves")
            items.append(item)
        except _NotTakenError as no:
            (calendar.left if no.is_left else calendar.wrong).append(Wrong(component.line, no.why))
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
            # The library reads a value when it is asked for it, and a broken one raises any of these.
            calendar.wrong.append(Wrong(component.line, _UNREADABLE))
    calendar.groups = sorted(_groups(items, calendar), key=lambda group: (group.begins, group.uid))
    return calendar


def _groups(items: Sequence[Item], calendar: Calendar) -> Iterator[Group]:
    by: dict[str, Group] = {}
    for item in items:
        group = by.get(item.uid, Group(item.uid))
        if (group.main and item.slot is None) or item.slot in {one.slot for one in group.single}:
            calendar.wrong.append(Wrong(item.line, "is the second entry of the same UID"))
            continue
        is_main = item.slot is None
        by[item.uid] = replace(group, main=item) if is_main else replace(group, single=(*group.single, item))
    yield from by.values()


@dataclass(frozen=True)
class _Reading:
    """Reads one entry."""

    component: Component
    network: str
    notes: list[Wrong]

    def item(self, at: datetime) -> Item:
        """The entry. Raises _NotTakenError, and what the library raises."""
        read = self.component.read()
        if read is None or "DTSTART" not in read:
            raise _NotTakenError(_UNREADABLE)
        starts = read["DTSTART"]
        if not isinstance(starts.dt, datetime):
            raise _NotTakenError("takes all day; only what begins at a time of day comes in", is_left=True)
        starts_at, wall, zone = self._moment(starts.dt, starts.params)
        item = self._said(read, starts_at, self.network if zone in _UTC else zone)
        slot, rhythm = self._slot(read), self._rhythm(read, wall, zone)
        also = self._also(read, rhythm, starts_at)
        if rhythm is None:
            _judge((starts_at, *also), at)
        return replace(item, slot=slot, rhythm=rhythm, also=also)

    def _said(self, read: Read, starts_at: datetime, zone: str) -> Item:
        whole = one_line(next(texts(read, "SUMMARY"), ""))
        if not whole:
            raise _NotTakenError("has no title")
        place, link, about = _where(read)
        title = clip(whole, MOST_TITLE)
        about = clip("\n".join(filter(None, (whole if title != whole else "", about))), MOST_DESCRIPTION)
        uid = one_line(next(texts(read, "UID"), "")) or f"{whole} {starts_at.isoformat()}"
        is_cancelled = next(texts(read, "STATUS"), "").strip().upper() == "CANCELLED"
        minutes = self._minutes(read)
        return Item(self.component.line, uid, title, starts_at, minutes, zone, about, place, link, is_cancelled)

    def _minutes(self, read: Read) -> int:
        """How long it takes; an hour where nothing is said of that."""
        if "DTEND" in read:
            ends, starts = read["DTEND"], read["DTSTART"]
            if not isinstance(ends.dt, datetime):
                raise _NotTakenError("begins at a time of day, and ends without one")
            length = self._moment(ends.dt, ends.params)[0] - self._moment(starts.dt, starts.params)[0]
        else:
            length = read["DURATION"].dt if "DURATION" in read else timedelta()
        if length < timedelta():
            raise _NotTakenError("ends before it begins")
        if length > _DAY:
            raise _NotTakenError("takes longer than a day")
        return int(length.total_seconds()) // 60 or _HOUR

    def _moment(self, read: datetime, params: Mapping[str, str]) -> tuple[datetime, datetime, str]:
        """An instant, what the wall shows then, and where. A zone that nobody knows is the network's."""
        if read.year not in _YEARS:
            raise _NotTakenError("is in a year that nobody means")
        zone = str(getattr(read.tzinfo, "key", ""))
        if read.tzinfo is not None and not zone:
            read, zone = read.astimezone(UTC), "UTC"
        if not zone:
            zone = self.network
            if params.get("TZID"):
                self._note("has a zone that is not known; it was read as the network's")
        wall = read.replace(second=0, microsecond=0, tzinfo=None, fold=0)
        return instant(wall.date(), wall.time(), zone), wall, zone

    def _slot(self, read: Read) -> datetime | None:
        if "RECURRENCE-ID" not in read:
            return None
        found = read["RECURRENCE-ID"]
        if "RANGE" in found.params or not isinstance(found.dt, datetime):
            raise _NotTakenError("changes a series in a way that HeadsUp does not know")
        return self._moment(found.dt, found.params)[0]

    def _rhythm(self, read: Read, wall: datetime, zone: str) -> Rhythm | None:
        if not self.component.rules or "RECURRENCE-ID" in read:
            return None
        rule = read_rule(self.component.rules[0]) if len(self.component.rules) == 1 else Refused.NOT_KNOWN
        if isinstance(rule, Refused):
            raise _NotTakenError(_RULES.get(rule, "comes again by a rule that cannot be read"))
        return Rhythm(rule, wall.date(), wall.time(), zone, frozenset(self._excluded(read, wall, zone)))

    def _excluded(self, read: Read, wall: datetime, zone: str) -> Iterator[date]:
        """Days left out; of times, only the very time it would begin (RFC 5545, 3.8.5.1)."""
        for one, params in dates(read, "EXDATE"):
            if isinstance(one, datetime):
                there = self._moment(one, params)[0].astimezone(zone_of(zone))
                if instant(there.date(), wall.time(), zone) == there:
                    yield there.date()
            else:
                yield one

    def _also(self, read: Read, rhythm: Rhythm | None, starts_at: datetime) -> tuple[datetime, ...]:
        """Times outside the rule. DTSTART itself is one where the rule does not bring it."""
        found = {starts_at} if rhythm and not rhythm.holds(starts_at) else set[datetime]()
        for one, params in dates(read, "RDATE"):
            if not isinstance(one, datetime):
                raise _NotTakenError("names further dates in a way that HeadsUp does not know")
            found.add(self._moment(one, params)[0])
        usual = {starts_at} if rhythm is None else {one for one in found if rhythm.holds(one)}
        return tuple(sorted(found - usual))

    def _note(self, why: str) -> None:
        note = Wrong(self.component.line, why)
        if note not in self.notes:
            self.notes.append(note)


def _judge(times: Sequence[datetime], at: datetime) -> None:
    """Whether any of them is to come, and soon enough."""
    if max(times) <= at:
        raise _NotTakenError("is over, or has begun", is_left=True)
    if not any(at < one <= at + FARTHEST for one in times):
        raise _NotTakenError("is more than two years away", is_left=True)


def _where(read: Read) -> tuple[str, str, str]:
    """Place, link and description. A link to a meeting on screen is moved out of what everybody reads, with the words
    that open it."""
    place, about = clean(next(texts(read, "LOCATION"), "")), clean(next(texts(read, "DESCRIPTION"), "")).strip()
    in_place, in_about = _LINK.search(place), _MEETS.search(about)
    offered = [*conferences(read), *(found.group() for found in (in_place, in_about) if found)]
    link = next((one for one in map(str.strip, offered) if is_link(one)), "")
    if in_place:
        place = place.replace(in_place.group(), " ")
    if link and (in_about or link in about):
        about = _KEYS.sub("", _MEETS.sub("", about.replace(link, "")))
    about = re.sub(r"\n\s*\n+", "\n\n", about).strip()
    return clip(one_line(place).strip(" ,;:"), MOST_PLACE), link, about
