"""What organisers read of the network as a whole: figures, and whether all is well."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bot.chat.address import ORGANISERS
from bot.chat.command import Tree
from bot.chat.limits import FACTS
from bot.chat.text import plain
from bot.chat.view import Block, Button, Buttons, Fact, Facts, Note, Paragraph, View, button
from bot.core.counts import Count, say_count, tell_count
from bot.core.feature import Page, Run
from bot.core.outbox import Kind, Letter
from bot.core.words import Words
from bot.members.speech import say_day
from bot.reports.model import Standing, Stands, Told, Trouble, Way, Week, told_ways

words = Words("bot.reports")


def report(running: Told, before: Sequence[Told], reached: Mapping[Way, int]) -> View:
    """The month that runs, those before it, and where members are written to."""
    opening = Paragraph(words.text("so-far", month=say_month(running.first)))
    rows = tuple(Fact(words.line(f"row-{name}"), plain(say_count(count))) for name, count in _rows(running))
    blocks = (opening, Facts(rows), *_earlier(before), *_ways(reached))
    return View((*blocks, Note(words.text("report-note"))), title=words.line("report-title"))


def monday(day: date, standing: Standing, at: datetime) -> Letter:
    """The line of that Monday, to organisers."""
    presses = [Buttons((_mending(standing),))] if standing.troubles else []
    view = View((*_line(standing), *presses))
    return Letter(f"monday:{day}", ORGANISERS, view, Kind.ORGANISER, at)


def status(standing: Standing) -> View:
    """How things stand, and what mends what is not well."""
    vouch = Paragraph(words.text("vouch-somebody" if standing.waiting else "vouch-nobody"))
    lost = Paragraph(words.text("lost", n=say_count(tell_count(standing.lost))))
    people = [_run("see-waiting", "members waiting")] if standing.waiting else []
    row = (_run("see-introductions", "intro status"), *people, _run("see-report", "report"))
    return View((*_line(standing), vouch, lost, Buttons(row)), title=words.line("status-title"))


def home(standing: Standing, waits: bool) -> Page:
    """What needs an organiser, and where it is done. `waits`: the next introductions wait for a yes, whether their week
    has come or not."""
    needs = {"home-vouch": standing.waiting, "home-yes": waits}
    others = [one for one in standing.troubles if one is not Trouble.WAITING]
    said = [words.line(key) for key, is_so in needs.items() if is_so] + [_say_trouble(one, standing) for one in others]
    text = words.text("home-look", what=", ".join(said)) if said else words.text("home-well")
    return Paragraph(text), Buttons(tuple(_home_row(standing, waits)))


def say_month(first: date) -> str:
    """A month as one says it: "November 2026"."""
    return f"{first:%B} {first.year}"


def _rows(month: Told) -> tuple[tuple[str, Count], ...]:
    counts = month.members, month.active, month.introductions, month.talked
    return tuple(zip(("members", "active", "introductions", "talked"), counts, strict=True))


def _earlier(months: Sequence[Told]) -> list[Block]:
    lines = [_month_line(one) for one in months]
    return [Facts(tuple(lines[start : start + FACTS])) for start in range(0, len(lines), FACTS)]


def _month_line(month: Told) -> Fact:
    said = {name: say_count(count) for name, count in _rows(month)}
    return Fact(say_month(month.first), words.text("month-line", **said))


def _ways(reached: Mapping[Way, int]) -> list[Block]:
    """How members are written to: the parts of all of them."""
    rows = [Fact(words.line(f"reached-{way}"), plain(say_count(one))) for way, one in told_ways(reached).items()]
    return [Paragraph(words.text("reached")), Facts(tuple(rows))] if rows else []


def _line(standing: Standing) -> list[Block]:
    """All well, or what to look at and what mends it."""
    troubles = standing.troubles
    if not troubles:
        said = [_say_week(standing.week), words.line("nothing-stuck"), *_say_disk(standing)]
        return [Paragraph(words.text("all-well", what=", ".join(said)))]
    look = ", ".join(_say_trouble(one, standing) for one in troubles)
    mends = [Paragraph(words.text(f"mend-{one}")) for one in troubles]
    rest = [] if standing.week.stands in (Stands.WAITING, Stands.LATE) else [_say_week(standing.week)]
    others = [Paragraph(words.text("otherwise", what=one)) for one in rest]
    return [Paragraph(words.text("please-look", what=look)), *mends, *others]


def _home_row(standing: Standing, waits: bool) -> Iterator[Button]:
    if standing.waiting:
        yield _run("see-waiting", "members waiting")
    if waits or Trouble.LATE in standing.troubles:
        yield _run("see-introductions", "intro status")
    yield _run("see-status", "status")


def _say_week(week: Week) -> str:
    if week.stands is Stands.MADE:
        return words.line("week-made", n=say_count(tell_count(week.made)))
    day = say_day(week.day) if week.day else ""
    return words.line(f"week-{week.stands}", day=day)


def _say_trouble(trouble: Trouble, standing: Standing) -> str:
    return words.line(f"trouble-{trouble}", percent=str(standing.disk))


def _say_disk(standing: Standing) -> list[str]:
    return [] if standing.disk is None else [words.line("disk", percent=str(standing.disk))]


def _mending(standing: Standing) -> Button:
    """Where an organiser looks next."""
    is_theirs = {Trouble.WAITING, Trouble.LATE} & set(standing.troubles)
    return _run("see-introductions", "intro status") if is_theirs else _run("see-status", "status")


def _run(key: str, word: str) -> Button:
    return button(words.line(key), Run(Tree.ORGANISER, word))
