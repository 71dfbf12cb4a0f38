"""Dispatches of a Discord, and what somebody might make of them: for tests that let anything come in."""

import json
from typing import Any

from hypothesis import strategies as st

from scheduler.clocks import SystemClock
from tests.adapters.slack.bending import SCALARS, places, planted
from tests.discord import payloads
from tests.discord.interactions import Done
from tests.discord.model import Json, Message
from tests.discord.objects import created_json, member_json, message_json, user_json
from tests.discord.person import Person
from tests.discord.server import DiscordServer

BUTTON: Json = {"type": 2, "style": 2, "label": "We talked", "custom_id": "talked~1", "id": 2}
ROW: Json = {"type": 1, "id": 1, "components": [BUTTON, BUTTON | {"custom_id": "?leave~1", "label": "Leave", "id": 3}]}
OPTION: Json = {"name": "words", "type": 3, "value": "this week"}
PAUSE: Json = {"id": "1", "name": "headsup", "type": 1, "options": [{"name": "pause", "type": 1, "options": [OPTION]}]}
FIELD: Json = {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "name", "value": "Ann Bell"}}
DAY: Json = {"type": 18, "id": 3, "component": {"type": 4, "id": 4, "custom_id": "@day", "value": "2026-12-03 16:00"}}
DONE: list[tuple[Done, Json]] = [
    (Done.COMMAND, PAUSE),
    (Done.COMPONENT, {"component_type": 2, "custom_id": "talked~1", "id": 2}),
    (Done.COMPONENT, {"component_type": 2, "custom_id": "?leave~1", "id": 3}),
    (Done.COMPONENT, {"component_type": 2, "custom_id": "?", "id": 3}),
    (Done.COMPONENT, {"component_type": 3, "custom_id": "pause~1", "values": ["=w"], "id": 2}),
    (Done.MODAL, {"custom_id": "who~1", "components": [FIELD, DAY]}),
    (Done.AUTOCOMPLETE, PAUSE),
]
Dispatch = tuple[str, Any]
"""Its name, and what it says."""


def every_dispatch(discord: DiscordServer, ann: Person) -> list[Dispatch]:
    """What Discord says of somebody who does all there is to do, in a channel and in direct messages."""
    network, guild = discord.network, discord.guild
    places_to_be = [discord.channel("lounge"), network.dm(ann.id)]
    found: list[Dispatch] = []
    for where in places_to_be:
        asks = Message(network.new_id(), where.id, network.app.id, "Did you talk?", components=[ROW])
        for done, data in DONE:
            made = payloads.interaction(network, ann.id, where, done, data)
            if done is not Done.COMMAND:
                made = payloads.on_message(made, asks, network)
            found.append(("INTERACTION_CREATE", made | {"id": network.new_id(), "token": "t" * 32}))
        said = message_json(Message(network.new_id(), where.id, ann.id, "so tired"), network)
        found.append(("MESSAGE_CREATE", said | ({"guild_id": guild.id} if where.guild else {})))
    member = member_json(guild.members[ann.id]) | {"guild_id": guild.id}
    gone = {"guild_id": guild.id, "user": user_json(ann.user)}
    return [
        *found,
        ("GUILD_MEMBER_ADD", member),
        ("GUILD_MEMBER_UPDATE", member),
        ("GUILD_MEMBER_REMOVE", gone),
        ("GUILD_CREATE", created_json(guild, network)),
    ]


_discord = DiscordServer(SystemClock())
_ann = _discord.person("Ann Bell")
SERVER, ANN = _discord.guild.id, _ann.id
"""Whose dispatches these are: for another server, its ids are to be put in their place."""
EVERY = every_dispatch(_discord, _ann)
KINDS = st.sampled_from(sorted({kind for kind, _ in EVERY} | {"GUILD_DELETE", "TYPING_START", "NEW_ONE"}))
"""Not READY and RESUMED: in those the library itself is told where it stands, and a line without them is begun anew."""
_NAMES = """
    id type token data custom_id values value components component options name member user guild_id guild channel_id
    channel message flags author nick username global_name pending bot joined_at webhook_id unavailable content
"""
NAMES = st.sampled_from(_NAMES.split())
JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=8), inner, max_size=6)
)


@st.composite
def bent(draw: st.DrawFn) -> Dispatch:
    """A real dispatch in which some places hold something else."""
    kind, payload = draw(st.sampled_from(EVERY))
    payload = json.loads(json.dumps(payload))
    for _ in range(draw(st.integers(1, 3))):
        planted(payload, draw(st.sampled_from(places(payload))), draw(JSON))
    return kind, payload


ANYTHING: st.SearchStrategy[Dispatch] = bent() | st.tuples(KINDS, JSON)
