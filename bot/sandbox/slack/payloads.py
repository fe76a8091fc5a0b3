"""The payloads that Slack sends to an app (slack-platform §1.2, §2)."""

import secrets
from typing import Any, Literal

from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.team import APP_ID, BOT_USER, TEAM_DOMAIN, TEAM_ID, Channel, User
from bot.sandbox.slack.views import View

Interaction = Literal[
    "block_actions", "block_suggestion", "message_action", "shortcut", "view_closed", "view_submission"
]
Event = Literal["app_home_opened"]


def channel_name(channel: Channel) -> str:
    """Return the name that payloads show; private conversations keep theirs."""
    if channel.im_user is not None:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def command(user: User, channel: Channel, **typed: str) -> dict[str, str]:
    """Return the form fields of a slash command; `typed` are command, text, response_url and trigger_id."""
    return {
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        **typed,
    }


def interaction(kind: Interaction, user: User) -> dict[str, Any]:
    """Return what all interaction payloads share."""
    return {
        "type": kind,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": APP_ID,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def where_message(message: Message, channel: Channel) -> dict[str, Any]:
    """Return the fields of an interaction on a message; an ephemeral one is named but not enclosed."""
    ephemeral = message.only_for is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    fields: dict[str, Any] = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    if not ephemeral:
        fields["message"] = message.wire()
    return fields


def where_view(view: View) -> dict[str, Any]:
    """Return the fields of an interaction on a view."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.wire()}


def event(kind: Event, content: dict[str, Any], now: float) -> dict[str, Any]:
    """Return the envelope of an event."""
    return {
        "type": "event_callback",
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": {"type": kind, **content},
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(now),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            },
        ],
        "is_ext_shared_channel": False,
    }
