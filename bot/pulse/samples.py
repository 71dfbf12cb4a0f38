"""Everything the pulse can show, with polls that are made up."""

from bot.chat.view import Block
from bot.core.feature import Sample


def samples(help: tuple[Block, ...]) -> tuple[Sample, ...]:
    return ()
