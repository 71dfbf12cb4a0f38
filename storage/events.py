"""Events and series, what members said to them, and what they chose about reminders."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Time,
    bindparam,
    delete,
    func,
    or_,
    select,
)

from bot.chat.ids import Id
from bot.events.model import Answer, Before, Came, Choices, Event, Place, Rsvp, Series, Sort, Status
from bot.members.model import read_audience
from storage.buffer import Found, Lookup, the
from storage.columns import Instant, Part, Slugs, hidden, metadata, person, sealed_for
from storage.seal import Unsealable
from storage.work import SqlWork

_LONGEST = timedelta(days=2)
"""No event lasts longer; so an event that is not over began no earlier than this before."""
_SAME: tuple[str, ...] = (
    "id",
    "title",
    "starts_at",
    "minutes",
    "zone",
    "description",
    "place",
    "link_late",
    "theme",
    "capacity",
)
_SAME += ("series", "slot", "sequence", "changed_at", "edits", "told", "band", "source")
"""Columns that hold what an event holds, as it holds it."""

series = Table(
    "event_series",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("at", Time, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("term_only", Boolean, nullable=False),
    Column("skips_bank_holidays", Boolean, nullable=False),
    Column("made_until", Date),
    Column("ended", Boolean, nullable=False),
    Column("excluded", Slugs, nullable=False),
)
events = Table(
    "events",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False, index=True),
    Column("minutes", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("status", String(12), nullable=False),
    Column("sort", String(12), nullable=False),
    Column("description", Text, nullable=False),
    Column("place", Text, nullable=False),
    hidden(Column("link", LargeBinary)),
    Column("link_late", Boolean, nullable=False),
    Column("theme", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("capacity", Integer),
    Column("series", BigInteger, ForeignKey("event_series.id"), index=True),
    Column("slot", Instant),
    Column("sequence", Integer, nullable=False),
    Column("changed_at", Instant),
    Column("edits", BigInteger),
    Column("told", Integer, nullable=False),
    Column("band", Integer, nullable=False),
    Column("source", BigInteger),
)
"""`link`: sealed for the row. It is not exported: it is the event's, and those who come are shown it. `edits` is no
foreign key: an event may go before a draft of changes to it."""
event_hosts = Table(
    "event_hosts",
    metadata,
    Column("event", BigInteger, ForeignKey("events.id"), primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, index=True),
)
rsvps = Table(
    "rsvps",
    metadata,
    Column("event", BigInteger, ForeignKey("events.id"), primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, primary_key=True, index=True),
    Column("answer", String(8), nullable=False),
    Column("place", String(8), nullable=False),
    Column("since", Instant, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("offered_until", Instant),
    Column("lapsed", Boolean, nullable=False),
    Column("came", String(8)),
)
joined = Table(
    "event_joined",
    metadata,
    Column("series", BigInteger, ForeignKey("event_series.id"), primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, primary_key=True, index=True),
    Column("at", Instant, nullable=False),
)
"""Who said yes to all events of a series."""
choices = Table(
    "event_choices",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    Column("reminds", Slugs, nullable=False),
    Column("when_away", Boolean),
)
by_event = Lookup(events.c.id)
_host_of = Lookup(event_hosts.c.event)
_by_series = Lookup(series.c.id)
_rsvps_of = Lookup(rsvps.c.event)
_rsvp_of = select(rsvps).where(rsvps.c.event == bindparam("of"), rsvps.c.member == bindparam("who"))
_in_line = or_(*(rsvps.c.place == place.value for place in (Place.WAITING, Place.OFFERED)))
_line = (
    select(rsvps)
    .where(rsvps.c.event == bindparam("of"), or_(_in_line, rsvps.c.member == bindparam("who")))
    .order_by(rsvps.c.since, rsvps.c.member)
)
_held = select(func.count()).where(
    rsvps.c.event == bindparam("of"), rsvps.c.place == Place.HELD.value, rsvps.c.member != bindparam("who")
)
_choices_of = Lookup(choices.c.member)
_event = select(events).where(events.c.id == bindparam("id"))
_begins = (
    events.c.starts_at >= bindparam("first", type_=Instant),
    events.c.starts_at < bindparam("last", type_=Instant),
)
_in_order = select(events).order_by(events.c.starts_at, events.c.id)
_is_dated = or_(events.c.status == Status.PLANNED.value, events.c.status == Status.CANCELLED.value)
_between = _in_order.where(_is_dated, *_begins)
_drafts = _in_order.where(events.c.status == Status.DRAFT.value)
_of_series = select(events).where(events.c.series == bindparam("of"), _is_dated).order_by(events.c.slot, events.c.id)
_all_series = select(series).where(~series.c.ended).order_by(series.c.id)
_joined = select(joined).where(joined.c.series == bindparam("of")).order_by(joined.c.at, joined.c.member)
_joined_by = select(joined.c.series).where(joined.c.member == bindparam("of")).order_by(joined.c.series)
_mine = select(rsvps).where(
    rsvps.c.member == bindparam("of"),
    rsvps.c.event == events.c.id,
    events.c.starts_at >= bindparam("first", type_=Instant),
)
_unjoin = delete(joined).where(joined.c.series == the(joined.c.series), joined.c.member == the(joined.c.member))
_no_host = delete(event_hosts).where(event_hosts.c.event == the(event_hosts.c.event))
_drop = delete(events).where(events.c.id == the(events.c.id))
_no_joined = delete(joined).where(joined.c.series == the(joined.c.series))
_drop_series = delete(series).where(series.c.id == the(series.c.id))
_is_old = (_is_dated, events.c.starts_at < bindparam("before", type_=Instant))
_old = select(events.c.id).where(*_is_old)
_FORGET = (
    *(delete(table).where(table.c.event.in_(_old)) for table in (rsvps, event_hosts)),
    delete(events).where(*_is_old),
)
"""Children before their parents."""
_lived = select(events.c.series).where(events.c.series.is_not(None), events.c.status != Status.PATTERN.value)
_over = select(series.c.id).where(series.c.ended, series.c.id.not_in(_lived))


class SqlEvents:
    """Fills `bot.events.store.Events`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def event(self, id: Id) -> Event | None:
        return next((self._event(row) for row in self._work.find(by_event, id)), None)

    def hold(self, id: Id) -> Event | None:
        rows = self._work.rows(self._work.locking(_event), {"id": id})
        for lookup in (by_event, _host_of, _rsvps_of):
            self._work.look_again(lookup, id)
        return next((self._event(row) for row in rows), None)

    def keep(self, event: Event) -> None:
        self._work.keep(events, {**_plain(event), "link": self._close(event)})
        self._work.put(_no_host, {"the_event": event.id})
        if event.host is not None:
            self._work.keep(event_hosts, {"event": event.id, "member": event.host})

    def between(self, first: datetime, last: datetime) -> Sequence[Event]:
        return [self._event(row) for row in self._work.rows(_between, {"first": first, "last": last})]

    def drafts(self) -> Sequence[Event]:
        return [self._event(row) for row in self._work.rows(_drafts)]

    def drop(self, id: Id) -> None:
        self._work.put(_no_host, {"the_event": id})
        self._work.put(_drop, {"the_id": id})

    def series(self, id: Id) -> Series | None:
        return next((_series(row) for row in self._work.find(_by_series, id)), None)

    def all_series(self) -> Sequence[Series]:
        return [_series(row) for row in self._work.rows(_all_series)]

    def keep_series(self, one: Series) -> None:
        names = ("id", "rule", "first", "at", "zone", "term_only", "skips_bank_holidays", "made_until", "ended")
        days = frozenset(day.isoformat() for day in one.excluded)
        self._work.keep(series, {**{name: getattr(one, name) for name in names}, "excluded": days})

    def drop_series(self, id: Id) -> None:
        self._work.put(_no_joined, {"the_series": id})
        self._work.put(_drop_series, {"the_id": id})

    def of_series(self, id: Id) -> Sequence[Event]:
        return [self._event(row) for row in self._work.rows(_of_series, {"of": id})]

    def joined(self, series: Id) -> Sequence[Id]:
        return [Id(row.member) for row in self._work.rows(_joined, {"of": series})]

    def join(self, series: Id, member: Id, at: datetime) -> None:
        self._work.add(joined, {"series": series, "member": member, "at": at})

    def unjoin(self, series: Id, member: Id) -> None:
        self._work.put(_unjoin, {"the_series": series, "the_member": member})

    def series_of(self, member: Id) -> Sequence[Id]:
        return [Id(row.series) for row in self._work.rows(_joined_by, {"of": member})]

    def rsvp(self, event: Id, member: Id) -> Rsvp | None:
        return next((_rsvp(row) for row in self._work.rows(_rsvp_of, {"of": event, "who": member})), None)

    def rsvps(self, event: Id) -> Sequence[Rsvp]:
        found = [_rsvp(row) for row in self._work.find(_rsvps_of, event)]
        return sorted(found, key=lambda one: (one.since, one.member))

    def line(self, event: Id, member: Id | None = None) -> tuple[int, Sequence[Rsvp]]:
        asked = {"of": event, "who": -1 if member is None else member}
        (held,) = self._work.rows(_held, asked)
        return held[0], [_rsvp(row) for row in self._work.rows(_line, asked)]

    def rsvps_of(self, member: Id, since: datetime) -> Mapping[Id, Rsvp]:
        rows = self._work.rows(_mine, {"of": member, "first": since - _LONGEST})
        return {Id(row.event): _rsvp(row) for row in rows}

    def answer(self, rsvp: Rsvp) -> None:
        came = rsvp.came.value if rsvp.came else None
        row = {name: getattr(rsvp, name) for name in ("event", "member", "since", "turn", "offered_until", "lapsed")}
        said = {"answer": rsvp.answer.value, "place": rsvp.place.value, "came": came}
        self._work.keep(rsvps, {**row, **said})

    def choices(self, member: Id) -> Choices:
        return next((_choices(row) for row in self._work.find(_choices_of, member)), Choices(member))

    def choose(self, one: Choices) -> None:
        row = {"member": one.member, "when_away": one.when_away}
        self._work.keep(choices, {**row, "reminds": frozenset(each.value for each in one.reminds)})

    def forget_before(self, at: datetime) -> None:
        for change in _FORGET:
            self._work.put(change, {"before": at})
        for row in self._work.rows(_over):
            self.drop(row.id)
            self.drop_series(row.id)
        self._work.leave_no_trace()

    def _close(self, event: Event) -> bytes | None:
        if not event.link:
            return None
        return self._work.house.secrets.seal.close(event.link.encode(), sealed_for(events, event.id))

    def _open(self, row: Found) -> str:
        """The link; none where it lies sealed under a key that is gone."""
        if row.link is None:
            return ""
        try:
            return self._work.house.secrets.seal.open(row.link, sealed_for(events, row.id)).decode()
        except Unsealable:
            return ""

    def _event(self, row: Found) -> Event:
        host = next((Id(one.member) for one in self._work.find(_host_of, row.id)), None)
        same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
        same |= {"status": Status(row.status), "sort": Sort(row.sort), "audience": read_audience(row.audience)}
        return Event(**same, link=self._open(row), host=host)


def _plain(event: Event) -> dict[str, object]:
    """All columns but the link."""
    kinds = {"status": event.status.value, "sort": event.sort.value, "audience": event.audience.show()}
    return {**{name: getattr(event, name) for name in _SAME}, **kinds}


def _series(row: Found) -> Series:
    terms = (row.term_only, row.skips_bank_holidays)
    when, days = (row.rule, row.first, row.at, row.zone), frozenset(map(date.fromisoformat, row.excluded))
    return Series(Id(row.id), *when, *terms, row.made_until, row.ended, days)


def _rsvp(row: Found) -> Rsvp:
    came = Came(row.came) if row.came else None
    stands = (Answer(row.answer), Place(row.place), row.since, row.turn, row.offered_until, row.lapsed)
    return Rsvp(Id(row.event), Id(row.member), *stands, came)


def _choices(row: Found) -> Choices:
    return Choices(Id(row.member), frozenset(map(Before, row.reminds)), row.when_away)
