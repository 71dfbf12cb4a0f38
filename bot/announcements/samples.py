"""Everything this room shows, about people who do not exist."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.announcements import actions, forms, pages, views
from bot.announcements.model import Announcement, Does, Reach, Setup, Sort, State, Told, Where
from bot.chat.form import Form
from bot.chat.ids import Id
from bot.core.feature import Offered, Sample
from bot.core.going import Going
from bot.members.model import By

_AT = datetime(2026, 11, 14, 9, tzinfo=UTC)
_SETUP = Setup("Europe/London", ("slack", "discord"))
_ONE = Announcement(Id(7), Id(1), "", "Half-term office hours", "We answer questions on Tuesday only.", _AT)
_NEWS = replace(_ONE, sort=Sort.NEWS, where=Where.DIRECT, does=Does.SEEN, state=State.SENT, goes_at=_AT)
_LINK = replace(_ONE, where=Where.CHANNELS, does=Does.LINK, link="https://example.org/report", label="Read the report")
_TOLD = Told(1043, {Reach.AWAY: 31, Reach.CONSENT: 220, Reach.SUSPENDED: 1, Reach.OUT: 12, Reach.LEFT: 9})
_ALL_TOLD = Told(1043, {**_TOLD.reasons, Reach.SUSPENDED: 6, Reach.UNREACHABLE: 14})
_SOME = replace(_ONE, where=Where.DIRECT, audience="phase:primary")


def samples() -> tuple[Sample, ...]:
    """What members read, then what organisers do."""
    return (
        Sample("An announcement", views.shown(replace(_NEWS, does=Does.START))),
        Sample("An announcement with a link and a picture", views.shown(_picture())),
        Sample("Organisers: an announcement corrected in place", views.shown(replace(_NEWS, corrected_at=_AT))),
        Sample(
            "Organisers: an announcement with a line put right",
            views.shown(replace(_NEWS, corrected_at=_AT, line="At 19:00.")),
        ),
        Sample("An announcement: a correction of its own", views.correction(replace(_NEWS, line="At 19:00."))),
        Sample("An announcement that was read", views.thanks()),
        *_forms(),
        *_making(),
        *_previews(),
        *_going(),
        *_afterwards(),
    )


def _picture() -> Announcement:
    return replace(_LINK, picture="https://example.org/hall.png", alt="The hall, full of heads")


def _forms() -> Iterator[Sample]:
    """Each with all that can be wrong in it."""
    said = {"title": "title", "words": "words", "does": "choice", "link": "link", "label": "label"}
    whom = {"sort": "choice", "where": "channel", "at": "at"}
    picture, line = {"picture": "link", "alt": "alt"}, {"line": "line"}
    yield _form("an announcement's words", forms.of_words(actions.KeepWords(), None, _SETUP), said)
    yield _form("put right", forms.of_words(actions.ChangeWords(Id(7)), _NEWS, _SETUP), {})
    yield _form("who gets it", forms.of_whom(_ONE, _SETUP), whom)
    yield _form("a picture", forms.of_picture(_ONE), picture)
    yield _form("a correction of one line", forms.of_line(_ONE), line)


def _form(name: str, form: Form, wrong: Mapping[str, str]) -> Sample:
    return Sample(f"Organisers: {name}", form, forms.errors({field: f"error-{key}" for field, key in wrong.items()}))


def _making() -> Iterator[Sample]:
    offers = (Offered(Id(3), "Saturday coffee, 5 December"),)
    yield Sample("Organisers: kept, and for whom?", pages.kept(_ONE))
    yield Sample("Organisers: kept", pages.kept(_LINK))
    yield Sample("Organisers: which phase", pages.which_people(_ONE, By.PHASE, {"primary": 120}))
    yield Sample(
        "Organisers: which group", pages.which("which-crowd", actions.ChooseCrowd(Id(7)), "events.yes", offers)
    )
    yield Sample("Organisers: which event", pages.which("which-invite", actions.ChooseInvite(Id(7)), "events", offers))
    for key in ("none-offered", "no-such-people", "not-your-people", "too-few", "not-now", "past", "no-second"):
        yield Sample(f"Organisers: {key}", pages.said(key))
    for key in ("not-your-own", "too-old"):
        yield Sample(f"Organisers: {key}", pages.said(key))
    yield Sample("Organisers: whom nobody knows", pages.said("told-sent", title=_gone(), by=_somebody()))


def _gone() -> str:
    return pages.whom(replace(_ONE, audience="lost:1"), _SETUP)


def _somebody() -> str:
    return views.words.line("an-organiser")


def _previews() -> Iterator[Sample]:
    direct = replace(_NEWS, state=State.DRAFT)
    for name, lasts in {
        "minutes": timedelta(minutes=4),
        "hours": timedelta(hours=5),
        "days": timedelta(days=3),
    }.items():
        seen = pages.Preview(pages.whom(direct, _SETUP), _TOLD, lasts, _SETUP.places)
        yield Sample(f"Organisers: preview, {name}", pages.preview(direct, views.shown(direct), seen, False, True))
    some = pages.Preview(pages.whom(_SOME, _SETUP), Told(120), timedelta(), _SETUP.places)
    yield Sample("Organisers: preview, for some", pages.preview(_SOME, views.shown(_SOME), some, False, False))
    friday = replace(_SOME, where=Where.FRIDAY, sort=Sort.CAMPAIGN, at=_AT)
    yield Sample("Organisers: preview, Friday letter", pages.preview(friday, views.shown(friday), some, False, False))
    every = pages.Preview(pages.whom(direct, _SETUP), _ALL_TOLD, timedelta(), _SETUP.places)
    yield Sample("Organisers: preview, every reason", pages.preview(direct, views.shown(direct), every, False, False))
    there = pages.Preview("", Told(0), timedelta(), _SETUP.places)
    yield Sample("Organisers: preview, in channels", pages.preview(_LINK, views.shown(_LINK), there, False, False))
    second = pages.Preview(pages.whom(direct, _SETUP), _TOLD, timedelta(), _SETUP.places)
    yield Sample(
        "Organisers' channel: does a second agree?", pages.preview(direct, views.shown(direct), second, True, False)
    )


def _going() -> Iterator[Sample]:
    going = replace(_NEWS, state=State.SENDING)
    yield Sample("Organisers: changed since the preview", pages.changed(_NEWS))
    yield Sample("Organisers' channel: who is the second?", pages.asks(_NEWS, "Anna Ford"))
    yield Sample("Organisers: waits for a second", pages.asked(_NEWS))
    yield Sample("Organisers: a draft again", pages.said("not-so", title=_NEWS.title))
    yield Sample("Organisers: leaves in a minute", pages.planned(_NEWS))
    yield Sample("Organisers: leaves on Friday", pages.planned(replace(_NEWS, where=Where.FRIDAY)))
    half = Going(500, 540, 3, timedelta(minutes=4))
    yield Sample("Organisers' channel: half of it is out", pages.progress(going, half, True))
    yield Sample("Organisers' channel: half of some is out", pages.progress(going, half, False))
    yield Sample("Organisers' channel: all out", pages.progress(_NEWS, Going(1040, 0, 3), True))
    yield Sample("Organisers: stopped", pages.stopped(_NEWS))
    yield Sample("Organisers' channel: too late for an announcement", pages.late(_NEWS, _AT))


def _afterwards() -> Iterator[Sample]:
    each = [replace(_NEWS, state=state) for state in State]
    yield Sample("Organisers: the list", pages.listed(each[:4]))
    yield Sample("Organisers: the list goes on", pages.listed(each[4:]))
    yield Sample("Organisers: nothing on the list", pages.listed(()))
    yield Sample("Organisers: one that is out", pages.out(_NEWS, views.shown(_NEWS), 128))
    yield Sample("Organisers: one that few have read", pages.out(_NEWS, views.shown(_NEWS), 3))
    yield Sample("Organisers: being put right", pages.said("correcting", title=_NEWS.title))
    yield Sample("Organisers: taken back", pages.recalled(_NEWS, None))
    yield Sample("Organisers: taken back from many", pages.recalled(_NEWS, 412))
    for did in ("sent", "not-so", "stopped", "corrected", "recalled"):
        yield Sample(f"Organisers' channel: {did}", pages.told(_NEWS, did, "Anna Ford"))
