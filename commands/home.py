"""The Home tab: drawn when it is opened, and again after what is done on it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import structlog

from bot.errors import HrflowError, HrflowRejectedError, HrflowTimeoutError
from bot.views import digests, history, home

if TYPE_CHECKING:
    from bot.services import Services
    from bot.slack.calls import Call

log = structlog.get_logger(__name__)
AT_ONCE = 0.4  # seconds; what takes longer is announced by a page that loads
STATUS_SECONDS = 2.5
MOST_DIGESTS = 10


async def show(call: Call, services: Services) -> None:
    """Draw it. Slack tells of the Messages tab too: there is nothing to draw on that one."""
    if call.tab == "home":
        await draw(call, services)


async def refresh(call: Call, services: Services) -> None:
    """Draw it again because somebody asks for it."""
    await draw(call, services)


async def draw(call: Call, services: Services, said: str = "") -> None:
    """Publish the tab of this person; `said` is what they have just done there, in words."""
    async with services.homes.lock(call.user_id):  # the last to be drawn is the newest
        work = asyncio.create_task(_view(call, services, said))
        await asyncio.wait({work}, timeout=AT_ONCE)
        if not work.done() and not said:
            await call.publish(home.loading())
        await call.publish(await work)


async def _view(call: Call, services: Services, said: str) -> dict[str, object]:
    queries, decisions, made, status = await asyncio.gather(
        services.history.queries(call.user_id, history.MOST_QUERIES),
        services.history.decisions(history.MOST_DECISIONS, by=call.user_id),
        services.digests.known_to(call.user_id, call.user_id),
        _status(services),
    )
    return home.draw(
        queries,
        decisions,
        status,
        forms=home.forms(),
        digests=[block for each in made[:MOST_DIGESTS] for block in digests.on_home(each, call.manner)],
        said=said,
        rename=services.rename,
        manner=call.manner,
    )


async def _status(services: Services) -> home.Status:
    """One look at HrFlow."""
    at, started = services.now(), time.monotonic()
    trouble: HrflowError | None = None
    try:
        async with asyncio.timeout(STATUS_SECONDS):
            await services.hrflow.permission()
    except TimeoutError:
        trouble = HrflowTimeoutError("status", seconds=STATUS_SECONDS)
    except HrflowRejectedError:  # an account that cannot say what its key may do answers all the same
        trouble = None
    except HrflowError as error:
        trouble = error
    took = round((time.monotonic() - started) * 1000)
    last = services.hrflow.last_trouble if trouble is None else None
    return home.Status(at=at, ms=took, trouble=trouble, last_trouble=last)
