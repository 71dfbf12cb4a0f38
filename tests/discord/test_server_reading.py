"""How the server reads a text as Discord's client would: what is formatting there, and what are mere words."""

import pytest

from tests.discord.model import Message
from tests.discord.reading import drawn, links, marks, mentions
from tests.discord.server import DiscordServer

TEXTS = [
    ("plain words, 2 * 3 * 4 and snake_case_name", [], None),
    ("**bold** and *italic* and _italic_ and __under__ ~~gone~~ ||hidden||",
     ["bold", "italic", "italic", "underline", "struck", "spoiler"],
     "bold and italic and italic and under gone hidden"),
    (r"\*\*not bold\*\* \_not\_ \~\~no\~\~ \|\|no\|\|", [], "**not bold** _not_ ~~no~~ ||no||"),
    ("# big\nnot # big", ["heading"], "big\nnot # big"),
    (r"\# small", [], "# small"),
    ("-# whispered", ["subtext"], "whispered"),
    ("> said\nand not", ["quote"], "said\nand not"),
    (">>> all\nof it", ["quote"], "all\nof it"),
    (r"\> said", [], "> said"),
    ("- one\n- two", ["list", "list"], "one\ntwo"),
    ("1. one", ["list"], "one"),
    (r"1\. one", [], "1. one"),
    ("`code **no bold**`", ["code"], "code **no bold**"),
    ("```py\nx = 1```", ["code"], "x = 1"),
    ("[here](https://evil.example)", ["link"], "here"),
    (r"\[here\]\(not a link\)", [], "[here](not a link)"),
    ("see https://evil.example/a?b=c.", ["link"], "see https://evil.example/a?b=c."),
    ("see <https://evil.example>", ["link"], "see https://evil.example"),
    ("discord.gg/abc", ["link"], "discord.gg/abc"),
    ("<@123456789012345678> @everyone", ["mention", "everybody"], None),
    (r"\<@123456789012345678>", [], "<@123456789012345678>"),
    ("<t:1796025600:F>", ["moment"], "30 November 2026 08:00 UTC"),
    ("</headsup pause:123> <#123> <@&5> <:a:1>", ["command", "channel", "role", "emoji"], None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found", "read"), TEXTS)
def test_what_is_formatting_and_what_are_words(text: str, found: list[str], read: str | None) -> None:
    assert marks(text) == found
    assert drawn(text) == (read if read is not None else text)


def test_whom_a_text_names_and_where_a_message_leads(discord: DiscordServer) -> None:
    ann = discord.person("Ann Bell")
    assert mentions(f"<@{ann.id}> and @here") == [ann.id, "everyone"]
    assert drawn(f"Dear <@{ann.id}>,", discord.network) == "Dear @Ann Bell,"
    row = {"type": 1, "components": [{"type": 2, "style": 5, "label": "Map", "url": "https://map.example"}]}
    embed = {"description": "[here](https://in.example)"}
    message = Message("1", "2", ann.id, "https://out.example", components=[row], embeds=[embed])
    assert links(message) == {"https://map.example", "https://in.example", "https://out.example"}
