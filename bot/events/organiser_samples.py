"""What organisers and hosts are shown of events, about people who do not exist."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.chat.ids import Id
from bot.chat.view import Paragraph, View
from bot.core.feature import Sample, refusal
from bot.core.terms import Terms
from bot.core.words import Arg
from bot.events import forms, post_views
from bot.events import organiser_views as views
from bot.events.actions import KeepBasics, Scope, Task
from bot.events.model import LENGTHS, Event, EventSettings, Series, Sort, Status
from bot.events.organiser_views import Seen
from bot.events.post_views import words
from bot.events.recurring import Refused
from bot.events.series import say_series
from bot.events.when import Read, Why
from bot.members.kinds import Nation, Phase, Role
from bot.members.model import Audience, By, Member, Stage

AT = datetime(2026, 11, 16, 16, tzinfo=UTC)
ANN = Member(Id(1), "Ann Reed", Stage.MEMBER, role=Role.HEADTEACHER)
COFFEE = Event(
    id=Id(8),
    title="Saturday coffee",
    starts_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    minutes=60,
    zone="Europe/London",
    description="Bring a cup. No agenda.",
    place="Tea room",
)
SERIES = Series(Id(7), "FREQ=WEEKLY", date(2026, 11, 25), time(19), "Europe/London", term_only=True)
GROUP = Event(
    id=Id(9),
    title="Heads of small schools",
    starts_at=datetime(2026, 11, 25, 19, tzinfo=UTC),
    minutes=90,
    zone="Europe/London",
    sort=Sort.SUPPORT,
    link="https://meet.example.org/small",
    link_late=True,
    theme="small schools",
    host=ANN.id,
    audience=Audience(By.PHASE, Phase.PRIMARY.value),
    capacity=8,
    series=SERIES.id,
)
_AGAIN = "every Wednesday at 19:00, in term time, not on bank holidays"
_WHYS = (
    *(f"wrong-{one}" for one in ("title", "long", "choice", "one", "link", "capacity", "support-places")),
    *(f"wrong-{one}" for one in ("support-host", "host", "end", "ends", "never", "once")),
    *(f"unread-{one}" for one in Why),
    *(f"rule-{one}" for one in Refused),
)
_ENDS: dict[str, dict[str, Arg]] = {
    "rule-times": {"n": 6},
    "rule-until": {"day": "16 July 2027"},
    "rule-term": {},
    "rule-bank-holidays": {},
}
"""What stands behind a rhythm, after its comma."""
_SENTENCES = ("draft-gone", "event-gone", "event-over")
_HINDRANCES = ("post-past", "post-no-host", "change-moved", "change-follows", "change-rhythm")


def samples() -> tuple[Sample, ...]:
    """Everything that organisers and hosts are shown."""
    return (*_forms(), *_drafts(), *_rhythms(), *_planned(), *_posts(), *_hosts(), _offered())


def _planned_one(event: Event) -> Event:
    return replace(event, status=Status.PLANNED, told=1)


def _seen(event: Event, **more: object) -> Seen:
    host, again = (ANN, _AGAIN) if event.host else (None, "")
    return replace(Seen(event, AT, host, again), **more)  # type: ignore[arg-type]  # fields of its own


def _forms() -> tuple[Sample, ...]:
    empty = forms.basics_form(None, KeepBasics(COFFEE.id))
    return (
        Sample("Organisers: an event, the form", empty, {"when": words.line("unread-no-time")}),
        Sample("Organisers: an event, the form filled in", forms.basics_form(GROUP, KeepBasics(GROUP.id))),
        Sample("Organisers: an event, who", forms.who_form(GROUP)),
        Sample("Organisers: an event, coming again", forms.again_form(GROUP, SERIES)),
        Sample("Organisers: an event, link and host", forms.link_form(GROUP, ANN.name)),
        *(Sample(f"Organisers: an event, sent back, {key}", empty, {"when": words.line(key)}) for key in _WHYS),
    )


def _drafts() -> tuple[Sample, ...]:
    either = [Read(COFFEE.starts_at + timedelta(hours=12 * n), COFFEE.starts_at.date(), time(9, 30)) for n in (0, 1)]
    edited = _seen(replace(COFFEE, edits=Id(5)))
    return (
        Sample("Organisers: an event, the draft", views.draft(_seen(COFFEE))),
        Sample("Organisers: an event, the draft, nowhere to post it", views.draft(_seen(COFFEE, is_posted=False))),
        Sample("Organisers: an event, a time that is there twice", views.draft(_seen(COFFEE, twice=True))),
        Sample("Organisers: an event, the draft of a series", views.draft(_seen(GROUP))),
        Sample("Organisers: an event, a change", views.draft(edited)),
        Sample("Organisers: a series, a change", views.draft(_seen(replace(GROUP, edits=Id(5)), scopes=tuple(Scope)))),
        Sample("Organisers: an event, which time", views.which(COFFEE, either)),
        Sample("Organisers: an event, which host", views.hosts(COFFEE, [ANN, replace(ANN, id=Id(2))])),
        Sample("Organisers: an event, thrown away", views.thrown()),
        Sample("Organisers: an event, posted", views.posted(_seen(_planned_one(COFFEE)))),
        Sample("Organisers: a series, posted", views.posted(_seen(_planned_one(GROUP), is_posted=False))),
        *(Sample(f"Organisers: an event, {key}", views.said(key, views.to_draft(COFFEE))) for key in _HINDRANCES),
        *(refusal(f"Organisers: an event, {key}", words.text(key)) for key in _SENTENCES),
    )


def _rhythms() -> tuple[Sample, ...]:
    """How often it comes again, in all ways that it is said."""
    settings = EventSettings("Europe/London", Nation.ENGLAND, Terms({}))
    monthly = [f"FREQ=MONTHLY;BYDAY={n}WE" for n in (1, 2, 3, 4, -1)]
    rules = ["FREQ=WEEKLY;COUNT=1", "FREQ=WEEKLY;INTERVAL=2;COUNT=6", "FREQ=DAILY;UNTIL=20270716", *monthly]
    said = [say_series(replace(SERIES, rule=rule), settings) for rule in rules]
    away = replace(COFFEE, zone="America/Argentina/Buenos_Aires")
    return (
        *(Sample(f"Organisers: {again}", views.draft(replace(_seen(GROUP), again=again))) for again in said),
        *(refusal(f"Organisers: a rhythm, {key}", words.text(key, **args)) for key, args in _ENDS.items()),
        Sample("Organisers: an event by the clocks of another city", views.draft(_seen(away))),
    )


def _planned() -> tuple[Sample, ...]:
    coffee, group = _planned_one(COFFEE), _planned_one(GROUP)
    called_off, edit = replace(coffee, status=Status.CANCELLED), replace(COFFEE, edits=Id(5))
    many = [coffee, called_off, *[group] * 30]
    return (
        Sample("Organisers: events", views.listed(many[:4], [COFFEE, edit], 0)),
        Sample("Organisers: events, the first page", views.listed(many, [], 0)),
        Sample("Organisers: events, the second page", views.listed(many, [], 1)),
        Sample("Organisers: events, none", views.listed([], [], 0)),
        *(Sample(f"Organisers: choose an event to {task}", views.choose(task, many, "")) for task in Task),
        Sample("Organisers: choose an event, none", views.choose(Task.EDIT, [], "")),
        Sample("Organisers: choose an event, none of that name", views.choose(Task.EDIT, [], "tea")),
        Sample("Organisers: an event, everything", views.event(_seen(group), 23, 6, is_host=True)),
        Sample("Organisers: an event, everything, few", views.event(_seen(coffee), 3, 0, is_host=False)),
        Sample("Organisers: an event, changed", views.changed(_seen(coffee))),
        Sample("Organisers' channel: an event without a host", views.no_host(coffee)),
        Sample("Organisers: an event, cancel it?", views.ask_cancel(_seen(coffee))),
        Sample("Organisers: a series, cancel it?", views.ask_cancel(_seen(group))),
        Sample("Organisers: an event, cancelled", views.cancelled(coffee, Scope.THIS)),
        Sample("Organisers: a series, cancelled", views.cancelled(group, Scope.FOLLOWING)),
    )


def _posts() -> tuple[Sample, ...]:
    coffee, group = _planned_one(COFFEE), _planned_one(GROUP)
    late, gone = coffee.ends_at, replace(coffee, status=Status.CANCELLED)
    audiences = [Audience(By.ROLE, Role.DEPUTY), Audience(By.NATION, Nation.WALES), Audience(By.REGION, "London")]
    return (
        Sample("Events channel: an event", post_views.post(replace(coffee, band=15), None, AT)),
        Sample("Events channel: a peer support group", post_views.post(group, ANN, AT)),
        Sample("Events channel: an event with a link", post_views.post(replace(group, link_late=False), ANN, AT)),
        Sample("Events channel: an event that is over", post_views.post(coffee, None, late)),
        Sample("Events channel: an event that was cancelled", post_views.post(gone, None, AT)),
        *(
            Sample(
                f"Events channel: an event for one {one.by}", post_views.post(replace(coffee, audience=one), None, AT)
            )
            for one in audiences
        ),
        refusal("Events: for everybody", post_views.words.text("for-everyone")),
        refusal("Events: online", post_views.words.text("post-online")),
        *(refusal(f"Events: {n} minutes", (words.text("long-minutes", n=n))) for n in LENGTHS[:1]),
    )


def _hosts() -> tuple[Sample, ...]:
    group, names = _planned_one(GROUP), [("1", "Tom Ashdown"), ("2", "Gwen Pugh")]
    return (
        Sample("Host: you are one", post_views.hosting(group)),
        Sample("Host: who comes", post_views.who_comes(group, ["Tom Ashdown"], ["Gwen Pugh"], ["Omar Aziz"])),
        Sample("Host: nobody yet", post_views.who_comes(group, [], [], [])),
        Sample("Host: who was there?", post_views.ask_came(group)),
        Sample("Host: who was there, the form", post_views.came_form(group, 0, names, ["1"])),
        Sample("Host: who was there, kept", post_views.came_kept(group, 0, 2)),
        *(refusal(f"Host: {key}", words.text(key)) for key in ("host-not", "came-early", "came-nobody")),
        Sample("A peer support group: its own place", post_views.circle(group)),
        Sample("A peer support group: no place of its own", post_views.circle_apart(group)),
        Sample("A peer support group: a place that may not be there", post_views.circle_astray(group)),
    )


def _offered() -> Sample:
    """What stands in the form of an announcement."""
    lines = [Paragraph(views.words.text(key)) for key in ("crowd-yes", "invite-yes")]
    return Sample("Organisers: what events offer to an announcement", View(tuple(lines)))
