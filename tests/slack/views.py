"""The `views.*` methods: the stack of modals, App Home, and a view as Slack checks and shows it."""

import json
from uuid import uuid4

from tests.slack.blocks import HOME, MODAL, PLAIN, Check, numbered
from tests.slack.filling import states
from tests.slack.methods import Call, Methods
from tests.slack.model import Json, Refusal, View
from tests.slack.workspace import Workspace

method = Methods()

TOO_LARGE = 250_000
TEXTS = {"title": 24, "submit": 24, "close": 24}
STRINGS = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}


def wrong_view(view: object, surface: str) -> list[str]:
    """What Slack would say is wrong with a view."""
    if not isinstance(view, dict) or view.get("type") != surface:
        return [f"must be of type {surface} [json-pointer:/view/type]"]
    check = Check(surface)
    check.blocks(view.get("blocks"), "/view/blocks")
    if surface == MODAL:
        for name, longest in TEXTS.items():
            if view.get(name) is not None:
                check.text(view[name], PLAIN, longest, f"/view/{name}")
        if view.get("title") is None:
            check.fail("/view", "missing required field: title")
        if not view.get("submit") and any(isinstance(b, dict) and b.get("type") == "input" for b in view["blocks"]):
            check.fail("/view", "missing required field: submit")
    for name, longest in STRINGS.items():
        if len(str(view.get(name) or "")) > longest:
            check.fail(f"/view/{name}", f"must be less than {longest + 1} characters")
    return check.wrong


def checked(view: object, surface: str) -> Json:
    """The view with ids for what has none, or a refusal."""
    if wrong := wrong_view(view, surface):
        raise Refusal("invalid_arguments", *wrong)
    assert isinstance(view, dict)
    if len(json.dumps(view)) > TOO_LARGE:
        raise Refusal("view_too_large")
    return view | {"blocks": list(numbered(view["blocks"]))}


def new_view(workspace: Workspace, user: str, given: Json, below: View | None = None) -> View:
    view_id = workspace.new_id("V")
    return View(view_id, user, given, uuid4().hex, below.root if below else view_id, below.id if below else None)


def replace(workspace: Workspace, view: View, given: Json) -> None:
    """Show something else in the same view; what was filled in stays where its block and action are still there."""
    kept = {(block["block_id"], part) for block in given["blocks"] for part in action_ids(block)}
    for block, actions in list(view.values.items()):
        view.values[block] = {action: state for action, state in actions.items() if (block, action) in kept}
    view.values = {block: actions for block, actions in view.values.items() if actions}
    view.given, view.hash, view.errors = given, uuid4().hex, {}
    workspace.time.moved()


def action_ids(block: Json) -> list[str]:
    inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return [one["action_id"] for one in inside if isinstance(one, dict) and "action_id" in one]


def view_json(view: View, workspace: Workspace) -> Json:
    """A view as methods and payloads show it."""
    app, team = workspace.app, workspace.team
    made: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
    }
    return (
        made
        | view.given
        | {
            "id": view.id,
            "team_id": team.id,
            "state": {"values": states(view.blocks, view.values)},
            "hash": view.hash,
            "root_view_id": view.root,
            "previous_view_id": view.previous,
            "app_id": app.id,
            "app_installed_team_id": team.id,
            "bot_id": app.bot,
        }
    )


def given_view(call: Call, surface: str) -> Json:
    view = checked(call.json("view"), surface)
    if view.get("external_id") and call.workspace.by_external_id(view["external_id"]):
        raise Refusal("duplicate_external_id")
    return view


def exchanged(call: Call) -> str:
    now = call.workspace.time.now()
    return call.workspace.triggers.exchange(call.text("trigger_id"), now)


@method("views.open", tier=4)
def open_view(call: Call) -> Json:
    """A new stack with one modal on it. The view is checked first: a refused one leaves the trigger as it was."""
    given = given_view(call, MODAL)
    user = exchanged(call)
    call.workspace.modals[user] = []
    view = new_view(call.workspace, user, given)
    call.workspace.push(view)
    return {"view": view_json(view, call.workspace)}


@method("views.push", tier=4)
def push_view(call: Call) -> Json:
    given = given_view(call, MODAL)
    user = exchanged(call)
    stack = call.workspace.modals.get(user) or []
    if not stack:
        raise Refusal("not_found")
    view = new_view(call.workspace, user, given, stack[-1])
    call.workspace.push(view)
    return {"view": view_json(view, call.workspace)}


@method("views.update", tier=4)
def update_view(call: Call) -> Json:
    if not call.args.get("view_id") and not call.args.get("external_id"):
        raise Refusal("invalid_arguments", "missing required field: view_id")
    workspace = call.workspace
    named = call.args.get("view_id")
    view = workspace.find_view(named) if named else workspace.by_external_id(call.args.get("external_id"))
    if view is None:
        raise Refusal("not_found")
    if call.text("hash", view.hash) != view.hash:
        raise Refusal("hash_conflict")
    replace(workspace, view, checked(call.json("view"), str(view.given["type"])))
    return {"view": view_json(view, workspace)}


@method("views.publish", tier=4)
def publish(call: Call) -> Json:
    workspace, user = call.workspace, call.text("user_id")
    if user not in workspace.accounts:
        raise Refusal("invalid_arguments", "invalid `user_id` [json-pointer:/user_id]")
    if not workspace.app.home_tab:
        raise Refusal("not_enabled")
    given = checked(call.json("view"), HOME)
    home = workspace.homes.get(user)
    if home and call.text("hash", home.hash) != home.hash:
        raise Refusal("hash_conflict")
    if home:
        replace(workspace, home, given)
    else:
        home = workspace.homes[user] = new_view(workspace, user, given)
        workspace.time.moved()
    return {"view": view_json(home, workspace)}
