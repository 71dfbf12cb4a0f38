"""Whether all is well with a Slack app, and of what is not, the click that mends it. Nobody in Slack sees anything."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from adapters.slack.calls import Calls
from adapters.slack.errors import Failed
from adapters.slack.manifest import SCOPES
from adapters.slack.render import draw_home
from adapters.slack.settings import APPS, WHERE, SlackSettings
from bot.chat.address import ORGANISERS
from bot.chat.outbound import Refused, Why
from bot.chat.view import View
from bot.core.clock import Clock
from bot.core.feature import Finding

ERROR, WARNING = "error", "warning"
OFF = timedelta(minutes=2)
WITHOUT: Mapping[str, str] = {
    "events": "what is coming is posted in no channel there",
    "news": "what is to be known is posted in no channel there",
}
"""What becomes of it where a channel is not named."""
NEVER = ("channels:history", "groups:history", "mpim:history", "users:read.email")
"""Scopes with which the app could do what members are promised that it cannot."""

_SCOPES = f"{APPS} under App Manifest, paste what `headsup manifest slack` prints, save, and press Reinstall"
_HOME = f"{APPS} under App Home, Show Tabs, switch on Home Tab"
_INVITE = "in Slack, open that channel and type /invite @HeadsUp"
_FEW = "in that channel only some people may write"
_LET = "in Slack, open that channel, press its name, Settings, Posting permissions, and let everyone or HeadsUp write"
_OUTSIDE = ("the app is not in that channel, so it cannot write there", _INVITE)
_CLOSED: Mapping[str, tuple[str, str]] = {
    "channel_not_found": ("the app cannot see that channel", ""),
    "not_in_channel": _OUTSIDE,
    "user_not_in_channel": _OUTSIDE,
    "no_permission": _OUTSIDE,
    "is_archived": (
        "that channel is archived",
        "in Slack, open that channel, press its name, Settings, Unarchive channel, and type /invite @HeadsUp; or "
        "name another one",
    ),
    "restricted_action": (_FEW, _LET),
    "restricted_action_read_only_channel": (_FEW, _LET),
}
"""What keeps the app from writing in a channel, and the click that mends it; "" where the id may be wrong as well."""
_CLOCK = "let the machine keep the time by itself: timedatectl set-ntp true"


async def look(settings: SlackSettings, clock: Clock, organiser: str = "") -> list[Finding]:
    """Everything that is not well. `organiser`, by their id, is whose Home tab is looked at; the app's own where nobody
    is named. Never raises for what Slack or an operator can do wrong."""
    calls = Calls(settings, clock)
    try:
        return [finding async for finding in _all(settings, calls, clock, organiser)]
    finally:
        await calls.close()


async def _all(settings: SlackSettings, calls: Calls, clock: Clock, organiser: str) -> AsyncIterator[Finding]:
    if not settings.bot_token:
        yield Finding(ERROR, "slack.bot_token", "there is no bot token", WHERE["bot_token"])
        return
    try:
        answer = await calls.answer("auth.test")
    except Failed as failed:
        yield _failed("slack.bot_token", failed, WHERE["bot_token"])
        return
    for finding in (*_workspace(settings, answer.data), *_scopes(answer.headers), *_time(answer.headers, clock)):
        yield finding
    async for finding in _heard(settings, calls):
        yield finding
    me = str(answer.data.get("user_id") or "")
    async for finding in _channels(settings, calls, me):
        yield finding
    async for finding in _home(calls, organiser or me):
        yield finding


def _workspace(settings: SlackSettings, me: Mapping[str, Any]) -> list[Finding]:
    team = str(me.get("team_id"))
    if team in settings.workspaces:
        return []
    says = f"the bot token belongs to the workspace {team}, which is not served"
    return [Finding(ERROR, "slack.workspaces", says, f'if that is yours, write: workspaces = ["{team}"]')]


def _scopes(headers: Mapping[str, Any]) -> list[Finding]:
    given = {one.strip() for one in str(_header(headers, "x-oauth-scopes")).split(",")}
    lacking = [(name, f"the app lacks the right {name}: {why}") for name, why in SCOPES.items() if name not in given]
    found = [Finding(ERROR, "slack.bot_token", says, _SCOPES) for _, says in lacking]
    says = "the app has the right {}, with which it could read what members are told that it cannot"
    return found + [Finding(ERROR, "slack.bot_token", says.format(one), _SCOPES) for one in NEVER if one in given]


def _time(headers: Mapping[str, Any], clock: Clock) -> list[Finding]:
    try:
        theirs = parsedate_to_datetime(str(_header(headers, "date")))
    except ValueError:
        return []
    off = clock.now() - theirs
    if abs(off) <= OFF:
        return []
    minutes = round(abs(off).total_seconds() / 60)
    says = f"this machine’s clock is {minutes} minutes {'ahead of' if off > timedelta() else 'behind'} Slack’s"
    return [Finding(ERROR, "clock", says, _CLOCK)]


async def _heard(settings: SlackSettings, calls: Calls) -> AsyncIterator[Finding]:
    """Whether Slack can be heard: by a socket, or by requests whose signature we can tell."""
    if settings.is_http:
        if not settings.signing_secret:
            yield Finding(ERROR, "slack.signing_secret", "there is no signing secret", WHERE["signing_secret"])
        return
    if not settings.app_token:
        yield Finding(ERROR, "slack.app_token", "there is no app-level token", WHERE["app_token"])
        return
    try:
        await calls("apps.connections.open", app_token=settings.app_token)
    except Failed as failed:
        yield _failed("slack.app_token", failed, WHERE["app_token"])


async def _channels(settings: SlackSettings, calls: Calls, me: str) -> AsyncIterator[Finding]:
    """Whether the app sees each channel, and may write there; and that the organisers have one."""
    if ORGANISERS.name not in settings.channels:
        says = "the organisers have no channel, so nobody hears who waits to be let in"
        yield Finding(ERROR, _place(ORGANISERS.name), says, _channel(ORGANISERS.name))
    for name, without in WITHOUT.items():
        if name not in settings.channels:
            yield Finding(WARNING, _place(name), f"there is none, so {without}", _channel(name))
    for name, id in settings.channels.items():
        async for finding in _into(name, id, calls, me):
            yield finding


async def _into(name: str, id: str, calls: Calls, me: str) -> AsyncIterator[Finding]:
    """Asked for a message that is not there, and then with a word to the app itself, which nobody sees: that tells more
    than the rights to look at channels would, and needs none."""
    try:
        await _told(calls, "chat.getPermalink", but="message_not_found", channel=id, message_ts="1.000000")
        await calls("chat.postEphemeral", channel=id, user=me, text="check")
    except Failed as failed:
        if failed.error in _CLOSED:
            says, mend = _CLOSED[failed.error]
            yield Finding(ERROR, _place(name), says, mend or _channel(name))
        elif not _is_about_us(failed):
            yield _failed(_place(name), failed, _channel(name))


async def _home(calls: Calls, reader: str) -> AsyncIterator[Finding]:
    """Whether the app has a Home tab: a page of a hash that never was. A page that is there stays as it is; where none
    is yet, this one is drawn over as soon as it is opened."""
    page = draw_home(View(()), {})
    try:
        await _told(calls, "views.publish", but="hash_conflict", user_id=reader, view=page, hash="0.check")
    except Failed as failed:
        if failed.error == "not_enabled":
            yield Finding(ERROR, "slack.home", "the app has no Home tab", _HOME)
        elif not _is_about_us(failed):
            yield _failed("slack.home", failed, _HOME)


async def _told(calls: Calls, method: str, but: str, **arguments: Any) -> None:
    """Call it; that one refusal is as good as an answer."""
    try:
        await calls(method, **arguments)
    except Failed as failed:
        if failed.error != but:
            raise


def _is_about_us(failed: Failed) -> bool:
    """Whether Slack did not like how it was asked, which says nothing of how the app was set up."""
    return isinstance(failed.outcome, Refused) and failed.outcome.why in (Why.MALFORMED, Why.CLOSED, Why.GONE)


def _place(name: str) -> str:
    return f"slack.channels.{name}"


def _channel(name: str) -> str:
    return (
        "in Slack, open that channel, type /invite @HeadsUp, and copy the Channel ID from the very end of what Slack "
        f'shows about it: channels = {{ {name} = "C0123ABCD" }}'
    )


def _failed(where: str, failed: Failed, mend: str) -> Finding:
    """What Slack said; the mend is ours only where the operator has to act in Slack."""
    outcome = failed.outcome
    if isinstance(outcome, Refused) and outcome.why is Why.FORBIDDEN:
        return Finding(ERROR, where, outcome.says.partition(";")[0], mend)
    return Finding(ERROR, where, outcome.says, "look whether this machine reaches slack.base_url, and check once more")


def _header(headers: Mapping[str, Any], name: str) -> str:
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")
