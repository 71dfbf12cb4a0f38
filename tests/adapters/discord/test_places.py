"""Whoever cannot be written to directly gets a private thread that rings; and first conversations are few."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord.opening import HOUR, SHUT, read_note
from adapters.discord.places import channel_of
from bot.chat.outbound import Delivered, Outcome, Receipt, Refused, Removes, ToAccount, ToCircle, Why
from bot.chat.view import View, words_of_view
from bot.core.asking import from_here_on
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.scripted import words
from tests.discord.faults import Wrong
from tests.discord.model import Channel, Kind
from tests.discord.person import Person


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one


def receipt(outcome: Outcome) -> Receipt:
    assert isinstance(outcome, Delivered), outcome
    return outcome.receipt


def refused(outcome: Outcome) -> Refused:
    assert isinstance(outcome, Refused), outcome
    return outcome


def place(stage: Stage, of: Receipt) -> Channel:
    return stage.discord.network.channels[channel_of(of.conversation)]


async def written(stage: Stage, who: Person, mark: str = "m", conversation: str | None = None) -> Outcome:
    to = ToAccount(stage.account(who), conversation)
    return await stage.platform.deliver(stage.parcel(to, words(f"letter {mark}"), mark))


async def test_shut_direct_messages_lead_to_a_thread_of_their_own(stage: Stage) -> None:
    ann, bob = stage.discord.person("Ann Bell", dms=False), stage.discord.person("Bob Hill")
    await stage.start(channels=stage.channels())
    first = receipt(await written(stage, ann, "m1"))
    thread = place(stage, first)
    assert thread.kind is Kind.PRIVATE_THREAD
    assert [one.content for one in ann.sees(thread) if one.content] == [
        words_of_view(from_here_on()),
        f"<@{ann.id}>\n\nletter m1",
    ]
    assert bob.sees(thread) == []
    assert [(ring.why, ring.channel) for ring in ann.rings] == [("added", thread), ("mention", thread)]
    again = receipt(await written(stage, ann, "m2", first.conversation))
    assert again.conversation == first.conversation
    assert ann.reads(thread)[-1] == f"<@{ann.id}>\n\nletter m2"
    assert len(ann.rings) == 3


async def test_direct_messages_that_are_shut_later_lead_there_too(stage: Stage) -> None:
    ann = stage.discord.person("Ann Bell")
    await stage.start(channels=stage.channels())
    first = receipt(await written(stage, ann, "m1"))
    ann.dms = False
    second = receipt(await written(stage, ann, "m2", first.conversation))
    assert second.conversation != first.conversation
    assert place(stage, second).kind is Kind.PRIVATE_THREAD


async def test_without_a_channel_for_it_they_cannot_be_reached(stage: Stage) -> None:
    ann = stage.discord.person("Ann Bell", dms=False)
    await stage.start()
    assert refused(await written(stage, ann)).why is Why.CLOSED


async def test_first_conversations_are_few_an_hour_and_nobody_waits_for_them(stage: Stage) -> None:
    people = [stage.discord.person(f"Person {number}") for number in range(4)]
    await stage.start(channels=stage.channels(), opens_an_hour=2)
    kinds = [place(stage, receipt(await written(stage, one, one.id))).kind for one in people]
    assert kinds == [Kind.DM, Kind.DM, Kind.PRIVATE_THREAD, Kind.PRIVATE_THREAD]
    stage.clock.advance(HOUR)
    late = stage.discord.person("Late Comer")
    assert place(stage, receipt(await written(stage, late))).kind is Kind.DM


async def test_without_that_channel_the_next_hour_is_waited_for(stage: Stage) -> None:
    people = [stage.discord.person(f"Person {number}") for number in range(2)]
    await stage.start(opens_an_hour=1)
    receipt(await written(stage, people[0], "m1"))
    outcome = refused(await written(stage, people[1], "m2"))
    assert (outcome.why, outcome.wait) == (Why.TRY_LATER, HOUR)


async def test_a_warning_opens_none_for_hours(stage: Stage) -> None:
    ann, bob = stage.discord.person("Ann Bell"), stage.discord.person("Bob Hill")
    await stage.start(channels=stage.channels())
    fault = stage.discord.faults.plant("POST /users/@me/channels", Wrong.REFUSED, status=403, code=40003)
    assert place(stage, receipt(await written(stage, ann, "m1"))).kind is Kind.PRIVATE_THREAD
    assert fault.happened == 1
    assert place(stage, receipt(await written(stage, bob, "m2"))).kind is Kind.PRIVATE_THREAD
    stage.clock.advance(SHUT + timedelta(seconds=1))
    eve = stage.discord.person("Eve Late")
    assert place(stage, receipt(await written(stage, eve, "m3"))).kind is Kind.DM


async def test_what_was_opened_before_a_restart_counts_after_it(stage: Stage) -> None:
    ann, bob, eve = (stage.discord.person(name) for name in ("Ann Bell", "Bob Hill", "Eve Late"))
    channels = stage.channels()
    await stage.start(channels=channels, opens_an_hour=1)
    assert place(stage, receipt(await written(stage, ann, "m1"))).kind is Kind.DM
    await stage.stop()
    await stage.start(channels=channels, opens_an_hour=1)
    assert place(stage, receipt(await written(stage, bob, "m2"))).kind is Kind.PRIVATE_THREAD
    stage.clock.advance(HOUR)
    assert place(stage, receipt(await written(stage, eve, "m3"))).kind is Kind.DM


async def test_it_is_counted_before_it_is_tried(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends the bot in the middle of it, Discord has counted."""
    ann, keep, tried = stage.discord.person("Ann Bell"), stage.notes.write, []

    async def looks(name: str, note: bytes) -> None:
        tried.append(list(stage.discord.called("POST", "/users/@me/channels")))
        await keep(name, note)

    await stage.start(channels=stage.channels())
    monkeypatch.setattr(stage.notes, "write", looks)
    receipt(await written(stage, ann))
    assert tried == [[]]
    assert read_note(stage.notes.notes["opened"]).at == (stage.clock.now(),)


