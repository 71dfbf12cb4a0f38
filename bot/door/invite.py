"""`headsup invite`: the link by which a bot comes into a server, with all that it asks for there."""

import binascii
import re
from base64 import urlsafe_b64decode
from typing import Any

from bot.config import Configured
from bot.core.errors import OperatorError
from bot.door.platforms import not_installed

_NONE = (
    "discord.token: there is none, and the application is known by it. `headsup check` says where it is found and "
    "where it goes"
)
_OTHER = (
    "discord.token: it does not begin as a bot's token does (Client Secret and Public Key are none). `headsup check` "
    "says where it is found"
)


def discord_invitation(configured: Configured) -> dict[str, Any]:
    """The link, and each scope and permission in it with its reason. Nobody is asked: the token begins with the
    application's id. Raises OperatorError."""
    try:
        from adapters.discord.commands import SCOPES, asked_for, invite
    except ModuleNotFoundError:
        raise not_installed("discord") from None
    discord = configured.config.discord
    id, shown = application_in(discord.token.get_secret_value()), discord.scheduled_events
    link, permissions = invite(id, shown), dict(asked_for(shown))
    return {"url": link, "application": id, "scopes": dict(SCOPES), "permissions": permissions}


def application_in(token: str) -> str:
    """The id that a bot's token begins with. Raises OperatorError."""
    if not token:
        raise OperatorError(_NONE)
    first, dot, _ = token.partition(".")
    try:
        id = urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        raise OperatorError(_OTHER) from None
    if not dot or not re.fullmatch("[0-9]{15,20}", id):
        raise OperatorError(_OTHER)
    return id
