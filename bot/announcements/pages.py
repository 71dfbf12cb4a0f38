"""What organisers see of announcements: drafts, the preview, how far one is, and what can be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.announcements import actions
from bot.announcements.model import LEAST, Announcement, Does, Setup, State, Told, Where
from bot.announcements.views import words
from bot.chat.action import Action
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
)
from bot.core.counts import Shown, say_count, tell_count, tell_counts
from bot.core.feature import Offered
from bot.core.going import Going
from bot.core.words import Arg
from bot.members.kinds import Nation, Phase, Role
from bot.members.model import By, read_audience
from bot.members.speech import label

A_PAGE = 5
"""A row of buttons."""
_KINDS: Mapping[By, type[Role | Phase | Nation]] = {By.ROLE: Role, By.PHASE: Phase, By.NATION: Nation}


@dataclass(frozen=True)
class Preview:
    """All that a preview tells besides the announcement: to `whom` in words, how many, for how long, on which
    platforms."""

    whom: str
    told: Told
    lasts: timedelta
    places: Sequence[str]


def said(key: str, **args: Arg) -> View:
    """One sentence of this room."""
    return View((Paragraph(words.text(key, **args)),))


def kept(announcement: Announcement) -> View:
    """A draft is kept, and what comes next."""
    if announcement.where is None:
        press = (_press("press-whom", actions.AskWhom(announcement.id), Style.PRIMARY),)
        return View((Paragraph(words.text("kept-whom", title=announcement.title)), Buttons(press)))
    press = (_press("press-preview", actions.Show(announcement.id), Style.PRIMARY),)
    return View((Paragraph(words.text("kept", title=announcement.title)), Buttons((*press, *_change(announcement)))))


def which_people(announcement: Announcement, by: By, sizes: Mapping[str, int]) -> View:
    """Which role, phase, region or nation; of those alone that hold enough people."""
    enough = [value for value, size in sizes.items() if size >= LEAST][:OPTIONS]
    if not enough:
        return said("too-few")
    options = tuple(Option(value, clip(value_label(by, value), LABEL)) for value in enough)
    select = Select(words.line("which"), actions.ChooseOf(announcement.id, by).pack(), options)
    return View((Paragraph(words.text("which-people")), select))


def which(key: str, action: Action, name: str, offers: Sequence[Offered]) -> View:
    """Which of the things that another room offers."""
    if not offers:
        return said("none-offered")
    options = tuple(Option(f"{name}:{show(one.id)}", clip(one.label, LABEL)) for one in offers[:OPTIONS])
    return View((Paragraph(words.text(key)), Select(words.line("which"), action.pack(), options)))


def value_label(by: By, value: str) -> str:
    """A role, phase or nation as it is said; a region is its own name."""
    return label(_KINDS[by](value)) if by in _KINDS else value


def whom(announcement: Announcement, setup: Setup) -> str:
    """To whom, in words."""
    try:
        crowd = setup.crowd(announcement.audience)
        if crowd is not None:
            return crowd[0].label()
        audience = read_audience(announcement.audience)
    except ValueError:
        return words.line("whom-gone")
    return words.line("by-everyone") if audience.by is By.EVERYONE else value_label(audience.by, audience.of)


def preview(announcement: Announcement, shown: View, seen: Preview, second: bool, ask: bool) -> View:
    """Exactly what everybody will see and, under a line, to how many it goes and what can be pressed. `second`: it is
    another organiser who is asked to agree; `ask`: another will be."""
    note = [Note(words.text("preview-note"))]
    note += [Note(words.text("preview-second"))] if ask else []
    row = _agree(announcement, seen) if second else (_send(announcement, seen), *_change(announcement))
    blocks = (*shown.blocks, Divider(), *note, _facts(announcement, seen), *_reasons(seen), Buttons(row))
    return View(blocks, title=shown.title)


def changed(announcement: Announcement) -> View:
    """It is not what was previewed: please look again."""
    press = _press("press-preview", actions.Show(announcement.id), Style.PRIMARY)
    return View((Paragraph(words.text("preview-changed", title=announcement.title)), Buttons((press,))))


def asks(announcement: Announcement, by: str) -> View:
    """To all organisers: a second one is to look at it, and to agree or not."""
    press = _press("press-preview", actions.Show(announcement.id), Style.PRIMARY)
    return View((Paragraph(words.text("asks-second", title=announcement.title, by=by)), Buttons((press,))))


def asked(announcement: Announcement) -> View:
    """To its author, who waits for another's word."""
    press = _press("press-undo", actions.Undo(announcement.id, announcement.version))
    return View((Paragraph(words.text("asked", title=announcement.title)), Buttons((press,))))


