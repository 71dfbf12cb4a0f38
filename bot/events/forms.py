"""What organisers fill in about an event, and how it is read. Nothing that comes back can be trusted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.chat.form import Form, LongText, ManyOf, OneOf, ShortText
from bot.chat.text import clean, one_line
from bot.chat.view import Option
from bot.core.walltime import zone_of
from bot.core.words import Words
from bot.events.actions import KeepAgain, KeepBasics, KeepLink, KeepWho
from bot.events.model import (
    LENGTHS,
    MOST_DESCRIPTION,
    MOST_LINK,
    MOST_PLACE,
    MOST_PLACES,
    MOST_THEME,
    MOST_TITLE,
    SUPPORT_PLACES,
    Event,
    Series,
    Sort,
    is_link,
)
from bot.events.post_views import say_minutes
from bot.events.recurring import Every, Refused, read_rule, rule_text
from bot.events.when import Ambiguous, NotUnderstood, Read, read_when, say_when
from bot.members.kinds import Nation, Phase, Role
from bot.members.model import EVERYONE, Audience, By, read_audience
from bot.members.speech import options

words = Words("bot.events")

REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and the Humber",
)
"""As the English register of schools calls them (GOR)."""
BESIDES_HOST = SUPPORT_PLACES - 1
"""Places in a peer support session for others than its host."""
Values = Mapping[str, tuple[str, ...]]
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ALL, _OWN, _ONCE = "all", "own", "once"
_TERM, _BANK = "term", "bank"
_LATE, _SOON = "late", "soon"


@dataclass(frozen=True)
class Filled:
    """What a form said: the draft as it is now, or what is wrong, by field. `choices`: its date could mean these.
    `host` is the name that was typed for one, where it is another than before."""

    draft: Event
    wrong: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Read] = ()
    host: str | None = None


# What it is, when and where


def basics_form(draft: Event | None, action: KeepBasics) -> Form:
    """The first form, empty or as it was filled in."""
    when = say_when(draft.starts_at, draft.zone) if draft else ""
    about, title = (draft.description, draft.title) if draft else ("", "")
    lengths = sorted({*LENGTHS, draft.minutes} if draft else LENGTHS)
    minutes = tuple(Option(str(one), say_minutes(one)) for one in lengths)
    return Form(
        words.line("basics-title"),
        action.pack(),
        (
            ShortText("title", words.line("basics-name"), title, words.line("basics-name-hint"), most=MOST_TITLE),
            ShortText("when", words.line("basics-when"), when, words.line("basics-when-hint")),
            OneOf("minutes", words.line("basics-long"), minutes, str(draft.minutes if draft else 60)),
            LongText("about", words.line("basics-about"), about, "", False, MOST_DESCRIPTION),
            LongText(
                "where",
                words.line("basics-where"),
                " ".join(filter(None, (draft.place, draft.link))) if draft else "",
                words.line("basics-where-hint"),
                False,
                MOST_PLACE + MOST_LINK,
            ),
        ),
        words.line("form-keep"),
    )


def read_basics(draft: Event, is_new: bool, values: Values, at: datetime) -> Filled:
    """The first form, sent. What was not changed is not read again: a date in full is not typed."""
    title, about = one_line(_first(values, "title")), clean(_first(values, "about")).strip()
    place, link, wrong = _read_where(_first(values, "where"))
    wrong |= {} if 0 < len(title) <= MOST_TITLE else {"title": words.line("wrong-title")}
    wrong |= {} if len(about) <= MOST_DESCRIPTION else {"about": words.line("wrong-long")}
    minutes = _first(values, "minutes")
    wrong |= {} if minutes in map(str, (*LENGTHS, draft.minutes)) else {"minutes": words.line("wrong-choice")}
    when = _read_when(draft, is_new, one_line(_first(values, "when")), at)
    if isinstance(when, NotUnderstood):
        wrong |= {"when": words.line(f"unread-{when.why}")}
    if wrong or isinstance(when, NotUnderstood):
        return Filled(draft, wrong)
    choices = when.choices if isinstance(when, Ambiguous) else ()
    starts_at = choices[0].starts_at if isinstance(when, Ambiguous) else when.starts_at
    said = replace(draft, title=title, description=about, place=place, link=link, minutes=int(minutes))
    return Filled(replace(said, starts_at=starts_at), choices=choices)


def _read_when(draft: Event, is_new: bool, said: str, at: datetime) -> Read | Ambiguous | NotUnderstood:
    if not is_new and said == say_when(draft.starts_at, draft.zone):
        return Read(draft.starts_at, draft.starts_at.date(), draft.starts_at.time())
    return read_when(said, draft.zone, at)


def _read_where(said: str) -> tuple[str, str, dict[str, str]]:
    """A place, and the first link in it."""
    found = _LINK.search(clean(said))
    link = found.group() if found else ""
    place = one_line(clean(said).replace(link, " ", 1)) if link else one_line(said)
    if link and not is_link(link):
        return place, link, {"where": words.line("wrong-link")}
    return place, link, {} if len(place) <= MOST_PLACE else {"where": words.line("wrong-long")}


# Whom it is for, and how many


def who_form(draft: Event) -> Form:
    """Whom it is for, how many places there are, and a theme."""
    audience, everyone = draft.audience, Option(EVERYONE.show(), words.line("who-all"))
    people = (everyone, *_audiences(By.ROLE, options(Role)), *_audiences(By.PHASE, options(Phase)))
    regions = [Option(region, region) for region in REGIONS]
    places = (everyone, *_audiences(By.NATION, options(Nation)), *_audiences(By.REGION, regions))
    shown = audience.show()
    by_place = audience.by in (By.NATION, By.REGION)
    capacity = "" if draft.capacity is None else str(draft.capacity)
    return Form(
        words.line("who-title"),
        KeepWho(draft.id).pack(),
        (
            OneOf("people", words.line("who-people"), people, EVERYONE.show() if by_place else shown),
            OneOf("places", words.line("who-places"), places, shown if by_place else EVERYONE.show()),
            ShortText("capacity", words.line("who-capacity"), capacity, words.line("who-capacity-hint"), False, 5),
            ShortText("theme", words.line("who-theme"), draft.theme, "", False, MOST_THEME),
        ),
        words.line("form-keep"),
    )


def read_who(draft: Event, values: Values) -> Filled:
    """That form, sent."""
    wrong: dict[str, str] = {}
    people, places = (_audience(_first(values, name)) for name in ("people", "places"))
    if people is None or places is None or EVERYONE not in (people, places):
        wrong["places" if people else "people"] = words.line("wrong-one" if people and places else "wrong-choice")
    capacity, theme = one_line(_first(values, "capacity")), one_line(_first(values, "theme"))
    number = int(capacity) if capacity.isascii() and capacity.isdigit() else None
    most = BESIDES_HOST if draft.sort is Sort.SUPPORT else MOST_PLACES
    if capacity and not (number and number <= most):
        wrong["capacity"] = words.line("wrong-support-places" if most == BESIDES_HOST else "wrong-capacity")
    if len(theme) > MOST_THEME:
        wrong["theme"] = words.line("wrong-long")
    if wrong or people is None or places is None:
        return Filled(draft, wrong)
    number = BESIDES_HOST if number is None and draft.sort is Sort.SUPPORT else number
    return Filled(replace(draft, audience=places if people == EVERYONE else people, capacity=number, theme=theme))


def _audiences(by: By, some: Sequence[Option]) -> tuple[Option, ...]:
    return tuple(Option(Audience(by, one.value).show(), one.label) for one in some)


def _audience(said: str) -> Audience | None:
    """One of those offered, or what is kept already."""
    try:
        audience = read_audience(said)
    except ValueError:
        return None
    kinds: Mapping[By, Sequence[str]] = {By.ROLE: list(Role), By.PHASE: list(Phase), By.NATION: list(Nation)}
    offered = {**kinds, By.REGION: REGIONS, By.EVERYONE: ("",)}
    return audience if audience.of in offered[audience.by] else None


# How it comes again


def again_form(draft: Event, series: Series | None) -> Form:
    """How often it comes again, until when, and on which days it does not."""
    rule, end = _split(series.rule) if series else ("", "")
    first = series.first if series else draft.starts_at.date()
    every = next((one.value for one in Every if series and rule == rule_text(one, first)), _OWN if series else _ONCE)
    offered = tuple(Option(one, words.line(f"again-{one}")) for one in (_ONCE, *Every, _OWN))
    days = tuple(Option(one, words.line(f"again-{one}")) for one in (_TERM, _BANK))
    kept: tuple[str, ...] = (_TERM,) if series and series.term_only else ()
    kept += (_BANK,) if not series or series.skips_bank_holidays else ()
    own = rule if every == _OWN else ""
    return Form(
        words.line("again-title"),
        KeepAgain(draft.id).pack(),
        (
            OneOf("every", words.line("again-every"), offered, every),
            ShortText("end", words.line("again-end"), end, words.line("again-end-hint"), False),
            ManyOf("days", words.line("again-days"), days, kept),
            ShortText("own", words.line("again-rule"), own, words.line("again-rule-hint"), False),
        ),
        words.line("form-keep"),
    )


def read_again(draft: Event, values: Values, at: datetime) -> Series | Mapping[str, str] | None:
    """That form, sent: a series under the draft's identifier, None where it comes once, or what is wrong."""
    every, own, days = _first(values, "every"), one_line(_first(values, "own")), values.get("days", ())
    if every == _ONCE:
        return None
    wall = draft.starts_at.astimezone(zone_of(draft.zone))
    if every == _OWN:
        rule: str | Refused = read_rule(own)
    elif every in list(Every):
        rule = rule_text(Every(every), wall.date())
    else:
        return {"every": words.line("wrong-choice")}
    if isinstance(rule, Refused):
        return {"own": words.line(f"rule-{rule}")}
    end = _read_end(one_line(_first(values, "end")), draft, at)
    if end is None or (end and ("COUNT=" in rule or "UNTIL=" in rule)):
        return {"end": words.line("wrong-end" if end is None else "wrong-ends")}
    if isinstance(read_rule(rule + end), Refused):
        return {"end": words.line("wrong-end")}
    return Series(draft.id, rule + end, wall.date(), wall.time(), draft.zone, _TERM in days, _BANK in days)


