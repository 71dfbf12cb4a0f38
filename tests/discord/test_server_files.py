"""Files that come with the answer to an interaction: seen by its reader, described, replaced and gone."""

import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from discord.http import Route

from tests.discord.filling import NotOffered
from tests.discord.model import EPHEMERAL, Channel
from tests.discord.person import Person
from tests.discord.plain import Plain, newest, post, refused
from tests.discord.server import DiscordServer


async def sent(client: Plain, method: str, path: str, body: dict[str, Any], *data: bytes) -> Any:
    """A body with files, as the library sends it when it is given a form."""
    form: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(body)}]
    for number, one in enumerate(data):
        name = {"name": f"files[{number}]", "filename": f"chart{number}.png"}
        form.append(name | {"value": BytesIO(one), "content_type": "application/octet-stream"})
    return await client.http.request(Route(method, path), form=form)


@pytest.fixture
async def start(discord: DiscordServer, client: Plain) -> Channel:
    made = discord.channel("start")
    button = {"type": 2, "style": 1, "label": "Chart", "custom_id": "chart"}
    await post(client, made.id, components=[{"type": 1, "components": [button]}])
    return made


async def test_an_answer_brings_files_only_its_reader_can_fetch(
    discord: DiscordServer, client: Plain, start: Channel
) -> None:
    ann, tom = discord.person("Ann Bell"), discord.person("Tom Reed")
    await ann.press(start.messages[0], "chart", wait=False)
    told = await newest(discord, client)
    described = [{"id": 0, "description": "Your year"}, {"id": 1, "description": "Your week"}]
    body = {"type": 4, "data": {"content": "Here.", "flags": EPHEMERAL, "attachments": described}}
    await sent(client, "POST", f"/interactions/{told['id']}/{told['token']}/callback", body, b"one", b"two")
    first, second = ann.sees(start)[-1].attachments
    assert (ann.fetch(first), first.description, second.description) == (b"one", "Your year", "Your week")
    with pytest.raises(NotOffered):
        tom.fetch(first)
    original = f"/webhooks/{discord.app.id}/{told['token']}/messages/@original"
    kept = {"attachments": [{"id": second.id}, {"id": 0, "description": "Your month"}]}
    shown = await sent(client, "PATCH", original, kept, b"three")
    assert [one["description"] for one in shown["attachments"]] == ["Your week", "Your month"]
    assert shown["attachments"][0]["ephemeral"]
    assert shown["content"] == "Here."
    url = shown["attachments"][1]["url"]
    await client.call("DELETE", original)
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 404
    await refused_everywhere(client, ann, start)


async def refused_everywhere(client: Plain, ann: Person, start: Channel) -> None:
    """Nothing is left of it, neither on the screen nor for the application."""
    assert [one.content for one in ann.sees(start)] == ["Hello."]
    gone = start.removed[-1].id
    assert await refused(client.call("GET", f"/channels/{start.id}/messages/{gone}")) == (404, 10008)


async def test_a_file_that_is_too_large_or_misnamed_is_refused(
    discord: DiscordServer, client: Plain, start: Channel
) -> None:
    path = f"/channels/{start.id}/messages"
    assert await refused(sent(client, "POST", path, {}, b"x" * (10 * 1024**2 + 1))) == (413, 40005)
    misnamed: list[dict[str, Any]] = [{"name": "picture", "value": "x", "filename": "x.png"}]
    assert await refused(client.http.request(Route("POST", path), form=misnamed)) == (400, 50035)
    broken: list[dict[str, Any]] = [{"name": "payload_json", "value": "{"}]
    broken.append({"name": "files[0]", "value": "x", "filename": "x.png"})
    assert await refused(client.http.request(Route("POST", path), form=broken)) == (400, 50109)
    eleven = [b"x"] * 11
    assert await refused(sent(client, "POST", path, {}, *eleven)) == (400, 50035)
    assert len(start.messages) == 1
