"""Actions for what the assistant does not answer, and for talk that needs no fact."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, VigieAction, answered, reply, understanding_of
from bot.conversation import FOLLOW_UPS, starters
from bot.knowledge import Fact, shared_knowledge


class ActionDecline(VigieAction):
    """Says that a question is outside the field, and what is inside."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Decline, differently the second time in a row."""
        misses = float(tracker.get_slot("misses") or 0.0)
        response = "utter_decline_again" if misses else "utter_decline"
        offered = starters(shared_knowledge(), answered(tracker))
        return [*reply(dispatcher, tracker, "out_of_scope", offered, response=response), SlotSet("misses", misses + 1)]


class ActionStayNeutral(VigieAction):
    """Takes no side, and offers the agreed facts."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Offer facts on the topics that the question names."""
        topics = [shared_knowledge().topics[topic] for topic in understanding_of(tracker).get("topics", ())]
        named: list[Fact] = [fact for topic in topics for fact in list(topic.facts.values())[:2]]
        offered = (named or starters(shared_knowledge(), answered(tracker), tracker.get_slot("topic")))[:FOLLOW_UPS]
        return reply(dispatcher, tracker, "neutral", offered, response="utter_neutral")


class ActionSmallTalk(VigieAction):
    """Answers greetings and the like with the response of the same name: intent ``greet`` is ``utter_greet``."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Say it, and offer questions except when the visitor leaves."""
        intent = tracker.latest_message["intent"]["name"]
        offered = [] if intent == "goodbye" else starters(shared_knowledge(), answered(tracker), tracker.get_slot("topic"))
        return reply(dispatcher, tracker, "smalltalk", offered, response=f"utter_{intent}")
