"""Both sides of the room together: who joined a series comes to all of it, a support group has a place of its own, and
whatever an organiser may write can be shown everywhere."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.space.model import Kind
from bot.chat.address import Channel
from bot.chat.ids import Id
from bot.chat.outbound import Outcome, Parcel, Receipt, ToCircle, Unclear
from bot.chat.platform import CannotLook
from bot.chat.view import View
from bot.core import outbox
from bot.core.outbox import Letter
from bot.core.terms import Terms
from bot.events import actions, forms
from bot.events import organiser_views as views
from bot.events.groups import circle_of
from bot.events.model import (
    MOST_DESCRIPTION,
    MOST_LINK,
    MOST_PLACE,
    MOST_THEME,
    MOST_TITLE,
    Answer,
    Event,
    EventSettings,
    Place,
    Sort,
    Status,
)
from bot.events.organiser_samples import ANN, GROUP, SERIES
from bot.events.organiser_views import Seen
from bot.events.posting import Posting
from bot.events.store import EVENTS
from bot.members.kinds import Nation
from bot.members.model import MOST_NAME, Audience, By
from tests.events.organising import WHEN, events, planner, posts, press, write
from tests.twins import MemoryStorage, MemoryWork
from tests.world.world import DAY, Head, World, members, words

WEEK = timedelta(weeks=1)


async def support(world: World) -> None:
    """A support group that meets every week, hosted by Priya."""
    anna = await planner(world)
    await write(anna, title="Small schools")
    await anna.press("Link and host")
    await anna.fill(sort="A peer support group of eight people at most", host="Priya")
    await anna.press("Make it come again")
    await anna.fill(every="Every week", days=[])
    await anna.press("Yes, post it")
    await world.go_to(world.at)


async def joins(head: Head, event: Event) -> None:
    assert event.series
    await press(head, actions.JoinSeries(event.series).pack())


async def test_whoever_joined_a_series_has_a_place_at_all_that_are_made_later(world: World) -> None:
    _, tom = await members(world, "Priya Shah", "Tom Ashdown")
    await support(world)
    made = await events(world)
    await joins(tom, made[0])
    person = await world.look(tom.account)
    assert person
    await world.go_to(world.at + WEEK)
    latest = (await events(world))[-1]
    assert latest.id not in [one.id for one in made]
    rsvp = await world.parts.storage.read(world.at, lambda work: work.use(EVENTS).rsvp(latest.id, person.id))
    assert rsvp is not None
    assert (rsvp.answer, rsvp.place) == (Answer.YES, Place.HELD)


async def test_a_support_group_has_a_place_of_its_own_made_once_for_the_same_people(world: World) -> None:
    priya, tom, gwen = await members(world, "Priya Shah", "Tom Ashdown", "Gwen Pugh")
    await support(world)
    first = (await events(world))[0]
    await joins(tom, first)
    await world.go_to(WHEN - 8 * DAY)
    assert opened_for(world, priya, tom, gwen) == [0, 0, 0], "not before the week in which they meet"
    await world.go_to(WHEN + WEEK)
    assert opened_for(world, priya, tom, gwen) == [1, 1, 0], "once, however often they meet"
    await joins(gwen, (await events(world))[-1])
    await world.go_to(world.at + 2 * DAY)
    assert opened_for(world, priya, tom, gwen) == [2, 2, 1], "who comes new does not read what was written before"


async def test_where_nobody_knows_whether_the_place_was_opened_each_hears_it_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    priya, tom, gwen = await members(world, "Priya Shah", "Tom Ashdown", "Gwen Pugh")
    await support(world)
    await joins(tom, (await events(world))[0])
    [platform] = world.parts.platforms.values()
    deliver = platform.deliver

    async def lost(parcel: Parcel) -> Outcome:
        return Unclear("no answer") if isinstance(parcel.to, ToCircle) else await deliver(parcel)

    async def unseen(parcel: Parcel) -> Receipt | None:
        raise CannotLook

    monkeypatch.setattr(platform, "deliver", lost)
    monkeypatch.setattr(platform, "find", unseen)
    await world.go_to(WHEN - 5 * DAY)
    assert opened_for(world, priya, tom, gwen) == [0, 0, 0]
    said = [world.letters(one.account) for one in (priya, tom, gwen)]
    assert [sum("can’t tell whether that worked" in one for one in each) for each in said] == [1, 1, 0]


def opened_for(world: World, *heads: Head) -> list[int]:
    """In how many places each is with the others of a support group."""
    return [
        sum("a place for your group" in words(one) for one in world.said(head.account, Kind.CIRCLE)) for head in heads
    ]


async def test_organisers_hear_that_a_host_cannot_be_there_any_more(world: World) -> None:
    priya, tom = await members(world, "Priya Shah", "Tom Ashdown")
    await support(world)
    await tom.go()
    await priya.go()
    await world.go_to(world.at + DAY)
    told = [one for one in world.channel("organisers") if "has no host any more" in one]
    assert len(told) == 1, "a series once"
    assert "Small schools, Wednesday 2 December 2026" in told[0]


def test_a_place_is_called_the_same_for_the_same_people_alone() -> None:
    one = circle_of(Id(7), [Id(1), Id(2)])
    assert one == circle_of(Id(7), [Id(2), Id(1)])
    assert len({one, circle_of(Id(8), [Id(1), Id(2)]), circle_of(Id(7), [Id(1), Id(3)])}) == 3


async def test_a_yes_is_pressed_under_the_post_and_drawn_a_minute_later(world: World) -> None:
    heads = await members(world, *(f"Head{n} Shah" for n in range(5)))
    anna = await planner(world)
    await write(anna)
    await anna.press("Yes, post it")
    await world.go_to(world.at)
    [event] = await events(world)
    for head in heads:
        await press(head, actions.AnswerEvent(event.id, Answer.YES).pack())
        assert "people are coming" not in posts(world)[0]
    await world.go_to(world.at + timedelta(minutes=1))
    assert "About 5 people are coming" in posts(world)[0]


LARGEST = Event(
    id=Id(2**63 - 1),
    title="W" * MOST_TITLE,
    starts_at=datetime.fromisoformat("2026-09-23T18:00:00+00:00"),
    minutes=495,
    zone="America/Argentina/Buenos_Aires",
    sort=Sort.SUPPORT,
    description="\n" * (MOST_DESCRIPTION - 1) + "W",
    place="W" * MOST_PLACE,
    link="https://" + "w" * (MOST_LINK - 8),
    link_late=True,
    theme="W" * MOST_THEME,
    host=ANN.id,
    audience=Audience(By.REGION, "Yorkshire and the Humber"),
    capacity=10_000,
    series=SERIES.id,
)


@pytest.mark.parametrize("description", [LARGEST.description, "W" * MOST_DESCRIPTION, "W\n" * (MOST_DESCRIPTION // 2)])
def test_the_most_that_can_be_written_can_be_shown(description: str) -> None:
    host = replace(ANN, name="W" * MOST_NAME)
    draft = replace(LARGEST, description=description)
    planned, edit = replace(draft, status=Status.PLANNED, band=1000), replace(draft, edits=Id(2**63 - 1))
    for one in (draft, planned, edit):
        seen = Seen(one, GROUP.starts_at, host, "W" * 200, is_posted=False, twice=True, scopes=tuple(actions.Scope))
        assert views.draft(seen)
        assert views.event(seen, 10_000, 10_000, is_host=True)
        assert views.posted(seen)
        assert views.changed(seen)
        assert views.ask_cancel(seen)
    assert views.choose(actions.Task.SHOW, [draft, planned] * 13, "")
    assert views.listed([planned] * 20, [draft], 0)
    assert forms.basics_form(draft, actions.KeepBasics(draft.id))
    assert forms.who_form(draft)
    assert forms.again_form(draft, SERIES)
    assert forms.link_form(draft, host.name)


def mirrored(*changes: Event) -> list[Letter]:
    """What a platform's own calendar is told, for an event that changes so."""
    storage = MemoryStorage()
    work = MemoryWork(storage, storage.world, WHEN - DAY, "mirror")
    settings = EventSettings("Europe/London", Nation.ENGLAND, Terms({}), (), ("discord",))
    for one in changes:
        Posting(settings).mirror(work, one)
    return list(storage.world.letters.values())


def test_a_platforms_own_calendar_follows_and_never_holds_the_link() -> None:
    event = Event(Id(5), "Tea", WHEN, 60, "Europe/London", Status.PLANNED, link="https://meet.example.org/zq")
    moved = replace(event, starts_at=WHEN + DAY, sequence=1, place="Tea room")
    gone = replace(moved, status=Status.CANCELLED, sequence=2)
    letters = mirrored(event, moved, gone)
    assert [one.kind for one in letters] == [outbox.Kind.ANSWER, outbox.Kind.ANSWER, outbox.Kind.REMOVAL]
    assert [one.to for one in letters] == [Channel("events", "discord")] * 3
    assert [one.instead_of for one in letters] == ["", letters[0].key, letters[1].key]
    meetings = [one.meeting for one in letters if one.meeting]
    assert [one.where for one in meetings] == ["Online", "Tea room", "Tea room"]
    assert [one.starts_at for one in meetings] == [WHEN, WHEN + DAY, WHEN + DAY]
    assert "zq" not in repr(letters)
    over = replace(event, starts_at=WHEN - 2 * DAY)
    assert mirrored(over) == []
    assert isinstance(letters[0].view, View)
