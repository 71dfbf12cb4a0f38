from adapters.memory.platform import MemoryPlatform
from bot.chat.outbound import Delivered, Outcome, Parcel, Refused, ToAccount, Unclear, Why
from tests.adapters.scripted import Stage, words


class Lost:
    """Loses the request, or the reply, or refuses."""

    def __init__(self, before: Refused | Unclear | None = None, after: Unclear | None = None) -> None:
        self._before, self._after = before, after

    def before(self, parcel: Parcel) -> Refused | Unclear | None:
        return self._before

    def after(self, parcel: Parcel) -> Unclear | None:
        return self._after


async def deliver(faults: Lost) -> tuple[Outcome, int]:
    space = Stage().space
    ann = space.join("Ann")
    letter = Parcel("m", space.platform, ToAccount(ann), words("hello"))
    outcome = await MemoryPlatform(space, faults).deliver(letter)
    return outcome, len(space.history(space.bot_conversation(ann).id))


async def test_a_lost_request_leaves_nothing_and_a_lost_reply_leaves_the_message() -> None:
    unclear = Unclear("lost")
    assert await deliver(Lost(before=unclear)) == (unclear, 0)
    assert await deliver(Lost(after=unclear)) == (unclear, 1)


async def test_a_refusal_leaves_nothing() -> None:
    slow = Refused(Why.SLOW_DOWN)
    assert await deliver(Lost(before=slow)) == (slow, 0)


async def test_what_is_delivered_twice_is_there_twice() -> None:
    space = Stage().space
    ann, platform = space.join("Ann"), MemoryPlatform(space)
    letter = Parcel("m", space.platform, ToAccount(ann), words("hello"))
    first, second = await platform.deliver(letter), await platform.deliver(letter)
    assert isinstance(first, Delivered)
    assert first != second
    assert len(space.history(space.bot_conversation(ann).id)) == 2
    assert await platform.find(letter) == first.receipt
