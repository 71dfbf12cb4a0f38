"""Where requests to listeners end: others' hands, who was not let in, and their time."""

from datetime import timedelta

from bot.chat.inbound import Pressed
from bot.chat.view import words_of_view
from bot.core.feature import Right
from bot.members.model import Stage
from bot.support.actions import CloseRequest, SendRequest, Take
from tests.acting import START
from tests.members.people import settled
from tests.support.people import account_of, asks, listener, network, requests, writes

HELP = "Samaritans 116 123"


async def test_nobody_else_reads_sends_takes_or_closes_it() -> None:
    here = network()
    priya, tom, ann = settled(here, "Priya Shah"), settled(here, "Tom Ashdown"), listener(here, "Ann Hughes")
    ben = listener(here, "Ben Okoro")
    await writes(priya, "Ann Hughes")
    (draft,) = requests(here)
    await here.receive(Pressed(SendRequest(draft.id).pack()), tom.account)
    assert here.letters() == []
    await priya.press("Send to Ann")
    before = requests(here)
    for forger in (tom, ben, priya):
        await here.receive(Pressed(Take(draft.id).pack()), forger.account)
    for forger in (tom, ben):
        await here.receive(Pressed(CloseRequest(draft.id).pack()), forger.account)
    assert requests(here) == before
    other = account_of(ann, "ann2", frozenset({Right.ANYONE, Right.MEMBER}))
    reply = await here.receive(Pressed(Take(draft.id).pack()), other.account)
    assert reply.view is not None
    assert "Requests are for the account" in words_of_view(reply.view)
    assert requests(here) == before, "the right belongs to the account that agreed"


async def test_who_was_not_vouched_for_finds_the_help_line() -> None:
    here = network()
    wendy, _ = settled(here, "Wendy Wait", Stage.WAITING), listener(here, "Ann Hughes")
    await wendy.use("listener")
    assert "an organiser has yet to let you in" in wendy.says
    assert HELP in wendy.says
    assert "Ann" not in wendy.says


async def test_after_thirty_days_there_was_no_request() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    ann.read("listen-ask")
    await ann.press("I’ll write to Priya")
    await here.strike("support.forget", START + timedelta(days=29))
    assert len(requests(here)) == 1
    await here.strike("support.forget", START + timedelta(days=31))
    assert requests(here) == []
    priya.read("listen-news")
    assert "has closed what you asked for" in priya.says
