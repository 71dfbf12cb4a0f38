"""Application commands: what may be registered, where, and how many a day."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from discord import Locale

from tests.discord.forms import (
    Check,
    Form,
    Path,
    both,
    checked,
    each,
    either,
    flag,
    kind_of,
    number,
    one_of,
    shape,
    text,
)
from tests.discord.model import Json, Refusal
from tests.discord.routes import Answer, Call, endpoint

NAME = re.compile(r"[-_'\w]{1,32}")
LOCALES = frozenset(str(one) for one in Locale)
A_DAY, CREATES_A_DAY = 86_400.0, 200
MOST = {1: 100, 2: 15, 3: 15}
IN_ALL = 8000
SUB, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10


def _lower(what: Any, form: Form, path: Path) -> None:
    text(32, 1, NAME)(what, form, path)
    if isinstance(what, str) and what != what.lower():
        form.say(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _localised(check: Check) -> Check:
    def check_all(what: Any, form: Form, path: Path) -> None:
        for locale, words in what.items() if isinstance(what, dict) else ():
            if locale not in LOCALES:
                form.say((*path, locale), "ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.')
            check(words, form, (*path, locale))

    return check_all


CHOICE = shape(
    {"name": text(100, 1), "name_localizations": _localised(text(100, 1)),
     "value": either(text(100, 1), number(-(2**53), 2**53))},
    "name", "value",
)  # fmt: skip


def _option(what: Any, form: Form, path: Path) -> None:
    fields: dict[str, Check] = {
        "type": number(1, 11), "name": _lower, "name_localizations": _localised(_lower),
        "description": text(100, 1), "description_localizations": _localised(text(100, 1)),
    }  # fmt: skip
    kind = kind_of(what)
    if kind in (SUB, GROUP):
        fields["options"] = _options
    else:
        fields |= {"required": flag}
    if kind in (STRING, INTEGER, NUMBER):
        fields |= {"choices": each(CHOICE, 25), "autocomplete": flag}
    if kind == STRING:
        fields |= {"min_length": number(0, 6000), "max_length": number(1, 6000)}
    if kind in (INTEGER, NUMBER):
        fields |= {"min_value": number(-(2**53), 2**53), "max_value": number(-(2**53), 2**53)}
    if kind == 7:
        fields |= {"channel_types": each(number(0, 16), 20)}
    both(shape(fields, "type", "name", "description"), _one_way)(what, form, path)


def _one_way(what: Any, form: Form, path: Path) -> None:
    if what.get("autocomplete") and what.get("choices"):
        form.say((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE", "Not with choices")


def _options(what: Any, form: Form, path: Path) -> None:
    both(each(_option, 25), _together)(what, form, path)


def _together(what: Any, form: Form, path: Path) -> None:
    names = [one["name"] for one in what]
    if len(set(names)) < len(names):
        form.say(path, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
    needed = [bool(one.get("required")) for one in what]
    if needed != sorted(needed, reverse=True):
        form.say(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before others")
    kinds = {one["type"] in (SUB, GROUP) for one in what}
    if len(kinds) > 1:
        form.say(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and other options cannot be mixed")


def _command(what: Any, form: Form, path: Path) -> None:
    typed = kind_of(what) or 1
    named: Check = _lower if typed == 1 else text(32, 1)
    fields: dict[str, Check] = {
        "type": number(1, 3), "name": named, "name_localizations": _localised(named),
        "default_member_permissions": text(20, 1, re.compile(r"\d+")), "nsfw": flag,
        "contexts": each(one_of(0, 1, 2), 3, 1), "integration_types": each(one_of(0, 1), 2, 1), "dm_permission": flag,
    }  # fmt: skip
    if typed == 1:
        fields |= {
            "description": text(100, 1),
            "description_localizations": _localised(text(100, 1)),
            "options": _options,
        }
    else:
        fields |= {"description": text(0)}
    made = shape(fields, "name", *(["description"] if typed == 1 else []))
    both(made, _depth, _size)(what, form, path)


def _size(what: Any, form: Form, path: Path) -> None:
    if sum(map(len, _words(what))) > IN_ALL:
        form.say(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({IN_ALL})")


def _words(what: Json) -> Iterator[str]:
    for key in ("name", "description", "value"):
        if isinstance(what.get(key), str):
            yield what[key]
    for key in ("options", "choices"):
        for one in what.get(key) or []:
            yield from _words(one)


def _depth(what: Any, form: Form, path: Path) -> None:
    """A group holds sub-commands and nothing else; a sub-command holds neither."""
    for at, one in enumerate(what.get("options") or []):
        for below, two in enumerate(one.get("options") or []):
            allowed = (SUB,) if one["type"] == GROUP else tuple(range(3, 12))
            if two["type"] not in allowed:
                form.say((*path, "options", at, "options", below, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                         "Sub-command option type is invalid")  # fmt: skip


def _place(call: Call) -> str:
    if call.params["app"] != call.me:
        raise Refusal(403, 20012, "You are not authorized to perform this action on this application")
    if "guild" not in call.params:
        return ""
    if not call.network.commands.scope:
        raise Refusal(403, 50001, "Missing Access")
    return call.guild().id


def _full(call: Call, given: Json, place: str) -> Json:
    network, body = call.network, {key: value for key, value in given.items() if key != "dm_permission"}
    made: Json = {"id": network.new_id(), "application_id": call.me, "version": network.new_id()}
    made |= {"type": 1, "default_member_permissions": None, "nsfw": False, "description": ""}
    made |= {"name_localizations": None, "description_localizations": None}
    made |= {"guild_id": place} if place else {"contexts": [0, 1, 2], "integration_types": [0]}
    made |= {key: value for key, value in body.items() if value is not None}
    if "options" in made:
        made["options"] = [_plain(one) for one in made["options"]]
    return made


def _plain(option: Json) -> Json:
    """An option as Discord gives it back: what is false by nature is left out."""
    made = {key: value for key, value in option.items() if value is not None}
    for name in ("required", "autocomplete"):
        if made.get(name) is False:
            del made[name]
    return made | ({"options": [_plain(one) for one in made["options"]]} if "options" in made else {})


def _counted(call: Call, place: str, new: int) -> None:
    """Two hundred new commands a day, and so many of each kind."""
    now = call.network.time.now()
    made = call.network.commands.created.setdefault(place, deque())
    while made and made[0] <= now - A_DAY:
        made.popleft()
    if len(made) + new > CREATES_A_DAY:
        raise Refusal(400, 30034, f"Max number of daily application command creates has been reached ({CREATES_A_DAY})")
    made.extend([now] * new)


def _fits(commands: list[Json]) -> None:
    for kind, most in MOST.items():
        if len([one for one in commands if one["type"] == kind]) > most:
            raise Refusal(400, 30032, f"Maximum number of application commands reached ({most})")


def _shown(call: Call, command: Json) -> Json:
    """With its translations only if they are asked for."""
    if call.query.get("with_localizations") in ("true", "True", "1"):
        return command
    return _untranslated(command)


def _untranslated(what: Json) -> Json:
    made = {key: value for key, value in what.items() if not key.endswith("_localizations")}
    for name in ("options", "choices"):
        if name in made:
            made[name] = [_untranslated(one) for one in made[name]]
    return made


@endpoint("GET", "/applications/{app}/commands")
@endpoint("GET", "/applications/{app}/guilds/{guild}/commands")
def registered(call: Call) -> Answer:
    return [_shown(call, one) for one in call.network.commands.here(_place(call))]


@endpoint("PUT", "/applications/{app}/commands")
@endpoint("PUT", "/applications/{app}/guilds/{guild}/commands")
def overwrite(call: Call) -> Answer:
    """All of them at once: one of a known name keeps its id, a new name counts for the day."""
    place = _place(call)
    form, given = Form(), call.body.get("", [])
    each(_command, sum(MOST.values()))(given, form, ())
    form.close()
    old = {(one["type"], one["name"]): one["id"] for one in call.network.commands.here(place)}
    made = [_full(call, one, place) for one in given]
    names = [(one["type"], one["name"]) for one in made]
    if len(set(names)) < len(names):
        told = {"code": "APPLICATION_COMMANDS_DUPLICATE_NAME", "message": "Application command names must be unique"}
        raise Refusal(400, 50035, "Invalid Form Body", errors={"_errors": [told]})
    _fits(made)
    _counted(call, place, len([name for name in names if name not in old]))
    made = [one | {"id": old.get((one["type"], one["name"]), one["id"])} for one in made]
    call.network.commands.by_place[place] = made
    call.network.time.moved()
    return made


@endpoint("POST", "/applications/{app}/commands", status=201)
@endpoint("POST", "/applications/{app}/guilds/{guild}/commands", status=201)
def upsert(call: Call) -> Answer:
    place = _place(call)
    made = _full(call, checked(call.body, _command), place)
    here = call.network.commands.here(place)
    same = next((one for one in here if (one["type"], one["name"]) == (made["type"], made["name"])), None)
    _fits([made, *(one for one in here if one is not same)])
    _counted(call, place, 0 if same else 1)
    if same:
        here.remove(same)
        made["id"] = same["id"]
    here.append(made)
    return made


@endpoint("DELETE", "/applications/{app}/commands/{command}", status=204)
@endpoint("DELETE", "/applications/{app}/guilds/{guild}/commands/{command}", status=204)
def remove(call: Call) -> Answer:
    here = call.network.commands.here(_place(call))
    found = next((one for one in here if one["id"] == call.params["command"]), None)
    if found is None:
        raise Refusal(404, 10063, "Unknown application command")
    here.remove(found)
