"""Open modals and Home tabs: stacks of three, hashes, external ids (slack-platform §2.4)."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.slack.blockkit import VIEW_BYTES, Surface, check_view, view_bytes
from bot.sandbox.slack.blockkit.elements import state_values, with_ids
from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.errors import ApiError, Refused
from bot.sandbox.slack.feed import Feed
from bot.sandbox.slack.messages import VERSIONS_KEPT
from bot.sandbox.slack.team import APP_ID, BOT_ID, TEAM_ID

if TYPE_CHECKING:
    from collections.abc import Callable

STACK = 3
_SHOWN = (
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "external_id",
    "clear_on_close",
    "notify_on_close",
)


@dataclass(slots=True)
class View:
    """One open view of one user; `conversation` is where it was asked for, if anywhere."""

    id: str
    user: str
    payload: dict[str, Any]
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    conversation: str | None = None
    chosen: dict[tuple[str, str], Any] = field(default_factory=dict)
    earlier: list[list[dict[str, Any]]] = field(default_factory=list)
    warning: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks of the newest version."""
        blocks: list[dict[str, Any]] = self.payload["blocks"]
        return blocks

    @property
    def versions(self) -> list[list[dict[str, Any]]]:
        """All versions of the blocks, oldest first."""
        return [*self.earlier, self.blocks]

    def wire(self) -> dict[str, Any]:
        """Return the view object of the Web API and of interaction payloads."""
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
            **self.payload,
            "hash": self.hash,
            "root_view_id": self.root_view_id,
            "previous_view_id": self.previous_view_id,
            "state": {"values": state_values(self.blocks, self.chosen, self.conversation)},
        }

    def seen(self) -> dict[str, Any]:
        """Return what the person sees: the view with the `errors` beside inputs and the `warning`, null if none."""
        return {**self.wire(), "errors": dict(self.errors), "warning": self.warning}