@pytest.mark.parametrize("has_talked", [False, True])
async def test_a_warning_outlives_a_restart(stage: Stage, has_talked: bool) -> None:
    """Whether it came upon a first conversation or in one that was opened long ago."""
    ann, bob = stage.discord.person("Ann Bell"), stage.discord.person("Bob Hill")
    talk, channels = stage.discord.network.dm(ann.id).id, stage.channels()
    await stage.start(channels=channels)
    route = "POST /channels/*/messages" if has_talked else "POST /users/@me/channels"
    stage.discord.faults.plant(route, Wrong.REFUSED, status=403, code=40003)
    receipt(await written(stage, ann, "m1", talk if has_talked else None))
    await stage.stop()
    stage.clock.advance(SHUT - timedelta(seconds=1))
    await stage.start(channels=channels)
    assert place(stage, receipt(await written(stage, bob, "m2"))).kind is Kind.PRIVATE_THREAD


async def test_a_circle_is_a_private_thread_called_by_its_people(stage: Stage) -> None:
    ann, bob, eve = (stage.discord.person(name) for name in ("Ann Bell", "Bob *Hill*", "Eve Other"))
    await stage.start(channels=stage.channels())
    to = ToCircle(stage.discord.guild.id, "pair", (stage.account(ann), stage.account(bob)))
    thread = place(stage, receipt(await stage.platform.deliver(stage.parcel(to, words("meet")))))
    assert (thread.kind, thread.name) == (Kind.PRIVATE_THREAD, "Ann Bell and Bob *Hill*")
    assert ann.reads(thread)[-1] == bob.reads(thread)[-1] == "meet"
    assert eve.sees(thread) == []


async def test_a_circle_with_no_channel_for_threads_or_no_room_cannot_be(stage: Stage) -> None:
    ann, bob = stage.discord.person("Ann Bell"), stage.discord.person("Bob Hill")
    channels = stage.channels()
    await stage.start(channels={"organisers": channels["organisers"]})
    to = ToCircle(stage.discord.guild.id, "pair", (stage.account(ann), stage.account(bob)))
    assert refused(await stage.platform.deliver(stage.parcel(to, words("meet")))).why is Why.CLOSED
    await stage.stop()
    stage.discord.guild.most_threads = 0
    await stage.start(channels=channels)
    assert refused(await stage.platform.deliver(stage.parcel(to, words("meet")))).why is Why.CLOSED


async def test_a_thread_that_somebody_deleted_is_made_anew(stage: Stage) -> None:
    ann, bob = stage.discord.person("Ann Bell"), stage.discord.person("Bob Hill")
    await stage.start(channels=stage.channels())
    to = ToCircle(stage.discord.guild.id, "pair", (stage.account(ann), stage.account(bob)), "123456789012345678")
    thread = place(stage, receipt(await stage.platform.deliver(stage.parcel(to, words("meet")))))
    assert ann.reads(thread)[-1] == "meet"


@pytest.mark.parametrize("wrong", [Wrong.REPLY_LOST, Wrong.REQUEST_LOST, Wrong.DONE_STATUS])
async def test_a_letter_in_doubt_is_found_by_what_it_says_and_never_doubled(stage: Stage, wrong: Wrong) -> None:
    ann = stage.discord.person("Ann Bell")
    await stage.start(channels=stage.channels())
    first = receipt(await written(stage, ann, "m1"))
    stage.discord.faults.plant("POST /channels/*/messages", wrong, times=1, status=503)
    await written(stage, ann, "m2", first.conversation)
    letter = stage.parcel(ToAccount(stage.account(ann), first.conversation), words("letter m2"), "m2")
    if await stage.platform.find(letter) is None:
        receipt(await written(stage, ann, "m2", first.conversation))
    assert ann.reads() == ["letter m1", "letter m2"]
    assert await stage.platform.find(letter) is not None


