"""A conversation as Rasa hands it to an action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import VigieAction


@dataclass
class Outcome:
    """What an action said and what it wants remembered."""

    messages: list[dict[str, Any]]
    slots: dict[str, Any]

    @property
    def message(self) -> dict[str, Any]:
        """The one message."""
        (message,) = self.messages
        return message

    @property
    def titles(self) -> list[str]:
        """What the buttons say."""
        return [button["title"] for button in self.message["buttons"]]


def make_tracker(slots: dict[str, Any] | None = None, intent: str = "ask", **understanding: Any) -> Tracker:
    """A conversation with one message."""
    message = {"intent": {"name": intent}, "text": "…", "entities": [], "understanding": understanding}
    return Tracker("visitor", slots or {}, message, [], False, None, {}, None)


@pytest.fixture
def perform() -> Callable[..., Outcome]:
    """Runs an action after one message."""

    def run(action: VigieAction, slots: dict[str, Any] | None = None, intent: str = "ask", **understanding: Any) -> Outcome:
        dispatcher = CollectingDispatcher()
        events = action.run(dispatcher, make_tracker(slots, intent, **understanding), {})
        return Outcome(dispatcher.messages, {event["name"]: event["value"] for event in events})

    return run
