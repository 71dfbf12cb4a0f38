"""What happens on somebody's screen when the app answers a submitted modal; and what Slack's client checks before."""

from tests.slack.blocks import MODAL
from tests.slack.filling import NotOffered, is_empty, state, too_long
from tests.slack.model import Json, Refusal, View
from tests.slack.views import checked, new_view, replace
from tests.slack.workspace import Workspace


def remember(view: View, block: Json, element: Json, what: object) -> None:
    """Keep what was filled in."""
    view.values.setdefault(block["block_id"], {})[element["action_id"]] = state(element, what)


def checked_state(view: View) -> Json:
    """`state.values` of the view: what was filled in, what it was given with; refused where a field is not right."""
    values: Json = {}
    for block in view.blocks:
        element = block.get("element")
        if block["type"] != "input" or not isinstance(element, dict):
            continue
        filled = view.values.get(block["block_id"], {}).get(element["action_id"]) or state(element)
        if is_empty(filled) and not block.get("optional"):
            raise NotOffered(f"{block['label']['text']} must be filled in")
        if too_long(element, filled):
            raise NotOffered(f"{block['label']['text']} has too many characters, or too few")
        values[block["block_id"]] = {element["action_id"]: filled}
    others = {block: actions for block, actions in view.values.items() if block not in values}
    return values | others


def submitted(workspace: Workspace, view: View, reply: Json) -> None:
    """Close the view, or do what the acknowledgement says instead."""
    stack = workspace.modals.get(view.user, [])
    if view not in stack:
        return
    match reply.get("response_action"):
        case None:
            stack.remove(view)
        case "clear":
            stack.clear()
        case "errors":
            _show_errors(view, reply.get("errors"))
        case "update":
            replace(workspace, view, checked(reply.get("view"), MODAL))
        case "push":
            workspace.push(new_view(workspace, view.user, checked(reply.get("view"), MODAL), view))
        case other:
            raise Refusal(f"unknown response_action {other}")
    workspace.time.moved()


def _show_errors(view: View, errors: object) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refusal("errors must name input blocks of the view")
    view.errors = errors
