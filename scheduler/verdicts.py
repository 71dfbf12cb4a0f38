"""What becomes of a letter after a try: pure rules from what the platform said to how the claim is settled.

READY with `again_at` puts a letter back without counting a try; RETRY and UNKNOWN count one, unless said otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

import msgspec

from bot.chat.ids import Dice
from bot.chat.outbound import Delivered, Outcome, Receipt, Refused, ToCircle, Unclear, Why
from bot.core.outbox import UNCLEAR, Claim, Settlement, State

_DOUBLINGS = 30


@dataclass(frozen=True)
class Manners:
    """How patient the courier is."""

    look_after: timedelta = timedelta(seconds=5)
    """Before it looks for a letter that may have arrived: a message just posted is not found at once (PLATFORMS.md)."""
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(hours=4)
    most_tries: int = 15
    """With the waits above doubling, the last try is about 24 hours after the first."""
    operator_wait: timedelta = timedelta(hours=1)
    absent_wait: timedelta = timedelta(minutes=10)
    """For a platform that is not configured now."""
    recognises: Mapping[str, timedelta] = field(default_factory=dict)
    """Platforms that know a mark again for so long: within it a second try is no second message."""


MANNERS = Manners()


def settled(claim: Claim, state: State, again_at: datetime | None = None, says: str = "") -> Settlement:
    return Settlement(claim.letter, claim.fence, state, again_at=again_at, says=says)


def put_back(claim: Claim, again_at: datetime, says: str = "") -> Settlement:
    """Nothing was done: it is as much in doubt as it was, and no try is counted."""
    state = State.UNKNOWN if is_in_doubt(claim) else State.READY
    return Settlement(claim.letter, claim.fence, state, again_at=again_at, says=says, counts=False)


def sent(claim: Claim, receipt: Receipt) -> Settlement:
    return Settlement(claim.letter, claim.fence, State.SENT, receipt=receipt)


def judge(claim: Claim, outcome: Outcome, at: datetime, manners: Manners, dice: Dice) -> Settlement:
    """After a try that ended at `at`. For SLOW_DOWN the instant is the pacing's to say."""
    if is_removal(claim):
        return _judge_removal(claim, outcome, at, manners, dice)
    match outcome:
        case Delivered(receipt):
            return sent(claim, receipt)
        case Unclear(says):
            return settled(claim, State.UNKNOWN, at + manners.look_after, says)
        case Refused():
            return _refused(claim, outcome, at, manners, dice)
        case _:
            assert_never(outcome)


def is_removal(claim: Claim) -> bool:
    """Whether it says nothing, but takes away what was said: done twice it does no harm, so nobody looks first."""
    return claim.parcel.removes is not None


def is_in_doubt(claim: Claim) -> bool:
    """Whether it may have arrived, so that it is looked for before it is tried again."""
    return claim.was is State.UNKNOWN and not is_removal(claim)


def _judge_removal(claim: Claim, outcome: Outcome, at: datetime, manners: Manners, dice: Dice) -> Settlement:
    """What is gone already is taken away. It was promised: nobody gives it up because a platform is away for long."""
    again_at = at + wait_after(claim.tries, manners, dice)
    match outcome:
        case Delivered(receipt):
            return sent(claim, receipt)
        case Unclear(says):
            return settled(claim, State.RETRY, again_at, says)
        case Refused(why=Why.GONE):
            return settled(claim, State.SENT)
        case Refused(why=Why.TRY_LATER, says=says, wait=wait):
            return settled(claim, State.RETRY, max(again_at, at + (wait or timedelta())), says)
        case Refused():
            return _refused(claim, outcome, at, manners, dice)
        case _:
            assert_never(outcome)


def said_blindly(claim: Claim, at: datetime) -> Settlement:
    """It is to be said once more though nobody knows whether it arrived. That is put down before it is done: whoever
    dies over it says it no third time. From then on only that second one is in doubt."""
    declared = settled(claim, State.RETRY, at, UNCLEAR)
    return msgspec.structs.replace(declared, possible_duplicate=True, counts=False)


def judge_known(claim: Claim, outcome: Outcome, at: datetime, manners: Manners, dice: Dice) -> Settlement:
    """After a try that the platform would have known for a second one: it stays in doubt until it has arrived."""
    again = judge(claim, outcome, at, manners, dice)
    is_put_back = again.state in (State.READY, State.RETRY)
    return msgspec.structs.replace(again, state=State.UNKNOWN) if is_put_back else again


def not_found(claim: Claim, manners: Manners) -> Settlement:
    """It certainly did not arrive."""
    if claim.tries >= manners.most_tries:
        return settled(claim, State.DEAD, says=f"given up after {claim.tries} tries")
    return settled(claim, State.READY)


def not_looked(claim: Claim, at: datetime, manners: Manners, dice: Dice, says: str) -> Settlement:
    """Looking failed: look again later, or give up."""
    if claim.tries >= manners.most_tries:
        return settled(claim, State.DEAD, says=UNCLEAR)
    return settled(claim, State.UNKNOWN, at + wait_after(claim.tries, manners, dice), says)


def may_try_blindly(claim: Claim) -> bool:
    """Whether a letter nobody can look for is tried once more, and never again. To a circle, twice would be worse than
    never."""
    return not claim.doubled and not isinstance(claim.parcel.to, ToCircle)


def is_recognised(claim: Claim, at: datetime, manners: Manners) -> bool:
    """Whether the platform still knows the mark of the unclear try, so that trying again cannot double it."""
    young = manners.recognises.get(claim.parcel.platform)
    return young is not None and claim.unclear_since is not None and timedelta() <= at - claim.unclear_since < young


def wait_after(tries: int, manners: Manners, dice: Dice) -> timedelta:
    """Doubling from `first_wait` up to `longest_wait`, a quarter more or less by chance."""
    wait: timedelta = min(manners.longest_wait, manners.first_wait * 2 ** min(tries, _DOUBLINGS))
    return wait * dice.uniform(0.75, 1.25)


def _refused(claim: Claim, refused: Refused, at: datetime, manners: Manners, dice: Dice) -> Settlement:
    says = f"{refused.why}: {refused.says}" if refused.says else str(refused.why)
    match refused.why:
        case Why.SLOW_DOWN:
            return settled(claim, State.READY, at + (refused.wait or timedelta()), says)
        case Why.FORBIDDEN:
            return settled(claim, State.READY, at + manners.operator_wait, says)
        case Why.TRY_LATER:
            wait = max(wait_after(claim.tries, manners, dice), refused.wait or timedelta())
            return _again(claim, at + wait, manners, says)
        case Why.CLOSED | Why.GONE | Why.MALFORMED:
            return settled(claim, State.DEAD, says=says)
        case _:
            assert_never(refused.why)


def _again(claim: Claim, again_at: datetime, manners: Manners, says: str) -> Settlement:
    if claim.tries + 1 >= manners.most_tries:
        return settled(claim, State.DEAD, says=f"given up after {claim.tries + 1} tries: {says}")
    return settled(claim, State.RETRY, again_at, says)