async def test_an_old_letter_that_says_the_same_is_another(stage: Stage) -> None:
    ann = stage.discord.person("Ann Bell")
    await stage.start(channels=stage.channels())
    first = receipt(await written(stage, ann, "same"))
    await stage.stop()
    stage.clock.advance(timedelta(days=2))
    await stage.start(channels=stage.channels())
    letter = stage.parcel(ToAccount(stage.account(ann), first.conversation), words("letter same"), "other")
    assert await stage.platform.find(letter) is None


async def test_in_a_thread_that_was_put_away_a_letter_can_still_be_changed_and_taken_away(stage: Stage) -> None:
    ann, bob = stage.discord.person("Ann Bell"), stage.discord.person("Bob Hill")
    await stage.start(channels=stage.channels())
    to = ToCircle(stage.discord.guild.id, "pair", (stage.account(ann), stage.account(bob)))
    said = receipt(await stage.platform.deliver(stage.parcel(to, words("meet"))))
    thread = place(stage, said)
    stage.discord.network.archive(thread, True)
    changed = stage.parcel(to, words("meet soon"), "m2", instead_of=said.message)
    assert receipt(await stage.platform.deliver(changed)) == said
    assert ann.reads(thread)[-1] == "meet soon"
    stage.discord.network.archive(thread, True)
    gone = stage.parcel(to, View(()), "m3", instead_of=said.message, removes=Removes.MESSAGE)
    receipt(await stage.platform.deliver(gone))
    assert "meet soon" not in ann.reads(thread)


async def test_a_first_letter_in_doubt_is_found_by_a_bot_that_remembers_nothing(stage: Stage) -> None:
    ann, bob, eve = (stage.discord.person(name) for name in ("Ann Bell", "Bob Hill", "Eve Other"))
    channels = stage.channels()
    await stage.start(channels=channels)
    a, b, e = map(stage.account, (ann, bob, eve))
    server = stage.discord.guild.id
    receipt(await stage.platform.deliver(stage.parcel(ToCircle(server, "other", (b, e)), words("meet"), "m0")))
    letters = [
        stage.parcel(ToCircle(server, "pair", (a, b)), words("meet"), "m1"),
        stage.parcel(ToAccount(a), words("hello"), "m2"),
    ]
    for letter in letters:
        stage.discord.faults.plant("POST /channels/*/messages", Wrong.REPLY_LOST)
        await stage.platform.deliver(letter)
    await stage.stop()
    await stage.start(channels=channels)
    for letter in letters:
        found = await stage.platform.find(letter)
        assert found is not None
        assert [one.id for one in ann.sees(place(stage, found))][-1] == found.message


async def test_where_no_thread_can_be_made_for_them_they_wait_and_the_operator_can_mend_it(stage: Stage) -> None:
    ann = stage.discord.person("Ann Bell", dms=False)
    await stage.start(channels=stage.channels())
    stage.discord.guild.most_threads = 0
    outcome = refused(await written(stage, ann, "m1"))
    assert outcome.why is Why.FORBIDDEN
    assert "close threads that nobody needs" in outcome.says
    stage.discord.guild.most_threads = 1
    assert place(stage, receipt(await written(stage, ann, "m1"))).kind is Kind.PRIVATE_THREAD


async def test_after_a_death_only_threads_with_the_names_of_both_are_asked_who_is_in_them(stage: Stage) -> None:
    """A call for each of hundreds would take longer than looking may take."""
    ann, *others = [stage.discord.person(name) for name in ("Ann Bell", "Bob Hill", "Cleo Moss", "Dev Patel")]
    named = stage.channels()
    await stage.start(channels=named)
    for other in others:
        to = ToCircle(stage.discord.guild.id, other.id, (stage.account(ann), stage.account(other)))
        said = receipt(await stage.platform.deliver(stage.parcel(to, words("Meet."), other.id)))
    await stage.stop()
    await stage.start(channels=named)
    assert await stage.platform.find(stage.parcel(to, words("Meet."), others[-1].id)) == said
    assert len(stage.discord.called("GET", "/channels/*/thread-members/*")) == len(to.accounts)


async def test_a_letter_that_is_carried_twice_within_minutes_is_one_message(stage: Stage) -> None:
    """Whatever was found by looking: Discord knows its nonce again."""
    ann = stage.discord.person("Ann Bell")
    await stage.start()
    first, second = receipt(await written(stage, ann)), receipt(await written(stage, ann))
    assert (first, len(ann.reads())) == (second, 1)
