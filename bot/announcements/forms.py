"""What organisers fill in, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.announcements.actions import KeepPicture, KeepWhom, SendLine
from bot.announcements.model import (
    MOST_ALT,
    MOST_LABEL,
    MOST_LINK,
    MOST_TITLE,
    MOST_WORDS,
    Announcement,
    Does,
    Setup,
    Sort,
    State,
    Where,
)
from bot.announcements.views import words
from bot.chat.action import Action
from bot.chat.form import DateTime, Form, LongText, OneOf, ShortText
from bot.chat.text import clean, one_line
from bot.chat.view import Option
from bot.core.feature import Call
from bot.members.model import By, one_of

OWN = (Does.NOTHING, Does.LINK, Does.START, Does.SEEN)


def of_words(action: Action, before: Announcement | None, setup: Setup) -> Form:
    """What it says, and what stands under it."""
    does = [Option(one.value, words.line(f"does-{one}")) for one in OWN]
    does += [Option(one.name, one.label()) for one in setup.invites]
    chosen = before.invite.partition(":")[0] if before and before.does is Does.INVITE else before.does if before else ""
    fields = (
        ShortText("title", words.line("form-words-name"), value=before.title if before else "", most=MOST_TITLE),
        LongText("words", words.line("form-words"), value=before.words if before else "", most=MOST_WORDS),
        OneOf("does", words.line("form-does"), tuple(does), value=chosen or Does.NOTHING),
        _optional("link", before.link if before else "", MOST_LINK),
        _optional("label", before.label if before else "", MOST_LABEL),
    )
    is_out = before is not None and before.state is not State.DRAFT
    title, send = ("form-correct-title", "form-correct-send") if is_out else ("form-words-title", "form-words-send")
    return Form(words.line(title), action.pack(), fields, words.line(send))


def of_whom(announcement: Announcement, setup: Setup) -> Form:
    """To whom, by which way, and when."""
    whom = [Option(one.value, words.line(f"by-{one}")) for one in By]
    whom += [Option(one.name, one.label()) for one in setup.crowds]
    ways = [one for one in Where if one is not Where.CHANNELS or setup.places]
    fields = (
        OneOf("sort", words.line("form-sort"), _kinds("sort", Sort), value=announcement.sort),
        OneOf("where", words.line("form-where"), _kinds("where", ways), value=announcement.where or ""),
        OneOf("whom", words.line("form-whom"), tuple(whom), value=announcement.audience.partition(":")[0]),
        DateTime("at", words.line("form-at"), announcement.at, hint=words.line("form-at-hint"), required=False),
    )
    return Form(words.line("form-whom-title"), KeepWhom(announcement.id).pack(), fields, words.line("form-whom-send"))


def of_picture(announcement: Announcement) -> Form:
    """Where a picture is to be found, and what it shows."""
    link = ShortText("picture", words.line("form-picture"), value=announcement.picture, required=False, most=MOST_LINK)
    alt = ShortText("alt", words.line("form-alt"), announcement.alt, words.line("form-alt-hint"), False, MOST_ALT)
    title, send = words.line("form-picture-title"), words.line("form-words-send")
    return Form(title, KeepPicture(announcement.id).pack(), (link, alt), send)


def of_line(announcement: Announcement) -> Form:
    """What is to be put right, in a line."""
    field = ShortText("line", words.line("form-line"), hint=words.line("form-line-hint"))
    return Form(words.line("form-line-title"), SendLine(announcement.id).pack(), (field,), words.line("form-line-send"))


def read_words(call: Call, before: Announcement, setup: Setup) -> tuple[Announcement, Mapping[str, str]]:
    """The announcement with what was sent, and for each field that cannot be taken the key of why."""
    title, said = one_line(call.value("title")), clean(call.value("words")).strip()
    does, invite = _does(call.value("does"), before, setup)
    link, label = (call.value("link").strip(), one_line(call.value("label"))) if does is Does.LINK else ("", "")
    wrong = {
        "title": "" if 0 < len(title) <= MOST_TITLE else "error-title",
        "words": "" if 0 < len(said) <= MOST_WORDS else "error-words",
        "does": "" if does else "error-choice",
        "link": "" if does is not Does.LINK or is_link(link) else "error-link",
        "label": "" if does is not Does.LINK or 0 < len(label) <= MOST_LABEL else "error-label",
    }
    now = replace(before, title=title, words=said, does=does or Does.NOTHING, link=link, label=label, invite=invite)
    return now, _wrong(wrong)


def read_whom(call: Call, before: Announcement, setup: Setup, at: datetime) -> tuple[Announcement, Mapping[str, str]]:
    """The same, of whom it is for. Which of them is asked afterwards."""
    sort, where = one_of(Sort, (call.value("sort"),)), one_of(Where, (call.value("where"),))
    by, typed = call.value("whom"), call.value("at")
    when = _moment(typed)
    crowds = {one.name for one in setup.crowds}
    is_where = where is not None and (where is not Where.CHANNELS or bool(setup.places))
    wrong = {
        "sort": "" if sort else "error-choice",
        "where": "" if is_where else "error-choice",
        "whom": "" if one_of(By, (by,)) or by in crowds else "error-choice",
        "at": "error-at" if typed and (when is None or when <= at) else "",
    }
    if where is Where.CHANNELS and by != By.EVERYONE:
        wrong["whom"] = "error-channel"
    audience = before.audience if by == before.audience.partition(":")[0] else by
    return replace(before, sort=sort or before.sort, where=where, audience=audience, at=when), _wrong(wrong)


def read_picture(call: Call, before: Announcement) -> tuple[Announcement, Mapping[str, str]]:
    """The same, of a picture; with neither there is none."""
    picture, alt = call.value("picture").strip(), one_line(call.value("alt"))
    wrong = {
        "picture": "" if is_link(picture) or not (picture or alt) else "error-link",
        "alt": "" if 0 < len(alt) <= MOST_ALT or not (picture or alt) else "error-alt",
    }
    return replace(before, picture=picture, alt=alt), _wrong(wrong)


def is_link(text: str) -> bool:
    """An https address in one piece."""
    return text.startswith("https://") and 8 < len(text) <= MOST_LINK and text.isprintable() and " " not in text


def errors(wrong: Mapping[str, str]) -> dict[str, str]:
    """The sentence beside each field."""
    return {field: words.line(key) for field, key in wrong.items()}


def _wrong(found: Mapping[str, str]) -> dict[str, str]:
    return {field: key for field, key in found.items() if key}


def _does(value: str, before: Announcement, setup: Setup) -> tuple[Does | None, str]:
    """What stands under it; which of another room's buttons is asked afterwards."""
    if any(one.name == value for one in setup.invites):
        is_same = before.invite.partition(":")[0] == value
        return Does.INVITE, before.invite if is_same else value
    does = one_of(Does, (value,))
    return (does if does in OWN else None), ""


def _moment(typed: str) -> datetime | None:
    """The instant, in UTC as platforms send it; None for anything else."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _optional(name: str, value: str, most: int) -> ShortText:
    return ShortText(name, words.line(f"form-{name}"), value, words.line(f"form-{name}-hint"), False, most)


def _kinds(what: str, kinds: Sequence[Sort] | Sequence[Where] | type[Sort]) -> tuple[Option, ...]:
    return tuple(Option(one.value, words.line(f"{what}-{one}")) for one in kinds)
