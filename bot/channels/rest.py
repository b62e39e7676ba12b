"""The REST channel: Rasa's contract, with every input validated and never an empty reply.

``POST /webhooks/rest/webhook`` with ``{"sender", "message", "metadata"?: {"language"}}`` returns a list of
``{"recipient_id", "text", "buttons"?, "custom"?}``.
"""

from __future__ import annotations

import json as json_library
import logging
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from traceback import format_tb
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sanic.response import text as text_response

from bot.channels.errors import RequestError, error_response, preferred_language
from bot.conversation import empty_data
from bot.knowledge.model import LANGUAGES, Language
from bot.language.detect import detect

logger = logging.getLogger(__name__)

MAX_MESSAGE_CHARACTERS = 5000
# The column that holds it in Rasa's SQL tracker store.
MAX_SENDER_CHARACTERS = 255

APOLOGY: dict[Language, str] = {
    "en": "Sorry, something went wrong on my side and I could not answer. Please try again in a moment.",
    "fr": "Désolé, un problème est survenu de mon côté et je n'ai pas pu répondre. Réessayez dans un instant, s'il vous plaît.",
}


@dataclass(frozen=True)
class Incoming:
    """A valid message from outside.

    Attributes:
        language: the language that the client asks for, where it names one that we speak.
    """

    sender: str
    text: str
    language: Language | None


class OneMessageOutput(CollectingOutputChannel):
    """Collects replies, with the text, buttons and data of a reply in one message (Rasa's own splits them)."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "rest"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Append one reply."""
        reply = {"recipient_id": recipient_id, "text": message.get("text") or ""}
        reply.update({key: message[key] for key in ("buttons", "custom") if message.get(key)})
        if reply["text"]:
            self.messages.append(reply)


class RestInput(InputChannel):
    """Rasa's REST contract without its holes."""

    @classmethod
    def name(cls) -> str:
        """The channel's name, part of its address."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("vigie_rest")

        @routes.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                incoming = parse(request.body)
            except RequestError as error:
                return error_response(request, error)
            replies = await self._answer(incoming, on_new_message, preferred_language(request))
            if request.args.get("stream") == "true":
                lines = "".join(json_library.dumps(reply) + "\n" for reply in replies)
                return text_response(lines, content_type="text/event-stream")
            return json(replies)

        return routes

    async def _answer(
        self, incoming: Incoming, on_new_message: Callable[[UserMessage], Awaitable[Any]], fallback_language: Language
    ) -> list[dict[str, Any]]:
        output = OneMessageOutput()
        metadata = {"language": incoming.language} if incoming.language else {}
        try:
            await on_new_message(
                UserMessage(incoming.text, output, incoming.sender, input_channel=self.name(), metadata=metadata)
            )
        except Exception as error:  # noqa: BLE001 (the visitor gets an apology, whatever it was)
            # Not the error's own message: it may hold the visitor's words.
            logger.error("A message could not be handled: %s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
        if not output.messages:
            language = detect(incoming.text).language or incoming.language or fallback_language
            output.messages.append(apology(incoming.sender, language))
        return list(output.messages)


def apology(recipient_id: str, language: Language) -> dict[str, Any]:
    """The reply where something failed inside."""
    custom = empty_data("error", language)
    return {"recipient_id": recipient_id, "text": APOLOGY[language], "custom": custom}


def parse(body: bytes) -> Incoming:
    """Validate the body of a request.

    Raises:
        RequestError: it is not as the contract says.
    """
    try:
        content = json_library.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise RequestError("invalid_json") from None
    if not isinstance(content, dict):
        raise RequestError("invalid_body")
    return Incoming(_sender(content.get("sender")), _message(content.get("message")), _language(content.get("metadata")))


def _sender(value: object) -> str:
    if value is None:
        raise RequestError("missing_sender")
    valid = isinstance(value, str) and len(value.strip()) > 0 and len(value) <= MAX_SENDER_CHARACTERS
    if not valid or any(unicodedata.category(character) in ("Cc", "Cs") for character in str(value)):
        raise RequestError("invalid_sender", limit=MAX_SENDER_CHARACTERS)
    return str(value)


def _message(value: object) -> str:
    if value is None:
        raise RequestError("missing_message")
    if not isinstance(value, str):
        raise RequestError("invalid_message")
    if len(value) > MAX_MESSAGE_CHARACTERS:
        raise RequestError("message_too_long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, limit=MAX_MESSAGE_CHARACTERS)
    message = clean(value)
    if not message:
        raise RequestError("missing_message")
    return message


def _language(value: object) -> Language | None:
    if value is None:
        return None
    language = value.get("language") if isinstance(value, dict) else value
    if not isinstance(value, dict) or not isinstance(language, (str, type(None))):
        raise RequestError("invalid_metadata")
    return next((known for known in LANGUAGES if language and language.lower()[:2] == known), None)


def clean(value: str) -> str:
    """A visitor's text without what no store and no log can hold, and without Rasa's command prefix.

    Lone surrogates become U+FFFD, control characters become spaces. Leading slashes go: ``/intent{…}`` typed by a visitor is
    plain text, while Rasa would take it for the intent itself.
    """
    characters = (
        "\ufffd" if category == "Cs" else " " if category == "Cc" else character
        for character, category in ((character, unicodedata.category(character)) for character in value)
    )
    text = "".join(characters).strip()
    while text.startswith("/"):
        text = text.lstrip("/").strip()
    return text
