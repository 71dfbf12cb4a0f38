"""Everything the pulse can show, with polls that are made up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.chat.ids import Id
from bot.chat.view import Block, Paragraph, Picture, View
from bot.core.counts import Count, Shown, tell_count
from bot.core.feature import Sample
from bot.core.helplines import HelpLines
from bot.members.kinds import Phase
from bot.pulse import diary_views, organiser_views, result_views, views
from bot.pulse.bank import read_bank
from bot.pulse.diary_picture import alt as diary_alt
from bot.pulse.model import Cut, Entry, Item, Poll, Series, State
from bot.pulse.picture import Week, alt
from bot.pulse.questions import after_sessions, composable, questions_of
from bot.pulse.result_views import MEMBER, ORGANISER
from bot.pulse.results import OTHERS
from bot.pulse.telling import How, Part, Result, Table, Told, pack

_DAY, _CLOSES, _WEEK = date(2026, 11, 12), datetime(2026, 11, 14, 16, 15, tzinfo=UTC), date(2026, 11, 23)
_OWN = "How useful was the budget guide?"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200814cd17bd20000000049454e44ae426082"
)
"""Stands for a picture here, since to draw one takes half a second; its words are the real ones."""


def samples(help: tuple[Block, ...], lines: HelpLines) -> tuple[Sample, ...]:
    """What members see, and what organisers do."""
    return (
        *_asked(help),
        *_heard(lines),
        *_bank(),
        *_told(),
        *_parted(help),
        *_over_the_year(),
        *_diary(),
        *_organising(help),
    )


def _poll(*keys: str, own: str = "", told: Table | None = None) -> Poll:
    items = (*map(Item, keys), *((Item("week", own),) if own else ()))
    said = pack(told) if told else ""
    return Poll(Id(7), Series.ROTA, items, State.OPEN, _DAY, _CLOSES, told=said, told_in=_WEEK)


def _table(*told: Told, rate: int | None = 40) -> Table:
    return Table(tuple(map(Result, told)), rate)


def _asked(help: tuple[Block, ...]) -> tuple[Sample, ...]:
    usual, own = _poll("week", "happy"), _poll("week", own=_OWN)
    lost = Poll(Id(7), Series.ROTA, usual.items, State.OPEN, _DAY, _CLOSES, again=1)
    return (
        Sample("Pulse", views.asking(usual, help)),
        Sample("Pulse, sentences to choose from", views.asking(_poll("week", "burnout"), help)),
        Sample("Pulse, the organisers’ own words", views.asking(own, help)),
        Sample("Pulse, once more", views.asking_again(usual, help)),
        Sample("Pulse, in the Friday letter", View(views.reminder(usual))),
        Sample("Pulse, once more in the Friday letter", View(views.reminder(lost))),
        Sample("Pulse, the form", views.form(usual)),
        Sample("Pulse, the form with the organisers’ own", views.form(own)),
        Sample("Pulse, answered", views.thanks(help)),
        Sample("Pulse, nothing to answer", views.not_now(help)),
        Sample("The pulse, something is asked", views.page((usual, _sessions()), help)),
        Sample("The pulse, nothing is asked", views.page((), help)),
        Sample("The pulse, agreed", views.agreed(True)),
        Sample("The pulse, would rather not", views.agreed(False)),
    )


def _heard(lines: HelpLines) -> Iterator[Sample]:
    poll, told = _sessions(), _sessions(_table(Told(How.COUNTS, (0, 10, 25))))
    yield Sample("Did you feel heard? In the Friday letter", View(views.in_letter(poll, lines)))
    yield Sample("Did you feel heard? The form", views.form(poll))
    yield Sample("Result: whether people felt heard", View(views.result(told)))


def _sessions(told: Table | None = None) -> Poll:
    said = pack(told) if told else ""
    return Poll(Id(8), Series.SESSIONS, after_sessions(), State.OPEN, _DAY, _CLOSES, told=said, told_in=_WEEK)


def _parted(help: tuple[Block, ...]) -> Iterator[Sample]:
    """Totals by phase and by region, and where the parts were too small."""
    row, other = Told(How.COUNTS, (10, 5, 0)), Told(How.COUNTS, (10, 10, 15))
    for cut, names in ((Cut.PHASE, ("primary", "secondary", "")), (Cut.REGION, ("North West", "London", ""))):
        parts = (*(Part((name,), row) for name in names), Part((OTHERS,), other))
        whole = Told(How.COUNTS, (40, 25, 15))
        poll = replace(_poll("week", told=Table((Result(whole, parts),), 80)), cut=cut)
        uncut = replace(poll, told=pack(_table(other)))
        yield Sample(f"Pulse, to be told by {cut}", views.asking(poll, help))
        yield Sample(f"Result, by {cut}", View(views.result(poll)))
        yield Sample(f"Result, nothing by {cut}", View(views.result(uncut)))
    row, keys = Told(How.COUNTS, (10, 5, 0, 10)), ("happy", "satisfied", "worthwhile")
    result = Result(row, tuple(Part((phase.value,), row) for phase in list(Phase)[:6]))
    long = replace(_poll(*keys, told=Table((result,) * 3, 80)), cut=Cut.PHASE)
    yield Sample("Result, parts too long for a letter", View(views.told(long, _WEEK)))


def _over_the_year() -> Iterator[Sample]:
    week, leaving, happy = (read_bank().get(key) for key in ("week", "leaving", "happy"))
    counts, nothing = Told(How.COUNTS, (10, 0, 15)), Told(How.NOTHING)
    most, shares = Told(How.MOST, (0, 0, 1)), Told(How.SHARES, (0, 40, 60))
    went = [Week(_DAY + timedelta(weeks=place), told) for place, told in enumerate((counts, nothing, most, shares))]
    yield Sample("Over the year", result_views.trend(week, went, Picture(_PIXEL, alt(week, went))))
    yield Sample(
        "Over the year, beside figures", result_views.trend(leaving, went, Picture(_PIXEL, alt(leaving, went)))
    )
    yield Sample("Over the year, nothing told", result_views.trend(happy, went[1:2], None))
    told = _poll("week", told=_table(counts))
    yield Sample("What was told", result_views.results(MEMBER, (told, told), ("week", "leaving")))
    yield Sample("What was told, nothing yet", result_views.results(MEMBER, (), ()))
    yield Sample("What was told, unreadable", result_views.result(MEMBER, replace(told, told="")))


def _diary() -> Iterator[Sample]:
    texts = ("Ofsted rang.", "", "Better, with a day at home.")
    kept = [Entry(Id(9), _WEEK + timedelta(weeks=n), 2 + n, text) for n, text in enumerate(texts)]
    weeks: dict[date, Entry | None] = {one.week: one for one in kept}
    yield Sample("A diary, before it is kept", diary_views.invitation())
    yield Sample("A diary, nothing written this week", diary_views.page(_WEEK, None, is_whole=False))
    yield Sample("A diary, this week is written", diary_views.page(_WEEK, kept[0]))
    yield Sample("A diary, the form", diary_views.form(None))
    yield Sample("A diary, the form again", diary_views.form(kept[0]))
    yield Sample("A diary, kept", diary_views.kept(_WEEK))
    yield Sample("A diary, one’s year", diary_views.year(weeks, Picture(_PIXEL, diary_alt(kept))))
    yield Sample("A diary, a year that does not open", diary_views.year({_WEEK: None}, None))
    yield Sample("A diary, an empty year", diary_views.year({}, None))
    yield Sample("A diary, given up", diary_views.stopped())
    yield Sample("A diary, none is kept", View((Paragraph(diary_views.keeps_none()),)))
    yield Sample("A diary, no number chosen", View((Paragraph(diary_views.nothing_chosen()),)))


def _bank() -> Iterator[Sample]:
    """Every question of the bank, as it is read and as it is answered."""
    for key, label in composable().items():
        yield Sample(f"Question: {label}", View(tuple(views.asked(_poll(key)))))
        yield Sample(f"Question: {label}, the form", views.form(_poll(key)))


def _told() -> Iterator[Sample]:
    for key in composable():
        bands = len(questions_of(_poll(key))[0].bands)
        table = _table(Told(How.COUNTS, tuple(range(10, 10 + 5 * bands, 5))), rate=60)
        yield Sample(f"Result: {key}", View(views.result(_poll(key, told=table))))
    shares = _poll("week", told=_table(Told(How.SHARES, (0, 30, 70)), rate=100))
    most = _poll("week", "happy", told=_table(Told(How.MOST, (0, 0, 1)), Told(How.NOTHING)))
    again = Poll(Id(7), Series.ROTA, shares.items, State.CLOSED, _DAY, again=1, told=shares.told, told_in=_WEEK)
    reply = "We moved the Wednesday evenings to eight o’clock."
    did = Poll(Id(7), Series.ROTA, shares.items, State.CLOSED, _DAY, told=shares.told, reply=reply, reply_in=_WEEK)
    yield Sample("Result, shares", View(views.result(shares)))
    yield Sample("Result, nearly all say the same", View(views.result(most)))
    yield Sample("Result, too few", View(views.result(_poll("week", told=_table(Told(How.NOTHING), rate=None)))))
    yield Sample("Result, after a restart", View(views.result(again)))
    yield Sample("You said, we did", View(views.told(did, _WEEK)))
    yield Sample("You said, we did, beside figures", View(views.said_and_did(did)))


def _organising(help: tuple[Block, ...]) -> Iterator[Sample]:
    poll, closed = _poll("week", own=_OWN), _poll("week", told=_table(Told(How.COUNTS, (10, 10, 15))))
    form, fields = organiser_views.compose(), ("first", "others", "own", "scale", "cut")
    reasons = zip(fields, ("question", "many", "long", "scale", "cut"), strict=True)
    wrong = organiser_views.wrong({field: f"error-{key}" for field, key in reasons})
    refusals = ("no-draft", "already-open", "too-few")
    yield Sample("Organisers: a new question", form, wrong)
    yield Sample("Organisers: nothing chosen", form, organiser_views.wrong({"first": "error-none"}))
    yield Sample("Organisers: preview", organiser_views.preview(poll, tell_count(42), help))
    yield from (Sample(f"Organisers: cannot send, {why}", organiser_views.cannot_open(why)) for why in refusals)
    yield Sample("Organisers: sent", organiser_views.opened(poll, Count(Shown.EXACT, 42)))
    yield Sample("Organisers: thrown away", organiser_views.dropped())
    yield Sample("Organisers: nothing open", organiser_views.nothing_open())
    yield Sample("Organisers: close", organiser_views.closing(poll))
    yield Sample("Organisers: closed", organiser_views.closed())
    yield Sample("Organisers: no figures", result_views.results(ORGANISER, (), ()))
    yield Sample("Organisers: figures", result_views.results(ORGANISER, (closed, closed), ("week",)))
    yield Sample("Organisers: what was done", organiser_views.reply_form(closed))
    yield Sample("Organisers: it will be told", organiser_views.reply_kept(True))
    yield Sample("Organisers: it will not", organiser_views.reply_kept(False))
    yield Sample("Organisers: rota", organiser_views.rota([(_WEEK, poll.items)]))
    yield Sample("Organisers: rota, holidays", organiser_views.rota([]))
