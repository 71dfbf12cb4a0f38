"""How a command may go on while it is still being typed, and which of it was meant when it was sent."""

from collections.abc import Callable, Iterable
from itertools import islice

from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.chat.text import sought
from bot.chat.view import Option
from bot.core.feature import Call, Handler
from bot.core.work import Work


def offering(offers: Callable[[Work, Call], Iterable[Option]]) -> Handler:
    """Answers with what goes with all that has been typed so far."""

    def do(work: Work, call: Call) -> Reply:
        fitting = (one for one in offers(work, call) if _fits(one, call.words))
        return Reply(offers=tuple(islice(fitting, OPTIONS)))

    return do


def meant(offered: Iterable[Option], words: str) -> Option | None:
    """Which of what is offered was chosen, or typed as it is read; None where it is something else."""
    return next((one for one in offered if sought(words) in (sought(one.value), sought(one.label))), None)


def _fits(option: Option, typed: str) -> bool:
    """Whether each word that was typed stands in it somewhere."""
    read = f"{sought(option.label)} {sought(option.value)}"
    return all(word in read for word in sought(typed).split())
