"""Bodies of no sense: each is refused with a reason, and none makes the server itself stumble."""

from random import Random
from typing import Any

import aiohttp
import pytest

from tests.discord.interactions import Done
from tests.discord.person import Person
from tests.discord.server import DiscordServer

NAMES = (
    "content embeds components attachments allowed_mentions nonce flags type data custom_id title label component "
    "options min_values max_values value id name description recipient_id archived choices style url parse users"
)
WORDS = ("", "x", "x" * 3000, "12", "headsup", "\u0000", "https://a.example", "1" * 18)


def anything(rng: Random, depth: int = 4) -> Any:
    """Something that JSON can hold, out of the words that bodies are made of."""
    kind = rng.randrange(10 if depth else 5)
    if kind < 5:
        return [None, rng.random() < 0.5, rng.choice((-1, 0, 1, 3, 9, 18, 64, 2**70)), rng.choice(WORDS), 1.5][kind]
    if kind < 7:
        return [anything(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {name: anything(rng, depth - 1) for name in rng.sample(NAMES.split(), rng.randrange(1, 6))}


def targets(discord: DiscordServer, ann: Person) -> list[tuple[str, str]]:
    start, app, guild = discord.channel("start").id, discord.app.id, discord.guild.id
    return [
        ("POST", f"/channels/{start}/messages"), ("POST", f"/channels/{start}/threads"),
        ("PATCH", f"/channels/{start}"),
        ("POST", "/users/@me/channels"), ("PUT", f"/applications/{app}/guilds/{guild}/commands"),
        ("POST", f"/applications/{app}/commands"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
async def test_nonsense_is_refused_with_a_reason(discord: DiscordServer, seed: int) -> None:
    ann, rng = discord.person("Ann Bell"), Random(seed)
    headers = {"Authorization": f"Bot {discord.app.token}", "User-Agent": "DiscordBot (test, 1)"}
    places = targets(discord, ann)
    channel = next(iter(discord.network.channels.values()))
    shown = await ann.type(channel, "anything")
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(150):
            method, path = rng.choice(places)
            body = anything(rng)
            if rng.random() < 0.5:
                data = {"component_type": 2, "custom_id": "yes", "id": 1}
                pressed = await ann.sends(Done.COMPONENT, channel, data, message=shown, wait=False)
                path, method = f"/interactions/{pressed.id}/{pressed.token}/callback", "POST"
                body = {"type": rng.choice((4, 5, 7, 8, 9, None, "4")), "data": body}
            async with session.request(method, discord.api_url + path, json=body) as answer:
                assert answer.status in (200, 201, 204, 400, 403, 404), body
    assert discord.api.crashes == []
