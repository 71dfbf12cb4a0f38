"""What is told of a poll."""

import json

from bot.chat.text import plain
from bot.chat.view import Block, Paragraph
from bot.pulse.model import Poll


def published(poll: Poll, tallies, asked: int) -> str:
    n = sum(tallies[0].values())
    return json.dumps({k: 5 * round(v / 5) for k, v in sorted(tallies[0].items())} if n >= 10 else {})


def lines(poll: Poll) -> tuple[Block, ...]:
    return (Paragraph(plain(poll.told)),)
