"""The form that Share opens, as a person uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.helpers.workspace import elements

if TYPE_CHECKING:
    from tests.helpers.workspace import Workspace


class Form:
    """The form that Share opens."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        user: str = "U_ANN",
        channel: str = "C_HIRING",
        query: str = '/profiles "Data Engineer" limit:3',
    ) -> None:
        self.workspace = workspace
        self.user = user
        self.channel = channel
        self.close()
        after = workspace.last_ts(user=user, channel=channel)
        workspace.type(query, user=user, channel=channel)

        def listed() -> dict[str, Any] | None:
            new = workspace.messages(user=user, channel=channel, after=after)
            return next((each for each in new if elements(each, "share")), None)

        self.list: dict[str, Any] = workspace.until(listed)
        outcome = workspace.press(self.list, "share", user=user, channel=channel)
        assert (outcome["status"], outcome["error"]) == (200, None)
        workspace.until(lambda: workspace.views(user))

    @property
    def view(self) -> dict[str, Any]:
        return self.workspace.views(self.user)[-1]

    @property
    def preview(self) -> str:
        block = self.view["blocks"][-1]
        return str(block["text"]["text"] if "text" in block else block["elements"][0]["text"])

    def block(self, action_id: str) -> str:
        return next(
            str(block["block_id"])
            for block in self.view["blocks"]
            if block.get("element", {}).get("action_id") == action_id
        )

    def choose(self, place: str) -> str:
        """Choose a channel or a person; returns the preview that comes of it."""
        before = self.view["hash"]
        field = "person" if place.startswith("U") else "channel"
        chosen = {"selected_user" if field == "person" else "selected_conversation": place}
        outcome = self.workspace._post(
            "/workspace/actions",
            user=self.user,
            view_id=self.view["id"],
            action_id=f"share.{field}",
            block_id=self.block(f"share.{field}"),
            **chosen,
        )
        assert (outcome["status"], outcome["error"]) == (200, None)
        self.workspace.until(lambda: self.view["hash"] != before)
        return self.preview

    def send(self, place: str = "") -> dict[str, Any]:
        """Submit, with a choice that was not announced before if one is named."""
        values = {}
        if place:
            field = "person" if place.startswith("U") else "channel"
            chosen = {"selected_user" if field == "person" else "selected_conversation": place}
            values = {self.block(f"share.{field}"): {f"share.{field}": chosen}}
        body = {"user": self.user, "view_id": self.view["id"], "values": values}
        reply = self.workspace.http.post("/workspace/views/submit", json=body)
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found

    def close(self) -> None:
        if stack := self.workspace.views(self.user):
            body = {"user": self.user, "view_id": stack[-1]["id"], "clear": True}
            self.workspace.http.post("/workspace/views/close", json=body)
