"""The assistant's server: Rasa's engine, our channels, one process."""

from __future__ import annotations

import logging
import os
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import register
from rasa.core.run import close_resources, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic
from sanic.exceptions import (
    InvalidUsage,
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    SanicException,
    ServiceUnavailable,
)
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.errors import RequestError, error_response
from bot.channels.knowledge import knowledge_pages
from bot.channels.web import pages

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 256 * 1024
_CODES: tuple[tuple[type[Exception], str, HTTPStatus], ...] = (
    (NotFound, "not_found", HTTPStatus.NOT_FOUND),
    (MethodNotSupported, "method_not_allowed", HTTPStatus.METHOD_NOT_ALLOWED),
    (PayloadTooLarge, "too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (RequestTimeout, "timeout", HTTPStatus.REQUEST_TIMEOUT),
    (ServiceUnavailable, "timeout", HTTPStatus.SERVICE_UNAVAILABLE),
    (InvalidUsage, "bad_request", HTTPStatus.BAD_REQUEST),
)


def create_app(model: Path, endpoints_file: Path, credentials_file: Path) -> Sanic:
    """The web application: channels of ``credentials.yml``, the chat page at ``/``, errors as JSON."""
    app = Sanic("vigie", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.MOTD = False
    endpoints = AvailableEndpoints.read_endpoints(str(endpoints_file))
    register(create_http_input_channels(None, str(credentials_file)), app, route="/webhooks/")
    app.blueprint(pages("chat_page"))
    app.blueprint(knowledge_pages())
    app.error_handler.add(Exception, _json_error)
    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    return app


def _json_error(request: Request, exception: Exception) -> HTTPResponse:
    for kind, code, status in _CODES:
        if isinstance(exception, kind):
            return error_response(request, RequestError(code, status))
    if isinstance(exception, SanicException) and exception.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return error_response(request, RequestError("bad_request", HTTPStatus(exception.status_code)))
    logger.error("Unhandled %s", type(exception).__name__, exc_info=exception)
    return error_response(request, RequestError("internal", HTTPStatus.INTERNAL_SERVER_ERROR))


def serve(model: Path, host: str, port: int, root: Path, endpoints_file: Path) -> None:
    """Serve until stopped. Prints the address of the chat page once questions can be asked.

    Args:
        model: the trained model's archive.
        root: the project's folder, which holds ``credentials.yml``.
        endpoints_file: where conversations are stored and actions run.
    """
    app = create_app(model, endpoints_file, root / "credentials.yml")

    async def announce(*_: Any) -> None:
        shown = f"[{host}]" if ":" in host else host
        print(f"Vigie is ready: http://{shown}:{port}/", flush=True)

    app.register_listener(announce, "after_server_start")
    app.run(host=host, port=port, access_log=False, workers=1, backlog=int(os.environ.get("SANIC_BACKLOG", "100")))
