"""The page at `/`: a chat client for the workspace, served from this package without any outside resource.

The page is plain HTML, CSS and ES modules, and does all it does through the `/workspace` calls (DESIGN §6).
"""

import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path

from aiohttp import web

# Scripts and styles only from here, calls only to here, pictures only from here or inline; nothing may frame the page,
# and no text can be turned into markup even by a mistake of ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    body: bytes
    content_type: str
    etag: str

    @classmethod
    def of(cls, body: bytes, suffix: str) -> "Asset":
        """Return a file with its type and the mark by which a browser knows that it has not changed."""
        return cls(body, _TYPES[suffix], hashlib.sha256(body).hexdigest()[:20])

    def answer(self, request: web.Request) -> web.Response:
        """Return the file, or 304 where the browser has it."""
        known = {tag.value for tag in request.if_none_match or ()}
        if self.etag in known:
            response = web.Response(status=304, headers=HEADERS)
        else:
            charset = None if self.content_type.startswith("image/") else "utf-8"
            response = web.Response(body=self.body, content_type=self.content_type, charset=charset, headers=HEADERS)
        response.etag = self.etag
        return response


def routes(app_name: str) -> list[web.RouteDef]:
    """Return the routes of the page: `/` and `/page/...`; all files are read once."""
    files = sorted(path for path in STATIC.rglob("*") if path.suffix in _TYPES and path.name != "index.html")
    assets = {
        path.relative_to(STATIC).as_posix(): Asset.of(path.read_bytes(), path.suffix)
        for path in files
        if path.suffix != ".css"
    }
    # One request for all styles, in the order of their names, which is the order in which they build on each other.
    styles = b"".join(path.read_bytes() for path in files if path.suffix == ".css")
    assets["page.css"] = Asset.of(styles, ".css")
    index = Asset.of(_index(app_name, list(assets)).encode(), ".html")

    async def root(request: web.Request) -> web.Response:
        return index.answer(request)

    async def file(request: web.Request) -> web.Response:
        asset = assets.get(request.match_info["path"])
        if asset is None:
            return web.Response(status=404, text="The page has no such file", headers=HEADERS)
        return asset.answer(request)

    return [web.get("/", root), web.get("/page/{path:.+}", file)]


def _index(app_name: str, names: list[str]) -> str:
    """Return the page's HTML with a link to the styles, and to all modules so that they load side by side."""
    styles = ['<link rel="stylesheet" href="/page/page.css">']
    modules = [f'<link rel="modulepreload" href="/page/{name}">' for name in names if name.endswith(".js")]
    template = (STATIC / "index.html").read_text(encoding="utf-8")
    return template.replace("<!-- files -->", "\n    ".join([*styles, *modules])).replace(
        "<!-- app -->", escape(app_name)
    )
