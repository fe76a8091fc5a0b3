"""auth.*, users.*, usergroups.* and the methods that belong to no resource."""

from typing import Any

from bot.sandbox.slack.arguments import flag, text_argument
from bot.sandbox.slack.blockkit import check_blocks, check_view
from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.methods.call import Arguments, page
from bot.sandbox.slack.team import BOT_ID, BOT_USER, TEAM_ID, TEAM_NAME
from bot.sandbox.slack.world import World


def api_test(_world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the arguments; `error` makes it fail."""
    error = text_argument(arguments, "error")
    if error is not None:
        raise ApiError(error, args=arguments)
    return {"args": arguments}


def auth_test(world: World, _arguments: Arguments) -> dict[str, Any]:
    """Return whose token it is."""
    return {
        "url": f"{world.response_urls.base_url}/",
        "team": TEAM_NAME,
        "user": world.manifest.bot_name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _sees_email(world: World) -> bool:
    return "users:read.email" in world.manifest.bot_scopes


def info(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return one person. Raises ApiError `user_not_found`."""
    user = world.store.users.get(text_argument(arguments, "user") or "")
    if user is None:
        raise ApiError("user_not_found")
    return {"user": user.wire(email=_sees_email(world))}


def list_(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return everybody."""
    everybody = [user.wire(email=_sees_email(world)) for user in world.store.users.values()]
    members, metadata = page(arguments, everybody)
    return {"members": members, "cache_ts": int(world.clock.now()), "response_metadata": metadata}


def usergroups_list(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the groups; their people only with `include_users`."""
    with_users = flag(arguments, "include_users")
    return {"usergroups": [group.wire(users=with_users) for group in world.store.groups.values()]}


def usergroups_users_list(world: World, arguments: Arguments) -> dict[str, Any]:
    """Return the people of one group. Raises ApiError `no_such_subteam`."""
    group = world.store.groups.get(text_argument(arguments, "usergroup") or "")
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": list(group.users)}


def blocks_validate(_world: World, arguments: Arguments) -> dict[str, Any]:
    """Check exactly one of `blocks`, `message` and `view`."""
    given = [name for name in ("blocks", "message", "view") if arguments.get(name) is not None]
    if len(given) != 1:
        raise ApiError("invalid_arguments")
    payload = arguments[given[0]]
    if given[0] == "view":
        kind = payload.get("type") if isinstance(payload, dict) else None
        problems = check_view(payload, "home" if kind == "home" else "modal")
    elif given[0] == "message":
        blocks = payload.get("blocks") if isinstance(payload, dict) else None
        problems = check_blocks(blocks, "message", "/message/blocks")
    else:
        problems = check_blocks(payload, "message")
    if problems:
        raise ApiError("invalid_blocks", response_metadata={"messages": [str(problem) for problem in problems]})
    return {}
