from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from actions.boundaries import ActionDecline, ActionSmallTalk, ActionStayNeutral
from bot.conversation import STARTERS
from bot.knowledge import shared_knowledge
from tests.actions.conftest import Outcome
from tests.actions.test_base import DOMAIN

Perform = Callable[..., Outcome]

# Intents that have an action of their own.
OTHER_INTENTS = {"ask", "clarify", "out_of_scope", "sensitive", "nlu_fallback"}
SMALL_TALK = sorted({name for intent in DOMAIN["intents"] for name in intent} - OTHER_INTENTS)
ACTIONS: list[tuple[Any, str]] = [
    (ActionDecline(), "out_of_scope"),
    (ActionStayNeutral(), "sensitive"),
    (ActionSmallTalk(), "greet"),
]


@pytest.mark.parametrize(
    ("misses", "response"),
    [(None, "utter_decline"), (0.0, "utter_decline"), (1.0, "utter_decline_again"), (2.0, "utter_decline_again")],
)
def test_boundaries_decline_otherwise_the_second_time(perform: Perform, misses: float | None, response: str) -> None:
    outcome = perform(ActionDecline(), {"misses": misses}, intent="out_of_scope")
    assert (outcome.message["response"], outcome.message["custom"]["kind"]) == (response, "out_of_scope")


def test_boundaries_decline_counts(perform: Perform) -> None:
    assert perform(ActionDecline(), {"misses": 1.0}, intent="out_of_scope").slots["misses"] == 2.0


def test_boundaries_decline_offers_what_is_inside(perform: Perform) -> None:
    outcome = perform(ActionDecline(), {"answered": [STARTERS[0]]}, intent="out_of_scope")
    assert outcome.slots["offered"] == list(STARTERS[1:4])


def test_boundaries_neutral_offers_facts_of_the_topics_named(perform: Perform) -> None:
    outcome = perform(ActionStayNeutral(), intent="sensitive", topics=["karabakh_conflict", "minsk_group"])
    first, second = (list(shared_knowledge().topics[topic].facts.values()) for topic in ("karabakh_conflict", "minsk_group"))
    assert outcome.slots["offered"] == [first[0].id, first[1].id, second[0].id]


def test_boundaries_neutral_offers_questions_on_the_topic_in_hand(perform: Perform) -> None:
    outcome = perform(ActionStayNeutral(), {"topic": "eumm"}, intent="sensitive")
    assert {fact_id.split(".")[0] for fact_id in outcome.slots["offered"]} == {"eumm"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_boundaries_neutral_takes_no_side(perform: Perform, language: str) -> None:
    outcome = perform(ActionStayNeutral(), {"language": language}, intent="sensitive", topics=["karabakh_conflict"])
    custom = outcome.message["custom"]
    assert (outcome.message["response"], custom["kind"], custom["language"]) == ("utter_neutral", "neutral", language)
    assert (custom["topic"], custom["sources"]) == (None, [])


@pytest.mark.parametrize("intent", SMALL_TALK)
def test_boundaries_small_talk_answers_each_kind_with_its_response(perform: Perform, intent: str) -> None:
    outcome = perform(ActionSmallTalk(), intent=intent)
    assert (outcome.message["response"], outcome.message["custom"]["kind"]) == (f"utter_{intent}", "smalltalk")


@pytest.mark.parametrize("intent", SMALL_TALK)
def test_boundaries_small_talk_has_a_response_in_the_domain(intent: str) -> None:
    assert f"utter_{intent}" in DOMAIN["responses"]


@pytest.mark.parametrize(
    "response",
    [
        "utter_clarify",
        "utter_not_understood",
        "utter_not_understood_again",
        "utter_decline",
        "utter_decline_again",
        "utter_neutral",
    ],
)
def test_boundaries_responses_exist_in_both_languages(response: str) -> None:
    languages = {condition["value"] for text in DOMAIN["responses"][response] for condition in text.get("condition", ())}
    assert languages == {"en", "fr"}


def test_boundaries_small_talk_offers_questions(perform: Perform) -> None:
    assert len(perform(ActionSmallTalk(), intent="greet").titles) == 3


def test_boundaries_small_talk_lets_the_visitor_go(perform: Perform) -> None:
    assert perform(ActionSmallTalk(), intent="goodbye").titles == []


@pytest.mark.parametrize(("action", "intent"), ACTIONS)
def test_boundaries_leave_the_topic_of_the_conversation(perform: Perform, action: Any, intent: str) -> None:
    slots = perform(action, {"topic": "eumm", "answered": ["eumm.definition"]}, intent=intent).slots
    assert not slots.keys() & {"topic", "aspect", "answered"}


@pytest.mark.parametrize(("action", "intent"), ACTIONS)
def test_boundaries_offer_nothing_that_was_given(perform: Perform, action: Any, intent: str) -> None:
    given = ["eumm.definition", STARTERS[0]]
    offered = perform(action, {"topic": "eumm", "answered": given}, intent=intent).slots["offered"]
    assert not set(offered) & set(given)


@pytest.mark.parametrize(("action", "intent"), ACTIONS)
@pytest.mark.parametrize(("language", "mark"), [("en", 0), ("fr", 1)])
def test_boundaries_offer_questions_in_the_language(perform: Perform, action: Any, intent: str, language: str, mark: int) -> None:
    outcome = perform(action, {"language": language}, intent=intent)
    facts = [fact for fact_id in outcome.slots["offered"] if (fact := shared_knowledge().fact(fact_id))]
    assert outcome.titles == [fact.question[("en", "fr")[mark]] for fact in facts]  # type: ignore[index]
