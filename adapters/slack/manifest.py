"""The command table -> the manifest of a Slack app: what it is called, what it may do and hear, and why."""

from collections.abc import Mapping, Sequence
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq

from adapters.slack.shortcuts import SHORTCUTS, callback_id
from adapters.slack.text import Drawn
from bot.chat.command import Command, Tree
from bot.chat.limits import clip

EVENTS_PATH = "/slack/events"
"""Where Slack knocks in HTTP mode."""

SCOPES = {
    "commands": "the slash commands and the shortcuts",
    "chat:write": "to answer, and to bring letters; in a channel only once somebody has invited it",
    "im:write": "to open a direct message with somebody who came",
    "im:history": "to find its own letters in its direct messages, and to hear that somebody typed there",
    "mpim:write": "to open the group message in which people are introduced; it cannot read there",
    "users:read": "to know who came or left, names, who is a guest, and which time zone to offer; no e-mail addresses",
    "files:write": "to hand somebody their own data or a picture, and to take it away again",
    "pins:write": "to keep in sight what is coming, in the channel where it was posted",
}
"""What the bot may do, each with its reason. No `mpim:history`, `groups:history` or `channels:history`: what people
write to each other it cannot read. No `channels:read` either: the organisers' channel is named by its id."""

EVENTS = {
    "app_home_opened": "to draw the Home tab for whoever opens it",
    "team_join": "to welcome who comes",
    "user_change": "to see who left, and who changed their name",
    "message.im": "to answer who types in its direct messages; what they typed is thrown away unread",
    "app_uninstalled": "to stop at once when it is removed",
    "tokens_revoked": "to stop at once when its rights are taken away",
}
"""What the bot hears of, each with its reason."""

_DISPLAY = {
    "name": "HeadsUp",
    "description": "Introduces headteachers to each other, and remembers dates. Nobody reads what you type to it.",
    "long_description": (
        "HeadsUp looks after a network of headteachers. It introduces heads to each other, asks once whether they "
        "found time to talk, tells them of what is coming, and is quiet in lessons, evenings and holidays. It cannot "
        "read what people write to each other, and nobody reads what they type to it. /helpnow leads to people one "
        "can talk to, day and night."
    ),
    "background_color": "#17554e",
}
_TREES = {Tree.MEMBER: "menu", Tree.ORGANISER: "menu", Tree.HELP_NOW: ""}
"""The word whose sentence explains each slash command."""
_FOR = {Tree.ORGANISER: "For organisers. "}
_HINT = 1000
_HEAD = "Made by `headsup manifest slack`. At api.slack.com/apps: Create New App, From a manifest, and paste all of it."


def manifest(commands: Sequence[Command], base: str = "") -> Drawn:
    """The manifest as plain values. Socket Mode; or, with `base` (https://…), requests to that address."""
    url = f"{base.rstrip('/')}{EVENTS_PATH}" if base else ""
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": _DISPLAY,
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "HeadsUp", "always_online": True},
            "shortcuts": _shortcuts(commands),
            "slash_commands": [_slash(tree, word, commands, url) for tree, word in _TREES.items()],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": _at(url) | {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True} | _at(url),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(made: Drawn) -> str:
    """The manifest as YAML, with the reason beside each scope and event."""
    bot, heard = made["oauth_config"]["scopes"], made["settings"]["event_subscriptions"]
    explained = made | {
        "oauth_config": {"scopes": bot | {"bot": _explained(bot["bot"], SCOPES)}},
        "settings": made["settings"]
        | {"event_subscriptions": heard | {"bot_events": _explained(heard["bot_events"], EVENTS)}},
    }
    yaml, written = YAML(), StringIO()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    yaml.dump(explained, written)
    return f"# {_HEAD}\n{written.getvalue()}"


def _shortcuts(commands: Sequence[Command]) -> list[Drawn]:
    return [
        {
            "name": name,
            "type": "global",
            "callback_id": callback_id(tree, word),
            "description": _says(tree, word, commands),
        }
        for (tree, word), name in SHORTCUTS.items()
    ]


def _slash(tree: Tree, word: str, commands: Sequence[Command], url: str) -> Drawn:
    """One slash command. `should_escape` stays off: what stands behind it comes as it was typed."""
    hints = [
        f"{one.word} [{one.takes}]" if one.takes else one.word for one in commands if one.tree is tree and one.word
    ]
    return {
        "command": f"/{tree.value}",
        **({"url": url} if url else {}),
        "description": _FOR.get(tree, "") + _says(tree, word, commands),
        **({"usage_hint": clip(" | ".join(hints), _HINT)} if hints else {}),
        "should_escape": False,
    }


def _says(tree: Tree, word: str, commands: Sequence[Command]) -> str:
    return next(one.says for one in commands if (one.tree, one.word) == (tree, word))


def _at(url: str) -> Drawn:
    return {"request_url": url} if url else {}


def _explained(names: Sequence[str], reasons: Mapping[str, str]) -> CommentedSeq:
    explained, column = CommentedSeq(names), 10 + max(map(len, names))
    for n, name in enumerate(names):
        explained.yaml_add_eol_comment(reasons[name], n, column)
    return explained
