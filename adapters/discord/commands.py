"""The command table -> Discord's own commands, and a used one back again; and what the bot must be let do.

Discord cannot call a command bare that has words behind it, so `menu` stands for the bare one. Commands are registered
for the whole application, since those of one server cannot be used in direct messages: help must be there too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from discord import Locale, Permissions
from msgspec.structs import replace

from adapters.discord.text import Drawn
from bot.chat.command import Command, Tree
from bot.chat.inbound import Used
from bot.chat.limits import clip
from bot.chat.text import one_line
from bot.chat.view import Option
from bot.core.asking import not_them, not_them_in

SLASH, ON_SOMEBODY = 1, 2
SUBCOMMAND, GROUP, STRING = 1, 2, 3
OPTIONS = 25
DESCRIPTION = 100
TYPED = 100
NAME = re.compile(r"[-_'\w]{1,32}")
"""What Discord takes as a command's name, in lower case."""
BARE = "menu"
WORDS = "words"
"""The option behind a word, for what may be typed there."""

SCOPES = {
    "bot": "to be in the server as somebody who can be written to",
    "applications.commands": "the slash commands, and one word in the menu on somebody’s name",
}
"""What is asked for in the invitation, each with its reason."""

PERMISSIONS = {
    "view_channel": "to see the channels it is told of, and the threads under them",
    "send_messages": "to tell the organisers, to post what is coming, and to leave the button for newcomers",
    "embed_links": "to show a long message whole: what is beyond 2,000 characters stands in an embed",
    "attach_files": "to hand somebody a picture or their own data",
    "read_message_history": "to find its own messages again, so that nothing is said twice",
    "create_private_threads": "to open a thread for people who are introduced, or who take no direct messages",
    "send_messages_in_threads": "to write in those threads",
    "pin_messages": "to keep in sight what is coming, in the channel where it was posted",
}
"""What the bot must be let do, by discord.py's names, each with its reason. No Manage Threads: a thread that it opened
it may close. No Manage Messages, no roles, no members: it takes away nothing but what it said itself."""
FOR_EVENTS = {"create_events": "to show what is coming in the server’s own list of events, and to change it there"}
"""Besides, where `scheduled_events` is on. What the bot made with it, it may change and take away; no Manage Events."""

INVITE = "https://discord.com/oauth2/authorize"
_ORGANISERS_SEE = str(1 << 5)
"""Manage Server: whom Discord shows the organisers' words. Others can be let in by the server's own settings; whether
somebody may use them the bot itself decides."""
_IN_SERVERS, _IN_DIRECT = 0, 1
_TREES = {tree.value: tree for tree in Tree}
_LOCALES = frozenset(str(one) for one in Locale)
_IN_OTHERS = ("name_localizations", "description_localizations")
_KEPT = ("name", "type", "description", "default_member_permissions", "contexts", "integration_types")
_OF_OPTION = ("name", "type", "description", "required", "autocomplete", "max_length")


def draw_commands(table: Sequence[Command]) -> list[Drawn]:
    """Every command as Discord registers it, for the whole application."""
    trees = [_tree(tree, [one for one in table if one.tree is tree]) for tree in Tree]
    may_block = any((one.tree, one.word) == (Tree.MEMBER, "block") for one in table)
    menu = _command(not_them(), ON_SOMEBODY) | _localised("name", not_them_in())
    return [*(drawn for drawn in trees if drawn), *([menu] if may_block else [])]


