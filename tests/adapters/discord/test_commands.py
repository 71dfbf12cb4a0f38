"""The command table -> what Discord registers, within its limits; and what the bot asks to be let do."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from discord import Permissions
from discord.app_commands import AppCommand
from msgspec.structs import replace

from adapters.discord.commands import PERMISSIONS, SCOPES, differ, draw_commands, invite, used
from bot import front
from bot.chat.command import Command, Tree, Wording
from bot.chat.inbound import Used
from bot.config import Config
from bot.core.asking import not_them
from bot.core.directory import Directory
from bot.core.terms import read_terms
from bot.rooms import features
from tests.adapters.discord.test_samples import GOLDEN
from tests.adapters.scripted import COMMANDS
from tests.adapters.slack.golden import same_as_golden

Json = dict[str, Any]
NAME = re.compile(r"[-_'a-z0-9]{1,32}")


def table() -> list[Command]:
    return front.table(Directory(features(Config(), read_terms(), lambda code: code.encode())))


def wrong(command: Json) -> list[str]:
    """For what Discord would refuse a command."""
    if command["type"] != 1:
        return [] if not command["description"] and "options" not in command else ["a menu's word says nothing"]
    every = [command, *inner(command)]
    beneath = [name for one in every for name in names_of(one)]
    return [
        *(one["name"] for one in every if not NAME.fullmatch(one["name"])),
        *(one["name"] for one in every if not 1 <= len(one["description"]) <= 100),
        *(one["name"] for one in every if len(one.get("options", [])) > 25),
        *(name for name in beneath if beneath.count(name) > 1 and not NAME.fullmatch(name)),
        *([command["name"]] if sum(map(size, every)) > 8000 else []),
    ]


def inner(command: Json) -> list[Json]:
    return [one for option in command.get("options", []) for one in (option, *inner(option))]


def names_of(one: Json) -> list[str]:
    names = [option["name"] for option in one.get("options", [])]
    return [*names, *(["twice!"] if len(set(names)) < len(names) else [])]


def size(one: Json) -> int:
    return len(one["name"]) + len(one["description"])


def named(drawn: list[Json], name: str) -> Json:
    return next(one for one in drawn if one["name"] == name)


def test_the_commands_are_drawn_as_the_golden_file_says() -> None:
    drawn = draw_commands(table())
    same_as_golden("commands", drawn, GOLDEN)
    assert [problem for one in drawn for problem in wrong(one)] == []


def test_every_word_of_the_table_comes_back_as_it_was_registered() -> None:
    drawn = draw_commands(table())
    for one in table():
        path = one.word.split()
        option = {"type": 3, "name": "words", "value": "x y"}
        options: list[Json] = [option] if one.takes else []
        for depth, word in enumerate(reversed(path)):
            options = [{"type": 2 if depth else 1, "name": word, "options": options}]
        expected = " ".join([*path, *(["x y"] if one.takes else [])])
        data = {"name": one.tree.value, "type": 1, "options": options}
        assert used(data) == Used(one.tree, "" if expected == "menu" else expected)
        here: Json = named(drawn, one.tree.value)
        for word in path:
            here = named(here["options"], word)
        assert [typed["name"] for typed in here["options"]] == (["words"] if one.takes else [])


def test_a_bare_command_is_called_by_menu() -> None:
    drawn = draw_commands(COMMANDS)
    assert named(named(drawn, "headsup")["options"], "menu")["description"] == "a menu of everything"
    assert [one["name"] for one in named(drawn, "headsup-organise")["options"]] == ["menu", "intro", "members"]
    assert named(drawn, "helpnow")["options"] == []


def test_organisers_words_are_shown_to_nobody_else() -> None:
    drawn = draw_commands(table())
    shown = {one["name"]: one["default_member_permissions"] for one in drawn}
    assert shown == {"headsup": None, "headsup-organise": str(Permissions(manage_guild=True).value)} | dict.fromkeys(
        ("helpnow", not_them())
    )


def test_what_has_no_word_has_no_menu_on_somebodys_name() -> None:
    assert not_them() not in {one["name"] for one in draw_commands(COMMANDS)}


def test_a_table_of_any_length_stays_within_the_limits() -> None:
    long = [Command(Tree.MEMBER, f"w{n}", "x" * 300, "y" * 300) for n in range(40)]
    long += [Command(Tree.ORGANISER, f"g w{n}", "", "z") for n in range(40)]
    drawn = draw_commands(long)
    every = [one for top in drawn for one in (top, *inner(top))]
    assert max(len(one.get("options", [])) for one in every) == 25
    assert "menu" in names_of(drawn[0])
    assert all(1 <= len(one["description"]) <= 100 for top in drawn for one in inner(top))
    assert draw_commands([]) == []


WELSH = Wording("saib", "Cael llonydd.", "Faint")
FRENCH = {"fr": Wording("pause", "Être tranquille.", "Jusqu’à quand")}


def test_a_word_is_shown_in_every_further_language_that_discord_knows() -> None:
    own = [
        Command(
            Tree.MEMBER, "menu", "A menu.", wordings={"fr": Wording(says="Un menu."), "cy": Wording(says="Bwydlen.")}
        ),
        Command(Tree.MEMBER, "pause", "Rest.", "how long", wordings={**FRENCH, "cy": WELSH}),
        Command(
            Tree.ORGANISER, "members vouch", "Vouch.", wordings={"fr": Wording("membres accueillir", "Accueillir.")}
        ),
        Command(Tree.ORGANISER, "intro send", "Send.", wordings={"fr": Wording("Intro! Envoyer", "Envoyer.")}),
    ]
    drawn = draw_commands(own)
    member, organiser = named(drawn, "headsup"), named(drawn, "headsup-organise")
    assert member["description_localizations"] == {"fr": "Un menu."}
    assert "name_localizations" not in member, "the name of the whole is a name"
    pause = named(member["options"], "pause")
    assert (pause["name_localizations"], pause["description_localizations"]) == (
        {"fr": "pause"},
        {"fr": "Être tranquille."},
    )
    assert pause["options"][0]["description_localizations"] == {"fr": "Jusqu’à quand"}
    members = named(organiser["options"], "members")
    assert members["name_localizations"] == {"fr": "membres"}
    assert named(members["options"], "vouch")["name_localizations"] == {"fr": "accueillir"}
    assert "name_localizations" not in named(organiser["options"], "intro"), "a name that Discord would refuse"
    assert differ(drawn, registered(draw_commands([replace(one, wordings={}) for one in own])))
    assert not differ(drawn, registered(drawn))


def test_where_there_is_one_language_no_other_is_named() -> None:
    assert "localizations" not in repr(draw_commands(table()))


def test_what_completes_itself_says_so_and_is_told_apart() -> None:
    drawn = draw_commands(table())
    completes = [
        one["name"] for one in named(drawn, "headsup")["options"] if any("autocomplete" in o for o in one["options"])
    ]
    assert completes == ["pause"]
    without = draw_commands([replace(one, completes=False) for one in table()])
    assert differ(drawn, registered(without))
    assert differ(without, registered(drawn))


def registered(drawn: list[Json]) -> list[Json]:
    """As Discord gives commands back: with ids, versions and defaults, and without what is false or empty."""

    def bare(one: Json) -> Json:
        kept = {name: value for name, value in one.items() if value not in ([], False)}
        return kept | ({"options": [bare(inside) for inside in one["options"]]} if one.get("options") else {})

    more = {"application_id": "77", "version": "1", "nsfw": False, "dm_permission": True, "name_localizations": None}
    return [bare(one) | more | {"id": str(n)} for n, one in enumerate(reversed(drawn))]


def test_what_is_registered_already_does_not_differ() -> None:
    drawn = draw_commands(table())
    there = registered(drawn)
    assert not differ(drawn, there)
    assert [AppCommand(data=one, state=None).name for one in there]  # type: ignore[arg-type]
    assert differ(drawn, [])
    assert differ(drawn, there[1:])
    assert differ(drawn, [there[0] | {"description": "else"}, *there[1:]])
    assert differ(drawn[:1], [one | {"contexts": [0]} for one in there if one["name"] == drawn[0]["name"]])
    assert differ(draw_commands([*table(), Command(Tree.MEMBER, "new", "New.")]), there)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": 5},
        {"name": "else"},
        {"name": "headsup", "type": 3},
        {"name": not_them(), "type": 2, "target_id": "1", "resolved": {"users": []}},
        {"name": not_them(), "type": 2},
    ],
)
def test_what_is_none_of_ours_means_nothing(data: Json) -> None:
    assert used(data) is None


def test_odd_options_are_passed_over() -> None:
    options = [5, {"type": 1, "name": 7, "options": "x"}, {"type": 3, "value": 3}, {"type": 3, "value": "a"}]
    assert used({"name": "headsup", "options": options}) == Used(Tree.MEMBER, "a")


def test_the_invitation_asks_for_no_more_than_is_explained() -> None:
    asked = parse_qs(urlsplit(invite("77")).query)
    assert asked == {
        "client_id": ["77"],
        "scope": [" ".join(SCOPES)],
        "permissions": [str(Permissions(**dict.fromkeys(PERMISSIONS, True)).value)],
        "integration_type": ["0"],
    }
    granted = {name for name, has in Permissions(int(asked["permissions"][0])) if has}
    assert granted == {
        "read_messages",
        "send_messages",
        "embed_links",
        "attach_files",
        "read_message_history",
        "create_private_threads",
        "send_messages_in_threads",
        "pin_messages",
    }
