"""What Discord dispatches, as its documentation shows it."""

from itertools import count
from typing import Any

Json = dict[str, Any]
SERVER, ELSEWHERE = "900", "901"
TOM: Json = {"id": "1017", "username": "tom.reed", "global_name": "Tom Reed", "discriminator": "0", "avatar": None}
_numbers = count(5000)


def member(user: Json = TOM, **more: object) -> Json:
    """A member as interactions and events show one."""
    stands: Json = {"nick": None, "roles": [], "joined_at": "2026-11-02T09:00:00+00:00", "flags": 0, "pending": False}
    return {"user": user, **stands, **more}


def interaction(kind: int, data: Json, *, in_dm: bool = False, who: Json | None = None, **more: object) -> Json:
    """An INTERACTION_CREATE, in the server or in a direct message."""
    one = who or member()
    place = {"user": one["user"]} if in_dm else {"guild_id": SERVER, "guild": {"id": SERVER}, "member": one}
    return {
        "id": str(next(_numbers)),
        "application_id": "77",
        "type": kind,
        "token": "aW50ZXJhY3Rpb246",
        "version": 1,
        "channel_id": "3001",
        "channel": {"id": "3001", "type": 1 if in_dm else 0},
        "locale": "en-GB",
        "data": data,
        **place,
        **more,
    }


def slash(name: str, *options: Json, in_dm: bool = False, who: Json | None = None) -> Json:
    return interaction(2, {"id": "4001", "name": name, "type": 1, "options": list(options)}, in_dm=in_dm, who=who)


def word(name: str, typed: str = "") -> Json:
    options = [{"type": 3, "name": "words", "value": typed}] if typed else []
    return {"type": 1, "name": name, "options": options}


def group(name: str, inner: Json) -> Json:
    return {"type": 2, "name": name, "options": [inner]}


def on_somebody(name: str, somebody: Json) -> Json:
    number = somebody["user"]["id"]
    resolved = {"users": {number: somebody["user"]}, "members": {number: {"nick": somebody["nick"]}}}
    return interaction(2, {"id": "4002", "name": name, "type": 2, "target_id": number, "resolved": resolved})


def press(custom_id: str, values: list[str] | None = None, *, in_dm: bool = False, flags: int = 0) -> Json:
    data: Json = {"component_type": 2 if values is None else 3, "custom_id": custom_id}
    message = {"id": "6001", "flags": flags, "content": "Did you?", "components": []}
    return interaction(3, data | ({} if values is None else {"values": values}), in_dm=in_dm, message=message)


def submit(custom_id: str = "say-who~1", name: str = "Tom") -> Json:
    field = {"type": 18, "component": {"type": 4, "custom_id": "name", "value": name}}
    return interaction(5, {"custom_id": custom_id, "components": [field]})


def typed(kind: int = 0, **more: object) -> Json:
    """A MESSAGE_CREATE in a direct message; without the intent for it, too, Discord sends what is said there."""
    said = {"id": str(next(_numbers)), "type": kind, "channel_id": "3002", "author": TOM, "content": "private words"}
    return said | more


def came(**more: object) -> Json:
    return {"guild_id": SERVER, **member()} | more


def went() -> Json:
    return {"guild_id": SERVER, "user": TOM}


def every() -> list[tuple[str, Json]]:
    """One of each, with the name of its dispatch."""
    done = [
        slash("headsup", word("pause", "until 3 May")),
        slash("headsup-organise", group("intro", word("preview")), in_dm=True),
        on_somebody("Rather not meet them", member()),
        press("talked~1"),
        press("pause~1", ["=w"], in_dm=True),
        submit(),
    ]
    members = [("GUILD_MEMBER_ADD", came()), ("GUILD_MEMBER_UPDATE", came()), ("GUILD_MEMBER_REMOVE", went())]
    return [*(("INTERACTION_CREATE", one) for one in done), ("MESSAGE_CREATE", typed()), *members]
