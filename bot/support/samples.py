"""Everything this room shows, about people who do not exist."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.chat.ids import Id
from bot.chat.view import View
from bot.core.feature import Sample, refusal
from bot.core.helplines import HelpLines
from bot.core.terms import Nation
from bot.members.model import Member, Stage
from bot.support import concern_views, listening_views, rota_views, views
from bot.support.model import Duty, Listener, Request, State, Worry

_AT, _BY = datetime(2026, 11, 11, 17, tzinfo=UTC), datetime(2026, 11, 11, 19, tzinfo=UTC)
_WHEN = listening_views.say_when(_BY, "Europe/London")
_PRIYA, _ANN = Member(Id(1), "Priya Shah", Stage.MEMBER), Member(Id(2), "Ann Hughes", Stage.MEMBER)
_BEN = Member(Id(3), "Ben Okoro", Stage.MEMBER)
_WORDS = "It has been a long term.\nI would like to think aloud for half an hour."
_REQUEST = Request(Id(7), _PRIYA.id, _ANN.id, State.ASKED, _WORDS, True, _AT, answer_by=_BY)
_LISTENER = Listener(_ANN.id, 2, True, (Duty(2, 17, 19), Duty(5, 9, 11)))


def samples(lines: HelpLines) -> tuple[Sample, ...]:
    """All of it."""
    return (
        Sample("Help now", views.help_now(lines)),
        Sample("Help now, in Scotland", views.help_now(lines, Nation.SCOTLAND)),
        Sample("Typed text", views.typed(lines)),
        Sample("Home page, a request is theirs", View(views.home(lines, True, has_asked=True))),
        Sample("Home page, a request waits for them", View(views.home(lines, True, is_asked=True))),
        *_asking(lines),
        *_asked(lines),
        *_listening(lines),
        *_rota(),
        *_concerns(lines),
    )


def _asking(lines: HelpLines) -> tuple[Sample, ...]:
    silent = replace(_REQUEST, words="", may_hand_on=False)
    return (
        Sample("Listeners: who is there", listening_views.who([_ANN, _BEN], lines)),
        Sample("Listeners: nobody is free", listening_views.nobody(_WHEN, lines)),
        Sample("Listeners: nobody at all", listening_views.nobody("", lines)),
        Sample("Listeners: not vouched for yet", listening_views.not_yet(lines)),
        Sample("Listeners: the form", listening_views.form(_ANN)),
        Sample("Listeners: the form, sent back", listening_views.form(_ANN), listening_views.too_long()),
        Sample("Listeners: what would be sent", listening_views.preview(_PRIYA, _ANN, _REQUEST)),
        Sample("Listeners: what would be sent, without words", listening_views.preview(_PRIYA, _ANN, silent)),
        Sample("Listeners: nothing was sent", listening_views.dropped(lines)),
        Sample("Listeners: asked", listening_views.stands(_REQUEST, _ANN, _WHEN, lines)),
        Sample("Listeners: asked somebody who has left", listening_views.stands(_REQUEST, None, _WHEN, lines)),
        Sample(
            "Listeners: will write", listening_views.stands(replace(_REQUEST, state=State.TAKEN), _ANN, _WHEN, lines)
        ),
    )


def _asked(lines: HelpLines) -> tuple[Sample, ...]:
    near, far = replace(_ANN, reach="01632 960011, after five"), replace(_PRIYA, reach="priya@example.org")
    return (
        Sample("Listeners: can't", listening_views.cannot("cannot", _ANN.name, lines)),
        Sample("Listeners: has not answered", listening_views.cannot("silent", _ANN.name, lines)),
        Sample("Listeners: has left", listening_views.cannot("gone", None, lines)),
        Sample("Listeners: handed on", listening_views.handed_on("cannot", _ANN.name, _BEN, _REQUEST, _WHEN, lines)),
        Sample("Listeners: introduced", listening_views.together(_PRIYA, _ANN, _REQUEST)),
        Sample("Listeners: introduced, far apart", listening_views.apart(far, near, _REQUEST.id)),
        Sample("Listeners: introduced, far apart, no way said", listening_views.apart(_PRIYA, _ANN, _REQUEST.id)),
        Sample("Listeners: ended by the listener", listening_views.ended(_ANN.name)),
        Sample("Listeners: over", listening_views.closed(lines)),
    )


def _listening(lines: HelpLines) -> tuple[Sample, ...]:
    waiting = [(_REQUEST, _PRIYA), (replace(_REQUEST, state=State.TAKEN), _BEN)]
    nothing = replace(_LISTENER, hours=())
    return (
        Sample("A listener: invited", listening_views.invitation()),
        Sample("A listener: their page", listening_views.listening(_LISTENER, waiting, True, False)),
        Sample("A listener: their page, without hours", listening_views.listening(nothing, [], True, True)),
        Sample("A listener: from another account", listening_views.listening(_LISTENER, [], False, False)),
        Sample("A listener: asked", listening_views.asks(_PRIYA, _REQUEST, _WHEN)),
        Sample("A listener: will write", listening_views.taken(_PRIYA, _REQUEST)),
        Sample("A listener: guidance", listening_views.guidance(lines)),
        Sample("A listener: hours", rota_views.your_hours(_LISTENER)),
        Sample("A listener: taken off", rota_views.taken_off()),
        *(
            Sample(f"A listener: {key}", listening_views.said(key))
            for key in ("cannot-said", "over", "over-member", "over-too-late", "off")
        ),
        refusal("A listener: not from this account", listening_views.words.text("not-from-here")),
    )


def _rota() -> tuple[Sample, ...]:
    asked = replace(_LISTENER, member=_BEN.id, agreed=False, most=1)
    third = replace(_LISTENER, most=3, hours=())
    return (
        Sample("Organisers: listeners", rota_views.all([(_ANN, _LISTENER), (_BEN, asked), (_PRIYA, third)])),
        Sample("Organisers: no listeners", rota_views.all([])),
        Sample("Organisers: who could listen", rota_views.search_form()),
        Sample("Organisers: who could listen, found", rota_views.found([_ANN])),
        Sample("Organisers: who could listen, not found", rota_views.found([])),
        Sample("Organisers: a listener", rota_views.one(_ANN, _LISTENER)),
        Sample("Organisers: a listener who has not said yes", rota_views.one(_BEN, asked)),
        Sample("Organisers: a listener to be", rota_views.one(_ANN, None)),
        Sample("Organisers: a listener of three", rota_views.one(_PRIYA, third)),
        Sample("Organisers: a listener's hours", rota_views.hours_form(_ANN, _LISTENER)),
        Sample(
            "Organisers: a listener's hours, sent back", rota_views.hours_form(_ANN, None), rota_views.wrong_hours()
        ),
        Sample("Organisers: a listener is off the rota", rota_views.off(_ANN)),
        Sample("Organisers' channel: a listener's hours", rota_views.told("told-rota", _ANN, "Anna Ford")),
        Sample("Organisers' channel: a listener is off the rota", rota_views.told("told-off-rota", _ANN, "")),
        refusal("Organisers: nobody who could listen", rota_views.words.text("rota-no-member")),
    )


def _concerns(lines: HelpLines) -> tuple[Sample, ...]:
    worry = Worry(Id(8), _PRIYA.id, _BEN.id, "", "Ben has not been himself since September.", _AT)
    other = replace(worry, about=None, named="Sam from the coffee mornings")
    readers, form = [(0, "Anna Ford"), (1, "Lin Wu")], concern_views.form(None)
    return (
        Sample("A worry: about whom", concern_views.about_whom(True, lines)),
        Sample("A worry: nobody reads it", concern_views.about_whom(False, lines)),
        Sample("A worry: searched", concern_views.search_form()),
        Sample("A worry: found", concern_views.found([_BEN])),
        Sample("A worry: not found", concern_views.found([])),
        Sample("A worry: the form", concern_views.form(_BEN)),
        Sample("A worry: the form, about somebody else", form),
        Sample("A worry: the form, sent back", form, concern_views.wrong(0, True, 1)),
        Sample("A worry: what would be sent", concern_views.preview(_PRIYA, _BEN, worry, readers, 0, lines)),
        Sample("A worry: to one alone", concern_views.preview(_PRIYA, None, other, readers[:1], 0, lines)),
        Sample("A worry: to nobody", concern_views.preview(_PRIYA, _BEN, worry, [], 0, lines)),
        Sample("A worry: sent", concern_views.sent(lines)),
        Sample("A worry: not sent", concern_views.dropped(lines)),
        Sample("A worry: did not arrive", concern_views.lost(lines)),
        Sample("Organisers: a worry", concern_views.letter(_PRIYA, _BEN, worry)),
        Sample("Organisers: a worry about somebody else", concern_views.letter(_PRIYA, None, other)),
    )
