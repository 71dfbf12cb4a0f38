"""What Slack says to the app: the payloads of commands, interactions and events."""

from typing import Any
from uuid import uuid4

from tests.slack.filling import states
from tests.slack.model import Account, Channel, Json, Kind, Message, View
from tests.slack.tickets import Hook
from tests.slack.views import view_json
from tests.slack.workspace import Workspace, message_json


def channel_name(channel: Channel) -> str:
    names = {Kind.IM: "directmessage", Kind.PRIVATE: "privategroup"}
    return names.get(channel.kind, channel.name)


def response_url(workspace: Workspace, host: str, kind: str, hook: Hook) -> str:
    part = workspace.hooks.new(hook)
    return f"http://{host}/{kind}/{workspace.team.id}/{workspace.app.id}/{part}"


def trigger(workspace: Workspace, who: Account) -> str:
    return workspace.triggers.new(who.id, workspace.time.now())


def command(workspace: Workspace, host: str, who: Account, channel: Channel, word: str, text: str) -> Json:
    """A slash command; every value a string, for over HTTP it is a form."""
    team, app = workspace.team, workspace.app
    made = {
        "token": app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": who.id,
        "user_name": who.handle,
        "command": word,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": response_url(workspace, host, "commands", Hook(who.id, channel.id, workspace.time.now())),
        "trigger_id": trigger(workspace, who),
    }
    grid = {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise_name}
    return made | (grid if team.enterprise else {})


def interaction(workspace: Workspace, who: Account, kind: str) -> Json:
    """What all interactions have in common. For somebody of another organisation the team is theirs, unless they
    pressed something in a message: there it is the app's (java-slack-sdk issue 1041, bolt-js issue 1614)."""
    team, app = workspace.team, workspace.app
    enterprise = {"id": team.enterprise, "name": team.enterprise_name} if team.enterprise else None
    made: Json = {
        "type": kind,
        "token": app.verification_token,
        "api_app_id": app.id,
        "team": own_team(workspace) if who.team == team.id else {"id": who.team, "domain": "elsewhere"},
        "user": {"id": who.id, "username": who.handle, "name": who.handle, "team_id": who.team},
        "enterprise": None if who.external else enterprise,
        "is_enterprise_install": False,
        "trigger_id": trigger(workspace, who),
    }
    return made


def own_team(workspace: Workspace) -> Json:
    """The workspace in which the app is installed."""
    team = workspace.team
    grid = {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise_name} if team.enterprise else {}
    return {"id": team.id, "domain": team.domain} | grid


def on_message(workspace: Workspace, host: str, who: Account, message: Message, action: Json) -> Json:
    """Something pressed in a message. An ephemeral one is not shown to the app again, only where it was."""
    channel = workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.reader),
    }
    hook = Hook(who.id, channel.id, workspace.time.now(), message.ts)
    made = interaction(workspace, who, "block_actions") | {
        "team": own_team(workspace),
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": states(message.blocks, message.chosen.get(who.id, {}))},
        "response_url": response_url(workspace, host, "actions", hook),
        "actions": [action | {"action_ts": workspace.new_ts()}],
    }
    return made | ({} if message.reader else {"message": message_json(message, workspace)})


def on_view(workspace: Workspace, who: Account, view: View, action: Json) -> Json:
    """Something pressed in a modal or in App Home."""
    return interaction(workspace, who, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(view, workspace),
        "actions": [action | {"action_ts": workspace.new_ts()}],
    }


def submission(workspace: Workspace, who: Account, view: View) -> Json:
    shown = {"view": view_json(view, workspace), "response_urls": []}
    return interaction(workspace, who, "view_submission") | shown


def closing(workspace: Workspace, who: Account, view: View, cleared: bool) -> Json:
    made = interaction(workspace, who, "view_closed") | {"view": view_json(view, workspace), "is_cleared": cleared}
    del made["trigger_id"]
    return made


def shortcut(workspace: Workspace, who: Account, callback_id: str) -> Json:
    made = interaction(workspace, who, "shortcut")
    return made | {"callback_id": callback_id, "action_ts": workspace.new_ts()}


def message_shortcut(workspace: Workspace, host: str, who: Account, message: Message, callback_id: str) -> Json:
    channel = workspace.channels[message.channel]
    hook = Hook(who.id, channel.id, workspace.time.now())
    return interaction(workspace, who, "message_action") | {
        "callback_id": callback_id,
        "action_ts": workspace.new_ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message_json(message, workspace),
        "response_url": response_url(workspace, host, "actions", hook),
    }


def suggestion(workspace: Workspace, who: Account, where: Json, element: Json, typed: str) -> Json:
    """Somebody types into a select whose options the app supplies."""
    made = interaction(workspace, who, "block_suggestion")
    del made["trigger_id"]
    return made | where | {"action_id": element["action_id"], "block_id": element["block_id"], "value": typed}


def event(workspace: Workspace, said: Json, shared: bool = False) -> Json:
    """The frame around an event."""
    team, app = workspace.team, workspace.app
    frame: Json = {
        "token": app.verification_token,
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": team.enterprise,
        "api_app_id": app.id,
        "event": {"event_ts": f"{workspace.time.now():.6f}"} | said,
        "type": "event_callback",
        "event_id": f"Ev{uuid4().hex[:9].upper()}",
        "event_time": int(workspace.time.now()),
        "authorizations": [authorization(workspace)],
        "is_ext_shared_channel": shared,
        "event_context": uuid4().hex,
    }
    return frame | ({"enterprise_id": team.enterprise} if team.enterprise else {})


def authorization(workspace: Workspace) -> dict[str, Any]:
    return {
        "enterprise_id": workspace.team.enterprise,
        "team_id": workspace.team.id,
        "user_id": workspace.app.user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
