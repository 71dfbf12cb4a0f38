"""Samples -> one page that shows them as the space would."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from adapters.local.alone import address, stand_alone
from adapters.local.render import Drawn, draw_ask, draw_block
from bot.chat.text import one_line
from bot.chat.view import Block, File, Picture, View, words_of_view
from bot.core.feature import Sample

_AT = datetime(2026, 11, 11, 16, tzinfo=UTC)
"""When all of it is said: the hour at which the demo opens."""


def draw_preview(samples: Mapping[str, Sequence[Sample]]) -> str:
    """The page, with a section for each room."""
    rooms = [
        {"id": _anchor(name), "name": name, "samples": [_sample(name, sample) for sample in contributed]}
        for name, contributed in samples.items()
    ]
    return stand_alone("preview.html", {"at": _AT.isoformat(), "rooms": rooms})


def _sample(room: str, sample: Sample) -> Drawn:
    frame = {"id": _anchor(f"{room} {sample.name}"), "name": sample.name}
    if not isinstance(sample.shows, View):
        ask = draw_ask(sample.shows)
        return {**frame, "is": ask["is"], "ask": ask, "errors": dict(sample.errors)}
    blocks = [draw_block(block, "", {}) | _held(block) for block in sample.shows.blocks]
    view = {"title": one_line(sample.shows.title), "blocks": blocks}
    return {**frame, "is": "message", "view": view, "words": words_of_view(sample.shows)}


def _held(block: Block) -> Drawn:
    """What the space fetches from elsewhere, the page itself holds."""
    match block:
        case Picture(png):
            return {"src": address("image/png", png)}
        case File(_, content, kind):
            return {"href": address(kind, content)}
        case _:
            return {}


def _anchor(name: str) -> str:
    return re.sub(r"\W+", "-", name.casefold()).strip("-")
