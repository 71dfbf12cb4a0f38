"""The errors that Slack documents for each method an app like ours uses, read off the methods' pages in 2026."""

_EVERYWHERE = """
    access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted
    fatal_error internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset
    invalid_form_data invalid_post_type method_deprecated missing_post_type missing_scope no_permission
    not_allowed_token_type not_authed org_login_required ratelimited request_timeout service_unavailable
    team_access_not_granted team_added_to_org token_expired token_revoked two_factor_setup_required
"""
"""On every method's page."""

_POSTING = """
    channel_not_found is_archived msg_too_long no_text not_in_channel too_many_attachments invalid_blocks
    invalid_blocks_format message_limit_exceeded messages_tab_disabled rate_limited restricted_action
    restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked
    restricted_action_thread_only_channel slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
    slack_connect_lists_sharing_blocked as_user_not_supported
"""
_METADATA = """
    invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app metadata_too_large
    markdown_text_conflict
"""
_TRIGGER = """
    exchanged_trigger_id expired_trigger_id invalid_trigger_id view_too_large duplicate_external_id not_found
    push_limit_reached
"""
_OWN: dict[str, str] = {
    "api.test": "",
    "apps.connections.open": "forbidden_team internal_error",
    "auth.test": "",
    "bots.info": "bot_not_found",
    "chat.delete": """
        channel_not_found message_not_found cant_delete_message compliance_exports_prevent_deletion is_archived
        not_in_channel streaming_state_conflict rate_limited
    """,
    "chat.getPermalink": "channel_not_found message_not_found",
    "chat.postEphemeral": f"{_POSTING} user_not_in_channel",
    "chat.postMessage": f"""
        {_POSTING} {_METADATA} app_access_restricted agent_prompt_display_not_allowed attachment_payload_limit_exceeded
        cannot_reply_to_message draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
        duplicate_channel_not_found duplicate_message_not_found missing_file_data msg_blocks_too_long
        send_on_behalf_not_allowed team_not_found too_many_contact_cards
    """,
    "chat.update": f"""
        {_METADATA} as_user_not_supported block_mismatch blocked_file_type cant_broadcast_message cant_update_message
        channel_not_found edit_window_closed external_channel_migrating file_deleted file_is_deleted file_not_found
        file_share_limit_reached invalid_attachments invalid_blocks invalid_blocks_format is_inactive
        max_file_sharing_exceeded message_limit_exceeded message_not_found msg_too_long
        no_dual_broadcast_content_update no_text posting_to_channel_denied slack_connect_blocked_file_type
        slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked
        slack_connect_file_upload_sharing_blocked streaming_state_conflict team_not_found too_many_attachments
        unable_to_share_files update_failed
    """,
    "conversations.history": """
        channel_not_found invalid_cursor invalid_limit invalid_ts_latest invalid_ts_oldest invalid_metadata_filter_keys
        pagination_not_available not_in_channel
    """,
    "conversations.info": "channel_not_found",
    "conversations.join": "channel_not_found is_archived method_not_supported_for_channel_type restricted_action",
    "conversations.list": "invalid_cursor invalid_limit invalid_types team_not_found",
    "conversations.members": "channel_not_found invalid_cursor invalid_limit fetch_members_failed",
    "conversations.open": """
        channel_not_found user_not_found user_not_visible user_disabled users_list_not_supplied not_enough_users
        too_many_users method_not_supported_for_channel_type invalid_user_combination cannot_dm_bot
    """,
    "files.completeUploadExternal": """
        invalid_channel channel_not_found not_in_channel posting_to_channel_denied file_not_found file_update_failed
        channels_limit_exceeded is_archived invalid_blocks invalid_blocks_format
    """,
    "files.delete": "file_not_found file_deleted cant_delete_file",
    "files.getUploadURLExternal": """
        alt_txt_too_large file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled
        file_type_not_allowed missing_argument snippet_too_large storage_limit_reached unknown_snippet_type
        unknown_subtype unknown_type
    """,
    "files.info": "file_not_found file_deleted",
    "pins.add": """
        already_pinned bad_timestamp channel_not_found external_channel_migrating file_not_found file_not_shared
        is_archived message_not_found no_item_specified not_in_channel not_pinnable permission_denied
    """,
    "pins.remove": """
        bad_timestamp channel_not_found external_channel_migrating file_comment_not_found file_not_found
        message_not_found no_item_specified no_pin not_pinned restricted_action
    """,
    "team.info": "team_not_found",
    "users.info": "user_not_found user_not_visible",
    "users.list": "invalid_cursor invalid_limit limit_required",
    "views.open": _TRIGGER,
    "views.publish": "duplicate_external_id hash_conflict not_enabled not_found view_too_large",
    "views.push": _TRIGGER,
    "views.update": "duplicate_external_id hash_conflict not_found view_too_large",
}

DOCUMENTED: dict[str, frozenset[str]] = {name: frozenset(f"{_EVERYWHERE} {own}".split()) for name, own in _OWN.items()}
"""By method."""
