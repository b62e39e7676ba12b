from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import answers, boundaries
from actions.base import answered, language_of, remember, reply, understanding_of
from bot.knowledge import Fact, shared_knowledge
from tests.actions.conftest import make_tracker

DOMAIN: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parents[2] / "domain.yml").read_text(encoding="utf-8"))


def fact(fact_id: str = "cpc.tasks") -> Fact:
    found = shared_knowledge().fact(fact_id)
    assert found
    return found


def slots(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events}


@pytest.mark.parametrize(
    ("action", "name"),
    [
        (answers.ActionAnswer, "action_answer"),
        (answers.ActionClarify, "action_clarify"),
        (answers.ActionNotUnderstood, "action_not_understood"),
        (boundaries.ActionDecline, "action_decline"),
        (boundaries.ActionStayNeutral, "action_stay_neutral"),
        (boundaries.ActionSmallTalk, "action_small_talk"),
    ],
)
def test_base_actions_are_named_after_their_class(action: type, name: str) -> None:
    assert action().name() == name


def test_base_actions_of_the_domain_are_all_there() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == set(DOMAIN["actions"])


@pytest.mark.parametrize(("slot", "language"), [("fr", "fr"), ("en", "en"), (None, "en"), ("de", "en"), ("", "en")])
def test_base_language_is_that_of_the_conversation(slot: str | None, language: str) -> None:
    assert language_of(make_tracker({"language": slot})) == language


def test_base_language_of_a_new_conversation_is_english() -> None:
    assert language_of(make_tracker()) == "en"


def test_base_understanding_is_what_the_ranker_found() -> None:
    assert understanding_of(make_tracker(facts=["cpc.tasks"])) == {"facts": ["cpc.tasks"]}


@pytest.mark.parametrize("message", [{}, {"understanding": None}, {"understanding": {}}])
def test_base_understanding_is_empty_where_there_is_none(message: dict[str, Any]) -> None:
    tracker = make_tracker()
    tracker.latest_message = message
    assert understanding_of(tracker) == {}


@pytest.mark.parametrize(("slot", "given"), [(None, []), ([], []), (["cpc.tasks"], ["cpc.tasks"])])
def test_base_answered_are_the_facts_given(slot: list[str] | None, given: list[str]) -> None:
    assert answered(make_tracker({"answered": slot})) == given


def test_base_answered_is_a_list_of_its_own() -> None:
    tracker = make_tracker({"answered": ["cpc.tasks"]})
    answered(tracker).append("cpc.head")
    assert answered(tracker) == ["cpc.tasks"]


def test_base_remember_notes_what_the_conversation_is_about() -> None:
    assert slots(remember(make_tracker({"misses": 2.0}), fact())) == {
        "topic": "cpc",
        "aspect": "tasks",
        "answered": ["cpc.tasks"],
        "misses": 0.0,
    }


def test_base_remember_notes_a_fact_given_again_as_the_newest() -> None:
    tracker = make_tracker({"answered": ["cpc.tasks", "hcnm.definition"]})
    assert slots(remember(tracker, fact()))["answered"] == ["hcnm.definition", "cpc.tasks"]


def test_base_remember_is_about_the_last_of_several_facts() -> None:
    found = slots(remember(make_tracker(), fact(), fact("hcnm.definition")))
    assert (found["topic"], found["answered"]) == ("hcnm", ["cpc.tasks", "hcnm.definition"])


def test_base_remember_forgets_the_oldest() -> None:
    tracker = make_tracker({"answered": [f"topic.aspect{number}" for number in range(60)]})
    given = slots(remember(tracker, fact()))["answered"]
    assert (len(given), given[0], given[-1]) == (40, "topic.aspect21", "cpc.tasks")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_base_reply_offers_questions_as_buttons_and_as_data(language: str) -> None:
    dispatcher = CollectingDispatcher()
    reply(dispatcher, make_tracker({"language": language}), "clarify", [fact(), fact("hcnm.definition")], text="Which?")
    (message,) = dispatcher.messages
    titles = [fact().question[language], fact("hcnm.definition").question[language]]  # type: ignore[index]
    assert message["buttons"] == [{"title": title, "payload": title} for title in titles]
    assert (message["custom"]["suggestions"], message["custom"]["language"]) == (titles, language)


def test_base_reply_remembers_what_it_offered() -> None:
    events = reply(CollectingDispatcher(), make_tracker(), "clarify", [fact()], text="Which?")
    assert slots(events) == {"offered": ["cpc.tasks"]}


def test_base_reply_without_an_offer_forgets_the_former_one() -> None:
    assert slots(reply(CollectingDispatcher(), make_tracker({"offered": ["cpc.tasks"]}), "smalltalk", text="Bye.")) == {
        "offered": []
    }


def test_base_reply_fills_the_variables_of_its_response() -> None:
    dispatcher = CollectingDispatcher()
    reply(dispatcher, make_tracker(), "clarify", response="utter_no_fact", topic="the CPC")
    assert (dispatcher.messages[0]["response"], dispatcher.messages[0]["topic"]) == ("utter_no_fact", "the CPC")


def test_base_no_question_is_taken_for_a_command_when_its_button_is_pressed() -> None:
    asked = [question for known in shared_knowledge().facts() for question in known.question.values()]
    assert [question for question in asked if question.startswith("/")] == []
