"""View -> a message as Discord gets it. Pure, total over the view language, and never too long for Discord.

All words stand in `content`, from where a telephone takes what it shows when it rings; what does not fit there goes on
in embeds. Controls stand beneath all of it, pictures and files beside it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from adapters.discord.blocks import controls, draw_rows, draw_words
from adapters.discord.text import NO_WORDS, Drawn, People, bold, neutral
from bot.chat.ids import Id, read
from bot.chat.limits import ALT, VIEW, clip
from bot.chat.text import clean, one_line
from bot.chat.view import Block, Buttons, File, Picture, Select, View, words_of, words_of_view

CONTENT = 2000
EMBED, ALL_EMBEDS = 4096, 6000
ATTACHMENTS = 10
SUPPRESS_EMBEDS = 1 << 2
"""A message's flag: no address in it is shown with a picture of where it leads."""

_GAP = "\n\n"
_A_PIECE = 900
"""So many characters fit into `content` even if a backslash stands before each."""
_SHORTER = (VIEW, 3600, 2700, _A_PIECE)
_PIECE = re.compile(rf"\S.{{0,{_A_PIECE - 1}}}(?=\s|$)|\S.{{0,{_A_PIECE - 1}}}")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_SPOILER = "SPOILER_"
"""Discord hides a file whose name begins like this."""

Held = Picture | File


def draw_view(view: View, people: People, mark: str = "") -> Drawn:
    """The view as the body of a message; with a `mark`, Discord takes no second one of the same for some minutes."""
    content, *more = _fitting(view, people)
    return {
        "content": content or NO_WORDS,
        "embeds": [{"description": page} for page in more],
        "components": draw_rows(view.blocks),
        "attachments": _attachments(view),
        "allowed_mentions": {"parse": []},
        "flags": 0 if more else SUPPRESS_EMBEDS,
        **({"nonce": mark, "enforce_nonce": True} if mark else {}),
    }


def draw_text(view: View) -> str:
    """The whole view in words, its buttons too, as one text; cut where it is longer than Discord takes."""
    words = words_of_view(view)
    whole = neutral(words).strip()
    return (whole if len(whole) <= CONTENT else neutral(clip(clean(words), _A_PIECE)).strip()) or NO_WORDS


def held(view: View) -> Mapping[int, Held]:
    """The pictures and files that are to be sent with it, by the number of their block: in the order in which
    `attachments` describes them."""
    every = [(n, block) for n, block in enumerate(view.blocks) if isinstance(block, Held)]
    return dict(every[:ATTACHMENTS])


def is_same(drawn: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
    """Whether a message, as Discord gives it back, says what `drawn` says."""
    return gist(drawn) == gist(message)


def gist(message: Mapping[str, Any]) -> tuple[object, ...]:
    """What a message says, without what Discord adds, and without white space, some of which it takes away."""
    names = tuple(one.get("filename") for one in _dicts(message.get("attachments")))
    descriptions = tuple(_bare(one.get("description")) for one in _dicts(message.get("embeds")))
    ids = tuple(one["custom_id"] for one in controls(message.get("components")))
    return _bare(message.get("content")), descriptions, ids, names


def is_answered(drawn: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
    """Whether a message, as Discord gives it back, was changed, and asks about what `drawn` asks about: who pressed a
    button of it was answered in its place, and nothing else of it is left."""
    return bool(message.get("edited_timestamp")) and bool(_asked_about(drawn) & _asked_about(message))


def _asked_about(message: Mapping[str, Any]) -> frozenset[Id]:
    """The identifiers in the actions of a message's controls."""
    ids = [one["custom_id"] for one in controls(message.get("components"))]
    return frozenset(_ids(field for one in ids if isinstance(one, str) for field in one.split("~")))


def _ids(fields: Iterable[str]) -> Iterator[Id]:
    for field in fields:
        with suppress(ValueError):
            if id := read(field):
                yield id


def _dicts(found: object) -> list[Drawn]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _bare(words: object) -> str:
    return " ".join(words.split()) if isinstance(words, str) else ""


def _attachments(view: View) -> list[Drawn]:
    return [{"id": n, **_attachment(n, one)} for n, one in enumerate(held(view).values())]


def _attachment(n: int, one: Held) -> Drawn:
    """Discord changes names that hold other signs; then a message could not be known by them."""
    if isinstance(one, Picture):
        return {"filename": f"picture-{n + 1}.png", "description": clip(one_line(one.alt), ALT) or NO_WORDS}
    name = _NOT_IN_NAMES.sub("_", one.name).removeprefix(_SPOILER).strip("._")
    return {"filename": name or f"file-{n + 1}"}


def _fitting(view: View, people: People) -> list[str]:
    """As it should look, cut between two blocks, or else between two lines; where that is more than Discord takes, its
    words alone, and no more of them than fit."""
    blocks = [bold(one_line(view.title)), *(draw_words(block, people) for block in view.blocks)]
    parts = [part for part in blocks if part.strip()] or [NO_WORDS]
    ways: list[Callable[[], list[str]]] = [partial(_pages, parts, _GAP)]
    ways += [lambda: _pages(_GAP.join(parts).split("\n"), "\n")]
    ways += [partial(_brief, view, most) for most in _SHORTER]
    return next((pages for way in ways if (pages := way())), [NO_WORDS])


def _brief(view: View, most: int) -> list[str]:
    said = [view.title, *map(_bare_words, view.blocks)]
    words = clip(clean("\n".join(filter(None, said))), most)
    return _pages([neutral(piece) for line in words.split("\n") for piece in _pieces(line)], "\n")


def _bare_words(block: Block) -> str:
    """What the block says above the controls, in words alone."""
    match block:
        case Buttons(row):
            return "\n".join(f"{one.label}: {one.confirm.question}" for one in row if one.confirm)
        case Select(label):
            return label
        case Picture() | File():
            return ""
        case _:
            return words_of(block)


def _pieces(line: str) -> Iterator[str]:
    """A long line in parts, between two words where there are any."""
    yield from (found.group() for found in _PIECE.finditer(line))


def _pages(parts: Sequence[str], gap: str) -> list[str]:
    """The parts on as few pages as they need: the first is `content`, the others are embeds. Nothing where they do not
    fit, or where the first would be empty."""
    pages, left = [""], ALL_EMBEDS
    for part in parts:
        joined = pages[-1] + gap + part if pages[-1] else part.lstrip("\n")
        if len(joined) > (CONTENT if len(pages) == 1 else min(EMBED, left)):
            left -= len(pages[-1]) if len(pages) > 1 else 0
            joined = part
            pages.append("")
            if not pages[0] or len(part) > min(EMBED, left):
                return []
        pages[-1] = joined
    return [page for page in map(str.strip, pages) if page]
