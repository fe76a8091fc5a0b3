"""Everything that we send to Slack: Web API calls and response_url posts, each with a time-out and a named error.

Nothing is posted twice: a call is repeated only where Slack has said that it did nothing (429).
"""

from __future__ import annotations

import asyncio
import json
import random
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import orjson
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackDeliveryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.views.message import Message

log = structlog.get_logger(__name__)
_T = TypeVar("_T")
TIMEOUT = 5.0  # seconds for one call
PATIENCE = 10.0  # seconds that a waiting person bears after a 429
POST_EVENT = "shortlist_post"
HISTORY = 100  # messages that are looked through for one that may have arrived
USERS_INFO_TIMEOUT = 2  # seconds; somebody waits for it before anything is shown
_JSON = {"Content-Type": "application/json"}
_NOT_ARRIVED = frozenset({"used_url", "expired_url"})


class Messenger:
    """Sends messages and views. Every method raises SlackDeliveryError."""

    def __init__(self, *, token: str, api_url: str) -> None:
        self._token = token
        self._api_url = api_url
        self._http: aiohttp.ClientSession | None = None
        self._web: AsyncWebClient | None = None

    async def start(self) -> None:
        """Open the shared connections; must run inside the event loop."""
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT), trust_env=False)
        # No retry handlers: the default one repeats a post whose reply was lost, which posts twice.
        self._web = AsyncWebClient(
            token=self._token,
            base_url=self._api_url,
            timeout=int(TIMEOUT),
            session=self._http,
            retry_handlers=[],
        )

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.close()

    @property
    def web(self) -> AsyncWebClient:
        """The Web API client."""
        if self._web is None:
            raise RuntimeError("Messenger.start() comes first")
        return self._web

    async def auth_test(self) -> dict[str, Any]:
        """Who we are: team_id, enterprise_id, bot_id, user_id; and the granted `scopes`."""
        response = await self._call(self.web.auth_test)
        granted = response.headers.get("x-oauth-scopes", "")
        return {**_body(response), "scopes": [scope.strip() for scope in granted.split(",") if scope.strip()]}

    async def open_socket(self, app_token: str) -> str:
        """apps.connections.open: the address of a Socket Mode connection, which is granted but not opened."""
        response = await self._call(lambda: self.web.apps_connections_open(app_token=app_token), patience=0.0)
        return str(_body(response).get("url", ""))

    async def read(self, call: Callable[[], Awaitable[AsyncSlackResponse]]) -> dict[str, Any]:
        """The body of any other call of the Web API."""
        return _body(await self._call(call))

    async def user(self, user_id: str) -> dict[str, Any]:
        """users.info of somebody."""
        async with asyncio.timeout(USERS_INFO_TIMEOUT):
            user = _body(
                await self._call(lambda: self.web.users_info(user=user_id, include_locale=True), patience=1.0)
            ).get("user")
        return user if isinstance(user, dict) else {}

    async def post(self, channel: str, message: Message, *, metadata_id: str = "") -> str:
        """A message that everybody in the channel sees; returns its timestamp."""
        return (await self.publish(channel, message, metadata_id=metadata_id))[1]

    async def publish(
        self, channel: str, message: Message, *, metadata_id: str = "", thread_ts: str = ""
    ) -> tuple[str, str]:
        """The same, into the thread of the message `thread_ts`; returns the channel's own id and the timestamp.

        With an id, its metadata say which post of ours it is; everybody can read them, so they hold nothing else.
        """
        marked = {"event_type": POST_EVENT, "event_payload": {"id": metadata_id}} if metadata_id else None
        thread: dict[str, Any] = {"thread_ts": thread_ts} if thread_ts else {}
        body = _body(
            await self._call(
                lambda: self.web.chat_postMessage(channel=channel, metadata=marked, **thread, **message.payload())
            )
        )
        return str(body.get("channel") or channel), str(body.get("ts", ""))

    async def edit(self, channel: str, ts: str, message: Message) -> None:
        """Draw a posted message again; its metadata stays."""
        await self._call(lambda: self.web.chat_update(channel=channel, ts=ts, **message.payload()))

    async def find_post(self, channel: str, metadata_id: str) -> str:
        """The timestamp of the message with that id among the last ones of a channel, "" where it is not there.

        Needs a history scope, which the app need not have.
        """
        call = self.web.conversations_history
        body = await self.read(lambda: call(channel=channel, limit=HISTORY, include_all_metadata=True))
        listed = body.get("messages")
        for message in listed if isinstance(listed, list) else []:
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == POST_EVENT and payload.get("id") == metadata_id:
                return str(message.get("ts", ""))
        return ""

    async def whisper(self, channel: str, user: str, message: Message) -> None:
        """A message in a channel that only `user` sees; where that is impossible, a direct message from the bot."""
        if not channel:
            await self._call(lambda: self.web.chat_postMessage(channel=user, **message.payload()))
            return
        try:
            await self._call(lambda: self.web.chat_postEphemeral(channel=channel, user=user, **message.payload()))
        except SlackDeliveryError as error:
            if not error.sure:
                raise
            await self._call(lambda: self.web.chat_postMessage(channel=user, **message.payload()))

    async def open_view(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a modal; returns the view's id. The trigger lives for three seconds and works once."""
        response = await self._call(lambda: self.web.views_open(trigger_id=trigger_id, view=dict(view)), patience=0.0)
        return _id_of_view(response)

    async def push_view(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Put a modal on top of the one in which the trigger was made; returns the new view's id."""
        response = await self._call(lambda: self.web.views_push(trigger_id=trigger_id, view=dict(view)), patience=0.0)
        return _id_of_view(response)

    async def update_view(self, view_id: str, view: Mapping[str, Any], *, hash: str = "") -> None:  # noqa: A002 - Slack's word
        """Fill an open modal; `not_found` means that the person has closed it, `hash_conflict` that it has changed."""
        known = {"hash": hash} if hash else {}
        await self._call(lambda: self.web.views_update(view_id=view_id, view=dict(view), **known))

    async def publish_view(self, user_id: str, view: Mapping[str, Any]) -> None:
        """Show a view on somebody's Home tab."""
        await self._call(lambda: self.web.views_publish(user_id=user_id, view=dict(view)))

    async def respond(self, url: str, message: Message, *, replace: bool = False) -> None:
        """Post to a response_url: a new private message, or in place of the message acted on.

        A 429 is waited for, as long as a waiting person bears it. `sure` of the error tells that nothing was posted.
        """
        body = {**message.payload(), "response_type": "ephemeral", "replace_original": replace}
        await _patiently(lambda: self._post(url, body), PATIENCE)

    async def _post(self, url: str, body: dict[str, Any]) -> None:
        if self._http is None:
            raise RuntimeError("Messenger.start() comes first")
        try:
            async with self._http.post(url, data=encoded(body), headers=_JSON) as response:
                status, text = response.status, (await response.content.read(200)).decode("utf-8", "replace")
                retry_after = response.headers.get("Retry-After", "")
        except aiohttp.ClientConnectorError:
            raise SlackDeliveryError("no_connection") from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackDeliveryError(type(error).__name__, sure=False) from None
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise SlackDeliveryError("ratelimited", retry_after=_seconds(retry_after))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise SlackDeliveryError(f"http_{status}", sure=False)
        if status >= HTTPStatus.BAD_REQUEST:
            word = text.strip()
            raise SlackDeliveryError(word if word in _NOT_ARRIVED else f"http_{status}")

    async def _call(
        self, call: Callable[[], Awaitable[AsyncSlackResponse]], *, patience: float = PATIENCE
    ) -> AsyncSlackResponse:
        async def attempt() -> AsyncSlackResponse:
            try:
                return await call()
            except SlackApiError as error:
                raise _delivery_error(error) from None
            except aiohttp.ClientConnectorError:
                raise SlackDeliveryError("no_connection") from None
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                raise SlackDeliveryError(type(error).__name__, sure=False) from None

        return await _patiently(attempt, patience)


async def _patiently(attempt: Callable[[], Awaitable[_T]], patience: float) -> _T:
    """Repeat what Slack puts off (429: nothing was done), as long as the waiting stays within `patience` seconds."""
    waited = 0.0
    while True:
        try:
            return await attempt()
        except SlackDeliveryError as error:
            # A little jitter, so that those who were put off together do not come back together.
            wait = 0.0 if error.retry_after is None else error.retry_after * random.uniform(1.0, 1.2)  # noqa: S311 - no secret
            waited += wait
            if wait == 0.0 or waited > patience:
                raise
        await asyncio.sleep(wait)


def _delivery_error(error: SlackApiError) -> SlackDeliveryError:
    response: Any = error.response
    status = getattr(response, "status_code", 0)
    headers = getattr(response, "headers", {}) or {}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return SlackDeliveryError("ratelimited", retry_after=_seconds(headers.get("Retry-After", "")))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return SlackDeliveryError(f"http_{status}", sure=False)
    code = response.get("error", "") if hasattr(response, "get") else ""
    return SlackDeliveryError(code if isinstance(code, str) and code else f"http_{status}")


def encoded(body: dict[str, Any]) -> bytes:
    """A payload as the bytes that go to Slack."""
    try:
        return orjson.dumps(body)  # a tenth of the time
    except TypeError:  # half a character somewhere: as an escape it travels all the same
        return json.dumps(body).encode()


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdigit() else 1.0


def _id_of_view(response: AsyncSlackResponse) -> str:
    view = _body(response).get("view")
    return str(view.get("id", "")) if isinstance(view, dict) else ""


def _body(response: AsyncSlackResponse) -> dict[str, Any]:
    return response.data if isinstance(response.data, dict) else {}
