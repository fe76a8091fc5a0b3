"""The afternoon: what a capable person writes in one, with Bolt's defaults and the vendor's own SDK.

A sync `App` behind Bolt's ASGI adapter on uvicorn, `hrflow` 4.3.0, sections and buttons built by hand, `respond()`. It
is given more than an afternoon often has: look-ups are kept, so that a command costs one call, as the bot's does.
"""

from __future__ import annotations

import functools
import json
import os
from typing import Any

import uvicorn
from hrflow import Hrflow  # type: ignore[import-untyped]  # the vendor ships no types
from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_sdk import WebClient

DEFAULT_LIMIT = 10
PAGE_SIZE = 30

hrflow = Hrflow(
    api_url=os.environ["HRFLOW_API_URL"].rstrip("/") + "/",
    api_secret=os.environ["HRFLOW_API_KEY"],
    api_user=os.environ["HRFLOW_USER_EMAIL"],
)
app = App(
    client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)


@functools.cache
def source_keys() -> list[str]:
    """The keys of all sources."""
    return [source["key"] for source in hrflow.source.list(limit=PAGE_SIZE)["data"]]


@functools.cache
def jobs() -> dict[str, tuple[str, str]]:
    """Board key and job key by title in lower case."""
    found = {}
    for board in hrflow.board.list(limit=PAGE_SIZE)["data"]:
        for job in hrflow.job.searching.list(board_keys=[board["key"]], limit=PAGE_SIZE)["data"]["jobs"]:
            found[job["name"].lower()] = (board["key"], job["key"])
    return found


@app.command("/profiles")
def profiles(ack: Any, command: dict[str, Any], respond: Any) -> None:
    """Answer `/profiles "<title>" [limit:n] [page:n]` with the profiles that score highest."""
    ack()
    words, options = [], {"limit": str(DEFAULT_LIMIT), "page": "1"}
    for word in command["text"].split():
        key, colon, value = word.partition(":")
        if colon:
            options[key] = value
        else:
            words.append(word.strip('"'))
    title = " ".join(words)
    if title.lower() not in jobs():
        respond(text=f"There is no job {title}.")
        return
    board_key, job_key = jobs()[title.lower()]
    reply = hrflow.profile.scoring.list(
        source_keys=source_keys(),
        board_key=board_key,
        job_key=job_key,
        stage="new",
        limit=int(options["limit"]),
        page=int(options["page"]),
        sort_by="scoring",
        order_by="desc",
    )
    if reply["code"] != 200:  # noqa: PLR2004 - HTTP
        respond(text=f"HrFlow says: {reply['message']}")
        return
    scores = [prediction[1] for prediction in reply["data"]["predictions"]]
    ranked = sorted(zip(scores, reply["data"]["profiles"], strict=True), key=lambda pair: pair[0], reverse=True)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": f"Top profiles for {title}"}}
    ]
    for rank, (score, profile) in enumerate(ranked, start=1):
        blocks += card(rank, score, profile, job_key)
    respond(text=f"Top profiles for {title}", blocks=blocks)


def card(rank: int, score: float, profile: dict[str, Any], job_key: str) -> list[dict[str, Any]]:
    """One profile: a section, and a row of buttons."""
    experiences = profile.get("experiences") or []
    headline = experiences[0]["title"] if experiences else ""
    skills = ", ".join(skill["name"] for skill in profile.get("skills") or [])
    place = (profile.get("location") or {}).get("text", "")
    years = profile.get("experiences_duration") or 0
    lines = [
        f"*{rank}. {profile['name']['text']}* · {headline}",
        f"{score:.0%} · {years:.0f} years · {place}",
        skills[:200],
    ]
    buttons = [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": stage.capitalize()},
            "action_id": f"stage_{stage}_{rank}",
            "value": json.dumps({"profile": profile["profile_id"], "source": profile["source_id"], "job": job_key}),
        }
        for stage in ("yes", "later", "no")
    ]
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(lines)}},
        {"type": "actions", "elements": buttons},
    ]


api = SlackRequestHandler(app)

if __name__ == "__main__":
    uvicorn.run(api, host=os.environ["HOST"], port=int(os.environ["PORT"]), log_level="warning")
