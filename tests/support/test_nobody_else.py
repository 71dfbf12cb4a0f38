"""Whatever can be pressed or sent about listeners and worries, by those whose it is not: nothing changes or is told."""

from typing import get_type_hints

import pytest

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.chat.inbound import Pressed, Submitted
from bot.chat.view import words_of_view
from bot.core.feature import Right
from bot.core.flood import Flood
from bot.core.helplines import DEFAULTS
from bot.support import feature as plate
from tests.acting import ANNA, Network, Somebody
from tests.members.people import settled
from tests.support.people import WORDS, asks, listener, network, writes
from tests.support.test_concern import SEEN, worries

ONS = sorted(plate.feature(DEFAULTS).actions, key=lambda on: on.action.wire)
ABOUT = [on for on in ONS if any(hint is Id for hint in get_type_hints(on.action).values())]


async def peopled() -> tuple[Network, Somebody, Somebody]:
    """Priya has asked Ann; Quinn is about to, and to tell of a worry. Eve is a member, and Carl a listener: none of it
    is theirs."""
    here = network()
    here.bot._flood = Flood(presses=10**9)
    priya, quinn, eve = (settled(here, name) for name in ("Priya Shah", "Quinn Low", "Eve Else"))
    settled(here, "Anna Ford")
    listener(here, "Ann Hughes", most=2)
    carl = listener(here, "Carl Other")
    await asks(priya, "Ann Hughes")
    await writes(quinn, "Ann Hughes")
    await worries(quinn, "somebody:Sam")
    return here, eve, carl


def made(kind: type[Action], id: Id) -> Action:
    return kind(*(id if hint is Id else hint(0) for name, hint in _fields(kind)))


def _fields(kind: type[Action]) -> list[tuple[str, type]]:
    hints = get_type_hints(kind)
    return [(name, hints[name]) for name in kind.__struct_fields__]


@pytest.mark.parametrize("who", ["a member", "another listener"])
async def test_what_is_somebody_else_s_stays_as_it_is(who: str) -> None:
    here, eve, carl = await peopled()
    actor = eve if who == "a member" else carl
    heard = here.storage.world.heard
    theirs = [*heard.requests, *heard.worries]
    assert len(theirs) == 3
    for on in ABOUT:
        for id in theirs:
            action = made(on.action, id)
            for what in (Pressed(action.pack()), Submitted(action.pack(), {"words": ("Mine",), "named": ("Mine",)})):
                requests, drafts = dict(heard.requests), dict(heard.worries)
                letters = here.letters()
                reply = await here.receive(what, actor.account)
                assert here.storage.world.heard.requests == requests, action
                assert drafts.items() <= here.storage.world.heard.worries.items(), action
                assert here.letters() == letters, action
                assert not any(word in str(reply) for word in (WORDS, SEEN[:20], "Priya", "Quinn")), action
                heard = here.storage.world.heard


@pytest.mark.parametrize("on", [one for one in ONS if one.needs is Right.ORGANISER], ids=lambda on: on.action.wire)
async def test_the_rota_is_for_organisers(on: object) -> None:
    here, eve, _ = await peopled()
    kind = on.action  # type: ignore[attr-defined]
    before = dict(here.storage.world.heard.listeners)
    for id in before:
        for what in (Pressed(made(kind, id).pack(), ("1",)), Submitted(made(kind, id).pack(), {"q": ("Ann",)})):
            reply = await here.receive(what, eve.account)
            assert reply.view is not None
            assert "That isn’t something I can do for you here" in words_of_view(reply.view)
    assert here.storage.world.heard.listeners == before
    assert eve.account != ANNA
