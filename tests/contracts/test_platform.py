"""What every platform promises, whatever stands behind it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.inbound import Pressed
from bot.chat.outbound import (
    Delivered,
    Meeting,
    Parcel,
    Receipt,
    Refused,
    Removes,
    Reply,
    Target,
    ToAccount,
    ToChannel,
    ToCircle,
    Why,
)
from bot.chat.text import Link, Mention, Moment, Plain, Strong, clean, plain
from bot.chat.view import (
    Button,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    File,
    Note,
    Option,
    Paragraph,
    Picture,
    Quote,
    Select,
    Style,
    View,
)
from tests.adapters.scripted import START, words
from tests.contracts.stands import STANDS, Seen, Stand

HOSTILE = [
    "@everyone and @here",
    "<!channel> <!here|x> <@U012AB3CD>",
    "[press here](http://evil.example)",
    "<http://evil.example|your bank>",
    "<b>bold</b><script>alert(1)</script>",
    "*not* _mark_ ~down~ `at` ||all||",
    "# heading\n> HeadsUp: quoted",
    "&lt;&amp;amp;&gt;",
    "<t:0:R> <!date^0^{date}|x>",
    "admin\u202etxt.exe",
    "zero\u200bwidth\u2066isolate\u2069",
]


@pytest.fixture(params=STANDS)
async def stand(request: pytest.FixtureRequest) -> AsyncIterator[Stand]:
    async with STANDS[request.param]() as opened:
        yield opened


def parcel(stand: Stand, to: Target, view: View, mark: str = "m", accounts: dict[int, Account] | None = None) -> Parcel:
    return Parcel(mark, stand.platform.name, to, view, accounts or {})


async def delivered(stand: Stand, letter: Parcel) -> Receipt:
    outcome = await stand.platform.deliver(letter)
    assert isinstance(outcome, Delivered)
    return outcome.receipt


async def read(stand: Stand, reader: Account, receipt: Receipt) -> Seen:
    return (await stand.see(reader, receipt.conversation))[-1]


def circle(stand: Stand, mark: str = "pair") -> ToCircle:
    return ToCircle(stand.ann.workspace, mark, (stand.ann, stand.bob))


async def test_a_direct_message_reaches_its_reader_alone(stand: Stand) -> None:
    receipt = await delivered(stand, parcel(stand, ToAccount(stand.ann), words("hello Ann")))
    assert "hello Ann" in (await read(stand, stand.ann, receipt)).words
    assert await stand.see(stand.bob, receipt.conversation) == []


async def test_a_channel_is_read_by_those_who_are_in_it(stand: Stand) -> None:
    to = ToChannel(stand.ann.workspace, "organisers")
    receipt = await delivered(stand, parcel(stand, to, words("ready to look at")))
    assert "ready to look at" in (await read(stand, stand.bob, receipt)).words
    assert await stand.see(stand.ann, receipt.conversation) == []


async def test_what_is_coming_is_read_by_every_member_pinned_and_taken_away(stand: Stand) -> None:
    to = ToChannel(stand.ann.workspace, "events")
    receipt = await delivered(stand, replace(parcel(stand, to, words("Saturday coffee")), pins=True))
    for reader in (stand.ann, stand.bob):
        assert "Saturday coffee" in (await read(stand, reader, receipt)).words
    moved = replace(parcel(stand, to, words("Sunday coffee"), "m2"), pins=True, instead_of=receipt.message)
    assert await delivered(stand, moved) == receipt
    assert [one.words.strip() for one in await stand.see(stand.ann, receipt.conversation)] == ["Sunday coffee"]
    await delivered(stand, removal(stand, to, "m3", receipt.message))
    assert await stand.see(stand.ann, receipt.conversation) == []


async def test_a_meeting_is_never_said_as_a_message(stand: Stand) -> None:
    """Where there is no calendar to put it into, it is refused for good."""
    to = ToChannel(stand.ann.workspace, "events")
    meeting = Meeting("Saturday coffee", START + timedelta(hours=1), START + timedelta(hours=2), "By video")
    there = await delivered(stand, parcel(stand, to, words("a post")))
    outcome = await stand.platform.deliver(replace(parcel(stand, to, View(()), "m2"), meeting=meeting))
    assert isinstance(outcome, Refused)
    assert outcome.why is (Why.FORBIDDEN if stand.platform.name == "discord" else Why.MALFORMED)
    assert [one.words.strip() for one in await stand.see(stand.ann, there.conversation)] == ["a post"]


async def test_a_circle_is_one_place_for_all_its_people(stand: Stand) -> None:
    first = await delivered(stand, parcel(stand, circle(stand), words("meet"), "m1"))
    second = await delivered(stand, parcel(stand, circle(stand), words("again"), "m2"))
    assert first.conversation == second.conversation
    assert first.message != second.message
    assert (
        len(await stand.see(stand.ann, first.conversation)) == len(await stand.see(stand.bob, first.conversation)) == 2
    )


async def test_nobody_and_nowhere_are_gone(stand: Stand) -> None:
    nobody = Account(stand.platform.name, stand.ann.workspace, "nobody")
    for to in (ToAccount(nobody), ToChannel("space", "no-such-channel"), ToCircle("space", "x", (stand.ann, nobody))):
        outcome = await stand.platform.deliver(parcel(stand, to, words("hello")))
        assert isinstance(outcome, Refused)
        assert outcome.why is Why.GONE
        assert "nobody" not in outcome.says


async def test_a_parcel_is_found_by_its_mark_once_it_is_there(stand: Stand) -> None:
    letter = parcel(stand, ToAccount(stand.ann), words("hello"))
    assert await stand.platform.find(letter) is None
    receipt = await delivered(stand, letter)
    assert await stand.platform.find(letter) == receipt


async def test_a_press_comes_in_with_who_and_what(stand: Stand) -> None:
    view = View((Buttons((Button("We talked", "talked~1"),)),))
    receipt = await delivered(stand, parcel(stand, ToAccount(stand.ann), view))
    await stand.press(stand.ann, receipt, "talked~1")
    await stand.press(stand.ann, receipt, "talked~1")
    first, second = stand.script.heard
    assert (first.what, first.account, first.at) == (Pressed("talked~1"), stand.ann, START)
    assert first.key != second.key


async def test_the_reply_is_for_who_pressed(stand: Stand) -> None:
    receipt = await delivered(stand, parcel(stand, circle(stand), words("meet")))
    stand.script.answers["go~1"] = Reply(words("just for you"))
    await stand.press(stand.ann, receipt, "go~1")
    assert "just for you" in (await read(stand, stand.ann, receipt)).words
    assert len(await stand.see(stand.bob, receipt.conversation)) == 1


async def test_what_was_pressed_is_replaced_and_marked_as_edited(stand: Stand) -> None:
    receipt = await delivered(stand, parcel(stand, circle(stand), words("did you talk?")))
    stand.script.answers["go~1"] = Reply(replace=words("thank you"))
    await stand.press(stand.ann, receipt, "go~1")
    seen = await stand.see(stand.bob, receipt.conversation)
    assert [("thank you" in one.words, one.edited) for one in seen] == [(True, True)]


async def test_a_mention_leads_to_the_account_or_is_a_name_alone(stand: Stand) -> None:
    text = (Mention(Id(1), "Ann"), Plain(", meet "), Mention(Id(2), "Carol"))
    view = View((Paragraph(text),))
    receipt = await delivered(stand, parcel(stand, circle(stand), view, accounts={1: stand.ann}))
    seen = await read(stand, stand.bob, receipt)
    assert seen.mentions == [stand.ann.user]
    assert "Carol" in seen.words


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_a_person_wrote_is_words_and_nothing_else(stand: Stand, text: str) -> None:
    options = (Option("v", text.replace("\n", " ")),)
    blocks = (
        Paragraph((Plain(text), Strong(text))),
        Quote(text),
        Facts((Fact(text, plain(text)),)),
        Select(text, "pick~1", options),
    )
    receipt = await delivered(stand, parcel(stand, ToAccount(stand.ann), View(blocks, text[:45])))
    seen = await read(stand, stand.ann, receipt)
    assert (seen.mentions, seen.links, seen.buttons) == ([], [], [])
    lines = clean(text).split("\n")
    assert all(line in seen.words for line in lines)
    assert not {"\u202e", "\u200b", "\u2066"} & set(seen.words)


async def test_every_block_is_shown(stand: Stand) -> None:
    when = Moment(START)
    blocks = (
        Paragraph((Plain("plain words "), Strong("strong words "), Link("a link", "https://example.org/"), when)),
        Note(plain("a note")),
        Quote("what somebody\nwrote"),
        Facts((Fact("Phase", plain("special")),)),
        Divider(),
        Select("How long?", "pause~1", (Option("w", "This week"),)),
        Buttons((Button("Delete all", "erase~1", Style.DANGER, Confirm("Really?", "Yes", "No")),)),
        Picture(b"\x89PNG", "a chart of introductions"),
        File("my-data.json", b"{}", "application/json"),
    )
    receipt = await delivered(stand, parcel(stand, ToAccount(stand.ann), View(blocks, "A title")))
    seen = await read(stand, stand.ann, receipt)
    shown = "A title,plain words,strong words,a link,a note,what somebody,wrote,Phase,special,How long?,This week"
    assert [part for part in shown.split(",") if part not in seen.words] == []
    assert "a chart of introductions" in seen.words
    assert seen.buttons == ["Delete all"]
    assert seen.links == ["https://example.org/"]
    assert seen.files == ["my-data.json"]


FILE = View((File("my-data.json", b'{"name": "Ann"}', "application/json"),))


async def test_a_file_is_given_to_its_reader_and_to_nobody_else(stand: Stand) -> None:
    receipt = await delivered(stand, parcel(stand, ToAccount(stand.ann), FILE))
    assert await stand.fetch(stand.ann, receipt) == b'{"name": "Ann"}'
    assert await stand.fetch(stand.bob, receipt) is None


def removal(stand: Stand, to: Target, mark: str, message: str = "", what: Removes = Removes.MESSAGE) -> Parcel:
    return Parcel(mark, stand.platform.name, to, View(()), {}, message, removes=what, before=START)


@pytest.mark.parametrize("is_named", [True, False])
async def test_a_message_is_taken_away_by_its_name_or_by_its_mark(stand: Stand, is_named: bool) -> None:
    to = ToAccount(stand.ann)
    await delivered(stand, parcel(stand, to, words("stays"), "m1"))
    receipt = await delivered(stand, parcel(stand, to, FILE, "m2"))
    gone = removal(stand, to, "m3" if is_named else "m2", receipt.message if is_named else "")
    await delivered(stand, gone)
    assert [one.words.strip() for one in await stand.see(stand.ann, receipt.conversation)] == ["stays"]
    assert await stand.fetch(stand.ann, receipt) is None
    again = await stand.platform.deliver(gone)
    assert isinstance(again, Refused)
    assert again.why is Why.GONE


async def test_only_what_the_bot_said_is_taken_away_and_only_in_that_place(stand: Stand) -> None:
    mine = await delivered(stand, parcel(stand, ToAccount(stand.ann), words("to Ann"), "m1"))
    both = await delivered(stand, parcel(stand, circle(stand), words("to both"), "m2"))
    await stand.say(stand.ann, mine.conversation, "what Ann said")
    await delivered(stand, removal(stand, ToAccount(stand.ann), "m3", what=Removes.EVERYTHING))
    assert [one.words for one in await stand.see(stand.ann, mine.conversation)] == ["what Ann said"]
    assert len(await stand.see(stand.bob, both.conversation)) == 1
    await delivered(stand, removal(stand, ToAccount(stand.ann), "m4", what=Removes.EVERYTHING))


async def test_a_place_of_many_is_never_taken_away_as_a_whole(stand: Stand) -> None:
    receipt = await delivered(stand, parcel(stand, circle(stand), words("to both")))
    outcome = await stand.platform.deliver(removal(stand, circle(stand), "m2", what=Removes.EVERYTHING))
    assert isinstance(outcome, Refused)
    assert outcome.why is Why.MALFORMED
    assert len(await stand.see(stand.bob, receipt.conversation)) == 1


async def test_closing_ends_the_run_and_can_be_said_twice(stand: Stand) -> None:
    assert not stand.running.done()
    await stand.platform.close()
    await stand.platform.close()
    await stand.running
    assert stand.running.exception() is None
