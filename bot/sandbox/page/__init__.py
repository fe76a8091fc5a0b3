"""The page at `/`: what this server is and which calls it answers, without any outside resource."""

from html import escape

from aiohttp import web

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "td{padding:.2rem 1rem .2rem 0}"
)
_CALLS = (
    ("GET /workspace/state", "people, channels, commands"),
    ("POST /workspace/commands", "type a command"),
    ("GET /workspace/channels/{id}/messages?user=U", "what a person sees"),
    ("POST /workspace/actions", "press what is on a message, a modal or Home"),
    ("POST /workspace/shortcuts", "use a shortcut"),
    ("GET /workspace/views?user=U", "open modals and Home"),
    ("POST /workspace/views/submit, /close", "submit or close a modal"),
    ("POST /workspace/home", "open Home"),
    ("POST /workspace/options", "ask for type-ahead options"),
    ("PATCH /workspace/channels/{id}", "change a channel"),
    ("GET /workspace/events", "server-sent events"),
    ("POST, DELETE /workspace/faults", "arm or clear faults"),
    ("POST /workspace/config, /clock", "configure, move the clock"),
    ("GET /workspace/calls", "the calls that were made"),
)


def routes(app_name: str) -> list[web.RouteDef]:
    """Return the routes of the page."""
    rows = "".join(f"<tr><td><code>{escape(call)}</code></td><td>{escape(does)}</td></tr>" for call, does in _CALLS)
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(app_name)} sandbox</title>'
        '<link rel="stylesheet" href="/page.css"></head><body><h1>Sandbox</h1>'
        f"<p>A local Slack workspace with the app <b>{escape(app_name)}</b>, and a local HrFlow API. "
        "Slack&rsquo;s Web API answers under <code>/slack/api/</code>, HrFlow under <code>/hrflow/v1/</code>.</p>"
        f"<table>{rows}</table></body></html>"
    )
    headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

    async def index(_request: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def style(_request: web.Request) -> web.Response:
        return web.Response(text=_STYLE, content_type="text/css", headers=headers)

    return [web.get("/", index), web.get("/page.css", style)]
