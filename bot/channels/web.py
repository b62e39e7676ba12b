"""The chat page: static files served by the assistant's own process."""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

FOLDER = Path(__file__).resolve().parents[1] / "web"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class WebInput(InputChannel):
    """Serves the chat page, which talks to the REST channel."""

    @classmethod
    def name(cls) -> str:
        """The channel's name, part of its address."""
        return "web"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The page's routes below ``/webhooks/web/``."""
        return pages("vigie_web")


def pages(name: str) -> Blueprint:
    """Routes for the page and its files: those of the folder when the server starts, and no other."""
    # The files are found relative to the page: without its final slash the address would not serve.
    routes = Blueprint(name, strict_slashes=True)
    files = {path.name: path for path in FOLDER.iterdir() if path.is_file()}

    @routes.route("/", methods=["GET", "HEAD"])
    async def page(_: Request) -> HTTPResponse:
        return _file(files["index.html"])

    for file_name, path in files.items():

        async def serve(_: Request, path: Path = path) -> HTTPResponse:
            return _file(path)

        routes.add_route(serve, f"/{file_name}", methods=["GET", "HEAD"], name=f"file_{file_name.replace('.', '_')}")
    return routes


def _file(path: Path) -> HTTPResponse:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/") or media_type.endswith("javascript"):
        media_type += "; charset=utf-8"
    return raw(path.read_bytes(), content_type=media_type, headers=HEADERS)
