"""A client of the REST channel, as an integrator would write it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Reply:
    """The reply to one message.

    Attributes:
        text: all texts, one a line.
        custom: the data of the last part.
    """

    text: str
    custom: dict[str, Any]
    buttons: list[dict[str, str]]

    @property
    def fact(self) -> str | None:
        """Id of the fact given, if any."""
        return f"{self.custom['topic']}.{self.custom['aspect']}" if self.custom.get("topic") else None


@dataclass
class Assistant:
    """One conversation."""

    url: str
    sender: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex}")

    def say(self, message: str, language: str | None = None) -> Reply:
        """Send a message and read the reply."""
        body: dict[str, Any] = {"sender": self.sender, "message": message}
        if language:
            body["metadata"] = {"language": language}
        status, parts = self.post(json.dumps(body).encode())
        assert status == 200, parts
        assert parts, "an empty reply"
        buttons = [button for part in parts for button in part.get("buttons", [])]
        return Reply("\n".join(part["text"] for part in parts), parts[-1].get("custom", {}), buttons)

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Post raw bytes to the webhook; returns the status and the parsed JSON."""
        request = urllib.request.Request(
            f"{self.url}/webhooks/rest/webhook", body, {"Content-Type": "application/json", **(headers or {})}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
