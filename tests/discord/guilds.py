"""Endpoints of servers: their channels, roles, members and active threads."""

from tests.discord.model import Member, Refusal
from tests.discord.objects import channel_json, guild_json, member_json, role_json
from tests.discord.routes import Answer, Call, endpoint
from tests.discord.threads import listed


@endpoint("GET", "/guilds/{guild}")
def guild(call: Call) -> Answer:
    found = call.guild()
    counts = {"approximate_member_count": len(found.members), "approximate_presence_count": 1}
    return guild_json(found) | (counts if call.query.get("with_counts") in ("true", "1", "True") else {})


@endpoint("GET", "/guilds/{guild}/channels")
def channels(call: Call) -> Answer:
    """Every channel, seen or not, without threads."""
    found = call.guild()
    here = [one for one in call.network.channels.values() if one.guild == found.id and not one.thread]
    return [channel_json(one, call.network) for one in here]


@endpoint("GET", "/guilds/{guild}/roles")
def roles(call: Call) -> Answer:
    return [role_json(role, number) for number, role in enumerate(call.guild().roles.values())]


@endpoint("GET", "/guilds/{guild}/threads/active")
def threads(call: Call) -> Answer:
    found = call.guild()
    return listed(call, [one for one in call.network.threads(found.id) if call.network.sees(call.me, one)])


@endpoint("GET", "/guilds/{guild}/members")
def members(call: Call) -> Answer:
    """By pages, the smallest id first; only for an application with the members intent."""
    found = call.guild()
    if not call.network.app.members_intent:
        raise Refusal(403, 50001, "Missing Access")
    limit, after = call.whole("limit", 1, 1000, 1), call.whole("after", 0, 2**63, 0)
    shown = sorted(
        (one for one in found.members.values() if int(one.user.id) > after), key=lambda one: int(one.user.id)
    )
    return [member_json(one) for one in shown[:limit]]


@endpoint("GET", "/guilds/{guild}/members/search")
def search(call: Call) -> Answer:
    """By the beginning of a name; no intent is needed."""
    wanted, limit = call.query.get("query", "").lower(), call.whole("limit", 1, 1000, 1)
    found = [one for one in call.guild().members.values() if any(name.startswith(wanted) for name in _names(one))]
    return [member_json(one) for one in found[:limit]]


def _names(member: Member) -> list[str]:
    return [one.lower() for one in (member.nick, member.user.global_name, member.user.username) if one]


@endpoint("GET", "/guilds/{guild}/members/{user}")
def member(call: Call) -> Answer:
    found = call.guild().members.get(call.user())
    if found is None:
        raise Refusal(404, 10007, "Unknown Member")
    return member_json(found)
