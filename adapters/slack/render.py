"""View -> a message or App Home as Slack gets it. Pure, total over the view language, and never too long for Slack."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from adapters.slack.blocks import draw_block, header, never_empty, rich, section
from adapters.slack.text import Drawn, People, marked, neutral, said, wording
from bot.chat.limits import VIEW, clip
from bot.chat.text import clean, one_line
from bot.chat.view import Block, Buttons, Facts, File, Note, Paragraph, Picture, Quote, Select, View, words_of

MESSAGE_BLOCKS = 50
HOME_BLOCKS = 100
ALL_BLOCKS = 12_900
"""Characters of all blocks together, as JSON. Slack documents no number; `msg_blocks_too_long` is met at 13,200."""
_SHORTER = (VIEW, 3000, 1500, 700, 300, 100)

_encode = msgspec.json.Encoder().encode

Held = Picture | File


def draw_view(view: View, people: People, uploaded: Mapping[int, str] | None = None) -> Drawn:
    """The view as `text` and `blocks`; `uploaded` gives Slack's id of each held picture that is already there."""
    return {"text": draw_text(view), "blocks": _fitting(view, people, uploaded or {}, MESSAGE_BLOCKS)}


def draw_home(view: View, people: People) -> Drawn:
    """The view as somebody's App Home."""
    return {"type": "home", "blocks": never_empty(_fitting(view, people, {}, HOME_BLOCKS))}


def draw_text(view: View) -> str:
    """The whole view in words, for notifications and for who hears the screen."""
    return said([neutral(one_line(view.title)), *map(_line, view.blocks)])


def held(view: View) -> Mapping[int, Held]:
    """The pictures and files that are to be uploaded, by the number of their block."""
    return {n: block for n, block in enumerate(view.blocks) if isinstance(block, Held)}


def _line(block: Block) -> str:
    match block:
        case Paragraph(text) | Note(text):
            return marked(text)
        case Facts(rows):
            return "\n".join(f"{neutral(one_line(row.label))}: {marked(row.text)}" for row in rows)
        case Quote(words):
            return "\n".join(f"&gt; {neutral(line)}" for line in clean(words).splitlines())
        case _:
            return neutral(words_of(block))


def _fitting(view: View, people: People, uploaded: Mapping[int, str], most: int) -> list[Drawn]:
    """As it should look; where that is more than Slack takes, its words alone, and no more of them than fit."""
    ways: list[Callable[[], list[Drawn]]] = [partial(_whole, view, people, uploaded)]
    ways += [partial(_brief, view, length) for length in _SHORTER]
    blocks: list[Drawn] = []
    for way in ways:
        blocks = way()
        if len(blocks) <= most and _size(blocks) <= ALL_BLOCKS:
            break
    return blocks


def _whole(view: View, people: People, uploaded: Mapping[int, str]) -> list[Drawn]:
    drawn = [draw_block(block, str(n), people, uploaded.get(n, "")) for n, block in enumerate(view.blocks)]
    return [*header(view.title), *(one for blocks in drawn for one in blocks)]


def _brief(view: View, most: int) -> list[Drawn]:
    """All that stands between two rows of controls as one text of at most so many characters. Controls stay whole."""
    blocks, words = header(view.title), list[str]()
    for n, block in enumerate(view.blocks):
        if isinstance(block, Buttons | Select):
            blocks += [*_run(words, most), *draw_block(block, str(n), {})]
            words = []
        else:
            words.append(words_of(block))
    return [*blocks, *_run(words, most)]


def _run(words: Sequence[str], most: int) -> list[Drawn]:
    return rich(section([wording(clip(clean("\n".join(filter(None, words))), most))]))


def _size(blocks: list[Drawn]) -> int:
    return len(_encode(blocks).decode())
