"""Endpoints about the application itself, its gateway, and the servers it is in."""

from tests.discord.forms import checked, shape, snowflake
from tests.discord.model import Guild, Json, Refusal
from tests.discord.network import Event
from tests.discord.objects import channel_json, user_json
from tests.discord.permissions import in_guild
from tests.discord.routes import Answer, Call, endpoint


@endpoint("GET", "/gateway", open=True)
def gateway(call: Call) -> Answer:
    return {"url": call.gateway.url}


@endpoint("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Answer:
    limit = {
        "total": 1000,
        "remaining": 1000 - call.gateway.identified,
        "reset_after": 86_400_000,
        "max_concurrency": 1,
    }
    return {"url": call.gateway.url, "shards": 1, "session_start_limit": limit}


@endpoint("GET", "/users/@me")
def me(call: Call) -> Answer:
    own = user_json(call.network.users[call.me])
    return own | {"verified": True, "mfa_enabled": True, "email": None, "flags": 0, "locale": "en-US"}


@endpoint("GET", "/users/{user}")
def user(call: Call) -> Answer:
    return user_json(call.network.users[call.user()])


@endpoint("GET", "/applications/@me")
@endpoint("GET", "/oauth2/applications/@me")
def application(call: Call) -> Answer:
    app = call.network.app
    owner: Json = {"id": "1100000000000000009", "username": "owner", "discriminator": "0", "avatar": None}
    return {
        "id": app.id, "name": app.name, "icon": None, "description": "", "summary": "", "flags": app.flags,
        "bot_public": app.public, "bot_require_code_grant": False, "verify_key": "00" * 32, "team": None,
        "owner": owner | {"global_name": "Owner", "public_flags": 0}, "bot": user_json(call.network.users[app.id]),
        "approximate_guild_count": len(_mine(call)), "interactions_endpoint_url": None, "redirect_uris": [],
        "integration_types_config": {"0": {}},
    }  # fmt: skip


def _mine(call: Call) -> list[Guild]:
    return [one for one in call.network.guilds.values() if call.me in one.members]


@endpoint("GET", "/users/@me/guilds")
def my_guilds(call: Call) -> Answer:
    limit, after = call.whole("limit", 1, 200, 200), int(call.query.get("after", 0))
    shown = sorted((one for one in _mine(call) if int(one.id) > after), key=lambda one: int(one.id))
    return [_partial(one, call.me) for one in shown[:limit]]


def _partial(guild: Guild, me: str) -> Json:
    made: Json = {"id": guild.id, "name": guild.name, "icon": None, "banner": None, "features": ["COMMUNITY"]}
    return made | {"owner": guild.owner == me, "permissions": str(in_guild(guild, me))}


@endpoint("DELETE", "/users/@me/guilds/{guild}", status=204)
def leave(call: Call) -> Answer:
    guild = call.network.guilds.get(call.params["guild"])
    if guild is None or call.me not in guild.members:
        raise Refusal(404, 10004, "Unknown Guild")
    del guild.members[call.me]
    call.network.happened(Event("GUILD_DELETE", {"id": guild.id}, 1))
    call.network.time.moved()


@endpoint("POST", "/users/@me/channels")
def open_dm(call: Call) -> Answer:
    """Open the direct conversation with somebody: the same for ever; too many new ones in a while are refused."""
    body = checked(call.body, shape({"recipient_id": snowflake}, "recipient_id"))
    network, who = call.network, str(body["recipient_id"])
    if who not in network.users:
        told = {"code": "INVALID_RECIPIENT", "message": "Invalid Recipient(s)"}
        raise Refusal(400, 50033, "Invalid Recipient(s)", errors={"recipient_id": {"_errors": [told]}})
    if who == call.me or network.users[who].bot:
        raise Refusal(400, 50007, "Cannot send messages to this user")
    known = network.dm_of(who)
    if known is None:
        network.opening.count(network.time.now())
    made = network.dm(who)
    network.time.moved()
    return channel_json(made, network)
