from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.answers import ActionAnswer, ActionClarify, ActionNotUnderstood, ranked_facts
from bot.conversation import STARTERS, questions, starters
from bot.knowledge import shared_knowledge
from tests.actions.conftest import Outcome, make_tracker

Perform = Callable[..., Outcome]


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (["cpc.tasks", "hcnm.definition"], ["cpc.tasks", "hcnm.definition"]),
        (["cpc.nothing", "cpc.tasks"], ["cpc.tasks"]),
        (["gone.tasks", ""], []),
        ([], []),
    ],
)
def test_answers_rank_the_facts_that_exist(found: list[str], kept: list[str]) -> None:
    assert [fact.id for fact in ranked_facts(make_tracker(facts=found))] == kept


@pytest.mark.parametrize("language", ["en", "fr"])
def test_answers_give_the_best_fact_in_the_language_of_the_conversation(perform: Perform, language: str) -> None:
    outcome = perform(ActionAnswer(), {"language": language}, facts=["cpc.tasks", "cpc.head"])
    fact = shared_knowledge().fact("cpc.tasks")
    assert fact
    assert outcome.message["text"].startswith(fact.answer[language])  # type: ignore[index]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_answers_name_their_sources(perform: Perform, language: str) -> None:
    outcome = perform(ActionAnswer(), {"language": language}, facts=["cpc.tasks"])
    assert outcome.message["text"].splitlines()[-1].startswith("Source")
    assert all(source["url"].startswith("http") for source in outcome.message["custom"]["sources"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_answers_give_the_second_reading_under_its_question(perform: Perform, language: str) -> None:
    outcome = perform(ActionAnswer(), {"language": language}, facts=["cpc.tasks", "cpc.seat"])
    best, second = shared_knowledge().fact("cpc.tasks"), shared_knowledge().fact("cpc.seat")
    assert best
    assert second
    first, other = outcome.message["text"].split("\n\n")
    assert first.startswith(best.answer[language])  # type: ignore[index]
    assert second.question[language] in other.splitlines()[0]  # type: ignore[index]
    assert other.splitlines()[1] == second.answer[language]  # type: ignore[index]
    custom = outcome.message["custom"]
    assert (custom["aspect"], custom["also"]["aspect"]) == ("tasks", "seat")
    assert {source["url"] for source in custom["sources"]} >= {shared_knowledge().sources[name].url for name in second.sources}
    assert (outcome.slots["aspect"], outcome.slots["answered"]) == ("tasks", ["cpc.seat", "cpc.tasks"])
    assert "cpc.seat" not in outcome.slots["offered"]


def test_answers_too_long_together_offer_the_second_reading_instead(perform: Perform) -> None:
    longest = sorted(shared_knowledge().facts(), key=lambda fact: len(fact.answer["fr"]))[-2:]
    outcome = perform(ActionAnswer(), {"language": "fr"}, facts=[fact.id for fact in longest])
    assert outcome.message["custom"]["also"] is None
    assert outcome.titles[0] == longest[1].question["fr"]


def test_answers_to_other_languages_say_in_which_they_are_written(perform: Perform) -> None:
    outcome = perform(ActionAnswer(), {"language": "en"}, facts=["cpc.tasks"], foreign="de")
    assert [message["response"] for message in outcome.messages] == ["utter_two_languages", None]
    assert outcome.messages[0]["custom"]["language"] == "en"


def test_answers_tell_programs_what_they_are_about(perform: Perform) -> None:
    custom = perform(ActionAnswer(), facts=["cpc.tasks"]).message["custom"]
    assert (custom["kind"], custom["topic"], custom["aspect"]) == ("answer", "cpc", "tasks")


def test_answers_offer_questions_not_yet_answered(perform: Perform) -> None:
    given = [fact.id for fact in list(shared_knowledge().topics["cpc"].facts.values())[:3]]
    outcome = perform(ActionAnswer(), {"answered": given}, facts=["cpc.tasks"])
    assert len(outcome.titles) == 3
    assert not set(outcome.slots["offered"]) & {*given, "cpc.tasks"}


def test_answers_are_remembered(perform: Perform) -> None:
    slots = perform(ActionAnswer(), {"misses": 1.0}, facts=["cpc.tasks"]).slots
    assert (slots["topic"], slots["aspect"], slots["answered"], slots["misses"]) == ("cpc", "tasks", ["cpc.tasks"], 0.0)


@pytest.mark.parametrize("facts", [[], ["gone.tasks"]])
@pytest.mark.parametrize("action", [ActionAnswer(), ActionClarify()])
def test_answers_without_a_fact_say_so(perform: Perform, action: ActionAnswer | ActionClarify, facts: list[str]) -> None:
    outcome = perform(action, facts=facts)
    assert outcome.message["response"] == "utter_not_understood"
    assert outcome.slots["misses"] == 1.0


def test_answers_clarify_offers_the_readings_in_their_order(perform: Perform) -> None:
    outcome = perform(ActionClarify(), {"language": "fr"}, intent="clarify", facts=["cpc.tasks", "hcnm.definition"])
    facts = [fact for fact_id in ("cpc.tasks", "hcnm.definition") if (fact := shared_knowledge().fact(fact_id))]
    assert outcome.message["response"] == "utter_clarify"
    assert outcome.titles == questions(facts, "fr")


def test_answers_clarify_gives_nothing_as_answered(perform: Perform) -> None:
    assert "answered" not in perform(ActionClarify(), intent="clarify", facts=["cpc.tasks", "hcnm.definition"]).slots


@pytest.mark.parametrize(
    ("misses", "response"),
    [
        (None, "utter_not_understood"),
        (0.0, "utter_not_understood"),
        (1.0, "utter_not_understood_again"),
        (5.0, "utter_not_understood_again"),
    ],
)
def test_answers_not_understood_says_it_otherwise_the_second_time(perform: Perform, misses: float | None, response: str) -> None:
    assert perform(ActionNotUnderstood(), {"misses": misses}).message["response"] == response


@pytest.mark.parametrize(("misses", "counted"), [(None, 1.0), (0.0, 1.0), (3.0, 4.0)])
def test_answers_not_understood_counts(perform: Perform, misses: float | None, counted: float) -> None:
    assert perform(ActionNotUnderstood(), {"misses": misses}).slots["misses"] == counted


def test_answers_not_understood_offers_questions_on_the_topic_named(perform: Perform) -> None:
    outcome = perform(ActionNotUnderstood(), {"topic": "hcnm"}, topics=["eumm"])
    assert outcome.slots["offered"] == [fact.id for fact in starters(shared_knowledge(), (), "eumm")]


def test_answers_not_understood_offers_questions_on_the_topic_in_hand(perform: Perform) -> None:
    outcome = perform(ActionNotUnderstood(), {"topic": "hcnm", "misses": 1.0})
    assert {fact_id.split(".")[0] for fact_id in outcome.slots["offered"]} == {"hcnm"}


def test_answers_not_understood_offers_other_topics_the_third_time(perform: Perform) -> None:
    assert perform(ActionNotUnderstood(), {"topic": "eumm", "misses": 2.0}).slots["offered"] == list(STARTERS[:3])
