"""What everybody reads in a channel about an event, and what its host reads."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.form import Form, ManyOf
from bot.chat.limits import LABEL, clip
from bot.chat.text import Mention, Moment, Text, plain
from bot.chat.view import (
    Block,
    Buttons,
    Fact,
    Facts,
    Note,
    Option,
    Paragraph,
    Quote,
    Style,
    View,
    button,
)
from bot.core.words import Words
from bot.events.actions import AnswerEvent, AskCame, KeepCame, WhoComes
from bot.events.model import Answer, Event, Sort, Status
from bot.members.kinds import Nation, Phase, Role
from bot.members.model import Audience, By, Member
from bot.members.speech import say

words = Words("bot.events")

A_PAGE = 25
"""Names in one form."""
CAME = "came"


def post(event: Event, host: Member | None, at: datetime) -> View:
    """The post of an event, whatever has become of it."""
    row = answers(event)
    return View((*told(event, host, at), *((row,) if event.is_open(at) else ())))


def told(event: Event, host: Member | None, at: datetime) -> tuple[Block, ...]:
    """The post without its buttons."""
    opening = (Paragraph(words.text("post-title", title=event.title)), *_state(event, at), facts(event, host))
    quote = (Quote(event.description),) if event.description else ()
    return (*opening, *quote, *(_notes(event) if event.is_open(at) or event.status is Status.DRAFT else ()))


def answers(event: Event) -> Buttons:
    """What one can say to it."""
    yes = words.line("post-yes", title=event.title)
    return Buttons(
        (
            button(yes, AnswerEvent(event.id, Answer.YES), Style.PRIMARY),
            button(words.line("post-maybe"), AnswerEvent(event.id, Answer.MAYBE)),
            button(words.line("post-no"), AnswerEvent(event.id, Answer.NO)),
        )
    )


def facts(event: Event, host: Member | None) -> Facts:
    """When and where it is, for whom, and who hosts it. Nothing that only those may see who said yes."""
    when = words.text("post-moment", when=Moment(event.starts_at), long=say_minutes(event.minutes))
    rows: list[tuple[str, Text]] = [("post-when", when)]
    rows += [("post-where", plain(where))] if (where := _where(event)) else []
    rows += [("post-for", plain(say_audience(event.audience)))] if event.audience.by is not By.EVERYONE else []
    rows += [("post-theme", plain(event.theme))] if event.theme else []
    rows += [("post-host", (Mention(host.id, host.name),))] if host else []
    return Facts(tuple(Fact(words.line(key), text) for key, text in rows))


def say_audience(audience: Audience) -> str:
    """Whom it is for."""
    kinds: Mapping[By, type[Role | Phase | Nation]] = {By.ROLE: Role, By.PHASE: Phase, By.NATION: Nation}
    if audience.by is By.EVERYONE:
        return words.line("for-everyone")
    said = say(kinds[audience.by](audience.of)) if audience.by in kinds else audience.of
    return words.line(f"for-{audience.by}", of=said)


def say_minutes(minutes: int) -> str:
    """So many minutes, as one says it: "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    said = [words.line("long-hours", n=hours)] if hours else []
    return " ".join([*said, *([words.line("long-minutes", n=rest)] if rest else [])])


def mirrored(event: Event) -> View:
    """What stands for an event where only its meeting is shown."""
    return View((Paragraph(plain(event.title)),))


def hosting(event: Event) -> View:
    """To a host: that they are one."""
    said = words.text("host-is", title=event.title, when=Moment(event.starts_at))
    who = button(words.line("host-who"), WhoComes(event.id))
    return View((Paragraph(said), Note(words.text("host-note")), Buttons((who,))))


def who_comes(event: Event, yes: Sequence[str], maybe: Sequence[str], waits: Sequence[str]) -> View:
    """To a host: who said what. For nobody else."""
    rows = [Fact(words.line(key), plain(_names(names))) for key, names in _said(yes, maybe, waits) if names]
    said: tuple[Block, ...] = (Facts(tuple(rows)),) if rows else (Paragraph(words.text("comes-nobody")),)
    return View((Paragraph(words.text("comes", title=event.title)), *said, Note(words.text("comes-note"))))


def ask_came(event: Event) -> View:
    """To a host, once it is over."""
    press = button(words.line("came-press"), AskCame(event.id, 0), Style.PRIMARY)
    said = words.text("came-ask", title=event.title)
    return View((Paragraph(said), Note(words.text("came-note")), Buttons((press,))))


def came_form(event: Event, page: int, names: Sequence[tuple[str, str]], ticked: Sequence[str]) -> Form:
    """Who came? `names`: of that page, each with the value that comes back."""
    options = tuple(Option(value, clip(name, LABEL)) for value, name in names)
    field = ManyOf(CAME, words.line("came-label"), options, tuple(ticked), words.line("came-hint"))
    return Form(words.line("came-title"), KeepCame(event.id, page).pack(), (field,), words.line("came-send"))


def came_kept(event: Event, page: int, pages: int) -> View:
    """Put down; and the way to the next names, and back to these."""
    again = [button(words.line("came-again"), AskCame(event.id, page))]
    more = [button(words.line("came-more"), AskCame(event.id, page + 1), Style.PRIMARY)] if page + 1 < pages else []
    return View((Paragraph(words.text("came-kept", title=event.title)), Buttons((*more, *again))))


def refused(key: str) -> View:
    """One sentence to a host, or to whoever is none."""
    return View((Paragraph(words.text(key)),))


def circle(event: Event) -> View:
    """To those of a peer support group, in the place that they share."""
    said = words.text("group-opens", title=event.title, when=Moment(event.starts_at))
    return View((Paragraph(said), Note(words.text("group-note"))))


def circle_apart(event: Event) -> View:
    """To each of a group whose people share no place."""
    return View((Paragraph(words.text("group-apart", title=event.title, when=Moment(event.starts_at))),))


def circle_astray(event: Event) -> View:
    """To each of a group of whose place nobody knows whether it was opened."""
    return View((Paragraph(words.text("group-astray", title=event.title, when=Moment(event.starts_at))),))


def _state(event: Event, at: datetime) -> tuple[Block, ...]:
    if event.status is Status.CANCELLED:
        return (Paragraph(words.text("post-cancelled")),)
    if event.status is Status.PLANNED and at >= event.ends_at:
        return (Paragraph(words.text("post-over")),)
    return ()


def _notes(event: Event) -> tuple[Note, ...]:
    """How many come, in a band, and that nobody sees who."""
    count = [words.text("post-about", n=event.band)] if event.band else []
    support = [words.text("post-support")] if event.sort is Sort.SUPPORT else []
    return tuple(map(Note, (*count, *support, words.text("post-private"))))


def _where(event: Event) -> str:
    online = words.line("post-link-late" if event.link_late else "post-link") if event.link else ""
    return "; ".join(filter(None, (event.place, online)))


def _said(*names: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    return list(zip(("comes-yes", "comes-maybe", "comes-waits"), names, strict=True))


def _names(names: Sequence[str]) -> str:
    return clip(", ".join(names), 1500)
