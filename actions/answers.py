"""Actions that give facts."""

from __future__ import annotations

import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, VigieAction, answered, language_of, remember, reply, understanding_of
from bot.conversation import answer_data, answer_text, follow_ups, starters, with_second
from bot.knowledge import Fact, shared_knowledge


def ranked_facts(tracker: Tracker) -> list[Fact]:
    """The facts that may answer the last message, best first."""
    found = (shared_knowledge().fact(fact_id) for fact_id in understanding_of(tracker).get("facts", ()))
    return [fact for fact in found if fact]


class ActionAnswer(VigieAction):
    """Gives the fact that answers the question, and a second one where the question may well mean that."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer, with sources and follow-up questions."""
        facts = ranked_facts(tracker)
        if not facts:
            return ActionNotUnderstood().run(dispatcher, tracker, domain)
        knowledge, language, today = shared_knowledge(), language_of(tracker), datetime.date.today()
        fact, *others = facts
        second = others[0] if others else None
        text = answer_text(knowledge, fact, language, today)
        both = with_second(knowledge, text, second, language, today) if second else None
        given = [second, fact] if second and both else [fact]
        offered = follow_ups(knowledge, fact, [*answered(tracker), *(other.id for other in given)])
        if second and not both:
            offered = [second, *offered[:-1]]
        data = answer_data(knowledge, fact, language, today, second if both else None)
        return [*reply(dispatcher, tracker, "answer", offered, text=both or text, data=data), *remember(tracker, *given)]


class ActionClarify(VigieAction):
    """Asks which of the likely questions is meant."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Offer the likely questions."""
        facts = ranked_facts(tracker)
        if not facts:
            return ActionNotUnderstood().run(dispatcher, tracker, domain)
        return reply(dispatcher, tracker, "clarify", facts, response="utter_clarify")


class ActionNotUnderstood(VigieAction):
    """Says that the question was not understood, differently the second time."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Offer what can be answered."""
        misses = float(tracker.get_slot("misses") or 0.0)
        topics = understanding_of(tracker).get("topics") or []
        topic = topics[0] if topics else tracker.get_slot("topic")
        offered = starters(shared_knowledge(), answered(tracker), topic if misses < 2 else None)
        response = "utter_not_understood_again" if misses else "utter_not_understood"
        events = reply(dispatcher, tracker, "clarify", offered, response=response)
        return [*events, SlotSet("misses", misses + 1)]
