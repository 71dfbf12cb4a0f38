"""Letters of which nobody knows whether they arrived, on every engine."""

from bot.core.outbox import State
from storage.removals import LEASE
from tests.contracts.test_outbox import settle, take
from tests.storage.stands import AT, MINUTE, Pen, letter


async def test_tries_count_and_putting_back_does_not(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("x", ann.id))
    seen = []
    for state in (State.READY, State.RETRY, State.UNKNOWN, State.UNKNOWN, State.READY):
        (claim,) = await take(pen)
        seen.append((claim.was, claim.tries, claim.unclear_since))
        await settle(pen, claim, state, again_at=AT, counts=claim.was is not State.UNKNOWN)
    (claim,) = await take(pen)
    assert [*seen, (claim.was, claim.tries, claim.unclear_since)] == [
        (State.READY, 0, None),
        (State.READY, 0, None),
        (State.RETRY, 1, None),
        (State.UNKNOWN, 2, AT),
        (State.UNKNOWN, 2, AT),
        (State.READY, 2, None),
    ]


async def test_after_a_blind_try_only_that_one_is_in_doubt_and_no_other_is_made(pen: Pen) -> None:
    ann, later = await pen.member("Ann"), AT + 10 * MINUTE
    await pen.post(letter("x", ann.id))
    (claim,) = await take(pen)
    await settle(pen, claim, State.UNKNOWN, again_at=AT)
    (unclear,) = await take(pen)
    assert (unclear.unclear_since, unclear.doubled) == (AT, False)
    await settle(pen, unclear, State.RETRY, again_at=later, possible_duplicate=True, counts=False)
    (blind,) = await take(pen, later)
    assert (blind.was, blind.tries, blind.unclear_since, blind.doubled) == (State.RETRY, 1, None, True)
    await settle(pen, blind, State.UNKNOWN, again_at=later)
    (known,) = await take(pen, later)
    assert (known.unclear_since, known.doubled) == (later, True)


async def test_a_lease_that_ran_out_is_unclear_and_its_holder_settles_nothing(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("x", ann.id))
    (old,) = await take(pen)
    assert await pen.storage.outbox.next_due() == AT + LEASE
    (new,) = await take(pen, AT + LEASE)
    assert (new.was, new.tries, new.unclear_since) == (State.UNKNOWN, 1, AT)
    assert new.fence > old.fence
    await settle(pen, old, State.DEAD)
    await settle(pen, new, State.RETRY, again_at=AT + LEASE)
    assert len(await take(pen, AT + LEASE)) == 1


async def test_after_a_crash_what_was_in_the_air_is_unclear(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    await pen.post(letter("x", ann.id), letter("y", bob.id))
    await take(pen, most=1)
    assert await pen.storage.outbox.recover(AT + MINUTE) == 1
    assert await pen.storage.outbox.recover(AT + MINUTE) == 0
    claims = await take(pen, AT + MINUTE)
    assert [(claim.was, claim.unclear_since) for claim in claims] == [(State.UNKNOWN, AT), (State.READY, None)]
