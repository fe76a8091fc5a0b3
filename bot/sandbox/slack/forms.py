"""What a person does in modals: submitting, closing, asking for type-ahead options."""

from typing import Any

from bot.sandbox.slack import choices, payloads
from bot.sandbox.slack.blockkit.check import Check
from bot.sandbox.slack.blockkit.elements import CHOICE_FIELD, EXTERNAL, pairs, state_values
from bot.sandbox.slack.blockkit.option_rules import suggestions
from bot.sandbox.slack.delivery import Ack, Envelope
from bot.sandbox.slack.errors import ApiError, Refused
from bot.sandbox.slack.interactions import NOT_DELIVERED, fill, text_field
from bot.sandbox.slack.team import User
from bot.sandbox.slack.views import View
from bot.sandbox.slack.world import World

# What the app said cannot be shown; Slack's clients speak of trouble connecting.
INVALID_RESPONSE = "invalid_response"
MIN_QUERY_LENGTH = 3


async def submit(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """Submit the top modal with `values`; the reply adds `response_action` and `errors`.

    Raises Refused 400 with `errors` where a client holds the form back: a required input is empty, a text too short.
    """
    person = world.store.person(asked.get("user"))
    view = world.views.of(person.id, text_field(asked, "view_id"))
    if view.payload["type"] != "modal":
        raise Refused(400, "Only a modal can be submitted")
    if view.payload.get("submit") is None:
        raise Refused(400, "The view has no submit button")
    fill(world, view, asked.get("values") or {})
    if errors := _held_back(view):
        raise Refused(400, "The form is not complete", errors=errors)
    payload = {
        **payloads.interaction("view_submission", person),
        "view": view.wire(),
        "trigger_id": world.triggers.issue(person.id, view.conversation),
        "response_urls": _response_urls(world, person, view),
    }
    ack = await world.delivery.deliver(Envelope("interactive", payload))
    answer = ack.json()
    action = answer.get("response_action") if isinstance(answer, dict) else None
    error = ack.error
    if error is None:
        error = _follow(world, view, ack, answer)
    if error is not None:
        world.views.show_result(view, warning=error)
    return {**ack.outcome(response_action=action, errors=view.errors or None), "error": error}


def _held_back(view: View) -> dict[str, str]:
    values = state_values(view.blocks, view.chosen, view.conversation)
    errors = {}
    for block, element in pairs(view.blocks):
        if block["type"] != "input":
            continue
        choice = values[block["block_id"]][element["action_id"]][CHOICE_FIELD[element["type"]]]
        if choice is None or choice in ("", []):
            if block.get("optional") is not True:
                errors[block["block_id"]] = "This field is required"
        elif isinstance(choice, str) and len(choice) < element.get("min_length", 0):
            errors[block["block_id"]] = f"At least {element['min_length']} characters"
        elif isinstance(choice, str) and len(choice) > element.get("max_length", len(choice)):
            errors[block["block_id"]] = f"At most {element['max_length']} characters"
    return errors


def _response_urls(world: World, person: User, view: View) -> list[dict[str, str]]:
    values = state_values(view.blocks, view.chosen, view.conversation)
    urls = []
    for block, element in pairs(view.blocks):
        if element.get("response_url_enabled") is not True:
            continue
        channel = values[block["block_id"]][element["action_id"]][CHOICE_FIELD[element["type"]]]
        if isinstance(channel, str):
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                    "response_url": world.response_urls.issue(person.id, channel),
                },
            )
    return urls


def _follow(world: World, view: View, ack: Ack, answer: Any) -> str | None:
    """Do what the app answered to a submission; return an error when it makes no sense."""
    if view not in (world.views.stacks.get(view.user) or []):
        return None
    if not ack.body.strip() or answer == {}:
        world.views.close(view)
        return None
    action = answer.get("response_action") if isinstance(answer, dict) else None
    if action == "errors":
        return _show_errors(world, view, answer.get("errors"))
    try:
        if action == "update":
            world.views.update(view, answer.get("view"), None)
        elif action == "push":
            world.views.push(view.user, answer.get("view"), view.conversation)
        elif action == "clear":
            world.views.close(view, clear=True)
        else:
            return INVALID_RESPONSE
    except ApiError as error:
        return error.code
    return None


def _show_errors(world: World, view: View, errors: object) -> str | None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        return INVALID_RESPONSE
    world.views.show_result(view, warning=None, errors={name: str(text) for name, text in errors.items()})
    return None


async def close(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """Close a modal with its close button; `clear` is the X, which closes the whole stack.

    The app hears of it only with `notify_on_close`; the X reports the root view.
    """
    person = world.store.person(asked.get("user"))
    stack = world.views.stacks.get(person.id) or []
    view_id = text_field(asked, "view_id")
    view = next((each for each in stack if each.id == view_id), None)
    if view is None:
        raise Refused(404, f"{person.id} has no open modal {view_id!r}")
    clear = asked.get("clear") is True or view.payload["clear_on_close"] is True or view is not stack[-1]
    reported = stack[0] if clear else view
    payload = {
        **payloads.interaction("view_closed", person),
        "view": reported.wire(),
        "is_cleared": clear,
    }
    world.views.close(view, clear=clear)
    if reported.payload["notify_on_close"] is not True:
        return dict(NOT_DELIVERED)
    return (await world.delivery.deliver(Envelope("interactive", payload))).outcome()


async def options(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """Ask for the type-ahead options of an element on a view, or with `channel` and `ts` on a message.

    The reply adds `options` (and `option_groups` where the app answers so). Nothing is asked below the element's
    `min_query_length`.
    """
    person = world.store.person(asked.get("user"))
    typed = asked.get("value") or ""
    if not isinstance(typed, str):
        raise Refused(400, "value must be a text")
    named = {name: asked[name] for name in ("action_id", "block_id") if asked.get(name)}
    if asked.get("view_id"):
        view = world.views.of(person.id, asked["view_id"])
        versions, where = view.versions, payloads.where_view(view)
    else:
        channel = world.store.channel_of(person.id, asked.get("channel"))
        message = world.store.find(channel.id, text_field(asked, "ts"), person.id)
        if message is None:
            raise Refused(404, f"{person.id} sees no message {asked['ts']} in {channel.id}")
        versions = [version.blocks for version in message.versions]
        where = payloads.where_message(message, channel)
    block, element = choices.find(versions, named, person.id)
    if element["type"] not in EXTERNAL:
        raise Refused(400, f"{element['action_id']} is no type-ahead select")
    if len(typed) < element.get("min_query_length", MIN_QUERY_LENGTH):
        return {**NOT_DELIVERED, "options": []}
    payload = {
        **payloads.interaction("block_suggestion", person),
        **where,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": typed,
    }
    ack = await world.delivery.deliver(Envelope("interactive", payload))
    return _offered(ack)


def _offered(ack: Ack) -> dict[str, Any]:
    answer = ack.json()
    error = ack.error
    if error is None:
        check = Check("modal")
        if isinstance(answer, dict):
            suggestions(check, answer)
        if check.problems or not isinstance(answer, dict):
            error = INVALID_RESPONSE
    if error is not None or not isinstance(answer, dict):
        return {**ack.outcome(options=[]), "error": error}
    if "option_groups" in answer:
        flat = [option for group in answer["option_groups"] for option in group["options"]]
        return ack.outcome(options=flat, option_groups=answer["option_groups"])
    return ack.outcome(options=answer["options"])
