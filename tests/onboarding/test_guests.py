"""Bots and guests: never welcomed, and no way in, whatever the platform lets them press."""

import pytest

from bot.chat.inbound import Submitted, Who
from bot.chat.view import words_of_view
from bot.members.model import Stage
from bot.members.store import MEMBERS
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
    for packed in ("onboarding.who~1", "onboarding.claim~1", "onboarding.consents~1"):
        fields = {"name": ("Vic",), "nation": ("england",), "role": ("coach-or-associate",), "code": ("7K3MQ-9TDXA",)}
        reply = await here.receive(Submitted(packed, fields), visitor.account, who=sort)
        assert reply.view is not None
        assert words_of_view(reply.view).startswith(NO)
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