def _read_end(said: str, draft: Event, at: datetime) -> str | None:
    """So many times, or until a day; "" for no end, None where it cannot be read."""
    if not said:
        return ""
    if said.isascii() and said.isdigit():
        return f";COUNT={int(said)}" if int(said) else None
    when = read_when(f"{said} at 23:59", draft.zone, at)
    return f";UNTIL={when.day:%Y%m%d}" if isinstance(when, Read) else None


def _split(rule: str) -> tuple[str, str]:
    """A rule without its end, and its end as one would type it."""
    parts = rule.split(";")
    ends = [part.partition("=") for part in parts if part.startswith(("COUNT=", "UNTIL="))]
    kept = ";".join(part for part in parts if not part.startswith(("COUNT=", "UNTIL=")))
    if not ends:
        return kept, ""
    key, _, value = ends[0]
    day = f"{value[6:8]}/{value[4:6]}/{value[:4]}"
    return kept, value if key == "COUNT" else day


# Its link and its host


def link_form(draft: Event, host: str) -> Form:
    """A link, when it is shown, who hosts it, and whether it is a peer support group."""
    late = tuple(Option(one, words.line(f"link-{one}")) for one in (_SOON, _LATE))
    sorts = tuple(Option(one.value, words.line(f"sort-{one}")) for one in Sort)
    return Form(
        words.line("link-title"),
        KeepLink(draft.id).pack(),
        (
            LongText("link", words.line("link-link"), draft.link, words.line("link-link-hint"), False, MOST_LINK),
            OneOf("late", words.line("link-when"), late, _LATE if draft.link_late else _SOON),
            OneOf("sort", words.line("link-sort"), sorts, draft.sort.value),
            ShortText("host", words.line("link-host"), host, words.line("link-host-hint"), False),
        ),
        words.line("form-keep"),
    )


def read_link(draft: Event, values: Values, host: str) -> Filled:
    """That form, sent. `host` is what it said before of who hosts."""
    link, late, sort = one_line(_first(values, "link")), _first(values, "late"), _first(values, "sort")
    wrong = {"link": words.line("wrong-link")} if link and not is_link(link) else {}
    wrong |= {} if late in (_SOON, _LATE) else {"late": words.line("wrong-choice")}
    wrong |= {} if sort in list(Sort) else {"sort": words.line("wrong-choice")}
    typed = one_line(_first(values, "host"))
    if not typed and sort == Sort.SUPPORT:
        wrong["host"] = words.line("wrong-support-host")
    if wrong:
        return Filled(draft, wrong)
    draft = replace(draft, link=link, link_late=late == _LATE, sort=Sort(sort))
    if draft.sort is Sort.SUPPORT:
        draft = replace(draft, capacity=min(draft.capacity or BESIDES_HOST, BESIDES_HOST))
    return Filled(draft if typed else replace(draft, host=None), host=typed if typed and typed != host else None)


def _first(values: Values, name: str) -> str:
    return next(iter(values.get(name, ())), "")
