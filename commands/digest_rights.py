"""Who may change a digest: its maker, admins, and those members of its channel who may decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import MayNotDecideError, SlackDeliveryError

if TYPE_CHECKING:
    from bot.domain.digests import Digest
    from bot.services import Services
    from bot.slack.calls import Call


async def may_change(call: Call, services: Services, digest: Digest) -> bool:
    """Whether whoever called may see and change it."""
    if call.user_id == digest.maker:
        return True
    try:
        if await services.roster.is_admin(call.user_id):
            return True
        if digest.channel.startswith(("U", "W", "D")):
            return digest.channel == call.user_id
        if call.user_id not in await services.roster.all_members(digest.channel):
            return False
        await services.deciders.check(call.user_id, digest.channel)
    except (MayNotDecideError, SlackDeliveryError, TimeoutError):  # what cannot be found out counts against it
        return False
    return True
