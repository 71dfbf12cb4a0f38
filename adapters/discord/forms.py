"""STOPGAP until the real one is merged."""

from collections.abc import Mapping
from typing import Any

from bot.chat.form import Form, Search
from bot.chat.text import plain
from bot.chat.view import Paragraph, View


def draw_ask(ask: Form | Search) -> dict[str, Any]:
    return {
        "custom_id": ask.action,
        "title": ask.title,
        "components": [{"type": 18, "label": "Words", "component": {"type": 4, "custom_id": "words", "style": 1}}],
    }


def values_of(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in data.get("components") or []:
        inner = one.get("component") or {}
        found[str(inner.get("custom_id"))] = (str(inner.get("value")),)
    return found


def errors_view(errors: Mapping[str, str]) -> View:
    return View(tuple(Paragraph(plain(one)) for one in errors.values()))
