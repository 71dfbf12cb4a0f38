"""Endpoints of interactions: the first answer, and the webhook that lives fifteen minutes after it."""

from tests.discord.bodies import EDIT_BY_WEBHOOK, check_message
from tests.discord.interactions import Interaction
from tests.discord.objects import message_json
from tests.discord.routes import Answer, Call, endpoint


@endpoint("POST", "/interactions/{interaction}/{token}/callback", open=True)
def callback(call: Call) -> Answer:
    one = call.interactions.answered(call.params["interaction"], call.params["token"], call.body, call.files)
    return call.interactions.response(one) if call.query.get("with_response") in ("true", "1", "True") else None


def _hook(call: Call) -> Interaction:
    return call.interactions.hook(call.params["app"], call.params["token"])


@endpoint("POST", "/webhooks/{app}/{token}", open=True)
def follow(call: Call) -> Answer:
    return message_json(call.interactions.follow(_hook(call), call.body, call.files), call.network)


@endpoint("GET", "/webhooks/{app}/{token}/messages/{message}", open=True)
def read(call: Call) -> Answer:
    return message_json(call.interactions.message_of(_hook(call), call.params["message"]), call.network)


@endpoint("PATCH", "/webhooks/{app}/{token}/messages/{message}", open=True)
def edit(call: Call) -> Answer:
    found = call.interactions.message_of(_hook(call), call.params["message"])
    check_message(call.body, call.files, EDIT_BY_WEBHOOK)
    call.interactions.edit(found, call.body, call.files)
    return message_json(found, call.network)


@endpoint("DELETE", "/webhooks/{app}/{token}/messages/{message}", open=True, status=204)
def delete(call: Call) -> Answer:
    call.network.remove(call.interactions.message_of(_hook(call), call.params["message"]))
