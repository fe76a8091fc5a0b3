"""The boards and sources of the corpus (reference hrflow-api §5.3)."""

from typing import Any

from bot.sandbox.hrflow.dates import with_zone

from .jobs_table import BUSINESS, TECH
from .keys import make_key

Raw = dict[str, Any]

SOURCES = ("Careers site", "Agency", "Referrals")
"""The names of the three sources."""

_DAY = 86_400
_SUBTYPES = {"Careers site": "career", "Agency": "email", "Referrals": "api"}


def make_boards(seed: int, midnight: float) -> list[Raw]:
    """Return the two boards, the older one first; `midnight` is the day the corpus is made, in Unix seconds."""
    return [
        {
            **_common("board", seed, 40 + index, name, midnight - (420 - 30 * index) * _DAY),
            "type": "api",
            "subtype": "python",
            "environment": "production",
            "mapping_scoring": [],
            "mapping_reasoning": [],
        }
        for index, name in enumerate((TECH, BUSINESS))
    ]


def make_sources(seed: int, midnight: float) -> list[Raw]:
    """Return the three sources, the oldest first; `midnight` as for boards."""
    return [
        {
            **_common("source", seed, 70 + index, name, midnight - (430 - 20 * index) * _DAY),
            "type": "api",
            "subtype": _SUBTYPES[name],
            "environment": "production",
            "private": False,
            "notification": True,
            "consent": True,
            "consent_url": "https://careers.example.com/consent",
        }
        for index, name in enumerate(SOURCES)
    ]


def embedded(owner: Raw) -> Raw:
    """Return a board or source as its objects carry it."""
    return {field: owner[field] for field in ("key", "name", "type", "subtype", "environment")}


def _common(kind: str, seed: int, number: int, name: str, created: float) -> Raw:
    return {
        "id": number,
        "key": make_key(seed, kind, number),
        "name": name,
        "description": f"{name} of the sandbox team",
        "status": True,
        "archive": None,
        "members": ["recruiter@example.com"],
        "user": {
            "id": 1,
            "email": "sandbox@example.com",
            "pseudo": "sandbox",
            "firstName": "Sandy",
            "lastName": "Boxwell",
            "avatarUrl": None,
            "locale": "en",
            "position": "Recruiter",
            "phone": None,
        },
        "created_at": with_zone(created),
        "updated_at": with_zone(created),
    }
