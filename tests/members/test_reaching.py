"""Whom an answer mentions it carries the accounts of: those of the reader's own workspace, and no others."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.inbound import Opened, Used
from bot.chat.outbound import Reply
from bot.members.model import Identity
from bot.members.reaching import mentioned
from tests.acting import Network, Somebody
from tests.app.people import introduced, member, network
from tests.members.keeping import MemoryMembers
from tests.members.people import kept


@pytest.fixture
def here() -> Network:
    return network()


async def shown(here: Network, person: Somebody) -> Sequence[Reply]:
    """Their home page, and whom they meet."""
    page = await here.receive(Opened(), person.account)
    return page, await here.receive(Used(Tree.MEMBER, "partner"), person.account)


def has_also(here: Network, person: Somebody, account: Account, **more: Any) -> None:
    """They speak through that account, too, and got it first."""
    mine = {account: Identity(account, kept(person).id, **more)}
    here.storage.world.identities = mine | here.storage.world.identities


async def test_a_partner_is_given_by_their_account_in_the_same_workspace(here: Network) -> None:
    tom, gwen = member(here, "Tom Ashdown"), member(here, "Gwen Pugh")
    introduced(here, tom, gwen)
    has_also(here, gwen, Account("discord", "here", "1017"))
    has_also(here, gwen, Account("test", "elsewhere", "gwen"))
    has_also(here, gwen, Account("test", "here", "gone"), left_at=here.at)
    for reply in await shown(here, tom):
        assert mentioned(reply) == {kept(gwen).id}
        assert reply.accounts == {int(kept(gwen).id): gwen.account}


async def test_who_is_only_elsewhere_or_has_gone_is_a_name(here: Network) -> None:
    tom, gwen = member(here, "Tom Ashdown"), member(here, "Gwen Pugh")
    introduced(here, tom, gwen)
    world = here.storage.world
    world.identities[gwen.account] = replace(world.identities[gwen.account], left_at=here.at)
    has_also(here, gwen, Account("discord", "here", "1017"))
    for reply in await shown(here, tom):
        assert mentioned(reply) == {kept(gwen).id}
        assert reply.accounts == {}


async def test_where_nobody_is_mentioned_nothing_is_asked(here: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(self: MemoryMembers, member: Id) -> Sequence[Identity]:
        raise AssertionError("who their accounts are is asked for nothing")

    tom = member(here, "Tom Ashdown")
    monkeypatch.setattr(MemoryMembers, "identities", asked)
    await tom.use("pause")
    await tom.press("Until I say")
    assert "Of course." in tom.says
