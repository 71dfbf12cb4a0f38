"""My data: by direct message to the account that asked, after a confirm, and gone after a day."""

from datetime import timedelta

import pytest

from bot.chat.address import Account, Guest
from bot.chat.view import File, words_of_view
from bot.core.outbox import Kind
from bot.members.model import Identity, Stage
from bot.members.store import MEMBERS
from tests.acting import Somebody, buttons
from tests.members.people import network, settled, somebody

WAY = "It’s on its way to our direct messages, or there already. I’ll take it away after 24 hours."


async def test_what_will_be_sent_is_said_first_and_asked_about_once_more() -> None:
    here = network()
    tom = settled(here)
    await tom.use("data")
    assert "Anybody who can look at your screen" in tom.says
    assert "export this workspace’s messages" in tom.says
    (send,) = buttons(tom.view)
    assert send.confirm is not None
    assert here.letters() == []
    await tom.press("Send me my data")
    assert tom.says == WAY


async def test_the_file_and_its_end_go_to_the_account_that_asked_and_to_no_other() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    other = Somebody(here, Account("other", "there", "tom"), "Tom Ashdown")
    here.work().use(MEMBERS).keep_identity(Identity(other.account, tom.member.id))
    await other.use("data")
    await other.press("Send me my data")
    file, gone = here.letters()
    assert file.to == gone.to == Guest(other.account)
    assert (file.kind, gone.kind) == (Kind.ANSWER, Kind.REMOVAL)
    assert gone.instead_of == file.key
    assert gone.due_at - file.due_at == timedelta(hours=24)
    assert [type(block) for block in file.view.blocks][1:] == [File]
    assert "headsup-my-data.json, 1 kB" in words_of_view(file.view)
    assert not any("tom" in key for key in (file.key, gone.key))


async def test_asked_for_twice_within_minutes_it_is_sent_once() -> None:
    here = network()
    tom = settled(here)
    await tom.use("data")
    asked = tom.view
    for wait, sent in ((0, 1), (9, 1), (11, 2)):
        here.at += timedelta(minutes=wait)
        tom.view = asked
        await tom.press("Send me my data")
        assert tom.says == WAY
        assert len(here.letters("data:")) == len(here.letters("data-gone:")) == sent


@pytest.mark.parametrize("leave", ["pause", "stop"])
async def test_neither_a_pause_nor_leaving_keeps_the_file_there(leave: str) -> None:
    here = network()
    tom = settled(here)
    await tom.use("data")
    await tom.press("Send me my data")
    await tom.use(leave)
    await tom.press("Until I say" if leave == "pause" else "Stop, and keep my profile")
    assert [one.kind for one in here.letters()] == [Kind.ANSWER, Kind.REMOVAL]


async def test_who_is_forgotten_within_the_day_has_it_taken_away_at_once() -> None:
    here = network()
    tom = settled(here)
    await tom.use("data")
    await tom.press("Send me my data")
    await tom.use("leave")
    await tom.press("Forget me")
    (gone,) = here.letters()
    assert (gone.kind, gone.due_at) == (Kind.REMOVAL, here.at)


@pytest.mark.parametrize("stage", [Stage.JOINING, Stage.WAITING, Stage.STOPPED, Stage.SUSPENDED])
async def test_whoever_has_a_row_is_given_it(stage: Stage) -> None:
    here = network()
    tom = settled(here, stage=stage)
    await tom.use("data")
    await tom.press("Send me my data")
    assert len(here.letters("data:")) == 1


async def test_to_whom_nothing_is_held_that_is_said() -> None:
    here = network()
    tom, nobody = settled(here), somebody(here, "Nobody Here")
    await tom.use("data")
    nobody.view = tom.view
    await nobody.press("Send me my data")
    pressed = nobody.says
    await nobody.use("data")
    assert nobody.says == pressed
    assert pressed.startswith("There’s nothing to send")
    assert here.letters() == []


async def test_who_wants_even_the_words_gone_has_one_order_for_each_account() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    other = Account("other", "there", "tom")
    here.work().use(MEMBERS).keep_identity(Identity(other, tom.member.id))
    await tom.use("leave")
    await tom.press("Forget me, and delete what you wrote to me here")
    assert "What I wrote in our direct messages goes too" in tom.says
    assert tom.member is None
    orders = here.letters()
    assert {one.to for one in orders} == {Guest(tom.account), Guest(other)}
    assert {(one.kind, one.instead_of, one.due_at) for one in orders} == {(Kind.REMOVAL, "", here.at)}
