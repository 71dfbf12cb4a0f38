"""What an operator says of Slack, given by value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

API = "https://slack.com/api/"

APPS = "at api.slack.com/apps, open your app;"
WHERE: Mapping[str, str] = {
    "bot_token": f"{APPS} under Install App, copy the Bot User OAuth Token (xoxb-…) into a file (chmod 600), and say "
    "where it is in HEADSUP_SLACK__BOT_TOKEN_FILE",
    "app_token": f"{APPS} under Basic Information, App-Level Tokens, press Generate, add connections:write, copy the "
    "token (xapp-…) into a file (chmod 600), and say where it is in HEADSUP_SLACK__APP_TOKEN_FILE",
    "signing_secret": f"{APPS} under Basic Information, App Credentials, copy the Signing Secret into a file (chmod "
    "600), and say where it is in HEADSUP_SLACK__SIGNING_SECRET_FILE",
}
"""The secrets by their keys: where each is found, and where it goes."""


@dataclass(frozen=True)
class SlackSettings:
    """Of one app in one workspace, or in those of one Enterprise Grid.

    `workspaces` alone are served (T…). `channels` gives the id of each channel that the bot knows by a name. Slack is
    heard by so many `sockets`, opened with the `app_token`; with `is_http` it comes to `host` and `port`
    (`/slack/events`), signed with the `signing_secret`, or with the old one while both are about. `welcome`: whoever
    comes into the workspace is greeted once. Secrets show in no repr.
    """

    workspaces: tuple[str, ...]
    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    old_signing_secret: str = field(default="", repr=False)
    port: int = 0
    host: str = "127.0.0.1"
    base_url: str = API
    channels: Mapping[str, str] = field(default_factory=dict)
    welcome: bool = False
    sockets: int = 2
    is_http: bool = False

    @property
    def lacking(self) -> str:
        """The key of a secret without which nothing could begin; "" where there is all it takes."""
        needed = ("bot_token", "signing_secret" if self.is_http else "app_token")
        return next((key for key in needed if not getattr(self, key)), "")


PACES: Mapping[str, tuple[float, float, int]] = {
    "all": (4.93, 4, 2),
    "direct": (4.93, 4, 2),
    "circle": (4.93, 4, 2),
    "channel": (1, 4, 0),
    "open": (49 / 60, 1, 0),
    "edit": (49 / 60, 1, 0),
    "removal": (49 / 60, 1, 0),
    "look": (49 / 60, 1, 0),
}
"""How fast letters go, by their way: so many a second for ever, so many at once, so many of these for who waits.

Slack counts by the minute: what goes at once and what goes after it stay below 300 (of a workspace it says "several
hundred"). Beside what is said, it counts each method apart: 50 a minute (Tier 3) are first conversations (`open`),
changes (`edit`), what is taken away (`removal`) and looking for a letter in doubt (`look`). Where it takes less, its
refusals slow the way down.
"""
