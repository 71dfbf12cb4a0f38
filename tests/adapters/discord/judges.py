"""What Discord would not take: its documented limits of messages and modals, and the library's own reading of them."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from discord.components import _component_factory

Json = dict[str, Any]
FILE_NAME = re.compile(r"[A-Za-z0-9._-]{1,260}")
SUPPRESS_EMBEDS = 4
MESSAGE = {"content", "embeds", "components", "attachments", "allowed_mentions", "flags", "nonce", "enforce_nonce"}


def wrong_message(body: Json) -> list[str]:
    """Everything for which Discord would refuse a message."""
    embeds = [one.get("description", "") for one in body["embeds"]]
    return [
        *(f"{name} is no part of a message" for name in set(body) - MESSAGE),
        *_length("content", body["content"].strip(), 0 if embeds or body["attachments"] else 1, 2000),
        *(["10 embeds"] if len(embeds) > 10 else []),
        *(wrong for one in embeds for wrong in _length("an embed", one.strip(), 1, 4096)),
        *(["6,000 in all embeds"] if sum(map(len, embeds)) > 6000 else []),
        *(["5 rows"] if len(body["components"]) > 5 else []),
        *(wrong for row in body["components"] for wrong in _wrong_row(row)),
        *_twice("custom_id", [one["custom_id"] for one in inside(body["components"])]),
        *(wrong for one in body["attachments"] for wrong in _wrong_attachment(one)),
        *_twice("attachment", [str(one["id"]) for one in body["attachments"]]),
        *(["10 attachments"] if len(body["attachments"]) > 10 else []),
        *(["somebody could be pinged"] if body["allowed_mentions"] != {"parse": []} else []),
        *(["flags"] if body["flags"] not in (0, SUPPRESS_EMBEDS) or (embeds and body["flags"]) else []),
        *(["nonce"] if len(body.get("nonce", "")) > 25 else []),
        *_unread(body["components"]),
    ]


def wrong_modal(body: Json) -> list[str]:
    """Everything for which Discord would refuse a modal."""
    fields = body["components"]
    return [
        *(f"{name} is no part of a modal" for name in set(body) - {"custom_id", "title", "components"}),
        *_length("custom_id", body["custom_id"], 1, 100),
        *_length("title", body["title"].strip(), 1, 45),
        *([] if 1 <= len(fields) <= 5 else [f"{len(fields)} fields"]),
        *(wrong for one in fields for wrong in _wrong_label(one)),
        *_twice("custom_id", [one["component"]["custom_id"] for one in fields]),
        *_unread(fields),
    ]


def judged(body: Json) -> None:
    """Raises AssertionError where Discord, or the library, would not take a message or a modal."""
    assert (wrong_modal(body) if "title" in body else wrong_message(body)) == []


def inside(rows: Sequence[Json]) -> list[Json]:
    """The controls of all rows."""
    return [one for row in rows for one in row["components"]]


def _wrong_row(row: Json) -> Iterator[str]:
    kinds = [one["type"] for one in row["components"]]
    if row["type"] != 1 or not (kinds == [3] or (set(kinds) == {2} and len(kinds) <= 5)):
        yield f"a row of {kinds}"
    for one in row["components"]:
        yield from _length("custom_id", one["custom_id"], 1, 100)
        if one["type"] == 2:
            yield from _length("label", one["label"].strip(), 1, 80)
            yield from [] if one["style"] in (1, 2, 3, 4) else ["style"]
        else:
            yield from _length("placeholder", one["placeholder"], 0, 150)
            yield from _wrong_options(one["options"], 1, 25)


def _wrong_label(one: Json) -> Iterator[str]:
    if one["type"] != 18 or set(one) - {"type", "label", "description", "component"}:
        yield "a label"
    yield from _length("label", one["label"].strip(), 1, 45)
    yield from _length("description", one.get("description", "x").strip(), 1, 100)
    yield from _wrong_field(one["component"])


def _wrong_field(one: Json) -> Iterator[str]:
    yield from _length("custom_id", one["custom_id"], 1, 100)
    match one["type"]:
        case 4:
            most = one["max_length"]
            yield from [] if 1 <= most <= 4000 and one["style"] in (1, 2) else ["a text input"]
            yield from _length("value", one.get("value", ""), 0, most)
            yield from _length("placeholder", one.get("placeholder", ""), 0, 100)
        case 21:
            yield from _wrong_options(one["options"], 2, 10)
            yield from [] if sum(option.get("default", False) for option in one["options"]) <= 1 else ["two defaults"]
        case 3 | 22:
            most = 25 if one["type"] == 3 else 10
            yield from _wrong_options(one["options"], 1, most)
            low, high = one["min_values"], one["max_values"]
            yield from [] if low <= high <= len(one["options"]) and (low >= 1) is one["required"] else ["how many"]
            defaults = sum(option.get("default", False) for option in one["options"])
            yield from [] if defaults <= high else ["more defaults than may be chosen"]
        case _:
            yield f"type {one['type']} in a modal"


def _wrong_options(options: Sequence[Json], least: int, most: int) -> Iterator[str]:
    if not least <= len(options) <= most:
        yield f"{len(options)} options"
    yield from _twice("option", [one["value"] for one in options])
    for one in options:
        yield from _length("an option's label", one["label"].strip(), 1, 100)
        yield from _length("an option's value", one["value"], 1, 100)


def _wrong_attachment(one: Json) -> Iterator[str]:
    if not FILE_NAME.fullmatch(one["filename"]) or one["filename"].startswith("SPOILER_"):
        yield f"a file called {one['filename']}"
    yield from _length("alt", one.get("description", ""), 0, 1024)


def _length(what: str, words: str, least: int, most: int) -> list[str]:
    return [] if least <= len(words) <= most else [f"{what} of {len(words)}"]


def _twice(what: str, names: Sequence[str]) -> list[str]:
    return [] if len(set(names)) == len(names) else [f"{what} twice"]


def _unread(components: Any) -> list[str]:
    """What the library, which reads what Discord sends, does not know, or reads otherwise."""
    read = [_component_factory(one) for one in components]
    kinds = [getattr(one, "type", None) for one in read]
    return (
        [] if [int(kind.value) if kind else 0 for kind in kinds] == [one["type"] for one in components] else ["unread"]
    )
