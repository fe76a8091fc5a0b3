"""The composition root: settings → edges → services → Bolt app; and the order of start and stop."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

import structlog

from bot import digesting
from bot.directory import Directory
from bot.domain.circumstances import Opened
from bot.domain.deciders import Deciders
from bot.domain.reason_codes import Asking, read_codes
from bot.gazetteer import Gazetteer
from bot.history import History
from bot.hrflow.client import HrflowClient
from bot.hrflow.http import Exchange
from bot.hrflow.pace import Pace
from bot.matching import Matching
from bot.naming import Names
from bot.posting import Posts
from bot.recall import Recall
from bot.receipts import FilterReceipts
from bot.services import Services
from bot.slack import bolt
from bot.slack.access import Access, Home
from bot.slack.addresses import Addresses
from bot.slack.audience import Audiences
from bot.slack.deciders import DeciderCheck
from bot.slack.guard import Guard
from bot.slack.identity import identify
from bot.slack.members import Members
from bot.slack.messenger import Messenger
from bot.slack.roster import Roster
from bot.slack.routes import Command
from bot.slack.socket import SocketConnection
from bot.slack.transport import HttpServer
from bot.storage.channels import Channels
from bot.storage.database import Database
from bot.storage.ledger import Ledger
from bot.storage.memory import Memory
from bot.storage.pairs import Pairs
from bot.storage.people import People
from bot.storage.posts import StoredPosts
from bot.storage.recent import Recent
from bot.suggesting import Suggestions
from bot.tracking import AuditTrail
from bot.turns import Turns
from bot.views import notices
from bot.workflows.assembly import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from pydantic import SecretStr

    from bot.settable import Settings
    from bot.slack.routes import Route

log = structlog.get_logger(__name__)
DRAIN_SECONDS = 20.0
LOADING_SECONDS = 5.0  # lists are answered even if decisions cannot be written down yet


class Bot:
    """The running bot. Entering it starts everything; leaving it answers what is under way, then closes."""

    def __init__(
        self,
        settings: Settings,
        routes: Sequence[Route],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._routes = routes
        self._now = now
        self._messenger = Messenger(token=_secret(settings.slack.bot_token), api_url=settings.slack.api_url)
        self._stack = AsyncExitStack()
        self._turns = Turns()
        self._ready = False
        self._socket: SocketConnection | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ready = False
        await self._stack.aclose()
        log.info("stopped")

    async def greet(self, channel: str, examples: Sequence[str]) -> None:
        """Say hello in a channel, with examples to press. Raises SlackDeliveryError."""
        await self._messenger.post(channel, notices.welcome(examples))

    @property
    def ready(self) -> bool:
        """Whether everything that a command needs is open, and Slack can reach us."""
        return self._ready and (self._socket is None or self._socket.live)

    async def lost(self) -> None:
        """Return once Slack could not reach us for so long that a fresh process should try; over HTTP, never."""
        await (self._socket.lost() if self._socket is not None else asyncio.Event().wait())

    async def _start(self) -> None:
        """Edges first, the way in last: no request comes before it can be answered."""
        settings = self._settings
        token = _secret(settings.slack.bot_token)
        messenger = self._messenger
        await messenger.start()
        self._stack.push_async_callback(messenger.close)
        identity = await identify(messenger)
        hrflow = await self._stack.enter_async_context(hrflow_client(settings, self._turns))
        database = open_database(settings)
        await database.open()
        self._stack.push_async_callback(database.close)
        home = Home(str(identity.get("team_id", "")), str(identity.get("enterprise_id") or ""))
        roster = Roster(messenger)
        members = Members(group=roster.group, channel=roster.all_members)
        viewers = Deciders.read(settings.decisions.viewers)
        access = Access(messenger.user, home=home, members=members, viewers=viewers)
        services = build_services(
            settings,
            hrflow,
            messenger,
            roster=roster,
            access=access,
            database=database,
            turns=self._turns,
            routes=self._routes,
            now=self._now,
        )
        self._stack.push_async_callback(services.recent.close)
        self._stack.push_async_callback(services.directory.close)
        self._stack.push_async_callback(services.suggestions.close)
        self._stack.push_async_callback(services.trail.close)
        self._stack.push_async_callback(services.posts.close)
        self._stack.push_async_callback(services.work.close)
        await services.work.open()
        services.scheduler.start()
        self._stack.push_async_callback(services.scheduler.stop)
        guard = Guard(access=access, messenger=messenger, addresses=Addresses(), services=services)
        app = bolt.app(token, settings.slack.api_url, identity)
        guard.attach(app, self._routes, prefix=settings.service.command_prefix)
        self._stack.push_async_callback(guard.drain, DRAIN_SECONDS)
        await services.work.durable.loaded(LOADING_SECONDS)
        http = settings.slack.transport == "http"
        server = HttpServer(
            host=settings.service.host,
            port=settings.service.port,
            ready=lambda: self.ready,
            turns=self._turns,
            app=app if http else None,
            signing_secret=_secret(settings.slack.signing_secret) if http else "",
        )
        self.port = await server.start()
        self._stack.push_async_callback(server.stop)
        if not http:
            socket = SocketConnection(
                app,
                app_token=_secret(settings.slack.app_token),
                api_url=settings.slack.api_url,
                turns=self._turns,
            )
            await socket.start()
            self._stack.push_async_callback(socket.stop)
            self._socket = socket
        self._ready = True
        log.info("ready", transport=settings.slack.transport, port=self.port)


def hrflow_client(settings: Settings, turns: Turns | None = None) -> HrflowClient:
    """The HrFlow client that the settings describe; it reads replies when it has its turn."""
    return HrflowClient(
        Exchange(
            url=settings.hrflow.api_url,
            api_key=_secret(settings.hrflow.api_key),
            user_email=settings.hrflow.user_email or "",
            timeout=settings.hrflow.timeout,
            pace=Pace(settings.hrflow.pace),
            turns=turns,
        )
    )


def open_database(settings: Settings) -> Database:
    """The database that the settings name, not opened yet."""
    return Database(_secret(settings.service.database_url), folder=Path())


def directory(settings: Settings, hrflow: HrflowClient) -> Directory:
    """The directory over what the settings allow."""
    return Directory(hrflow, source_keys=settings.hrflow.source_keys, board_keys=settings.hrflow.board_keys)


def build_services(
    settings: Settings,
    hrflow: HrflowClient,
    messenger: Messenger,
    *,
    roster: Roster,
    access: Access,
    database: Database,
    turns: Turns,
    routes: Sequence[Route],
    now: Callable[[], datetime],
) -> Services:
    """Everything that handlers may use."""
    names = directory(settings, hrflow)
    pairs = Pairs(database)
    channels = Channels(database)
    recent = Recent(database)
    prefix = settings.service.command_prefix
    rename = {each.name: f"/{prefix}{each.name[1:]}" for each in routes if prefix and isinstance(each, Command)}
    gazetteer = Gazetteer()
    matching = Matching(hrflow, names, gazetteer, dialect=settings.hrflow.dialect, agent_key=settings.hrflow.agent_key)
    audience = Audiences(roster, access)
    stored = StoredPosts(database, now=now)
    posts = Posts(pairs, stored, Recall(hrflow, names, gazetteer), messenger, roster, rename=rename)
    decisions = settings.decisions
    deciders = DeciderCheck(Deciders.read(decisions.deciders), members=access.members, rule=channels.deciders)
    trail = AuditTrail(hrflow, messenger.user, enabled=decisions.audit_tracking == "on")
    work = Work(
        database,
        replica=settings.service.replica_id,
        pairs=pairs,
        posts=posts,
        stored=stored,
        messenger=messenger,
        client=hrflow,
        directory=names,
        may_decide=deciders.check,
        recorded=trail.add,
        now=now,
    )
    digests, scheduler = digesting.build(
        digesting.Parts(database, hrflow, names, matching, audience, posts, pairs, messenger, now),
        replica=settings.service.replica_id,
        command=rename.get("/digest", "/digest"),
    )
    return Services(
        hrflow=hrflow,
        directory=names,
        matching=matching,
        work=work,
        stage_changes=work.stage_changes,
        receipts=FilterReceipts(matching, mode=settings.service.receipts, pace_used=hrflow.pace_used),
        messenger=messenger,
        roster=roster,
        audience=audience,
        deciders=deciders,
        ledger=Ledger(database),
        asking=Asking(decisions.reasons, read_codes(decisions.reason_codes)),
        trail=trail,
        opened=Opened(),
        pairs=pairs,
        posts=posts,
        digests=digests,
        scheduler=scheduler,
        choices=Memory(),
        shares=Memory(),
        homes=Memory(),
        recent=recent,
        history=History(recent, Ledger(database), pairs, Names(hrflow, names), roster, now=now),
        turns=turns,
        drafts=Memory(),
        suggestions=Suggestions(names),
        people=People(database),
        channels=channels,
        rename=rename,
        now=now,
    )


def _secret(secret: SecretStr | None) -> str:
    return secret.get_secret_value().strip() if secret else ""
