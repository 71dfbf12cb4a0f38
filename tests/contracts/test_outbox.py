"""The outbox, on every engine."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import bindparam, update

from bot.chat.address import ORGANISERS, Circle, Guest, Person
from bot.chat.ids import Id
from bot.chat.outbound import Receipt, ToAccount, ToChannel, ToCircle
from bot.chat.text import Mention, Plain
from bot.chat.view import Paragraph, View
from bot.core.outbox import ASKED_FOR, Claim, Kind, Letter, Settlement, State
from bot.core.tidying import ENDED
from bot.core.work import Work
from bot.members.model import Identity, Member, Stage
from bot.members.store import MEMBERS
from bot.reports.store import REPORTS, Letters
from storage.letters import letters
from tests.storage.stands import AT, MINUTE, SECRETS, Pen, account, letter


async def take(pen: Pen, at: datetime = AT, most: int = 100) -> list[Claim]:
    return list(await pen.storage.outbox.claim(at, most))


async def settle(pen: Pen, claim: Claim, state: State, at: datetime = AT, **more: object) -> None:
    settlement = Settlement(claim.letter, claim.fence, state, **more)  # type: ignore[arg-type]
    await pen.storage.outbox.settle(at, [settlement])


def words(claims: Sequence[Claim]) -> list[str]:
    """What each claim says; in these tests, its key."""
    said = []
    for claim in claims:
        block = claim.parcel.view.blocks[0]
        assert isinstance(block, Paragraph)
        assert isinstance(block.text[0], Plain)
        said.append(block.text[0].text)
    return said


async def drain(pen: Pen, at: datetime = AT, most: int = 100) -> list[str]:
    """Carry what can be carried, round by round."""
    said: list[str] = []
    while claims := await take(pen, at, most):
        said += words(claims)
        for claim in claims:
            await settle(pen, claim, State.SENT, at, receipt=Receipt("c", "m"))
    return said


async def test_a_letter_goes_to_the_members_account(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("hello", ann.id))
    (claim,) = await take(pen)
    assert claim.parcel.to == ToAccount(account("Ann"))
    assert claim.parcel.platform == "local"
    assert (claim.was, claim.tries, claim.due_at, claim.kind) == (State.READY, 0, AT, Kind.NOTICE)
    assert await take(pen) == []


async def test_a_letter_is_not_due_before_its_time(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("later", ann.id, AT + MINUTE))
    assert await take(pen) == []
    assert await pen.storage.outbox.next_due() == AT + MINUTE
    assert words(await take(pen, AT + MINUTE)) == ["later"]


async def test_a_key_is_said_once_whoever_posts_it(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("once", ann.id), letter("once", ann.id))
    await pen.post(letter("once", ann.id))
    assert await drain(pen) == ["once"]
    await pen.post(letter("once", ann.id))
    assert await drain(pen) == []
    assert await pen.storage.outbox.next_due() is None


async def test_the_mark_is_short_the_same_at_every_try_and_not_the_key(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("checkin:W48", ann.id), letter("checkin:W49", account_of("Bob")))
    first, other = await take(pen)
    await settle(pen, first, State.RETRY, again_at=AT)
    (again,) = await take(pen)
    assert again.parcel.mark == first.parcel.mark != other.parcel.mark
    assert len(first.parcel.mark) <= 25
    assert "checkin" not in first.parcel.mark


def account_of(name: str) -> Guest:
    return Guest(account(name))


async def test_guests_channels_and_circles_have_their_places(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    circle = Circle(ann.id, (ann.id, bob.id))
    await pen.post(letter("a", account_of("Guest")), letter("b", ORGANISERS), letter("c", circle))
    guest, channel, group = await take(pen)
    assert guest.parcel.to == ToAccount(account("Guest"))
    assert channel.parcel.to == ToChannel("local", "organisers")
    assert isinstance(group.parcel.to, ToCircle)
    assert group.parcel.to.accounts == (account("Ann"), account("Bob"))


async def test_a_conversation_is_remembered_for_ever(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    places = (Person(ann.id), Circle(ann.id, (ann.id, bob.id)))
    await pen.post(*(letter(f"first {n}", to) for n, to in enumerate(places)))
    for n, claim in enumerate(await take(pen)):
        await settle(pen, claim, State.SENT, receipt=Receipt(f"conversation-{n}", "m"))
    await pen.post(*(letter(f"second {n}", to) for n, to in enumerate(places)))
    talks = [claim.parcel.to.conversation for claim in await take(pen) if not isinstance(claim.parcel.to, ToChannel)]
    assert talks == ["conversation-0", "conversation-1"]


async def test_everybody_mentioned_comes_with_their_account_on_that_platform(pen: Pen) -> None:
    ann = await pen.member("Ann", "slack", "discord")
    bob = await pen.member("Bob", "discord")
    cleo = await pen.member("Cleo", "slack")
    view = View((Paragraph((Plain("meet "), Mention(bob.id, "Bob"), Mention(cleo.id, "Cleo"))),))
    await pen.post(Letter("meet", Person(ann.id), view, Kind.NOTICE, AT))
    (claim,) = await take(pen)
    assert claim.parcel.platform == "discord"
    assert claim.parcel.accounts == {ann.id: account("Ann", "discord"), bob.id: account("Bob", "discord")}


async def test_a_group_across_platforms_gets_a_letter_each(pen: Pen) -> None:
    ann, bob = await pen.member("Ann", "slack"), await pen.member("Bob", "discord")
    await pen.post(letter("meet", Circle(ann.id, (ann.id, bob.id))))
    claims = await take(pen)
    assert sorted(claim.parcel.platform for claim in claims) == ["discord", "slack"]
    assert words(claims) == ["meet", "meet"]


@pytest.mark.parametrize("alone", [True, False])
async def test_nobody_to_send_to_is_the_end_of_a_letter(pen: Pen, alone: bool) -> None:
    ann = await pen.member("Ann")
    ghost = await pen.write(lambda work: _without_account(work))
    await pen.post(letter("lost", ghost if alone else Circle(ann.id, (ann.id, ghost))))
    assert await take(pen) == []
    assert await pen.storage.outbox.next_due() is None


def _without_account(work: Work) -> Id:
    member = Member(work.new_id(), "Ghost", Stage.MEMBER)
    work.use(MEMBERS).keep(member)
    return member.id


async def test_order_is_kept_for_each_recipient(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    await pen.post(letter("a1", ann.id), letter("a2", ann.id), letter("b1", bob.id))
    first, other = await take(pen)
    assert words([first, other]) == ["a1", "b1"]
    assert await take(pen) == []
    await settle(pen, first, State.RETRY, again_at=AT + MINUTE)
    assert await take(pen) == []
    assert await pen.storage.outbox.next_due() == AT + MINUTE
    assert words(await take(pen, AT + MINUTE)) == ["a1"]


async def test_a_letter_for_next_week_holds_nobody_up(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("next week", ann.id, AT + timedelta(days=7)), letter("now", ann.id))
    assert words(await take(pen)) == ["now"]


async def test_who_waits_goes_first_and_takes_along_what_is_before(pen: Pen) -> None:
    crowd = [await pen.member(f"M{n}") for n in range(5)]
    await pen.post(*(letter(f"bulk {n}", one.id, AT - MINUTE) for n, one in enumerate(crowd)))
    await pen.post(letter("thanks", crowd[4].id, kind=Kind.ANSWER))
    assert await drain(pen, most=1) == ["bulk 4", "thanks", "bulk 0", "bulk 1", "bulk 2", "bulk 3"]


async def test_a_second_bulk_does_not_wait_for_the_end_of_the_first(pen: Pen) -> None:
    crowd = [await pen.member(f"M{n}") for n in range(12)]
    await pen.post(*(letter(f"a{n}", one.id) for n, one in enumerate(crowd[:6])))
    await pen.post(*(letter(f"b{n}", one.id) for n, one in enumerate(crowd[6:])))
    assert await drain(pen, most=4) == ["a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4", "a5", "b5"]


async def test_too_late_is_not_sent(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("reminder", ann.id, until=AT + MINUTE), letter("after", ann.id))
    assert words(await take(pen, AT + 2 * MINUTE)) == ["after"]


async def test_a_retry_beyond_its_time_ends_when_its_time_ends(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("reminder", ann.id, until=AT + MINUTE))
    (claim,) = await take(pen)
    await settle(pen, claim, State.RETRY, again_at=AT + 60 * MINUTE)
    assert await pen.storage.outbox.next_due() == AT + MINUTE
    assert await take(pen, AT + 2 * MINUTE) == []
    assert await pen.storage.outbox.next_due() is None


async def test_what_is_cancelled_is_not_sent_and_its_key_is_used_up(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("pair:1:a", ann.id), letter("pair:1:b", ann.id), letter("pair:10:a", ann.id))
    await pen.write(lambda work: work.cancel("pair:1:"))
    await pen.post(letter("pair:1:a", ann.id))
    assert await drain(pen) == ["pair:10:a"]


async def test_posting_and_cancelling_in_one_unit_happen_in_order(pen: Pen) -> None:
    ann = await pen.member("Ann")

    def change_ones_mind(work: Work) -> None:
        work.post(letter("a", ann.id))
        work.cancel("a")
        work.post(letter("b", ann.id))
        work.cancel_to(ann.id)
        work.post(letter("ab", ann.id))

    await pen.write(change_ones_mind)
    assert await drain(pen) == ["ab"]


async def test_a_letter_waits_until_it_has_arrived(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("pair:1", ann.id), letter("pair:1:a", ann.id), letter("pair:2", ann.id))

    async def waits(prefix: str) -> bool:
        return await pen.read(lambda work: work.waits(prefix))

    (first,) = await take(pen)
    await settle(pen, first, State.SENT, receipt=Receipt("c", "m"))
    assert (await waits("pair:1"), await waits("pair:2"), await waits("pair:3")) == (True, True, False)
    assert await drain(pen) == ["pair:1:a", "pair:2"]
    assert not await waits("pair:")

    def post_and_look(work: Work) -> bool:
        work.post(letter("pair:4", ann.id))
        return work.waits("pair:4")

    assert await pen.write(post_and_look)


async def test_nothing_reaches_who_is_cancelled_to_not_even_in_a_group(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    await pen.post(letter("a", ann.id), letter("both", Circle(ann.id, (ann.id, bob.id))), letter("b", bob.id))
    await pen.write(lambda work: work.cancel_to(ann.id))
    assert await drain(pen) == ["b"]


async def test_cancelled_in_the_air_is_sent_or_never_tried_again(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    await pen.post(letter("a", ann.id), letter("b", bob.id))
    lucky, unlucky = await take(pen)
    await pen.write(lambda work: work.cancel("a", "b"))
    await settle(pen, lucky, State.SENT, receipt=Receipt("c", "m"))
    await settle(pen, unlucky, State.RETRY, again_at=AT)
    assert await take(pen) == []
    assert await pen.storage.outbox.next_due() is None


async def test_a_member_is_reached_on_the_account_they_had_first(pen: Pen) -> None:
    ann = await pen.member("Ann", "slack")
    await pen.write(
        lambda work: work.use(MEMBERS).keep_identity(Identity(account("Ann", "discord"), ann.id)), AT + MINUTE
    )
    await pen.post(letter("x", ann.id))
    (claim,) = await take(pen)
    assert claim.parcel.platform == "slack"


async def test_a_letter_that_another_version_wrote_ends_and_holds_nobody_up(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    await pen.post(letter("strange", ann.id), letter("next", ann.id), letter("other", bob.id))
    strange = SECRETS.seal.close(b"\x81\xa2to\xc0", "strange")
    rewrite = update(letters).where(letters.c.key == "strange").values(body=bindparam("strange"))
    await pen.write(lambda work: work.put(rewrite, {"strange": strange}))  # type: ignore[attr-defined]
    assert await drain(pen) == ["other", "next"]
    found = await pen.read(lambda work: work.use(REPORTS).letters(AT))
    assert found == Letters(stuck=0, lost=1)


async def test_ended_letters_are_forgotten_in_time_and_waiting_ones_are_not(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("sent", ann.id), letter("waits", ann.id, AT + MINUTE))
    await drain(pen)
    await pen.write(lambda work: work.use(ENDED).forget_before(AT + MINUTE))
    await pen.post(letter("sent", ann.id), letter("waits", ann.id))
    assert await drain(pen, AT + MINUTE) == ["sent", "waits"]


async def test_who_is_left_alone_still_hears_what_they_asked_for(pen: Pen) -> None:
    """Whether it was posted before, or in the same unit."""
    ann = await pen.member("Ann")
    await pen.post(*(letter(f"before:{kind}", ann.id, kind=kind) for kind in Kind if kind is not Kind.REMOVAL))

    def pause(work: Work) -> None:
        work.post(*(letter(f"now:{kind}", ann.id, kind=kind) for kind in Kind if kind is not Kind.REMOVAL))
        work.cancel_to(ann.id, unasked=True)
        work.post(letter("after", ann.id))

    await pen.write(pause)
    waiting = await pen.read(lambda work: [key for key in ("before:", "now:", "after") if work.waits(key)])
    kept = {f"{when}:{kind}" for when in ("before", "now") for kind in ASKED_FOR}
    left = {f"{when}:{kind}" for when in ("before", "now") for kind in Kind}
    found = await pen.read(lambda work: {key for key in left if work.waits(key)})
    assert waiting == ["before:", "now:", "after"]
    assert found == kept
