"""View and form -> what the browser draws: plain values for JSON. Pure, total, and the one place that escapes.

The browser writes every string as text, never as HTML; what is left to do here is to take out the characters that
hide or reorder, and to let no link but https pass. A picture or a file is fetched by its number in the message.
"""

import struct
from collections.abc import Mapping
from typing import Any, TypeAlias, assert_never

from bot.chat.address import Account
from bot.chat.form import DateTime, Field, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.text import Link, Mention, Moment, Plain, Span, Strong, Text, clean, one_line
from bot.chat.view import (
    Block,
    Button,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    File,
    Note,
    Option,
    Paragraph,
    Picture,
    Quote,
    Select,
    View,
    size_of,
)

Drawn: TypeAlias = dict[str, Any]
Accounts: TypeAlias = Mapping[int, Account]


def draw_view(view: View, message: str, accounts: Accounts) -> Drawn:
    """The view as the browser gets it, for the message of that id."""
    blocks = [draw_block(block, f"{message}/{n}", accounts) for n, block in enumerate(view.blocks)]
    return {"title": one_line(view.title), "blocks": blocks}


def draw_block(block: Block, place: str, accounts: Accounts) -> Drawn:
    """One block; `place` is where in which message it stands: a picture or a file is fetched from there."""
    match block:
        case Paragraph(text):
            return {"is": "paragraph", "text": draw_text(text, accounts)}
        case Note(text):
            return {"is": "note", "text": draw_text(text, accounts)}
        case Quote(text):
            return {"is": "quote", "lines": clean(text).split("\n")}
        case Facts(rows):
            return {"is": "facts", "rows": [_fact(row, accounts) for row in rows]}
        case Buttons(row):
            return {"is": "buttons", "row": [_button(button) for button in row]}
        case Select(label, action, options):
            return {"is": "select", "label": one_line(label), "action": action, "options": _options(options)}
        case Picture(png, alt):
            width, height = _size(png)
            return {"is": "picture", "src": f"/picture/{place}", "alt": one_line(alt), "width": width, "height": height}
        case File(name, content):
            return {"is": "file", "href": f"/file/{place}", "name": one_line(name), "size": size_of(content)}
        case Divider():
            return {"is": "divider"}
        case _:
            assert_never(block)


def draw_text(text: Text, accounts: Accounts) -> list[Drawn]:
    """The spans, in order."""
    return [draw_span(span, accounts) for span in text]


def draw_span(span: Span, accounts: Accounts) -> Drawn:
    """One span; a mention leads to the account of its member, where there is one."""
    match span:
        case Plain(text):
            return {"is": "plain", "text": clean(text)}
        case Strong(text):
            return {"is": "strong", "text": clean(text)}
        case Link(text, url):
            return {"is": "link", "text": clean(text), "url": clean(url)}
        case Mention(member, name):
            account = accounts.get(member)
            return {"is": "mention", "name": one_line(name), "user": account.user if account else ""}
        case Moment(when):
            return {"is": "moment", "when": when.isoformat()}
        case _:
            assert_never(span)


def draw_ask(ask: Form | Search) -> Drawn:
    """What a dialog asks."""
    match ask:
        case Form(title, action, fields, send):
            drawn = [draw_field(field) for field in fields]
            return {"is": "form", "title": one_line(title), "action": action, "fields": drawn, "send": one_line(send)}
        case Search(title, action, label, send, hint):
            words = {"title": one_line(title), "label": one_line(label), "send": one_line(send), "hint": one_line(hint)}
            return {"is": "search", "action": action, **words}
        case _:
            assert_never(ask)


def draw_field(field: Field) -> Drawn:
    """One thing to fill in."""
    frame = {"name": field.name, "label": one_line(field.label), "hint": clean(field.hint), "required": field.required}
    match field:
        case ShortText(value=value, most=most):
            return {"is": "short", **frame, "value": one_line(value), "most": most}
        case LongText(value=value, most=most):
            return {"is": "long", **frame, "value": clean(value), "most": most}
        case OneOf(options=options, value=value):
            return {"is": "one", **frame, "options": _options(options), "value": value}
        case ManyOf(options=options, values=values):
            return {"is": "many", **frame, "options": _options(options), "values": list(values)}
        case DateTime(value=when):
            return {"is": "datetime", **frame, "value": when.isoformat() if when else ""}
        case _:
            assert_never(field)


def _size(png: bytes) -> tuple[int | None, int | None]:
    """Width and height in pixels, from the header (PNG, 11.2.2), so that the page keeps the room free."""
    return struct.unpack(">II", png[16:24]) if png[12:16] == b"IHDR" and len(png) >= 24 else (None, None)


def _fact(row: Fact, accounts: Accounts) -> Drawn:
    return {"label": one_line(row.label), "text": draw_text(row.text, accounts)}


def _button(button: Button) -> Drawn:
    confirm = _confirm(button.confirm) if button.confirm else None
    return {"label": one_line(button.label), "action": button.action, "style": button.style.value, "confirm": confirm}


def _confirm(confirm: Confirm) -> Drawn:
    return {"question": one_line(confirm.question), "yes": one_line(confirm.yes), "no": one_line(confirm.no)}


def _options(options: tuple[Option, ...]) -> list[Drawn]:
    return [{"value": option.value, "label": one_line(option.label)} for option in options]
