"""`headsup manifest`: what a platform is to be told of the app, made from the commands that the bot answers."""

from typing import Any
from urllib.parse import urlsplit

from bot import front
from bot.config import Configured
from bot.core.errors import OperatorError
from bot.door.plates import plates


def slack_manifest(configured: Configured, http: str = "") -> tuple[dict[str, Any], str]:
    """Slack's manifest as values and as YAML; `http` is the address where Slack is to knock. Raises OperatorError."""
    try:
        from adapters.slack.manifest import as_yaml, manifest
    except ModuleNotFoundError:
        raise OperatorError("Slack needs a package that is not installed: pip install 'headsup-bot[slack]'") from None
    if http and not _is_an_address(http):
        raise OperatorError(
            "--http wants the address of this bot that all the world can reach: https://bot.example.org"
        )
    made = manifest(front.table(plates(configured)), http)
    return made, as_yaml(made)


def _is_an_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and not parts.query and not parts.fragment
