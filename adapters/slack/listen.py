"""Slack's payloads -> Inbound. Pure, and total over whatever comes in: what is none of ours is None.

The key is Slack's own name for what was done, the same however often it is delivered: a command's and a submission's
trigger, a press's `action_ts`, an event's id; with the enterprise and the workspace, since none of them is unique
beyond these. Of a submission the view's id and hash would not do: a form that was sent back with errors keeps both,
and the corrected one would pass for the first.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from adapters.slack.blocks import pressed
from adapters.slack.forms import values_of
from adapters.slack.shortcuts import used
from adapters.slack.text import NAME
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Joined, Left, Opened, Submitted, Typed, Used, What, Who

SLACKBOT = "USLACKBOT"
PRESS, SUBMIT = "block_actions", "view_submission"

_SAID = ("", "file_share", "me_message", "thread_broadcast")
"""Subtypes of what a person says; all others are about messages that were said before."""
_TREES = {tree.value: tree for tree in Tree}


def listen(payload: Mapping[str, Any], at: datetime, served: Collection[str]) -> Inbound | None:
    """What came in, `at` that moment (UTC), from one of the workspaces that are `served`; None for all else."""
    home, user = _home(payload), _user(payload)
    installed = installed_in(payload) or home
    if installed not in served or not user:
        return None
    what, name = _what(payload, served), _own_name(payload)
    if what is None or not name:
        return None
    key = ":".join((NAME, _enterprise(payload), installed, name))
    is_ours = home in served
    who = sort_of(inside(payload, "event", "user"), served) if is_ours else Who.GUEST
    return Inbound(key, at, what, Account(NAME, installed if is_ours else home, user), _shown(payload), who=who)


def is_echo(payload: Mapping[str, Any]) -> bool:
    """Whether it is about a message that nobody typed to us: each of our own comes back like this, and each change."""
    event = payload.get("event")
    is_message = payload.get("type") == "event_callback" and inside(event, "type") == "message"
    return is_message and _happened(event, ()) is None


def installed_in(payload: Mapping[str, Any]) -> str:
    """The workspace whose app was spoken to; for somebody of another organisation it is not their own."""
    authorizations = payload.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else None
    return (
        text(first, "team_id")
        or text(payload, "team_id")
        or text(payload, "view", "app_installed_team_id")
        or text(payload, "message", "team")
        or text(payload, "team", "id")
    )


def sort_of(user: object, served: Collection[str]) -> Who:
    """What sort of account Slack says it is, of a user as `users.*` and events show it; a person where it says nothing.

    Somebody of another organisation is told by their workspace: `is_stranger` is true only of those with whom the app
    shares no channel."""
    if text(user, "id") == SLACKBOT or any(inside(user, flag) is True for flag in ("is_bot", "is_workflow_bot")):
        return Who.BOT
    guests = ("is_restricted", "is_ultra_restricted", "is_stranger")
    is_elsewhere = text(user, "team_id") not in ("", *served)
    return Who.GUEST if is_elsewhere or any(inside(user, flag) is True for flag in guests) else Who.PERSON


def is_gone(user: object, served: Collection[str]) -> bool:
    """Whether they belong to the workspace no longer: they left it, or are its guest by now."""
    return inside(user, "deleted") is True or sort_of(user, served) is Who.GUEST


def name_of(user: object) -> str:
    """What Slack calls them."""
    names = (("profile", "display_name"), ("profile", "real_name"), ("real_name",), ("name",))
    return next((name for path in names if (name := text(user, *path).strip())), "")


def inside(value: object, *path: str) -> Any:
    """What stands there, whatever it is; None where there is no such place."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def text(value: object, *path: str) -> str:
    """The text that stands there; "" where there is none."""
    for step in path:
        if not isinstance(value, dict):
            return ""
        value = value.get(step)
    return value if isinstance(value, str) else ""


def action_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The element that was pressed."""
    actions = payload.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return first if isinstance(first, Mapping) else {}


def _what(payload: Mapping[str, Any], served: Collection[str]) -> What | None:
    if "command" in payload:
        return _used(text(payload, "command").removeprefix("/"), text(payload, "text"))
    match payload.get("type"):
        case "block_actions":
            return pressed(action_of(payload))
        case "view_submission":
            state = inside(payload, "view", "state")
            return Submitted(text(payload, "view", "callback_id"), values_of(state if isinstance(state, dict) else {}))
        case "shortcut":
            return used(text(payload, "callback_id"))
        case "event_callback":
            return _happened(payload.get("event"), served)
        case _:
            return None


def _used(tree: str, words: str) -> Used | None:
    return Used(_TREES[tree], words) if tree in _TREES else None


def _happened(event: object, served: Collection[str]) -> What | None:
    user = inside(event, "user")
    match inside(event, "type"):
        case "team_join":
            return Joined(name_of(user))
        case "user_change":
            return Left() if is_gone(user, served) else Joined(name_of(user), found=True)
        case "app_home_opened" if text(event, "tab") == "home":
            return Opened()
        case "message" if text(event, "channel_type") == "im" and not inside(event, "bot_id"):
            return Typed() if (inside(event, "subtype") or "") in _SAID else None
        case _:
            return None


def _own_name(payload: Mapping[str, Any]) -> str:
    """Slack's name for this delivery; "" where it has none."""
    if payload.get("type") == "event_callback":
        return _named("event", text(payload, "event_id"))
    if payload.get("type") == PRESS:
        action = action_of(payload)
        return _named("press", text(action, "action_ts"), _user(payload), text(action, "action_id"))
    return _named("done", text(payload, "trigger_id"))


def _named(kind: str, name: str, *more: str) -> str:
    return ":".join((kind, name, *more)) if name else ""


def _home(payload: Mapping[str, Any]) -> str:
    """The workspace of whoever did it. Not `team`, which of a press in a message is the app's, whoever pressed."""
    event = payload.get("event")
    return (
        text(event, "user", "team_id")
        or text(event, "user_team")
        or text(event, "team")
        or text(payload, "user", "team_id")
        or text(payload, "team", "id")
        or text(payload, "team_id")
    )


def _user(payload: Mapping[str, Any]) -> str:
    event = payload.get("event")
    return text(event, "user", "id") or text(event, "user") or text(payload, "user", "id") or text(payload, "user_id")


def _enterprise(payload: Mapping[str, Any]) -> str:
    return text(payload, "enterprise", "id") or text(payload, "enterprise_id")


def _shown(payload: Mapping[str, Any]) -> str:
    return name_of(inside(payload, "event", "user")) or text(payload, "user", "name") or text(payload, "user_name")
