"""Everything the pulse can show, with polls that are made up."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from bot.chat.ids import Id
from bot.chat.view import Block, View
from bot.core.counts import Count, Shown, tell_count
from bot.core.feature import Sample
from bot.pulse import organiser_views, views
from bot.pulse.model import Item, Poll, Series, State
from bot.pulse.questions import composable, questions_of
from bot.pulse.telling import How, Result, Table, Told, pack

_DAY, _CLOSES, _WEEK = date(2026, 11, 12), datetime(2026, 11, 14, 16, 15, tzinfo=UTC), date(2026, 11, 23)
_OWN = "How useful was the budget guide?"


def samples(help: tuple[Block, ...]) -> tuple[Sample, ...]:
    """What members see, and what organisers do."""
    return (*_asked(help), *_bank(), *_told(), *_organising(help))


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
        Sample("The pulse, something is asked", views.page(usual, help)),
        Sample("The pulse, nothing is asked", views.page(None, help)),
        Sample("The pulse, agreed", views.agreed(True)),
        Sample("The pulse, would rather not", views.agreed(False)),
    )


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
    form, fields = organiser_views.compose(), ("first", "second", "third", "own", "scale")
    reasons = zip(fields, ("question", "none", "many", "long", "scale"), strict=True)
    wrong = organiser_views.wrong({field: f"error-{key}" for field, key in reasons})
    refusals = ("no-draft", "already-open", "too-few")
    yield Sample("Organisers: a new question", form, wrong)
    yield Sample("Organisers: preview", organiser_views.preview(poll, tell_count(42), help))
    yield from (Sample(f"Organisers: cannot send, {why}", organiser_views.cannot_open(why)) for why in refusals)
    yield Sample("Organisers: sent", organiser_views.opened(poll, Count(Shown.EXACT, 42)))
    yield Sample("Organisers: thrown away", organiser_views.dropped())
    yield Sample("Organisers: nothing open", organiser_views.nothing_open())
    yield Sample("Organisers: close", organiser_views.closing(poll))
    yield Sample("Organisers: closed", organiser_views.closed())
    yield Sample("Organisers: no figures", organiser_views.results(()))
    yield Sample("Organisers: figures", organiser_views.results((closed, closed)))
    yield Sample("Organisers: what was done", organiser_views.reply_form(closed))
    yield Sample("Organisers: it will be told", organiser_views.reply_kept(True))
    yield Sample("Organisers: it will not", organiser_views.reply_kept(False))
    yield Sample("Organisers: rota", organiser_views.rota([(_WEEK, poll.items)]))
    yield Sample("Organisers: rota, holidays", organiser_views.rota([]))
