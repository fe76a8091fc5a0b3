"""response_urls: five posts within 30 minutes, without a token, into the conversation of one interaction.

The address of a command, a submitted form or a message shortcut only adds messages. The address of a pressed element
also replaces or deletes the message that was acted on, ephemerals included (DESIGN §5).
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.clock import Clock
from bot.sandbox.slack.composing import compose, metadata_of
from bot.sandbox.slack.errors import ApiError, ResponseUrlError
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.pace import Pace
from bot.sandbox.slack.store import Store

PATH = "/slack/response_url/"
USES = 5
LIFE_SECONDS = 1_800.0
# Long enough to tell an expired address from one that never was.
REMEMBERED_SECONDS = 86_400.0


@dataclass(slots=True)
class Chain:
    """One address: whose interaction, where, and the message acted on, if any."""

    user: str
    channel: str
    issued: float
    acted_on: Message | None
    uses: int = 0


class ResponseUrls:
    """All addresses given out; `base_url` is the sandbox's own address once it is bound."""

    def __init__(self, store: Store, pace: Pace, clock: Clock) -> None:
        self.base_url = ""
        self._store = store
        self._pace = pace
        self._clock = clock
        self._chains: dict[str, Chain] = {}

    def issue(self, user: str, channel: str, acted_on: Message | None = None) -> str:
        """Return a new address."""
        now = self._clock.now()
        while self._chains:
            oldest = next(iter(self._chains))
            if now - self._chains[oldest].issued < REMEMBERED_SECONDS:
                break
            del self._chains[oldest]
        token = secrets.token_urlsafe(24)
        self._chains[token] = Chain(user, channel, now, acted_on)
        return f"{self.base_url}{PATH}{token}"

    def respond(self, token: str, sent: object) -> None:
        """Take one post; a refused one does not count as a use.

        Raises ResponseUrlError (404 `used_url`, `expired_url`, `message_not_found`; 410 `channel_is_archived`;
        400 `invalid_payload`, `invalid_blocks`, `no_text`) and RateLimitedError.
        """
        chain = self._usable(token)
        if not isinstance(sent, dict):
            raise ResponseUrlError(400, "invalid_payload")
        if self._store.channels[chain.channel].archived:
            raise ResponseUrlError(410, "channel_is_archived")
        try:
            self._apply(chain, sent)
        except ApiError as error:
            raise ResponseUrlError(400, error.code) from error
        chain.uses += 1

    def _usable(self, token: str) -> Chain:
        chain = self._chains.get(token)
        if chain is None:
            raise ResponseUrlError(404, "no_service")
        if self._clock.now() - chain.issued > LIFE_SECONDS:
            raise ResponseUrlError(404, "expired_url")
        if chain.uses >= USES:
            raise ResponseUrlError(404, "used_url")
        return chain

    def _apply(self, chain: Chain, sent: dict[str, Any]) -> None:
        if sent.get("delete_original") is True:
            self._store.delete(self._original(chain))
            return
        shown = compose(_parsed(sent), sum_limit=False)
        metadata = metadata_of(sent)
        if sent.get("replace_original") is True and chain.acted_on is not None:
            original = self._original(chain)
            self._pace.respond(chain.channel)
            self._store.redraw(original, shown, metadata=metadata, mark_edited=True)
            return
        self._pace.respond(chain.channel)
        channel = self._store.channels[chain.channel]
        public = sent.get("response_type") == "in_channel"
        # An ephemeral for somebody who has left is lost without an error, as ephemerals are.
        if public or chain.user in channel.members:
            thread_ts = sent.get("thread_ts")
            self._store.post(
                channel,
                shown,
                only_for=None if public else chain.user,
                thread_ts=thread_ts if isinstance(thread_ts, str) and thread_ts else None,
                metadata=metadata,
            )

    def _original(self, chain: Chain) -> Message:
        message = chain.acted_on
        if message is None or self._store.find(chain.channel, message.ts, message.only_for) is not message:
            raise ResponseUrlError(404, "message_not_found")
        return message


def _parsed(sent: dict[str, Any]) -> dict[str, Any]:
    """Return the post with blocks and attachments that came as JSON text parsed."""
    parsed = dict(sent)
    for name in ("blocks", "attachments"):
        if isinstance(parsed.get(name), str):
            try:
                parsed[name] = json.loads(parsed[name])
            except ValueError:
                raise ApiError("invalid_blocks") from None
    return parsed
