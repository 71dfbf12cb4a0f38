"""Forms: opened by an answer, filled in, sent once more as an interaction, never the answer to a form."""

from typing import Any

import pytest

from tests.discord.filling import NotOffered
from tests.discord.model import EPHEMERAL, Channel
from tests.discord.person import Person
from tests.discord.plain import Plain, answer, newest, post, refused
from tests.discord.server import DiscordServer

OPTIONS = [{"label": label, "value": label.lower()} for label in ("Primary", "Secondary", "Special")]


def label(words: str, component: dict[str, Any]) -> dict[str, Any]:
    return {"type": 18, "label": words, "component": component}


SCHOOL = label("School", {"type": 4, "custom_id": "school", "style": 1, "max_length": 20, "value": "Oak"})
PHASE = label("Phase", {"type": 21, "custom_id": "phase", "options": OPTIONS, "required": False})
NEEDS = label("Needs", {"type": 22, "custom_id": "needs", "options": OPTIONS, "min_values": 0, "required": False})
AGE = label("Age", {"type": 3, "custom_id": "age", "options": OPTIONS})
AGREED = label("Agreed", {"type": 23, "custom_id": "agreed"})
FORM: dict[str, Any] = {
    "custom_id": "profile",
    "title": "Your school",
    "components": [SCHOOL, PHASE, NEEDS, AGE, AGREED],
}


@pytest.fixture
async def start(discord: DiscordServer, client: Plain) -> Channel:
    made = discord.channel("start")
    button = {"type": 2, "style": 1, "label": "Profile", "custom_id": "open"}
    await post(client, made.id, components=[{"type": 1, "components": [button]}])
    return made


@pytest.fixture
async def ann(discord: DiscordServer, client: Plain, start: Channel) -> Person:
    person = discord.person("Ann Bell")
    await person.press(start.messages[0], "open", wait=False)
    await answer(client, await newest(discord, client), 9, **FORM)
    return person


async def test_a_form_is_filled_in_and_told(discord: DiscordServer, client: Plain, ann: Person, start: Channel) -> None:
    assert ann.modal
    assert ann.modal.title == "Your school"
    sent = await ann.submit({"phase": "Special", "needs": ["primary", "Special"], "Age": "primary"}, wait=False)
    told = await newest(discord, client, 1)
    fields = {one["component"]["custom_id"]: one["component"] for one in told["data"]["components"]}
    assert told["data"]["custom_id"] == "profile"
    assert told["message"]["id"] == start.messages[0].id
    assert fields["school"]["value"] == "Oak"
    assert fields["phase"]["value"] == "special"
    assert fields["needs"]["values"] == ["primary", "special"]
    assert fields["age"]["values"] == ["primary"]
    assert fields["agreed"]["value"] is False
    assert await refused(answer(client, told, 9, **FORM)) == (400, 50035), "a form never answers a form"
    await answer(client, told, 4, content="Saved.", flags=EPHEMERAL)
    await sent.settle()
    assert ann.modal is None
    assert ann.reads(start)[-1] == "Saved."


async def test_what_is_not_filled_in_as_asked_is_not_sent(ann: Person) -> None:
    wrongs: list[dict[str, object]] = [
        {"school": ""}, {"school": "x" * 21}, {"phase": "Other"}, {"age": []}, {"unknown": "x"},
    ]  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(NotOffered):
            await ann.submit({"age": "primary", **wrong})
        assert ann.modal
        ann.modal.values.clear()


async def test_a_form_that_is_not_answered_stays_with_what_was_written(
    discord: DiscordServer, client: Plain, ann: Person
) -> None:
    await ann.submit({"school": "Oakfield", "age": "primary"}, wait=False)
    told = await newest(discord, client, 1)
    assert ann.modal
    assert ann.modal.values["school"] == "Oakfield"
    await answer(client, told, 7, content="Saved.", components=[])
    assert ann.modal is None


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"title": "t" * 46}, "title"),
        ({"custom_id": "c" * 101}, "custom_id"),
        ({"components": []}, "components"),
        ({"components": [SCHOOL | {"label": "l" * 46}]}, "label"),
        ({"components": [SCHOOL | {"description": "d" * 101}]}, "description"),
        ({"components": [SCHOOL, SCHOOL]}, "custom_id"),
        ({"components": [AGE | {"component": AGE["component"] | {"options": OPTIONS * 9}}]}, "options"),
        ({"components": [PHASE | {"component": PHASE["component"] | {"options": OPTIONS[:1]}}]}, "options"),
        ({"components": [SCHOOL | {"component": SCHOOL["component"] | {"value": "x" * 21}}]}, "value"),
        ({"components": [SCHOOL | {"component": SCHOOL["component"] | {"label": "no"}}]}, "label"),
        ({"components": [AGE | {"component": AGE["component"] | {"disabled": True}}]}, "disabled"),
        ({"components": [{"type": 1, "components": [SCHOOL["component"]]}]}, "type"),
        ({"components": [AGE | {"component": AGE["component"] | {"min_values": 0}}]}, "min_values"),
    ],
)
async def test_forms_that_cannot_be_shown(
    discord: DiscordServer, client: Plain, start: Channel, wrong: Any, at: str
) -> None:
    person = discord.person("Tom Reed")
    await person.press(start.messages[0], "open", wait=False)
    told = await newest(discord, client)
    assert await refused(answer(client, told, 9, **(FORM | wrong))) == (400, 50035)
    assert at in str(discord.called("POST", "/interactions/*/*/callback")[-1].answer["errors"])
    assert person.modal is None
