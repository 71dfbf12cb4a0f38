"""Bots and guests: never welcomed, and no way in, whatever the platform lets them press."""

import pytest

from bot.chat.inbound import Submitted, Who
from bot.members.model import Stage
from bot.members.store import MEMBERS
from tests.acting import Somebody
from tests.members.people import network, settled, somebody

OTHERS = pytest.mark.parametrize("sort", [Who.GUEST, Who.BOT])
NO = "I can only let in people who belong to this workspace themselves"


@OTHERS
async def test_they_are_not_welcomed(sort: Who) -> None:
    here = network()
    visitor = somebody(here, "Vic Visitor")
    visitor.sort = sort
    await visitor.join()
    assert not here.letters()
    visitor.sort = Who.PERSON
    await visitor.join()
    assert here.letters("welcome:"), "so it was for what they are"


@OTHERS
async def test_they_cannot_join(sort: Who) -> None:
    here = network(open=True)
    visitor = somebody(here, "Vic Visitor")
    visitor.sort = sort
    before = here.storage.world.members
    await visitor.use("start")
    assert visitor.says.startswith(NO)
    person = {"name": ("Vic",), "nation": ("england",), "role": ("coach-or-associate",)}
    for packed, fields in (
        ("onboarding.who~1", person),
        ("onboarding.claim~1", {"code": ("7K3MQ-9TDXA",)}),
        ("onboarding.consents~1", {"consents": ("introductions", "messages")}),
    ):
        await _send(visitor, packed, fields)
        assert visitor.says.startswith(NO)
    assert here.storage.world.members == before
    assert not here.letters()


@OTHERS
async def test_who_was_a_member_and_comes_back_as_a_guest_is_none(sort: Who) -> None:
    here = network()
    tom = settled(here)
    await tom.go()
    tom.sort = sort
    await tom.join()
    assert not here.letters()
    assert tom.member is not None
    assert tom.member.left_at is not None
    assert tom.member.stage is Stage.MEMBER, "and is forgotten with those who stay away"
    assert here.work().use(MEMBERS).introducible(here.at.date()) == []


async def _send(visitor: Somebody, packed: str, fields: dict[str, tuple[str, ...]]) -> None:
    await visitor._do(Submitted(packed, fields))
