"""A workspace into which the app of a manifest is installed: it has those rights, and hears of those events."""

from adapters.slack.manifest import manifest
from bot import front
from bot.config import read_config
from bot.door.plates import plates
from tests.slack.model import App, Json

ADDRESS = "https://headsup.example.org"
"""The address in the checked-in manifest for HTTP mode."""


def made(http: str = "") -> Json:
    """The manifest, from the commands that the bot answers."""
    return manifest(front.table(plates(read_config(None))), http)


def installed() -> App:
    """The app as Slack makes it from that."""
    given = made()
    home, heard = given["features"]["app_home"], given["settings"]["event_subscriptions"]
    return App(
        scopes=frozenset(given["oauth_config"]["scopes"]["bot"]),
        events=frozenset(heard["bot_events"]),
        home_tab=home["home_tab_enabled"],
        messages_tab=home["messages_tab_enabled"] and not home["messages_tab_read_only_enabled"],
    )
