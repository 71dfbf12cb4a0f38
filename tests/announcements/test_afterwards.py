"""A second organiser, a stop, corrections, a recall, and who has read it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.announcements.sending import Sending, Written
from bot.chat.command import Tree
from bot.chat.inbound import Due, Inbound, Pressed
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.errors import StorageFailed
from bot.core.feature import Call
from bot.core.work import Work
from bot.members.actions import SetConsent
from bot.members.model import Consent
from bot.members.store import MEMBERS
from tests.announcements.network import MINUTE, WORDS, Town, town
from tests.world.world import opened

LESSONS = datetime(2026, 11, 12, 10, tzinfo=UTC)
"""A Thursday morning: letters wait for the afternoon."""
AFTER_SCHOOL = datetime(2026, 11, 12, 15, 46, tzinfo=UTC)


async def night(one: Town, later: timedelta) -> None:
    """So much later, the hour of forgetting strikes; all that would be lived in between is left out."""
    one.world.clock.advance(later)
    at = one.world.at
    await one.world.parts.bot.receive(Inbound(f"night {at}", at, Due("announcements.forget", at.date(), at), None))


async def sent(one: Town, **more: str) -> None:
    await one.draft(**more)
    await one.address()
    await one.anna.press("Show me")
    await one.anna.press("Send to 15 people")
    await one.later(2 * MINUTE)


async def open_it(one: Town, command: str = "announce list") -> None:
    await one.anna.use(command, Tree.ORGANISER)
    await one.anna.press("Office hours")


async def in_channel(one: Town, text: str) -> View:
    found = [message.view for message in one.world.space.history("channel-organisers")]
    return next(view for view in reversed(found) if isinstance(view, View) and text in str(view))


async def test_everybody_needs_a_second_organiser_and_never_its_author(tmp_path: Path) -> None:
    async with town(tmp_path, second=True) as one:
        await one.preview()
        await one.anna.press("Send to 15 people")
        assert "waits for a second organiser" in one.anna.says
        await one.later(5 * MINUTE)
        assert one.had() == []
        asks = await in_channel(one, "would like to send")
        one.anna.view = one.bea.view = asks
        await one.anna.press("Show me")
        assert "Send to" not in one.anna.says, "its author is not offered to agree"
        await one.bea.press("Show me")
        shown = one.anna.view = one.bea.view
        assert WORDS in one.bea.says
        await one.anna.press("Send to 15 people")
        assert "you sent it yourself" in one.anna.says
        await one.bea.press("Not like this")
        assert "a draft again" in one.bea.says
        one.bea.view = shown
        await one.bea.press("Send to 15 people")
        await one.later(5 * MINUTE)
        assert one.had() == [], "what was turned down cannot be agreed to any more"

        await open_it(one)
        await one.anna.press("Send to 15 people")
        await one.later(timedelta(seconds=1))
        one.bea.view = asks
        await one.bea.press("Show me")
        await one.bea.press("Send to 15 people")
        await one.later(2 * MINUTE)
        assert len(one.had()) == 15


async def test_some_need_no_second_organiser(tmp_path: Path) -> None:
    async with town(tmp_path, second=True) as one:
        await one.to_primary()
        await one.anna.press("Send to up to 12 people")
        await one.later(2 * MINUTE)
        assert len(one.had()) == 12


async def test_where_there_is_no_second_organiser_it_says_how_to_go_on(tmp_path: Path) -> None:
    async with town(tmp_path, second=True) as one:
        await one.write(lambda work: _no_organiser(one, work))
        await one.preview()
        await one.anna.press("Send to 15 people")
        assert "second_organiser = false" in one.anna.says


def _no_organiser(one: Town, work: Work) -> None:
    identity = work.use(MEMBERS).identity(one.bea.account)
    assert identity is not None
    work.use(MEMBERS).keep_identity(type(identity)(identity.account, identity.member))


async def test_stopped_nothing_more_leaves(tmp_path: Path) -> None:
    async with town(tmp_path, at=LESSONS) as one:
        await sent(one)
        assert one.had() == [], "they wait for the end of lessons"
        await open_it(one, "announce stop")
        await one.anna.press("Stop")
        await one.world.go_to(AFTER_SCHOOL + timedelta(days=2))
        assert one.had() == []
        assert any("has stopped" in said for said in one.world.channel("organisers"))


async def test_progress_says_how_far_it_is_and_can_stop_it(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await sent(one)
        assert any("is all out" in said for said in one.world.channel("organisers"))


async def test_who_pauses_suspends_or_takes_back_a_consent_meanwhile_is_not_written_to(tmp_path: Path) -> None:
    async with town(tmp_path, at=LESSONS, news=12) as one:
        await one.preview(sort="News")
        await one.anna.press("Send to 12 people")
        await one.later(2 * MINUTE)
        away, tired, quiet = one.people[:3]
        await away.use("pause")
        await away.press("Until I say")
        await one.world.receive(Pressed(SetConsent(Consent.NEWS, 0).pack()), tired.account)
        await one.world.receive(Pressed(SetConsent(Consent.MESSAGES, 0).pack()), quiet.account)
        await one.world.go_to(AFTER_SCHOOL)
        assert sorted(one.had()) == [head.account.user for head in one.people[3:12]]
        promises = [promise for room in one.world.parts.bot.directory.features for promise in room.promises]
        broken = await one.world.parts.storage.read(
            one.world.at, lambda work: [each for promise in promises for each in promise(work)]
        )
        assert broken == []


async def test_corrected_in_place_and_marked_so(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await sent(one)
        await open_it(one, "announce edit")
        await one.anna.press("Put the words right")
        await one.anna.fill(words="On Wednesday.")
        await one.later(MINUTE)
        assert one.had() == []
        assert len(one.had("On Wednesday.")) == 15
        assert len(one.had("Corrected Wed 11 Nov")) == 15


async def test_who_waits_gets_the_right_words_at_once_and_once(tmp_path: Path) -> None:
    async with town(tmp_path, at=LESSONS) as one:
        await sent(one)
        await open_it(one)
        await one.anna.press("Put the words right")
        await one.anna.fill(words="On Wednesday.")
        await one.world.go_to(AFTER_SCHOOL)
        assert one.had() == []
        assert len(one.had("On Wednesday.")) == 15


async def test_corrected_by_a_line_of_its_own(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await sent(one)
        await open_it(one)
        await one.anna.press("Correct in a line")
        await one.anna.fill(line="It is on Wednesday.")
        await one.later(MINUTE)
        assert len(one.had()) == 15
        assert len(one.had("A correction to “Office hours”: It is on Wednesday.")) == 15
        one.world.clock.advance(timedelta(days=31))
        await open_it(one)
        await one.anna.press("Correct in a line")
        assert "more than a month old" in one.anna.says


async def test_taken_back_from_everybody_who_has_it(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await sent(one)
        await open_it(one, "announce recall")
        await one.anna.press("Take it back")
        assert "15 people had it already" in one.anna.says
        await one.later(MINUTE)
        assert one.had() == []


async def test_taken_back_before_anybody_has_it(tmp_path: Path) -> None:
    async with town(tmp_path, at=LESSONS) as one:
        await sent(one)
        await open_it(one)
        await one.anna.press("Take it back")
        await one.world.go_to(AFTER_SCHOOL)
        assert one.had() == []


async def test_read_counts_once_in_tens_and_after_a_month_nobody_knows_whose_it_was(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await sent(one, does="“I’ve read this”, roughly counted")
        for times, head in enumerate([*one.people, *one.people[:5]]):
            if times % 7 != 6:
                head.read(WORDS)
                await head.press("I’ve read this")
                assert "Thank you" in head.says
        await open_it(one)
        assert "Have read it: about 10" in one.anna.says
        assert len(one.world.rows("SELECT * FROM announcement_seen")) == 12
        await night(one, timedelta(days=31))
        assert one.world.rows("SELECT * FROM announcement_seen") == []
        await open_it(one)
        assert "Have read it: about 10" in one.anna.says
        one.people[0].read(WORDS)
        await one.people[0].press("I’ve read this")
        assert one.world.rows("SELECT * FROM announcement_seen") == []
        await night(one, timedelta(days=340))
        assert one.world.rows("SELECT * FROM announcements") == []


async def test_it_stands_in_the_friday_letter_of_those_who_are_to_get_it(tmp_path: Path) -> None:
    async with town(tmp_path, news=12) as one:
        for head in one.people:
            await one.write(lambda work, head=head: _introducible(one, work, head.account.user))
        await one.preview(where="In the next Friday letter", sort="News")
        await one.anna.press("Send to 12 people")
        await one.world.go_to(datetime(2026, 11, 13, 18, tzinfo=UTC))
        assert sorted(one.had()) == [head.account.user for head in one.people[:12]]
        await one.world.go_to(datetime(2026, 11, 20, 18, tzinfo=UTC))
        assert len(one.had()) == 12


def _introducible(one: Town, work: Work, user: str) -> None:
    work.use(MEMBERS).agree(one.members[user], Consent.INTRODUCTIONS, True, work.at)


async def test_a_restart_in_the_minute_forgets_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        await one.anna.press("Send to 15 people")
        space, at = one.world.space, one.world.at

    async with opened(tmp_path, at=at + 2 * MINUTE, space=space) as world:
        await world.go_to(world.at + MINUTE)
        one.world = world
        assert len(one.had()) == 15


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Parts of four letters; each that is kept is counted, and what stands in the list's place is done before it."""
    kept, keep = list[int](), Sending.keep
    monkeypatch.setattr("bot.core.parts.A_PART", 4)

    def counted(self: Sending, work: Work, call: Call, written: Written | None) -> Reply:
        kept.append(len(written.letters) if written else 0)
        if len(kept) == 2:
            raise StorageFailed("pulled")
        return keep(self, work, call, written)

    monkeypatch.setattr(Sending, "keep", counted)
    return kept


async def test_a_crash_between_two_parts_forgets_nobody_and_writes_to_nobody_twice(
    tmp_path: Path, small_parts: list[int]
) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        await one.anna.press("Send to 15 people")
        await one.later(timedelta(seconds=61))
        assert len(one.had()) == 4
        await one.later(timedelta(days=2))
        assert sorted(one.had()) == sorted(one.members), "also when there is room for one more in their week"
        assert small_parts == [4, 4, 4, 4, 4, 3]


async def test_stopped_between_two_parts_the_rest_is_not_written(tmp_path: Path, small_parts: list[int]) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        await one.anna.press("Send to 15 people")
        await one.later(timedelta(seconds=61))
        await open_it(one)
        await one.anna.press("Stop")
        await one.later(5 * MINUTE)
        assert len(one.had()) == 4
