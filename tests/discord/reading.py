"""What Discord's client makes of a text: whom it pings, where it links, how it is drawn."""

import re

MENTION = re.compile(r"<@!?(\d{15,21})>")
EVERYBODY = re.compile(r"@(everyone|here)")


def mentions(content: str) -> list[str]:
    """Whom a content would ping if everything were allowed: ids, and `everyone`."""
    found = list(dict.fromkeys(MENTION.findall(content)))
    return found + (["everyone"] if EVERYBODY.search(content) else [])
