"""The server with the real library: what people do is told, and answers come to their screens and no other."""

import pytest

from tests.discord.filling import NotOffered
from tests.discord.model import EPHEMERAL, Message
from tests.discord.plain import Plain
from tests.discord.server import DiscordServer

YES = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}]}


async def asked(discord: DiscordServer, client: Plain) -> Message:
    start = discord.channel("start")
    await client.call("POST", f"/channels/{start.id}/messages", json={"content": "Did you talk?", "components": [YES]})
    return start.messages[-1]


async def answer(client: Plain, told: dict[str, object], type: int, **data: object) -> None:
    body = {"type": type} | ({"data": data} if data else {})
    await client.call("POST", f"/interactions/{told['id']}/{told['token']}/callback", json=body)


async def test_a_press_is_told_and_its_answer_is_seen_by_the_one_who_pressed(
    discord: DiscordServer, client: Plain
) -> None:
    ann, tom = discord.person("Ann Bell", nick="Annie"), discord.person("Tom Reed")
    message = await asked(discord, client)
    pressed = await ann.press(message, "Yes", wait=False)
    await discord.until(lambda: client.told("INTERACTION_CREATE"))
    told = client.told("INTERACTION_CREATE")[0]
    assert told["data"]["custom_id"] == "yes"
    assert (told["member"]["user"]["id"], told["member"]["nick"]) == (ann.id, "Annie")
    await answer(client, told, 4, content="Thank you.", flags=EPHEMERAL)
    await pressed.settle()
    where = discord.network.channels[message.channel]
    assert ann.reads(where) == ["Did you talk?\nYes", "Thank you."]
    assert tom.reads(where) == ["Did you talk?\nYes"]
    with pytest.raises(NotOffered):
        await tom.press(where.messages[-1], "yes")
