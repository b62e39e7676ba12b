"""The browsable knowledge base, served by the assistant's own process at ``/knowledge/fr/`` and ``/knowledge/en/``."""

from __future__ import annotations

import datetime

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, html, redirect, text

from bot.channels.errors import preferred_language
from bot.channels.web import HEADERS
from bot.knowledge import LANGUAGES, shared_knowledge
from bot.pages.render import STYLE, Pages, style


def knowledge_pages() -> Blueprint:
    """Routes of the pages, rendered when first asked for, anew each day."""
    routes = Blueprint("knowledge", url_prefix="/knowledge", strict_slashes=True)
    pages = Pages(shared_knowledge(), datetime.date.today())

    @routes.route("/", methods=["GET", "HEAD"])
    @routes.route("", methods=["GET", "HEAD"], name="bare")
    async def choose(request: Request) -> HTTPResponse:
        return redirect(f"/knowledge/{preferred_language(request)}/")

    @routes.route("/<language:str>", methods=["GET", "HEAD"])
    async def slash(_: Request, language: str) -> HTTPResponse:
        if language == STYLE:
            return text(style(), content_type="text/css; charset=utf-8", headers=HEADERS)
        if language not in LANGUAGES:
            raise NotFound("no such page")
        return redirect(f"/knowledge/{language}/")

    @routes.route("/<language:str>/", methods=["GET", "HEAD"])
    @routes.route("/<language:str>/<name:str>", methods=["GET", "HEAD"], name="page")
    async def page(_: Request, language: str, name: str = "index.html") -> HTTPResponse:
        nonlocal pages
        today = datetime.date.today()
        if pages.today != today:
            pages = Pages(shared_knowledge(), today)
        known = next((tag for tag in LANGUAGES if tag == language), None)
        try:
            if known is None:
                raise KeyError(language)
            return html(pages.page(known, name), headers=HEADERS)
        except KeyError:
            raise NotFound("no such page") from None

    return routes
