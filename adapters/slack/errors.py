"""What each of Slack's errors means for a letter: one table, and how a call that failed is read by it.

Slack documents that other errors may come "where the service is down": what the table does not know is unclear, so
that it is looked for before it is said again.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError, InvalidURL
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.chat.outbound import Refused, Unclear, Why

_INVITE = "in Slack, open that channel and type: /invite @HeadsUp"
_RESTART = "and restart HeadsUp, which reads it at the start alone"
_REINSTALL = (
    "in the app's settings under OAuth & Permissions, press Reinstall, put the new token where it is read from, "
    f"{_RESTART}"
)
_APP_LEVEL = (
    "in the app's settings under Basic Information, App-Level Tokens, generate one with connections:write, put it into "
    f"the file that HEADSUP_SLACK__APP_TOKEN_FILE names, {_RESTART}"
)
_SCOPE = (
    "add the scope in the app's settings under OAuth & Permissions (`headsup check` names it), then press Reinstall"
)
_ADMIN = "an admin of the workspace has to allow it, in Slack's own settings"
_TABS = "in the app's settings under App Home, switch on Home Tab and Messages Tab, with messages from people allowed"
_NEWER = "install a newer HeadsUp"

_UNCLEAR = "fatal_error internal_error service_unavailable"

_WHY = {
    Why.SLOW_DOWN: "ratelimited rate_limited",
    Why.TRY_LATER: """
        team_added_to_org org_login_required external_channel_migrating request_timeout update_failed
        streaming_state_conflict fetch_members_failed file_update_failed unable_to_share_files hash_conflict
    """,
    Why.CLOSED: """
        user_not_visible invalid_user_combination cannot_dm_bot user_not_in_channel
    """,
    Why.GONE: """
        channel_not_found invalid_channel user_not_found users_not_found user_disabled message_not_found
        file_not_found file_deleted file_is_deleted not_found thread_not_found bot_not_found expired_trigger_id
        exchanged_trigger_id invalid_trigger_id is_inactive expired_url used_url no_service
        file_comment_not_found
    """,
    Why.MALFORMED: """
        invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type
        missing_post_type missing_argument invalid_json json_not_object invalid_payload no_text msg_too_long
        msg_blocks_too_long invalid_blocks invalid_blocks_format invalid_attachments too_many_attachments
        too_many_contact_cards attachment_payload_limit_exceeded invalid_metadata_format invalid_metadata_schema
        metadata_too_large markdown_text_conflict as_user_not_supported cannot_reply_to_message
        cant_broadcast_message no_dual_broadcast_content_update block_mismatch missing_file_data
        duplicate_channel_not_found duplicate_message_not_found draft_already_deleted draft_already_sent
        draft_has_conflict draft_not_found agent_prompt_display_not_allowed send_on_behalf_not_allowed
        cant_update_message edit_window_closed cant_delete_message users_list_not_supplied not_enough_users
        too_many_users method_not_supported_for_channel_type view_too_large duplicate_external_id
        push_limit_reached invalid_cursor invalid_limit limit_required invalid_types invalid_ts_latest
        invalid_ts_oldest invalid_metadata_filter_keys alt_txt_too_large file_share_limit_reached
        max_file_sharing_exceeded unknown_method snippet_too_large unknown_snippet_type unknown_subtype
        unknown_type channels_limit_exceeded already_pinned pagination_not_available bad_timestamp file_not_shared
        no_item_specified not_pinnable no_pin not_pinned
    """,
}

_OPERATOR = {
    _REINSTALL: """
        not_authed invalid_auth account_inactive token_revoked token_expired not_allowed_token_type
    """,
    _SCOPE: """
        missing_scope no_permission
    """,
    _INVITE: """
        not_in_channel is_archived posting_to_channel_denied
    """,
    _TABS: """
        messages_tab_disabled not_enabled
    """,
    _NEWER: """
        method_deprecated deprecated_endpoint metadata_must_be_sent_from_app upgrade_required
    """,
    _ADMIN: """
        access_denied accesslimited ekm_access_denied enterprise_is_restricted two_factor_setup_required
        team_access_not_granted team_not_found app_access_restricted message_limit_exceeded restricted_action
        restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel restricted_action_thread_locked blocked_file_type
        compliance_exports_prevent_deletion file_uploads_disabled file_uploads_except_images_disabled
        storage_limit_reached file_type_not_allowed file_upload_size_restricted cant_delete_file
        slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
        slack_connect_lists_sharing_blocked forbidden_team permission_denied
    """,
}

UNCLEAR = frozenset(_UNCLEAR.split())
"""Slack says of them that the call may have been done all the same."""

TABLE: Mapping[str, Why] = {
    **{error: why for why, errors in _WHY.items() for error in errors.split()},
    **{error: Why.FORBIDDEN for errors in _OPERATOR.values() for error in errors.split()},
}
"""Each documented error that is a definite refusal, and its class."""

MENDS: Mapping[str, str] = {error: mend for mend, errors in _OPERATOR.items() for error in errors.split()}
"""What mends an error that only the operator can mend, where it was the bot's token that called."""

