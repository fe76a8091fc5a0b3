"""/shortlist status: how the digests fared and when they come next, and whether everything they need answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.errors import HrflowError, HrflowRejectedError, SlackDeliveryError
from bot.views import digest_status as views
from bot.views.digests import next_of

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.services import Services
    from bot.slack.calls import Call

PATIENCE = 4.0  # seconds for an answer of HrFlow or Slack


async def show(call: Call, services: Services, words: str) -> None:  # noqa: ARG001 - one signature for all words
    """Answer `/shortlist status`: an admin sees every digest, others their own and those of the channel."""
    await call.ack()
    async with call.progress():
        hrflow, slack, admin = await asyncio.gather(
            _well(services.hrflow.permission()), _well(services.messenger.auth_test()), _admin(call, services)
        )
        digests = services.digests
        listed = await (digests.all() if admin else digests.known_to(call.user_id, call.channel_id))
        last = await digests.last_ones()
        now = services.now()
        coming = {digest.number: next_of(digest, now) for digest in listed}
    health = views.health(hrflow=hrflow, slack=slack, scheduler=not services.scheduler.failing)
    await call.whisper(views.draw(listed, last, coming, health, manner=call.manner))


async def _well(question: Awaitable[object]) -> bool:
    try:
        await asyncio.wait_for(question, PATIENCE)
    except HrflowRejectedError:
        return True  # it answers, and this account cannot say more
    except (HrflowError, SlackDeliveryError, TimeoutError):
        return False
    return True


async def _admin(call: Call, services: Services) -> bool:
    try:
        return await services.roster.is_admin(call.user_id)
    except (SlackDeliveryError, TimeoutError):
        return False
