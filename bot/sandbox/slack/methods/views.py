"""views.*: modals and Home tabs as the app opens and changes them (slack-platform §2.4)."""

from typing import Any

from bot.sandbox.slack.arguments import text_argument
from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.methods.call import Arguments
from bot.sandbox.slack.world import World


def open_(world: World, arguments: Arguments) -> dict[str, Any]:
    """Show a modal to the person whose trigger_id it is."""
    trigger = world.triggers.peek(arguments.get("trigger_id"))
    view = world.views.open(trigger.user, arguments.get("view"), trigger.conversation)
    trigger.used = True
    return {"view": view.wire()}


def push(world: World, arguments: Arguments) -> dict[str, Any]:
    """Show a modal on top of the open one."""
    trigger = world.triggers.peek(arguments.get("trigger_id"))
    view = world.views.push(trigger.user, arguments.get("view"), trigger.conversation)
    trigger.used = True
    return {"view": view.wire()}


def update(world: World, arguments: Arguments) -> dict[str, Any]:
    """Show another version of a view named by `view_id` or `external_id`."""
    view_id, external_id = text_argument(arguments, "view_id"), text_argument(arguments, "external_id")
    if (view_id is None) == (external_id is None):
        raise ApiError("invalid_arguments")
    view = world.views.named(view_id, external_id)
    return {"view": world.views.update(view, arguments.get("view"), text_argument(arguments, "hash")).wire()}


def publish(world: World, arguments: Arguments) -> dict[str, Any]:
    """Show a person's Home tab."""
    if not world.manifest.home_tab:
        raise ApiError("not_enabled")
    user = world.store.users.get(text_argument(arguments, "user_id") or "")
    if user is None or user.is_bot:
        raise ApiError("user_not_found")
    return {"view": world.views.publish(user.id, arguments.get("view"), text_argument(arguments, "hash")).wire()}
