"""A message as Slack keeps it: its versions, who sees it, and how it looks on the wire."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.slack.team import APP_ID, BOT_ID, BOT_USER, TEAM_ID

# A redraw of a busy list stays pressable for clients that have not redrawn; older versions are dropped.
VERSIONS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Content:
    """What one version of a message shows; never changed once made."""

    text: str
    blocks: list[dict[str, Any]]
    attachments: list[dict[str, Any]]


@dataclass(slots=True)
class Message:
    """One message in one channel; `only_for` is the one reader of an ephemeral one."""

    channel: str
    ts: str
    user: str
    versions: list[Content]
    only_for: str | None = None
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    edited: dict[str, str] | None = None
    # Why the last press by a user failed: the warning mark that this user sees.
    warnings: dict[str, str] = field(default_factory=dict)
    # What each user has chosen in stateful elements: user -> (block_id, action_id) -> choice.
    chosen: dict[str, dict[tuple[str, str], Any]] = field(default_factory=dict)

    @property
    def content(self) -> Content:
        """The newest version."""
        return self.versions[-1]

    def redraw(self, content: Content) -> None:
        """Append a version."""
        self.versions.append(content)
        del self.versions[:-VERSIONS_KEPT]

    def visible_to(self, user: str) -> bool:
        """Whether a member of the channel sees it."""
        return self.only_for is None or self.only_for == user

    def seen(self, user: str | None) -> dict[str, Any]:
        """Return what a person's client shows (DESIGN §6, `/workspace/channels/{id}/messages`).

        `version` counts the redraws; `warning` is there only after a failed press by this user.
        """
        shown: dict[str, Any] = {
            "ts": self.ts,
            "user": self.user,
            "text": self.content.text,
            "blocks": self.content.blocks,
            "ephemeral": self.only_for is not None,
            "thread_ts": self.thread_ts,
            "edited": self.edited,
            "metadata": self.metadata,
            "version": len(self.versions),
        }
        if self.content.attachments:
            shown["attachments"] = self.content.attachments
        if user is not None and user in self.warnings:
            shown["warning"] = self.warnings[user]
        return shown

    def wire(self, *, metadata: bool = True) -> dict[str, Any]:
        """Return the message object of the Web API and of interaction payloads."""
        sent: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.content.text}
        if self.user == BOT_USER:
            sent |= {"bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM_ID}
        if self.content.blocks:
            sent["blocks"] = self.content.blocks
        if self.content.attachments:
            sent["attachments"] = self.content.attachments
        if self.thread_ts is not None:
            sent["thread_ts"] = self.thread_ts
        if self.edited is not None:
            sent["edited"] = self.edited
        if metadata and self.metadata is not None:
            sent["metadata"] = self.metadata
        return sent
