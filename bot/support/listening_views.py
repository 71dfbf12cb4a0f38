"""What is shown of listeners and of requests to them: to whoever asks, and to whoever listens."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.command import Tree
from bot.chat.form import Form, LongText, ManyOf
from bot.chat.ids import Id, show
from bot.chat.limits import FORM_TITLE, LABEL, clip
from bot.chat.text import Mention, Text, plain
from bot.chat.view import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Note,
    Option,
    Paragraph,
    Quote,
    Select,
    Style,
    View,
    button,
)
from bot.core.feature import Run
from bot.core.helplines import HelpLines, more_ways, short_line
from bot.core.walltime import zone_of
from bot.core.words import Arg, Words
from bot.members.model import Member, first_name
from bot.members.speech import say_day
from bot.support.actions import (
    Agree,
    AskAnybody,
    AskListener,
    Cannot,
    ChangeRequest,
    CloseRequest,
    DropRequest,
    LookFor,
    SendRequest,
    ShowGuidance,
    StepDown,
    Take,
    WriteRequest,
)
from bot.support.model import MOST_WORDS, Duty, Listener, Request, State

words = Words("bot.support")

WORDS, HAND_ON, YES = "words", "hand-on", "yes"
_ON_A_FORM = FORM_TITLE - len("Write to ")
_SHOWN = 25
_GUIDANCE = ("is", "not", "hour", "heavy", "between", "you")


def said(key: str, **args: Arg) -> View:
    """One sentence of this room."""
    return View((Paragraph(words.text(key, **args)),))


def somebody() -> str:
    """What stands for a name that is not known any more."""
    return words.line("somebody")


def help_row(lines: HelpLines, *presses: Button) -> tuple[Block, ...]:
    """The help line, and beside its button what else can be done."""
    return Note(short_line(lines)), Buttons((more_ways(), *presses))


def not_yet(lines: HelpLines) -> View:
    """To somebody whom no organiser has vouched for."""
    return View((Paragraph(words.text("listener-not-yet")), *help_row(lines)))


def who(free: Sequence[Member], lines: HelpLines) -> View:
    """Who is on duty."""
    options = tuple(Option(show(one.id), clip(one.name, LABEL)) for one in free[:_SHOWN])
    anybody = button(words.line("whoever"), AskAnybody(), Style.PRIMARY)
    return View(
        (
            Paragraph(words.text("who")),
            Note(words.text("who-note")),
            Select(words.line("who-select"), AskListener().pack(), options),
            *help_row(lines, anybody, _guidance("what-it-is")),
        ),
        title=words.line("who-title"),
    )


def nobody(when: str, lines: HelpLines) -> View:
    """Nobody is on duty, or all have their hands full."""
    then = words.text("nobody-next", when=when) if when else words.text("nobody-ever")
    return View((Paragraph(words.text("nobody-free")), Paragraph(then), *help_row(lines)))


def form(listener: Member, said: str = "", may_hand_on: bool = False) -> Form:
    """In which one writes a few words, or none; its title says who will read them."""
    hint, yes = words.line("form-hint"), Option(YES, words.line("form-hand-on-yes"))
    field = LongText(WORDS, words.line("form-label"), said, hint, required=False, most=MOST_WORDS)
    hand_on = ManyOf(HAND_ON, words.line("form-hand-on"), (yes,), (YES,) if may_hand_on else ())
    title = words.line("form-title", name=clip(first_name(listener.name), _ON_A_FORM))
    return Form(title, WriteRequest(listener.id).pack(), (field, hand_on), words.line("form-send"))


def too_long() -> Mapping[str, str]:
    """Beside the field, where what was typed stays."""
    return {WORDS: words.line("too-long")}


def preview(me: Member, listener: Member, request: Request) -> View:
    """Exactly what would be sent, to whom, and who else could come to read it."""
    on = words.text("preview-hand-on" if request.may_hand_on else "preview-only", name=listener.name)
    send = button(_short("send-to", listener), SendRequest(request.id), Style.PRIMARY)
    change = button(words.line("change"), ChangeRequest(request.id))
    drop = button(words.line("dont-send"), DropRequest(request.id))
    opening = Paragraph(words.text("preview", name=listener.name))
    return View((opening, *asked(me, request), Note(on), Buttons((send, change, drop))))


def asked(member: Member, request: Request) -> tuple[Block, ...]:
    """What a listener reads of a request: the same in the preview and in the letter."""
    line = Paragraph(words.text("asks", name=member.name))
    if not request.words:
        return line, Note(words.text("asks-nothing", name=member.name))
    return line, Quote(request.words), Note(words.text("asks-note", name=member.name))


def asks(member: Member, request: Request, when: str) -> View:
    """The letter to a listener, who has until `when`."""
    by = Note(words.text("asks-by", when=when))
    return View((*asked(member, request), by, Buttons((*_answers(member, request), _guidance("how-to-listen")))))


def stands(request: Request, listener: Member | None, when: str, lines: HelpLines) -> View:
    """To whoever asked: how it stands, and what to do meanwhile."""
    name = listener.name if listener else somebody()
    close = button(words.line("no-more"), CloseRequest(request.id))
    if request.state is State.TAKEN:
        return View((Paragraph(words.text("stands-taken", name=name)), *help_row(lines, close)))
    asked = Paragraph(words.text("stands-asked", name=name, when=when))
    return View((asked, Note(words.text("meanwhile")), *help_row(lines, close)))


def dropped(lines: HelpLines) -> View:
    """Nothing was sent."""
    return View((Paragraph(words.text("dropped")), *help_row(lines, _again("somebody-else"))))


def cannot(says: str, name: str | None, lines: HelpLines) -> View:
    """To whoever asked: this listener can't, and what else there is."""
    return View(
        (Paragraph(_cannot(says, name)), Note(words.text("cannot-next")), *help_row(lines, _again("ask-again")))
    )


