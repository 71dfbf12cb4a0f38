"""What organisers see of events: a draft as it would be posted, what is coming, and how to change or cancel it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import Action
from bot.chat.command import Tree
from bot.chat.ids import show
from bot.chat.limits import LABEL, OPTIONS, clip
from bot.chat.text import Moment, Text, plain
from bot.chat.view import (
    Block,
    Button,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    Note,
    Option,
    Paragraph,
    Select,
    Style,
    View,
    button,
    words_of,
)
from bot.core.counts import say_count, tell_count
from bot.core.feature import Run
from bot.core.words import Arg, Words
from bot.events import post_views
from bot.events.actions import (
    ApplyChange,
    AskAgain,
    AskBasics,
    AskCancel,
    AskLink,
    AskWho,
    CancelEvent,
    ChangeEvent,
    ChooseEvent,
    ChooseHost,
    ChooseWhen,
    ListEvents,
    PostEvent,
    Scope,
    ShowDraft,
    Task,
    ThrowAway,
    WhoComes,
)
from bot.events.model import Event, Status
from bot.events.posting import band
from bot.events.when import Read, say_when
from bot.members.model import Member
from bot.members.organiser_views import described

words = Words("bot.events")

A_PAGE = 20
"""Events on one page of the list; a select holds them all."""


@dataclass(frozen=True)
class Seen:
    """An event, as organisers are shown it: its host, how its series comes again ("" for none), whether it is posted in
    any channel, and whether somebody is there for whom to post it."""

    event: Event
    at: datetime
    host: Member | None = None
    again: str = ""
    is_posted: bool = True
    twice: bool = False
    scopes: tuple[Scope, ...] = (Scope.THIS,)
    """Of a draft that would change an event: which events it could change."""


# Drafts


def draft(seen: Seen) -> View:
    """All that was understood, the post exactly as it will be, and what can be done."""
    event = seen.event
    asks = words.text("draft-change" if event.edits else "draft-right", when=say_when(event.starts_at, event.zone))
    twice = (Note(words.text("when-twice")),) if seen.twice else ()
    shown = (*post_views.told(event, seen.host, seen.at), Note(plain(words_of(post_views.answers(event)))))
    blocks = (Paragraph(asks), *twice, Divider(), *shown, Divider(), *more(seen))
    return View((*blocks, *(_to_change(seen) if event.edits else _to_post(event))))


def more(seen: Seen) -> tuple[Block, ...]:
    """What organisers alone see of an event, and where it will stand."""
    event = seen.event
    rows = [Fact(words.line("org-places"), plain(_places(event)))]
    rows += [Fact(words.line("org-again"), plain(seen.again))] if seen.again else []
    rows += [Fact(words.line("org-link"), plain(clip(event.link, 500)))] if event.link else []
    nowhere = () if seen.is_posted else (Note(words.text("posted-nowhere")),)
    return (Facts(tuple(rows)), *nowhere)


def which(event: Event, choices: Sequence[Read]) -> View:
    """A date could mean several moments: which one?"""
    row = Buttons(tuple(_moment(event, one.starts_at) for one in choices))
    return View((Paragraph(words.text("which-when")), row, _row(("which-none", AskBasics(event.id)))))


def hosts(event: Event, members: Sequence[Member]) -> View:
    """Several members of that name: which one?"""
    options = tuple(Option(show(one.id), clip(f"{one.name}, {described(one)}".rstrip(", "), LABEL)) for one in members)
    select = Select(words.line("host-select"), ChooseHost(event.id).pack(), options)
    back = _row(("draft-link", AskLink(event.id)), ("draft-show", ShowDraft(event.id)))
    return View((Paragraph(words.text("host-which")), select, back))


def posted(seen: Seen) -> View:
    """It can be answered now."""
    key = "posted" if seen.is_posted else "posted-nowhere"
    said = words.text("posted-when", title=seen.event.title, when=say_when(seen.event.starts_at, seen.event.zone))
    again = (Note(words.text("posted-again", again=seen.again)),) if seen.again else ()
    return View((Paragraph(said), Note(words.text(key)), *again, _manage(seen.event)))


def thrown() -> View:
    """A draft is gone."""
    return View((Paragraph(words.text("thrown")), _row(("list-all", ListEvents(0)))))


def _moment(event: Event, at: datetime) -> Button:
    return button(clip(say_when(at, event.zone), LABEL), ChooseWhen(event.id, int(at.timestamp()) // 60))


def _to_post(event: Event) -> tuple[Buttons, ...]:
    return (
        Buttons(
            (
                button(words.line("draft-post"), PostEvent(event.id), Style.PRIMARY),
                _button("draft-edit", AskBasics(event.id)),
                _button("draft-who", AskWho(event.id)),
                _button("draft-again", AskAgain(event.id)),
                _button("draft-link", AskLink(event.id)),
            )
        ),
        Buttons((_throw("draft-throw", event),)),
    )


def _to_change(seen: Seen) -> tuple[Buttons, ...]:
    event, edits = seen.event, seen.event.edits
    keys = {Scope.THIS: "apply-this", Scope.FOLLOWING: "apply-following"} if event.series else {Scope.THIS: "apply"}
    apply = [
        button(words.line(keys[one]), ApplyChange(event.id, edits, one), Style.PRIMARY) for one in seen.scopes if edits
    ]
    again = [_button("draft-again", AskAgain(event.id))] if event.series else []
    forms = (_button("draft-edit", AskBasics(event.id)), _button("draft-who", AskWho(event.id)))
    return (
        Buttons(tuple(apply)),
        Buttons((*forms, *again, _button("draft-link", AskLink(event.id)))),
        Buttons((_throw("apply-leave", event),)),
    )


def _throw(key: str, event: Event) -> Button:
    sure = Confirm(words.line("throw-sure"), words.line("throw-yes"), words.line("throw-no"))
    return button(words.line(key), ThrowAway(event.id), Style.DANGER, sure)


# What is planned


def choose(task: Task, events: Sequence[Event], sought: str) -> View:
    """Which of these?"""
    if not events:
        key = "choose-none-named" if sought else "choose-none"
        return View((Paragraph(words.text(key)), _row(("list-all", ListEvents(0)), ("list-new", _new()))))
    options = tuple(option(one) for one in events[:OPTIONS])
    select = Select(words.line("choose-select"), ChooseEvent(task).pack(), options)
    rest = (Note(words.text("choose-rest")),) if len(events) > OPTIONS else ()
    return View((Paragraph(words.text(f"choose-{task}")), select, *rest))


def listed(events: Sequence[Event], drafts: Sequence[Event], page: int) -> View:
    """What is coming, then drafts, a page at a time: to be looked at, one by one."""
    every = [*events, *drafts]
    shown = every[page * A_PAGE : (page + 1) * A_PAGE]
    if not shown:
        return View((Paragraph(words.text("list-none")), _row(("list-new", _new()))))
    lines = [Paragraph(_line(one)) for one in shown]
    select = Select(words.line("list-select"), ChooseEvent(Task.SHOW).pack(), tuple(map(option, shown)))
    turns = [("list-earlier", ListEvents(page - 1))] if page else []
    turns += [("list-more", ListEvents(page + 1))] if (page + 1) * A_PAGE < len(every) else []
    return View((Paragraph(words.text("list-opening")), *lines, select, _row(*turns, ("list-new", _new()))))


def event(seen: Seen, coming: int, waiting: int, is_host: bool) -> View:
    """One event: everything but who comes, which its host alone can see."""
    one = seen.event
    shown = (*post_views.told(one, seen.host, seen.at), *more(seen))
    counts = [Fact(words.line("org-coming"), plain(_band(coming)))]
    counts += [Fact(words.line("org-waiting"), plain(say_count(tell_count(waiting))))] if one.capacity else []
    who = (_row(("host-who", WhoComes(one.id))),) if is_host else ()
    return View((*shown, Facts(tuple(counts)), *who, *((_manage(one),) if one.is_open(seen.at) else ())))


def changed(seen: Seen) -> View:
    """An event as it stands after a change."""
    said = words.text("change-made", title=seen.event.title, when=say_when(seen.event.starts_at, seen.event.zone))
    return View((Paragraph(said), Note(words.text("change-told")), _manage(seen.event)))


def ask_cancel(seen: Seen) -> View:
    """Really?"""
    one = seen.event
    said = words.text("cancel-ask", title=one.title, when=say_when(one.starts_at, one.zone))
    several = {Scope.THIS: "cancel-this", Scope.FOLLOWING: "cancel-following"}
    keys = several if one.series else {Scope.THIS: "cancel-it"}
    presses = [button(words.line(key), CancelEvent(one.id, scope), Style.DANGER) for scope, key in keys.items()]
    row = Buttons((*presses, _button("cancel-leave", ListEvents(0))))
    return View((Paragraph(said), Note(words.text("cancel-note")), row))


def cancelled(one: Event, scope: Scope) -> View:
    """It does not take place."""
    key = "cancel-done-following" if scope is Scope.FOLLOWING and one.series else "cancel-done"
    said = words.text(key, title=one.title, when=say_when(one.starts_at, one.zone))
    return View((Paragraph(said), _row(("list-all", ListEvents(0)))))


def no_host(one: Event) -> View:
    """In the organisers' channel: whoever hosted it can't any more."""
    said = words.text("no-host-now", title=one.title, when=say_when(one.starts_at, one.zone))
    return View((Paragraph(said), _row(to_change(one), ("manage-cancel", AskCancel(one.id)))))


def said(key: str, *presses: tuple[str, Action], **args: Arg) -> View:
    """One sentence, and what can be done about it."""
    return View((Paragraph(words.text(key, **args)), *((_row(*presses),) if presses else ())))


def to_draft(one: Event) -> tuple[str, Action]:
    """Back to a draft."""
    return ("draft-show", ShowDraft(one.id))


def to_change(one: Event) -> tuple[str, Action]:
    """Change an event, from how it stands now."""
    return ("manage-change", ChangeEvent(one.id))


def _manage(one: Event) -> Buttons:
    return _row(to_change(one), ("manage-cancel", AskCancel(one.id)), ("list-all", ListEvents(0)))


def _new() -> Run:
    return Run(Tree.ORGANISER, "event new")


def option(one: Event) -> Option:
    when = say_when(one.starts_at, one.zone).partition(" (")[0]
    key = "option-draft" if one.status is Status.DRAFT else "option"
    room = LABEL - len(words.line(key, title="", when=when))
    return Option(show(one.id), words.line(key, title=clip(one.title, room), when=when))


def _line(one: Event) -> Text:
    key = {Status.DRAFT: "listed-edit" if one.edits else "listed-draft", Status.CANCELLED: "listed-cancelled"}
    return words.text(key.get(one.status, "listed"), title=one.title, when=Moment(one.starts_at))


def _places(one: Event) -> str:
    return words.line("places-any") if one.capacity is None else words.line("places", n=one.capacity)


def _band(coming: int) -> str:
    about = band(0, coming)
    return words.line("org-about", n=about) if about else say_count(tell_count(coming))


def _row(*presses: tuple[str, Action]) -> Buttons:
    return Buttons(tuple(_button(key, action) for key, action in presses))


def _button(key: str, action: Action) -> Button:
    return button(words.line(key), action)
