"""The methods about people, the workspace and the app itself: `users.*`, `team.info`, `auth.test` and the like."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.slack.methods import Call, Methods, page
from tests.slack.model import Account, Json, Refusal
from tests.slack.workspace import Workspace

method = Methods()

UNPAGED = 200
"""People that users.list shows without a limit; beyond, it answers limit_required."""


def user_json(account: Account, workspace: Workspace, locale: bool = False) -> Json:
    """Somebody as `users.*` and events show them."""
    profile: Json = {
        "real_name": account.name,
        "real_name_normalized": account.name,
        "display_name": account.display_name,
        "display_name_normalized": account.display_name,
        "team": account.team,
    }
    if account.email and "users:read.email" in workspace.app.scopes:
        profile["email"] = account.email
    made: Json = {
        "id": account.id,
        "team_id": account.team,
        "name": account.handle,
        "deleted": account.deleted,
        "profile": profile,
        "is_bot": account.bot,
        "is_app_user": False,
        "updated": int(workspace.time.now()),
    }
    if account.deleted:
        return made
    zone = ZoneInfo(account.tz)
    offset = datetime.fromtimestamp(workspace.time.now(), zone).utcoffset()
    made |= {
        "real_name": account.name,
        "tz": account.tz,
        "tz_label": account.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": account.admin or account.owner,
        "is_owner": account.owner,
        "is_primary_owner": account.owner,
        "is_restricted": account.guest,
        "is_ultra_restricted": False,
    }
    made |= {"is_stranger": not workspace.meets(account)} if account.external else {}
    if workspace.team.enterprise:
        made["enterprise_user"] = {"id": account.id, "enterprise_id": workspace.team.enterprise}
    return made | ({"locale": account.locale} if locale else {})


@method("users.list", tier=2, scope="users:read")
def list_users(call: Call) -> Json:
    workspace = call.workspace
    everybody = [one for one in workspace.accounts.values() if workspace.meets(one)]
    if not call.args.get("limit") and len(everybody) > UNPAGED:
        raise Refusal("limit_required")
    shown, more = page(call, everybody)
    locale = call.flag("include_locale")
    return {
        "members": [user_json(one, workspace, locale) for one in shown],
        "cache_ts": int(workspace.time.now()),
    } | more


@method("users.info", tier=4, scope="users:read")
def user_info(call: Call) -> Json:
    account = call.workspace.account(call.text("user"))
    if not call.workspace.meets(account):
        raise Refusal("user_not_found")
    return {"user": user_json(account, call.workspace, call.flag("include_locale"))}


@method("team.info", tier=3, scope="team:read")
def team_info(call: Call) -> Json:
    team = call.workspace.team
    made: Json = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
    made |= {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise_name} if team.enterprise else {}
    return {"team": made}


@method("bots.info", tier=3, scope="users:read")
def bot_info(call: Call) -> Json:
    app = call.workspace.app
    if call.text("bot", app.bot) != app.bot:
        raise Refusal("bot_not_found")
    return {"bot": {"id": app.bot, "app_id": app.id, "user_id": app.user, "name": app.name, "deleted": False}}


@method("auth.test")
def auth_test(call: Call) -> Json:
    app, team = call.workspace.app, call.workspace.team
    made: Json = {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": app.name.lower(),
        "team_id": team.id,
        "user_id": app.user,
        "bot_id": app.bot,
        "is_enterprise_install": False,
    }
    return made | ({"enterprise_id": team.enterprise} if team.enterprise else {})


@method("api.test")
def api_test(call: Call) -> Json:
    return {"args": call.args}


@method("apps.connections.open", tier=2, scope="connections:write", app_token=True)
def open_connection(call: Call) -> Json:
    """A ticket for one socket. Documented as tier 1 (`1+`); ten sockets at once do open, so it is held as tier 2."""
    ticket = call.sockets.ticket()
    return {"url": f"ws://{call.host}/link/?ticket={ticket}&app_id={call.workspace.app.id}"}
