"""What all actions share: the knowledge base, the language of the conversation, the shape of a reply."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.conversation import Kind, empty_data, questions
from bot.knowledge import Fact, Language

Events = list[dict[str, Any]]
_REMEMBERED = 40


def language_of(tracker: Tracker) -> Language:
    """The language to answer in: that of the conversation, English where there is none yet."""
    return "fr" if tracker.get_slot("language") == "fr" else "en"


def understanding_of(tracker: Tracker) -> dict[str, Any]:
    """What the ``FactRanker`` found in the last message; empty where it had nothing to say."""
    return dict(tracker.latest_message.get("understanding") or {})


def answered(tracker: Tracker) -> list[str]:
    """Ids of the facts that were given in this conversation, oldest first."""
    return list(tracker.get_slot("answered") or [])


def remember(tracker: Tracker, *facts: Fact) -> Events:
    """The conversation is about these facts now, and they have been given."""
    given = [fact_id for fact_id in answered(tracker) if fact_id not in {fact.id for fact in facts}]
    given += [fact.id for fact in facts]
    return [
        SlotSet("topic", facts[-1].topic),
        SlotSet("aspect", facts[-1].aspect),
        SlotSet("answered", given[-_REMEMBERED:]),
        SlotSet("misses", 0.0),
    ]


def reply(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    kind: Kind,
    offered: Sequence[Fact] = (),
    *,
    text: str | None = None,
    response: str | None = None,
    data: dict[str, Any] | None = None,
    **values: Any,
) -> Events:
    """Say one thing, and offer questions with it.

    Args:
        text: what to say, or
        response: name of the response in ``domain.yml`` that says it.
        data: what ``custom`` holds; without it, that of a reply that gives no fact.
        values: fill the response's variables.

    Returns:
        The event that remembers what was offered.
    """
    language = language_of(tracker)
    titles = questions(offered, language)
    custom = {**(data or empty_data(kind, language)), "kind": kind, "suggestions": titles}
    buttons = [{"title": title, "payload": title} for title in titles]
    if understanding_of(tracker).get("foreign"):
        dispatcher.utter_message(response="utter_two_languages", json_message=empty_data(kind, language))
    dispatcher.utter_message(text=text, response=response, buttons=buttons, json_message=custom, **values)
    return [SlotSet("offered", [fact.id for fact in offered])]


class VigieAction(Action, ABC):
    """Named after its class: ``ActionAnswer`` is ``action_answer``."""

    @abstractmethod
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Reply, and return the events to remember."""

    def name(self) -> str:
        """The name in ``domain.yml``."""
        words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in type(self).__name__)
        return words.lstrip("_")
