"""How a person uses a command: what Discord's client offers them, and what it sends."""

from collections.abc import Mapping

from tests.discord.filling import NotOffered
from tests.discord.model import Channel, Json, User
from tests.discord.network import Network
from tests.discord.objects import bare_member, channel_json, message_json, role_json, user_json
from tests.discord.permissions import Permission

SUB, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)


def offered(network: Network, user: User, where: Channel, name: str, kind: int = 1) -> Json:
    """The command of this name, if the client shows it to them there."""
    may = network.may(user.id, where)
    if where.guild and not may & Permission.USE_APPLICATION_COMMANDS:
        raise NotOffered("no commands can be used there")
    for one in network.commands.offered(where.guild):
        if (one["name"], one["type"]) == (name, kind) and _permitted(one, may, where):
            return one
    raise NotOffered(f"/{name} is not offered")


def _permitted(command: Json, may: int, where: Channel) -> bool:
    needed = command.get("default_member_permissions")
    if needed is None or where.guild is None or may & Permission.ADMINISTRATOR:
        return True
    return int(needed) != 0 and may & int(needed) == int(needed)


def typed(network: Network, command: Json, path: tuple[str, ...], values: Mapping[str, object],
          where: Channel, focused: str | None = None) -> Json:  # fmt: skip
    """The data of a slash command with its sub-command and options."""
    options, chain = command.get("options", []), []
    for part in path:
        found = next((one for one in options if one["name"] == part and one["type"] in (SUB, GROUP)), None)
        if found is None:
            raise NotOffered(f"/{command['name']} has no {part!r}")
        chain.append(found)
        options = found.get("options", [])
    if any(one["type"] in (SUB, GROUP) for one in options):
        raise NotOffered(f"/{command['name']} needs a sub-command")
    resolved: Json = {}
    made = _values(network, options, values, where, resolved, focused)
    for one in reversed(chain):
        made = [{"name": one["name"], "type": one["type"], "options": made}]
    return _named(command) | ({"options": made} if made else {}) | ({"resolved": resolved} if resolved else {})


def _named(command: Json) -> Json:
    made = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return made | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


def _values(network: Network, options: list[Json], values: Mapping[str, object], where: Channel,
            resolved: Json, focused: str | None) -> list[Json]:  # fmt: skip
    known = {one["name"]: one for one in options}
    if unknown := set(values) - set(known):
        raise NotOffered(f"there is no option {', '.join(sorted(unknown))}")
    if focused and not known[focused].get("autocomplete"):
        raise NotOffered(f"{focused} does not complete itself")
    missing = [name for name, one in known.items() if one.get("required") and name not in values]
    if missing and not focused:
        raise NotOffered(f"{', '.join(missing)} must be filled in")
    made = []
    for name, value in values.items():
        given = _value(network, known[name], value, where, resolved, free=name == focused)
        made.append(
            {"name": name, "type": known[name]["type"], "value": given} | ({"focused": True} if name == focused else {})
        )
    return made


def _value(network: Network, option: Json, value: object, where: Channel, resolved: Json, *, free: bool) -> object:
    kind = option["type"]
    if kind in (USER, MENTIONABLE):
        return _person(network, str(value), where, resolved)
    if kind == CHANNEL:
        resolved.setdefault("channels", {})[str(value)] = channel_json(network.channels[str(value)], network)
        return str(value)
    if kind == ROLE:
        role = network.guilds[str(where.guild)].roles[str(value)]
        resolved.setdefault("roles", {})[role.id] = role_json(role, 1)
        return role.id
    fits = {STRING: isinstance(value, str), INTEGER: type(value) is int, BOOLEAN: isinstance(value, bool)}
    if not fits.get(kind, isinstance(value, int | float)) and not free:
        raise NotOffered(f"{option['name']} does not take {value!r}")
    if option.get("choices") and not free:
        return _choice(option, value)
    if isinstance(value, str) and not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise NotOffered(f"{option['name']} is too long or too short")
    if isinstance(value, int | float) and not _within(option, value):
        raise NotOffered(f"{option['name']} is too much or too little")
    return value


def _choice(option: Json, value: object) -> object:
    for one in option["choices"]:
        if value in (one["value"], one["name"]):
            return one["value"]
    raise NotOffered(f"{option['name']} does not offer {value!r}")


def _within(option: Json, value: float) -> bool:
    return bool(option.get("min_value", value) <= value <= option.get("max_value", value))


def _person(network: Network, who: str, where: Channel, resolved: Json) -> str:
    resolved.setdefault("users", {})[who] = user_json(network.users[who])
    if member := network.member(where.guild, who):
        resolved.setdefault("members", {})[who] = bare_member(member) | {"permissions": "0"}
    return who


def on_user(network: Network, command: Json, who: str, where: Channel) -> Json:
    """The data of a command in the menu of a person."""
    resolved: Json = {}
    return _named(command) | {"target_id": _person(network, who, where, resolved), "resolved": resolved}


def on_message(network: Network, command: Json, message_id: str, where: Channel) -> Json:
    """The data of a command in the menu of a message."""
    found = where.find(message_id)
    assert found
    return _named(command) | {
        "target_id": message_id,
        "resolved": {"messages": {message_id: message_json(found, network)}},
    }
