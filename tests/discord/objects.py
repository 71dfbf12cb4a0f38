"""Things of the network as Discord's JSON shows them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.discord.model import Attachment, Channel, Guild, Json, Kind, Member, Message, Role, Scheduled, User

if TYPE_CHECKING:
    from tests.discord.network import Network


def moment(at: float) -> str:
    """An instant as Discord writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")


def user_json(user: User) -> Json:
    made: Json = {
        "id": user.id,
        "username": user.username,
        "global_name": user.global_name,
        "discriminator": "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "primary_guild": None,
        "public_flags": 0,
    }
    return made | ({"bot": True} if user.bot else {}) | ({"system": True} if user.system else {})


def member_json(member: Member) -> Json:
    """A member with the user inside."""
    return {"user": user_json(member.user), "deaf": False, "mute": False} | bare_member(member)


def bare_member(member: Member) -> Json:
    """The same without the user, as messages and resolved data show it."""
    return {
        "nick": member.nick,
        "avatar": None,
        "banner": None,
        "roles": list(member.roles),
        "joined_at": member.joined,
        "premium_since": None,
        "communication_disabled_until": None,
        "flags": 0,
        "pending": member.pending,
    }


def role_json(role: Role, position: int) -> Json:
    return {
        "id": role.id,
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": str(role.permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel_json(channel: Channel, network: "Network") -> Json:
    """A channel of any kind."""
    if channel.kind is Kind.DM:
        return {
            "id": channel.id,
            "type": int(channel.kind),
            "last_message_id": channel.last_message,
            "flags": 0,
            "recipients": [user_json(network.users[each]) for each in channel.recipients],
        }
    made: Json = {
        "id": channel.id,
        "type": int(channel.kind),
        "guild_id": channel.guild,
        "name": channel.name,
        "parent_id": channel.parent,
        "last_message_id": channel.last_message,
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    return made | (_thread(channel) if channel.thread else _in_guild(channel, network))


def _in_guild(channel: Channel, network: "Network") -> Json:
    guild = network.guilds[str(channel.guild)]
    shown = [
        {"id": who, "type": 0 if who in guild.roles else 1, "allow": str(one.allow), "deny": str(one.deny)}
        for who, one in channel.overwrites.items()
    ]
    return {"position": channel.position, "topic": None, "nsfw": False, "permission_overwrites": shown}


def _thread(channel: Channel) -> Json:
    thread = channel.thread
    assert thread
    told = len([one for one in channel.messages if not one.reader])
    state: Json = {
        "archived": thread.archived,
        "auto_archive_duration": thread.auto_archive,
        "archive_timestamp": thread.archive_changed,
        "locked": thread.locked,
        "create_timestamp": thread.created,
    }
    state |= {"invitable": thread.invitable} if channel.kind is Kind.PRIVATE_THREAD else {}
    made: Json = {"owner_id": thread.owner, "thread_metadata": state, "message_count": told}
    return made | {"member_count": min(len(thread.members), 50), "total_message_sent": told}


def thread_member_json(channel: Channel, user: str) -> Json:
    assert channel.thread
    return {"id": channel.id, "user_id": user, "join_timestamp": channel.thread.members[user], "flags": 0}


def attachment_json(one: Attachment, message: Message, network: "Network") -> Json:
    url = f"http://{network.host}/attachments/{message.channel}/{one.id}/{one.filename}?ex=0&is=0&hm=test"
    made: Json = {"id": one.id, "filename": one.filename, "size": len(one.data), "url": url, "proxy_url": url}
    made |= {"content_type": one.content_type}
    made |= {"ephemeral": True} if message.reader else {}
    return made | ({"description": one.description} if one.description else {})


def message_json(message: Message, network: "Network") -> Json:
    """A message as endpoints and events show it; without a nonce, which only the sender gets back, once."""
    author = network.users[message.author]
    mentioned = network.mentioned(message)
    made: Json = {
        "id": message.id,
        "channel_id": message.channel,
        "author": user_json(author),
        "content": message.content,
        "timestamp": moment(message.at),
        "edited_timestamp": moment(message.edited) if message.edited else None,
        "tts": False,
        "mention_everyone": "everyone" in mentioned,
        "mentions": [user_json(network.users[each]) for each in mentioned if each in network.users],
        "mention_roles": [],
        "attachments": [attachment_json(one, message, network) for one in message.attachments],
        "embeds": [{"type": "rich"} | one for one in message.embeds],
        "components": message.components,
        "pinned": message.pinned is not None,
        "type": message.type,
        "flags": message.flags,
    }
    if message.webhook:
        made |= {"webhook_id": network.app.id, "application_id": network.app.id}
    return made | ({"interaction_metadata": message.interaction} if message.interaction else {})


def guild_json(guild: Guild) -> Json:
    """A server as `GET /guilds/{id}` shows it."""
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "description": None,
        "owner_id": guild.owner,
        "roles": [role_json(role, number) for number, role in enumerate(guild.roles.values())],
        "emojis": [],
        "stickers": [],
        "features": ["COMMUNITY"],
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "mfa_level": 0,
        "nsfw_level": 0,
        "afk_timeout": 300,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "system_channel_flags": 0,
        "premium_progress_bar_enabled": False,
    }


def scheduled_json(event: Scheduled, now: float) -> Json:
    return {
        "id": event.id,
        "guild_id": event.guild,
        "channel_id": None,
        "creator_id": event.creator,
        "name": event.name,
        "description": event.description,
        "scheduled_start_time": moment(event.starts_at),
        "scheduled_end_time": moment(event.ends_at),
        "privacy_level": 2,
        "status": event.status(now),
        "entity_type": 3,
        "entity_id": None,
        "entity_metadata": {"location": event.location},
        "image": None,
        "recurrence_rule": None,
        "guild_scheduled_event_exceptions": [],
    }


def created_json(guild: Guild, network: "Network") -> Json:
    """A server as GUILD_CREATE shows it: what the application may see, and itself as the only member."""
    me = network.app.id
    seen = [one for one in network.channels.values() if one.guild == guild.id and network.sees(me, one)]
    return guild_json(guild) | {
        "unavailable": False,
        "large": len(guild.members) > 250,
        "joined_at": guild.joined,
        "member_count": len(guild.members),
        "members": [member_json(guild.members[me])] if me in guild.members else [],
        "channels": [channel_json(one, network) for one in seen if not one.thread],
        "threads": [channel_json(one, network) for one in seen if one.thread and not one.thread.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [scheduled_json(one, network.time.now()) for one in guild.scheduled.values()],
        "soundboard_sounds": [],
    }