def handed_on(says: str, name: str | None, to: Member, request: Request, when: str, lines: HelpLines) -> View:
    """The same, and who has been asked in their place, as was allowed."""
    close = button(words.line("no-more"), CloseRequest(request.id))
    on = Paragraph(words.text("handed-on", name=to.name, when=when))
    return View((Paragraph(_cannot(says, name)), on, *help_row(lines, close)))


def ended(name: str) -> View:
    """To whoever asked: the listener says that it is over."""
    return View((Paragraph(words.text("ended", name=name)), Buttons((_again("ask-again"), more_ways()))))


def closed(lines: HelpLines) -> View:
    """To whoever says that it is over."""
    return View((Paragraph(words.text("closed")), *help_row(lines)))


def taken(member: Member, request: Request) -> View:
    """To a listener who will write."""
    done = button(_short("done-with", member), CloseRequest(request.id))
    return View((Paragraph(words.text("taken", name=member.name)), Buttons((done, _guidance("how-to-listen")))))


def together(member: Member, listener: Member, request: Request) -> View:
    """To both, in a place of their own."""
    who = {"member": _mention(member), "listener": _mention(listener)}
    row = Buttons((button(words.line("its-over"), CloseRequest(request.id)), more_ways()))
    return View((Paragraph(words.text("together", **who)), Note(words.text("together-note")), row))


def apart(me: Member, other: Member, request: Id) -> View:
    """To each of two who share no place, or whose letter to both may not have come."""
    told = bool(me.reach and other.reach)
    way = words.text("apart-reach", name=other.name, reach=other.reach or "") if told else words.text("apart-no-reach")
    row = Buttons((button(words.line("its-over"), CloseRequest(request)), more_ways()))
    return View((Paragraph(words.text("apart", name=other.name)), Paragraph(way), row))


def invitation() -> View:
    """To somebody an organiser would like to have on the rota."""
    row = (button(words.line("agree"), Agree(), Style.PRIMARY), _guidance("what-it-is"), _step_down("rather-not"))
    return View((Paragraph(words.text("invitation")), Note(words.text("invitation-note")), Buttons(row)))


def listening(
    listener: Listener, waiting: Sequence[tuple[Request, Member]], is_this_account: bool, has_asked: bool
) -> View:
    """To somebody on the rota: their hours, what waits for them, and the way to somebody for themselves."""
    opening: tuple[Block, ...] = (Paragraph(words.text("listening")), Facts(hours(listener.hours)))
    if not is_this_account:
        opening = (*opening, Paragraph(words.text("not-from-here")))
        here = button(words.line("from-here-too"), Agree())
        return View((*opening, Buttons((here, _for_me(has_asked)))), title=words.line("listening-title"))
    each = [block for request, member in waiting for block in _waiting(request, member)]
    row = (_for_me(has_asked), _guidance("how-to-listen"), _step_down("step-down"))
    return View((*opening, *each, Buttons(row)), title=words.line("listening-title"))


def hours(duties: Sequence[Duty]) -> tuple[Fact, ...]:
    """When somebody listens, a weekday a line."""
    told = [Fact(words.line(f"day-{one.weekday}"), plain(f"{clock(one.begins)}–{clock(one.ends)}")) for one in duties]
    return tuple(told) or (Fact(words.line("no-hours"), words.text("no-hours-yet")),)


def say_when(at: datetime, zone: str) -> str:
    """A day and a time of day, on the wall clock of whoever reads it."""
    there = at.astimezone(zone_of(zone))
    return words.line("when", day=say_day(there.date()), time=f"{there:%H:%M}")


def clock(hour: int) -> str:
    """A whole hour as it stands on a clock."""
    return f"{hour:02d}:00"


def guidance(lines: HelpLines) -> View:
    """What listening is, what it is not, and where it ends."""
    facts = tuple(Fact(words.line(f"guidance-{key}-title"), words.text(f"guidance-{key}")) for key in _GUIDANCE)
    return View((Paragraph(words.text("guidance")), Facts(facts), *help_row(lines)), title=words.line("guidance-title"))


def _waiting(request: Request, member: Member) -> tuple[Block, ...]:
    if request.state is State.ASKED:
        return *asked(member, request), Buttons(_answers(member, request))
    done = Buttons((button(_short("done-with", member), CloseRequest(request.id)),))
    return Paragraph(words.text("taken", name=member.name)), *((Quote(request.words),) if request.words else ()), done


def _answers(member: Member, request: Request) -> tuple[Button, ...]:
    yes = button(_short("take", member), Take(request.id), Style.PRIMARY)
    return yes, button(words.line("cannot"), Cannot(request.id))


def _cannot(says: str, name: str | None) -> Text:
    return words.text(f"told-{says}", name=name) if name else words.text("told-gone")


def _for_me(has_asked: bool) -> Button:
    return button(words.line("my-own" if has_asked else "someone-too"), LookFor())


def _again(key: str) -> Button:
    return button(words.line(key), Run(Tree.MEMBER, "listener"))


def _guidance(key: str) -> Button:
    return button(words.line(key), ShowGuidance())


def _step_down(key: str) -> Button:
    return button(words.line(key), StepDown())


def _short(key: str, member: Member) -> str:
    return clip(words.line(key, name=first_name(member.name)), LABEL)


def _mention(member: Member) -> Mention:
    return Mention(member.id, member.name)