_BY_APP_TOKEN = frozenset({"apps.connections.open"})
"""Methods that are called with the other token, which has a page of its own."""

_A_PROXY = "is something between this machine and Slack that answers for it? look at slack.base_url and at the proxy"


_NO_FILE = "invalid slack file"
"""Among the errors of blocks, each with a pointer to where: no word of Slack's documents, but what it answers."""
_DIGITS = 6
"""Of Retry-After, which is in seconds: more would be no wait, but a mistake."""


class Failed(Exception):
    """A call that did not do what it should. `outcome` is what it means for a letter, `error` Slack's own name for it
    (empty where Slack did not answer), `needed` the scope it lacked."""

    def __init__(self, outcome: Refused | Unclear, error: str = "", needed: str = "") -> None:
        super().__init__(outcome.says)
        self.outcome, self.error, self.needed = outcome, error, needed


class NotReady(Failed):
    """Slack does not know the file that a block shows: it ends an upload some moments after it answers."""


def read_failure(method: str, error: BaseException) -> Failed:
    """What it means that a call of this method raised that. No word of what was sent is in it."""
    match error:
        case SlackApiError(response=response):
            return _answered(method, response)
        case ClientConnectorError() | ConnectionTimeoutError():
            return Failed(Refused(Why.TRY_LATER, f"{method}: Slack cannot be reached ({type(error).__name__})"))
        case InvalidURL():
            return Failed(Refused(Why.FORBIDDEN, f"{method}: slack.base_url is no address"))
        case ClientError() | TimeoutError() | asyncio.TimeoutError() | OSError() | SlackClientError():
            return Failed(Unclear(f"{method}: {type(error).__name__}"))
        case _:
            raise error


def read_status(method: str, status: int, body: str = "") -> Failed:
    """What it means that something which is no method was answered with this status, and perhaps an error's name."""
    error = "ratelimited" if status == 429 else body if body in TABLE else ""
    return Failed(refusal(method, error) if error else _unnamed(method, status), error)


def refusal(method: str, error: str, wait: timedelta | None = None, needed: str = "") -> Refused | Unclear:
    """What an error's name means; `needed` is the scope that is missing."""
    why = TABLE.get(error)
    if why is None:
        return Unclear(f"{method}: {error}")
    what = f"{error} ({needed})" if needed else error
    says = "; ".join(filter(None, (f"{method}: {what}", _mend(method, error))))
    return Refused(why, says, wait if why is Why.SLOW_DOWN else None)


def _mend(method: str, error: str) -> str | None:
    mend = MENDS.get(error)
    return _APP_LEVEL if method in _BY_APP_TOKEN and mend in (_REINSTALL, _SCOPE) else mend


def _answered(method: str, response: Any) -> Failed:
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    error = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429:
        error = error or "ratelimited"
    if not error:
        return Failed(_unnamed(method, status))
    needed = str(data.get("needed") or "") if isinstance(data, dict) else ""
    kind = NotReady if error == "invalid_blocks" and _NO_FILE in str(data) else Failed
    return kind(refusal(method, error, _wait(response), needed), error, needed)


def _unnamed(method: str, status: int) -> Refused | Unclear:
    """An answer that is not in Slack's own form: after a 4xx nothing was done."""
    if 400 <= status < 500:
        return Refused(Why.FORBIDDEN, f"{method}: HTTP {status}; {_A_PROXY}")
    return Unclear(f"{method}: HTTP {status}")


def _wait(response: Any) -> timedelta | None:
    headers = getattr(response, "headers", None) or {}
    given = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    return timedelta(seconds=int(given)) if given.isdecimal() and len(given) < _DIGITS else None
