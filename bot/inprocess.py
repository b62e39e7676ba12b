"""Custom actions inside the assistant's own process.

Rasa sends custom actions to an HTTP server of their own. One process is simpler to run and saves a hop per message: an action
endpoint whose address is ``inprocess://actions`` calls the SDK's executor directly. Any other address (``VIGIE_ACTIONS_URL``)
is served by a separate action server, as in any Rasa project.

Rasa 3.6 offers no setting for that, and the only code of a project that every Rasa command imports is its graph components:
hence ``install``, called by ``bot.components``.
"""

from __future__ import annotations

import functools
import logging
import traceback
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

logger = logging.getLogger(__name__)

SCHEME = "inprocess://"


@functools.lru_cache(maxsize=1)
def _executor() -> ActionExecutor:
    logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


async def run_action(call: dict[str, Any]) -> dict[str, Any]:
    """Run one custom action.

    Args:
        call: what Rasa would post to an action server: ``next_action``, ``sender_id``, ``tracker``.

    Returns:
        ``{"events", "responses"}``. A failing action becomes an apology in the language of the conversation, and a log line
        without the visitor's words.
    """
    try:
        result = await _executor().run(call)
    except Exception as error:  # noqa: BLE001 (whatever an action raises)
        frames = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Action %s failed: %s\n%s", call.get("next_action"), type(error).__name__, frames)
        result = {"events": [], "responses": [{"response": "utter_error", "custom": {"kind": "error"}}]}
    return result or {"events": [], "responses": []}


def install() -> None:
    """Let action endpoints with an ``inprocess://`` address be served here. Safe to call twice."""
    if getattr(EndpointConfig.request, "serves_inprocess", False):
        return
    over_http, validate = EndpointConfig.request, RemoteAction._validate_action_result

    async def request(self: EndpointConfig, *args: Any, **kwargs: Any) -> Any:
        return await run_action(kwargs["json"]) if _is_inprocess(self) else await over_http(self, *args, **kwargs)

    def validate_unless_inprocess(self: RemoteAction, result: dict[str, Any]) -> bool:
        # The SDK made the result here. Rasa would check it, and anew the JSON Schema it checks it by, at 100 ms a message.
        return _is_inprocess(self.action_endpoint) or bool(validate(self, result))

    request.serves_inprocess = True  # type: ignore[attr-defined]
    EndpointConfig.request = request
    RemoteAction._validate_action_result = validate_unless_inprocess


def _is_inprocess(endpoint: EndpointConfig) -> bool:
    return bool(endpoint.url and endpoint.url.startswith(SCHEME))
