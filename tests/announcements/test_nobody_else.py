"""Whatever can be pressed or sent about announcements, by those whom it is not for: nothing is changed or told."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from bot.announcements import feature as plate
from bot.announcements.actions import Seen
from bot.announcements.model import Setup
from bot.chat.action import Action
from bot.chat.ids import Id
from bot.chat.inbound import Pressed, Submitted
from bot.chat.view import words_of_view
from tests.announcements.network import MINUTE, Town, town
from tests.world.world import Head, stranger

KINDS = sorted((on.action for on in plate.feature(Setup("Europe/London")).actions), key=lambda kind: kind.wire)
ORGANISERS_ONLY = [kind for kind in KINDS if kind is not Seen]


def made(kind: type[Action], announcement: Id) -> Action:
    """One that is about that announcement."""
    hints = get_type_hints(kind)
    return kind(*(_value(hints[name], announcement) for name in kind.__struct_fields__))


def _value(hint: Any, announcement: Id) -> Any:
    if hint is Id:
        return announcement
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return date(2026, 11, 20) if hint is date else hint(1)


async def tried(one: Town, head: Head, action: Action) -> set[str]:
    """What it is answered, pressed and sent; and nothing has changed."""
    said = set()
    for what in (Pressed(action.pack()), Submitted(action.pack(), {"title": ("Mine",), "words": ("Mine",)})):
        before = _kept(one)
        reply = await one.world.receive(what, head.account, head.name)
        assert _kept(one) == before
        assert reply.ask is None
        assert reply.view is not None
        said.add(words_of_view(reply.view))
    return said


def _kept(one: Town) -> list[Any]:
    tables = ("announcements", "announcement_seen", "letters", "timers")
    return [one.world.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]  # noqa: S608 - names of ours


@pytest.mark.parametrize("is_sent", [False, True], ids=["a draft", "what is out"])
async def test_what_organisers_do_is_refused_to_everybody_else(tmp_path: Path, is_sent: bool) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        if is_sent:
            await one.anna.press("Send to 15 people")
            await one.later(2 * MINUTE)
        ((id,),) = one.world.rows("SELECT id FROM announcements")
        nobody = await stranger(one.world, "Nobody Known")
        for head in (one.people[0], nobody):
            said = set[str]()
            for kind in ORGANISERS_ONLY:
                said |= await tried(one, head, made(kind, Id(id)))
            assert said == {"That isn’t something I can do for you here."}


async def test_who_never_had_it_has_not_read_it(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        ((id,),) = one.world.rows("SELECT id FROM announcements")
        nobody = await stranger(one.world, "Nobody Known")
        for head in (one.people[0], nobody):
            assert len(await tried(one, head, Seen(Id(id)))) == 1
