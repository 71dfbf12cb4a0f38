"""How the space takes a parcel: the same for every adapter that has a space behind it."""

from typing import assert_never

from adapters.space.model import Conversation, Message, bot_place
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.outbound import (
    Delivered,
    Parcel,
    Receipt,
    Refused,
    Removes,
    Target,
    ToAccount,
    ToChannel,
    ToCircle,
    Why,
)


def accept(space: Space, parcel: Parcel) -> Delivered | Refused:
    """Put the parcel where it belongs, each time it is handed over; refuse it where nobody is there."""
    if parcel.meeting:
        return Refused(Why.MALFORMED, "the community space keeps no calendar of its own")
    if parcel.removes:
        return _remove(space, parcel, parcel.removes)
    place = _place(space, parcel.to)
    if place is None:
        return Refused(Why.GONE, "no such person or place in the community space")
    earlier = space.message(parcel.instead_of)
    said = (
        _instead(space, earlier, parcel) if earlier else space.post(place.id, parcel.view, parcel.mark, parcel.accounts)
    )
    return Delivered(Receipt(said.conversation, said.id))


def _instead(space: Space, earlier: Message, parcel: Parcel) -> Message:
    """The view in the place of an earlier message; one that says the same is no edit."""
    return earlier if earlier.view == parcel.view else space.edit(earlier.id, parcel.view, parcel.accounts)


def _remove(space: Space, parcel: Parcel, what: Removes) -> Delivered | Refused:
    """Take away what the bot said, also from where nobody is any more."""
    match what, parcel.to:
        case Removes.EVERYTHING, ToAccount(account):
            space.clear(account, parcel.before or space.now())
            return Delivered(Receipt(bot_place(account), ""))
        case Removes.MESSAGE, _:
            said = space.message(parcel.instead_of) or space.marked(parcel.mark)
            if said is None:
                return Refused(Why.GONE, "that message is not there any more")
            space.remove(said.id)
            return Delivered(Receipt(said.conversation, said.id))
        case _:
            return Refused(Why.MALFORMED, "only direct messages can be taken away as a whole")


def look(space: Space, parcel: Parcel) -> Receipt | None:
    """Where the parcel lies, if it came."""
    said = space.marked(parcel.mark)
    return Receipt(said.conversation, said.id) if said else None


def _place(space: Space, to: Target) -> Conversation | None:
    match to:
        case ToAccount(account):
            return space.bot_conversation(account) if _here(space, account) else None
        case ToChannel(_, name):
            return space.channel(name) if space.has_channel(name) else None
        case ToCircle(_, mark, accounts):
            return space.circle(mark, accounts) if all(_here(space, account) for account in accounts) else None
        case _:
            assert_never(to)


def _here(space: Space, account: Account) -> bool:
    try:
        return space.persona(account.user).present
    except KeyError:
        return False
