"""A peer support group that meets again and again has a place of its own, where its people are together.

It is made once for the same people. When somebody has joined or left it is another place, made in the week before they
meet again: who comes new does not read what others wrote before.
"""

import random
from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from bot.chat import ids
from bot.chat.address import Circle, Person
from bot.chat.ids import Id, show
from bot.core.astray import Apart, WentAstray
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.events import post_views as views
from bot.events.model import SUPPORT_PLACES, Event, Place, Series, Sort, Status
from bot.events.posting import can_host, host_of
from bot.events.store import EVENTS
from bot.members.model import Member
from bot.members.store import MEMBERS

BEFORE = timedelta(days=7)
_KEY = "event-group"


def open_place(work: Work, series: Series) -> None:
    """Bring those together who said yes to all of a series, and have a place at the next of them, with their host."""
    coming = [one for one in work.use(EVENTS).of_series(series.id) if _is_near(work, one)]
    host = host_of(work, coming[0]) if coming else None
    if host is None or _is_quiet(work, host):
        return
    people = (host.id, *_joined(work, coming[0], series.id, host.id))
    if len(people) > 1:
        id = circle_of(series.id, people)
        key, to = f"{_KEY}:{show(series.id)}:{show(id)}", Circle(id, people)
        work.post(Letter(key, to, views.circle(coming[0]), Kind.PROMISED, work.at, coming[0].starts_at))


def apart(work: Work, fact: Apart) -> None:
    """They are not all on one platform, so that no place can be made for them: each is told so instead."""
    kind, _, rest = fact.key.partition(":")
    if kind != _KEY:
        return
    coming = _next_of(work, rest)
    if coming is not None:
        work.post(*(replace(letter, view=views.circle_apart(coming)) for letter in fact.each))


def astray(work: Work, fact: WentAstray) -> None:
    """Nobody knows whether the place was opened: each hears it alone, and what to do where there is none."""
    kind, _, rest = fact.key.partition(":")
    if kind != _KEY:
        return
    coming = _next_of(work, rest)
    for member in map(work.use(MEMBERS).get, fact.circle.members) if coming else ():
        if coming is not None and member is not None and can_host(member) and not _is_quiet(work, member):
            key, view = f"{fact.key}:{show(member.id)}", views.circle_astray(coming)
            work.post(Letter(key, Person(member.id), view, Kind.PROMISED, work.at, coming.starts_at))


def _next_of(work: Work, rest: str) -> Event | None:
    """The next of the series that the rest of a letter's key names."""
    series = ids.read(rest.partition(":")[0])
    return next((one for one in work.use(EVENTS).of_series(series) if _is_near(work, one)), None)


def circle_of(series: Id, people: Sequence[Id]) -> Id:
    """What the place is called: the same for the same people, and for nobody else."""
    seed = ":".join(map(show, (series, *sorted(people))))
    return Id(random.Random(seed).getrandbits(63))  # noqa: S311 - a name, not a secret


def _is_near(work: Work, event: Event) -> bool:
    return (
        event.sort is Sort.SUPPORT and event.status is Status.PLANNED and work.at < event.starts_at < work.at + BEFORE
    )


def _joined(work: Work, event: Event, series: Id, host: Id) -> list[Id]:
    """As many as a group has, the first to say yes in front."""
    held = {one.member for one in work.use(EVENTS).rsvps(event.id) if one.place is Place.HELD}
    joined = [one for one in work.use(EVENTS).joined(series) if one in held and one != host]
    members = [member for one in joined if (member := work.use(MEMBERS).get(one)) is not None]
    there = [member.id for member in members if can_host(member) and not _is_quiet(work, member)]
    return there[: SUPPORT_PLACES - 1]


def _is_quiet(work: Work, member: Member) -> bool:
    """Whether somebody pauses, and wants to hear nothing of what they said yes to meanwhile."""
    return member.away and work.use(EVENTS).choices(member.id).when_away is False
