"""Payloads of a Slack, and what somebody might make of them: for tests that let anything come in."""

import json
from typing import Any

from hypothesis import strategies as st

from scheduler.clocks import SystemClock
from tests.slack import payloads
from tests.slack.model import Json, Message, View
from tests.slack.people import user_json
from tests.slack.person import Person
from tests.slack.server import SlackServer

HOST = "slack.test"
TALKED: Json = {"type": "button", "action_id": "0.0:talked~1", "text": {"type": "plain_text", "text": "We talked"}}


def command(tom: Person, word: str = "/headsup", text: str = "pause this week") -> Json:
    workspace = tom.slack.workspace
    return payloads.command(workspace, HOST, tom.account, workspace.im(tom.id), word, text)


def message(slack: SlackServer, tom: Person) -> Message:
    blocks = [{"type": "actions", "elements": [TALKED]}]
    return Message(slack.workspace.im(tom.id).id, slack.workspace.new_ts(), slack.app.user, "Did you?", True, blocks)


def press(slack: SlackServer, tom: Person, element: Json = TALKED) -> Json:
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": "b"} | element
    return payloads.on_message(slack.workspace, HOST, tom.account, message(slack, tom), action)


def form(slack: SlackServer, tom: Person) -> View:
    element = {"type": "plain_text_input", "action_id": "answer"}
    given: Json = {
        "type": "modal",
        "callback_id": "say-who~1",
        "blocks": [{"type": "input", "block_id": "name", "label": {}, "element": element}],
    }
    filled = {"name": {"answer": {"type": "plain_text_input", "value": "Tom Reed"}}}
    return View(slack.workspace.new_id("V"), tom.id, given, "h", "root", values=filled)


def happened(slack: SlackServer, kind: str, tom: Person, **more: object) -> Json:
    user = user_json(tom.account, slack.workspace)
    return payloads.event(slack.workspace, {"type": kind, "user": user} | more)


def typed(slack: SlackServer, tom: Person, **more: object) -> Json:
    said = {"type": "message", "channel_type": "im", "user": tom.id, "text": "private words", "team": tom.account.team}
    return payloads.event(slack.workspace, said | more)


def every_payload() -> list[Json]:
    slack = SlackServer(SystemClock())
    tom = slack.person("Tom Reed")
    sent = form(slack, tom)
    return [
        command(tom),
        press(slack, tom),
        payloads.submission(slack.workspace, tom.account, sent),
        payloads.closing(slack.workspace, tom.account, sent, True),
        payloads.shortcut(slack.workspace, tom.account, "headsup pause"),
        payloads.message_shortcut(slack.workspace, HOST, tom.account, message(slack, tom), "headsup block"),
        typed(slack, tom),
        happened(slack, "team_join", tom),
        happened(slack, "user_change", tom),
    ]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
_NAMES = """
    type event user team id team_id actions action_id action_ts view state values callback_id command text subtype value
    authorizations channel_type trigger_id event_id selected_options selected_option deleted is_bot name profile
"""
NAMES = st.sampled_from(_NAMES.split())
JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=8), inner, max_size=6)
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(place for step, each in inner for place in places(each, (*path, step)))]


def planted(payload: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        payload = payload[step]
    payload[path[-1]] = value


@st.composite
def bent(draw: st.DrawFn) -> Json:
    """A real payload in which some places hold something else."""
    payload: Json = json.loads(json.dumps(draw(st.sampled_from(EVERY))))
    for _ in range(draw(st.integers(1, 3))):
        planted(payload, draw(st.sampled_from(places(payload))), draw(JSON))
        if not places(payload):
            break
    return payload


EVERY = every_payload()


ANYTHING = bent() | st.dictionaries(NAMES, JSON, max_size=8)