def planned(announcement: Announcement) -> View:
    """It leaves by itself, and can still be taken back."""
    at = Moment(announcement.goes_at or announcement.made_at)
    key = "planned-friday" if announcement.where is Where.FRIDAY else "planned"
    press = _press("press-undo", actions.Undo(announcement.id, announcement.version))
    return View((Paragraph(words.text(key, title=announcement.title, at=at)), Buttons((press,))))


def out(announcement: Announcement, shown: View, seen: int) -> View:
    """One that has left: as it stands, and what can be done about it."""
    rows = [Fact(words.line("fact-state"), words.text(f"state-{announcement.state}"))]
    if announcement.goes_at:
        rows.append(Fact(words.line("fact-when"), (Moment(announcement.goes_at),)))
    if announcement.does is Does.SEEN:
        rows.append(Fact(words.line("fact-seen"), plain(_in_tens(seen))))
    presses = _afterwards(announcement)
    row = (Buttons(presses),) if presses else ()
    return View((*shown.blocks, Divider(), Facts(tuple(rows)), *row), title=shown.title)


def listed(announcements: Sequence[Announcement]) -> View:
    """The latest, each with how far it is, to be opened."""
    if not announcements:
        return said("list-none")
    rows = tuple(Fact(clip(one.title, LABEL), words.text(f"state-{one.state}")) for one in announcements)
    presses = tuple(button(clip(one.title, LABEL), actions.Show(one.id)) for one in announcements)
    return View((Paragraph(words.text("list")), Facts(rows), Buttons(presses)))


def stopped(announcement: Announcement) -> View:
    """To whoever stopped it, and in place of how far it was."""
    return said("stopped", title=announcement.title)


def recalled(announcement: Announcement, had: int | None) -> View:
    """To whoever took it back: how many had it, where that may be told."""
    if had is None:
        return said("recalled", title=announcement.title)
    return said("recalled-had", title=announcement.title, had=_people(had))


