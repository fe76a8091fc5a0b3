"""Who would see something in a place, and why it is not posted there: in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import blocks as kit
from bot.views import phrases
from bot.views.locales import NEUTRAL

if TYPE_CHECKING:
    from bot.errors import AudienceRefusedError
    from bot.views.locales import Manner

_WHY = {
    "shared": "{place} is shared with another organisation, and candidate data stays within this one. "
    "Choose a channel of your own organisation.",
    "guests": "{count} in {place}, and guests may not see candidate data. Remove the guests from it, or choose another "
    "channel.",
    "not_member": "I am not in {place}, or cannot see it. Type /invite @Shortlist there, then try again; or choose "
    "another channel.",
    "archived": "{place} is archived, so nothing can be posted there. Take it out of the archive, or choose another "
    "channel.",
    "direct": "That is a direct message between people, which I cannot post to. Choose the person instead: I write to "
    "them in their direct message with me.",
    "group": "I do not post candidate data to group direct messages: people can be added to them at any time. "
    "Choose a channel or one person.",
    "person": "That person may not see candidate data: they are a guest, from another organisation, a bot, or their "
    "account is closed. Choose somebody else.",
    "viewers": "{count} in {place} who may not see candidate data: your operator has named who may. Choose a channel "
    "in which all may, or ask your operator.",
    "viewer": "That person may not see candidate data: your operator has named who may. Choose somebody else, or ask "
    "your operator.",
    "large": "{place} has more than {people} members, too many to make sure that all of them may see candidate data. "
    "Choose a smaller channel.",
    "unknown": "I could not find out with Slack who is in {place}, so I post nothing there. Try again in a minute; if "
    "it stays, tell your operator.",
}

_GUESTS = ("There is a guest", "There are {count} guests")
_THOSE = {"viewers": ("There is a person", "There are {count} people")}


def refused(error: AudienceRefusedError, manner: Manner = NEUTRAL) -> str:
    """Why nothing is posted there and how to mend it, not escaped."""
    people = manner.number(error.people)
    place = f"#{kit.cut(error.name, 80)}" if error.name else "that channel"
    count = phrases.counted(error.people, *_THOSE.get(error.reason, _GUESTS), manner)
    words = _WHY.get(error.reason, _WHY["unknown"]).format(place=place, count=count, people=people)
    return words[:1].upper() + words[1:]
