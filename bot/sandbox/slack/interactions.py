"""What a person does in channels and on Home: commands, presses, shortcuts, opening Home.

Each function returns the reply of its `/workspace` call, `{status, ack_ms, error}` and more; `delivered` is false
where a client would not have asked the app. Each raises Refused for what a client would not let a person do.
"""

import asyncio
from typing import Any

from bot.sandbox.slack import choices, payloads
from bot.sandbox.slack.blockkit.elements import CHOICE_FIELD, pairs, state_values
from bot.sandbox.slack.composing import compose
from bot.sandbox.slack.delivery import TIMEOUT, Ack, Envelope
from bot.sandbox.slack.errors import ApiError, Refused
from bot.sandbox.slack.store import content
from bot.sandbox.slack.team import Channel, User
from bot.sandbox.slack.views import View
from bot.sandbox.slack.world import World

NOT_DELIVERED: dict[str, Any] = {"status": 200, "ack_ms": 0, "error": None, "delivered": False}
# At once, after a minute, after five (slack-platform §6.5).
EVENT_RETRIES = (0, 60, 300)


def text_field(asked: dict[str, Any], name: str) -> str:
    """Return a needed text of a request. Raises Refused 400."""
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(400, f"{name} must be a text")
    return value


async def command(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """Type a line that begins with a command of the app."""
    person = world.store.person(asked.get("user"))
    channel = world.store.channel_of(person.id, asked.get("channel"))
    line = text_field(asked, "text")
    parts = line.split(None, 1)
    name = parts[0] if parts else ""
    if not line.startswith("/") or name not in world.manifest.commands:
        raise Refused(404, f"{name or line!r} is no command of this workspace")
    if channel.archived:
        raise Refused(400, f"{channel.id} is archived")
    # Everything after the first white space arrives as it was typed.
    text = line[len(name) + 1 :]
    form = payloads.command(
        person,
        channel,
        command=name,
        text=text,
        response_url=world.response_urls.issue(person.id, channel.id),
        trigger_id=world.triggers.issue(person.id, channel.id),
    )
    ack = await world.delivery.deliver(Envelope("slash_commands", form))
    error = ack.error or _answer_command(world, channel, person, line, ack)
    if error is not None:
        world.store.whisper(channel, person.id, f'{name} failed with the error "{error}"')
    return {**ack.outcome(), "error": error}


def _answer_command(world: World, channel: Channel, person: User, line: str, ack: Ack) -> str | None:
    """Show what the ack of a command says; return an error if it cannot be shown."""
    if not ack.body.strip():
        return None
    sent = ack.json()
    if not isinstance(sent, dict):
        sent = {"text": ack.body}
    public = sent.get("response_type") == "in_channel"
    shown = None
    if any(sent.get(name) for name in ("text", "blocks", "attachments")):
        try:
            shown = compose(sent, sum_limit=False)
        except ApiError as error:
            return error.code
    if public:
        world.store.post(channel, content(line), user=person.id)
    if shown is not None:
        world.store.post(channel, shown, only_for=None if public else person.id)
    return None


async def press(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """Press or choose something on a message, or with `view_id` on a modal or Home."""
    person = world.store.person(asked.get("user"))
    if asked.get("view_id"):
        return await _press_view(world, asked, person)
    channel = world.store.channel_of(person.id, asked.get("channel"))
    message = world.store.find(channel.id, text_field(asked, "ts"), person.id)
    if message is None:
        raise Refused(404, f"{person.id} sees no message {asked['ts']} in {channel.id}")
    block, element = choices.find([version.blocks for version in message.versions], asked, person.id)
    action = choices.action(world.store, block, element, asked, world.clock.next_ts())
    chosen = message.chosen.setdefault(person.id, {})
    _remember(chosen, block, element, action)
    if _is_silent(block):
        return dict(NOT_DELIVERED)
    payload = {
        **payloads.interaction("block_actions", person),
        **payloads.where_message(message, channel),
        "trigger_id": world.triggers.issue(person.id, channel.id),
        "response_url": world.response_urls.issue(person.id, channel.id, message),
        "state": {"values": state_values(message.content.blocks, chosen)},
        "actions": [action],
    }
    ack = await _interact(world, payload)
    if world.store.find(channel.id, message.ts, person.id) is message:
        world.store.warn(message, person.id, ack.error)
    return ack.outcome()


async def _press_view(world: World, asked: dict[str, Any], person: User) -> dict[str, Any]:
    view = world.views.of(person.id, asked["view_id"])
    fill(world, view, asked.get("values") or {})
    block, element = choices.find(view.versions, asked, person.id)
    action = choices.action(world.store, block, element, asked, world.clock.next_ts())
    _remember(view.chosen, block, element, action)
    if _is_silent(block):
        return dict(NOT_DELIVERED)
    payload = {
        **payloads.interaction("block_actions", person),
        **payloads.where_view(view),
        "trigger_id": world.triggers.issue(person.id, view.conversation),
        "actions": [action],
    }
    ack = await _interact(world, payload)
    world.views.show_result(view, warning=ack.error, errors=view.errors)
    return ack.outcome()


def fill(world: World, view: View, values: object) -> None:
    """Enter values `{block_id: {action_id: element}}` into a view. Raises Refused 400 for what is not there."""
    if not isinstance(values, dict) or not all(isinstance(entries, dict) for entries in values.values()):
        raise Refused(400, "values must be {block_id: {action_id: element}}")
    elements = {(block["block_id"], element["action_id"]): element for block, element in pairs(view.blocks)}
    filled = {}
    for block_id, entries in values.items():
        for action_id, entered in entries.items():
            element = elements.get((block_id, action_id))
            if element is None or element["type"] not in CHOICE_FIELD:
                raise Refused(400, f"The view has no input {action_id!r} in block {block_id!r}")
            if not isinstance(entered, dict):
                raise Refused(400, f'{block_id}/{action_id} must be an object such as {{"value": "…"}}')
            filled[block_id, action_id] = choices.choose(world.store, element, entered)
    view.chosen.update(filled)


def _remember(
    chosen: dict[tuple[str, str], Any],
    block: dict[str, Any],
    element: dict[str, Any],
    action: dict[str, Any],
) -> None:
    if element["type"] in CHOICE_FIELD:
        chosen[block["block_id"], element["action_id"]] = action[CHOICE_FIELD[element["type"]]]


def _is_silent(block: dict[str, Any]) -> bool:
    """Tell whether Slack keeps a choice to itself until the form is submitted."""
    return block["type"] == "input" and block.get("dispatch_action") is not True


async def _interact(world: World, payload: dict[str, Any]) -> Ack:
    if not world.manifest.interactive:
        raise Refused(400, "The manifest switches interactivity off")
    return await world.delivery.deliver(Envelope("interactive", payload))


async def shortcut(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """Use a global shortcut, or one of a message named by `channel` and `ts`."""
    person = world.store.person(asked.get("user"))
    callback_id = text_field(asked, "callback_id")
    registered = world.manifest.shortcuts.get(callback_id)
    if registered is None:
        raise Refused(404, f"{callback_id!r} is no shortcut of this workspace")
    if registered.kind != "message":
        payload = {
            **payloads.interaction("shortcut", person),
            "callback_id": callback_id,
            "trigger_id": world.triggers.issue(person.id, None),
            "action_ts": world.clock.next_ts(),
        }
        return (await _interact(world, payload)).outcome()
    channel = world.store.channel_of(person.id, asked.get("channel"))
    message = world.store.find(channel.id, text_field(asked, "ts"))
    if message is None:
        raise Refused(404, f"{channel.id} has no message {asked['ts']} that everybody sees")
    payload = {
        **payloads.interaction("message_action", person),
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(person.id, channel.id),
        "response_url": world.response_urls.issue(person.id, channel.id),
        "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
        "message_ts": message.ts,
        "message": message.wire(),
        "action_ts": world.clock.next_ts(),
    }
    return (await _interact(world, payload)).outcome()


async def open_home(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """Open the Home tab, which tells an app that subscribed to `app_home_opened`."""
    person = world.store.person(asked.get("user"))
    if not world.manifest.home_tab:
        raise Refused(404, "The manifest has no Home tab")
    if "app_home_opened" not in world.manifest.bot_events:
        return dict(NOT_DELIVERED)
    im = world.store.im_with(person.id)
    content: dict[str, Any] = {
        "user": person.id,
        "channel": im.id if im is not None else "",
        "tab": "home",
        "event_ts": world.clock.next_ts(),
    }
    home = world.views.homes.get(person.id)
    if home is not None:
        content["view"] = home.wire()
    return (await send_event(world, "app_home_opened", content)).outcome()


async def send_event(world: World, kind: payloads.Event, content: dict[str, Any]) -> Ack:
    """Deliver an event; a failed first try is repeated in the background."""
    payload = payloads.event(kind, content, world.clock.now())
    ack = await world.delivery.deliver(Envelope("events_api", payload))
    if ack.error is not None and ack.retry:
        world.spawn(_repeat(world, payload, ack))
    return ack


async def _repeat(world: World, payload: dict[str, Any], ack: Ack) -> None:
    for attempt, delay in enumerate(EVENT_RETRIES, 1):
        await asyncio.sleep(delay)
        reason = "http_timeout" if ack.error == TIMEOUT else "http_error" if ack.status else "connection_failed"
        ack = await world.delivery.deliver(Envelope("events_api", payload, attempt, reason))
        if ack.error is None or not ack.retry:
            return
