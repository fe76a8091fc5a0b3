"""The people, channels and identifiers of the sandbox's workspace (DESIGN §6)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

TEAM_ID = "T_SANDBOX"
TEAM_NAME = "Sandbox"
TEAM_DOMAIN = "sandbox"
PARTNER_TEAM_ID = "T_PARTNER"
APP_ID = "A_SANDBOX"
BOT_ID = "B_SANDBOX"
BOT_USER = "U_BOT"
SLACKBOT = "USLACKBOT"
CREATED = 1_760_000_000


@dataclass(frozen=True, slots=True)
class User:
    """One person or bot."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/Paris"
    locale: str = "en-US"
    team_id: str = TEAM_ID
    is_restricted: bool = False
    is_bot: bool = False

    def wire(self, *, email: bool) -> dict[str, Any]:
        """Return the user object of `users.info`; the address only where `users:read.email` is granted."""
        offset = datetime.now(ZoneInfo(self.tz)).utcoffset()
        profile: dict[str, Any] = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "team": self.team_id,
        }
        if self.is_bot:
            profile |= {"bot_id": BOT_ID, "api_app_id": APP_ID}
        elif email:
            profile["email"] = f"{self.name}@example.com"
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": False,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "locale": self.locale,
            "profile": profile,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            # Slack sets it for people of other workspaces who share no channel with the app; these share C_PARTNER.
            "is_stranger": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": CREATED,
        }


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A group of people that can be mentioned by one name."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]

    def wire(self, *, users: bool) -> dict[str, Any]:
        """Return the group object of `usergroups.list`; its people only where they were asked for."""
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_create": CREATED,
            "date_update": CREATED,
            "date_delete": 0,
            "auto_type": None,
            "created_by": "U_ANN",
            "updated_by": "U_ANN",
            "deleted_by": None,
            "prefs": {"channels": [], "groups": []},
            "user_count": len(self.users),
            **({"users": list(self.users)} if users else {}),
        }


@dataclass(slots=True)
class Channel:
    """One conversation; `im_user` names the person of a direct message with the bot."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_shared: bool = False
    archived: bool = False
    im_user: str | None = None

    @property
    def has_bot(self) -> bool:
        """Whether the app's bot user is a member."""
        return BOT_USER in self.members

    @property
    def kind(self) -> str:
        """`im`, `private_channel` or `public_channel`, as `conversations.list` calls them."""
        if self.im_user is not None:
            return "im"
        return "private_channel" if self.is_private else "public_channel"

    def wire(self) -> dict[str, Any]:
        """Return the channel object of `conversations.info`."""
        if self.im_user is not None:
            return {
                "id": self.id,
                "created": CREATED,
                "is_im": True,
                "is_archived": False,
                "is_org_shared": False,
                "context_team_id": TEAM_ID,
                "user": self.im_user,
                "is_user_deleted": False,
            }
        teams = [TEAM_ID, PARTNER_TEAM_ID] if self.is_shared else [TEAM_ID]
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "created": CREATED,
            "creator": "U_ANN",
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_archived": self.archived,
            "is_general": False,
            "is_shared": self.is_shared,
            "is_ext_shared": self.is_shared,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "is_member": self.has_bot,
            "context_team_id": TEAM_ID,
            "shared_team_ids": teams,
            "connected_team_ids": teams,
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }


def people(bot_name: str) -> dict[str, User]:
    """Return everybody by id: two members, a guest, one person of the partner organisation, and the bot."""
    everybody = [
        User("U_ANN", "ann", "Ann", "Europe/Paris", "fr-FR"),
        User("U_BOB", "bob", "Bob", "America/New_York"),
        User("U_EVE", "eve", "Eve", "Europe/London", "en-GB", is_restricted=True),
        User("U_PAT", "pat", "Pat", "Europe/Berlin", "de-DE", team_id=PARTNER_TEAM_ID),
        User(BOT_USER, bot_name, bot_name, "America/Los_Angeles", is_bot=True),
    ]
    return {user.id: user for user in everybody}


def user_groups() -> dict[str, UserGroup]:
    """Return the groups by id: one of Ann alone, one of both members."""
    groups = [
        UserGroup("S_LEADS", "leads", "Hiring leads", ("U_ANN",)),
        UserGroup("S_RECRUITERS", "recruiters", "Recruiters", ("U_ANN", "U_BOB")),
    ]
    return {group.id: group for group in groups}


def conversations(extra: int) -> dict[str, Channel]:
    """Return the channels and direct messages by id; `extra` adds `C_001`, `C_002` and so on."""
    members = ["U_ANN", "U_BOB"]
    channels = [
        Channel("C_HIRING", "hiring", [*members, BOT_USER]),
        Channel("C_DATA", "data", [*members, "U_EVE", BOT_USER]),
        Channel("C_PARTNER", "partner", [*members, "U_PAT", BOT_USER], is_shared=True),
        Channel("C_PRIVATE", "private", [*members], is_private=True),
        *(Channel(f"C_{n:03d}", f"channel-{n:03d}", [*members, BOT_USER]) for n in range(1, extra + 1)),
        *(Channel(f"D_{n}", "", [f"U_{n}", BOT_USER], im_user=f"U_{n}") for n in ("ANN", "BOB", "EVE", "PAT")),
    ]
    return {channel.id: channel for channel in channels}