class Views:
    """Every open modal and published Home of the workspace; `on_change` is called after each change."""

    def __init__(self, clock: Clock, feed: Feed) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.on_change: Callable[[], None] = lambda: None
        self._clock = clock
        self._feed = feed

    def open(self, user: str, payload: object, conversation: str | None) -> View:
        """Show a modal as the root of a new stack. Raises ApiError."""
        view = self._new(user, self._accept(payload, "modal"), conversation)
        self.stacks[user] = [view]
        self._announce(user)
        return view

    def push(self, user: str, payload: object, conversation: str | None) -> View:
        """Show a modal on top of the open ones. Raises ApiError `not_found` without one, `push_limit_reached`."""
        stack = self.stacks.get(user) or []
        if not stack:
            raise ApiError("not_found")
        if len(stack) >= STACK:
            raise ApiError("push_limit_reached")
        view = self._new(user, self._accept(payload, "modal"), conversation)
        view.root_view_id, view.previous_view_id = stack[0].id, stack[-1].id
        stack.append(view)
        self._announce(user)
        return view

    def publish(self, user: str, payload: object, known_hash: str | None) -> View:
        """Show a Home tab. Raises ApiError."""
        accepted = self._accept(payload, "home")
        home = self.homes.get(user)
        if home is None:
            home = self.homes[user] = self._new(user, accepted, None)
        else:
            self._replace(home, accepted, known_hash)
        self._announce_home(home)
        return home

    def update(self, view: View, payload: object, known_hash: str | None) -> View:
        """Show another version of an open view. Raises ApiError `hash_conflict` when `known_hash` is not the newest."""
        home = self.homes.get(view.user) is view
        self._replace(view, self._accept(payload, "home" if home else "modal", replaces=view), known_hash)
        if home:
            self._announce_home(view)
        else:
            self._announce(view.user)
        return view

    def named(self, view_id: object, external_id: object) -> View:
        """Find an open view of anybody, as the app names it. Raises ApiError `not_found`."""
        for view in self._open():
            if view.id == view_id if view_id else external_id and view.payload.get("external_id") == external_id:
                return view
        raise ApiError("not_found")

    def of(self, user: str, view_id: object) -> View:
        """Find the Home or the top modal of a person. Raises Refused 404 or, for a covered modal, 400."""
        stack = self.stacks.get(user) or []
        home = self.homes.get(user)
        for view in [*stack, *([home] if home is not None else [])]:
            if view.id == view_id:
                if view in stack[:-1]:
                    raise Refused(400, f"View {view_id} is covered by another one")
                return view
        raise Refused(404, f"{user} has no open view {view_id!r}")

    def close(self, view: View, *, clear: bool = False) -> None:
        """Close the top modal; `clear` or its own `clear_on_close`-style clearing closes the whole stack."""
        stack = self.stacks.get(view.user) or []
        if clear:
            stack.clear()
        elif view in stack:
            del stack[stack.index(view) :]
        self._announce(view.user)

    def show_result(self, view: View, *, warning: str | None, errors: dict[str, str] | None = None) -> None:
        """Show or remove the warning mark and the errors of the last try."""
        if (view.warning, view.errors) != (warning, errors or {}):
            view.warning, view.errors = warning, errors or {}
            if self.homes.get(view.user) is view:
                self._announce_home(view)
            else:
                self._announce(view.user)

    def _open(self) -> list[View]:
        return [*(view for stack in self.stacks.values() for view in stack), *self.homes.values()]

    def _new(self, user: str, payload: dict[str, Any], conversation: str | None) -> View:
        view_id = f"V{secrets.token_hex(5).upper()}"
        return View(view_id, user, payload, self._hash(), view_id, conversation=conversation)

    def _hash(self) -> str:
        return f"{int(self._clock.now())}.{secrets.token_hex(4)}"

    def _replace(self, view: View, payload: dict[str, Any], known_hash: str | None) -> None:
        if known_hash is not None and known_hash != view.hash:
            raise ApiError("hash_conflict")
        view.earlier.append(view.blocks)
        del view.earlier[:-VERSIONS_KEPT]
        view.payload, view.hash = payload, self._hash()
        view.warning, view.errors = None, {}
        # An input keeps its content only if block_id and action_id stay the same.
        kept = state_values(view.blocks, {})
        view.chosen = {key: value for key, value in view.chosen.items() if key[1] in kept.get(key[0], {})}

    def _accept(self, payload: object, surface: Surface, replaces: View | None = None) -> dict[str, Any]:
        """Return a checked view with all ids. Raises ApiError."""
        if problems := check_view(payload, surface):
            raise ApiError("invalid_arguments", response_metadata={"messages": [str(problem) for problem in problems]})
        if not isinstance(payload, dict):
            raise ApiError("invalid_arguments")
        if view_bytes(payload) > VIEW_BYTES:
            raise ApiError("view_too_large")
        external_id = payload.get("external_id")
        if external_id:
            for view in self._open():
                other = view is not replaces and not (surface == "home" and view.payload["type"] == "home")
                if other and view.payload.get("external_id") == external_id:
                    raise ApiError("duplicate_external_id")
        defaults: dict[str, Any] = {"private_metadata": "", "callback_id": "", "external_id": ""}
        if surface == "modal":
            defaults |= {"submit": None, "close": None, "clear_on_close": False, "notify_on_close": False}
        accepted = defaults | {name: payload[name] for name in _SHOWN if name in payload}
        return accepted | {"blocks": with_ids(payload["blocks"])}

    def _announce(self, user: str) -> None:
        stack = self.stacks.get(user) or []
        self._feed.publish("views", {"user": user, "stack": [view.seen() for view in stack]}, {user})
        self.on_change()

    def _announce_home(self, view: View) -> None:
        self._feed.publish("home", {"user": view.user, "view": view.seen()}, {view.user})
        self.on_change()
