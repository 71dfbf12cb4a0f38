"""Personal codes, with which somebody who was imported shows who they are."""

from dataclasses import fields, replace
from datetime import timedelta

from bot.chat.ids import Id, show
from bot.members.model import Member, Stage

LENGTH = 10
"""Characters of Crockford base32: 50 bits, where the threat model asks for 40."""
CODE_TRIES = 5
CODE_WINDOW = timedelta(hours=1)
"""So many wrong codes in that time, of whatever kind, and an account has to wait."""
_MISREAD = str.maketrans("OIL", "011")


def code_of(secret: Id) -> str:
    """The code that 50 of the random bits of `secret` make, in two groups: "7K3MQ-9TDXA"."""
    shown = show(secret)[-LENGTH:]
    return f"{shown[:5]}-{shown[5:]}"


def tidy(typed: str) -> str:
    """A code as it is hashed: what was typed in capitals, without gaps and dashes, look-alikes read as digits."""
    return "".join(filter(str.isalnum, typed.upper())).translate(_MISREAD)[: LENGTH + 1]


def merged(mine: Member, invited: Member) -> Member:
    """Somebody who had begun to join, together with what was imported about them: their own words count for more."""
    blank = Member(mine.id, "", Stage.INVITED)
    said = {one.name: value for one in fields(Member) if (value := getattr(mine, one.name)) != getattr(blank, one.name)}
    if mine.school:
        said["urn"] = mine.urn
    return replace(invited, **{**said, "id": mine.id, "stage": mine.stage})
