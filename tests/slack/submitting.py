"""What happens on somebody's screen when the app answers a submitted modal; and what Slack's client checks before."""

from tests.slack.blocks import MODAL
from tests.slack.filling import NotOffered, is_empty, states, too_long
from tests.slack.model import Json, Refusal, View
from tests.slack.views import checked, new_view, replace
from tests.slack.workspace import Workspace


def filled_in(view: View) -> None:
    """Slack's client sends nothing while a field that must be filled in is empty, or a text too long."""
    now = states(view.blocks, view.values)
    for block in view.blocks:
        element = block.get("element")
        if block["type"] != "input" or not isinstance(element, dict):
            continue
        filled = now[block["block_id"]][element["action_id"]]
        if is_empty(filled) and not block.get("optional"):
            raise NotOffered(f"{block['label']['text']} must be filled in")
        if too_long(element, filled):
            raise NotOffered(f"{block['label']['text']} has too many characters, or too few")


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
