"""Who has left the workspace, and what is left of an account that is forgotten, on every engine."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.chat.address import ORGANISERS, Circle, Guest
from bot.chat.ids import Id, show
from bot.chat.outbound import ToAccount
from bot.chat.view import words_of_view
from bot.core.outbox import Claim, Kind, Settlement, State
from bot.core.work import Work
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.store import MEMBERS, PRIVACY
from tests.contracts.test_stores_privacy import everything
from tests.contracts.test_stores_work import together
from tests.storage.stands import AT, MINUTE, Pen, account, letter

DAY = date(2026, 11, 16)


async def left(pen: Pen, name: str, at: datetime = AT, **said: object) -> Member:
    """Somebody who agreed to all there is, and left with their only account."""
    member = await pen.member(name, left_at=at, **said)

    def leave(work: Work) -> None:
        members = work.use(MEMBERS)
        for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
            members.agree(member.id, consent, True, AT)
        members.keep_identity(Identity(account(name), member.id, left_at=AT))

    await pen.write(leave)
    return member


async def test_who_left_is_found_from_the_moment_on_and_not_before(pen: Pen) -> None:
    await pen.member("Here")
    ann, bob = await left(pen, "Ann", AT), await left(pen, "Bob", AT + MINUTE)
    for at, found in ((AT - timedelta(microseconds=1), []), (AT, [ann]), (AT + MINUTE, [ann, bob])):
        there = await pen.read(lambda work, at=at: work.use(MEMBERS).left_before(at))  # type: ignore[misc]
        assert {one.id for one in there} == {one.id for one in found}


async def test_nobody_asks_for_who_left(pen: Pen) -> None:
    ann = await left(pen, "Ann")
    await left(pen, "Wil", stage=Stage.WAITING)
    pat = await left(pen, "Pat", away=True, back_on=DAY)

    def asked(work: Work) -> list[Member]:
        members = work.use(MEMBERS)
        return [*members.introducible(DAY), *members.waiting(), *members.returning(DAY)]

    assert await pen.read(asked) == []
    mark = await pen.read(lambda work: work.use(MEMBERS).introducible_mark(DAY))

    def back(work: Work) -> None:
        for one in (ann, pat):
            work.use(MEMBERS).keep(replace(one, left_at=None))

    await pen.write(back)
    assert {one.name for one in await pen.read(asked)} == {"Ann", "Pat"}
    assert await pen.read(lambda work: work.use(MEMBERS).introducible_mark(DAY)) != mark


async def test_a_member_is_reached_where_they_still_are(pen: Pen) -> None:
    ann = await pen.member("Ann", "local", "slack")
    first = account("Ann")
    await pen.write(lambda work: work.use(MEMBERS).keep_identity(Identity(first, ann.id, left_at=AT)))
    identity = await pen.read(lambda work: work.use(MEMBERS).identity(first))
    assert identity is not None
    assert identity.left_at == AT
    await pen.post(letter("to ann", ann.id))
    (claim,) = await pen.storage.outbox.claim(AT, 10)
    assert isinstance(claim.parcel.to, ToAccount)
    assert claim.parcel.to.account.platform == "slack"


async def test_to_who_left_with_every_account_nothing_is_sent(pen: Pen) -> None:
    ann = await left(pen, "Ann")
    await pen.post(letter("to ann", ann.id))
    assert await pen.storage.outbox.claim(AT, 10) == []
    await pen.write(lambda work: work.use(MEMBERS).keep_identity(Identity(account("Ann"), ann.id)))
    await pen.post(letter("again", ann.id))
    assert len(await pen.storage.outbox.claim(AT, 10)) == 1


async def test_erasing_leaves_no_letter_to_any_account_nor_to_organisers_about_them(pen: Pen) -> None:
    ann = await pen.member("Ann-canary", "local", "slack")
    bob = await pen.member("Bob")
    accounts = [account("Ann-canary", platform) for platform in ("local", "slack")]
    guests = [letter(f"welcome:{one.show()}:", Guest(one)) for one in accounts]
    await pen.post(
        *guests,
        letter(f"waits:{ann.id}", ORGANISERS, about=(ann.id,)),
        letter("of ann", bob.id, about=(ann.id,)),
        letter("another", ORGANISERS, about=(bob.id,)),
        letter("take away", Guest(accounts[0]), kind=Kind.REMOVAL),
    )
    claims = await pen.storage.outbox.claim(AT, 1)
    assert len(claims) == 1, "one is in the air"

    def forget(work: Work) -> None:
        work.post(letter(f"nudge:{accounts[0].show()}:", Guest(accounts[0])))
        work.use(PRIVACY).erase(ann.id, AT)

    await pen.write(forget)
    kept = await everything(pen)
    assert "ann-canary" not in kept
    assert f"waits:{ann.id}" not in kept
    for key in ("of ann", "another", "take away"):
        assert f"'{key}'" in kept


async def test_an_account_that_is_nobodys_is_forgotten_too(pen: Pen) -> None:
    known, other = account("Vic-canary"), account("Vicky")
    await pen.post(letter(f"welcome:{known.show()}:", Guest(known)), letter("other", Guest(other)))
    await pen.write(lambda work: work.use(PRIVACY).forget_account(known))
    await pen.write(lambda work: work.use(PRIVACY).forget_account(known))
    assert "vic-canary" not in await everything(pen)
    assert await pen.read(lambda work: work.use(MEMBERS).was_here(known))
    assert not await pen.read(lambda work: work.use(MEMBERS).was_here(other))
    (claim,) = await pen.storage.outbox.claim(AT, 10)
    assert claim.parcel.to == ToAccount(other)


async def test_who_is_forgotten_and_greeted_in_one_transaction_reads_the_greeting(pen: Pen) -> None:
    vic = Guest(account("Vic"))
    await pen.post(letter("welcome", vic))
    welcome_back = letter("welcome", vic, kind=Kind.ANSWER)
    await together(
        pen,
        lambda work: work.post(letter("before", vic)),
        lambda work: work.use(PRIVACY).forget_account(vic.account),
        lambda work: work.post(welcome_back, letter("after", vic, kind=Kind.ANSWER)),
    )
    assert await carried(pen) == ["welcome", "after"]


async def carried(pen: Pen) -> list[str]:
    """The keys of all letters that can be carried now, each sent."""
    keys: list[str] = []
    while claims := await pen.storage.outbox.claim(AT, 1):
        keys += [says_of(claim) for claim in claims]
        await pen.storage.outbox.settle(AT, [Settlement(one.letter, one.fence, State.SENT) for one in claims])
    return keys


def says_of(claim: Claim) -> str:
    """In these tests a letter says its key."""
    return words_of_view(claim.parcel.view).strip()


async def test_what_others_wrote_a_moment_before_goes_with_who_is_forgotten(pen: Pen) -> None:
    ann, bob = await pen.member("Ann-canary"), await pen.member("Bob")
    key = f"{show(ann.id)}:"
    about = (
        letter(f"{key}to", ann.id),
        letter(f"{key}guest", Guest(account("Ann-canary"))),
        letter(f"{key}waits", ORGANISERS, about=(ann.id,)),
        letter("partner", bob.id, about=(ann.id,)),
        letter("both", Circle(Id(70), (ann.id, bob.id))),
    )
    await together(pen, lambda work: work.post(*about), lambda work: work.use(PRIVACY).erase(ann.id, AT))
    assert await carried(pen) == []
    kept = await everything(pen)
    assert show(ann.id) not in kept
    assert "ann-canary" not in kept


async def test_forgotten_by_one_unit_none_of_them_is_written_to_by_it(pen: Pen) -> None:
    ann, bob, cleo = await pen.member("Ann"), await pen.member("Bob"), await pen.member("Cleo")

    def forget_leavers(work: Work) -> None:
        for one, partner in ((ann, bob), (bob, cleo)):
            work.post(letter(f"cannot-continue:{show(partner.id)}", partner.id, about=(one.id,)))
            work.cancel_to(one.id)
            work.use(PRIVACY).erase(one.id, AT)

    await pen.write(forget_leavers)
    assert show(bob.id) not in await everything(pen)
    assert await carried(pen) == [f"cannot-continue:{show(cleo.id)}"]