def differ(drawn: Sequence[Mapping[str, Any]], registered: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what is registered is not what is drawn, whatever Discord adds to it and in whichever order."""
    return sorted(map(repr, map(_gist, drawn))) != sorted(map(repr, map(_gist, registered)))


def draw_offers(offers: Sequence[Option]) -> Drawn:
    """What Discord shows under a line that is being typed."""
    return {"choices": [{"name": clip(one.label, TYPED), "value": one.value} for one in offers[:OPTIONS]]}


def used(data: Mapping[str, Any]) -> Used | None:
    """The command that an interaction's `data` means; None for one that is none of ours. Total, whatever was sent."""
    name = data.get("name")
    if data.get("type", SLASH) == ON_SOMEBODY and name == not_them():
        somebody, id = _shown_name(data), data.get("target_id")
        # Their account too: here they may be called otherwise than in the network.
        return Used(Tree.MEMBER, f"block {somebody} <@{id}>") if somebody else None
    if data.get("type", SLASH) != SLASH or not isinstance(name, str) or name not in _TREES:
        return None
    words = " ".join(filter(None, map(one_line, _path(data.get("options")))))
    return Used(_TREES[name], "" if words == BARE else words)


def asked_for(scheduled_events: bool) -> Mapping[str, str]:
    """The permissions that an installation needs, each with its reason."""
    return PERMISSIONS | FOR_EVENTS if scheduled_events else PERMISSIONS


def invite(application_id: str, scheduled_events: bool = False) -> str:
    """The address that invites the bot into a server, with what it needs and nothing more."""
    bits = Permissions(**dict.fromkeys(asked_for(scheduled_events), True)).value
    asked = {"client_id": application_id, "scope": " ".join(SCOPES), "permissions": str(bits)}
    return f"{INVITE}?{urlencode(asked)}&integration_type=0"


def _tree(tree: Tree, commands: Sequence[Command]) -> Drawn | None:
    if not commands:
        return None
    bare = next((one for one in commands if one.word in ("", BARE)), Command(tree, BARE, ""))
    worded = [one for one in commands if one.word]
    menu = [] if any(one.word == BARE for one in worded) else [replace(bare, word=BARE)]
    options = list(_options([*menu, *worded])) if worded else []
    drawn = _command(tree.value, SLASH, _says(bare.says), options)
    drawn |= _localised("description", _in_others(bare, "says"))
    return drawn | ({"default_member_permissions": _ORGANISERS_SEE} if tree is Tree.ORGANISER else {})


def _command(name: str, kind: int, says: str = "", options: Sequence[Drawn] = ()) -> Drawn:
    return {
        "name": name,
        "type": kind,
        "description": says,
        **({"options": list(options)} if kind == SLASH else {}),
        "default_member_permissions": None,
        "integration_types": [0],
        "contexts": [_IN_SERVERS, _IN_DIRECT] if kind == SLASH else [_IN_SERVERS],
    }


def _options(commands: Sequence[Command]) -> Iterator[Drawn]:
    """One word is a subcommand; two are a group and one within. Never more of either than Discord takes."""
    by_head: dict[str, list[Command]] = {}
    for one in commands:
        by_head.setdefault(_head(one), []).append(one)
    for head, of_head in list(by_head.items())[:OPTIONS]:
        single = next((one for one in of_head if one.word == head), None)
        if single:
            yield _subcommand(head, single)
            continue
        inner = [_subcommand(one.word.partition(" ")[2], one) for one in of_head]
        group = {"type": GROUP, "name": head, "description": _heads(of_head), "options": inner[:OPTIONS]}
        yield group | _names(of_head[0], 0)


def _head(command: Command) -> str:
    return command.word.partition(" ")[0]


def _heads(commands: Sequence[Command]) -> str:
    return _says(" · ".join(one.word.partition(" ")[2] for one in commands))


def _subcommand(name: str, command: Command) -> Drawn:
    takes = [_typed(command)] if command.takes else []
    drawn = {"type": SUBCOMMAND, "name": name, "description": _says(command.says), "options": takes}
    return drawn | _names(command, -1) | _localised("description", _in_others(command, "says"))


def _typed(command: Command) -> Drawn:
    """What may be typed behind a word; it may be left out, and then it is asked."""
    drawn = {"type": STRING, "name": WORDS, "description": _says(command.takes), "required": False, "max_length": TYPED}
    drawn |= {"autocomplete": True} if command.completes else {}
    return drawn | _localised("description", _in_others(command, "takes"))


def _in_others(command: Command, what: str) -> dict[str, str]:
    """A command's word, or what is said of it, in all further languages that have it."""
    found = {language: getattr(wording, what) for language, wording in command.wordings.items()}
    return {language: _says(said) for language, said in found.items() if said}


def _names(command: Command, part: int) -> Drawn:
    """The first or the last part of its word, in those languages; in any other the name stands as it is."""
    names = {language: word.split()[part] for language, word in _in_others(command, "word").items()}
    return _localised(
        "name", {language: name for language, name in names.items() if NAME.fullmatch(name) and name.islower()}
    )


def _localised(what: str, said: Mapping[str, str]) -> Drawn:
    """Nothing for a language that Discord does not know, and nothing at all where there is but the one."""
    known = {language: words for language, words in said.items() if language in _LOCALES}
    return {f"{what}_localizations": known} if known else {}


def _says(words: str) -> str:
    return clip(one_line(words), DESCRIPTION) or "…"


def _path(options: object) -> Iterator[str]:
    """The words of a used command: groups and subcommands by their names, what was typed by what it is."""
    for option in options if isinstance(options, list) else ():
        if not isinstance(option, dict):
            continue
        said = option.get("name") if option.get("type") in (SUBCOMMAND, GROUP) else option.get("value")
        if isinstance(said, str):
            yield said
        yield from _path(option.get("options"))


def _shown_name(data: Mapping[str, Any]) -> str:
    """What the person is called on whose name the menu was opened."""
    resolved, target = data.get("resolved"), data.get("target_id")
    if not isinstance(resolved, dict) or not isinstance(target, str):
        return ""
    member, user = (_at(resolved.get(kind), target) for kind in ("members", "users"))
    names = (member.get("nick"), user.get("global_name"), user.get("username"))
    return next((one_line(name) for name in names if isinstance(name, str) and one_line(name)), "")


def _at(people: object, target: str) -> dict[str, Any]:
    found = people.get(target) if isinstance(people, dict) else None
    return found if isinstance(found, dict) else {}


def _gist(command: Mapping[str, Any]) -> dict[str, Any]:
    """What matters of a registered command, with all that Discord leaves out filled in."""
    given = {name: command.get(name) for name in _KEPT} | _beneath(command)
    for name in ("contexts", "integration_types"):
        given[name] = sorted(given[name] or [])
    return given


def _gist_of_option(option: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: option.get(name) for name in _OF_OPTION} | _beneath(option)
    return given | {name: bool(given[name]) for name in ("required", "autocomplete")}


def _beneath(one: Mapping[str, Any]) -> dict[str, Any]:
    """Its options, and its words in further languages, in one order."""
    others = {name: sorted((one.get(name) or {}).items()) for name in _IN_OTHERS}
    return {"options": [_gist_of_option(option) for option in one.get("options") or ()], **others}
