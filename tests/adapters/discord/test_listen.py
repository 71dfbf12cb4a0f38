"""What Discord dispatches -> what came in: as it documents it, and with whatever else somebody might send."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.blocks import ask_first
from adapters.discord.listen import Asked, Kind, asked_in, custom_id_in, listen
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Completes, Inbound, Joined, Left, Pressed, Submitted, Typed, Used, Who
from tests.adapters.discord import payloads
from tests.adapters.discord.payloads import ELSEWHERE, SERVER, TOM, Json, came, group, member, press, slash, typed, word
from tests.adapters.scripted import START
from tests.adapters.slack.bending import JSON, places, planted

KINDS = ["INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE", "X"]
TOM_THERE = Account("discord", SERVER, "1017")


def home_of(user: str) -> str | None:
    return SERVER if user == TOM["id"] else None


def hear(kind: str, data: Json) -> Inbound | None:
    return listen(kind, data, START, {SERVER}, home_of)


def heard(data: Json, kind: str = "INTERACTION_CREATE") -> Inbound:
    inbound = hear(kind, data)
    assert inbound
    assert (inbound.at, inbound.account) == (START, TOM_THERE)
    return inbound


def test_a_command_comes_in_with_its_words() -> None:
    inbound = heard(slash("headsup", word("pause", "until  3 May")))
    assert (inbound.what, inbound.name, inbound.who) == (Used(Tree.MEMBER, "pause until 3 May"), "Tom Reed", Who.PERSON)
    assert heard(slash("headsup", word("menu"))).what == Used(Tree.MEMBER, "")
    assert heard(slash("headsup-organise", group("intro", word("preview")))).what == Used(
        Tree.ORGANISER, "intro preview"
    )
    assert heard(slash("helpnow", in_dm=True)).what == Used(Tree.HELP_NOW)
    assert hear("INTERACTION_CREATE", slash("somebody-elses")) is None


def test_the_menu_on_somebodys_name_is_the_word_with_that_name() -> None:
    ann = {"id": "1018", "username": "ann.b", "global_name": "Ann Bell"}
    assert heard(payloads.on_somebody("Rather not meet them", member(ann))).what == Used(
        Tree.MEMBER, "block Ann Bell <@1018>"
    )
    nicked = payloads.on_somebody("Rather not meet them", member(ann, nick="Ann (Oak)"))
    assert heard(nicked).what == Used(Tree.MEMBER, "block Ann (Oak) <@1018>")
    assert hear("INTERACTION_CREATE", payloads.on_somebody("Else", member(ann))) is None


def test_a_press_and_a_choice_come_in_with_what_they_mean() -> None:
    assert heard(press("talked~1")).what == Pressed("talked~1")
    assert heard(press("+talked~1")).what == Pressed("talked~1")
    assert heard(press("pause~1", ["=w", "=", "odd"], in_dm=True)).what == Pressed("pause~1", ("w", "", "odd"))


@pytest.mark.parametrize("custom_id", ["?forget~1", "+?forget~1", "?", ""])
def test_a_press_that_is_to_be_asked_for_first_does_not_come_in(custom_id: str) -> None:
    data = press(custom_id)
    assert hear("INTERACTION_CREATE", data) is None
    assert custom_id_in(data) == custom_id
    assert bool(ask_first(custom_id_in(data), data["message"]["components"])) is (len(custom_id) > 1)


def test_a_form_comes_in_with_what_was_filled_in() -> None:
    assert heard(payloads.submit()).what == Submitted("say-who~1", {"name": ("Tom",)})


def test_a_command_that_is_still_being_typed_comes_in_as_such() -> None:
    typing = slash("headsup", word("pause")) | {"type": 4}
    assert heard(typing).what == Completes(Tree.MEMBER, "pause")
    assert hear("INTERACTION_CREATE", typing | {"data": {"name": "theirs"}}) is None


def test_a_ping_does_not_come_in() -> None:
    assert hear("INTERACTION_CREATE", slash("headsup", word("pause")) | {"type": 1}) is None


@pytest.mark.parametrize("kind", [0, 19])
def test_what_is_typed_comes_in_without_its_words(kind: int) -> None:
    inbound = heard(typed(kind), "MESSAGE_CREATE")
    assert inbound.what == Typed()
    assert "private" not in repr(inbound)


@pytest.mark.parametrize(
    "more",
    [
        {"guild_id": SERVER, "member": member()},
        {"author": TOM | {"bot": True}},
        {"author": TOM | {"id": "1999"}},
        {"type": 6},
        {"webhook_id": "5"},
    ],
)
def test_what_nobody_typed_to_the_bot_does_not_come_in(more: Json) -> None:
    assert hear("MESSAGE_CREATE", typed() | more) is None


def test_coming_and_going_come_in() -> None:
    for kind in ("GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE"):
        assert heard(came(), kind).what == Joined("Tom Reed", found=True)
        assert heard(came(nick="Tom (Oak)"), kind).what == Joined("Tom (Oak)", found=True)
        assert hear(kind, came(pending=True)) is None
    assert heard(payloads.went(), "GUILD_MEMBER_REMOVE").what == Left()


def test_who_comes_or_goes_nowhere_does_not_come_in() -> None:
    for kind in KINDS[2:5]:
        assert hear(kind, {name: value for name, value in came().items() if name != "guild_id"}) is None


def test_bots_and_those_who_have_not_agreed_to_the_rules_come_in_as_what_they_are() -> None:
    assert heard(came(user=TOM | {"bot": True}), "GUILD_MEMBER_ADD").who is Who.BOT
    assert heard(slash("helpnow", who=member(pending=True))).who is Who.GUEST


def test_without_a_nickname_somebody_is_called_as_everywhere() -> None:
    for user, name in ((TOM, "Tom Reed"), (TOM | {"global_name": None}, "tom.reed"), ({"id": "1017"}, "")):
        assert heard(came(user=user), "GUILD_MEMBER_ADD").name == name


def test_a_server_that_is_not_served_is_not_heard() -> None:
    for kind, data in payloads.every():
        assert listen(kind, data, START, {ELSEWHERE}, home_of) is None
        assert listen(kind, data, START, {SERVER}, lambda user: None) is None or "guild_id" in data


def test_the_same_dispatch_has_the_same_key_and_another_has_another() -> None:
    makes: list[Callable[[], Json]] = [lambda: slash("helpnow"), lambda: press("a~1"), payloads.submit]
    for make in makes:
        first, again = make(), make()
        assert heard(first).key == heard(json.loads(json.dumps(first))).key == f"discord:{SERVER}:{first['id']}"
        assert heard(first).key != heard(again).key
    later = came(joined_at="2026-11-09T09:00:00+00:00")
    assert heard(came(), "GUILD_MEMBER_ADD").key != heard(later, "GUILD_MEMBER_ADD").key
    every = [heard(came(), kind).key for kind in KINDS[2:5]]
    assert len(set(every)) == len(every)


def test_an_interaction_says_how_it_is_answered() -> None:
    data = press("talked~1", in_dm=True, flags=64)
    asked = asked_in(data)
    assert asked == Asked(data["id"], data["token"], Kind.PRESS, "3001", "6001", True, True, "1017")
    assert data["token"] not in repr(asked)
    command = asked_in(slash("helpnow"))
    assert command
    assert (command.kind, command.message, command.is_ephemeral, command.in_dm) == (Kind.COMMAND, "", False, False)
    assert asked_in(typed()) is None


EVERY = payloads.every()


@st.composite
def bent(draw: st.DrawFn) -> tuple[str, Json]:
    """A dispatch in which some places hold something else."""
    kind, payload = draw(st.sampled_from(EVERY))
    data: Any = json.loads(json.dumps(payload))
    for _ in range(draw(st.integers(1, 3))):
        planted(data, draw(st.sampled_from(places(data))), draw(JSON))
    return kind, data


@given(bent() | st.tuples(st.sampled_from(KINDS), st.dictionaries(st.text(max_size=8), JSON, max_size=6)))
def test_whatever_comes_is_read(dispatch: tuple[str, Json]) -> None:
    kind, data = dispatch
    inbound = hear(kind, data)
    assert inbound is None or inbound.account
    assert asked_in(data) is None or data["type"] in (2, 3, 5)
    if inbound and not isinstance(inbound.what, Submitted | Used | Pressed):
        assert "private words" not in repr(inbound)