def progress(announcement: Announcement, going: Going, is_to_all: bool) -> View:
    """How far it is; of one for some no number is told, for it would say who of them is away."""
    done, of = going.sent + going.could_not, going.sent + going.could_not + going.waiting
    if announcement.state is State.STOPPED:
        return stopped(announcement)
    if not going.waiting and announcement.state is not State.SENDING:
        return said("progress-all-out", title=announcement.title)
    opening = Paragraph(words.text("progress", title=announcement.title, percent=100 * done // of if of else 0))
    stop = Buttons((_stop(announcement),))
    left = (Paragraph(words.text("progress-left", left=about(going.left))),) if going.left else ()
    if not is_to_all:
        return View((opening, *left, stop))
    cells = {"sent": going.sent, "waiting": going.waiting, "could-not": going.could_not}
    facts = [Fact(words.line(f"progress-{name}"), plain(_people(n))) for name, n in cells.items()]
    return View((opening, Facts(tuple(facts)), *left, stop))


def told(announcement: Announcement, did: str, by: str) -> View:
    """To all organisers: what one of them did."""
    return View((Note(words.text(f"told-{did}", title=announcement.title, by=by)),))


def about(span: timedelta) -> str:
    """For how long, as one says it."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 2:
        return words.line("about-a-minute")
    if minutes < 120:
        return words.line("about-minutes", n=minutes)
    hours = round(minutes / 60)
    return words.line("about-hours", n=hours) if hours < 48 else words.line("about-days", n=round(hours / 24))


def _facts(announcement: Announcement, seen: Preview) -> Facts:
    rows = [("fact-sort", words.line(f"sort-{announcement.sort}")), ("fact-where", _where(announcement, seen))]
    if announcement.is_written:
        rows += [("fact-whom", seen.whom), ("fact-many", _many(announcement, seen.told))]
    if announcement.where is Where.DIRECT:
        rows += [("fact-lasts", words.line("lasts", lasts=about(seen.lasts)))]
    when: Text = (Moment(announcement.at),) if announcement.at else words.text("when-now")
    facts = [Fact(words.line(key), plain(value)) for key, value in rows]
    return Facts((*facts, Fact(words.line("fact-when"), when)))


def _where(announcement: Announcement, seen: Preview) -> str:
    if announcement.where is Where.CHANNELS:
        return words.line("where-places", places=", ".join(one.capitalize() for one in seen.places))
    return words.line(f"where-{announcement.where}")


def _many(announcement: Announcement, told: Told) -> str:
    return words.line("many" if announcement.is_to_all else "many-up-to", n=_people(told.people))


def _reasons(seen: Preview) -> Sequence[Block]:
    """How many do not get it, for which reason: what is too small to be told is told together."""
    if not seen.told.reasons:
        return (Note(words.text("some-do-not")),) if seen.whom else ()
    cells = {str(one): n for one, n in seen.told.reasons.items()}
    counts = tell_counts(cells, sum(cells.values()))
    exact = {one: count for one, count in counts.items() if count.shown is Shown.EXACT and count.n}
    rows = [Fact(words.line(f"reason-{one}"), plain(say_count(count))) for one, count in exact.items()]
    if any(count.shown is not Shown.EXACT for count in counts.values()):
        rows.append(Fact(words.line("reason-others"), words.text("a-few")))
    return (Paragraph(words.text("do-not")), Facts(tuple(rows))) if rows else ()


def _send(announcement: Announcement, seen: Preview) -> Button:
    action = actions.Send(announcement.id, announcement.version, seen.told.people)
    return button(_send_label(announcement, seen), action, Style.PRIMARY)


def _agree(announcement: Announcement, seen: Preview) -> tuple[Button, ...]:
    action = actions.Agree(announcement.id, announcement.version, seen.told.people)
    not_so = _press("press-not-so", actions.NotLikeThis(announcement.id, announcement.version))
    return (button(_send_label(announcement, seen), action, Style.PRIMARY), not_so)


def _send_label(announcement: Announcement, seen: Preview) -> str:
    if not announcement.is_written:
        return words.line("press-post")
    return words.line("press-send" if announcement.is_to_all else "press-send-up-to", n=_people(seen.told.people))


def _change(announcement: Announcement) -> tuple[Button, ...]:
    presses = [_press("press-words", actions.AskWords(announcement.id))]
    presses += [_press("press-whom", actions.AskWhom(announcement.id))]
    if announcement.where is Where.CHANNELS:
        presses += [_press("press-picture", actions.AskPicture(announcement.id))]
    return tuple(presses)


def _afterwards(announcement: Announcement) -> tuple[Button, ...]:
    if announcement.state not in (State.SENDING, State.SENT, State.STOPPED):
        return ()
    if announcement.where is Where.FRIDAY:
        return (_stop(announcement),) if announcement.state is State.SENT else ()
    stop = (_stop(announcement),) if announcement.state is not State.STOPPED else ()
    sure = Confirm(words.line("sure-recall"), words.line("press-recall"), words.line("press-leave-it"))
    recall = button(words.line("press-recall"), actions.Recall(announcement.id), Style.DANGER, sure)
    correct = (
        _press("press-correct", actions.AskWords(announcement.id)),
        _press("press-line", actions.AskLine(announcement.id)),
    )
    return (*(correct if announcement.state is State.SENT else ()), *stop, recall)


def _stop(announcement: Announcement) -> Button:
    return _press("press-stop", actions.Stop(announcement.id), Style.DANGER)


def _press(key: str, action: Action, style: Style = Style.PLAIN) -> Button:
    return button(words.line(key), action, style)


def _people(n: int) -> str:
    count = tell_count(n)
    return f"{count.n:,}" if count.n is not None else say_count(count)


def _in_tens(n: int) -> str:
    """A count that would tick, in tens: or one would see who has just pressed."""
    tens = n // LEAST * LEAST
    return words.line("seen-about", n=f"{tell_count(tens).n:,}") if tens else words.line("seen-few")


def late(announcement: Announcement, at: datetime) -> View:
    """To organisers: it should have left while nobody was awake."""
    return said("too-late", title=announcement.title, at=Moment(at))
