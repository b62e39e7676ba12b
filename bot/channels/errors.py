"""Errors of the HTTP interface: a stable code for programs, a sentence in the caller's language for people."""

from __future__ import annotations

from http import HTTPStatus

from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.knowledge.model import LANGUAGES, Language

_MESSAGES: dict[str, dict[Language, str]] = {
    "invalid_json": {
        "en": "The body is not valid JSON in UTF-8.",
        "fr": "Le corps de la requête n'est pas du JSON valide en UTF-8.",
    },
    "invalid_body": {"en": "The body must be a JSON object.", "fr": "Le corps de la requête doit être un objet JSON."},
    "missing_sender": {
        "en": "'sender' is missing: give a text that identifies the conversation.",
        "fr": "« sender » manque : indiquez un texte qui identifie la conversation.",
    },
    "invalid_sender": {
        "en": "'sender' must be a text of 1 to {limit} characters without control characters.",
        "fr": "« sender » doit être un texte de 1 à {limit} caractères, sans caractère de contrôle.",
    },
    "missing_message": {
        "en": "'message' is missing or empty: give the text of the question.",
        "fr": "« message » manque ou est vide : indiquez le texte de la question.",
    },
    "invalid_message": {"en": "'message' must be a text.", "fr": "« message » doit être un texte."},
    "message_too_long": {
        "en": "'message' is too long: at most {limit} characters.",
        "fr": "« message » est trop long : {limit} caractères au plus.",
    },
    "invalid_metadata": {
        "en": "'metadata' must be an object; its 'language' must be a text.",
        "fr": "« metadata » doit être un objet, et son champ « language » un texte.",
    },
    "too_large": {"en": "The body is too large.", "fr": "Le corps de la requête est trop volumineux."},
    "not_found": {"en": "There is nothing at this address.", "fr": "Il n'y a rien à cette adresse."},
    "method_not_allowed": {"en": "This method is not allowed here.", "fr": "Cette méthode n'est pas admise ici."},
    "bad_request": {"en": "The request cannot be understood.", "fr": "La requête ne peut pas être comprise."},
    "timeout": {"en": "The request took too long.", "fr": "La requête a pris trop de temps."},
    "not_ready": {
        "en": "The assistant is starting. Try again in a few seconds.",
        "fr": "L'assistant démarre. Réessayez dans quelques secondes.",
    },
    "internal": {"en": "Something went wrong on our side.", "fr": "Un problème est survenu de notre côté."},
}
CODES = frozenset(_MESSAGES)


class RequestError(Exception):
    """A request that cannot be served.

    Attributes:
        code: a key of the catalogue, stable for programs.
    """

    def __init__(self, code: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.values = values


def error_response(request: Request, error: RequestError) -> HTTPResponse:
    """The error as ``{"error": {"code", "message"}}``, the message in the language that the request prefers."""
    message = _MESSAGES[error.code][preferred_language(request)].format(**error.values)
    return json({"error": {"code": error.code, "message": message}}, status=error.status)


def preferred_language(request: Request) -> Language:
    """French where ``Accept-Language`` prefers it to English, else English."""
    weights: dict[str, float] = {}
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag, _, parameter = part.partition(";")
        try:
            weight = float(parameter.partition("=")[2] or 1)
        except ValueError:
            weight = 0.0
        weights.setdefault(tag.strip()[:2], weight)
    # Of equal weights the first named wins.
    known: list[Language] = [language for language in LANGUAGES if weights.get(language)]
    return max(known, key=lambda language: (weights[language], -list(weights).index(language)), default="en")
