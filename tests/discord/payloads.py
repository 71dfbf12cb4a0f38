"""What an application is told of an interaction, as Discord's gateway tells it."""

from tests.discord import permissions
from tests.discord.model import Channel, Json, Message, Modal
from tests.discord.network import Network
from tests.discord.objects import bare_member, channel_json, member_json, message_json, user_json

AT_MOST_BYTES = 10 * 1024**2


def interaction(network: Network, user: str, channel: Channel, kind: int, data: Json) -> Json:
    """Everything but the id and the token, which are given out when it is sent."""
    app, guild = network.app, network.guilds.get(str(channel.guild))
    shown = channel_json(channel, network)
    shown.pop("permission_overwrites", None)
    made: Json = {
        "version": 1,
        "type": kind,
        "application_id": app.id,
        "data": data,
        "channel_id": channel.id,
        "channel": shown,
        "locale": network.users[user].locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": AT_MOST_BYTES,
        "app_permissions": str(network.may(app.id, channel) or permissions.IN_DM),
    }
    if guild is None:
        return made | {
            "user": user_json(network.users[user]),
            "context": 1,
            "authorizing_integration_owners": {"0": "0"},
        }
    member = member_json(guild.members[user]) | {"permissions": str(network.may(user, channel))}
    shown["permissions"] = member["permissions"]
    return made | {
        "member": member,
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": guild.locale, "features": ["COMMUNITY"]},
        "guild_locale": guild.locale,
        "context": 0,
        "authorizing_integration_owners": {"0": guild.id},
    }


def pressed(network: Network, message: Message, control: Json, values: list[str] | None) -> Json:
    """A button was pressed, or a select was used."""
    data: Json = {"component_type": control["type"], "custom_id": control["custom_id"], "id": control.get("id", 1)}
    if values is not None:
        data["values"] = values
        if control["type"] in (5, 7):
            data["resolved"] = _people(network, message.channel, values)
    return data


def on_message(made: Json, message: Message, network: Network) -> Json:
    """The same payload with the message it happened on."""
    return made | {"message": message_json(message, network)}


def submitted(network: Network, modal: Modal, values: Json) -> Json:
    """A form was sent: each label with what was filled in."""
    parts: list[Json] = []
    people: list[str] = []
    for top in modal.components:
        if top["type"] == 10:
            parts.append({"type": 10, "id": top["id"]})
            continue
        inner = top["component"]
        parts.append({"type": 18, "id": top["id"], "component": _filled(inner, values.get(inner["custom_id"]))})
        people += values.get(inner["custom_id"]) or [] if inner["type"] == 5 else []
    data: Json = {"custom_id": modal.custom_id, "components": parts}
    return data | {"resolved": _people(network, modal.channel, people)}


def _filled(inner: Json, value: object) -> Json:
    made: Json = {"type": inner["type"], "id": inner["id"], "custom_id": inner["custom_id"]}
    if inner["type"] == 4:
        return made | {"value": value or ""}
    if inner["type"] == 21:
        return made | {"value": value}
    if inner["type"] == 23:
        return made | {"value": bool(value)}
    return made | {"values": value or []}


def _people(network: Network, channel: str, ids: list[str]) -> Json:
    if not ids:
        return {}
    guild = network.channels[channel].guild
    members = {one: network.member(guild, one) for one in ids}
    made: Json = {"users": {one: user_json(network.users[one]) for one in ids}}
    shown = {one: bare_member(member) | {"permissions": "0"} for one, member in members.items() if member}
    return made | ({"members": shown} if shown else {})


def metadata(payload: Json) -> Json:
    """How a message says which interaction it answers."""
    user = payload.get("user") or payload["member"]["user"]
    made: Json = {"id": payload["id"], "type": payload["type"], "user": user}
    made |= {"authorizing_integration_owners": payload["authorizing_integration_owners"]}
    if payload["type"] == 3:
        made |= {"interacted_message_id": payload["message"]["id"]}
    if payload["type"] == 2:
        made |= {"name": payload["data"]["name"], "command_type": 1}
    return made
